"""Which sound file comes next? The following sentence is made while this one is heard."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import structlog

from ivr_flows.commands import Say

Speak = Callable[[Say], Path]
"""A sentence's sound file; raises whatever it likes when the sentence cannot be spoken. Called from other threads."""

log = structlog.get_logger()


def files_of(sentences: Sequence[Say], speak: Speak) -> Generator[Path, None, None]:
    """The sentences' files in order, each one ready before its turn comes; what cannot be spoken is left out.

    A key pressed while no file plays is lost to Asterisk, so the gap between two sentences must stay short.
    """
    if len(sentences) < 2:
        yield from (file for say in sentences if (file := _file(say, speak)))
        return
    ahead = ThreadPoolExecutor(1, "next-sentence")
    try:
        coming = ahead.submit(_file, sentences[0], speak)
        for following in (*sentences[1:], None):
            file = coming.result()
            if following is not None:
                coming = ahead.submit(_file, following, speak)
            if file:
                yield file
    finally:  # the caller pressed a key or hung up: nobody waits for a sentence that will not be heard
        ahead.shutdown(wait=False, cancel_futures=True)


def _file(say: Say, speak: Speak) -> Path | None:
    try:
        return speak(say)
    except Exception as error:
        log.warning("A sentence cannot be spoken, the call goes on without it", said=_names(say), error=str(error))
        return None


def _names(say: Say) -> str:
    """The kinds of parts only: a street and a house are somebody's address."""
    return " ".join(getattr(part, "key", type(part).__name__) for part in say.parts)
