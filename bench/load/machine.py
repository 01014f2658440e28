"""On what was it measured? A figure without its machine says nothing."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from pathlib import Path

SECONDS = 10


def describe(asterisk: tuple[str, ...] = ()) -> list[str]:
    """The machine, line by line. ``asterisk`` is the program's command, where telephone calls are measured."""
    model, memory_kb = _first("/proc/cpuinfo", r"model name\s*: (.*)"), _first("/proc/meminfo", r"MemTotal:\s*(\d+)")
    telephony = f", {_version([*asterisk, '-V'])}, {_version(['sipp', '-v'])}" if asterisk else ""
    return [
        f"{os.cpu_count()} x {model}, {int(memory_kb or 0) / 2**20:.0f} GB, Linux {platform.release()}",
        f"Python {platform.python_version()}{telephony}",
        f"load average before: {load()}",
    ]


def load() -> str:
    """The load average of one, five and fifteen minutes."""
    return " ".join(f"{each:.1f}" for each in os.getloadavg())


def _version(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except FileNotFoundError:
        return f"no {command[0]}"
    said = [line.strip() for line in (done.stdout + done.stderr).splitlines() if re.search(r"\d+\.\d+", line)]
    return said[0].rstrip(".") if said else command[0]


def _first(file: str, pattern: str) -> str:
    found = re.search(pattern, Path(file).read_text())
    return found[1].strip() if found else ""
