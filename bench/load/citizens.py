"""Many citizens at once: SIPp dials 1580, presses 2 and speaks until it hangs up.

On loopback only. SIPp streams the sound itself and plays one captured key from a raw socket, hence root.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sound import wav

KEY = Path("/usr/share/sip-tester/dtmf_2833_2.pcap")
"""Ten RFC 4733 packets of payload type 101: key 2, held for 140 ms."""
KEY_S = 0.25
KEY_AT_S = (1.5, 1.5)
"""When the key is pressed, earliest and latest: in the middle of the greeting, as people who know the line do."""
KEY_ANYWHERE_S = (0.5, 26.0)
"""Anywhere in the greeting and the menu."""
AFTER_KEY_S = 17.5
"""From the key to the goodbye: our request to speak, the tone and eight seconds of speech."""
SPEECH_S = 8.0

HOST = "127.0.0.1"
STREAMS = 1000
"""One thread of SIPp sends so many streams, all from one port."""
GIVEN_UP_S = 40.0
"""SIPp ends by itself this long after the last call should be over, whatever hangs."""
FILES_OPEN = 8192

_LOGGED = re.compile(r"(dialled|answered|pressed|hung) (\d+) .*?(\d+\.\d+)$")

# The sound and the key must come from one port: five seconds into a call Asterisk (strictrtp) drops what comes from
# another. SIPp streams from [media_port] as long as one thread has all streams, and plays captures from it, too.
# A telephone sends a key instead of sound, never both: mixed, Asterisk takes one key for many and spins meanwhile.
SCENARIO = """\
<?xml version="1.0" encoding="UTF-8"?>
<scenario name="a citizen leaves a message">
  <nop><action><log message="dialled [field0] [timestamp]"/></action></nop>
  <send retrans="500"><![CDATA[
INVITE sip:1580@[remote_ip]:[remote_port] SIP/2.0
{headers}
To: <sip:1580@[remote_ip]:[remote_port]>
CSeq: 1 INVITE
Contact: <sip:citizen@[local_ip]:[local_port]>
Content-Type: application/sdp
Content-Length: [len]

v=0
o=citizen 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
]]></send>
  <recv response="100" optional="true"/>
  <recv response="180" optional="true"/>
  <recv response="200"><action><log message="answered [field0] [timestamp]"/></action></recv>
  <send><![CDATA[
ACK sip:1580@[remote_ip]:[remote_port] SIP/2.0
{headers}
To: <sip:1580@[remote_ip]:[remote_port]>[peer_tag_param]
CSeq: 1 ACK
Content-Length: 0
]]></send>
  <nop><action><exec rtp_stream="{speech},-1,8"/></action></nop>
  <pause distribution="uniform" min="{earliest_ms}" max="{latest_ms}"/>
  <nop><action><log message="pressed [field0] [timestamp]"/><exec rtp_stream="pause"/></action></nop>
  <nop><action><exec play_pcap_audio="{key}"/></action></nop>
  <pause milliseconds="{key_ms}"/>
  <nop><action><exec rtp_stream="resume"/></action></nop>
  <pause milliseconds="{after_key_ms}"/>
  <nop><action><log message="hung [field0] [timestamp]"/></action></nop>
  <send retrans="500"><![CDATA[
BYE sip:1580@[remote_ip]:[remote_port] SIP/2.0
{headers}
To: <sip:1580@[remote_ip]:[remote_port]>[peer_tag_param]
CSeq: 2 BYE
Content-Length: 0
]]></send>
  <recv response="200"/>
