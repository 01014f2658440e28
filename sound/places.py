"""«вул.», «просп.», «буд.» in full, in the case their preposition asks for: «на вул. Львівській» -> «на вулиці»."""

from __future__ import annotations

import re

LOCATIVE, GENITIVE, INSTRUMENTAL, ACCUSATIVE, NOMINATIVE = "loc", "gen", "ins", "acc", "nom"

_CASE_AFTER = {
    **dict.fromkeys(("на", "по", "у", "в"), LOCATIVE),
    **dict.fromkeys(("від", "до", "з", "із", "зі", "біля", "вздовж", "уздовж", "поблизу", "навпроти"), GENITIVE),
    **dict.fromkeys(("між", "за", "перед"), INSTRUMENTAL),
    **dict.fromkeys(("через", "про"), ACCUSATIVE),
}
_OF = re.compile(
    r"(?:ріг|розі|рогу|перехрест\w+|перетин\w*|мешкан\w+|жител\w+|район\w*|частин\w+|ділян\w+|ремонт\w*|кін(?:ець|ця|ці)"
    r"|почат\w+|сторон\w+|біч|бік|боці|боку|освітленн\w+|прибиранн\w+|перекритт\w+|асфальтуванн\w+|благоустр\w+)",
    re.IGNORECASE,
)
"""Nouns whose street stands in the genitive: «мешканці вул. Тихої»."""
_DONE = re.compile(r"\w{3,}(?:ено|ано|ито|уто|ято)", re.IGNORECASE)
"""«перекрито вул. Тиху»: these forms have an object."""
_FEMININE_ACCUSATIVE = re.compile(r"\s*(?:[А-ЯҐЄІЇ][\w'-]*(?:ську|цьку|ну|ву|ту|лу|ху|шу|чу|ру|ню|дню)\b)")
"""«на вул. Львівську» is a direction, «на вул. Львівській» a place."""
_AND = ("та", "і", "й")
_FORMS = {
    "вулиця": {LOCATIVE: "вулиці", GENITIVE: "вулиці", INSTRUMENTAL: "вулицею", ACCUSATIVE: "вулицю"},
    "проспект": {LOCATIVE: "проспекті", GENITIVE: "проспекту", INSTRUMENTAL: "проспектом"},
    "провулок": {LOCATIVE: "провулку", GENITIVE: "провулка", INSTRUMENTAL: "провулком"},
    "бульвар": {LOCATIVE: "бульварі", GENITIVE: "бульвару", INSTRUMENTAL: "бульваром"},
    "площа": {LOCATIVE: "площі", GENITIVE: "площі", INSTRUMENTAL: "площею", ACCUSATIVE: "площу"},
    "майдан": {LOCATIVE: "майдані", GENITIVE: "майдану", INSTRUMENTAL: "майданом"},
    "квартира": {LOCATIVE: "квартирі", GENITIVE: "квартири", INSTRUMENTAL: "квартирою", ACCUSATIVE: "квартиру"},
    "село": {LOCATIVE: "селі", GENITIVE: "села", INSTRUMENTAL: "селом"},
    "будинок": {LOCATIVE: "будинку", GENITIVE: "будинку", INSTRUMENTAL: "будинком"},
    "будинки": {LOCATIVE: "будинках", GENITIVE: "будинків", INSTRUMENTAL: "будинками"},
}
_SHORT = {
    "вул.": "вулиця",
    "просп.": "проспект",
    "пр-т": "проспект",
    "пр.": "проспект",
    "пров.": "провулок",
    "бульв.": "бульвар",
    "б-р": "бульвар",
    "пл.": "площа",
    "майд.": "майдан",
    "буд.": "будинок",
    "кв.": "квартира",
    "с.": "село",
}
_WITH_NUMBER = r"кв\.(?=\s*[\d№])"
_VILLAGE = r"(?<![.]\s)(?<!\d\s)(?-i:с\.)(?=\s*(?-i:[А-ЯҐЄІЇ])(?-i:[а-яґєії'])\w)"
"""«С. Бандери» is an initial, «5 с.» are seconds."""
_PLACE = re.compile(
    r"(?<!\w)(?:(?P<before>[\w'-]{1,40})\s+)?"
    rf"(?P<short>{_WITH_NUMBER}|{_VILLAGE}|"
    + "|".join(re.escape(short) for short in _SHORT if short not in ("кв.", "с."))
    + r")(?=[\s\d№А-ЯҐЄІЇ])\s*"
    r"(?P<list>(?=(?:№\s*){0,2}\d+\s*-?\w?\s*(?:,|та\b|і\b|й\b|[-–])\s*\d))?",
    re.IGNORECASE,
)


def in_full(text: str) -> str:
    """Write every abbreviated place in full. After «та», «і» a place takes the case of the one before it."""
    last_case, last_end = NOMINATIVE, 0

    def declined(match: re.Match[str]) -> str:
        nonlocal last_case, last_end
        before = match["before"] or ""
        if before.lower() not in _AND:
            from_there = last_case == GENITIVE and not re.search(r"[.;!?]\s", text[last_end : match.start()])
            last_case = _case(before.lower(), text[match.end() :], is_direction=from_there)
        last_end = match.end()
        word = _SHORT[match["short"].lower()]
        if word == "будинок" and match["list"] is not None:
            word = "будинки"
        # Without a pause «кв. 45 буд. 7» would count 45 houses.
        pause = before.isdecimal() and text[match.end() : match.end() + 1].isdecimal()
        lead = f"{before}{',' * pause} " if before else ""
        return f"{lead}{_FORMS[word].get(last_case, word)} "

    return _PLACE.sub(declined, text)


def _case(before: str, name: str, *, is_direction: bool) -> str:
    """The case a place has after a word; «на» is a direction after «з вул. ...» and before «Львівську»."""
    if before == "на" and (is_direction or _FEMININE_ACCUSATIVE.match(name)):
        return ACCUSATIVE
    if _OF.fullmatch(before):
        return GENITIVE
    if _DONE.fullmatch(before):
        return ACCUSATIVE
    return _CASE_AFTER.get(before, NOMINATIVE)
