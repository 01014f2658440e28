"""The citizen's own process: reads one order from its input, lives through it, tells events on its output.

The input stays open as long as somebody wants the call; when it ends (the test died), the citizen hangs up.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from hotline.citizen import orders
from hotline.citizen.orders import Answer, CallResult, Dial, Order
from hotline.citizen.phone import BUSY_HERE, LOOPBACK, OK, RINGING, Line, Phone, reason
from hotline.citizen.script import Speak
from hotline.citizen.visit import Emit, MustStop, Visit
from sound import wav

LONGEST_LIFE_S = 900.0
"""No citizen's process lives longer, whatever its script says."""

ANSWER_REPLIES = {"answer": OK, "busy": BUSY_HERE, "ring": RINGING}


def main() -> int:
    """Run one order; 0 when it was lived through, whatever became of the calls, else 2 and an event ``failed``."""
    tell = _Events(_take_stdout())
    watch = _Watch()
    try:
        order = orders.load(sys.stdin.readline())
        with tempfile.TemporaryDirectory(prefix="citizen-") as folder:
            _live(order, _voices(order, Path(folder)), watch, tell)
    except MustStop:
        return 0
    except Exception as error:  # whatever it is, the side that waits must learn why
        tell("failed", why=reason(error))
        return 2
    return 0


def _live(order: Order, voices: dict[Path, Path], watch: _Watch, emit: Emit) -> None:
    host = order.host if isinstance(order, Dial) else LOOPBACK
    with Phone(host=host, port=order.port, log=order.heard.with_suffix(".log")) as phone:

        def tick() -> None:
            phone.tick()
            watch.check()

        if isinstance(order, Dial):
            _dial(order, phone, tick=tick, voices=voices, emit=emit)
        else:
            phone.be("citizen", "")
            emit("ready", port=phone.port)
            for n in range(order.calls):
                _receive(order, n, phone, tick=tick, voices=voices, emit=emit)


def _dial(order: Dial, phone: Phone, *, tick: Callable[[], None], voices: dict[Path, Path], emit: Emit) -> None:
    phone.be(order.caller, order.name)
    visit = Visit(phone.dial(order.uri), order.heard, tick=tick, voices=voices, emit=emit)
    visit.live(order.script, ring_s=order.ring_s)


def _receive(
    order: Answer, n: int, phone: Phone, *, tick: Callable[[], None], voices: dict[Path, Path], emit: Emit
) -> None:
    heard = order.heard if n == 0 else order.heard.with_stem(f"{order.heard.stem}-{n + 1}")
    ends = time.monotonic() + order.at_most_s
    while not phone.incoming:
        if time.monotonic() >= ends:
            emit("done", result=_NOBODY_CALLED.to_json())
            return
        tick()
    line: Line = phone.incoming.pop()
    emit("incoming")
    visit = Visit(line, heard, tick=tick, voices=voices, emit=emit)
    line.reply(ANSWER_REPLIES[order.how])
    visit.live(order.script, ring_s=order.at_most_s)


_NOBODY_CALLED = CallResult(
    state="no_answer", code=0, seconds=0.0, steps=(), heard=None, tones=(), digits="", hung_up_by="nobody"
)


def _voices(order: Order, folder: Path) -> dict[Path, Path]:
    """Copies of the spoken files as plain PCM16, made before the call, so that a bad file is known at once."""
    files = {step.file for step in order.script if isinstance(step, Speak)}
    voices = {file: folder / f"{n}.wav" for n, file in enumerate(sorted(files))}
    for file, copy in voices.items():
        samples, rate = wav.read_pcm(file)
        wav.write(copy, samples, rate)
    return voices


class _Events:
    """Events as JSON lines."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def __call__(self, event: str, **facts: Any) -> None:
        print(json.dumps({"event": event, **facts}, ensure_ascii=False), file=self._out, flush=True)


class _Watch:
    """Knows when the citizen must stop: SIGTERM, the end of the input, the longest life."""

    def __init__(self) -> None:
        self._ends = time.monotonic() + LONGEST_LIFE_S
        self._stopped = False
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)

    def check(self) -> None:
        """Raises MustStop when it is time."""
        wanted, _, _ = select.select([sys.stdin], [], [], 0)
        if self._stopped or wanted:  # nothing but its end comes after the order
            raise MustStop("stopped")
        if time.monotonic() >= self._ends:
            raise MustStop("limit")

    def _stop(self, number: int, frame: object) -> None:  # noqa: ARG002 - the signature of a signal handler
        self._stopped = True


def _take_stdout() -> TextIO:
    """The output for events alone: pjsip writes its first lines to descriptor 1 before any setting is read."""
    events = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return events


if __name__ == "__main__":
    sys.exit(main())
