"""Where this machine gets its Debian packages from.

The host of a mirror is never written in the code: a city's machine may only reach its own. Both forms of apt's sources
(``man 5 sources.list``) are read: one line (``deb [options] uri suite component...``) and deb822 (``.sources``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

APT = Path("/etc/apt")
ONE_LINE = re.compile(r"^deb\s+(?:\[(?P<options>[^\]]*)\]\s+)?(?P<uri>\S+)\s+(?P<suite>\S+)\s+(?P<components>.+)$")


@dataclass(frozen=True, slots=True)
class Source:
    """One package archive. ``signed_by`` is a keyring file, or None where apt's own trusted keys count."""

    uri: str
    suites: tuple[str, ...]
    components: tuple[str, ...]
    signed_by: Path | None


def main_archive(codename: str, apt: Path = APT) -> Source | None:
    """The archive that the release ``codename`` ("bookworm") itself comes from; None when the machine names none."""
    for source in sources(apt):
        if codename in source.suites and "main" in source.components and not source.uri.startswith("cdrom:"):
            return source
    return None


def sources(apt: Path = APT) -> Iterator[Source]:
    """Every binary package archive of the machine, in apt's order; files that cannot be read are left out."""
    parts = apt / "sources.list.d"
    for path in (apt / "sources.list", *sorted(parts.glob("*.list")), *sorted(parts.glob("*.sources"))):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        yield from _deb822(text) if path.suffix == ".sources" else _one_line(text)


def _one_line(text: str) -> Iterator[Source]:
    for line in text.splitlines():
        if found := ONE_LINE.match(line.split("#")[0].strip()):
            options = dict(item.split("=", 1) for item in (found["options"] or "").split() if "=" in item)
            keyring = _keyring(options.get("signed-by", ""))
            yield Source(found["uri"], (found["suite"],), tuple(found["components"].split()), keyring)


def _deb822(text: str) -> Iterator[Source]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for stanza in re.split(r"\n\s*\n", "\n".join(lines)):
        fields: dict[str, str] = {}
        name = ""
        for line in stanza.splitlines():
            if line[:1].isspace():
                fields[name] = f"{fields.get(name, '')}\n{line.strip()}"
            elif ":" in line:
                name, value = line.split(":", 1)
                name = name.strip().lower()
                fields[name] = value.strip()
        uris = fields.get("uris", "").split()
        if uris and "deb" in fields.get("types", "").split() and fields.get("enabled", "yes").lower() != "no":
            suites, components = fields.get("suites", "").split(), fields.get("components", "").split()
            yield Source(uris[0], tuple(suites), tuple(components), _keyring(fields.get("signed-by", "")))


def _keyring(value: str) -> Path | None:
    """A keyring's path; a key written into the sources themselves is left to apt's trusted keys."""
    return Path(value) if value.startswith("/") and "\n" not in value else None
