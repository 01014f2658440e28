"""From heard words to the card and the alarms, with the real rules and the real register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from db import alarms, drafts, street_edits, transcripts
from db.addresses import place_of
from db.engine import Records
from db.models import Appeal, Category, Recording
from db.street_tables import Street
from hotline.drafting import ANYBODY, Drafting, rules_in_force
from tests.db.conftest import NOON, new_appeal, operator, prepare
from transcribe.understanding.facts import CategoryGuess, Reason, Understanding
from transcribe.understanding.understand import Understander

WATER = (
    "добрий день мене звати ганна коваленко у нас на вулиці гордіюк двадцять чотири квартира сорок п'ять немає гарячої "
    "води третій день передзвоніть нуль шістдесят сім один один один двадцять два тридцять три"
)
GAS = "швидше чую запах газу на конякіна двадцять два"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("drafting") / "records.db"
    prepare(f"sqlite:///{path}")
    return path


@pytest.fixture
def session(template: Path, tmp_path: Path) -> Iterator[Session]:
    path = tmp_path / "records.db"
    path.write_bytes(template.read_bytes())
    records = Records(f"sqlite:///{path}")
    with records() as opened:
        yield opened
    records.close()


@pytest.fixture
def drafting() -> Drafting:
    return Drafting(Understander)


def spoken(session: Session, text: str, state: str = "recognised", call_id: str = "ast-1.1") -> tuple[Appeal, int]:
    """A message that is over and was recognised; its card and its recording."""
    appeal = new_appeal(session, call_id=call_id)
    recording = Recording(call=appeal.call, name="appeal", file="2-appeal.wav", seconds=9, ended_by="key", made_at=NOON)
    session.add(recording)
    session.flush()
    transcripts.claim(session, recording.id, NOON)
    words = [{"word": word, "start": n, "end": n + 0.5, "conf": 0.9} for n, word in enumerate(text.split())]
    kept = transcripts.keep(
        session, recording.id, engine="vosk", model="uk", state=state, text=text, words=words, took_seconds=1, at=NOON
    )
    assert kept is not None
    return appeal, recording.id


def test_a_message_fills_its_card_and_every_value_knows_its_words(session: Session, drafting: Drafting) -> None:
    appeal, recording = spoken(session, WATER)
    drafting.final(session, recording, NOON)
    assert appeal.address == "вулиця Захисників України, 24, кв. 45"
    assert place_of(appeal).street_id is not None
    assert (appeal.category_code, appeal.kind) == ("HOTW", "appeal")
    assert "24 квартира 45 немає гарячої води" in appeal.text and "067 111 22 33" in appeal.text
    made = drafts.draft_of(session, appeal)
    assert {"address", "category", "urgency", "text"} <= made.of_machine
    heard = WATER.split()
    said = {
        name: " … ".join(" ".join(heard[first : last + 1]) for first, last in rows[0].spans)
        for name, rows in made.suggestions.items()
    }
    assert said["address"] == "вулиці гордіюк двадцять чотири квартира сорок п'ять"
    assert "немає гарячої води" in said["category"]
    assert said["phone"] == "нуль шістдесят сім один один один двадцять два тридцять три"
    assert made.suggestions["phone"][0].shown == "067 111 22 33"
    assert made.suggestions["address"][0].why == "раніше Гордіюк"
    assert made.suggestions["executor"][0].value == "heat"


def test_a_second_time_changes_nothing(session: Session, drafting: Drafting) -> None:
    appeal, recording = spoken(session, WATER)
    drafting.final(session, recording, NOON)
    appeal.category = session.get_one(Category, "HEAT")
    drafting.final(session, recording, NOON)
    assert appeal.category_code == "HEAT"


def test_danger_is_told_while_the_citizen_still_speaks_and_once(session: Session, drafting: Drafting) -> None:
    appeal = new_appeal(session)
    recording = Recording(
        call=appeal.call, name="appeal", file="2-appeal.wav", seconds=2, ended_by="", made_at=NOON, state="followed"
    )
    session.add(recording)
    session.flush()
    words = GAS.split()
    raised_with = None
    for heard in range(1, len(words) + 1):
        drafting.partial(session, recording.id, words[:heard], NOON + timedelta(seconds=heard))
        if raised_with is None and alarms.unseen(session, NOON + timedelta(minutes=1)):
            raised_with = words[heard - 1]
    (alarm,) = alarms.unseen(session, NOON + timedelta(minutes=1))
    assert raised_with == "газу"
    assert (alarm.dial, alarm.words) == ("104", "запах газу")
    assert "телефонуйте" not in alarm.why


def test_a_doubtful_message_raises_its_alarm_and_fills_nothing(session: Session, drafting: Drafting) -> None:
    appeal, recording = spoken(session, GAS, state="doubtful")
    drafting.final(session, recording, NOON)
    assert len(alarms.unseen(session, NOON)) == 1
    assert (appeal.address, appeal.urgency, appeal.text) == ("", "", "")


def test_a_danger_that_names_nobody_is_for_the_common_number(session: Session, tmp_path: Path) -> None:
    (tmp_path / "dangers.yaml").write_text("OWN:\n  - why: дамба\n    words: [прорвати дамба]\n", encoding="utf-8")
    own = Drafting(lambda register: Understander(register, rules_in_force(tmp_path)))
    _, recording = spoken(session, "прорвало дамбу")
    own.final(session, recording, NOON)
    assert [(alarm.dial, alarm.why) for alarm in alarms.unseen(session, NOON)] == [(ANYBODY, "дамба")]


def test_own_rules_with_a_mistake_leave_the_shipped_ones_in_force(session: Session, tmp_path: Path) -> None:
    (tmp_path / "dangers.yaml").write_text("OWN:\n  - words: [щось]\n", encoding="utf-8")
    with capture_logs() as logs:
        own = Drafting(lambda register: Understander(register, rules_in_force(tmp_path)))
        _, recording = spoken(session, GAS)
        own.final(session, recording, NOON)
    assert len(alarms.unseen(session, NOON)) == 1
    assert any("the shipped ones are in force" in log["event"] for log in logs)


def test_an_unknown_street_stays_in_words_and_is_flagged(session: Session, drafting: Drafting) -> None:
    appeal, recording = spoken(session, "на вулиці вигаданій сім не вивозять сміття")
    drafting.final(session, recording, NOON)
    assert appeal.address == "", "nobody is sure of it"
    (address,) = drafts.draft_of(session, appeal).suggestions["address"]
    line = "вулиця Вигаданій, 7"
    assert (address.value, address.shown) == (line, f"{line} (такої вулиці немає в реєстрі)")
    assert address.parts["street_id"] is None


def test_a_place_that_is_said_twice_is_suggested_once(session: Session, drafting: Drafting) -> None:
    appeal, recording = spoken(session, "на конякіна двадцять два немає води повторюю конякіна двадцять два")
    drafting.final(session, recording, NOON)
    assert [row.value for row in drafts.draft_of(session, appeal).suggestions["address"]] == ["вулиця Конякіна, 22"]


def test_a_category_the_city_does_not_use_is_not_suggested(session: Session, drafting: Drafting) -> None:
    session.get_one(Category, "HOTW").active = False
    appeal, recording = spoken(session, WATER)
    drafting.final(session, recording, NOON)
    codes = [row.value for row in drafts.draft_of(session, appeal).suggestions.get("category", ())]
    assert "HOTW" not in codes and appeal.category_code is None


def test_a_street_that_was_renamed_a_moment_ago_is_understood(session: Session, drafting: Drafting) -> None:
    text = "на вулиці гетьманській десять немає світла"
    _, before = spoken(session, text)
    drafting.final(session, before, NOON)
    street = session.query(Street).filter_by(name="Конякіна").one()
    street_edits.rename(session, street, "Гетьманська", by=operator(session), at=NOON)
    appeal, after = spoken(session, text, call_id="ast-1.2")
    drafting.final(session, after, NOON)
    assert place_of(appeal).street_id == street.id


def test_when_understanding_fails_the_words_stay_and_the_log_tells_none_of_them(session: Session) -> None:
    def broken(_register: object) -> Understander:
        raise RuntimeError(WATER)

    failing = Drafting(broken)
    appeal, recording = spoken(session, WATER)
    with capture_logs() as logs:
        failing.final(session, recording, NOON)
        failing.partial(session, recording, WATER.split(), NOON)
    session.commit()
    assert appeal.text == WATER and appeal.status == "draft"
    assert [log["log_level"] for log in logs] == ["error"] * 3
    assert "гордіюк" not in str(logs)


def test_a_draft_the_records_refuse_takes_back_itself_and_leaves_words_and_alarm(session: Session) -> None:
    class NoNumber(Understander):
        def understand(self, words: Sequence[str]) -> Understanding:
            return replace(super().understand(words), categories=(CategoryGuess("GAS", float("nan")),))

    appeal, recording = spoken(session, GAS)
    with capture_logs() as logs:
        Drafting(NoNumber).final(session, recording, NOON)
    session.commit()
    assert appeal.text == GAS and drafts.draft_of(session, appeal).suggestions == {}
    assert len(alarms.unseen(session, NOON)) == 1
    assert "a message was not understood, its card stays as it was" in [log["event"] for log in logs]


def test_a_recording_without_words_is_nothing_to_do(session: Session, drafting: Drafting) -> None:
    with capture_logs() as logs:
        drafting.final(session, 999_999, NOON)
    assert logs == []


def answered(session: Session, text: str) -> tuple[Appeal, int]:
    """An answer to «вулицю і будинок» that was recognised, of a call with a card."""
    appeal, recording_id = spoken(session, text)
    session.get_one(Recording, recording_id).name = drafts.ADDRESS
    return appeal, recording_id


def test_what_was_heard_among_the_names_of_streets_is_proposed_and_never_filled_in(
    session: Session, drafting: Drafting
) -> None:
    appeal, recording = answered(session, "ну лев чан і все двадцять чотири")
    drafting.final(session, recording, NOON, "вулиця левчанівської двадцять чотири".split())
    assert appeal.address == ""
    proposed = drafts.draft_of(session, appeal).suggestions["address"]
    (found,) = [one for one in proposed if one.value == "вулиця Сенаторки Левчанівської, 24"]
    assert found.why == "почуто серед назв вулиць: «вулиця левчанівської двадцять чотири»"
    assert found.spans == [], "these are not words of the free transcript"


def test_a_street_that_was_heard_for_sure_is_not_doubted_by_a_second_hearing(
    session: Session, drafting: Drafting
) -> None:
    appeal, recording = answered(session, "вулиця гордіюк двадцять чотири")
    drafting.final(session, recording, NOON, "вулиця левчанівської двадцять чотири".split())
    assert appeal.address == "вулиця Захисників України, 24"
    values = [one.value for one in drafts.draft_of(session, appeal).suggestions["address"]]
    assert not any("Левчанівської" in value for value in values)


def test_only_an_answer_to_the_address_question_is_heard_among_the_names_of_streets(
    session: Session, drafting: Drafting
) -> None:
    _, answer = answered(session, "рівненська два")
    recording = session.get_one(Recording, answer)
    assert "сенаторки левчанівської" in drafting.grammar(session, recording, NOON)
    recording.name = "appeal"
    assert drafting.grammar(session, recording, NOON) == ()


def test_a_message_that_is_over_is_asked_for_danger_as_a_whole(session: Session) -> None:
    asked: list[bool] = []

    class Asked(Understander):
        def alarms(self, words: Sequence[str], *, whole: bool = False) -> tuple[Reason, ...]:
            asked.append(whole)
            return super().alarms(words, whole=whole)

    drafting = Drafting(Asked)
    _, recording = spoken(session, WATER)
    drafting.partial(session, recording, WATER.split()[:4], NOON)
    drafting.final(session, recording, NOON)
    assert asked == [False, True]
