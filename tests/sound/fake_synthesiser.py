"""A speech engine for tests."""

from __future__ import annotations

from pathlib import Path

from sound import wav
from sound.synthesis import SynthesisFailed


class FakeSynthesiser:
    """Says anything with a short tone; ``spoken`` lists what it was asked to say."""

    def __init__(self, name: str = "fake:uk") -> None:
        self.name = name
        self.installed = True
        self.broken = False
        self.spoken: list[str] = []

    def available(self) -> bool:
        return self.installed

    def speak(self, text: str, path: Path) -> None:
        self.spoken.append(text)
        if self.broken:
            raise SynthesisFailed("the fake is told to fail")
        wav.write(path, wav.tone())
