"""How street names are written: one spelling to keep, a folded form to compare by, type words and their short forms."""

from __future__ import annotations

import re
import unicodedata

MAX_NAME = 120
TYPES = {
    "вулиця": ("вул", "в-ця", "ул", "street"),
    "провулок": ("пров", "провул", "пер", "пров-к"),
    "проспект": ("просп", "пр-т", "пр-кт", "пр"),
    "бульвар": ("б-р", "бул", "бульв"),
    "майдан": ("майд", "м-дан"),
    "площа": ("пл",),
    "проїзд": ("пр-д", "проїз"),
    "в'їзд": (),
    "узвіз": ("узв",),
    "шосе": ("ш",),
    "набережна": ("наб",),
    "тупик": ("туп",),
    "алея": ("ал",),
    "квартал": ("кв-л",),
    "мікрорайон": ("мкр", "мкрн", "мр-н"),
    "дорога": ("дор",),
    "шлях": (),
    "лінія": (),
    "сквер": (),
    "урочище": ("урочищ",),
    "масив": (),
}
"""Full word and the short forms that registers use."""

SETTLEMENT_TYPES = {"місто": ("м",), "селище": ("смт", "с-ще"), "село": ("с",)}
_BY_WORD = {short: full for full, shorts in TYPES.items() for short in (full, *shorts)}
_SETTLEMENT_WORDS = {short for full, shorts in SETTLEMENT_TYPES.items() for short in (full, *shorts)}

_APOSTROPHES = re.compile('[’ʼ`´‘ʹ′＇"]')
_DASHES = re.compile("[‐‑‒–—−]")
_SPACES = re.compile(r"\s+")
_LATIN_TWINS = str.maketrans("ABCEHIKMOPTXaceiopxy", "АВСЕНІКМОРТХасеіорху")
_CYRILLIC = re.compile("[а-яіїєґА-ЯІЇЄҐ]")
_NAME = re.compile(r"[0-9А-ЯІЇЄҐа-яіїєґA-Za-z][0-9А-ЯІЇЄҐа-яіїєґA-Za-z '\-./№«»()]*")


class NotAName(Exception):
    """A file or a form holds something that cannot be a street's name (in Ukrainian)."""


def spelled(text: str) -> str:
    """One spelling: NFC, one kind of apostrophe and hyphen, single spaces, no Latin twins inside Cyrillic words."""
    text = unicodedata.normalize("NFC", text)
    text = _DASHES.sub("-", _APOSTROPHES.sub("'", text))
    words = _SPACES.sub(" ", text).strip().split(" ")
    return " ".join(word.translate(_LATIN_TWINS) if _CYRILLIC.search(word) else word for word in words)


def folded(text: str) -> str:
    """What two writings of one name have in common: «В’їзна» and «ВЇЗНА», «Героїв-добровольців» with a space."""
    return _SPACES.sub(" ", spelled(text).casefold().replace("'", "").replace("-", " ").replace(".", " ")).strip()


def name_of(text: str) -> str:
    """A name fit to be kept.

    Raises:
        NotAName: empty, too long, without a letter, or with signs no street name has (``=``, ``<``, ``@``).
    """
    name = spelled(text)
    if not name:
        raise NotAName("немає назви")
    if len(name) > MAX_NAME:
        raise NotAName(f"назва довша за {MAX_NAME} знаків")
    if not _NAME.fullmatch(name) or not any(letter.isalpha() for letter in name):
        raise NotAName(f"у назві недозволені знаки: «{name[:40]}»")
    return name


def type_of(text: str) -> str | None:
    """The full type word of «вул.», «Вулиця», «пр-т»; None for anything else."""
    return _BY_WORD.get(spelled(text).casefold().rstrip("."))


def split_type(text: str) -> tuple[str, str]:
    """«вул. Шевченка», «Шевченка вулиця» to type and name; the type is "" when none is written.

    A word at the end decides where both ends may be types: «Набережна вулиця» is a вулиця.
    """
    text = re.sub(r"^([^\W\d]{1,6}(?:-[^\W\d]{1,3})?)\.(?=\S)", r"\1. ", spelled(text))
    words = text.split(" ")
    if len(words) < 2:
        return "", text
    if last := type_of(words[-1]):
        return last, " ".join(words[:-1])
    if first := type_of(words[0]):
        return first, " ".join(words[1:])
    return "", text


def settlement_of(text: str) -> str:
    """The name of «м. Луцьк», «с.Жидичин», «село Забороль» without its type."""
    text = re.sub(r"^([^\W\d]{1,5})\.(?=\S)", r"\1. ", spelled(text))
    first, _, rest = text.partition(" ")
    return rest if rest and first.casefold().rstrip(".") in _SETTLEMENT_WORDS else text


def house_of(text: str) -> str:
    """A house as it is compared: upper case, no spaces, Cyrillic letters («24 а», «24a» -> «24А»)."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text)).upper().translate(_LATIN_TWINS)
