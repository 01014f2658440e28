"""The citizen's telephone: real SIP and RTP through pjsua2. One process holds one telephone.

pjsua2 wants care: its worker threads are off, so everything happens inside :meth:`Phone.tick`, and calls, players
and recorders must be gone before the library is closed, else it aborts the process.
"""

from __future__ import annotations

import contextlib
import gc
import ipaddress
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

import pjsua2

from hotline.citizen.orders import HungUpBy
from sound.wav import RATE

TICK_MS = 20
"""How long one tick waits for the network at most."""

LOOPBACK = "127.0.0.1"
ANY_ADDRESS = "0.0.0.0"  # noqa: S104 - only for a call to an address outside, which its URI then names
CODECS = {"PCMA/8000/1": 255, "PCMU/8000/1": 254}
BUSY_HERE = 486
RINGING = 180
OK = 200


class Phone:
    """A telephone on a UDP port: ``with Phone(...) as phone``.

    Args:
        host: where it will call, or :data:`LOOPBACK` to be called: on loopback nothing outside is reached or heard.
        port: of SIP; 0 takes a free one.
        log: file of the SIP messages.

    Raises:
        pjsua2.Error: the port is taken.
    """

    def __init__(self, *, host: str, port: int, log: Path) -> None:
        self.port = port
        self.incoming: list[Line] = []
        self._address = LOOPBACK if _is_loopback(host) else ANY_ADDRESS
        self._log = log
        self._endpoint = pjsua2.Endpoint()
        self._account: _Account | None = None

    def __enter__(self) -> Phone:
        self._endpoint.libCreate()
        try:
            self._open()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            traceback.clear_frames(error.__traceback__)  # its frames still hold the call
        self._close()

    def be(self, caller: str, name: str) -> None:
        """Be known under this number and name; without a number be anonymous."""
        shown = name.replace("\\", "\\\\").replace('"', '\\"')
        who = f"sip:{caller}@{LOOPBACK}" if caller else "sip:anonymous@anonymous.invalid"
        config = pjsua2.AccountConfig()
        config.idUri = f'"{shown}" <{who}>' if shown else f"<{who}>"
        config.mediaConfig.transportConfig.port = 0
        config.mediaConfig.transportConfig.boundAddress = self._address
        config.mediaConfig.lockCodecEnabled = False
        self._account = _Account(self)
        self._account.create(config, True)

    def dial(self, uri: str) -> Line:
        """Call somebody.

        Raises:
            pjsua2.Error: the address cannot be called.
        """
        line = Line(self, pjsua2.PJSUA_INVALID_ID)
        line.call(uri)
        return line

    def tick(self) -> None:
        """Handle what the network brought; the only place where anything changes."""
        self._endpoint.libHandleEvents(TICK_MS)

    @property
    def account(self) -> Any:
        """The pjsua2 account that calls are made and received on."""
        return self._account

    def _open(self) -> None:
        config = pjsua2.EpConfig()
        config.uaConfig.threadCnt = 0
        config.uaConfig.mainThreadOnly = True
        config.uaConfig.maxCalls = 1  # a second caller hears "busy", as with any household telephone
        config.uaConfig.userAgent = "hotline citizen"
        config.logConfig.filename = str(self._log)
        config.logConfig.level = 4
        config.logConfig.fileFlags = pjsua2.PJ_O_APPEND
        config.logConfig.consoleLevel = 0
        config.medConfig.clockRate = config.medConfig.sndClockRate = RATE
        config.medConfig.noVad = True  # a telephone sends packets all the time, also while nobody speaks
        config.medConfig.sndAutoCloseTime = -1
        self._endpoint.libInit(config)
        transport = pjsua2.TransportConfig()
        transport.port = self.port
        transport.boundAddress = self._address
        udp = self._endpoint.transportCreate(pjsua2.PJSIP_TRANSPORT_UDP, transport)
        self._endpoint.libStart()
        self._endpoint.audDevManager().setNullDev()
        for codec in self._endpoint.codecEnum2():
            self._endpoint.codecSetPriority(codec.codecId, CODECS.get(codec.codecId, 0))
        self.port = int(self._endpoint.transportGetInfo(udp).localName.rpartition(":")[2])

    def _close(self) -> None:
        self.incoming.clear()
        if self._account is not None:
            self._account.shutdown()
            self._account = None
        gc.collect()  # nothing of pjsua2 may outlive the library
        self._endpoint.libDestroy()


class _Player(pjsua2.AudioMediaPlayer):  # type: ignore[misc]  # pjsua2 has no types
    """Plays a file once and knows when it is over."""

    def __init__(self) -> None:
        super().__init__()
        self.ended = False

    def onEof2(self) -> None:  # called from within the tick
        self.ended = True


