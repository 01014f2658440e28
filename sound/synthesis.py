"""Text to speech: one port, three engines.

Every engine runs as a process of its own with the text on its standard input: a crash or a hang of foreign code ends
in :class:`SynthesisFailed` and never in a lost call, and no text ever stands on a command line.
"""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from sound import rhvoice_child, wav

TIMEOUT_S = 5.0
"""A caller hears silence meanwhile. A sentence takes espeak-ng 10 ms, RHVoice 0.3 s."""
PIPER_TIMEOUT_S = 15.0
"""Piper loads its voice for each sentence."""
MAX_TEXT = 2000
"""Characters; about two minutes of speech."""
ESPEAK_SPEED = 145
"""Words per minute; the default of 175 is hurried on a telephone."""


class SynthesisFailed(Exception):
    """The engine is not installed, crashed, hangs, or an administrator set a voice that does not exist."""


class Synthesiser(Protocol):
    """One engine with one voice."""

    @property
    def name(self) -> str:
        """Engine and voice (``rhvoice:anatol``): part of the key of cached sentences."""

    def available(self) -> bool:
        """Is all that the engine needs installed? Quick; nothing is spoken."""

    def speak(self, text: str, path: Path) -> None:
        """Write ``text`` (numbers already in words) as an 8 kHz PCM16 mono WAV.

        Raises:
            SynthesisFailed: see there. Nothing is left at ``path``.
            OSError: ``path`` cannot be written.
        """


class EspeakNg:
    """espeak-ng: in every distribution, quick, a robot's voice. The last resort and the engine of the tests."""

    name = "espeak-ng:uk"

    def available(self) -> bool:
        """The program is on PATH."""
        return shutil.which("espeak-ng") is not None

    def speak(self, text: str, path: Path) -> None:
        """See :class:`Synthesiser`."""
        _speak(
            lambda out: ["espeak-ng", "-v", "uk", "-b", "1", "-s", str(ESPEAK_SPEED), "--stdin", "-w", str(out)],
            *(text, path, TIMEOUT_S),
        )


class RHVoice:
    """RHVoice through its Python wrapper: the best Ukrainian voices that run offline on a small machine.

    Args:
        voice: a Ukrainian voice of RHVoice: ``anatol``, ``natalia``, ``volodymyr``, ``marianna``.
    """

    def __init__(self, voice: str = "anatol") -> None:
        self.voice = voice
        self.name = f"rhvoice:{voice}"

    def available(self) -> bool:
        """The wrapper and either the library or the package that carries one are installed."""
        library = find_spec("rhvoice_wrapper_bin") or ctypes.util.find_library("RHVoice")
        return find_spec("rhvoice_wrapper") is not None and (library is not None or "RHVOICELIBPATH" in os.environ)

    def speak(self, text: str, path: Path) -> None:
        """See :class:`Synthesiser`."""
        child = str(Path(rhvoice_child.__file__))
        _speak(lambda out: [sys.executable, "-P", child, self.voice, str(out)], text, path, TIMEOUT_S)


class Piper:
    """Piper with a voice file the administrator downloaded.

    Args:
        voice: the ``.onnx`` file; its ``.onnx.json`` lies beside it.
    """

    def __init__(self, voice: Path) -> None:
        self.voice = voice
        self.name = f"piper:{voice.stem}"

    def available(self) -> bool:
        """The voice and either the Python package or the program are there."""
        return self.voice.is_file() and (find_spec("piper") is not None or shutil.which("piper") is not None)

    def speak(self, text: str, path: Path) -> None:
        """See :class:`Synthesiser`."""
        program = [sys.executable, "-P", "-m", "piper"] if find_spec("piper") else ["piper"]
        _speak(
            lambda out: [*program, "--model", str(self.voice), "--output_file", str(out)],
            *(text, path, PIPER_TIMEOUT_S),
        )


def speakable(text: str) -> bool:
    """Is there a word in it, and not too many of them? The engine is not to blame for any other text."""
    return len(text) <= MAX_TEXT and any(character.isalnum() for character in text)


def _speak(command_for: Callable[[Path], Sequence[str]], text: str, path: Path, timeout_s: float) -> None:
    """Run the engine into a temporary file, bring that to 8 kHz, put it in its place."""
    line = " ".join(text.split())
    if not speakable(line):
        raise SynthesisFailed(f"a text of {len(line)} characters cannot be spoken")
    with tempfile.TemporaryDirectory(prefix="hotline-speech-") as folder:
        out = Path(folder) / "out.wav"
        _run(command_for(out), line, timeout_s)
        try:
            samples, rate = wav.read_pcm(out)
        except wav.UnusableSound as error:
            raise SynthesisFailed(f"the engine left no sound: {error}") from error
    if not len(samples):
        raise SynthesisFailed("the engine left an empty sound")
    wav.write(path, wav.resample(samples, rate))


def _run(command: Sequence[str], text: str, timeout_s: float) -> None:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    try:
        subprocess.run(
            command, input=text.encode(), capture_output=True, timeout=timeout_s, check=True, env=environment
        )
    except subprocess.TimeoutExpired as error:
        raise SynthesisFailed(f"{command[0]} said nothing for {timeout_s:g} s") from error
    except subprocess.CalledProcessError as error:
        last_words = error.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise SynthesisFailed(f"{command[0]} ended with {error.returncode}: {' '.join(last_words)}") from error
    except OSError as error:
        raise SynthesisFailed(f"{command[0]} cannot be started: {error.strerror}") from error
