"""Fetch a language's small Vosk model into a folder, with Vosk's own downloader: ``python -m transcribe.fetch_vosk``.

A process of its own, started by :func:`transcribe.models.download_vosk`: Vosk's downloader knows no time limit, prints
progress, and calls ``sys.exit`` when it does not know a language. Loading the model at the end proves it whole.
"""

from __future__ import annotations

import sys
from pathlib import Path

import vosk


def main(language: str, folder: str) -> None:
    """Download into ``folder``; a failure is Vosk's or requests' own exception and a non-zero exit."""
    # Vosk keeps the list of places as a module variable and downloads into the last of them.
    vosk.MODEL_DIRS[:] = [Path(folder)]
    vosk.Model(lang=language)


if __name__ == "__main__":
    main(*sys.argv[1:])