</scenario>
"""
HEADERS = """\
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:[field0]@[local_ip]:[local_port]>;tag=[call_number]
Call-ID: [call_id]
Max-Forwards: 70"""


class CannotDial(Exception):
    """No SIPp here, or it may not send the key; the message tells what to do."""


@dataclass
class Citizen:
    """One call as its caller saw it; times are seconds since the epoch, None: it never came to that."""

    number: str
    dialled: float
    answered: float | None = None
    pressed: float | None = None
    hung_up: float | None = None


def check() -> None:
    """Whether load can be made here.

    Raises:
        CannotDial: see there.
    """
    if shutil.which("sipp") is None or not KEY.exists():
        raise CannotDial("SIPp is not here: apt-get install sip-tester")
    try:
        socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP).close()
    except PermissionError as error:
        raise CannotDial("SIPp sends keys from a raw socket: run this as root") from error


class Citizens:
    """Prepares one folder for SIPp, then dials from it as often as asked; every citizen has a number of its own."""

    def __init__(self, folder: Path, clips: list[Path]) -> None:
        self._folder = folder
        self._next_number = 0
        samples = wav.join([wav.read_pcm(clip)[0] for clip in clips], 200)[: round(SPEECH_S * wav.RATE)]
        self._speech = folder / "speech.alaw"
        self._speech.write_bytes(alaw(samples))

    def dial(
        self,
        host: str,
        port: int,
        *,
        calls: int,
        per_second: float,
        started: Callable[[int], object],
        key_at: tuple[float, float] = KEY_AT_S,
    ) -> list[Citizen]:
        """``calls`` citizens, ``per_second`` of them dialling each second; returns when all have hung up.

        Args:
            started: is told the process of SIPp.
            key_at: earliest and latest moment of the key, seconds after the answer.

        Raises:
            CannotDial: SIPp did not run at all.
        """
        self._write_scenario(key_at)
        numbers = self._numbers(calls)
        (self._folder / "callers.csv").write_text("SEQUENTIAL\n" + "".join(f"{number}\n" for number in numbers))
        told, seconds = self._folder / "told.log", calls / per_second + key_at[1] + AFTER_KEY_S + GIVEN_UP_S
        told.unlink(missing_ok=True)
        command = ["sipp", f"{host}:{port}", "-i", HOST, "-mi", HOST, "-mp", str(_free_port())]
        command += ["-rtp_threadtasks", str(STREAMS)]
        command += ["-sf", str(self._folder / "citizen.xml"), "-inf", str(self._folder / "callers.csv")]
        command += ["-m", str(calls), "-l", str(calls), "-r", f"{per_second:g}", "-nostdin"]
        command += ["-trace_logs", "-log_file", str(told), "-timeout", f"{seconds:.0f}s"]
        command += ["-trace_err", "-error_file", str(self._folder / "errors.log")]
        with (
            (self._folder / "screen.log").open("wb") as screen,
            subprocess.Popen(
                ["prlimit", f"--nofile={FILES_OPEN}", *command],
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=screen,
                stderr=subprocess.STDOUT,
            ) as sipp,
        ):
            started(sipp.pid)
            try:
                sipp.wait(seconds + GIVEN_UP_S)  # a single refused call makes it fail; the log says which
            finally:
                sipp.kill()
        if not told.exists():
            raise CannotDial(f"SIPp did not run: {(self._folder / 'screen.log').read_text(errors='replace')[-500:]}")
        return read_log(told.read_text())

    def _write_scenario(self, key_at: tuple[float, float]) -> None:
        earliest, latest = (round(seconds * 1000) for seconds in key_at)
        text = SCENARIO.format(
            headers=HEADERS,
            speech=self._speech,
            key=KEY,
            earliest_ms=earliest,
            latest_ms=latest + 1,  # SIPp wants them to differ
            key_ms=round(KEY_S * 1000),
            after_key_ms=round((AFTER_KEY_S - KEY_S) * 1000),
        )
        (self._folder / "citizen.xml").write_text(text)

    def _numbers(self, calls: int) -> list[str]:
        first = self._next_number
        self._next_number += calls
        return [f"050{number:07d}" for number in range(first, first + calls)]


def read_log(text: str) -> list[Citizen]:
    """The citizens in the order they dialled."""
    citizens: dict[str, Citizen] = {}
    for line in text.splitlines():
        if (told := _LOGGED.match(line)) is None:
            continue
        what, number, at = told[1], told[2], float(told[3])
        citizen = citizens.setdefault(number, Citizen(number, at))
        if what == "answered":
            citizen.answered = at
        elif what == "pressed":
            citizen.pressed = at
        elif what == "hung":
            citizen.hung_up = at
    return list(citizens.values())


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as tried:
        tried.bind((HOST, 0))
        port: int = tried.getsockname()[1]
    return port


def alaw(samples: np.ndarray) -> bytes:
    """16-bit samples as G.711 A-law (ITU-T G.711: sign, segment, four bits, every second bit inverted)."""
    values = samples.astype(np.int32)
    size = np.minimum(np.where(values < 0, -values - 1, values), 32767) >> 3
    segment = np.maximum(np.floor(np.log2(np.maximum(size, 1))).astype(np.int32) - 4, 0)
    steps = np.where(segment == 0, size >> 1, size >> np.maximum(segment, 1)) & 0x0F
    coded = (segment << 4 | steps) | np.where(values < 0, 0, 0x80)
    return bytes((coded ^ 0x55).astype(np.uint8))
