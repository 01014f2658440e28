"""The outline of a sound."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BARS = 600
"""How many values outline a whole recording, whatever its length."""

QUIETEST_FULL_SCALE = 0.1
"""Telephone speech is quiet: the outline is drawn as if its loudest moment, at least this loud, were full scale."""


def peaks(samples: NDArray[np.int16]) -> list[float]:
    """At most ``BARS`` values from 0 to 1; none for no sound."""
    if not len(samples):
        return []
    loudness = np.abs(samples.astype(np.float32)) / 32768
    edges = np.linspace(0, len(loudness), min(BARS, len(loudness)), endpoint=False, dtype=np.int64)
    outline = np.maximum.reduceat(loudness, edges)
    return [round(float(value), 3) for value in outline / max(float(outline.max()), QUIETEST_FULL_SCALE)]
