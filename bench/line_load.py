"""Does the line hold its load? Citizens dial a private line faster and faster: ``python bench/line_load.py``.

Needs root and SIPp (``apt-get install sip-tester``); says so and ends well where they are missing. Everything happens
on loopback, on free ports, in a folder of its own. About ten minutes; ``--short`` is one step in less than one.

Measured are our line with room for every caller; keys pressed at any moment of the greeting; our server killed with
everybody on the line; the dialplan alone (our server stopped), which is what Asterisk itself costs; and our line with
the shipped limit of calls, which the other callers overflow.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

import click
from load import machine
from load.citizens import AFTER_KEY_S, KEY_ANYWHERE_S, KEY_AT_S, CannotDial, Citizens, check
from load.meter import Meter
from load.outcome import Outcome, look, percentiles

from asterisk_conf.installer import find_or_install
from hotline.private import PrivateLine, private_line
from hotline.settings import Settings

CLIPS = sorted((Path(__file__).parent.parent / "tests" / "data" / "speech").glob("anatol-*.wav"))
ROOM = 200
"""Calls at once where nobody shall overflow: 10 a second, 19 s each, are 190."""
PORTS_A_CALL = 4
RTP_FROM = 22000

PARTS = ("asterisk", "line", "ingest")
SIPP = "sipp"
SUPERVISOR_S = 30


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked of a line. ``kill_at``: our server is killed so many seconds after the first call."""

    which: str
    per_second: float
    calls: int
    key_at: tuple[float, float] = KEY_AT_S
    kill_at: float | None = None


RATES = {1: 20, 3: 60, 5: 125, 10: 250}
"""Calls by calls a second: so many that the full number is up together for some seconds."""
OURS = [Load("our line", per_second, calls) for per_second, calls in RATES.items()]
KEYS = Load("key at any moment", 5, 200, key_at=KEY_ANYWHERE_S)
KILLED = Load("server killed", 8, 160, kill_at=20.0)
ALONE = [Load("dialplan alone", per_second, calls) for per_second, calls in RATES.items()]
OVERFLOW = Load("shipped limit", 5, 125)
SHORT = Load("our line", 5, 50)


@dataclass(frozen=True, slots=True)
class Step:
    """What came of it, and the plateau (``since``, ``until``): as many calls come as go."""

    load: Load
    outcome: Outcome
    meter: Meter
    since: float
    until: float


@click.command()
@click.option("--short", is_flag=True, help="One step on our line only, in less than a minute.")
def main(*, short: bool) -> None:
    """Measure and print; ends with 1 when a call or a recording was lost."""
    try:
        check()
    except CannotDial as why:
        click.echo(f"line_load: nothing measured. {why}")
        return
    shipped = Settings(_env_file=None)
    for fact in machine.describe(find_or_install(shipped.cache_dir).program):
        click.echo(fact)
    seconds = sum(KEY_AT_S) / 2 + AFTER_KEY_S
    click.echo(f"each call: dial, key 2, speak, hang up {seconds:.0f} s after the answer; A-law both ways\n")
    with tempfile.TemporaryDirectory(prefix="line-load-") as folder:
        citizens = Citizens(Path(folder), CLIPS)
        steps = list(_measure(shipped, citizens, short=short))
    _print_ratio(steps)
    if any(step.outcome.faults for step in steps):
        sys.exit(1)


def _measure(shipped: Settings, citizens: Citizens, *, short: bool) -> Iterator[Step]:
    _print_head()
    with _line(shipped, ROOM) as line:
        for load in [SHORT] if short else [*OURS, KEYS, KILLED]:
            yield _step(line, citizens, load)
        if short:
            return
        _supervise(line, "stop", "line")
        for load in ALONE:
            yield _step(line, citizens, load)
    with _line(shipped, shipped.max_calls) as line:
        yield _step(line, citizens, OVERFLOW)


@contextmanager
def _line(shipped: Settings, max_calls: int) -> Iterator[PrivateLine]:
    ports = {"rtp_start": RTP_FROM, "rtp_end": RTP_FROM + PORTS_A_CALL * max_calls - 1}
    with private_line(shipped, lambda _words: None, recogniser="none", max_calls=max_calls, **ports) as line:
        yield line


