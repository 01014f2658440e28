"""What a written house number consists of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalize_uk import number_to_words, number_to_words_case

_LOOK_ALIKE = str.maketrans("abceihkmoptxABCEIHKMOPTX", "авсеінкмортхАВСЕІНКМОРТХ")
_FORM = re.compile(
    r"(?P<first>\d{1,4})"
    r"(?:-(?P<last>\d{1,4})|(?:\s*/\s*(?P<slash>\d{1,4}))?(?:\s*-?\s*(?P<letter>[а-яґєії]))?)"
    r"(?:,?\s*(?:корпус|корп\.?|к\.?)\s*(?P<corpus>\d{1,3}))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class HouseNumber:
    """``24-А`` is first 24 and letter «а»; ``12/3`` has slash 3; ``1-15`` is a range with last 15; ``7к2`` corpus 2."""

    first: int
    last: int | None = None
    slash: int | None = None
    letter: str = ""
    corpus: int | None = None

    def text(self) -> str:
        """«двадцять чотири а», «дванадцять дріб три», «від одного до п'ятнадцяти»."""
        if self.last is not None:
            return f"від {number_to_words_case(self.first, 'gen')} до {number_to_words_case(self.last, 'gen')}"
        words = [number_to_words(self.first)]
        if self.slash is not None:
            words += ["дріб", number_to_words(self.slash)]
        if self.letter:
            words.append(self.letter)
        if self.corpus is not None:
            words += ["корпус", number_to_words(self.corpus)]
        return " ".join(words)


def house_number(written: str) -> HouseNumber | None:
    """Take a house number apart; None for any other form («б/н»).

    Latin letters that look like Ukrainian ones are taken for them: people type both.
    """
    match = _FORM.fullmatch(written.translate(_LOOK_ALIKE).strip().lower())
    if match is None:
        return None
    last, slash, corpus = (int(match[name]) if match[name] else None for name in ("last", "slash", "corpus"))
    return HouseNumber(int(match["first"]), last, slash, match["letter"] or "", corpus)
