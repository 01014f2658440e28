"""One call of a citizen, from the first ring to its result."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from hotline.citizen.ear import Ear, is_whole
from hotline.citizen.orders import CallResult, HungUpBy, StepResult, state_of
from hotline.citizen.phone import Line
from hotline.citizen.script import HangUp, Pause, Press, Script, Speak, Step, WaitHangUp, WaitQuiet, WaitTone

FAREWELL_S = 2.0
"""How long the other side may take to confirm a hang-up: a dead one never does."""

NOBODY_THERE = 0
"""The code of a call to an address where nothing listens: pjsip itself says 487 when such a call is given up."""

REACTION_S = 0.3
"""What is heard so soon after the citizen's own act is the line's old sentence on its way through the network."""


class LineDown(Exception):
    """The other side hung up, or the connection was refused."""


class MustStop(Exception):
    """The citizen may not go on: somebody stopped the process, or its longest life is over."""

    def __init__(self, why: HungUpBy) -> None:
        super().__init__(why)
        self.why = why


class Emit(Protocol):
    """Tells the world an event: ``emit("tone", at_s=1.2, seconds=0.4)``."""

    def __call__(self, event: str, **facts: Any) -> None: ...


class Visit:
    """Lives through one call.

    Args:
        tick: lets the telephone work for a moment; raises :class:`MustStop`.
        voices: the files of the script's ``Speak`` steps in a form the telephone plays.
    """

    def __init__(
        self, line: Line, heard: Path, *, tick: Callable[[], None], voices: dict[Path, Path], emit: Emit
    ) -> None:
        heard.unlink(missing_ok=True)
        line.hear_into(heard)
        self._line = line
        self._heard = heard
        self._tick = tick
        self._voices = voices
        self._emit = emit
        self._ear = Ear(heard)
        self._steps: list[StepResult] = []
        self._connected_at: float | None = None
        self._ended_at: float | None = None
        self._hears_since: float | None = None
        self._acted_s = 0.0
        self._told = {"ringing": False, "tones": 0, "digits": 0}
        self._tones_waited = 0

    def live(self, script: Script, *, ring_s: float) -> CallResult:
        """Carry out the script once connected; give up after ``ring_s`` seconds without a connection."""
        try:
            if self._until(lambda: self._line.connected, ring_s):
                self._play(script)
            self._line.put_down("citizen")
        except LineDown:
            pass
        except MustStop as stop:
            self._line.put_down(stop.why)
        return self._end()

    def _play(self, script: Script) -> None:
        for step in script:
            try:
                ok = self._carry_out(step)
            except LineDown:
                self._note(step, ok=False)
                return
            except MustStop:
                self._note(step, ok=False)
                raise
            self._note(step, ok=ok)
            if not ok or isinstance(step, HangUp):
                return

    def _carry_out(self, step: Step) -> bool:
        if self._line.over and not isinstance(step, WaitHangUp | HangUp):
            raise LineDown
        match step:
            case WaitTone():
                return self._wait_tone(step)
            case WaitQuiet():
                return self._until(lambda: self._is_quiet(step.seconds), step.at_most_s)
            case Press():
                return self._press(step)
            case Speak():
                return self._speak(step)
            case Pause():
                return self._stays_for(step.seconds)
            case HangUp():
                self._line.put_down("citizen")
                return True
            case WaitHangUp():
                return not self._stays_for(step.at_most_s)

    def _wait_tone(self, step: WaitTone) -> bool:
        came = self._until(lambda: len(self._ear.tones) > self._tones_waited, step.at_most_s)
        self._tones_waited += came
        return came

    def _is_quiet(self, seconds: float) -> bool:
        has_spoken = self._ear.last_loud_s > self._acted_s + REACTION_S
        return has_spoken and self._ear.heard_s - self._ear.last_loud_s >= seconds

    def _press(self, step: Press) -> bool:
        for key_n, key in enumerate(step.keys, start=1):
            self._line.press(key)
            self._acted_s = self._now_s()
            self._emit("pressed", key=key, at_s=self._acted_s)
            if not self._stays_for(step.gap_s):
                return key_n == len(step.keys)  # the line may hang up as soon as it has the last key
        return True

    def _speak(self, step: Speak) -> bool:
        self._line.speak(self._voices[step.file])
        self._emit("speaking", file=str(step.file), at_s=self._now_s())
        while not self._line.has_spoken:
            self._let_pass()
        self._acted_s = self._now_s()
        return True

    def _stays_for(self, seconds: float) -> bool:
        """Let time pass; False as soon as the line hangs up."""
        return not self._until(lambda: self._line.over, seconds)

    def _until(self, done: Callable[[], bool], at_most_s: float) -> bool:
        """Let time pass until ``done`` or the limit; True when done. Each pass waits for the network, not idly."""
        ends = time.monotonic() + at_most_s
        while not done():
            if time.monotonic() >= ends:
                return False
            self._let_pass()
        return True

    def _let_pass(self) -> None:
        if self._line.over:
            raise LineDown
        self._tick()
        self._notice()

    def _notice(self) -> None:
        """Tell what changed since the last look."""
        if self._line.ringing and not self._told["ringing"]:
            self._told["ringing"] = True
            self._emit("ringing")
        if self._line.hears:
            self._hears_since = self._hears_since or time.monotonic()
            self._ear.listen()
        if self._line.connected and self._connected_at is None:
            self._connected_at = time.monotonic()
            self._emit("connected", at_s=self._now_s())
        if self._line.over and self._ended_at is None:
            self._ended_at = time.monotonic()
        for tone in self._ear.tones[self._told["tones"] :]:
            self._emit("tone", at_s=tone.at_s, seconds=tone.seconds)
        for key in self._line.digits[self._told["digits"] :]:
            self._emit("digit", key=key, at_s=self._now_s())
        self._told |= {"tones": len(self._ear.tones), "digits": len(self._line.digits)}

    def _note(self, step: Step, *, ok: bool) -> None:
        result = StepResult(type(step).__name__, self._now_s(), ok)
        self._steps.append(result)
        self._emit("step", step=result.step, at_s=result.at_s, ok=ok)

    def _now_s(self) -> float:
        return round(time.monotonic() - self._hears_since, 2) if self._hears_since else 0.0

    def _end(self) -> CallResult:
        self._wait_for_farewell()
        line = self._line
        line.close()
        self._wait_for_file()
        self._ear.close()
        ended_at = self._ended_at or time.monotonic()
        code = line.code if line.reached else NOBODY_THERE
        result = CallResult(
            state=state_of(code, line.connected),
            code=code,
            seconds=round(ended_at - self._connected_at, 2) if self._connected_at else 0.0,
            steps=tuple(self._steps),
            heard=self._heard if self._heard.exists() else None,
            tones=tuple(tone.at_s for tone in self._ear.tones),
            digits=line.digits,
            hung_up_by=line.hung_up_by if line.connected else "nobody",
        )
        self._emit("done", result=result.to_json())
        return result

    def _wait_for_file(self) -> None:
        """Until the recorder, which pjsua2 closes a moment later in a thread of its own, has written the lengths."""
        ends = time.monotonic() + FAREWELL_S
        while self._heard.exists() and not is_whole(self._heard) and time.monotonic() < ends:
            with contextlib.suppress(MustStop):
                self._tick()

    def _wait_for_farewell(self) -> None:
        """Until the other side confirms; a stop that comes now changes nothing, the hang-up is on its way."""
        ends = time.monotonic() + FAREWELL_S
        while not self._line.over and time.monotonic() < ends:
            try:
                self._let_pass()
            except (LineDown, MustStop):
                continue
        self._notice()
