"""What was learnt from phrases outlives a process, and nothing that was kept can mislead."""

from __future__ import annotations

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from transcribe.understanding import learnt as learning
from transcribe.understanding.learnt import KEPT, Learnt, learnt
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


def test_another_phrase_is_learnt_anew_and_the_old_file_goes(tmp_path: Path) -> None:
    learnt(PHRASES, DANGERS, tmp_path)
    (old,) = kept(tmp_path)
    more = (*PHRASES, ("LIFT", "кабіна стоїть"), ("LIFT", "стоїть кабіна третій день"))
    assert "LIFT" in learnt(more, DANGERS, tmp_path).topics.codes
    assert old not in kept(tmp_path) and len(kept(tmp_path)) == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half a file", b"something else"])
def test_a_damaged_file_is_learnt_anew_and_replaced(tmp_path: Path, content: bytes) -> None:
    whole = learnt(PHRASES, DANGERS, tmp_path)
    (path,) = kept(tmp_path)
    path.write_bytes(content)
    with capture_logs() as logs:
        again = learnt(PHRASES, DANGERS, tmp_path)
    assert told(again) == told(whole)
    assert any("damaged" in log["event"] for log in logs)
    with capture_logs() as logs:
        learnt(PHRASES, DANGERS, tmp_path)
    assert logs == [], "the new file is whole"


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with capture_logs() as logs:
        assert told(learnt(PHRASES, DANGERS, tmp_path / "file"))[0][0] == "HEAT"
    assert any("cannot be kept" in log["event"] for log in logs)
