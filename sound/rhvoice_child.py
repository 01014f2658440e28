"""The process that speaks with RHVoice: ``python rhvoice_child.py VOICE OUT.WAV``, text on standard input.

A program of its own, because the library is C++ inside Python: should it crash, the calls live on.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Speak standard input into the file."""
    from rhvoice_wrapper import TTS  # noqa: PLC0415 - the wrapper is installed only where RHVoice is used

    voice, out = sys.argv[1:]
    tts = TTS(threads=1, quiet=True)
    if voice.casefold() not in (name.casefold() for name in tts.voices):
        # RHVoice itself would quietly take another voice, perhaps of another language.
        sys.exit(f"no voice {voice}, installed are {', '.join(tts.voices)}")
    tts.to_file(filename=out, text=sys.stdin.read(), voice=voice, format_="wav")
    tts.join()


if __name__ == "__main__":
    main()
