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
        ("все село без світла і свердловина не качає", "E1"),
        ("знеструмлений весь під'їзд ліфт став на шостому", "E1"),
        ("у половини квартир світло є в половини немає пропала одна фаза", "E2"),
        ("світло моргає другий день на пів вулиці", "E2"),
        ("трансформатор гуде і світло на пів хати", "E2"),
        ("напруга така що насос не качає", "E2"),
        ("третій день без газу весь стояк відрізали", "E2"),
        ("відімкнули газ за борг хоч я заплатила", "E2"),
        ("горячої води нєт третій день", "E2"),
        ("зник тиск води ледь капає", "E2"),
        ("каналізація з люка пре вже до під'їзду", "E2"),
        ("мертвий голуб лежить під будинком", "N1"),
        ("на дорозі біля дому дванадцять мертва косуля", "N1"),
        ("сусіди третю ніч співають по батареї стукали не помагає", "N1"),
        ("маршрутка не зупинилася водій газу і поїхав", "N1"),
        ("після дощу озеро решітки забиті вода не йде", "N1"),
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