class _Account(pjsua2.Account):  # type: ignore[misc]  # pjsua2 has no types
    def __init__(self, phone: Phone) -> None:
        super().__init__()
        self._phone = phone

    def onIncomingCall(self, prm: Any) -> None:
        self._phone.incoming.append(Line(self._phone, prm.callId))


class Line(pjsua2.Call):  # type: ignore[misc]  # pjsua2 has no types
    """One call.

    Attributes:
        code: the last SIP status; 0 before any.
        reached: somebody at the other end ever said a word of SIP.
        ringing, connected, over: how far it came.
        digits: keys the other side pressed.
        hung_up_by: who ended it, "nobody" while it lasts.
    """

    def __init__(self, phone: Phone, call_id: int) -> None:
        super().__init__(phone.account, call_id)
        self.code = 0
        self.reached = call_id != pjsua2.PJSUA_INVALID_ID
        self.ringing = self.connected = self.over = False
        self.digits = ""
        self.hung_up_by: HungUpBy = "nobody"
        self._voice: Any = None
        self._player: Any = None
        self._recorder: Any = None
        self._heard: Path | None = None

    def hear_into(self, heard: Path) -> None:
        """Record what is heard into this WAV file, from the first sound on (also before the answer)."""
        self._heard = heard

    @property
    def hears(self) -> bool:
        """Sound has begun to be recorded."""
        return self._recorder is not None

    def call(self, uri: str) -> None:
        """Dial."""
        self.makeCall(uri, _with(0))

    def reply(self, code: int) -> None:
        """Ring (180), answer (200) or refuse an incoming call."""
        self.answer(_with(code))

    def press(self, key: str) -> None:
        """One key, as RFC 4733 events."""
        self.dialDtmf(key)

    def speak(self, file: Path) -> None:
        """Begin to play a WAV file, once; :attr:`has_spoken` tells when it is over."""
        self._player = _Player()
        self._player.createPlayer(str(file), pjsua2.PJMEDIA_FILE_NO_LOOP)
        if self._voice is not None:
            self._player.startTransmit(self._voice)

    @property
    def has_spoken(self) -> bool:
        """The file was played to its end."""
        return self._player is not None and self._player.ended

    def put_down(self, by: HungUpBy) -> None:
        """Hang up, cancel or refuse; nothing when the call is over."""
        if not self.over:
            self.hung_up_by = by
            with contextlib.suppress(pjsua2.Error):  # the other side hung up in the same moment
                self.hangup(_with(0))

    def close(self) -> None:
        """Let go of all sound, so that the recording is whole."""
        self._player = self._recorder = self._voice = None

    def onCallState(self, prm: Any) -> None:
        self._look_for_life(prm.e)
        info = self.getInfo()
        self.code = int(info.lastStatusCode)
        self.ringing |= info.state == pjsua2.PJSIP_INV_STATE_EARLY
        self.connected |= info.state == pjsua2.PJSIP_INV_STATE_CONFIRMED
        if info.state == pjsua2.PJSIP_INV_STATE_DISCONNECTED:
            self.over = True
            if self.connected and self.hung_up_by == "nobody":
                self.hung_up_by = "line"

    def onCallTsxState(self, prm: Any) -> None:
        self._look_for_life(prm.e)

    def onCallMediaState(self, prm: Any) -> None:  # noqa: ARG002 - pjsua2's signature
        info = self.getInfo()  # kept: info.media dies with it
        for index, media in enumerate(info.media):
            if media.type == pjsua2.PJMEDIA_TYPE_AUDIO and media.status == pjsua2.PJSUA_CALL_MEDIA_ACTIVE:
                self._connect_sound(self.getAudioMedia(index))

    def onDtmfDigit(self, prm: Any) -> None:
        self.digits += prm.digit

    def _look_for_life(self, event: Any) -> None:
        if event.type == pjsua2.PJSIP_EVENT_TSX_STATE:
            self.reached |= event.body.tsxState.type == pjsua2.PJSIP_EVENT_RX_MSG

    def _connect_sound(self, voice: Any) -> None:
        self._voice = voice
        if self._recorder is None and self._heard is not None:
            self._recorder = pjsua2.AudioMediaRecorder()
            self._recorder.createRecorder(str(self._heard), 0, 0, pjsua2.PJMEDIA_FILE_WRITE_PCM)
        if self._recorder is not None:
            voice.startTransmit(self._recorder)
        if self._player is not None:
            self._player.startTransmit(voice)


def reason(error: Exception) -> str:
    """An error in words; pjsua2's own say nothing when printed."""
    words = error.info() if isinstance(error, pjsua2.Error) else error
    return f"{type(error).__name__}: {words}"


def _with(code: int) -> Any:
    settings = pjsua2.CallOpParam(True)
    settings.opt.audioCount = 1
    settings.opt.videoCount = 0
    settings.opt.textCount = 0
    settings.statusCode = code
    return settings


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
