"""What is set up before the first call."""

import os
import pwd
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from asterisk_conf import process, render
from db.engine import RecordsDown
from hotline.prepare import _shut_out_strangers, prepare, prepare_records
from hotline.settings import Settings
from hotline.wiring import Parts
from sound.voice import Prepared


def test_other_users_of_the_machine_reach_nothing_of_the_line(tmp_path: Path):
    tmp_path.chmod(0o777)
    _shut_out_strangers(tmp_path, "")
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs Asterisk as another user")
def test_asterisk_s_own_user_passes_through(tmp_path: Path):
    tmp_path.chmod(0o755)
    _shut_out_strangers(tmp_path, "nobody")
    facts = tmp_path.stat()
    assert (stat.S_IMODE(facts.st_mode), facts.st_gid) == (0o750, pwd.getpwnam("nobody").pw_gid)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_somebody_else_keeps_its_rights(tmp_path: Path):
    tmp_path.chmod(0o770)
    os.chown(tmp_path, pwd.getpwnam("nobody").pw_uid, -1)
    _shut_out_strangers(tmp_path, "")
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o770


@pytest.fixture
def no_asterisk_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Parts, "site", lambda parts: SimpleNamespace(user=""))
    monkeypatch.setattr(Parts, "voice", SimpleNamespace(prepare=lambda: Prepared(0, 0, ())))
    monkeypatch.setattr(render, "write", lambda site: None)
    monkeypatch.setattr(process, "argv", lambda site: ["asterisk"])


@pytest.mark.usefixtures("no_asterisk_needed")
def test_the_line_starts_with_a_damaged_database(tmp_path: Path):
    settings = Settings(data_dir=tmp_path, _env_file=None)
    (tmp_path / "hotline.sqlite").write_bytes(b"no database " * 1000)
    told: list[str] = []
    assert prepare(settings, told.append).asterisk == ("asterisk",)
    assert any("запускається без неї" in words for words in told)


@pytest.mark.usefixtures("no_asterisk_needed")
def test_the_line_starts_while_its_database_is_down(tmp_path: Path):
    nobody = "postgresql+psycopg://nobody@127.0.0.1:1/records"
    settings = Settings(data_dir=tmp_path, database_url=nobody, _env_file=None)
    told: list[str] = []
    assert prepare(settings, told.append).asterisk == ("asterisk",)
    assert any("запускається без неї" in words for words in told)
    with pytest.raises(RecordsDown):  # who asks for the database alone is told
        prepare_records(settings, told.append)
