"""What a message is about: the shipped rules, the known phrases, and both together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from db.seed import CATEGORIES
from transcribe.understanding.facts import CategoryGuess
from transcribe.understanding.rules import CATEGORIES as CATEGORIES_FILE
from transcribe.understanding.rules import PHRASES, SHIPPED, RuleBook, UnusableRules
from transcribe.understanding.topic import clues, guesses, resemblances, suggested

OWN_PHRASES = "phrases_own.csv"
TOLD = {
    "ELEC": "у всьому будинку немає світла",
    "WATER": "з самого ранку кран сухий води нема",
    "SEWER": "каналізація забилась нечистоти лізуть у ванну",
    "HEAT": "батареї ледь теплі сидимо в куртках",
    "HOTW": "гарячої води нема другий тиждень",
    "GAS": "газу немає плита не горить",
    "LIFT": "ліфт стоїть на дев'ятий ходимо пішки",
    "HOUSE": "дах протікає у під'їзді двері зламані",
    "YARD": "гойдалка на майданчику зламана двірника нема",
    "WASTE": "сміття не вивозять баки переповнені",
    "ROAD": "на дорозі яма колесо пробив",
    "LIGHT": "ліхтарі не горять на вулиці хоч око виколи",
    "TRANS": "маршрутка проїхала повз зупинку",
    "ORDER": "машини паркують на газоні під вікнами",
    "NOISE": "музика гримить о другій ночі спати не дають",
    "ANIM": "зграя бездомних собак кидається на дітей",
    "ECO": "завод димить чорним димом сморід на все місто",
    "SHELT": "тривога а укриття зачинене",
    "SOC": "які документи потрібні на субсидію",
    "VILL": "староста не приймає клуб у селі закритий",
    "OTHER": "як записатися на прийом до мера",
}


@pytest.fixture(scope="module")
def rules() -> RuleBook:
    return RuleBook()


def understood(rules: RuleBook, text: str) -> Sequence[CategoryGuess]:
    message = rules.message(text.split())
    return guesses((*clues(message, rules), *resemblances(message, rules)))


def test_every_category_of_the_seed_has_rules_and_a_test() -> None:
    assert set(RuleBook().categories) == set(CATEGORIES) == set(TOLD)


@pytest.mark.parametrize(("code", "text"), TOLD.items())
def test_a_plain_message_gets_its_category_by_rules_alone(rules: RuleBook, code: str, text: str) -> None:
    ranked = guesses(clues(rules.message(text.split()), rules))
    assert suggested(ranked) == code


@pytest.mark.parametrize(("code", "text"), TOLD.items())
def test_known_phrases_do_not_outvote_plain_words(rules: RuleBook, code: str, text: str) -> None:
    assert suggested(understood(rules, text)) == code


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ELEC", "світло моргає лампочки ледь жевріють"),
        ("WATER", "трубу рвонуло вода хлеще по дорозі"),
        ("ROAD", "світлофор блимає жовтим"),
        ("HOTW", "з гарячого крана тече ледь тепла"),
        ("HEAT", "в хаті дубак дитина спить у шапці"),
        ("LIFT", "ліфта нема кнопку тиснеш а він мовчить"),
        ("LIGHT", "на вулиці темно жоден стовп не світить"),
        ("WASTE", "мусор не забирають все валяється"),
        ("HOUSE", "криша тече відро поставила"),
    ],
)
def test_people_do_not_speak_like_a_list_of_categories(rules: RuleBook, code: str, text: str) -> None:
    assert suggested(understood(rules, text)) == code


@pytest.mark.parametrize(
    "text",
    ["світлофор не працює", "водій висадив пасажирів", "на газоні сміття", "гаряча лінія не відповідає"],
)
def test_a_word_inside_another_word_is_not_that_word(rules: RuleBook, text: str) -> None:
    assert suggested(understood(rules, text)) not in {"ELEC", "WATER", "GAS", "HOTW"}


@pytest.mark.parametrize(
    "text",
    ["", "алло алло", "hello can you hear me", "dzień dobry czy mówi pan po polsku", "бла бла мня кхе", "ну е той"],
)
def test_nothing_said_or_a_foreign_language_gets_no_category(rules: RuleBook, text: str) -> None:
    assert suggested(understood(rules, text)) is None


def test_the_subject_named_first_leads_when_two_weigh_the_same(tmp_path: Path) -> None:
    (tmp_path / CATEGORIES_FILE).write_text(
        "HEAT:\n  - why: тепло\n    words: [опалення]\nLIFT:\n  - why: ліфт\n    words: [ліфт]\n", "utf-8"
    )
    rules = RuleBook(tmp_path)

    def first(text: str) -> str:
        return guesses(clues(rules.message(text.split()), rules))[0].code

    assert first("опалення нема і ліфт стоїть") == "HEAT"
    assert first("ліфт стоїть і опалення нема") == "LIFT"


def test_every_guess_shows_words_that_were_said(rules: RuleBook) -> None:
    words = "добрий день у нас батареї холодні і ліфт не працює".split()
    for guess in understood(rules, " ".join(words)):
        assert guess.reasons
        for reason in guess.reasons:
            assert 0 <= reason.span[0] <= reason.span[1] < len(words)
            assert reason.why


def test_misspelt_words_still_resemble_known_phrases(rules: RuleBook) -> None:
    words = "батарєї крижаня зубнв зуб не попадає".split()
    found = resemblances(rules.message(words), rules)
    assert max(found, key=lambda clue: clue.rule.weight).code == "HEAT"


def test_a_city_teaches_its_own_phrases(tmp_path: Path) -> None:
    lines = ["category,phrase"]
    lines += [f"ANIM,лосі вийшли з лісу {number}" for number in ("раз", "два", "три")]
    lines += [f"ECO,болото висохло зовсім {number}" for number in ("раз", "два", "три")]
    (tmp_path / OWN_PHRASES).write_text("\n".join(lines), "utf-8")
    rules = RuleBook(tmp_path)
    found = resemblances(rules.message("вийшли лосі".split()), rules)
    assert max(found, key=lambda clue: clue.rule.weight).code == "ANIM"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("code,phrase\nWATER,вода\n", "перший рядок"),
        ("category,phrase\nWATER\n", "рядок 2"),
        ("category,phrase\nWATER,вода,немає\n", "рядок 2"),
    ],
)
def test_a_mistake_in_the_phrases_is_named_with_its_line(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / OWN_PHRASES).write_text(content, "utf-8")
    with pytest.raises(UnusableRules) as refused:
        RuleBook(tmp_path)
    assert said in str(refused.value)
    assert OWN_PHRASES in str(refused.value)


def test_phrases_name_only_categories_of_the_seed() -> None:
    for path in SHIPPED.glob(PHRASES):
        codes = {line.split(",")[0] for line in path.read_text("utf-8").splitlines()[1:]}
        assert codes - {""} <= set(CATEGORIES), path.name


def test_the_quote_is_what_a_rule_found_and_not_the_vaguer_words_around_it(rules: RuleBook) -> None:
    words = "алло швидше на вулиці гордіюк двадцять чотири сильно пахне газом квартира сорок два"
    first = understood(rules, words)[0]
    assert first.code == "GAS"
    said = words.split()
    quoted = {word for reason in first.reasons for word in said[reason.span[0] : reason.span[1] + 1]}
    assert "газом" in quoted
    assert "гордіюк" not in quoted


@pytest.mark.parametrize(
    "text",
    [
        "у нас цілий будинок без світла десь з пів на шосту ліфт стоїть телефони сідають",
        "по всій вулиці темно в хатах і ліхтарі не горять сусіди сидять зі свічками",
        "немає світла у всьому будинку ліфт не працює і насос мовчить води теж нема",
        "все село без світла і ліхтарі не горять і свердловина не качає",
        "знеструмлений весь під'їзд ліфт став на шостому домофон мертвий",
    ],
)
def test_a_whole_house_or_street_without_light_explains_lift_lamps_and_pump(rules: RuleBook, text: str) -> None:
    assert suggested(understood(rules, text)) == "ELEC"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ліфт стоїть а світло в будинку є", "LIFT"),
        ("ліхтарі на вулиці не горять дома світло є", "LIGHT"),
        ("насос зламався у кранах сухо хоч світло в домі є", "WATER"),
    ],
)
def test_with_light_in_the_homes_the_lift_or_the_lamps_stay_the_matter(rules: RuleBook, text: str, code: str) -> None:
    assert suggested(understood(rules, text)) == code
