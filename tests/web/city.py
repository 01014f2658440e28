"""A small city with a panel: records in a SQLite file, a recording on the disk, two members of staff."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from db import appeal_moves, transcripts
from db.callbacks import CallbackPolicy
from db.engine import Records
from db.models import Appeal, Call, JournalEntry, Recording
from db.recordings import RecordingStore
from ivr_flows.commands import Ask, Prompt, Record, Say
from ivr_flows.questions import Outage
from ivr_flows.replies import Pressed, Reply, Taped
from ivr_flows.run import Entry
from sound import wav
from web.panel import LineState, PanelParts, create_app

NOON = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
"""A Monday, five past two in Kyiv."""

PASSWORD = "довгий пароль оператора"
ALL_WELL = LineState(
    asterisk_up=True,
    line_up=True,
    recogniser="ready",
    recogniser_name="vosk, uk",
    advice="",
    waiting=0,
    oldest_waiting=None,
    lag_seconds=0.0,
    disk_ok=True,
    disk_free_mb=52_000,
)
HEARD = "добрий день у нас на вулиці Конякіна двадцять чотири немає гарячої води"


@dataclass
class City:
    """What a test sees and changes: the clock, the state of the line, the records."""

    records: Records
    store: RecordingStore
    https: bool = False
    now: datetime = NOON
    line: LineState = ALL_WELL
    line_fails: bool = False
    apps: list[Flask] = field(default_factory=list)

    def app(self) -> Flask:
        """The panel; a new one each time, so that limits begin anew."""
        app = create_app(
            PanelParts(
                records=self.records,
                store=self.store,
                secret_key="a secret of the tests",
                clock=lambda: self.now,
                line_state=self._line_state,
                policy=CallbackPolicy(),
                preview=_preview,
                text_of=_text_of,
                https=self.https,
            )
        )
        self.apps.append(app)
        return app

    def line_is(self, **changes: Any) -> None:
        self.line = replace(self.line, **changes)

    def appeal(self, *, status: str = "draft", words: str = HEARD, caller: str = "380501234567") -> int:
        """An appeal whose recording was recognised (``draft``) or not yet (``new_recording``)."""
        with self.records() as session:
            call = self._call(session, caller)
            appeal = appeal_moves.begin(session, call, phone=caller, at=self.now)
            if status == "draft":
                recognise(session, call.recordings[0].id, words, self.now)
            session.commit()
            return appeal.id

    def read(self, appeal_id: int) -> Appeal:
        """The card as it stands now; close to nothing is loaded with it."""
        with self.records() as session:
            appeal = session.get_one(Appeal, appeal_id)
            _ = [move.by for move in appeal.moves], appeal.callbacks, appeal.category, appeal.executor
            return appeal

    def recording_of(self, appeal_id: int) -> int:
        with self.records() as session:
            return session.get_one(Appeal, appeal_id).call.recordings[0].id

    def _call(self, session: Session, caller: str) -> Call:
        number = session.query(Call).count() + 1
        call = Call(
            id=f"ast-17000000{number:02}.1",
            line="asterisk",
            direction="in",
            flow="hotline_1580",
            flow_version=1,
            caller=caller,
            receipt=f"3270{number:03}5",
            started_at=self.now - timedelta(minutes=1),
            ended_at=self.now,
            result="hung_up",
        )
        call.recordings.append(
            Recording(name="appeal", file="2-appeal.wav", seconds=6.0, ended_by="hangup", made_at=self.now)
        )
        call.entries.extend(_journal(self.now))
        session.add(call)
        session.flush()
        folder = self.store.spool / call.id
        folder.mkdir(parents=True)
        wav.write(folder / "2-appeal.wav", tone(6.0))
        return call

    def _line_state(self) -> LineState:
        if self.line_fails:
            raise OSError("nobody answers")
        return self.line


def recognise(session: Session, recording_id: int, text: str, at: datetime, unsure: int | None = 3) -> None:
    """Words of half a second each; the one with number ``unsure`` was hardly understood."""
    transcripts.claim(session, recording_id, at)
    words = [
        {"word": word, "start": n * 0.5, "end": n * 0.5 + 0.4, "conf": 0.31 if n == unsure else 0.93}
        for n, word in enumerate(text.split())
    ]
    transcripts.keep(
        session,
        recording_id,
        engine="vosk",
        model="uk",
        state="recognised",
        text=text,
        words=words,
        took_seconds=1.0,
        at=at,
    )


@dataclass
class Staff:
    """A member of staff at the panel: a client that fills in CSRF tokens as a browser does."""

    client: FlaskClient

    def log_in(self, login: str = "olena", password: str = PASSWORD) -> TestResponse:
        return self.post("/login", {"login": login, "password": password}, page="/login")

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, **options)

    def post(self, path: str, fields: Mapping[str, str], *, page: str | None = None, **options: Any) -> TestResponse:
        """Send a form with the token of ``page`` (the form's own address when not given)."""
        token = csrf_token(self.get(page or path).text)
        return self.client.post(path, data={**fields, "csrf_token": token}, **options)

    def card(self, appeal_id: int) -> dict[str, str]:
        """The fields of a card's form as the page shows them."""
        page = self.get(f"/appeals/{appeal_id}").text
        return {
            name: field_of(page, name) for name in ("version", "began", "applicant", "phone", "street", "house", "text")
        }

    def press(self, appeal_id: int, act: str, **fields: str) -> TestResponse:
        """Open a card, write ``fields`` into it and press a button."""
        path = f"/appeals/{appeal_id}"
        return self.post(path, {**self.card(appeal_id), "act": act, **fields}, follow_redirects=True)


def csrf_token(page: str) -> str:
    found = re.search(r'name="csrf_token" (?:type="hidden" )?value="([^"]+)"', page)
    return found.group(1) if found else ""


def field_of(page: str, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page) or re.search(
        rf'<textarea[^>]*name="{name}"[^>]*>\r?\n?([^<]*)</textarea>', page
    )
    return html.unescape(found.group(1)) if found else ""


def _journal(at: datetime) -> list[JournalEntry]:
    said = (Say((Prompt("welcome"),)), Say((Prompt("main_menu"),)))
    replies: list[tuple[tuple[Say, ...], Ask | Record, Reply]] = [
        (said, Ask("main_menu"), Pressed("2")),
        ((Say((Prompt("leave_message"),)),), Record("appeal"), Taped("2-appeal.wav", 6.0, "hangup")),
    ]
    return [
        JournalEntry(n=n, at=at, entry=Entry(n, sentences, command, reply).to_json())
        for n, (sentences, command, reply) in enumerate(replies, start=1)
    ]


def tone(seconds: float) -> np.ndarray[Any, np.dtype[np.int16]]:
    time = np.arange(int(seconds * 8000)) / 8000
    return (6000 * np.sin(2 * np.pi * 300 * time) * np.abs(np.sin(2 * np.pi * time))).astype(np.int16)


def _text_of(say: Say) -> str:
    texts = {"welcome": "Вітаємо!", "main_menu": "Щоб залишити звернення, натисніть два."}
    return " ".join(texts.get(part.key, part.key) for part in say.parts if isinstance(part, Prompt))


def _preview(outage: Outage) -> str:
    places = "; ".join(
        f"{place.street_kind} {place.street} {' '.join(place.houses)}".strip() for place in outage.places
    )
    return f"{outage.kind} {outage.effect}: {places or 'усе місто'}. {outage.remark}".strip()
