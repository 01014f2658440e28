"""Which page of a list was asked for."""

from __future__ import annotations

from flask import request

LAST_PAGE = 100_000


def asked_page() -> int:
    """The page number of the address, 1 for nonsense."""
    text = request.args.get("page", "1")
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 8 else 1
