"""Streets out of recognised speech: the clips of ``clips/`` through the project's own Whisper recogniser, live.

Half of the clips was used while the rules were tuned (``TUNE``), the other half is only reported; which is which was
decided by their numbers before any of them was looked at (clips/SOURCE.md). Right is every street of the register that
has the name that was said, now or formerly: of «Кутузова» two sources name two streets.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from db.street_register import Register
from evaluation.tables import Tally, show, show_misses
from transcribe.recognizer import Recognizer, Sound
from transcribe.understanding.addresses import Places
from transcribe.understanding.facts import Address
from transcribe.understanding.tokens import tokens

FOLDER = Path(__file__).parent / "clips"
Half = Literal["tune", "report"]
HALVES: tuple[Half, ...] = ("report", "tune")


@dataclass(frozen=True, slots=True)
class Clip:
    """One spoken sentence.

    Attributes:
        said, street: the name that is said, and the present name of its street.
    """

    path: Path
    voice: str
    text: str
    said: str
    street: str

    @property
    def half(self) -> Half:
        """Two clips of each four, one of each voice, were tuned on."""
        number = int(self.path.stem.removeprefix("street-"))
        return "tune" if number // 4 % 2 == 0 else "report"


@dataclass
class Counted:
    """What a half came to: tallies by field, and the misses."""

    fields: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    misses: list[str] = field(default_factory=list)


def clips(half: Half) -> list[Clip]:
    """The clips of a half in the order of their numbers."""
    rows = map(json.loads, (FOLDER / "transcripts.jsonl").read_text("utf-8").splitlines())
    every = (Clip(FOLDER / row["file"], row["voice"], row["text"], row["street_said"], row["street"]) for row in rows)
    return [clip for clip in every if clip.half == half]


def count(recognizer: Recognizer, register: Register, spoken: Iterable[Clip]) -> Counted:
    """Recognise every clip and look for its street."""
    places = Places(register)
    counted = Counted()
    for clip in spoken:
        heard = recognizer.recognise(Sound.read(clip.path))
        said = places.said(tokens(heard.text.split()))
        _enter(counted, clip, said[0] if said else None, heard.text, right=_streets_called(register, clip))
    return counted


def report(recognizer: Recognizer, register: Register, half: Half) -> Counted:
    """Count a half and print its table; misses only of the half that is tuned on."""
    spoken = clips(half)
    counted = count(recognizer, register, spoken)
    model = f"{recognizer.engine} {recognizer.model}"
    show(f"{len(spoken)} street clips («{half}») through {model}", counted.fields)
    if half == "tune":
        show_misses(f"misses ({len(counted.misses)})", counted.misses)
    return counted


def _streets_called(register: Register, clip: Clip) -> frozenset[int]:
    """Ids of the streets that have the spoken name, or have the street's present one."""
    return frozenset(
        street.id
        for street in register.streets
        if clip.street == street.name
        or clip.said in {street.name, *(other.name.split(" (")[0] for other in street.others)}
    )


def _enter(counted: Counted, clip: Clip, address: Address | None, text: str, *, right: frozenset[int]) -> None:
    ids = [guess.street_id for guess in address.guesses] if address else []
    first = ids[:1] != [] and ids[0] in right
    sure = address is not None and address.sure
    for name in ("right street first", f"right street first, {clip.voice}"):
        counted.fields[name].add(first)
    counted.fields["right street within three"].add(not right.isdisjoint(ids))
    counted.fields["filled without asking"].add(sure)
    if sure:
        counted.fields["right where filled without asking"].add(first)
    if not first:
        told = ", ".join(f"{guess.name} {guess.score:.2f}" for guess in address.guesses) if address else "-"
        counted.misses.append(f"{clip.path.name}: {clip.said} ({clip.street}) → «{text}» → {told}")
