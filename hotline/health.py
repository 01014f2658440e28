"""Is each part of the line alive? Used to wait for the start, by ``hotline doctor`` and by the panel."""

from __future__ import annotations

import os
import shutil
import socket
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from asterisk_conf.site import LINE_NUMBER
from hotline.settings import Settings
from transcribe import ready

CONNECT_S = 1.0
ANSWER_BYTES = 8192


@dataclass(frozen=True, slots=True)
class Check:
    """One look at one part: its name and what is seen, both in Ukrainian."""

    name: str
    ok: bool
    words: str


def running_parts(settings: Settings) -> list[Check]:
    """The processes: Asterisk, our line, the panel, recognition."""
    return [asterisk(settings), line(settings), panel(settings), recogniser_runs(settings)]


def asterisk(settings: Settings) -> Check:
    """Asterisk listens for the dialer and answers telephones."""
    if not listens("127.0.0.1", settings.ami_port):
        return Check("Asterisk", False, "не відповідає: дзвінки не приймаються")
    if not _answers_telephones(settings):
        place = f"{settings.sip_host}:{settings.sip_port}"
        return Check("Asterisk", False, f"не приймає дзвінків на {place}: порт зайнятий або такої адреси тут немає")
    return Check("Asterisk", True, "працює")


def line(settings: Settings) -> Check:
    """Our FastAGI server listens."""
    up = listens("127.0.0.1", settings.agi_port)
    return Check("Сервер лінії", up, "працює" if up else "не відповідає: повідомлення записує сам Asterisk")


def panel(settings: Settings) -> Check:
    """The panel answers."""
    address = f"http://{settings.panel_host}:{settings.panel_port}/health"
    try:
        with urllib.request.urlopen(address, timeout=CONNECT_S) as answer:
            up = answer.status == 200
    except (OSError, urllib.error.URLError):
        up = False
    return Check(
        "Панель оператора", up, f"http://{settings.panel_host}:{settings.panel_port}/" if up else "не відповідає"
    )


def recogniser_runs(settings: Settings) -> Check:
    """A recognition worker has said where it stands, with a model or without one."""
    state = ready.read(settings.recogniser_state)
    up = state is not None and alive(state.pid)
    return Check("Розпізнавання", up, "процес працює" if up else "процес не працює: записи чекають")


def model(settings: Settings) -> Check:
    """There is a speech model."""
    state = ready.read(settings.recogniser_state)
    if state is None or not alive(state.pid):
        return Check("Модель мовлення", False, "розпізнавання не запущено: записи чекають, нічого не втрачено")
    if not state.ready:
        return Check("Модель мовлення", False, f"моделі немає: записи чекають, нічого не втрачено. {state.advice}")
    return Check("Модель мовлення", True, f"{state.engine}, {state.model}")


def disk(settings: Settings) -> Check:
    """There is room for recordings."""
    free_mb = shutil.disk_usage(settings.data_dir).free // 1_000_000
    ok = free_mb >= settings.min_free_mb
    words = f"вільно {free_mb} МБ" if ok else f"вільно лише {free_mb} МБ: лінія оголошує і просить передзвонити"
    return Check("Місце на диску", ok, words)


def now() -> datetime:
    """The clock of the processes."""
    return datetime.now(UTC)


def alive(pid: int) -> bool:
    """Whether a process of this machine runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def listens(host: str, port: int) -> bool:
    """Whether anybody takes TCP connections there."""
    try:
        with socket.create_connection((host, port), timeout=CONNECT_S):
            return True
    except OSError:
        return False


def _answers_telephones(settings: Settings) -> bool:
    """Ours and nobody else answers OPTIONS, the question that SIP has for this.

    Asterisk goes on without its SIP port when it cannot have it: a softphone sits on it, or the address comes later.
    """
    host = "127.0.0.1" if settings.sip_host == "0.0.0.0" else settings.sip_host  # noqa: S104 - compared, not bound
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.settimeout(CONNECT_S)
        try:
            udp.connect((host, settings.sip_port))
            own, once = "{}:{}".format(*udp.getsockname()), uuid4().hex
            lines = (
                f"OPTIONS sip:{LINE_NUMBER}@{host}:{settings.sip_port} SIP/2.0",
                f"Via: SIP/2.0/UDP {own};rport;branch=z9hG4bK{once}",
                "Max-Forwards: 70",
                f"From: <sip:health@{own}>;tag={once}",
                f"To: <sip:{LINE_NUMBER}@{host}>",
                f"Call-ID: {once}",
                "CSeq: 1 OPTIONS",
                "Content-Length: 0",
            )
            udp.send("\r\n".join((*lines, "", "")).encode())
            answer = udp.recv(ANSWER_BYTES)
        except OSError:
            return False
    return answer.startswith(b"SIP/2.0 ") and f"hotline-{LINE_NUMBER}".encode() in answer
