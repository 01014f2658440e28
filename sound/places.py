"""«вул.», «просп.», «буд.» in full, in the case their preposition asks for: «на вул. Львівській» -> «на вулиці»."""

from __future__ import annotations

import re

LOCATIVE, GENITIVE, INSTRUMENTAL, NOMINATIVE = "loc", "gen", "ins", "nom"

_CASE_AFTER = {
    **dict.fromkeys(("на", "по", "у", "в"), LOCATIVE),
    **dict.fromkeys(("від", "до", "з", "із", "зі", "біля", "вздовж", "уздовж", "поблизу", "навпроти"), GENITIVE),
    **dict.fromkeys(("між", "за", "перед"), INSTRUMENTAL),
}
_AND = ("та", "і", "й")
_FORMS = {
    "вулиця": {LOCATIVE: "вулиці", GENITIVE: "вулиці", INSTRUMENTAL: "вулицею"},
    "проспект": {LOCATIVE: "проспекті", GENITIVE: "проспекту", INSTRUMENTAL: "проспектом"},
    "провулок": {LOCATIVE: "провулку", GENITIVE: "провулка", INSTRUMENTAL: "провулком"},
    "бульвар": {LOCATIVE: "бульварі", GENITIVE: "бульвару", INSTRUMENTAL: "бульваром"},
    "площа": {LOCATIVE: "площі", GENITIVE: "площі", INSTRUMENTAL: "площею"},
    "майдан": {LOCATIVE: "майдані", GENITIVE: "майдану", INSTRUMENTAL: "майданом"},
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
}
_PLACE = re.compile(
    r"(?<!\w)(?:(?P<before>" + "|".join((*_CASE_AFTER, *_AND)) + r")\s+)?"
    r"(?P<short>" + "|".join(map(re.escape, _SHORT)) + r")(?=[\s\d№А-ЯҐЄІЇ])\s*"
    r"(?P<list>(?=(?:№\s*){0,2}\d+\s*-?\w?\s*(?:,|та\b|і\b|й\b|[-–])\s*\d))?",
    re.IGNORECASE,
)


def in_full(text: str) -> str:
    """Write every abbreviated place in full. After «та», «і» a place takes the case of the one before it."""
    last_case = NOMINATIVE

    def declined(match: re.Match[str]) -> str:
        nonlocal last_case
        before = (match["before"] or "").lower()
        last_case = last_case if before in _AND else _CASE_AFTER.get(before, NOMINATIVE)
        word = _SHORT[match["short"].lower()]
        if word == "будинок" and match["list"] is not None:
            word = "будинки"
        lead = f"{match['before']} " if before else ""
        return f"{lead}{_FORMS[word].get(last_case, word)} "

    return _PLACE.sub(declined, text)
