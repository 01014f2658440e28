"""Which settlement of the community a message names: «у прилуцькому», «з боголюбів», «село жабка», «в жидичині».

Names that are ordinary words too («Жабка», «Городок», «Сирники») need the word «село» or a preposition of place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.street_register import Register
from transcribe.understanding.agreement import describes_next
from transcribe.understanding.lemmas import parses
from transcribe.understanding.number_words import number_word
from transcribe.understanding.phonetic import letters
from transcribe.understanding.place_words import CORRECTIONS, DISTRICT_WORDS, SETTLEMENT_WORDS, street_type
from transcribe.understanding.tokens import Token

HOME = "Луцьк"
_ORDINARY_TOO = frozenset("жабка городок озерце сирники буків".split())
"""Names that are ordinary words in the same dictionary form, which the dictionary cannot tell."""
_AFTER_DISTRICT = DISTRICT_WORDS | {"масиву", "масивом", "шляху", "шляхом"}
_IN = frozenset("у в з із зі зо до на під біля коло".split())
_TELLING = frozenset("це ми я тут там".split())
_PEOPLE = frozenset({"Surn", "Name", "Patr"})
_ADJECTIVE = ("е", "ого", "ому", "ім", "им", "ому")
_PLURAL = ("и", "і", "ів", "ах", "ам", "ами", "ях", "ям", "ями", "їв", "", "ь")
_FEMININE = ("а", "у", "и", "і", "ою", "ці", "я", "ю", "ею", "єю")
_NEUTER = ("е", "я", "ю", "і", "ем", "о", "а", "у", "ом")
_MASCULINE = ("", "а", "у", "і", "ом", "ю", "я", "ем", "е")


@dataclass(frozen=True, slots=True)
class SettlementSaid:
    """A settlement that was named, and its tokens; ``stands_alone`` unless it was only the way somewhere else."""

    name: str
    first: int
    end: int


class Settlements:
    """The settlements of a register by all their case forms."""

    def __init__(self, register: Register) -> None:
        names = {settlement.name for settlement in register.settlements}
        names |= {street.settlement for street in register.streets if street.settlement}
        self._forms: dict[tuple[str, ...], str] = {}
        for name in sorted(names):
            for words in _forms(name):
                self._forms.setdefault(words, name)
        self._longest = max((len(words) for words in self._forms), default=1)

    def said(self, found: Sequence[Token]) -> list[SettlementSaid]:
        """The settlements of a message in the order of speech; the city itself among them."""
        words = [letters(token.text) for token in found]
        said: list[SettlementSaid] = []
        at = 0
        while at < len(words):
            one = self._at(found, words, at)
            if one:
                said.append(one)
            at = one.end if one else at + 1
        return said

    def _at(self, found: Sequence[Token], words: Sequence[str], at: int) -> SettlementSaid | None:
        for length in range(min(self._longest, len(words) - at), 0, -1):
            name = self._forms.get(tuple(words[at : at + length]))
            if name and self._means_it(name, found, at, at + length):
                first = at - 1 if at and found[at - 1].text in SETTLEMENT_WORDS else at
                return SettlementSaid(name, first, at + length)
        return None

    def _means_it(self, name: str, found: Sequence[Token], at: int, end: int) -> bool:
        before = found[at - 1].text if at else ""
        after = found[end].text if end < len(found) else ""
        if before in SETTLEMENT_WORDS or after in SETTLEMENT_WORDS:
            return True
        earlier = {token.text for token in found[max(0, at - 3) : at]}
        if before in CORRECTIONS and not earlier.isdisjoint(SETTLEMENT_WORDS):
            return True  # «село клепачі, ой, клепачів»
        if street_type(before) or after in _AFTER_DISTRICT:
            return False
        if street_type(after) and (not before or before in _TELLING or before in _IN):
            return True
        ordinary = end - at == 1 and _is_ordinary(name.casefold(), found, at)
        if before in _IN:
            return not ordinary or before not in ("на", "під", "до", "з", "із")
        if ordinary:
            return False
        announced = not before or before in _TELLING or before in CORRECTIONS or found[at - 1].pause
        return announced or found[at - 1].is_digits or bool(number_word(before)) or not _is_name(found[at].text)


def _is_ordinary(name: str, found: Sequence[Token], at: int) -> bool:
    """Whether the word may be another than the name: «сирників» of «сирник», «дачному» before «масиві»."""
    if name in _ORDINARY_TOO:
        return True
    known = [parse for parse in parses(found[at].text) if parse.is_known]
    nouns = {parse.normal_form for parse in known if "NOUN" in parse.tag and not _PEOPLE & parse.tag.grammemes}
    return bool(nouns - {name}) or describes_next(found, at)


def _is_name(word: str) -> bool:
    """«шепель» may be the caller."""
    return any(_PEOPLE & parse.tag.grammemes for parse in parses(word))


def _forms(name: str) -> Iterator[tuple[str, ...]]:
    """All case forms of a name: adjectives, feminine, neuter, masculine and plural names by their endings."""
    *before, last = name.casefold().split()
    for form in _forms_of_word(last):
        if not before:
            yield (letters(form),)
        for adjective in before:
            stem = adjective[:-2]
            for ending in ("ий", "ого", "ому", "им", "ім"):
                yield letters(stem + ending), letters(form)


def _forms_of_word(word: str) -> Iterator[str]:
    yield word
    if word.endswith(("ьке", "ове", "еве", "не")):
        yield from (word[:-1] + ending for ending in _ADJECTIVE)
        yield word[:-1] + "о"  # «в тарасово»
    elif word.endswith(("ка",)):
        yield from (word[:-1] + ending for ending in _FEMININE)
        yield word[:-2] + "ці"
    elif word.endswith(("и", "і")):
        yield from (word[:-1] + ending for ending in _PLURAL)
        yield word[:-1].removesuffix("ц") + "ець"
    elif word.endswith(("е", "о", "я")):
        yield from (word[:-1] + ending for ending in _NEUTER)
    elif word.endswith("ець"):
        yield from (word[:-3] + ending for ending in ("ця", "цю", "ці", "цем"))
    elif word.endswith("ок"):
        yield from (word[:-2] + ending for ending in ("ка", "ку", "ком"))
    elif word.endswith("ь"):
        yield from (word[:-1] + ending for ending in ("і", "ю", "я", "ем", "лю", "лі"))
    else:
        yield from (word + ending for ending in _MASCULINE)
        if word.endswith("ів"):
            yield from (word[:-2] + vowel + ending for vowel in "оеє" for ending in ("ва", "ву", "ві", "вом"))
        elif word[-2:-1] == "і":
            yield from (word[:-2] + vowel + word[-1] + ending for vowel in "ое" for ending in _MASCULINE)
