"""From a :class:`Site` to the files and folders that Asterisk runs on.

Rights. Asterisk runs as ``site.user``, never as root. Our own processes may run as somebody else, as long as they are
root or belong to that user's group:

- ``etc``: files 0640, group of the user: Asterisk reads the secrets, strangers do not.
- ``var``: Asterisk's own, 0750.
- ``spool``: 2770 (set-group-id): whatever is made inside belongs to the group. Together with :data:`UMASK`, which every
  process of ours and Asterisk itself start with, either side may write in the folders of the other.
"""

from __future__ import annotations

import grp
import os
import pwd
import tempfile
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from asterisk_conf.site import LINE_NUMBER, SPARE, Site, UnusableSite

TEMPLATES = Path(__file__).parent / "templates"
TOTAL_CALL_S = 3600
"""No call lasts longer, whatever else goes wrong."""
FALLBACK_SILENCE_S = 10
"""Silence that ends a recording of the dialplan alone."""
FALLBACK = "fallback"
"""Folder in the spool for recordings of the dialplan alone: ``<unique id>.wav``, with ``.caller`` once complete."""
UMASK = 0o007
"""What each process of the hotline starts with: the group may write, strangers see nothing."""


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whom Asterisk runs as. ``uid`` is -1 (unchanged) where it is whoever starts it."""

    uid: int
    gid: int
    group: str
    groups: frozenset[int]


def render(site: Site) -> dict[str, str]:
    """File name -> text of each configuration file.

    Raises:
        UnusableSite: ``site.user`` does not exist on this machine.
    """
    # Configuration files, not HTML; what may stand in a value is checked by Site.
    templates = Environment(  # noqa: S701
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    values = {
        "site": site,
        "group": _owner(site).group,
        "line_number": LINE_NUMBER,
        "spare": SPARE,
        "total_call_s": TOTAL_CALL_S,
        "fallback_silence_s": FALLBACK_SILENCE_S,
    }
    names = sorted(templates.list_templates(extensions=["j2"]))
    return {name.removesuffix(".j2"): templates.get_template(name).render(values) for name in names}


def write(site: Site) -> None:
    """Make the folders and write the configuration. May run again at any time; recordings and state stay.

    Raises:
        UnusableSite: the user does not exist, or cannot reach a folder it needs.
        OSError: a folder cannot be made or written.
    """
    owner = _owner(site)
    _folder(site.etc, 0o750, -1, owner.gid)
    for folder in (site.var, site.var / "log", site.var / "run", site.var / "db"):
        _folder(folder, 0o750, owner.uid, owner.gid)
    for folder in (site.spool, site.spool / FALLBACK):
        _folder(folder, 0o2770, owner.uid, owner.gid)
    for name, text in render(site).items():
        _file(site.etc / name, text, owner.gid)
    if owner.uid != -1:
        for path in (site.etc, site.var, site.spool, site.sounds, site.installation.modules):
            _require_reachable(path, owner, site.user)


def _owner(site: Site) -> _Owner:
    if not site.user:
        return _Owner(-1, -1, "", frozenset())
    try:
        user = pwd.getpwnam(site.user)
    except KeyError:
        raise UnusableSite(f"немає користувача {site.user}, від імені якого має працювати Asterisk") from None
    group = grp.getgrgid(user.pw_gid).gr_name
    return _Owner(user.pw_uid, user.pw_gid, group, frozenset(os.getgrouplist(user.pw_name, user.pw_gid)))


def _folder(path: Path, mode: int, uid: int, gid: int) -> None:
    path.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        os.chown(path, uid, gid)
    if path.stat().st_uid == os.geteuid() or os.geteuid() == 0:
        path.chmod(mode)


def _file(path: Path, text: str, gid: int) -> None:
    """Replace a file as a whole; it never is readable by strangers, not even while it is written.

    One that says the same already stays: a machine that starts with a full disk must answer calls.
    """
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        _give(path, gid)
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        _give(Path(name), gid)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _give(file: Path, gid: int) -> None:
    if os.geteuid() == 0:
        os.chown(file, -1, gid)
    file.chmod(0o640)


def _require_reachable(path: Path, owner: _Owner, user: str) -> None:
    for folder in (path, *path.parents):
        facts = folder.stat()
        allowed = (facts.st_uid == owner.uid and facts.st_mode & 0o100) or (
            facts.st_gid in owner.groups and facts.st_mode & 0o010
        )
        if not (allowed or facts.st_mode & 0o001):
            raise UnusableSite(f"користувач {user} не дістанеться до {path}: його не пускає {folder}")
