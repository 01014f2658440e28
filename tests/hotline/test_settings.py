"""Settings: every one documented, wrong ones refused in words, secrets safe."""

import json
import stat
from pathlib import Path

import pytest
from pydantic import ValidationError

from hotline.secrets import secrets_of
from hotline.settings import CHECKOUT, Settings, wrong_settings
from hotline.system import environment


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str):
    assert f"`HOTLINE_{name.upper()}`" in (CHECKOUT / "docs" / "settings.md").read_text()
    assert Settings.model_fields[name].description


def test_settings_are_frozen():
    with pytest.raises(ValidationError):
        Settings().panel_port = 1


@pytest.mark.parametrize("operators", ["101;102", "10 1", "101,\n102x", "١٠١"])
def test_an_operator_extension_that_is_no_number_is_refused(operators: str):
    with pytest.raises(ValidationError):
        Settings(operators=operators)


def test_settings_reach_child_processes_unchanged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    own = Settings(data_dir=tmp_path, panel_https=True, operators="101,102", vosk_model=tmp_path / "m")
    for name, value in environment(own).items():
        monkeypatch.setenv(name, value)
    assert Settings() == own


def test_secrets_are_made_once_and_read_by_their_owner_only(tmp_path: Path):
    first = secrets_of(tmp_path, ("101",))
    assert secrets_of(tmp_path, ("101",)) == first
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600
    assert len({first.panel_key, first.ami_secret, first.operators["101"]}) == 3


def test_a_new_operator_gets_a_secret_and_the_others_keep_theirs(tmp_path: Path):
    first = secrets_of(tmp_path, ("101",))
    second = secrets_of(tmp_path, ("101", "102"))
    assert second.operators["101"] == first.operators["101"]
    assert second.operators["102"] not in ("", first.operators["101"])


def test_secrets_are_not_shown_by_settings(tmp_path: Path):
    secrets_of(tmp_path, ())
    kept = json.loads((tmp_path / "secrets.json").read_text())
    assert not any(str(secret) in repr(Settings(data_dir=tmp_path)) for secret in kept.values() if secret)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("sip_port", "abc", "HOTLINE_SIP_PORT «abc»: потрібне ціле число"),
        ("sip_port", 99999, "HOTLINE_SIP_PORT «99999»: щонайбільше 65535"),
        ("panel_port", 0, "HOTLINE_PANEL_PORT «0»: щонайменше 1"),
        ("recogniser", "best", "потрібне одне з: 'auto', 'vosk', 'whisper' або 'none'"),
        ("panel_https", "maybe", "потрібно true або false"),
        ("consult_seconds", 0, "більше за 0"),
        ("operators", "10a", "внутрішній номер «10a» має складатися з цифр"),
        ("database_url", "mysql://u@h/x", "адреса бази починається з sqlite:/// або postgresql+psycopg://"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_in_words(name: str, value: object, words: str):
    with pytest.raises(ValidationError) as refused:
        Settings(**{name: value})
    assert words in wrong_settings(refused.value)
