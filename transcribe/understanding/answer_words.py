"""Which words can an answer to «назвіть вулицю і будинок» be made of? A recogniser may then hear only these.

A grammar of the register hears «Левчанівської» where free recognition, which hardly knows the name, hears two everyday
words. But it hears a street in a sneeze too: what it says is a proposal, never a fact (docs/recognition.md).
"""

from __future__ import annotations

from collections.abc import Iterator

from db.street_register import Register
from sound.written import spoken
from transcribe.understanding.house_numbers import LETTER_NAMES
from transcribe.understanding.place_words import TYPE_WORDS
from transcribe.understanding.street_names import spoken_names

HIGHEST_HOUSE = 299
"""Numbers are heard word by word, so the words of these make greater ones too."""

_AROUND = (
    "будинок дім квартира корпус під'їзд поверх село дріб літера і на по в ні вибачте точніше добрий день я живу"
    " біля адреса"
).split()


def answer_words(register: Register) -> tuple[str, ...]:
    """Words and names (several words in a row) of an address, each once; as a recogniser writes them."""
    return tuple(dict.fromkeys((*_names(register), *TYPE_WORDS, *_numbers(), *LETTER_NAMES, *_AROUND)))


def _names(register: Register) -> Iterator[str]:
    called = [
        (name, street.type)
        for street in register.streets
        for name in (street.name, *(other.name for other in street.others if other.kind != "proposed"))
    ]
    called += [(settlement.name, "") for settlement in register.settlements]
    for name, type_ in called:
        yield from (" ".join(said.words) for said in spoken_names(name, type_) if said.heard_often)


def _numbers() -> Iterator[str]:
    for number in range(1, HIGHEST_HOUSE + 1):
        yield from spoken(str(number)).split()
