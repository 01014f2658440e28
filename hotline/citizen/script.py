"""What a virtual citizen does in a call, step by step.

A script is a tuple of frozen steps. A wait that runs out of time ends the script: the citizen hangs up, as a
person would who hears nothing of what was promised; the call's result shows the step with ``ok`` false.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LONGEST_WAIT_S = 600.0
"""No single wait of a script is longer."""

SHORTEST_GAP_S = 0.3
"""From key to key: a key sounds for 0.2 s, and a hang-up sooner would cut off its end."""

_KEYS = re.compile(r"[0-9*#]{1,32}")


class BadScript(ValueError):
    """Somebody wrote a step that no telephone could carry out."""


def _in_seconds(name: str, seconds: float) -> None:
    if not 0 < seconds <= LONGEST_WAIT_S:
        raise BadScript(f"{name} must be above 0 and at most {LONGEST_WAIT_S:.0f} seconds, not {seconds}")


@dataclass(frozen=True, slots=True)
class WaitTone:
    """Wait until the next recording tone (1000 Hz, 0.4 s) is over. Each tone is waited for once."""

    at_most_s: float = 60.0

    def __post_init__(self) -> None:
        _in_seconds("at_most_s", self.at_most_s)


@dataclass(frozen=True, slots=True)
class WaitQuiet:
    """Wait until the line has spoken since the citizen's last act, and has then been silent for ``seconds``."""

    seconds: float = 1.5
    at_most_s: float = 60.0

    def __post_init__(self) -> None:
        _in_seconds("seconds", self.seconds)
        _in_seconds("at_most_s", self.at_most_s)


@dataclass(frozen=True, slots=True)
class Press:
    """Press keys of the telephone (``0-9``, ``*``, ``#``) as RFC 4733 events; the next key, or step, comes ``gap_s``
    after each."""

    keys: str
    gap_s: float = 0.4

    def __post_init__(self) -> None:
        if not _KEYS.fullmatch(self.keys):
            raise BadScript(f"1 to 32 keys 0-9, * and # can be pressed, not {self.keys!r}")
        _in_seconds("gap_s", self.gap_s)
        if self.gap_s < SHORTEST_GAP_S:
            raise BadScript(f"a key needs {SHORTEST_GAP_S} seconds, not {self.gap_s}")


@dataclass(frozen=True, slots=True)
class Speak:
    """Say a WAV file (PCM16 or mu-law), to its end."""

    file: Path

    def __post_init__(self) -> None:
        object.__setattr__(self, "file", Path(self.file))


@dataclass(frozen=True, slots=True)
class Pause:
    """Be silent."""

    seconds: float

    def __post_init__(self) -> None:
        _in_seconds("seconds", self.seconds)


@dataclass(frozen=True, slots=True)
class HangUp:
    """Put the receiver down."""


@dataclass(frozen=True, slots=True)
class WaitHangUp:
    """Listen until the line hangs up."""

    at_most_s: float = 120.0

    def __post_init__(self) -> None:
        _in_seconds("at_most_s", self.at_most_s)


Step = WaitTone | WaitQuiet | Press | Speak | Pause | HangUp | WaitHangUp
Script = tuple[Step, ...]

_STEPS: dict[str, type[Any]] = {
    cls.__name__: cls for cls in (WaitTone, WaitQuiet, Press, Speak, Pause, HangUp, WaitHangUp)
}
_WORDS: dict[str, tuple[type[Any], tuple[type[Any], ...]]] = {
    "tone": (WaitTone, (float,)),
    "quiet": (WaitQuiet, (float, float)),
    "press": (Press, (str, float)),
    "speak": (Speak, (Path,)),
    "pause": (Pause, (float,)),
    "hangup": (HangUp, ()),
    "wait": (WaitHangUp, (float,)),
}


def to_json(script: Script) -> list[dict[str, Any]]:
    """The script as JSON: ``{"is": "Press", "keys": "2", "gap_s": 0.4}`` for each step."""
    return [{"is": type(step).__name__, **_fields(step)} for step in script]


def from_json(data: list[dict[str, Any]]) -> Script:
    """The script that :func:`to_json` wrote.

    Raises:
        BadScript: an unknown step or field.
    """
    try:
        return tuple(
            _STEPS[step["is"]](**{name: value for name, value in step.items() if name != "is"}) for step in data
        )
    except (KeyError, TypeError) as error:
        raise BadScript(f"not a script: {error}") from error


def parse(words: Iterable[str]) -> Script:
    """A script of the command line: ``tone:30 press:2 speak:a.wav quiet:1.5:60 pause:3 wait:60 hangup``.

    Raises:
        BadScript: an unknown word or a wrong value.
    """
    return tuple(_parse_step(word) for word in words)


def _parse_step(word: str) -> Step:
    name, *values = word.split(":")
    if name not in _WORDS:
        raise BadScript(f"{word!r}: a step is one of {', '.join(_WORDS)}")
    step, kinds = _WORDS[name]
    if len(values) > len(kinds):
        raise BadScript(f"{word!r}: {name} takes at most {len(kinds)} values")
    try:
        parsed: Step = step(*(kind(value) for kind, value in zip(kinds, values, strict=False)))
    except (TypeError, ValueError) as error:
        raise BadScript(f"{word!r}: {error}") from error
    return parsed


def _without_name(step: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in step.items() if name != "is"}


def _fields(step: Step) -> dict[str, Any]:
    values = dataclasses.asdict(step)
    return {name: str(value) if isinstance(value, Path) else value for name, value in values.items()}
