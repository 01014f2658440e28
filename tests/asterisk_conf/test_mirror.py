"""Where the machine's packages come from is read from apt's own files."""

from pathlib import Path

import pytest

from asterisk_conf.mirror import main_archive

MIRROR = "http://mirror.example.net/debian"
DEB822 = """\
# a comment
Types: deb deb-src
URIs: http://mirror.example.net/debian http://second.example.net/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/our.gpg

Types: deb
URIs: http://security.example.net/debian-security
Suites: bookworm-security
Components: main
"""
EMBEDDED_KEY = """\
Types: deb
URIs: http://mirror.example.net/debian
Suites: bookworm
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 -----END PGP PUBLIC KEY BLOCK-----
"""
SWITCHED_OFF = "Enabled: no\n" + DEB822.split("\n", 1)[1]


@pytest.mark.parametrize(
    ("name", "text", "keyring"),
    [
        ("sources.list.d/debian.sources", DEB822, "/usr/share/keyrings/our.gpg"),
        ("sources.list.d/debian.sources", EMBEDDED_KEY, None),
        ("sources.list", "deb http://mirror.example.net/debian bookworm main # ours\n", None),
        (
            "sources.list",
            "deb [arch=amd64 signed-by=/k.gpg] http://mirror.example.net/debian bookworm main\n",
            "/k.gpg",
        ),
        (
            "sources.list.d/a.list",
            "#deb x bookworm main\ndeb  http://mirror.example.net/debian  bookworm non-free main",
            None,
        ),
    ],
    ids=["deb822", "embedded key", "one line", "options", "comments"],
)
def test_the_mirror_is_the_one_of_the_machine(tmp_path: Path, name: str, text: str, keyring: str | None) -> None:
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / name).write_text(text)
    found = main_archive("bookworm", tmp_path)
    assert found is not None
    assert found.uri == MIRROR
    assert found.signed_by == (Path(keyring) if keyring else None)


@pytest.mark.parametrize(
    "text",
    [
        "deb cdrom:[Debian 12]/ bookworm main",
        "deb-src http://mirror.example.net/debian bookworm main",
        "deb http://mirror.example.net/debian trixie main",
        "deb http://mirror.example.net/debian bookworm contrib",
        "",
    ],
)
def test_an_archive_that_cannot_serve_is_left_out(tmp_path: Path, text: str) -> None:
    (tmp_path / "sources.list").write_text(text)
    assert main_archive("bookworm", tmp_path) is None


def test_an_archive_that_is_switched_off_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / "sources.list.d" / "debian.sources").write_text(SWITCHED_OFF)
    assert main_archive("bookworm", tmp_path) is None
