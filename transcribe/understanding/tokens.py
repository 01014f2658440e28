"""What can be read in the heard words: a message as comparable tokens, each of which knows its word.

Vosk gives bare lower-case words, Whisper writes «24-А,», «кв.45», «12/3», «п’ять» and now and then a Latin letter.
Rules see only tokens, so they need not know which engine listened.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ`´‘‛′＇ʹ", "'"))
_LATIN_CAPITALS = str.maketrans("ABCEHIKMOPTXY", "АВСЕНІКМОРТХУ")
_LATIN_SMALL = str.maketrans("abceikmoptxyr", "абсеікмортхуг")
"""Small letters are read as they sound in a house number («24b» is «24-Б»), capitals as they look («24B» is «24-В»)."""
_LETTERS = r"[^\W\d_]+(?:'[^\W\d_]+)*"
_PIECE = re.compile(rf"[0-9]+|{_LETTERS}|[+№%°$€₴]")
_SIGNS = {"+": "плюс", "№": "номер"}
_CYRILLIC = re.compile(r"[а-яіїєґ]", re.IGNORECASE)
_PAUSES = frozenset(',.;:!?…—–()«»"')
_SHORTENED = frozenset(
    "вул буд кв пр просп пров бул бульв пл корп під пов пов'їзд ім м с р рр обл тел грн коп год хв о т ст".split()
)
"""A full stop after these ends no phrase."""


@dataclass(frozen=True, slots=True)
class Token:
    """One comparable piece of a heard word.

    Attributes:
        text: small letters, «'» for every apostrophe, no punctuation, Cyrillic instead of look-alike Latin; or digits.
        word: index of the heard word, from 0.
        pause: a comma, full stop or the like follows.
        joined: what stands between this piece and the one before it inside the same heard word: "" for «24а», «-» for
            «24-а» and «двадцять-чотири», «/», «.», «,» or «:»; None when the piece begins its word.
    """

    text: str
    word: int
    pause: bool = False
    joined: str | None = None

    @property
    def is_digits(self) -> bool:
        """Written in digits by the recogniser."""
        return self.text[0] in "0123456789"


def tokens(words: Sequence[str]) -> tuple[Token, ...]:
    """The tokens of a message. A word of nothing but punctuation gives none: it is a pause after the word before."""
    found: list[Token] = []
    for index, word in enumerate(words):
        pieces = _pieces(word, index)
        if pieces:
            found += pieces
        elif found and _PAUSES & set(word):
            found[-1] = _with_pause(found[-1])
    return tuple(found)


def text_of(found: Sequence[Token]) -> str:
    """Tokens as one line, for comparing with phrases."""
    return " ".join(token.text for token in found)


def _pieces(word: str, index: int) -> list[Token]:
    word = _tidy(word)
    pieces: list[Token] = []
    end = 0
    for match in _PIECE.finditer(word):
        between = word[end : match.start()]
        if pieces and _parts_phrases(pieces[-1].text, between, match.group()):
            pieces[-1] = _with_pause(pieces[-1])
        text = _SIGNS.get(match.group(), match.group())
        pieces.append(Token(text, index, joined=between if pieces else None))
        end = match.end()
    if pieces and _PAUSES & set(word[end:]) and not (word[end:] == "." and pieces[-1].text in _SHORTENED):
        pieces[-1] = _with_pause(pieces[-1])
    return pieces


def _parts_phrases(before: str, between: str, after: str) -> bool:
    """«так,ні» is two phrases; «1,5», «14:30» and «кв.45» are one."""
    if not _PAUSES & set(between):
        return False
    numbers = before[0] in "0123456789" and after[0] in "0123456789"
    return not numbers and not (between == "." and before in _SHORTENED)


def _tidy(word: str) -> str:
    """One spelling: composed letters without stress marks, one apostrophe, Cyrillic letters, small."""
    plain = "".join(sign for sign in unicodedata.normalize("NFC", word) if sign not in "\u0301\u00ad\u200b")
    plain = unicodedata.normalize("NFC", plain).translate(_APOSTROPHES).strip("'")
    return "".join(_cyrillic(part) for part in re.split(rf"({_LETTERS})", plain)).casefold()


def _cyrillic(part: str) -> str:
    """Latin look-alikes in a part with Cyrillic letters, or standing alone as one letter; real Latin words stay."""
    if len(part) == 1 or _CYRILLIC.search(part):
        return part.translate(_LATIN_CAPITALS).translate(_LATIN_SMALL)
    return part


def _with_pause(token: Token) -> Token:
    return Token(token.text, token.word, pause=True, joined=token.joined)
