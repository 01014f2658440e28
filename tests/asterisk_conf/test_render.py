"""The rendered configuration as files: complete, checked by asterisklint, closed to strangers."""

import os
import re
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from asterisk_conf.installer import Installation
from asterisk_conf.process import argv
from asterisk_conf.render import TEMPLATES, render, write
from asterisk_conf.site import Site, Trunk, UnusableSite
from tests.support.asterisk import private_site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Run as whoever tests: needs no Asterisk and no root."""
    (tmp_path / "sounds").mkdir()
    installation = Installation(("/usr/sbin/asterisk",), tmp_path / "modules", tmp_path / "data", "22", "machine")
    return private_site(tmp_path, installation, user="")


def test_every_template_becomes_a_file_without_leftovers(site: Site) -> None:
    files = render(site)
    assert set(files) == {path.name.removesuffix(".j2") for path in TEMPLATES.glob("*.j2")}
    assert not any(re.search(r"\{[{%]|[%}]\}", text) for text in files.values())


@pytest.mark.parametrize(
    "trunk", [None, Trunk("127.0.0.2"), Trunk("127.0.0.2", 5060, "city", "trunk-secret", ("1581",))]
)
def test_asterisklint_finds_nothing_in_the_dialplan(site: Site, trunk: Trunk | None) -> None:
    write(replace(site, trunk=trunk))
    lint = Path(sys.executable).with_name("asterisklint")
    command = [str(lint), "dialplan-check", str(site.etc / "extensions.conf")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_manager_and_our_server_are_on_this_machine_only(site: Site) -> None:
    files = render(site)
    assert "bindaddr = 127.0.0.1" in files["manager.conf"]
    assert set(re.findall(r"agi://([\d.]+)", files["extensions.conf"])) == {"127.0.0.1"}


def test_a_call_from_the_trunk_is_the_trunk_s_even_from_a_number_that_an_operator_has(site: Site) -> None:
    pjsip = render(replace(site, trunk=Trunk("sip.example.com")))["pjsip.conf"]
    assert "endpoint_identifier_order = ip,username,anonymous" in pjsip


def test_the_dialplan_has_nothing_that_dials_or_runs_programs(site: Site) -> None:
    applications = set(re.findall(r"(?:,1|n(?:\(\w+\))?),(\w+)\(", render(site)["extensions.conf"]))
    assert applications == {"AGI", "Answer", "Goto", "GotoIf", "Hangup", "NoOp", "Playback", "Record", "Set"}


def test_strangers_can_read_neither_secrets_nor_recordings(site: Site) -> None:
    previous = os.umask(0)  # the worst one an administrator may have
    try:
        write(site)
    finally:
        os.umask(previous)
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o640 for path in site.etc.iterdir())
    folders = [site.etc, site.var, site.spool, site.spool / "fallback"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in folders] == [0o750, 0o750, 0o2770, 0o2770]


def test_writing_again_keeps_recordings_and_takes_the_new_settings(site: Site) -> None:
    write(site)
    tape = site.spool / "fallback" / "1.0.wav"
    tape.write_bytes(b"RIFF")
    write(replace(site, ring_seconds=7))
    assert tape.read_bytes() == b"RIFF"
    assert "timeout = 7" in (site.etc / "queues.conf").read_text()


def test_nothing_is_written_when_nothing_has_changed(site: Site) -> None:
    write(site)
    written = {path.name: path.stat().st_ino for path in site.etc.iterdir()}
    (site.etc / "rtp.conf").chmod(0o644)
    write(site)
    assert {path.name: path.stat().st_ino for path in site.etc.iterdir()} == written
    assert stat.S_IMODE((site.etc / "rtp.conf").stat().st_mode) == 0o640


def test_a_user_who_does_not_exist_is_named(site: Site) -> None:
    with pytest.raises(UnusableSite, match="nobody-of-that-name"):
        write(replace(site, user="nobody-of-that-name"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give folders to another user")
def test_a_folder_that_asterisk_cannot_reach_is_named(site: Site) -> None:
    with pytest.raises(UnusableSite, match=f"nobody не дістанеться до {site.etc}"):
        write(replace(site, user="nobody"))  # pytest's folders belong to the tester alone


@pytest.mark.skipif(os.geteuid() != 0, reason="only root could do it")
def test_root_does_not_start_asterisk_as_root(site: Site) -> None:
    for user in ("", "root"):
        with pytest.raises(UnusableSite, match="не має працювати від імені root"):
            argv(replace(site, user=user))
