"""Where objects meet: each part of the line, made from the settings when first asked for."""

from __future__ import annotations

import os
import pwd
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache, cached_property
from pathlib import Path

from agi.calls import Calls
from agi.dialer import AmiLogin, Dialer
from agi.server import LineServer
from asterisk_conf.installer import find_or_install
from asterisk_conf.site import Site, Trunk
from db.backlog import backlog
from db.callbacks import CallbackPolicy
from db.engine import Records
from db.recordings import RecordingStore
from db.spool import Spool
from hotline import health
from hotline.announcement import Announcement
from hotline.consult import Consultant
from hotline.drafting import Drafting, rules_in_force
from hotline.secrets import Secrets, secrets_of
from hotline.settings import Settings
from ivr_flows.catalogue import FLOWS
from ivr_flows.commands import Say
from ivr_flows.outage_sentences import outage_sentences
from ivr_flows.questions import Outage
from sound import catalogue, wav
from sound.synthesis import EspeakNg, Piper, RHVoice, Synthesiser
from sound.voice import TONE, Voice
from sound.words import text_of
from transcribe import ready
from transcribe.understanding.understand import Understander
from web.panel.parts import LineState, PanelParts

AMI_USER = "hotline"
SENTENCE_GAP_MS = 300
"""Between the sentences of the announcement file."""
STATE_KEPT = timedelta(seconds=5)
"""Every page of every operator asks how the line is."""
ASTERISK_USER = "hotline"
"""Whom Asterisk runs as where root starts the line."""


