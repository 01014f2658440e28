"""The draft of a card: what the machine may write into it, and what it must leave alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from db import addresses, appeals, drafts, hear_again, transcripts
from db.addresses import Place, place_of
from db.draft_tables import Suggestion
from db.drafts import Suggested
from db.engine import Records
from db.models import Appeal, Category, Recording, User
from tests.db.conftest import NOON, new_appeal

HEARD = "це марія на вулиці конякіна двадцять чотири немає гарячої води"
WRITTEN = "це марія на вулиці конякіна 24 немає гарячої води"
HOME = Place("вулиця Конякіна", "24", settlement="Луцьк", street_id=2)
ADDRESS = Suggested("address", HOME.line(), HOME.line(), 0.97, True, [(3, 6)], "вулиця з реєстру", HOME.to_json())
SUGGESTED = (
    Suggested("category", "HOTW", "Гаряча вода", 0.9, True, [(8, 9)], "гаряча вода"),
    Suggested("category", "WATER", "Холодна вода", 0.3, False, [(9, 9)]),
    Suggested("applicant", "Марія", "Марія", 0.8, True, [(1, 1)], "назвалася"),
    Suggested("phone", "0671112233", "067 111 22 33", 0.9, True),
    ADDRESS,
    Suggested("urgency", "N1", "звичайне", 1.0, True),
    Suggested("executor", "heat", "ДКП «Луцьктепло»", 1.0, True),
)


def recording_of(
    session: Session, appeal: Appeal, file: str = "2-appeal.wav", seconds: float = 6.0, name: str = "appeal"
) -> Recording:
    recording = Recording(
        call=appeal.call, name=name, file=file, seconds=seconds, ended_by="hangup", made_at=NOON, state="waiting"
    )
    session.add(recording)
    session.flush()
    return recording


def hear(session: Session, recording: Recording, text: str = HEARD, state: str = "recognised") -> None:
    transcripts.claim(session, recording.id, NOON)
    words = [{"word": word, "start": n, "end": n + 0.5, "conf": 0.9} for n, word in enumerate(text.split())]
    kept = transcripts.keep(
        session, recording.id, engine="vosk", model="uk", state=state, text=text, words=words, took_seconds=1, at=NOON
    )
    assert kept is not None


def draft(session: Session, recording: Recording, suggested: Sequence[Suggested] = SUGGESTED) -> bool:
    return drafts.make_draft(session, recording.id, suggested, written=WRITTEN, rules="rules-1", at=NOON)


@pytest.fixture
def recording(session: Session, appeal: Appeal) -> Recording:
    recording = recording_of(session, appeal)
    hear(session, recording)
    return recording


def test_what_is_sure_and_empty_is_filled_in_and_known_as_the_machines(
    session: Session, appeal: Appeal, recording: Recording
) -> None:
    assert draft(session, recording)
    session.expire_all()
    assert (appeal.applicant, appeal.category_code, appeal.urgency) == ("Марія", "HOTW", "N1")
    assert place_of(appeal) == HOME
    assert appeal.address == "вулиця Конякіна, 24"
    assert appeal.executor is None, "an executor stands in a card that was handed over"
    assert appeal.phone == "380501112233", "the number the call came from stays, the said one is only suggested"
    made = drafts.draft_of(session, appeal)
    assert made.of_machine == {"applicant", "category", "urgency", "address", "text"}
    assert [row.value for row in made.suggestions["category"]] == ["HOTW", "WATER"]
    assert made.suggestions["address"][0].spans == [[3, 6]]


def test_the_text_of_the_card_is_for_reading_and_the_words_stay_as_they_were_heard(
    session: Session, appeal: Appeal, recording: Recording
) -> None:
    draft(session, recording)
    assert appeal.text == WRITTEN
    assert recording.transcripts[-1].text == HEARD


def test_the_text_follows_better_models_until_a_person_touches_it(
    session: Session, appeal: Appeal, recording: Recording
) -> None:
    def better(model: str, heard: str, written: str) -> str:
        words = [{"word": word, "start": n, "end": n + 0.5, "conf": 0.9} for n, word in enumerate(heard.split())]
        assert hear_again.keep_again(
            session,
            recording.id,
            at=NOON,
            engine="vosk",
            model=model,
            state="recognised",
            text=heard,
            words=words,
            took_seconds=1,
        )
        drafts.make_draft(session, recording.id, (), written=written, rules="rules-1", at=NOON)
        return appeal.text

    draft(session, recording)
    assert better("big", "марія два", "марія 2") == "марія 2"
    assert better("bigger", "марія три", "марія 3") == "марія 3"
    appeal.text = "Марія, третій поверх"
    assert better("biggest", "марія чотири", "марія 4") == "Марія, третій поверх"


def test_a_text_that_a_person_has_touched_is_not_rewritten(
    session: Session, appeal: Appeal, recording: Recording
) -> None:
    appeal.text = "Немає гарячої води"
    draft(session, recording)
    assert appeal.text == "Немає гарячої води"


def test_a_second_run_changes_nothing(session: Session, appeal: Appeal, recording: Recording) -> None:
    draft(session, recording)
    appeal.applicant = "Марія Коваль"
    assert not draft(session, recording)
    assert appeal.applicant == "Марія Коваль"
    assert session.query(Suggestion).filter(Suggestion.field.in_(drafts.FIELDS)).count() == len(SUGGESTED)


def test_what_a_person_wrote_is_never_overwritten(session: Session, appeal: Appeal, recording: Recording) -> None:
    appeal.applicant, appeal.category_code = "Ганна Тестова", "HEAT"
    draft(session, recording)
    assert (appeal.applicant, appeal.category_code, appeal.urgency) == ("Ганна Тестова", "HEAT", "N1")
    assert drafts.draft_of(session, appeal).of_machine == {"urgency", "address", "text"}


def test_a_registered_card_is_never_touched(
    session: Session, appeal: Appeal, recording: Recording, olena: User
) -> None:
    appeal.text, appeal.category = "Немає води", session.get_one(Category, "WATER")
    appeals.register(session, appeal, by=olena, at=NOON)
    assert draft(session, recording)
    assert (appeal.applicant, appeal.address, appeal.urgency) == ("", "", "")
    assert drafts.draft_of(session, appeal).of_machine == frozenset()
    assert drafts.draft_of(session, appeal).suggestions["applicant"][0].value == "Марія"


def test_a_doubtful_transcript_fills_nothing_and_is_sure_of_nothing(session: Session, appeal: Appeal) -> None:
    recording = recording_of(session, appeal)
    hear(session, recording, state="doubtful")
    draft(session, recording)
    assert (appeal.applicant, appeal.category_code, appeal.text) == ("", None, "")
    rows = [row for rows in drafts.draft_of(session, appeal).suggestions.values() for row in rows]
    assert len(rows) == len(SUGGESTED) and not any(row.sure for row in rows)


def test_an_unsure_suggestion_waits_for_a_person(session: Session, appeal: Appeal, recording: Recording) -> None:
    draft(session, recording, [Suggested("category", "HEAT", "Опалення", 0.4, False)])
    assert appeal.category_code is None
    assert drafts.draft_of(session, appeal).suggestions["category"][0].value == "HEAT"


def test_a_category_the_city_has_taken_away_is_not_filled_in(
    session: Session, appeal: Appeal, recording: Recording
) -> None:
    draft(session, recording, [Suggested("category", "GONE", "Колишня", 1.0, True)])
    assert appeal.category_code is None


def test_what_the_machine_filled_follows_a_better_transcript_and_what_a_person_changed_does_not(
    session: Session, appeal: Appeal, recording: Recording
) -> None:
    draft(session, recording)
    appeal.applicant = "Марія Коваль"
    recording.state = "waiting"
    hear(session, recording, HEARD.replace("гарячої", "холодної"))
    better = (
        Suggested("category", "WATER", "Холодна вода", 0.9, True),
        Suggested("applicant", "Дарія", "Дарія", 1, True),
    )
    assert draft(session, recording, better)
    assert (appeal.category_code, appeal.applicant) == ("WATER", "Марія Коваль")
    assert [row.value for row in drafts.draft_of(session, appeal).suggestions["category"]] == ["WATER"]


def test_of_two_messages_of_one_call_the_longer_ones_suggestions_come_first(session: Session, appeal: Appeal) -> None:
    for file, seconds, name in (("2-appeal.wav", 4.0, "Олена"), ("5-appeal.wav", 40.0, "Марія")):
        recording = recording_of(session, appeal, file, seconds)
        hear(session, recording)
        draft(session, recording, [Suggested("applicant", name, name, 1.0, True)])
    assert [row.value for row in drafts.draft_of(session, appeal).suggestions["applicant"]] == ["Марія", "Олена"]


def test_without_words_or_without_a_card_there_is_nothing_to_do(session: Session, appeal: Appeal) -> None:
    recording = recording_of(session, appeal)
    assert not draft(session, recording)
    comment = Recording(
        call=appeal.call,
        name="feedback_comment",
        file="9-c.wav",
        seconds=3,
        ended_by="key",
        made_at=NOON,
        state="waiting",
    )
    session.add(comment)
    session.flush()
    hear(session, comment)
    assert not draft(session, comment)
    assert not drafts.make_draft(session, 999_999, SUGGESTED, written="", rules="rules-1", at=NOON)


def test_a_value_longer_than_its_column_is_kept_as_far_as_it_fits(
    session: Session, appeal: Appeal, recording: Recording
) -> None:
    draft(session, recording, [Suggested("earlier_no", "1" * 400, "1" * 400, 0.1, False)])
    assert len(drafts.draft_of(session, appeal).suggestions["earlier_no"][0].value) == 300


def test_an_operator_who_saves_at_the_same_moment_loses_nothing(records: Records) -> None:
    """Of the two one is told: the operator by the page, the worker by this error; then it tries again."""
    with records() as session:
        appeal = new_appeal(session)
        recording = recording_of(session, appeal)
        hear(session, recording)
        session.commit()
        ids = appeal.id, recording.id
    with records() as desk, records() as worker:
        seen = desk.get_one(Appeal, ids[0])
        assert seen.applicant == ""
        drafts.make_draft(worker, ids[1], SUGGESTED, written=WRITTEN, rules="rules-1", at=NOON)
        worker.commit()
        seen.applicant = "Ганна Тестова"
        with pytest.raises(StaleDataError):
            desk.commit()
    with records() as session:
        assert session.get_one(Appeal, ids[0]).applicant == "Марія"


SCHOOL = Place("вулиця Шкільна", "3", settlement="Луцьк", street_id=7)


def answer_of(session: Session, appeal: Appeal) -> Recording:
    answer = recording_of(session, appeal, "4-address.wav", 3.0, "address")
    hear(session, answer, "шкільна три")
    return answer


def place(place: Place, sure: bool = True) -> Suggested:
    return Suggested("address", place.line(), place.line(), 0.9, sure, [(0, 1)], "", place.to_json())


def test_the_answer_to_the_address_question_takes_the_place_of_a_street_in_the_story(
    session: Session, appeal: Appeal, recording: Recording
) -> None:
    draft(session, recording)
    text = appeal.text
    assert draft(
        session, answer_of(session, appeal), [place(SCHOOL), Suggested("category", "ROAD", "Дороги", 0.9, True)]
    )
    assert place_of(appeal) == SCHOOL
    assert appeal.category_code == "HOTW", "an address says nothing about the matter"
    assert appeal.text == text
    shown = drafts.draft_of(session, appeal).suggestions["address"]
    assert [row.value for row in shown] == [SCHOOL.line(), HOME.line()]


def test_a_doubtful_answer_stands_behind_a_street_that_is_sure(
    session: Session, appeal: Appeal, recording: Recording
) -> None:
    draft(session, recording)
    draft(session, answer_of(session, appeal), [place(SCHOOL, sure=False)])
    assert place_of(appeal) == HOME
    shown = drafts.draft_of(session, appeal).suggestions["address"]
    assert [row.value for row in shown] == [HOME.line(), SCHOOL.line()]


def test_an_answer_changes_no_address_that_a_person_wrote(
    session: Session, appeal: Appeal, recording: Recording
) -> None:
    addresses.write(appeal, Place("біля школи"))
    draft(session, answer_of(session, appeal), [place(SCHOOL)])
    assert appeal.address == "біля школи"
