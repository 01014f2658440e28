"""A telephone made of two sockets: it says on the wire exactly what a test wants, however wrong that is."""

from __future__ import annotations

import hashlib
import re
import secrets
import socket
import struct
import time
from dataclasses import dataclass, field

ANSWER_SECONDS = 10.0
PACKET_SECONDS = 0.02
PACKET_SAMPLES = 160
ALAW = 8
LOUD = bytes([0xAA] * 10 + [0x2A] * 10) * (PACKET_SAMPLES // 20)
"""20 ms of a full-scale 400 Hz square wave in A-law."""


@dataclass
class Message:
    """One SIP message. Header names are in lower case; of repeated headers the first counts."""

    first_line: str
    headers: dict[str, str]
    body: str

    @property
    def code(self) -> int:
        """The status of an answer, 0 for a request."""
        found = re.match(r"SIP/2\.0 (\d{3})", self.first_line)
        return int(found[1]) if found else 0

    @property
    def method(self) -> str:
        return self.headers["cseq"].split()[-1]


def read(datagram: bytes) -> Message:
    head, _, body = datagram.decode("utf-8", errors="replace").partition("\r\n\r\n")
    first, *rest = head.split("\r\n")
    headers: dict[str, str] = {}
    for line in rest:
        name, _, value = line.partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    return Message(first, headers, body)


class Telephone:
    """A SIP user agent on ``host``; ``server`` is (address, port). It answers every call it gets."""

    def __init__(self, server: tuple[str, int], host: str = "127.0.0.1", port: int = 0) -> None:
        self.server = server
        self.signal = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.signal.bind((host, port))
        self.sound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sound.bind((host, 0))
        self.host, self.port = self.signal.getsockname()

    def close(self) -> None:
        self.signal.close()
        self.sound.close()

    def __enter__(self) -> Telephone:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def call(
        self,
        user: bytes | str,
        *,
        number: str = "0501234567",
        name: bytes = b"",
        secret: str | None = None,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> Call:
        """INVITE ``sip:<user>@server`` and wait for the final answer.

        ``name`` is the raw display name. Without any answer in time ``code`` stays 0: broken requests are dropped.
        """
        call = Call(self, user.encode() if isinstance(user, str) else user, number, name, answer_seconds)
        try:
            call.invite(secret)
        except TimeoutError:
            call.code = 0
        return call

    def register(self, extension: str, secret: str, seconds: int = 60) -> int:
        """REGISTER with digest authentication; 0 seconds takes it back. Returns the final status."""
        call = Call(self, b"", extension, b"")
        contact = f"Contact: <sip:{extension}@{self.host}:{self.port}>\r\nExpires: {seconds}\r\n".encode()
        answer = call.ask("REGISTER", contact)
        if answer.code == 401:
            answer = call.ask("REGISTER", contact + call.proof("REGISTER", answer, secret))
        return answer.code

    def next_message(self, until: float) -> Message:
        """The next SIP message; requests of the server (INVITE, BYE, OPTIONS) are answered 200.

        Raises:
            TimeoutError: nothing came before ``until`` (monotonic).
        """
        self.signal.settimeout(max(until - time.monotonic(), 0.001))
        message = read(self.signal.recv(65535))
        if message.code == 0 and message.method != "ACK":
            self._accept(message)
        return message

    def next_request(self, method: str, seconds: float = ANSWER_SECONDS) -> Message:
        """The next request of that method. Raises TimeoutError."""
        until = time.monotonic() + seconds
        while True:
            message = self.next_message(until)
            if message.code == 0 and message.method == method:
                return message

    def heard_nothing(self) -> bool:
        """Whether not one datagram has come that nobody has read yet."""
        self.signal.setblocking(False)
        try:
            self.signal.recv(65535)
        except BlockingIOError:
            return True
        return False

    def offer(self) -> bytes:
        """SDP: A-law and telephone events on our socket."""
        host, port = self.sound.getsockname()
        return (
            f"v=0\r\no=- 1 1 IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\nm=audio {port} RTP/AVP 8 101\r\n"
            "a=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=sendrecv\r\n"
        ).encode()

    def _accept(self, request: Message) -> None:
        same = "".join(f"{name}: {request.headers[name]}\r\n" for name in ("via", "from", "call-id", "cseq"))
        tag = "" if ";tag=" in request.headers["to"] else f";tag={secrets.token_hex(4)}"
        head = f"SIP/2.0 200 OK\r\n{same}To: {request.headers['to']}{tag}\r\n"
        body = b""
        if request.method == "INVITE":
            body = self.offer()
            head += f"Contact: <sip:{self.host}:{self.port}>\r\nContent-Type: application/sdp\r\n"
        self.signal.sendto(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body, self.server)


@dataclass
class Call:
    """One dialog. ``code`` is the final answer to the INVITE, 0 before it."""

    telephone: Telephone
    user: bytes
    number: str
    name: bytes
    answer_seconds: float = ANSWER_SECONDS
    code: int = 0
    ended: bool = False
    _id: str = field(default_factory=lambda: secrets.token_hex(8))
    _tag: str = field(default_factory=lambda: secrets.token_hex(4))
    _to_tag: str = ""
    _cseq: int = 0
    _far_sound: tuple[str, int] = ("", 0)

    @property
    def uri(self) -> bytes:
        host, port = self.telephone.server
        return b"sip:" + (self.user + b"@" if self.user else b"") + f"{host}:{port}".encode()

    def invite(self, secret: str | None) -> None:
        sdp = self.telephone.offer()
        extra = f"Contact: <sip:{self.number}@{self.telephone.host}:{self.telephone.port}>\r\n".encode()
        extra += b"Content-Type: application/sdp\r\n"
        answer = self.ask("INVITE", extra, sdp)
        if answer.code == 401 and secret is not None:
            self._acknowledge(answer)
            answer = self.ask("INVITE", extra + self.proof("INVITE", answer, secret), sdp)
        self.code = answer.code
        self._acknowledge(answer)
        if self.code == 200:
            address = re.search(r"^c=IN IP4 (\S+)", answer.body, re.M)
            port = re.search(r"^m=audio (\d+)", answer.body, re.M)
            assert address and port, answer.body
            self._far_sound = (address[1], int(port[1]))

    def speak(self, seconds: float) -> None:
        """Send a loud tone at the pace of speech."""
        source = secrets.randbits(32)
        begun = time.monotonic()
        for n in range(int(seconds / PACKET_SECONDS)):
            head = struct.pack("!BBHII", 0x80, ALAW, n & 0xFFFF, n * PACKET_SAMPLES, source)
            self.telephone.sound.sendto(head + LOUD, self._far_sound)
            # Sound has a pace: this is the sending itself, not a wait for something.
            time.sleep(max(0.0, begun + (n + 1) * PACKET_SECONDS - time.monotonic()))

    def refer(self, to: str) -> None:
        """Ask for a blind transfer. Waits for no answer: a server may ignore it."""
        contact = f"sip:{self.number}@{self.telephone.host}:{self.telephone.port}"
        extra = f"Contact: <{contact}>\r\nRefer-To: <{to}>\r\nReferred-By: <{contact}>\r\n"
        self._cseq += 1
        self._send("REFER", self._cseq, extra.encode(), b"")

    def hang_up(self) -> int:
        """BYE; 200 when the call was still there, 481 when it was not."""
        return self.ask("BYE").code

    def wait_hang_up(self, seconds: float = ANSWER_SECONDS) -> None:
        """Until the other side hangs up. Raises TimeoutError."""
        until = time.monotonic() + seconds
        while not self.ended:
            self._note(self.telephone.next_message(until))

    def ask(self, method: str, extra: bytes = b"", body: bytes = b"") -> Message:
        """Send a request and wait for its final answer (UDP on loopback: nothing is sent twice)."""
        self._cseq += 1
        self._send(method, self._cseq, extra, body)
        until = time.monotonic() + self.answer_seconds
        while True:
            message = self.telephone.next_message(until)
            self._note(message)
            if message.code >= 200 and message.headers["cseq"] == f"{self._cseq} {method}":
                if found := re.search(r";tag=([^;\s]+)", message.headers["to"]):
                    self._to_tag = found[1] if message.code < 300 else ""
                return message

    def proof(self, method: str, challenge: Message, secret: str) -> bytes:
        """The Authorization header (RFC 2617 with qop=auth, MD5)."""
        asked = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge.headers["www-authenticate"]))
        uri, cnonce = self.uri.decode(), secrets.token_hex(4)
        ha1 = _md5(f"{self.number}:{asked['realm']}:{secret}")
        response = _md5(f"{ha1}:{asked['nonce']}:00000001:{cnonce}:auth:{_md5(f'{method}:{uri}')}")
        return (
            f'Authorization: Digest username="{self.number}", realm="{asked["realm"]}", nonce="{asked["nonce"]}", '
            f'uri="{uri}", response="{response}", algorithm=MD5, qop=auth, nc=00000001, cnonce="{cnonce}"'
            + (f', opaque="{asked["opaque"]}"' if "opaque" in asked else "")
            + "\r\n"
        ).encode()

    def _note(self, message: Message) -> None:
        if message.code == 0 and message.method == "BYE" and message.headers["call-id"] == self._id:
            self.ended = True

    def _acknowledge(self, answer: Message) -> None:
        tag = re.search(r";tag=([^;\s]+)", answer.headers["to"])
        self._send("ACK", self._cseq, b"", b"", to_tag=tag[1] if tag else "")

    def _send(self, method: str, cseq: int, extra: bytes, body: bytes, to_tag: str | None = None) -> None:
        phone = self.telephone
        tag = self._to_tag if to_tag is None else to_tag
        branch = f"z9hG4bK{self._id}{cseq}{'ack' if method == 'ACK' and self.code == 200 else ''}"
        name = b'"' + self.name + b'" ' if self.name else b""
        callee = self.uri if method != "REGISTER" else f"sip:{self.number}@{phone.server[0]}".encode()
        head = (
            method.encode() + b" " + self.uri + b" SIP/2.0\r\n"
            + f"Via: SIP/2.0/UDP {phone.host}:{phone.port};branch={branch};rport\r\n".encode()
            + b"Max-Forwards: 70\r\nFrom: " + name
            + f"<sip:{self.number}@{phone.host}>;tag={self._tag}\r\n".encode()
            + b"To: <" + callee + b">" + (f";tag={tag}".encode() if tag else b"") + b"\r\n"
            + f"Call-ID: {self._id}\r\nCSeq: {cseq} {method}\r\n".encode()
        )  # fmt: skip
        phone.signal.sendto(head + extra + f"Content-Length: {len(body)}\r\n\r\n".encode() + body, phone.server)


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
