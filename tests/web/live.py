"""A citizen speaks while a test looks at the panel: the rows are driven as the ingest and a worker drive them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from db import alarms, call_rows, drafts, growing, live, transcripts
from db.addresses import Place, street_text
from db.alarms import Danger
from db.drafts import Suggested
from db.models import Call
from hotline.drafting import Drafting
from sound import wav
from tests.web.city import City, tone

WORKER = "city:1"
FILE = "2-appeal.wav"
WORD_S = 0.5
"""How long a word lasts here."""


class LiveCall:
    """One message that is being spoken. With ``drafting`` it is understood by the real rules, as the worker has it."""

    def __init__(
        self,
        city: City,
        caller: str = "380501234567",
        call_id: str = "ast-1800000001.1",
        drafting: Drafting | None = None,
    ) -> None:
        self.city = city
        self.drafting = drafting
        self.id = call_id
        self.heard: list[dict[str, Any]] = []
        folder = city.store.spool / call_id
        folder.mkdir(parents=True)
        wav.write(folder / FILE, tone(2.0))
        with city.records() as session:
            call = Call(id=call_id, line="asterisk", direction="in", flow="hotline_1580", flow_version=1, caller=caller)
            call.receipt, call.started_at = "32709995", city.now
            session.add(call)
            (recording,) = growing.take(session, call, [folder / FILE], city.now)
            assert transcripts.claim(session, recording.id, city.now, WORKER)
            self.recording = recording.id
            session.commit()

    @property
    def appeal(self) -> int:
        with self.city.records() as session:
            appeal = session.get_one(Call, self.id).appeal
            assert appeal is not None, "nothing has been said yet"
            return appeal.id

    def says(self, text: str, *, unsure: str = "") -> None:
        """More words; the worker passes them on."""
        for word in text.split():
            start = len(self.heard) * WORD_S
            conf = 0.3 if word == unsure else 0.93
            self.heard.append({"word": word, "start": start, "end": start + 0.4, "conf": conf, "channel": 0})
        with self.city.records() as session:
            seconds = len(self.heard) * WORD_S
            assert live.keep_words(
                session, self.recording, self.heard, heard_seconds=seconds, by=WORKER, at=self.city.now
            )
            if self.drafting:
                self.drafting.partial(session, self.recording, [word["word"] for word in self.heard], self.city.now)
            session.commit()

    def alarms(self, dial: str, words: str, why: str) -> None:
        with self.city.records() as session:
            alarms.raise_alarms(session, self.recording, [Danger(dial, words, why)], self.city.now)
            session.commit()

    def hangs_up(
        self, suggested: Sequence[Suggested] = (), *, written: str = "", state: str = "recognised", note: str = ""
    ) -> None:
        """The end: the ingest completes the row, the worker keeps the words and makes the draft."""
        at, seconds = self.city.now, len(self.heard) * WORD_S
        path = self.city.store.spool / self.id / FILE
        wav.write(path, tone(seconds))
        with self.city.records() as session:
            call = session.get_one(Call, self.id)
            call_rows.add_recording(session, call, path, name="appeal", seconds=seconds, ended_by="hangup", at=at)
            call.ended_at, call.result = at + timedelta(seconds=1), "hung_up"
            text = " ".join(word["word"] for word in self.heard)
            kept = transcripts.keep(
                session,
                self.recording,
                engine="vosk",
                model="uk",
                state=state,
                text=text,
                words=self.heard,
                took_seconds=1.0,
                at=at,
                note=note,
            )
            assert kept is not None
            if self.drafting:
                self.drafting.final(session, self.recording, at)
            drafts.make_draft(session, self.recording, suggested, written=written or text, rules="rules-1", at=at)
            session.commit()


def address(
    street: str,
    house: str,
    spans: Sequence[tuple[int, int]],
    *,
    sure: bool,
    confidence: float,
    why: str = "",
    settlement: str = "Луцьк",
    street_id: int | None = None,
) -> Suggested:
    """A suggested place."""
    place = Place(street_text("вулиця", street, settlement), house, settlement=settlement, street_id=street_id)
    return Suggested("address", place.line(), place.line(), confidence, sure, spans, why, place.to_json())