class Parts:
    """The parts of one installation. Nothing is opened before it is asked for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._state: tuple[datetime, LineState] | None = None

    @cached_property
    def records(self) -> Records:
        """The city's records."""
        return Records(self.settings.database)

    @cached_property
    def spool(self) -> Spool:
        """Calls that are not filed yet."""
        return Spool(self.settings.spool_dir, lambda call_id: self.store.folder(call_id) is not None)

    @cached_property
    def store(self) -> RecordingStore:
        """The recordings."""
        return RecordingStore(self.settings.data_dir)

    @cached_property
    def secrets(self) -> Secrets:
        """This installation's secrets."""
        return secrets_of(self.settings.data_dir, self.settings.operator_extensions)

    @cached_property
    def policy(self) -> CallbackPolicy:
        """When citizens may be phoned back."""
        return CallbackPolicy()

    @cached_property
    def catalogue(self) -> catalogue.Catalogue:
        """The texts and recorded pieces of the line."""
        return catalogue.load(self.settings.recorded_voice)

    @cached_property
    def voice(self) -> Voice:
        """Sentences to sound files, in the folder that Asterisk plays from."""
        return Voice(self.settings.sounds_dir, self.catalogue, synthesiser_of(self.settings))

    @cached_property
    def announcement(self) -> Announcement:
        """What is said when the records cannot be read."""
        return Announcement(self.settings.sounds_dir, self._compose)

    @cached_property
    def drafting(self) -> Drafting:
        """Suggestions and alarms for the messages."""
        rules_dir, cache_dir = self.settings.rules_dir, self.settings.cache_dir
        rules = cache(lambda: rules_in_force(rules_dir, cache_dir))  # a street that changed changes no rule
        return Drafting(lambda register: Understander(register, rules()))

    def site(self) -> Site:
        """What Asterisk's configuration is rendered from; finds or installs Asterisk on the way."""
        settings = self.settings
        return Site(
            installation=find_or_install(settings.cache_dir),
            etc=settings.data_dir / "asterisk" / "etc",
            var=settings.data_dir / "asterisk" / "var",
            spool=settings.spool_dir,
            sounds=settings.sounds_dir,
            sip_host=settings.sip_host,
            sip_port=settings.sip_port,
            rtp_start=settings.rtp_start,
            rtp_end=settings.rtp_end,
            ami_port=settings.ami_port,
            ami_user=AMI_USER,
            ami_secret=self.secrets.ami_secret,
            agi_port=settings.agi_port,
            operators=tuple(self.secrets.operators.items()),
            trunk=Trunk(
                settings.trunk_host,
                settings.trunk_port,
                settings.trunk_user,
                settings.trunk_secret,
                tuple(filter(None, settings.trunk_numbers.split(","))),
            ),
            call_limit=settings.max_calls,
            user=ASTERISK_USER if os.geteuid() == 0 else "",
        )

    def line_server(self) -> LineServer:
        """The FastAGI server."""
        return LineServer(
            "127.0.0.1",
            self.settings.agi_port,
            self.calls(),
            max_calls=self.settings.max_calls,
            asterisk_uid=pwd.getpwnam(ASTERISK_USER).pw_uid if os.geteuid() == 0 else None,
        )

    def calls(self) -> Calls:
        """What carries a call, in the server and in the stand-alone script."""
        return Calls(
            spool=self.spool,
            speak=self.voice.speak,
            tone=self.settings.sounds_dir / TONE,
            consult=Consultant(self.records, self.announcement.last, self.settings.consult_seconds),
            clock=health.now,
            can_record=lambda: self.spool.can_record(self.settings.min_free_mb),
            flows=FLOWS,
        )

    def dialer(self) -> Dialer:
        """Feedback calls through Asterisk."""
        settings = self.settings
        return Dialer(
            AmiLogin("127.0.0.1", settings.ami_port, AMI_USER, self.secrets.ami_secret),
            caller_id=settings.caller_id,
            ring_seconds=settings.ring_seconds,
            at_once=settings.callbacks_at_once,
            per_hour=settings.callbacks_per_hour,
        )

    def panel(self) -> PanelParts:
        """What the panel works with."""
        return PanelParts(
            records=self.records,
            store=self.store,
            secret_key=self.secrets.panel_key,
            clock=health.now,
            line_state=self.line_state,
            policy=self.policy,
            preview=self.text_of_outage,
            text_of=self.text_of,
            https=self.settings.panel_https,
        )

    def line_state(self) -> LineState:
        """How the line is, for the strip on every page of the panel; looked at anew after ``STATE_KEPT``."""
        at = health.now()
        if self._state is None or not self._state[0] <= at < self._state[0] + STATE_KEPT:
            self._state = (at, self._look(at))
        return self._state[1]

    def _look(self, at: datetime) -> LineState:
        settings = self.settings
        model = ready.read(settings.recogniser_state)
        with self.records() as session:
            behind = backlog(session)
        return LineState(
            asterisk_up=health.asterisk(settings).ok,
            line_up=health.line(settings).ok,
            recogniser="ready" if health.model(settings).ok else "none",
            recogniser_name=f"{model.engine}, {model.model}" if model and model.ready else "",
            advice=model.advice if model and health.alive(model.pid) else "Розпізнавання не запущено.",
            waiting=behind.waiting,
            oldest_waiting=behind.oldest,
            lag_seconds=(at - behind.oldest).total_seconds() if behind.oldest else 0.0,
            disk_ok=health.disk(settings).ok,
            disk_free_mb=shutil.disk_usage(settings.data_dir).free // 1_000_000,
        )

    def text_of(self, say: Say) -> str:
        """A sentence of the line as people read it."""
        return text_of(say, self.catalogue)

    def text_of_outage(self, outage: Outage) -> str:
        """What the line would say about an outage."""
        sentences = [self.text_of(sentence).rstrip(".") for sentence in outage_sentences(outage)]
        return " ".join(f"{sentence[:1].upper()}{sentence[1:]}." for sentence in sentences)

    def _compose(self, sentences: tuple[Say, ...], target: Path) -> None:
        sounds = [wav.read_pcm(self.voice.speak(sentence))[0] for sentence in sentences]
        wav.write(target, wav.join(sounds, SENTENCE_GAP_MS))


def synthesiser_of(settings: Settings) -> Synthesiser | None:
    """The speech engine of the settings; ``auto`` takes the best one that works here."""
    makers: dict[str, Callable[[], Synthesiser]] = {"rhvoice": RHVoice, "espeak": EspeakNg}
    if settings.piper_voice is not None:
        voice = settings.piper_voice
        makers = {"piper": lambda: Piper(voice), **makers}
    if settings.synthesiser == "auto":
        engines = [maker() for maker in makers.values()]
        return next((engine for engine in engines if engine.available()), None)
    maker = makers.get(settings.synthesiser)
    return maker() if maker else None
