"""Structured logs: one line an event, UTC, to standard error; no personal data, phones are masked by the caller."""

from __future__ import annotations

import logging
import sys

import structlog
from structlog.typing import EventDict


def configure(process: str) -> None:
    """Set up structlog for a process; ``process`` stands in each line, whichever thread writes it."""

    def name_process(_logger: object, _method: str, event: EventDict) -> EventDict:
        return {**event, "process": process}

    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            name_process,
            structlog.processors.LogfmtRenderer(key_order=("timestamp", "level", "process", "event")),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
