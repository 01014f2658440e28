"""Settings that would change the meaning of Asterisk's configuration are refused."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from asterisk_conf.installer import Installation
from asterisk_conf.site import Site, Trunk, UnusableSite


@pytest.fixture
def site() -> Site:
    base = Path("/srv/hotline")
    return Site(
        installation=Installation(
            ("/usr/sbin/asterisk",), Path("/usr/lib/modules"), Path("/usr/share"), "22", "machine"
        ),
        etc=base / "etc",
        var=base / "var",
        spool=base / "spool",
        sounds=base / "sounds",
        sip_host="0.0.0.0",  # noqa: S104 - telephones of the whole building
        sip_port=5060,
        rtp_start=10_000,
        rtp_end=10_999,
        ami_port=5038,
        ami_user="hotline",
        ami_secret="manager-secret",
        agi_port=4573,
        operators=(("101", "operator-secret"),),
        trunk=Trunk("sip.example.com", 5060, "1580", "trunk-secret", ("+380332771580",)),
    )


@pytest.mark.parametrize(
    "change",
    [
        {"ami_secret": "secret\n[admin]"},
        {"ami_secret": "secret;comment"},
        {"ami_secret": "short"},
        {"ami_user": "general]\nenabled"},
        {"sip_host": "127.0.0.1\ntransport=tcp"},
        {"sounds": Path("/srv/a,b")},
        {"sounds": Path("/srv/${SHELL(id)}")},
        {"sounds": Path("/srv/a&b")},
        {"spool": Path("spool")},
        {"etc": Path("/srv/[etc]")},
        {"user": "root;x"},
        {"trunk": Trunk("host\nmatch=0.0.0.0/0")},
        {"trunk": Trunk("host", numbers=("_X.",))},
        {"trunk": Trunk("host", user="u", secret="")},
        {"trunk": Trunk("host", user="u\n", secret="trunk-secret")},
        {"operators": (("101", "secret\nsecret"),)},
        {"operators": (("_X.", "operator-secret"),)},
        {"operators": (("1580", "operator-secret"),)},
        {"operators": (("101", "operator-secret"), ("101", "operator-secret"))},
        {"sip_port": 0},
        {"rtp_end": 10_100},
        {"call_limit": 0},
        {"agi_port": 5038},
    ],
    ids=repr,
)
def test_a_value_that_would_mean_something_else_is_refused(site: Site, change: dict[str, Any]) -> None:
    with pytest.raises(UnusableSite, match=r"не підходять: \w"):
        replace(site, **change)


def test_every_unusable_value_is_named_at_once(site: Site) -> None:
    with pytest.raises(UnusableSite) as refused:
        replace(site, ami_secret="a;b", sip_port=70_000, ring_seconds=0)
    for name in ("ami_secret", "sip_port", "ring_seconds"):
        assert name in str(refused.value)


def test_no_secret_is_shown_in_errors_and_representations(site: Site) -> None:
    with pytest.raises(UnusableSite) as refused:
        replace(site, ami_secret="tell;nobody", operators=(("101", "tell\nnobody"),))
    assert "tell" not in str(refused.value)
    assert "secret'" not in repr(site)
    assert "-secret" not in repr(site)
