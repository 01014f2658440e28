"""The types of streets a message names («вулиці», «пр-т»), also those a recogniser tore or ran together with a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transcribe.understanding.lemmas import in_dictionary
from transcribe.understanding.place_words import begins_a_type, hidden_type, misheard_type, street_type


@dataclass(frozen=True, slots=True)
class TypeWord:
    """A word for a type of street.

    Attributes:
        first, end: its tokens; ``end`` is the first one after.
        rest: the beginning of the name, where the recogniser ran both together.
        heard_well: the word was heard as it is written.
    """

    first: int
    end: int
    type: str
    rest: str = ""
    heard_well: bool = False


def type_words(words: Sequence[str]) -> Iterator[TypeWord]:
    """The type words of a message in the order of speech."""
    at = 0
    while at < len(words):
        type_word = _at(words, at)
        if type_word:
            yield type_word
        at = type_word.end if type_word else at + 1


def _at(words: Sequence[str], at: int) -> TypeWord | None:
    if street_type(words[at]):
        end = at + 1
        if words[at] == "пр" and end < len(words) and words[end] == "т":
            end += 1
        return TypeWord(at, end, street_type(words[at]), heard_well=True)
    hidden = hidden_type(words[at]) or (None if in_dictionary(words[at]) else misheard_type(words[at]))
    if hidden:
        return TypeWord(at, at + 1, *hidden)
    if at + 1 < len(words) and begins_a_type(words[at]):
        joined = hidden_type(words[at] + words[at + 1])
        if joined:
            return TypeWord(at, at + 2, *joined)
    return None