def _step(line: PrivateLine, citizens: Citizens, load: Load) -> Step:
    pids = {name: pid for name in PARTS if (pid := _pid(line, name))}
    settings = line.settings
    with ExitStack() as stack:
        meter = stack.enter_context(Meter(pids))
        if load.kill_at is not None:
            killer = Timer(load.kill_at, os.kill, (pids["line"], signal.SIGKILL))
            killer.start()
            stack.callback(killer.cancel)
        dialled = citizens.dial(
            settings.sip_host,
            settings.sip_port,
            calls=load.calls,
            per_second=load.per_second,
            key_at=load.key_at,
            started=lambda pid: meter.add(SIPP, pid),
        )
        outcome = look(line, dialled)
    since = min((citizen.hung_up for citizen in dialled if citizen.hung_up), default=dialled[0].dialled)
    step = Step(load, outcome, meter, since, max(citizen.dialled for citizen in dialled))
    _print_step(step)
    return step


def _pid(line: PrivateLine, name: str) -> int:
    return int(_supervise(line, "pid", name) or 0)


def _supervise(line: PrivateLine, action: str, name: str) -> str:
    config = line.settings.run_dir / "supervisord.conf"
    command = [sys.executable, "-m", "supervisor.supervisorctl", "-c", str(config), action, name]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SUPERVISOR_S, check=False)
    return done.stdout.strip()


def _print_head() -> None:
    click.echo(
        "| line | calls/s | offered | answered | recorded | rows | by dialplan | at once | to answer, ms p50/p95/max "
        "| to our flow, ms p50/p95 | goodbye to row, ms p50/p95/max | shortest tape, s "
        "| cores: Asterisk | line | ingest | SIPp | others | MB, files: Asterisk | line | load |"
    )
    click.echo("|" + "---|" * 20)


def _print_step(step: Step) -> None:
    outcome, meter = step.outcome, step.meter
    cores = [meter.cores(name, step.since, step.until) for name in (*PARTS, SIPP)]
    others = max(0.0, meter.machine(step.since, step.until) - sum(cores))
    cells = [
        step.load.which,
        f"{step.load.per_second:g}",
        len(outcome.citizens),
        len(outcome.answered),
        sum(1 for kept in outcome.kept.values() if kept.recordings),
        len(outcome.kept),
        sum(kept.by_dialplan for kept in outcome.kept.values()),
        outcome.at_once,
        _ms(outcome.to_answer(), 50, 95, 100),
        _ms(outcome.to_flow(), 50, 95),
        _ms(outcome.to_row(), 50, 95, 100),
        f"{min(outcome.recorded_seconds(), default=0):.2f}",
        *(f"{each:.2f}" for each in (*cores, others)),
        *(f"{meter.memory_mb.get(name, 0):.0f}, {meter.files.get(name, 0)}" for name in ("asterisk", "line")),
        machine.load().split()[0],
    ]
    click.echo("| " + " | ".join(str(cell) for cell in cells) + " |")
    for fault, times in outcome.faults.items():
        click.echo(f"FAULT: {fault}: {times} calls")


def _ms(seconds: list[float], *which: float) -> str:
    return "/".join("-" if value is None else f"{value * 1000:.0f}" for value in percentiles(seconds, *which))


def _print_ratio(steps: list[Step]) -> None:
    """Our line beside the dialplan alone, at the highest load."""
    ours, alone = ([step for step in steps if step.load.which == which] for which in ("our line", "dialplan alone"))
    for mine, bare in zip(ours, alone, strict=False):
        cores, bare_cores = (
            sum(step.meter.cores(name, step.since, step.until) for name in PARTS) for step in (mine, bare)
        )
        click.echo(
            f"at {mine.load.per_second:g} calls/s our line takes {cores:.2f} cores, "
            f"the dialplan alone {bare_cores:.2f}: {cores / bare_cores:.1f} times"
        )


if __name__ == "__main__":
    main()
