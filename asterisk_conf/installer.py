"""Which Asterisk runs the line, and how does it come to this machine?

In this order: the one the machine has; a private copy made earlier; the distribution's package (root only); a private
copy made now. The private copy is for machines whose distribution ships no Asterisk (Debian 12 and 13): Debian
packages of :data:`SUITE` with all they depend on, downloaded and verified by apt into a state of its own, unpacked
into one folder and run through that folder's own dynamic loader. Nothing of the machine's system is changed, no root
is needed, and the program sees the ordinary file system: no chroot, recordings and sounds are ordinary paths.

``python -m asterisk_conf.installer`` makes sure there is one and prints it as JSON.
"""

from __future__ import annotations

import fcntl
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import structlog

from asterisk_conf.mirror import main_archive

SUITE = "forky"
"""The Debian release whose Asterisk (LTS 22) the private copy takes when the machine's own archives have none."""
DEBIAN_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
APT_SECONDS = 1200
"""How long one run of apt (about 92 MB) may take."""
SHORT_SECONDS = 60
"""How long anything that does not use the network may take."""
SYSTEM_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/sbin")
"""Administrators' folders that an ordinary user's PATH leaves out."""
MODULE_FOLDERS = ("usr/lib/*/asterisk/modules", "usr/lib/asterisk/modules", "usr/lib64/asterisk/modules")
DATA_FOLDERS = ("usr/share/asterisk", "var/lib/asterisk")
NEEDED_MODULES = ("chan_pjsip.so", "res_agi.so", "app_record.so", "app_queue.so", "format_wav.so")
NO_SERVICE = Path("/usr/sbin/policy-rc.d")

log = structlog.get_logger()


class NoAsterisk(Exception):
    """This machine has no Asterisk and cannot get one; the message tells the administrator what to do."""


@dataclass(frozen=True, slots=True)
class Installation:
    """A genuine Asterisk.

    Attributes:
        program: how its command line begins; arguments follow. More than one item when a loader comes first.
        modules: folder of its ``.so`` modules (``astmoddir``).
        data: folder of its own data (``astdatadir``).
        version: as Asterisk tells it, ``"22.10.1"`` with what the packager appends.
        how: ``"machine"`` (was there or came from the distribution) or ``"private"``.
    """

    program: tuple[str, ...]
    modules: Path
    data: Path
    version: str
    how: str


def default_cache() -> Path:
    """Where the private copy lives, outside the checkout: one for the machine (root) or one per user."""
    return Path("/var/cache/hotline-1580") if os.geteuid() == 0 else Path.home() / ".cache" / "hotline-1580"


def find(cache: Path) -> Installation | None:
    """An Asterisk that is already here, or None. Changes nothing and uses no network."""
    return _on_machine() or _private(_private_root(cache))


def find_or_install(cache: Path) -> Installation:
    """An Asterisk that works, installed where there is none. Safe to call from several processes at once.

    Args:
        cache: folder for the private copy (about 270 MB); made when it is missing.

    Raises:
        NoAsterisk: there is none and none can be had.
    """
    if here := find(cache):
        return here
    with _alone(cache):
        if here := find(cache):  # somebody else was quicker
            return here
        offered = _apt_offers_asterisk()
        if offered and os.geteuid() == 0:
            _install_package()
            here = _on_machine()
        else:
            _make_private(cache, own_sources=offered)
            here = _private(_private_root(cache))
    if here is None:
        raise NoAsterisk("Asterisk встановлено, але він не запускається: дивіться повідомлення apt вище.")
    return here


def _on_machine() -> Installation | None:
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), *SYSTEM_FOLDERS))
    program = shutil.which("asterisk", path=path)
    return _installation((program,), Path("/"), "machine") if program else None


def _private(root: Path) -> Installation | None:
    loader = _first(root, ("usr/lib/*/ld-linux*.so*", "usr/lib/ld-linux*.so*", "usr/lib64/ld-linux*.so*"))
    libraries = sorted(path for path in root.glob("usr/lib/*-linux-gnu*") if path.is_dir())
    if loader is None or not libraries:
        return None
    search = ":".join(str(path) for path in (*libraries, root / "usr/lib"))
    program = (str(loader), "--library-path", search, str(root / "usr/sbin/asterisk"))
    return _installation(program, root, "private")


def _installation(program: tuple[str, ...], root: Path, how: str) -> Installation | None:
    """The installation under ``root`` if its program starts and its modules are there."""
    modules, data = _first(root, MODULE_FOLDERS), _first(root, DATA_FOLDERS)
    if modules is None or data is None or not all((modules / name).is_file() for name in NEEDED_MODULES):
        return None
    try:
        version = _run([*program, "-V"], SHORT_SECONDS)
    except NoAsterisk:
        return None
    return Installation(program, modules, data, version.removeprefix("Asterisk ").strip(), how)


def _first(root: Path, patterns: tuple[str, ...]) -> Path | None:
    return next((path for pattern in patterns for path in sorted(root.glob(pattern))), None)


def _private_root(cache: Path) -> Path:
    return cache / f"asterisk-{SUITE}"


