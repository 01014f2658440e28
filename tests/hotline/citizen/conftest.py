"""Voices for virtual citizens and a way to see that a process is gone."""

import os
import select
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sound import wav

SOUNDS = Path(__file__).parents[3] / "ivr_flows" / "sounds" / "uk"


@pytest.fixture
def voice(tmp_path: Path) -> Path:
    """Two seconds of a real voice."""
    samples, rate = wav.read_pcm(SOUNDS / "appeal_accepted.wav")
    file = tmp_path / "voice.wav"
    wav.write(file, samples[: 2 * rate], rate)
    return file


@pytest.fixture
def another_voice(tmp_path: Path) -> Path:
    """Two seconds of a voice that says something else."""
    samples, rate = wav.read_pcm(SOUNDS / "air_raid.wav")
    file = tmp_path / "another_voice.wav"
    wav.write(file, samples[: 2 * rate], rate)
    return file


@pytest.fixture
def voice_and_tone(tmp_path: Path) -> Path:
    """A sentence that ends with the recording tone, as the line says it: voice, tone, a little silence."""
    samples, _ = wav.read_pcm(SOUNDS / "appeal_accepted.wav")
    file = tmp_path / "voice_and_tone.wav"
    wav.write(file, np.concatenate([samples[: 2 * wav.RATE], wav.silence(200), wav.tone(), wav.silence(500)]))
    return file


@pytest.fixture
def is_gone() -> Callable[[int], bool]:
    """Waits for the end of a process that is no child of ours."""

    def wait(pid: int) -> bool:
        try:
            handle = os.pidfd_open(pid)
        except ProcessLookupError:
            return True
        try:
            return bool(select.select([handle], [], [], 20)[0])
        finally:
            os.close(handle)

    return wait
