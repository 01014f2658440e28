"""The net under the rules of danger: it only adds alarms, and says which words decided."""

from pathlib import Path

import pytest

from transcribe.understanding.danger_likeness import ALARM_FROM, FEWEST_WORDS, WHILE_SPOKEN_FROM, DangerLikeness
from transcribe.understanding.rules import RuleBook, UnusableRules
from transcribe.understanding.tokens import tokens
from transcribe.understanding.urgency import RESEMBLES, dangers
from transcribe.understanding.word_pieces import counted, telling

DANGERS = (
    "дядько синіє на лавці і хрипить не добудимося",
    "хлопець синіє губи сині хрипить на підлозі",
    "бабуся хрипить посиніла на сходах лежить",
    "сусід посинів хрипить лежить у коридорі",
)
ORDINARY = (
    "у коридорі не горить лампочка третій день",
    "на лавці відламана дошка сидіти неможливо",
    "на підлозі в під'їзді бруд ніхто не миє",
    "на сходах перила хитаються полагодьте",
    "губи пофарбували паркан у синій колір",
)


@pytest.fixture(scope="module")
def likeness() -> DangerLikeness:
    return learnt_of(3)


def learnt_of(times: int) -> DangerLikeness:
    phrases = [counted(said) for said in (*DANGERS, *ORDINARY)]
    return DangerLikeness.learnt([*[True] * len(DANGERS), *[False] * len(ORDINARY)] * times, phrases * times)


def test_new_words_about_a_known_trouble_are_resembled_and_the_deciding_words_shown(likeness: DangerLikeness) -> None:
    words = "алло тут чоловік на зупинці посинів увесь і хрипить".split()
    span = likeness.resembled(tokens(words))
    assert span is not None
    assert {"посинів", "хрипить"} & set(words[span[0] : span[1] + 1])


def test_a_trouble_of_every_day_resembles_no_danger(likeness: DangerLikeness) -> None:
    assert likeness.resembled(tokens("на сходах у коридорі темно лампочка перегоріла".split())) is None


def test_the_first_few_words_of_a_message_raise_nothing(likeness: DangerLikeness) -> None:
    words = "дядько синіє на лавці і хрипить".split()
    assert likeness.resembled(tokens(words)) is not None
    assert likeness.resembled(tokens(words[: FEWEST_WORDS - 1])) is None


def test_a_message_that_has_only_begun_must_resemble_an_emergency_more(likeness: DangerLikeness) -> None:
    words = tokens("сусід хрипить лежить перила хитаються".split())
    assert ALARM_FROM < likeness.log_odds(telling(words)) < WHILE_SPOKEN_FROM
    assert likeness.resembled(words, whole=True) is not None
    assert likeness.resembled(words, whole=False) is None


def test_the_same_phrases_always_make_the_same_alarms() -> None:
    said = tokens("дядько посинів і хрипить на сходах".split())
    assert learnt_of(1).log_odds(said) == learnt_of(1).log_odds(said)


def test_words_that_no_rule_knows_raise_an_alarm_all_the_same() -> None:
    rules = RuleBook()
    words = "мене тут замкнуло всередині кабінки задихаюся нікого не чути".split()
    [alarm] = dangers(rules.message(words), rules)
    assert alarm.rule is RESEMBLES
    assert alarm.reason.why.endswith("телефонуйте 112")


def test_what_a_rule_has_found_is_not_told_twice() -> None:
    rules = RuleBook()
    found = dangers(rules.message("у під'їзді сильно пахне газом люди задихаються приїдьте".split()), rules)
    assert found
    assert all(clue.rule is not RESEMBLES for clue in found)


def test_a_mistake_in_the_emergencies_is_named(tmp_path: Path) -> None:
    (tmp_path / "emergencies_own.csv").write_text("danger,phrase\nтак,дядько синіє\n", "utf-8")
    with pytest.raises(UnusableRules, match="yes або no, а не «так»"):
        RuleBook(tmp_path)
