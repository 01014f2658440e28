"""What was learnt from phrases outlives a process, and nothing that was kept can mislead."""

from __future__ import annotations

import io
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from structlog.testing import capture_logs

from transcribe.understanding import learnt as learning
from transcribe.understanding.learnt import KEPT, KEPT_FILES, Dangers, Learnt, Phrases, learnt
from transcribe.understanding.tokens import tokens

PHRASES = (
    ("HEAT", "батареї холодні діти мерзнуть"),
    ("HEAT", "холодні батареї у квартирі мерзнемо"),
    ("WASTE", "баки повні ніхто не забирає"),
    ("WASTE", "повні баки біля дому ніхто не забирає"),
)
DANGERS = ((True, "дядько посинів хрипить лежить"), (True, "хлопець хрипить посинів"), (False, "баки повні лежить"))
SAID = "у нас батареї холодні вже третій день мерзнемо".split()


def told(found: Learnt) -> list[tuple[str, float]]:
    return [(one.code, one.share) for one in found.topics.resembled(tokens(SAID))]


def kept(folder: Path) -> list[Path]:
    return list(folder.glob(KEPT))


def test_the_next_process_reads_the_same_as_was_learnt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = learnt(PHRASES, DANGERS, tmp_path)
    monkeypatch.setattr(learning, "_learn", lambda *_: pytest.fail("it was learnt before"))
    second = learnt(PHRASES, DANGERS, tmp_path)
    assert told(first)[0][0] == "HEAT"
    assert told(second) == told(first)
    danger = tokens("дядько посинів увесь хрипить лежить тут".split())
    assert second.dangers.log_odds(danger) == first.dangers.log_odds(danger) > 0
    assert second.dangers.resembled(danger) == first.dangers.resembled(danger)


def test_another_phrase_is_learnt_anew_and_the_oldest_files_go(tmp_path: Path) -> None:
    for n in range(KEPT_FILES + 2):
        more = (*PHRASES, ("LIFT", f"кабіна стоїть {'знову ' * n}"), ("LIFT", "стоїть кабіна третій день"))
        assert "LIFT" in learnt(more, DANGERS, tmp_path).topics.codes
        newest = max(kept(tmp_path), key=lambda path: path.stat().st_mtime)
        os.utime(newest, (n, n))
    assert len(kept(tmp_path)) == KEPT_FILES
    assert min(path.stat().st_mtime for path in kept(tmp_path)) == 2, "the oldest two went"


def test_of_two_processes_that_start_together_one_learns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learning_now, may_finish, learnt_by = threading.Event(), threading.Event(), []
    learn = learning._learn

    def slowly(phrases: Phrases, dangers: Dangers) -> Learnt:
        learnt_by.append(threading.get_ident())
        learning_now.set()
        may_finish.wait(10)
        return learn(phrases, dangers)

    monkeypatch.setattr(learning, "_learn", slowly)
    with ThreadPoolExecutor(2) as processes:
        first = processes.submit(learnt, PHRASES, DANGERS, tmp_path)
        assert learning_now.wait(10)
        second = processes.submit(learnt, PHRASES, DANGERS, tmp_path)
        may_finish.set()
        assert told(first.result(10)) == told(second.result(10))
    assert len(learnt_by) == 1


def npy() -> bytes:
    file = io.BytesIO()
    np.save(file, np.arange(3))
    return file.getvalue()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half a file", b"something else", npy()])
def test_a_damaged_file_is_learnt_anew_and_replaced(tmp_path: Path, content: bytes) -> None:
    whole = learnt(PHRASES, DANGERS, tmp_path)
    (path,) = kept(tmp_path)
    path.write_bytes(content)
    with capture_logs() as logs:
        again = learnt(PHRASES, DANGERS, tmp_path)
    assert told(again) == told(whole)
    assert any("learnt anew" in log["event"] for log in logs)
    with capture_logs() as logs:
        learnt(PHRASES, DANGERS, tmp_path)
    assert logs == [], "the new file is whole"


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with capture_logs() as logs:
        assert told(learnt(PHRASES, DANGERS, tmp_path / "file"))[0][0] == "HEAT"
    assert any("cannot be kept" in log["event"] for log in logs)
