"""Dangers to life: raised at once, on the words heard so far, with whom to telephone."""

from __future__ import annotations

import pytest

from transcribe.understanding.rules import RuleBook
from transcribe.understanding.urgency import dangers


@pytest.fixture(scope="module")
def rules() -> RuleBook:
    return RuleBook()


def alarms(rules: RuleBook, text: str) -> list[str]:
    """What the alarms of the panel would say."""
    return [clue.reason.why for clue in dangers(rules.message(text.split()), rules)]


@pytest.mark.parametrize(
    ("text", "telephone"),
    [
        ("у під'їзді сильно пахне газом", "104"),
        ("Чуємо запах газу на сходах!", "104"),
        ("екскаватор зачепив газову трубу шипить на всю вулицю", "104"),
        ("тухлими яйцями тхне аж очі ріже", "104"),
        ("спрацював датчик чадного газу мама зомліла", "103"),
        ("провід обірвало лежить на тротуарі люди ходять", "обленерго"),
        ("голі дроти стирчать з опори діти граються", "обленерго"),
        ("електрика вдарило струмом", "103"),
        ("людина застрягла в ліфті", "диспетчерську ліфтів"),
        ("ми з малим сидимо в ліфті двері не відкриваються", "диспетчерську ліфтів"),
        ("дитина в ліфті кричить", "диспетчерську ліфтів"),
        ("жінка провалилась у каналізаційний люк", "101"),
        ("за стіною чоловік б'є жінку вона кричить рятуйте", "102"),
        ("бігає з сокирою по двору", "102"),
        ("стеля обвалилась і придавила бабусю", "101"),
        ("дерево впало на людину", "101"),
        ("собака покусала хлопця лежить у крові", "103"),
        ("сусідка третій день не відчиняє чути стогін", "103"),
        ("горить сміттєвий контейнер під балконами", "101"),
        ("у сусідів пожежа", "101"),
        ("з вікна третього поверху валить дим", "101"),
        ("загорілась проводка в квартирі", "101"),
        ("знайшли в лісі снаряд", "102"),
        ("підозріла сумка на зупинці з неї дроти стирчать", "102"),
        ("чоловік лежить на лавці не дихає", "103"),
        ("бабуся без свідомості викличте швидку", "103"),
        ("машина збила пішохода на переході", "103"),
        ("хлопець провалився під лід", "101"),
        ("дівчина на даху хоче стрибнути", "102"),
    ],
)
def test_a_danger_raises_its_alarm_with_whom_to_telephone(rules: RuleBook, text: str, telephone: str) -> None:
    assert any(telephone in why for why in alarms(rules, text))


def test_the_alarm_comes_while_the_caller_still_speaks(rules: RuleBook) -> None:
    words = "алло це соборності десять у нас у під'їзді дуже сильно пахне газом і люди вже на вулиці".split()
    heard = next(count for count in range(len(words)) if alarms(rules, " ".join(words[:count])))
    assert words[heard - 1] == "газом"


def test_an_alarm_stands_to_the_end_of_the_message(rules: RuleBook) -> None:
    words = "людина застрягла в ліфті сергія климчука десять другий під'їзд приїдьте будь ласка".split()
    from_then_on = [bool(alarms(rules, " ".join(words[:count]))) for count in range(4, len(words) + 1)]
    assert all(from_then_on)


@pytest.mark.parametrize(
    "text",
    [
        "газом не пахне але плита стара",
        "у нас газ не тече перевірте лічильник",
        "ніхто не застряг просто ліфт стоїть",
        "ліфт застряг порожній нікого в ньому нема",
        "пожежі нема не лякайтесь",
        "людей не вдарило струмом",
    ],
)
def test_what_is_denied_raises_no_alarm(rules: RuleBook, text: str) -> None:
    assert alarms(rules, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "пожежна машина не може проїхати бо двір заставили",
        "газова плита не горить газу немає",
        "на газоні під вікнами стоять машини",
        "застрягли в пробці на мосту",
        "машина застрягла в болоті",
        "ліхтар горить вдень і вночі",
        "лампочка перегоріла в тамбурі",
        "батареї аж горять так гаряче",
        "після пожежі під'їзд чорний ніхто не ремонтує",
        "вихлопними газами дихаємо цілий день",
        "боюся сідати в ліфт ще застрягну",
        "вмираємо від холоду батареї мертві",
        "собаки мене мало не покусали",
        "дерево впаде комусь на голову",
        "сусід палить листя дим у хату йде",
        "дроти від інтернету лежать на тротуарі",
        "мертвий кіт лежить посеред дороги",
        "чоловік передає подяку за швидку допомогу з паперами",
    ],
)
def test_a_look_alike_raises_no_alarm(rules: RuleBook, text: str) -> None:
    assert alarms(rules, text) == []


def test_every_danger_says_whom_to_telephone(rules: RuleBook) -> None:
    assert [rule.why for its in rules.dangers.values() for rule in its if not rule.call] == []
