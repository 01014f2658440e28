"""What a flow may ask of a line.

A flow is a generator. It yields these frozen values and gets :mod:`ivr_flows.replies` back. ``Say`` needs no
reply; every other command is a *wait*: the line says all that was gathered, then waits for one thing.
"""

from __future__ import annotations

from dataclasses import dataclass

from ivr_flows.questions import Question


@dataclass(frozen=True, slots=True)
class Prompt:
    """A recorded text of the catalogue, by its key (``main_menu``)."""

    key: str


@dataclass(frozen=True, slots=True)
class Number:
    """A cardinal number, 0 to 9999: «сорок п'ять»."""

    value: int


@dataclass(frozen=True, slots=True)
class Digits:
    """A number read figure by figure: «один п'ять вісім нуль». ASCII digits only."""

    text: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in Europe/Kyiv, in the genitive as it follows «з» and «до»: «вісімнадцятої тридцять»."""

    hour: int
    minute: int


@dataclass(frozen=True, slots=True)
class Date:
    """A day of the year in the genitive: «двадцять третього листопада»."""

    day: int
    month: int


@dataclass(frozen=True, slots=True)
class Street:
    """A street of the register: ``kind`` is «вулиця», «проспект» and so on."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class House:
    """A house number as text: «24-А», «12/3»."""

    number: str


@dataclass(frozen=True, slots=True)
class Words:
    """Free text. It is never recorded beforehand, so the whole sentence around it is synthesised."""

    text: str


Part = Prompt | Number | Digits | Clock | Date | Street | House | Words


@dataclass(frozen=True, slots=True)
class Say:
    """One sentence of the line: parts to be spoken one after another without a pause."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """Wait for keys of the telephone.

    Attributes:
        name: what is asked, in the journal and in reports (``main_menu``).
        digits: how many keys at most; more than one may be ended with ``#``.
        seconds: how long silence lasts before the reply is ``Silence``.
    """

    name: str
    digits: int = 1
    seconds: float = 6.0


@dataclass(frozen=True, slots=True)
class Record:
    """Play the tone and record the caller until ``#``, a hang-up, silence or the limit.

    Attributes:
        name: what is recorded, in the journal and in the file name (``appeal``).
        at_most_s: seconds.
        silence_s: seconds of silence that end the recording.
    """

    name: str
    at_most_s: int = 180
    silence_s: int = 8


@dataclass(frozen=True, slots=True)
class Transfer:
    """Connect the caller with a queue of people (``operators``); ``seconds`` is how long it may ring."""

    to: str
    seconds: int = 40


@dataclass(frozen=True, slots=True)
class Consult:
    """Ask the city's records."""

    question: Question


Wait = Ask | Record | Transfer
Command = Say | Ask | Record | Transfer | Consult


@dataclass(frozen=True, slots=True)
class Turn:
    """Everything to say, then the one thing to wait for; ``wait is None``: say it and hang up."""

    say: tuple[Say, ...]
    wait: Wait | None
