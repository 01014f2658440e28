"""How fast is recognition here, and how much memory does it take? ``python bench/recognition.py --engine whisper``.

One engine a process, because memory is counted for the process. The words are printed on demand, to be judged by ear.
"""

from __future__ import annotations

import resource
import time
from pathlib import Path

import click
import numpy as np

from transcribe.models import choose
from transcribe.recognizer import Heard, NoModel, Recognizer, Sound

CLIPS = Path(__file__).parent.parent / "tests" / "data" / "speech"
CACHE = Path(__file__).parent.parent / "var" / "models"


@click.command()
@click.option("--engine", type=click.Choice(["vosk", "whisper"]), default="whisper", show_default=True)
@click.option("--vosk-model", type=click.Path(path_type=Path), help="A Vosk model's folder.")
@click.option("--cache", type=click.Path(path_type=Path), default=CACHE, show_default=True)
@click.option("--sounds", type=click.Path(path_type=Path, exists=True), default=CLIPS, help="Folder of WAV files.")
@click.option("--joined", is_flag=True, help="All files as one long recording with pauses of a second.")
@click.option("--words", is_flag=True, help="Print what was heard.")
def main(*, engine: str, vosk_model: Path | None, cache: Path, sounds: Path, joined: bool, words: bool) -> None:
    """Load one engine, recognise every WAV of a folder, print time and memory."""
    bare = _resident_mb()
    began = time.perf_counter()
    try:
        recognizer = choose(engine, vosk_model, cache)  # type: ignore[arg-type]  # click.Choice checked it
    except NoModel as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{recognizer.engine} {recognizer.model}: loaded in {time.perf_counter() - began:.2f} s")
    click.echo(f"memory: {bare:.0f} MB before, {_resident_mb():.0f} MB with the model")
    heard = [_recognise(recognizer, sound, words) for sound in _sounds(sounds, joined)]
    audio, took = sum(each.audio_seconds for each in heard), sum(each.took_seconds for each in heard)
    click.echo(f"{len(heard)} recordings, {audio:.0f} s of sound in {took:.1f} s: real-time factor {took / audio:.2f}")
    click.echo(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _sounds(folder: Path, joined: bool) -> list[Sound]:
    sounds = [Sound.read(path) for path in sorted(folder.glob("*.wav"))]
    return [_joined(sounds)] if joined else sounds


def _joined(sounds: list[Sound]) -> Sound:

    pause = np.zeros(sounds[0].rate, np.int16)
    return Sound(np.concatenate([part for sound in sounds for part in (sound.samples, pause)]), sounds[0].rate)


def _recognise(recognizer: Recognizer, sound: Sound, words: bool) -> Heard:
    heard = recognizer.recognise(sound)
    if words:
        click.echo(f"  {heard.state}: {heard.text}  {heard.note}")
    return heard


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024**2


if __name__ == "__main__":
    main()
