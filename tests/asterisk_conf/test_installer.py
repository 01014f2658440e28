"""Finding and making an Asterisk, with stand-ins for apt: the real download needs the network."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from asterisk_conf import installer
from asterisk_conf.installer import NEEDED_MODULES, NoAsterisk, find, find_or_install

CHECKOUT = Path(__file__).parents[2]


class Tools:
    """Stand-ins for the programs of the machine; ``called`` lists their command lines."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self._log = folder, folder / "log"
        folder.mkdir()
        monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
        monkeypatch.setattr(installer, "SYSTEM_FOLDERS", ())
        monkeypatch.setattr(installer.os, "geteuid", lambda: 1000)  # nothing here may touch the machine itself

    def add(self, name: str, script: str) -> None:
        program = self.folder / name
        program.write_text(f'#!/bin/sh\necho "{name} $*" >> {self._log}\n{script}\n')
        program.chmod(0o755)

    @property
    def called(self) -> list[str]:
        return self._log.read_text().splitlines() if self._log.exists() else []


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tools:
    tools = Tools(tmp_path / "bin", monkeypatch)
    tools.add("apt-cache", "echo 'asterisk | 22.1 | somewhere'")
    tools.add("apt-get", 'for word; do case "$word" in Dir::Cache=*) touch "${word#*=}/archives/a.deb";; esac; done')
    # The folder to unpack into is the third argument: a loader that starts any program, modules, data.
    modules = "usr/lib/x86_64-linux-gnu/asterisk/modules"
    tools.add(
        "dpkg",
        f'mkdir -p "$3/{modules}" "$3/usr/sbin" "$3/usr/share/asterisk"\n'
        + "".join(f'touch "$3/{modules}/{name}"\n' for name in NEEDED_MODULES)
        + 'printf \'#!/bin/sh\\nshift 2; exec "$@"\\n\' > "$3/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"\n'
        + "printf '#!/bin/sh\\necho Asterisk 22.1\\n' > \"$3/usr/sbin/asterisk\"\n"
        + 'chmod 755 "$3/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2" "$3/usr/sbin/asterisk"',
    )
    return tools


def test_a_private_copy_is_made_once_and_then_found(tools: Tools, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert find(cache) is None
    made = find_or_install(cache)
    assert (made.version, made.how) == ("22.1", "private")
    assert made.program[0].startswith(str(cache))
    downloads = len(tools.called)
    assert find_or_install(cache) == made
    assert len(tools.called) == downloads
    assert sorted(path.name for path in cache.iterdir()) == ["asterisk-forky", "installer.lock"]


def test_the_private_copy_is_readable_by_asterisk_s_own_user(tools: Tools, tmp_path: Path) -> None:
    previous = os.umask(0o077)
    try:
        find_or_install(tmp_path / "cache")
    finally:
        os.umask(previous)
    for folder in (tmp_path / "cache", tmp_path / "cache" / "asterisk-forky"):
        assert stat.S_IMODE(folder.stat().st_mode) & 0o005 == 0o005


def test_a_failed_download_says_why_and_leaves_nothing(tools: Tools, tmp_path: Path) -> None:
    tools.add("apt-get", "echo 'E: Unable to fetch some archives' >&2; exit 100")
    with pytest.raises(NoAsterisk, match="Unable to fetch"):
        find_or_install(tmp_path / "cache")
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["installer.lock"]


def test_what_a_killed_installer_left_is_cleared_away(tools: Tools, tmp_path: Path) -> None:
    (tmp_path / "cache" / "building-old" / "root").mkdir(parents=True)
    find_or_install(tmp_path / "cache")
    assert not (tmp_path / "cache" / "building-old").exists()


def test_a_copy_that_does_not_start_is_made_anew(tools: Tools, tmp_path: Path) -> None:
    made = find_or_install(tmp_path / "cache")
    (made.modules / "res_agi.so").unlink()
    assert find(tmp_path / "cache") is None
    assert find_or_install(tmp_path / "cache") == made
    assert (made.modules / "res_agi.so").exists()


def test_a_machine_without_debian_s_archive_is_told_what_to_do(
    tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools.add("apt-cache", "exit 0")
    monkeypatch.setattr(installer.platform, "freedesktop_os_release", lambda: {"ID": "fedora"})
    with pytest.raises(NoAsterisk, match="встановіть Asterisk 20 або новіший"):
        find_or_install(tmp_path / "cache")


def test_a_folder_that_cannot_be_used_is_named(tools: Tools, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NoAsterisk, match="file"):
        find_or_install(tmp_path / "file" / "cache")


def test_a_folder_that_another_installer_made_meanwhile_is_shared(
    tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    monkeypatch.setattr(Path, "exists", lambda path, **_: path != cache)
    with installer._alone(cache):
        assert (cache / "installer.lock").is_file()


def test_two_installers_at_once_make_one_copy(tools: Tools, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from asterisk_conf import installer;"
        "installer.SYSTEM_FOLDERS = (); installer.os.geteuid = lambda: 1000;"
        "print(installer.find_or_install(Path(sys.argv[1])).version)"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "cache")]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT) for _ in range(2)]
    answers = [process.communicate()[0].splitlines()[-1] for process in both]
    assert answers == ["22.1", "22.1"]
    assert sum(line.startswith("dpkg") for line in tools.called) == 1
