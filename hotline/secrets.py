"""Secrets: generated on the first run, kept in one file that only its owner reads, never in git."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

NAMES = ("panel_key", "ami_secret")


@dataclass(frozen=True, slots=True)
class Secrets:
    """Attributes:
    panel_key: signs the panel's sessions.
    ami_secret: lets our dialer speak to Asterisk.
    operators: SIP secret by extension.
    """

    panel_key: str
    ami_secret: str
    operators: dict[str, str]


def secrets_of(data: Path, extensions: tuple[str, ...]) -> Secrets:
    """The secrets of this installation; what is missing is generated and kept.

    Raises:
        PermissionError: another user owns the file.
        ValueError: somebody edited the file and it is JSON no more.
    """
    file = data / "secrets.json"
    kept = json.loads(file.read_text()) if file.exists() else {}
    operators = kept.setdefault("operators", {})
    before = json.dumps(kept, sort_keys=True)
    for name in NAMES:
        kept.setdefault(name, secrets.token_hex(32))
    for extension in extensions:
        operators.setdefault(extension, secrets.token_urlsafe(15))
    if json.dumps(kept, sort_keys=True) != before:
        _write(file, json.dumps(kept, indent=1))
    return Secrets(**{name: kept[name] for name in NAMES}, operators={ext: operators[ext] for ext in extensions})


def _write(file: Path, text: str) -> None:
    fresh = file.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(text)
    fresh.replace(file)
