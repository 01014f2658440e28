"""The class of urgency, and the words that ask for it."""

from __future__ import annotations

import pytest

from transcribe.understanding.facts import Urgency
from transcribe.understanding.rules import RuleBook
from transcribe.understanding.topic import clues, guesses, resemblances, suggested
from transcribe.understanding.urgency import Judged, dangers, judge


@pytest.fixture(scope="module")
def rules() -> RuleBook:
    return RuleBook()


def judged(rules: RuleBook, text: str) -> Judged:
    message = rules.message(text.split())
    in_danger = dangers(message, rules)
    subjects = (*in_danger, *clues(message, rules), *resemblances(message, rules))
    return judge(in_danger, subjects, suggested(guesses(subjects)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("у сусіда пожежа палає дах", "E0"),
        ("у всьому будинку немає світла", "E1"),
        ("прорвало трубу вода тече по дорозі", "E1"),
        ("люк відкритий кришку вкрали", "E1"),
        ("щиток іскрить пахне горілою ізоляцією", "E1"),
        ("батарея тече окріп на паркет", "E1"),
        ("сусіди зверху заливають", "E1"),
        ("напруга сто шістдесят вольт", "E2"),
        ("тільки в моїй квартирі нема електрики", "E2"),
        ("тиск слабкий вода ледь капає на п'ятому поверсі", "E2"),
        ("батареї холодні в квартирі чотирнадцять градусів", "E2"),
        ("гарячої води нема", "E2"),
        ("газу немає плита не горить", "E2"),
        ("каналізація забилась лізе у ванну", "E2"),
        ("ліфт стоїть", "E2"),
        ("тривога а укриття на замку", "E2"),
        ("ліхтар не світить", "N1"),
        ("яма на дорозі", "N1"),
        ("вода з крана жовта", "N1"),
        ("сміття не вивозять", "N1"),
    ],
)
def test_words_ask_for_their_class(rules: RuleBook, text: str, expected: Urgency) -> None:
    assert judged(rules, text).urgency == expected


def test_the_words_that_raised_the_class_are_shown(rules: RuleBook) -> None:
    text = "доброго дня на розі люк відкритий без кришки"
    words = text.split()
    shown = {word for reason in judged(rules, text).reasons for word in words[reason.span[0] : reason.span[1] + 1]}
    assert {"люк", "відкритий"} <= shown


def test_the_ordinary_class_needs_no_words(rules: RuleBook) -> None:
    assert judged(rules, "сміття не вивозять") == Judged("N1")


def test_a_message_without_words_hurries_nobody(rules: RuleBook) -> None:
    assert judged(rules, "") == Judged("N1")
