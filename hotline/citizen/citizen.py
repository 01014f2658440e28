"""The handle of a citizen's process: start it, await what happens, take the result, let nothing behind."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections import Counter
from typing import IO, Any, cast

from hotline.citizen import orders
from hotline.citizen.orders import CallResult, Order

GOODBYE_S = 6.0
"""How long a stopped citizen may take to hang up before its process is killed."""

Event = dict[str, Any]


class CitizenFailed(Exception):
    """The citizen's process could not do its order: the port is taken, a spoken file is missing, it was killed."""


class EventMissing(TimeoutError):
    """What was awaited did not happen in time."""


class Citizen:
    """A running citizen. Use it as a context manager: at the end no process is left.

    Raises:
        OSError: the process or its log beside ``heard`` cannot be created.
    """

    def __init__(self, order: Order) -> None:
        order.heard.parent.mkdir(parents=True, exist_ok=True)
        self.log = order.heard.with_suffix(".log")
        self._events: list[Event] = []
        self._taken: Counter[str] = Counter()
        self._shown = 0
        self._ended = False
        self._news = threading.Condition()
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "hotline.citizen.life"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                encoding="utf-8",
            )
        self._input = cast(IO[str], self._process.stdin)
        self._output = cast(IO[str], self._process.stdout)
        with contextlib.suppress(BrokenPipeError):  # it died at once; the first wait says so
            self._input.write(orders.dump(order) + "\n")
            self._input.flush()
        self._reader = threading.Thread(target=self._read, name="citizen events", daemon=True)
        self._reader.start()

    def __enter__(self) -> Citizen:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """Of the citizen's process."""
        return self._process.pid

    def ready(self, timeout: float = 20.0) -> int:
        """Wait until an answering citizen listens; returns its SIP port.

        Raises:
            EventMissing, CitizenFailed: see :meth:`wait_for`.
        """
        return int(self.wait_for("ready", timeout)["port"])

    def wait_for(self, event: str, timeout: float = 60.0) -> Event:
        """The next event of this name that was not given yet, also one that already happened.

        Events: ready (port), incoming, ringing, connected, tone (at_s, seconds), digit (key), pressed (key), speaking
        (file), step (step, ok), done (result); all within a call carry ``at_s``.

        Raises:
            EventMissing: it did not come within ``timeout`` seconds, or the citizen is gone and it cannot come.
            CitizenFailed: the process failed.
        """
        with self._news:
            n = self._taken[event]
            self._news.wait_for(lambda: self._ended or len(self._of(event)) > n, timeout)
            if len(self._of(event)) > n:
                self._taken[event] += 1
                return self._of(event)[n]
            self._complain(f"no {event!r} within {timeout} s")
        raise EventMissing(f"no {event!r} within {timeout} s; there were {[e['event'] for e in self._events]}")

    def next_event(self, timeout: float = 60.0) -> Event | None:
        """The next event of any name, in order; None after the last.

        Raises:
            EventMissing: nothing happened within ``timeout`` seconds.
            CitizenFailed: the process failed.
        """
        with self._news:
            if not self._news.wait_for(lambda: self._ended or len(self._events) > self._shown, timeout):
                raise EventMissing(f"nothing happened within {timeout} s")
            if len(self._events) > self._shown:
                self._shown += 1
                return self._events[self._shown - 1]
            self._complain("no event")
        return None

    def result(self, timeout: float = 120.0) -> CallResult:
        """What became of the call; of an answering citizen with several calls, of the next one.

        Raises:
            EventMissing: the call did not end within ``timeout`` seconds.
            CitizenFailed: the process failed.
        """
        return CallResult.from_json(self.wait_for("done", timeout)["result"])

    def hang_up(self) -> None:
        """Hang up whatever the script says (SIGTERM); the result still comes."""
        self._process.terminate()

    def kill(self) -> None:
        """Vanish without a goodbye (SIGKILL), as when a cable is pulled; the recording stays without lengths."""
        self._process.kill()
        self.close()

    def close(self) -> None:
        """End the process within :data:`GOODBYE_S` seconds, and take it off the system's list."""
        with contextlib.suppress(BrokenPipeError):
            self._input.close()
        self._process.terminate()
        try:
            self._process.wait(GOODBYE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()

    def _read(self) -> None:
        with self._output:
            for line in self._output:
                with self._news:
                    self._events.append(json.loads(line))
                    self._news.notify_all()
        self._process.wait()
        with self._news:
            self._ended = True
            self._news.notify_all()

    def _of(self, event: str) -> list[Event]:
        return [told for told in self._events if told["event"] == event]

    def _complain(self, what: str) -> None:
        """Say why nothing more will come, if the process failed."""
        code = self._process.poll()
        if code:
            why = next((told["why"] for told in self._of("failed")), f"ended with {code}, see {self.log}")
            raise CitizenFailed(f"{what}: {why}")
