"""What became of the calls: the citizens' side beside the city's records and the recordings on the disk."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sqlalchemy import func, select

from db.models import Call, Recording
from db.recordings import NoSuchRecording
from db.wav_length import length_of
from hotline.private import PrivateLine
from load.citizens import Citizen

SETTLED_S = 30.0
"""How long the rows of the last calls are waited for."""
LOOK_S = 0.2
KEY_HELD_S = 0.14
MAY_LACK_S = 1.0
"""A recording may be so much shorter than the citizen spoke: gaps between our sentences, the block that is written
last. More is sound that was lost."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One call in the records. ``written`` is when its row was there, seconds since the epoch like all moments."""

    by_dialplan: bool
    began: float
    written: float | None
    recordings: tuple[float, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The calls of one step. ``faults`` is empty when every answered citizen was recorded and is one whole row."""

    citizens: Sequence[Citizen]
    kept: dict[str, Kept]
    faults: Counter[str]

    @property
    def answered(self) -> list[Citizen]:
        """Whose call was answered."""
        return [citizen for citizen in self.citizens if citizen.answered is not None]

    @property
    def at_once(self) -> int:
        """The most calls that were up together."""
        ends = [(citizen.answered, 1) for citizen in self.answered]
        ends += [(citizen.hung_up, -1) for citizen in self.answered if citizen.hung_up]
        return int(max(np.cumsum([step for _, step in sorted(ends)]), default=0))

    def to_answer(self) -> list[float]:
        """From dialling to the answer."""
        return [citizen.answered - citizen.dialled for citizen in self.answered if citizen.answered]

    def to_flow(self) -> list[float]:
        """From dialling to the first line of our journal: about when the greeting begins."""
        pairs = ((citizen, self.kept.get(citizen.number)) for citizen in self.answered)
        return [kept.began - citizen.dialled for citizen, kept in pairs if kept and not kept.by_dialplan]

    def to_row(self) -> list[float]:
        """From the goodbye to the row of the call."""
        pairs = ((citizen.hung_up, self.kept.get(citizen.number)) for citizen in self.answered)
        return [kept.written - hung for hung, kept in pairs if hung and kept and kept.written]

    def recorded_seconds(self) -> list[float]:
        """Length of every recording."""
        return [seconds for kept in self.kept.values() for seconds in kept.recordings]


def look(line: PrivateLine, citizens: Sequence[Citizen]) -> Outcome:
    """Wait until the calls are rows, at most ``SETTLED_S``, then compare."""
    _wait_for_rows(line, [citizen.number for citizen in citizens if citizen.answered])
    kept, rows = _kept(line, citizens)
    faults = Counter(fault for each in kept.values() for fault in each.faults)
    for citizen in citizens:
        if citizen.answered is None:
            faults["not answered"] += 1
        elif rows[citizen.number] != 1:
            faults["no row" if not rows[citizen.number] else "several rows"] += 1
        if citizen.answered and not citizen.hung_up:
            faults["cut off by us"] += 1
    return Outcome(citizens, kept, faults)


def percentiles(seconds: Sequence[float], *which: float) -> list[float | None]:
    """Percentiles of some durations; None where nothing was measured."""
    return [float(np.percentile(seconds, each)) if seconds else None for each in which]


def _wait_for_rows(line: PrivateLine, numbers: Sequence[str]) -> None:
    deadline = time.monotonic() + SETTLED_S
    query = select(func.count()).select_from(Call).where(Call.caller.in_(numbers), Call.ended_at.is_not(None))
    while time.monotonic() < deadline:
        with line.parts.records() as session:
            if (session.scalar(query) or 0) >= len(numbers):
                return
        time.sleep(LOOK_S)  # another process writes the rows and SQLite tells nobody


def _kept(line: PrivateLine, citizens: Sequence[Citizen]) -> tuple[dict[str, Kept], Counter[str]]:
    spoken = {citizen.number: citizen for citizen in citizens}
    kept: dict[str, Kept] = {}
    rows: Counter[str] = Counter()
    with line.parts.records() as session:
        for call in session.scalars(select(Call).where(Call.caller.in_(spoken))):
            rows[call.caller] += 1
            lengths, faults = _check(line, call, spoken[call.caller])
            kept[call.caller] = Kept(
                call.by_dialplan, call.started_at.timestamp(), written_at(line, call), lengths, faults
            )
    return kept, rows


def _check(line: PrivateLine, call: Call, citizen: Citizen) -> tuple[tuple[float, ...], tuple[str, ...]]:
    lengths: list[float] = []
    faults: list[str] = []
    for recording in call.recordings:
        try:
            found = length_of(line.parts.store.path(call.id, recording.file))
        except NoSuchRecording:
            faults.append("recording missing on the disk")
            continue
        lengths.append(found.seconds)
        faults += _faults_of(recording, found.seconds, found.final)
    if call.ended_at is None:
        faults.append("call without an end")
    if not lengths:
        faults.append("not recorded")
    elif sum(lengths) < _spoke(line.settings.sounds_dir, citizen, call) - MAY_LACK_S:
        faults.append("recording too short")
    if (
        call.result != "lost"
        and call.entries
        and not any(entry.entry["reply"].get("keys") == "2" for entry in call.entries)
    ):
        faults.append("key not taken")
    return tuple(lengths), tuple(faults)


def _faults_of(recording: Recording, seconds: float, final: bool) -> list[str]:
    faults = [] if final else ["recording not finished"]
    if abs(recording.seconds - seconds) > MAY_LACK_S / 10:
        faults.append("row and recording differ in length")
    if recording.sha256 is None:
        faults.append("recording without a checksum")
    return faults


def _spoke(sounds: Path, citizen: Citizen, call: Call) -> float:
    """Seconds between the tone and the goodbye. Nothing is promised to whose call was torn when our server died."""
    if citizen.hung_up is None or citizen.answered is None or citizen.pressed is None or call.result == "lost":
        return 0.0
    prompt, since = "leave_message", citizen.pressed + KEY_HELD_S
    if call.by_dialplan:
        prompt, since = "limited_service", citizen.answered
    return citizen.hung_up - since - sum(length_of(sounds / f"{name}.wav").seconds for name in (prompt, "tone"))


def written_at(line: PrivateLine, call: Call) -> float | None:
    """When the row was committed, a moment later at most: what the ingest does next is to move the call's folder away
    from the spool or, after a call of the dialplan, to remove the recording's second link; either changes a ctime."""
    folder = line.parts.store.folder(call.id)
    if folder is None or not folder.is_relative_to(line.parts.store.archive):
        return None
    file = folder / "fallback.wav"
    changed = file if call.by_dialplan and file.exists() else folder
    return changed.stat().st_ctime
