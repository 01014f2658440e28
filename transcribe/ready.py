"""Is recognition working? A small file the worker process writes, and the panel and the doctor read.

The worker is another process than theirs, and must be able to say "no model" before it has a database or a queue.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Readiness:
    """State of a recognition worker.

    Attributes:
        engine, model: names, both "" when there is no model.
        since: when it was loaded or found missing; aware, UTC.
        pid: the worker's process: whoever reads may check that it lives.
        advice: what the administrator should do, in Ukrainian; "" when all is well.
    """

    engine: str
    model: str
    since: datetime
    pid: int
    advice: str = ""

    @property
    def ready(self) -> bool:
        """True when a model is loaded."""
        return bool(self.engine)


def announce(path: Path, state: Readiness) -> None:
    """Write the state; a reader sees the old file or the new one, never a half.

    Raises:
        OSError: the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({**asdict(state), "since": state.since.isoformat()}, ensure_ascii=False)
    handle, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as unfinished:
            unfinished.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def read(path: Path) -> Readiness | None:
    """The last announced state, or None when there is none or it cannot be read."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Readiness(
            engine=str(data["engine"]),
            model=str(data["model"]),
            since=datetime.fromisoformat(data["since"]),
            pid=int(data["pid"]),
            advice=str(data["advice"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
