"""From the goodbye to the draft: ``python bench/draft_time.py``. Whisper base, messages of 5, 15 and 30 seconds.

A virtual citizen dials a private line, once per message and repetition; the middle one of three is printed. The whole
takes about eight minutes.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from load import machine
from load.outcome import written_at

from asterisk_conf.installer import find_or_install
from db.models import Call
from hotline.private import PrivateLine, private_line
from hotline.settings import Settings
from hotline.speech_model import ensure_model
from hotline.virtual_call import Wish, virtual_call
from sound import wav

CLIPS = sorted((Path(__file__).parent.parent / "tests" / "data" / "speech").glob("*.wav"))
MESSAGES_S = (5, 15, 30)
REPETITIONS = 3
PAUSE_MS = 300


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds from the hang-up; ``row`` as the records were written, ``draft`` as the words stood there."""

    row: float
    draft: float


@click.command()
@click.option("--repetitions", type=click.IntRange(1), default=REPETITIONS, show_default=True)
def main(*, repetitions: int) -> None:
    """Measure and print."""
    settings = Settings(_env_file=None, recogniser="whisper")
    if not ensure_model(settings, click.echo):
        raise click.ClickException("Whisper base is not here")
    for fact in machine.describe(find_or_install(settings.cache_dir).program):
        click.echo(fact)
    click.echo("\n| message, s | goodbye to row, s | goodbye to draft, s | all drafts, s | load |")
    click.echo("|---|---|---|---|---|")
    with (
        tempfile.TemporaryDirectory(prefix="draft-time-") as folder,
        private_line(settings, lambda _words: None) as line,
    ):
        for seconds in MESSAGES_S:
            speech = Path(folder) / f"{seconds}.wav"
            wav.write(speech, _message(seconds))
            timings = list(_calls(line, speech, repetitions))
            row, draft = (statistics.median(getattr(each, name) for each in timings) for name in ("row", "draft"))
            every = " ".join(f"{each.draft:.2f}" for each in sorted(timings, key=lambda each: each.draft))
            click.echo(f"| {seconds} | {row:.2f} | {draft:.2f} | {every} | {machine.load().split()[0]} |")


def _message(seconds: float) -> Any:
    """Different sentences of several speakers, one after the other; cut off when the time is over."""
    samples = wav.join([wav.read_pcm(clip)[0] for clip in CLIPS], PAUSE_MS)
    return samples[: round(seconds * wav.RATE)]


def _calls(line: PrivateLine, speech: Path, repetitions: int) -> Iterator[Timing]:
    for n in range(repetitions):
        told = virtual_call(line.parts, Wish(speech, "2", f"050765432{n}"), lambda _words: None)
        with line.parts.records() as session:
            call = session.get_one(Call, told["call"]["id"])
            written = written_at(line, call)
            if call.ended_at is None or written is None:
                raise click.ClickException("a finished call is not filed")
            yield Timing(written - call.ended_at.timestamp(), told["timings"]["hangup_to_draft_s"])


if __name__ == "__main__":
    main()
