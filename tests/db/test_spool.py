import errno
import json
import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from db import journals
from db.receipts import is_receipt, receipt
from db.spool import CallAlreadySpooled, Spool, SpooledCall, UnsafeName
from ivr_flows.commands import Ask
from ivr_flows.replies import Pressed
from ivr_flows.run import CallFacts, Entry
from tests.db.conftest import NOON

DAY = date(2026, 11, 23)


def open_call(spool: Spool, call_id: str = "ast-1700000000.12") -> SpooledCall:
    facts = CallFacts(call_id, caller="380501112233", receipt="32700011")
    return spool.open_call(facts, line="asterisk", direction="in", flow="hotline_1580", flow_version=1, at=NOON)


def test_a_call_leaves_its_facts_its_entries_and_its_end(tmp_path: Path) -> None:
    call = open_call(Spool(tmp_path))
    entry = Entry(1, (), Ask("main_menu"), Pressed("2"))
    call.keep(entry, NOON)
    call.finish("completed", NOON)
    lines = [json.loads(line) for line in (call.folder / "journal.jsonl").read_text().splitlines()]
    assert [line["is"] for line in lines] == ["call", "entry", "end"]
    assert lines[0]["caller"] == "380501112233" and lines[0]["flow"] == "hotline_1580"
    assert Entry.from_json(lines[1]) == entry
    assert lines[2]["result"] == "completed"


def test_the_group_may_record_into_a_calls_folder(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    call = open_call(spool)
    for folder in (spool.root, spool.fallback, call.folder):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o2770
    assert call.recording_path(3, "appeal") == call.folder / "3-appeal.wav"


def test_a_call_is_opened_once(tmp_path: Path) -> None:
    open_call(Spool(tmp_path))
    with pytest.raises(CallAlreadySpooled):
        open_call(Spool(tmp_path))


def test_a_call_that_a_full_disk_refuses_does_not_count_as_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        open_call(Spool(tmp_path), "ast-1.1")
    assert not journals.read(tmp_path / "ast-1.1").alive


def test_an_id_of_the_archive_is_not_used_again(tmp_path: Path) -> None:
    spool = Spool(tmp_path, {"ast-1.1"}.__contains__)
    with pytest.raises(CallAlreadySpooled):
        open_call(spool, "ast-1.1")
    open_call(spool, "ast-1.2")


@pytest.mark.parametrize(
    "call_id", ["", ".", "..", "../x", "a/b", "a\nb", "a\0b", "fallback", "receipts", ".x", "x" * 81]
)
def test_a_call_id_cannot_leave_the_spool(tmp_path: Path, call_id: str) -> None:
    with pytest.raises(UnsafeName):
        open_call(Spool(tmp_path / "spool"), call_id)
    assert sorted(folder.name for folder in (tmp_path / "spool").iterdir()) == ["fallback", "receipts"]


@pytest.mark.parametrize("name", ["", "../x", "a/b", "Appeal", "a b", "x" * 41])
def test_a_recordings_name_cannot_leave_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnsafeName):
        open_call(Spool(tmp_path)).recording_path(1, name)


def test_a_full_disk_leaves_no_half_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call = open_call(Spool(tmp_path))
    before = (call.folder / "journal.jsonl").read_bytes()
    write = os.write

    def full(file: int, data: bytes) -> int:
        if len(data) < 20:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(file, data[: len(data) - 10])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space left"):
        call.keep(Entry(1, (), Ask("main_menu"), Pressed("2")), NOON)
    monkeypatch.undo()
    assert (call.folder / "journal.jsonl").read_bytes() == before
    call.finish("failed", NOON)
    assert (call.folder / "journal.jsonl").read_bytes().count(b"\n") == 2


def test_receipts_are_eight_digits_and_go_on_after_a_restart(tmp_path: Path) -> None:
    first = [Spool(tmp_path).next_receipt(DAY) for _ in range(3)]
    assert [number[:7] for number in first] == ["3270000", "3270001", "3270002"]
    assert all(len(number) == 8 and is_receipt(number) for number in first)
    assert Spool(tmp_path).next_receipt(date(2026, 11, 24))[:7] == "3280000"
    assert Spool(tmp_path).next_receipt(DAY)[:7] == "3270003", "a clock that jumps back does not repeat a number"


def test_receipts_are_unique_across_processes(tmp_path: Path) -> None:
    program = (
        "import sys; from datetime import date; from pathlib import Path; from db.spool import Spool\n"
        "spool = Spool(Path(sys.argv[1]))\n"
        "print(*(spool.next_receipt(date(2026, 11, 23)) for _ in range(100)))"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    numbers = [number for process in started for number in process.communicate()[0].split()]
    assert all(process.returncode == 0 for process in started)
    assert len(numbers) == 400 and len(set(numbers)) == 400


def test_twenty_thousand_calls_of_a_day_have_different_receipts() -> None:
    for day in (date(2026, 1, 1), date(2024, 12, 31)):
        numbers = {receipt(day, n) for n in range(1, 20_001)}
        assert len(numbers) == 20_000 and all(map(is_receipt, numbers))


def test_a_slip_of_the_finger_is_no_receipt() -> None:
    right = receipt(DAY, 42)
    slips = {right[:n] + digit + right[n + 1 :] for n in range(8) for digit in "0123456789"} - {right}
    swapped = {right[:n] + right[n + 1] + right[n] + right[n + 2 :] for n in range(7)} - {right}
    assert not any(map(is_receipt, slips | swapped))
    assert not is_receipt("") and not is_receipt("3270042") and not is_receipt("абвгґдеє")


def test_room_on_the_disk_decides_about_recording(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    assert spool.can_record(1)
    assert not spool.can_record(10**12)
    for folder in (spool.fallback, spool.root / "receipts", spool.root):
        folder.rmdir()
    assert not spool.can_record(1)
