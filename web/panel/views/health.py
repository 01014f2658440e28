"""Is the panel alive? For the supervisor and for monitoring; says nothing else."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("health", __name__)


@pages.get("/health")
def show() -> tuple[str, int, dict[str, str]]:
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
