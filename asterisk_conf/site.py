"""Everything that differs from one place to another in the configuration of Asterisk.

Each value ends up in a configuration file, where a newline, a bracket or a semicolon would begin something new. So
every value must match the pattern of its kind; one that does not is refused before anything is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from asterisk_conf.installer import Installation

LINE_NUMBER = "1580"
"""The number of the line. An operator's telephone may not have it."""
PORTS_PER_CALL = 2
"""RTP and RTCP."""
SPARE = 2
"""Calls above the limit are heard by the dialplan alone: as many again must find ports."""

PATH = re.compile(r"/[\w./+@~-]*")
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,31}")
SYSTEM_USER = re.compile(r"[a-z_][a-z0-9_-]{0,31}")
TRUNK_USER = re.compile(r"[A-Za-z0-9+][A-Za-z0-9._+-]{0,63}")
SECRET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~!@%^*+-]{7,127}")
EXTENSION = re.compile(r"[0-9]{2,6}")
NUMBER = re.compile(r"\+?[0-9]{2,15}")


class UnusableSite(ValueError):
    """The administrator gave a setting that Asterisk could not use or that would change its configuration's meaning.

    The message is Ukrainian.
    """


@dataclass(frozen=True, slots=True)
class Trunk:
    """The city's telephone operator: calls come from it, feedback calls go out through it.

    Attributes:
        host: address or name; calls that come from it are the trunk's.
        port: UDP port it listens on.
        user: account for registration and outgoing calls; "" where the trunk trusts our address.
        secret: of that account.
        numbers: how the trunk writes our number, beside 1580 (``"0332771580"``, ``"+380332771580"``).
    """

    host: str
    port: int = 5060
    user: str = ""
    secret: str = field(default="", repr=False)
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One Asterisk of ours. Paths are absolute; ports are UDP or TCP numbers; times are whole seconds.

    Attributes:
        installation: the program.
        etc: folder of the rendered configuration.
        var: Asterisk's own state: ``log``, ``run``, ``db``.
        spool: recordings; ``fallback`` in it holds what the dialplan recorded alone.
        sounds: folder with ``<key>.wav`` prompts.
        sip_host, sip_port: where telephones and the trunk reach us (UDP). ``0.0.0.0`` is every address.
        rtp_start, rtp_end: UDP ports of sound, both included.
        ami_port, ami_user, ami_secret: the manager interface, on 127.0.0.1 only.
        agi_port: where our FastAGI server listens, on 127.0.0.1.
        operators: (extension, secret) of each operator's telephone.
        trunk: None where there is none: nobody can be phoned back.
        ring_seconds: how long one operator's telephone rings before the next one's.
        record_limit_s: the longest recording of the dialplan alone.
        call_limit: calls that our server carries at once; the next ones are heard by the dialplan alone.
        user: whom Asterisk runs as; "" is whoever starts it.

    Raises:
        UnusableSite: lists every value that cannot be used.
    """

    installation: Installation
    etc: Path
    var: Path
    spool: Path
    sounds: Path
    sip_host: str
    sip_port: int
    rtp_start: int
    rtp_end: int
    ami_port: int
    ami_user: str
    ami_secret: str = field(repr=False)
    agi_port: int
    operators: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    trunk: Trunk | None = None
    ring_seconds: int = 20
    record_limit_s: int = 180
    call_limit: int = 100
    user: str = ""

    def __post_init__(self) -> None:
        problems = [*self._texts(), *self._numbers(), *self._operators()]
        if problems:
            raise UnusableSite("налаштування Asterisk не підходять: " + "; ".join(problems))

    def _texts(self) -> list[str]:
        installation = self.installation
        rows: list[tuple[str, str, re.Pattern[str]]] = [
            *((name, str(getattr(self, name)), PATH) for name in ("etc", "var", "spool", "sounds")),
            ("installation.modules", str(installation.modules), PATH),
            ("installation.data", str(installation.data), PATH),
            ("sip_host", self.sip_host, HOST),
            ("ami_user", self.ami_user, NAME),
            ("ami_secret", self.ami_secret, SECRET),
        ]
        if self.user:
            rows.append(("user", self.user, SYSTEM_USER))
        if self.trunk:
            rows.append(("trunk.host", self.trunk.host, HOST))
            rows += [("trunk.numbers", number, NUMBER) for number in self.trunk.numbers]
            if self.trunk.user or self.trunk.secret:
                rows += [("trunk.user", self.trunk.user, TRUNK_USER), ("trunk.secret", self.trunk.secret, SECRET)]
        return [f"{name} {_shown(name, value)}" for name, value, kind in rows if not kind.fullmatch(value)]

    def _numbers(self) -> list[str]:
        ports = {name: getattr(self, name) for name in ("sip_port", "rtp_start", "rtp_end", "ami_port", "agi_port")}
        if self.trunk:
            ports["trunk.port"] = self.trunk.port
        problems = [f"{name} {port} - це не порт" for name, port in ports.items() if not 1 <= port <= 65535]
        for name in ("ring_seconds", "record_limit_s", "call_limit"):
            if getattr(self, name) < 1:
                problems.append(f"{name} {getattr(self, name)} менше за 1")
        needed = self.call_limit * PORTS_PER_CALL * SPARE
        if self.rtp_end - self.rtp_start + 1 < needed:
            problems.append(f"між rtp_start і rtp_end замало портів: розмов {self.call_limit}, портів треба {needed}")
        if self.ami_port == self.agi_port:
            problems.append(f"ami_port і agi_port однакові: {self.agi_port}")
        return problems

    def _operators(self) -> list[str]:
        problems = []
        for extension, secret in self.operators:
            if not EXTENSION.fullmatch(extension) or extension == LINE_NUMBER:
                problems.append(f"оператор: {_shown('extension', extension)}")
            if not SECRET.fullmatch(secret):
                problems.append(f"оператор {extension!r}: пароль {_shown('secret', secret)}")
        if len({extension for extension, _ in self.operators}) < len(self.operators):
            problems.append("два оператори мають один номер")
        return problems


def _shown(name: str, value: str) -> str:
    if name.endswith("secret"):
        return "має складатися з 8-128 латинських літер, цифр або ._~!@%^*+- і починатися з літери чи цифри"
    return f"{value[:80]!r} не годиться"
