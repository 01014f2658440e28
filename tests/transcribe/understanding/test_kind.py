"""What sort of call it is."""

from __future__ import annotations

import pytest

from transcribe.understanding.facts import Kind
from transcribe.understanding.kind import kind_of
from transcribe.understanding.rules import RuleBook
from transcribe.understanding.topic import clues, resemblances
from transcribe.understanding.urgency import dangers


@pytest.fixture(scope="module")
def rules() -> RuleBook:
    return RuleBook()


def kind(rules: RuleBook, text: str) -> Kind:
    message = rules.message(text.split())
    in_danger = dangers(message, rules)
    return kind_of(message, rules, in_danger, (*in_danger, *clues(message, rules), *resemblances(message, rules)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("у нас третій день не вивозять сміття", "appeal"),
        ("залатайте яму на рівненській", "appeal"),
        ("коли вже полагодите ліфт скільки можна", "appeal"),
        ("чому не чистять дорогу у нас", "appeal"),
        ("підкажіть будь ласка коли дадуть гарячу воду", "consultation"),
        ("хочу запитати чи планують освітлення на степовій", "consultation"),
        ("які документи потрібні на субсидію", "consultation"),
        ("скажіть номер телефону диспетчера ліфтів", "consultation"),
        ("дякую водоканалу за швидку роботу молодці", "thanks"),
        ("хочу подякувати двірничці завжди чисто", "thanks"),
        ("козли ви дармоїди", "abuse"),
        ("щоб у вас самих вода скінчилась нероби", "abuse"),
        ("пахне газом у під'їзді", "emergency"),
        ("алло алло чути мене ні не чути", "none"),
        ("ой вибачте помилилась номером", "none"),
        ("ой вибачте помилився", "none"),
        ("немає води кравчука п'ять ой помилилась шість", "appeal"),
        ("вибачте помилився не п'ятий а шостий будинок кравчука не вивозять сміття", "appeal"),
        ("це таксі мені машину", "none"),
        ("добрий день", "none"),
        ("", "none"),
        ("hello can you hear me please", "none"),
    ],
)
def test_a_call_is_of_its_kind(rules: RuleBook, text: str, expected: Kind) -> None:
    assert kind(rules, text) == expected


def test_swearing_about_a_matter_is_still_an_appeal(rules: RuleBook) -> None:
    assert kind(rules, "та що ви за дармоїди третій день не вивозите сміття приберіть вже під домом") == "appeal"


def test_thanks_at_the_end_do_not_make_an_appeal_thanks(rules: RuleBook) -> None:
    assert kind(rules, "не горить ліхтар біля школи полагодьте дякую") == "appeal"


def test_many_words_that_no_rule_knew_are_not_called_nothing(rules: RuleBook) -> None:
    unknown = " ".join(f"щось{letter}мудре" for letter in "абвгдежзиклмнопрстуф")
    assert kind(rules, unknown) == "appeal"
