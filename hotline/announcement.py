"""The last known announcement: what the line says to everyone when the city's records cannot be read.

Kept twice beside the sounds: as JSON for our own line, and as one sound file for the dialplan alone. Both carry
their end: a past hour is never promised (DOMAIN 5.3).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from ivr_flows import codec
from ivr_flows.commands import Prompt, Say
from ivr_flows.outage_sentences import outage_sentences
from ivr_flows.questions import OutageList

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Announcement:
    """Args:
    folder: where Asterisk finds the sounds.
    compose: one sound file of several sentences at the given path; raises when it cannot be said.
    """

    folder: Path
    compose: Callable[[tuple[Say, ...], Path], None]

    def keep(self, outages: OutageList, until: datetime | None) -> None:
        """Remember what is valid until ``until``; nothing to say forgets the old one."""
        if not outages.outages or until is None:
            self.forget()
            return
        text = json.dumps({"until": until.isoformat(), "outages": codec.to_json(outages)}, ensure_ascii=False)
        if self._json.exists() and self._json.read_text() == text and self._sound.exists():
            return
        sentences = [Say((Prompt("notices_intro"),))]
        for outage in outages.outages:
            sentences.extend(outage_sentences(outage))
        self.compose(tuple(sentences), self._sound)
        fresh = self._json.with_suffix(".new")
        fresh.write_text(text)
        fresh.replace(self._json)

    def last(self, at: datetime) -> OutageList | None:
        """What was last known, or None when there was nothing or it is over."""
        try:
            kept = json.loads(self._json.read_text())
            if at >= datetime.fromisoformat(kept["until"]):
                return None
            answer = codec.from_json(kept["outages"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, codec.UnreadableJournal) as error:
            log.warning("the last known announcement cannot be read, the call goes on without it", error=str(error))
            return None
        return answer if isinstance(answer, OutageList) else None

    def expire(self, at: datetime) -> None:
        """Take the sound away when its time is over or not known, so that the dialplan alone never plays it."""
        if self.last(at) is None:
            self.forget()

    def forget(self) -> None:
        """There is nothing to announce."""
        self._sound.unlink(missing_ok=True)
        self._json.unlink(missing_ok=True)

    @property
    def _json(self) -> Path:
        return self.folder / "announcement.json"

    @property
    def _sound(self) -> Path:
        return self.folder / "announcement.wav"
