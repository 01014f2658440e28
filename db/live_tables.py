"""The table of live recognition: what has been heard of a recording so far."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.models import Base, Recording


class LiveWords(Base):
    """The words of a recording while a worker is still at it. The newest words may change; a transcript takes their
    place at the end, and the row stays as the trace of what was shown when."""

    __tablename__ = "live_words"

    recording_id: Mapped[int] = mapped_column(ForeignKey("recording.id"), primary_key=True)
    words: Mapped[list[Any]]  # as in a transcript: [{"word", "start", "end", "conf", "channel"}]
    heard_seconds: Mapped[float]  # how much of the file they stand for
    at: Mapped[datetime]

    recording: Mapped[Recording] = relationship()
