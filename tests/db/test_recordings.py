from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.recordings import NoSuchRecording, RecordingStore, move_folder, put_file
from db.spool import UnsafeName


@pytest.fixture
def store(tmp_path: Path) -> RecordingStore:
    (tmp_path / "spool" / "ast-1.1").mkdir(parents=True)
    (tmp_path / "spool" / "ast-1.1" / "3-appeal.wav").write_bytes(b"running")
    (tmp_path / "calls" / "2026-10" / "ast-0.9").mkdir(parents=True)
    (tmp_path / "calls" / "2026-10" / "ast-0.9" / "3-appeal.wav").write_bytes(b"finished")
    (tmp_path / "secret.wav").write_bytes(b"secret")
    return RecordingStore(tmp_path)


def test_a_recording_is_found_in_the_spool_and_in_the_archive(store: RecordingStore) -> None:
    assert store.path("ast-1.1", "3-appeal.wav").read_bytes() == b"running"
    assert store.path("ast-0.9", "3-appeal.wav").read_bytes() == b"finished"
    assert store.archived("x", datetime(2026, 10, 31, 23, 59, tzinfo=UTC)).parent.name == "2026-10"


@pytest.mark.parametrize(
    ("call_id", "file"),
    [
        ("..", "secret.wav"),
        ("ast-1.1", "../../secret.wav"),
        ("ast-1.1", "/etc/passwd"),
        ("ast-1.1/../..", "secret.wav"),
        ("*", "3-appeal.wav"),
        ("ast-1.1", "journal.jsonl"),
        ("ast-1.1", "3-appeal.wav\n"),
        ("", "3-appeal.wav"),
    ],
)
def test_nothing_outside_the_store_can_be_reached(store: RecordingStore, call_id: str, file: str) -> None:
    with pytest.raises(UnsafeName):
        store.path(call_id, file)


def test_a_link_that_leads_out_is_refused(store: RecordingStore, tmp_path: Path) -> None:
    (tmp_path / "spool" / "ast-1.1" / "4-appeal.wav").symlink_to(tmp_path / "secret.wav")
    with pytest.raises(UnsafeName):
        store.path("ast-1.1", "4-appeal.wav")
    (tmp_path / "spool" / "ast-2.2").symlink_to(tmp_path)
    with pytest.raises(NoSuchRecording):
        store.path("ast-2.2", "secret.wav")


@pytest.mark.parametrize(("call_id", "file"), [("ast-1.1", "9-appeal.wav"), ("ast-7.7", "3-appeal.wav")])
def test_a_missing_file_is_told_plainly(store: RecordingStore, call_id: str, file: str) -> None:
    with pytest.raises(NoSuchRecording):
        store.path(call_id, file)


def test_a_move_across_file_systems_can_be_interrupted_and_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "spool" / "a", tmp_path / "calls" / "2026-11" / "a"
    source.mkdir(parents=True)
    (source / "1-appeal.wav").write_bytes(b"sound")
    rename = Path.rename

    def other_file_system(path: Path, to: Path) -> Path:
        if path == source:
            raise OSError("Invalid cross-device link")
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", other_file_system)
    half = target.with_name(".a.half")
    half.mkdir(parents=True)
    (half / "1-appeal.wav").write_bytes(b"so")
    move_folder(source, target)
    assert (target / "1-appeal.wav").read_bytes() == b"sound" and not source.exists() and not half.exists()
    source.mkdir()
    (source / "1-appeal.wav").write_bytes(b"sound")
    (source / "2-appeal.wav").write_bytes(b"more")
    move_folder(source, target)
    assert sorted(file.name for file in target.iterdir()) == ["1-appeal.wav", "2-appeal.wav"] and not source.exists()


def test_a_file_is_copied_where_it_cannot_be_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = tmp_path / "1.wav", tmp_path / "there" / "fallback.wav"
    source.write_bytes(b"sound")

    def forbidden(path: Path, to: Path) -> None:
        raise PermissionError("Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", forbidden)
    put_file(source, target)
    assert target.read_bytes() == b"sound" and source.exists()
    assert [file.name for file in target.parent.iterdir()] == ["fallback.wav"]
