"""Try the line by hand: one virtual citizen from the command line.

    python -m hotline.citizen dial sip:1580@127.0.0.1:5060 tone:60 speak:appeal.wav press:# wait:60
    python -m hotline.citizen answer 5070 quiet:1.5 press:1 wait:60

Options stand before the address or after the last step. Steps: ``tone[:AT_MOST]``, ``quiet[:SECONDS[:AT_MOST]]``,
``press:KEYS[:GAP]``, ``speak:FILE.wav``, ``pause:SECONDS``, ``hangup``, ``wait[:AT_MOST]`` (for the line to hang up).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from hotline.citizen import RING_S, answer, dial
from hotline.citizen.citizen import Citizen, CitizenFailed, Event
from hotline.citizen.orders import BadOrder, CallResult, How
from hotline.citizen.script import BadScript, parse

LONGEST_SILENCE_S = 700.0
"""Longer than any wait of a script: after it the citizen's process must be stuck."""


def main(arguments: Sequence[str] | None = None) -> int:
    """0: every call did what the script says; 1: one did not; 2: the call could not be tried."""
    parser = _parser()
    wanted = parser.parse_args(arguments)
    try:
        with _start(wanted) as citizen:
            return _tell(citizen, as_json=wanted.json)
    except (BadOrder, BadScript, CitizenFailed, OSError) as error:
        parser.exit(2, f"{error}\n")
    except KeyboardInterrupt:
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m hotline.citizen", description=__doc__.partition("\n")[0])
    ways = parser.add_subparsers(dest="way", required=True)
    calling = ways.add_parser("dial", help="call an address")
    calling.add_argument("uri", help="sip:1580@127.0.0.1:5060")
    calling.add_argument("--caller", default="0500000000", help="own number; empty to withhold it")
    calling.add_argument("--name", default="", help="own name")
    calling.add_argument("--ring", type=float, default=RING_S, help="seconds to wait for an answer")
    waiting = ways.add_parser("answer", help="wait for a call on 127.0.0.1")
    waiting.add_argument("port", type=int)
    waiting.add_argument("--how", choices=get_args(How), default="answer")
    waiting.add_argument("--calls", type=int, default=1)
    waiting.add_argument("--at-most", type=float, default=300.0, help="seconds to wait for each call")
    for way in (calling, waiting):
        way.add_argument("step", nargs="*")
        way.add_argument("--heard", type=Path, default=Path("heard.wav"), help="WAV file for what is heard")
        way.add_argument("--json", action="store_true", help="events as JSON lines")
    return parser


def _start(wanted: argparse.Namespace) -> Citizen:
    script = parse(wanted.step)
    if wanted.way == "dial":
        return dial(wanted.uri, script, caller=wanted.caller, name=wanted.name, heard=wanted.heard, ring_s=wanted.ring)
    return answer(wanted.port, script, how=wanted.how, heard=wanted.heard, at_most_s=wanted.at_most, calls=wanted.calls)


def _tell(citizen: Citizen, *, as_json: bool) -> int:
    all_ok = True
    while event := citizen.next_event(LONGEST_SILENCE_S):
        sys.stdout.write((json.dumps(event, ensure_ascii=False) if as_json else _words(event)) + "\n")
        sys.stdout.flush()
        if event["event"] == "done":
            all_ok = all_ok and CallResult.from_json(event["result"]).ok
    return 0 if all_ok else 1


def _words(event: Event) -> str:
    facts = event.get("result", event)
    told = " ".join(f"{name}={value}" for name, value in facts.items() if name not in {"event", "at_s", "steps"})
    at = f"{event['at_s']:7.2f} s" if "at_s" in event else " " * 9
    return f"{at}  {event['event']:<9} {told}"


if __name__ == "__main__":
    sys.exit(main())
