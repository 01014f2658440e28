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


@pytest.mark.parametrize(
    "text",
    [
        "приїхали обрізали гілля під лінією і поїхали а ті гілляки так і лежать хто це має зняти",
        "по всій вулиці нічого немає ліки в холодильнику пропадають генератор допалює останню каністру коли дадуть",
        "на нашій вулиці якась фірма копає траншею огорожі нема табличок нема чи є в них дозвіл",
        "в автобусі духота вікна не відчиняються а водій ще й курить за кермом це так маршрут зветься чи як",
        "староста не приймає третій четвер підряд табличка висить а людини нема довідку де взяти",
        "контейнер забитий із минулого місяця пластик літає по двору діти граються серед сміття хто за це відповідає",
    ],
)
def test_a_trouble_that_ends_with_a_question_is_an_appeal(rules: RuleBook, text: str) -> None:
    assert kind(rules, text) == "appeal"


@pytest.mark.parametrize(
    "text",
    [
        "коли вже почнеться опалювальний сезон у місті",
        "коли в місті дадуть опалення є рішення виконкому",
        "скажіть завтра воду вимикатимуть чи ні",
        "хочемо під'єднатися до каналізації з чого починати",
        "мені потрібна довідка про склад сім'ї",
        "сова чи якась птиця сидить на асфальті крило тягне скажіть куди її віддати",
        "мені дев'яносто два роки до укриття кілометр а я з паличкою скажіть може є щось ближче",
    ],
)
def test_a_question_about_a_schedule_or_a_way_is_a_consultation(rules: RuleBook, text: str) -> None:
    assert kind(rules, text) == "consultation"


@pytest.mark.parametrize(
    "text",
    [
        "дякую вашій операторці дуже терпляче все мені пояснила",
        "спасибі двірничці пані олі у нас завжди чисто підніміть їй зарплату",
        "респект водієві двадцять сьомого тролейбуса зачекав мене з двійнятами",
        "висловлюємо вдячність службі за швидке реагування",
        "дівчата ви мене врятували усе зробили за годину",
    ],
)
def test_thanks_to_whoever_helped_are_thanks_with_a_wish_too(rules: RuleBook, text: str) -> None:
    assert kind(rules, text) == "thanks"


@pytest.mark.parametrize(
    "text",
    [
        "ой вибачте я помилилася номером хотіла до лікарні",
        "пробачте то я хотіла до аптеки дзвонити не туди попала",
        "переплутав номер вибачте",
        "Дякую за перегляд! Підписуйтесь на канал.",
    ],
)
def test_a_wrong_number_or_a_voice_from_the_air_is_nothing_said_to_the_city(rules: RuleBook, text: str) -> None:
    assert kind(rules, text) == "none"


def test_a_wrong_number_of_a_house_is_no_wrong_call(rules: RuleBook) -> None:
    assert kind(rules, "третій день нема води ой я помилилась номером будинку не п'ять а шість") == "appeal"


def test_closing_thanks_after_a_request_leave_it_an_appeal(rules: RuleBook) -> None:
    text = "дуже вас прошу увімкніть ліхтарі на набережній ми там гуляємо і нічого не видно щиро дякую"
    assert kind(rules, text) == "appeal"


def test_swearing_about_a_matter_is_still_an_appeal(rules: RuleBook) -> None:
    assert kind(rules, "та що ви за дармоїди третій день не вивозите сміття приберіть вже під домом") == "appeal"


def test_thanks_at_the_end_do_not_make_an_appeal_thanks(rules: RuleBook) -> None:
    assert kind(rules, "не горить ліхтар біля школи полагодьте дякую") == "appeal"


def test_many_words_that_no_rule_knew_are_not_called_nothing(rules: RuleBook) -> None:
    unknown = " ".join(f"щось{letter}мудре" for letter in "абвгдежзиклмнопрстуф")
    assert kind(rules, unknown) == "appeal"