@contextmanager
def _alone(cache: Path) -> Iterator[None]:
    """One installer at a time; the lock falls with the process that holds it."""
    try:
        made = not cache.exists()
        cache.mkdir(parents=True, exist_ok=True)  # another installer may have made it meanwhile
        if made:
            cache.chmod(0o755)  # whatever the umask: Asterisk runs as another user
        with (cache / "installer.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise NoAsterisk(f"тека {cache} для власного Asterisk недоступна: {error}") from error


def _apt_offers_asterisk() -> bool:
    """Whether the machine's own package archives have Asterisk."""
    if shutil.which("apt-cache") is None:
        return False
    return bool(_run(["apt-cache", "madison", "asterisk"], SHORT_SECONDS).strip())


def _install_package() -> None:
    """The distribution's package, without letting it start a second Asterisk beside ours."""
    log.info("Installing the distribution's Asterisk package.")
    ours = not NO_SERVICE.exists()
    if ours:
        NO_SERVICE.write_text("#!/bin/sh\nexit 101\n")  # Debian policy 9.3.3: services may not be started
        NO_SERVICE.chmod(0o755)
    try:
        _run(["apt-get", "install", "-y", "--no-install-recommends", "asterisk"], APT_SECONDS)
    finally:
        if ours:
            NO_SERVICE.unlink()
    # Not at the next start of the machine either: our supervisor starts it, with our configuration.
    _run(["update-rc.d", "asterisk", "disable"], SHORT_SECONDS)


def _make_private(cache: Path, *, own_sources: bool) -> None:
    """Download, unpack and prove the private copy under a temporary name, then give it its own."""
    for left in cache.glob("building-*"):  # of an installer that was killed; the lock says that none runs now
        shutil.rmtree(left)
    work = Path(tempfile.mkdtemp(prefix="building-", dir=cache))
    try:
        work.chmod(0o755)  # apt downloads as its own user
        root = work / "root"
        root.mkdir()
        packages = _download(work, own_sources=own_sources)
        log.info("Unpacking Asterisk.", packages=len(packages))
        for package in packages:
            _run(["dpkg", "-x", str(package), str(root)], SHORT_SECONDS)
        root.chmod(0o755)
        if _private(root) is None:
            raise NoAsterisk(f"Asterisk із Debian {SUITE} на цій машині не запускається: встановіть його самі.")
        if _private_root(cache).exists():  # an earlier copy that does not start any more
            shutil.rmtree(_private_root(cache))
        root.rename(_private_root(cache))
    finally:
        shutil.rmtree(work)


def _download(work: Path, *, own_sources: bool) -> list[Path]:
    """Asterisk's package and all it depends on, verified by apt against the archive's signature."""
    for folder in ("state/lists/partial", "cache/archives/partial", "parts"):
        (work / folder).mkdir(parents=True)
    (work / "status").touch()  # an empty machine: every dependency is downloaded, nothing is taken for granted
    settings = {
        "Dir::State": work / "state",
        "Dir::State::status": work / "status",
        "Dir::Cache": work / "cache",
        "APT::Install-Recommends": "false",
        "Acquire::Languages": "none",
    }
    if not own_sources:
        (work / "sources.list").write_text(_debian_line())
        settings |= {"Dir::Etc::sourcelist": work / "sources.list", "Dir::Etc::sourceparts": work / "parts"}
    apt = ["apt-get", *(word for key, value in settings.items() for word in ("-o", f"{key}={value}"))]
    log.info("Reading the list of packages.", suite="the machine's own" if own_sources else SUITE)
    _run([*apt, "update"], APT_SECONDS)
    log.info("Downloading Asterisk and its libraries, about 80 MB.")
    _run([*apt, "install", "-y", "--download-only", "asterisk"], APT_SECONDS)
    return sorted((work / "cache" / "archives").glob("*.deb"))


def _debian_line() -> str:
    """apt's line for :data:`SUITE` on the mirror that this machine uses already."""
    system = platform.freedesktop_os_release()
    archive = main_archive(system.get("VERSION_CODENAME", "")) if system.get("ID") == "debian" else None
    if archive is None:
        raise NoAsterisk(
            "у сховищах пакунків цієї машини немає Asterisk, і це не Debian зі своїм дзеркалом: "
            "встановіть Asterisk 20 або новіший так, щоб працювала команда asterisk."
        )
    keyring = archive.signed_by or (DEBIAN_KEYRING if DEBIAN_KEYRING.exists() else None)
    option = f"[signed-by={keyring}] " if keyring else ""
    return f"deb {option}{archive.uri} {SUITE} main\n"


def _run(command: list[str], seconds: float) -> str:
    environment = os.environ | {"LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoAsterisk(f"{command[0]} не спрацював: {error}") from error
    if done.returncode != 0:
        raise NoAsterisk(f"{command[0]} закінчився помилкою: {done.stderr.strip()[-800:]}")
    return done.stdout


def main() -> int:
    """Make sure that there is an Asterisk and print it as JSON; progress goes to standard error."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    try:
        here = find_or_install(default_cache())
    except NoAsterisk as error:
        log.error("There is no Asterisk.", reason=str(error))
        return 1
    sys.stdout.write(json.dumps(asdict(here), default=str, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
