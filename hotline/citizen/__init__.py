"""A virtual citizen: a real telephone (SIP and RTP through pjsua2) with a script, one process each.

script = (WaitTone(60), Speak(Path("appeal.wav")), Press("#"), WaitHangUp(60))
with dial("sip:1580@127.0.0.1:5060", script, caller="0501234567", heard=Path("heard.wav")) as citizen:
    result = citizen.result(timeout=120)
"""

from __future__ import annotations

from pathlib import Path

from hotline.citizen.citizen import Citizen, CitizenFailed, EventMissing
from hotline.citizen.orders import Answer, BadOrder, CallResult, Dial, How, StepResult
from hotline.citizen.script import (
    BadScript,
    HangUp,
    Pause,
    Press,
    Script,
    Speak,
    Step,
    WaitHangUp,
    WaitQuiet,
    WaitTone,
)

__all__ = [
    "BadOrder",
    "BadScript",
    "CallResult",
    "Citizen",
    "CitizenFailed",
    "EventMissing",
    "HangUp",
    "Pause",
    "Press",
    "Script",
    "Speak",
    "Step",
    "StepResult",
    "WaitHangUp",
    "WaitQuiet",
    "WaitTone",
    "answer",
    "dial",
]

RING_S = 45.0
"""How long a citizen listens to the ringing."""


def dial(
    uri: str, script: Script, *, caller: str, heard: Path, name: str = "", port: int = 0, ring_s: float = RING_S
) -> Citizen:
    """Call ``uri`` and behave as the script says; it hangs up at the script's end.

    Args:
        uri: ``sip:1580@127.0.0.1:5060``. An address outside loopback is called only because it stands here.
        caller: the citizen's number; "" withholds it.
        heard: WAV file to be written with what the citizen hears; the log is written beside it (``.log``).
        name: the name shown beside the number.
        port: the citizen's own SIP port; 0 takes a free one.
        ring_s: seconds after which an unanswered call is given up.

    Raises:
        BadOrder: an address, number or name no telephone can use.
    """
    return Citizen(Dial(uri, tuple(script), heard.absolute(), caller, name, port, ring_s))


def answer(
    port: int, script: Script = (), *, how: How = "answer", heard: Path, at_most_s: float = 60.0, calls: int = 1
) -> Citizen:
    """Wait for calls on 127.0.0.1 (``port`` 0: a free one, told by ``ready()``) and behave as the script says.

    Args:
        how: ``answer``; ``busy`` refuses with 486; ``ring`` says 180 and never answers.
        heard: as in :func:`dial`; the second call writes ``<name>-2.wav`` and so on.
        at_most_s: seconds to wait for each call, and to let it ring.
        calls: how many calls, one after another; a second one at the same time gets "busy".

    Raises:
        BadOrder: less than one call.
    """
    return Citizen(Answer(port, tuple(script), how, heard.absolute(), at_most_s, calls))
