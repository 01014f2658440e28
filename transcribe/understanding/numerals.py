"""The number at a place of the message, in words or in digits.

Nothing here decides what a number is *for*: whoever asks knows whether it looks for a house
(:mod:`transcribe.understanding.house_numbers`), a time or a telephone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transcribe.understanding.number_words import NumberWord, number_word
from transcribe.understanding.tokens import Token

LONGEST = 20
"""Digits. A longer row of them is no number of anything."""

_BELOW = {"thousand": 1000, "hundred": 100, "ten": 10, "teen": 0, "unit": 0, "zero": 0}
"""The next word of the same number must be smaller than this."""
_ORDINAL_TAILS = {
    "й": "ий",
    "ий": "ий",
    "ій": "ій",
    "го": "ого",
    "ого": "ого",
    "му": "ому",
    "ому": "ому",
    "ї": "ої",
    "ої": "ої",
    "ша": "а",
    "га": "а",
    "тя": "а",
    "та": "а",
    "ту": "у",
    "гу": "у",
    "тю": "у",
    "шу": "у",
    "ою": "ою",
    "тій": "ій",
    "х": "их",
    "ті": "і",
}
"""«3-й», «5-го»: the tail a recogniser writes, as the full ending. «5-а» is a house, not «п'ята»."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was read.

    Attributes:
        value: as an integer.
        end: index of the first token after it.
        ending: of an ordinal («двадцять восьмого» has «ого»), "" for a cardinal.
        digits: as it is written; keeps the zeros in front («007»).
    """

    value: int
    end: int
    ending: str = ""
    digits: str = ""

    @property
    def is_ordinal(self) -> bool:
        """«п'ятий», not «п'ять»."""
        return bool(self.ending)


def read_number(found: Sequence[Token], at: int) -> Number | None:
    """The longest number that begins at token ``at``, below a million; None when none begins there.

    A pause ends a number: «двадцять, два» is two. «двадцять сто» is two as well, numbers only go down.
    """
    if at >= len(found):
        return None
    if found[at].is_digits:
        return _written_number(found, at) if len(found[at].text) <= LONGEST else None
    return _spoken_number(found, at)


def _written_number(found: Sequence[Token], at: int) -> Number:
    digits = found[at].text
    after = found[at + 1] if at + 1 < len(found) else None
    if after and after.joined in ("-", "") and after.text in _ORDINAL_TAILS:
        return Number(int(digits), at + 2, _ORDINAL_TAILS[after.text], digits)
    if after and not found[at].pause and _is_thousand(after) and len(digits) <= 3:
        more = None if after.pause else read_number(found, at + 2)
        below = more if more and more.value < 1000 else Number(0, at + 2)
        value = int(digits) * 1000 + below.value
        return Number(value, below.end, below.ending, str(value))
    return Number(int(digits), at + 1, "", digits)


def _is_thousand(token: Token) -> bool:
    word = number_word(token.text)
    return word is not None and word.size == "thousand" and not word.ending


def _spoken_number(found: Sequence[Token], at: int) -> Number | None:
    first = number_word(found[at].text)
    if first is None or not first.bare:
        return None
    thousands, group, below = (1, 0, 1000) if first.size == "thousand" else (0, first.value, _BELOW[first.size])
    ending, end = first.ending, at + 1
    while not ending and end < len(found) and not found[end - 1].pause:
        word = number_word(found[end].text)
        if word is None:
            break
        if word.size == "thousand":
            if thousands or not group:
                break
            thousands, group, below = group, 0, 1000
        elif _goes_down(word, below):
            group, below = group + word.value, _BELOW[word.size]
        else:
            break
        ending, end = word.ending, end + 1
    value = thousands * 1000 + group
    return Number(value, end, ending, str(value))


def _goes_down(word: NumberWord, below: int) -> bool:
    return 0 < word.value < below if word.size != "teen" else below >= 100
