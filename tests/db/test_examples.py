"""What a person decided, beside what was suggested: labelled examples and the rates made of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from db import appeals, examples
from db.addresses import Place
from db.draft_tables import LabelledExample
from db.drafts import Suggested
from db.models import Appeal, Executor, User
from tests.db.conftest import NOON, new_appeal
from tests.db.test_drafts import ADDRESS, HOME, SUGGESTED, draft, hear, recording_of

OTHER = Place("вулиця Коперника", "24", settlement="Луцьк", street_id=7)
ALTERNATIVE = Suggested("address", OTHER.line(), OTHER.line(), 0.4, False, [(3, 6)], "", OTHER.to_json())
HEARD = tuple(one for one in SUGGESTED if one is not ADDRESS)


def decided(
    session: Session, appeal: Appeal, by: User, *, at: datetime = NOON, place: Place = HOME, **changes: str
) -> None:
    """The operator writes the card as given and registers it, or only saves it when it is registered."""
    card = {
        "applicant": "Марія",
        "phone": "050 111 22 33",
        "text": "Немає гарячої води",
        "category_code": "HOTW",
        "urgency": "N1",
        **changes,
    }
    appeals.edit(session, appeal, by=by, at=at, place=place, **card)
    if appeal.public_no is None:
        appeals.register(session, appeal, by=by, at=at)


def kept(session: Session) -> dict[str, LabelledExample]:
    return {row.field: row for row in session.query(LabelledExample)}


@pytest.fixture
def drafted(session: Session, appeal: Appeal) -> Appeal:
    recording = recording_of(session, appeal)
    hear(session, recording)
    draft(session, recording, [*HEARD, ADDRESS, ALTERNATIVE])
    return appeal


def test_registering_confirms_what_was_left_as_it_was(session: Session, drafted: Appeal, olena: User) -> None:
    decided(session, drafted, olena)
    rows = kept(session)
    assert {name for name, row in rows.items() if row.outcome == "confirmed"} == {
        *("applicant", "street", "house", "category", "urgency"),
    }
    category = rows["category"]
    assert (category.suggested, category.final, category.final_rank, category.sure) == ("HOTW", "HOTW", 0, True)
    assert (category.spans, category.rules, category.by_id) == ([[8, 9]], "rules-1", olena.id)


def test_a_change_tells_which_of_the_suggestions_was_right(session: Session, drafted: Appeal, olena: User) -> None:
    decided(session, drafted, olena, place=replace(OTHER, house="26"), applicant="", category_code="HEAT")
    rows = kept(session)
    assert (rows["street"].outcome, rows["street"].final_rank) == ("changed", 1)
    assert (rows["house"].outcome, rows["house"].final, rows["house"].final_rank) == ("changed", "26", None)
    assert (rows["category"].outcome, rows["category"].final_rank) == ("changed", None)
    assert (rows["applicant"].outcome, rows["applicant"].final) == ("emptied", "")


def test_capitals_and_spaces_make_no_other_answer(session: Session, drafted: Appeal, olena: User) -> None:
    decided(session, drafted, olena, applicant=" марія ")
    assert kept(session)["applicant"].outcome == "confirmed"


def test_what_nobody_suggested_is_a_miss_and_the_callers_own_number_is_not(
    session: Session, appeal: Appeal, olena: User
) -> None:
    decided(session, appeal, olena)
    rows = kept(session)
    assert rows["applicant"].outcome == rows["category"].outcome == "added"
    assert "phone" not in rows and "earlier_no" not in rows


def test_a_later_change_of_a_registered_card_replaces_the_first_answer(
    session: Session, drafted: Appeal, olena: User
) -> None:
    decided(session, drafted, olena)
    decided(session, drafted, olena, at=NOON + timedelta(days=1), category_code="HEAT")
    assert session.query(LabelledExample).filter_by(field="category").one().outcome == "changed"


def test_handing_over_decides_about_the_executor_and_setting_aside_about_the_kind(
    session: Session, drafted: Appeal, olena: User
) -> None:
    decided(session, drafted, olena)
    assert "executor" not in kept(session)
    water = session.query(Executor).filter_by(code="water").one()
    appeals.forward(session, drafted, water, by=olena, at=NOON)
    assert (kept(session)["executor"].suggested, kept(session)["executor"].final) == ("heat", "water")

    other = new_appeal(session, call_id="ast-1.2")
    recording = recording_of(session, other)
    hear(session, recording)
    draft(session, recording, [Suggested("kind", "appeal", "звернення", 1.0, True)])
    appeals.decide(session, other, "consultation", by=olena, at=NOON, why="Пояснили")
    row = session.query(LabelledExample).filter_by(appeal_id=other.id, field="kind").one()
    assert (row.suggested, row.final, row.outcome) == ("appeal", "consultation", "changed")


def test_saving_a_draft_decides_nothing(session: Session, drafted: Appeal, olena: User) -> None:
    appeals.edit(
        session, drafted, by=olena, at=NOON, applicant="Ганна", phone="", place=HOME, text="?", category_code=None
    )
    assert kept(session) == {}


def test_rates_are_counted_by_field_and_month_of_kyiv(session: Session, olena: User) -> None:
    midnight = datetime(2026, 10, 31, 22, 30, tzinfo=NOON.tzinfo)  # in Kyiv it is November already
    for n, (at, category) in enumerate([(midnight, "HOTW"), (NOON, "HOTW"), (NOON, "WATER"), (NOON, "HEAT")]):
        appeal = new_appeal(session, call_id=f"ast-1.{n}")
        recording = recording_of(session, appeal)
        hear(session, recording)
        sure = n != 2
        wanted = [replace(one, sure=one.sure and sure) if one.field == "category" else one for one in HEARD]
        draft(session, recording, wanted)
        decided(session, appeal, olena, at=at, place=Place(), category_code=category)
    (category,) = [rate for rate in examples.rates(session) if rate.field == "category"]
    assert (category.month, category.suggested, category.right, category.among) == ("2026-11", 4, 2, 3)
    assert (category.sure, category.sure_right, category.missed) == (3, 2, 0)


def test_messages_for_training_have_their_words_and_labels(session: Session, drafted: Appeal, olena: User) -> None:
    decided(session, drafted, olena, earlier_no="15-80/2026/000001")
    decided(session, new_appeal(session, call_id="ast-1.2"), olena)  # nothing was heard: nothing to learn from
    (message,) = examples.messages(session)
    assert message.words_of("category") == {8, 9}
    assert message.final("category") == "HOTW"
    assert {label.field for label in message.labels} >= {"category", "earlier_no"}
