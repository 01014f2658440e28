"""One Asterisk for all tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.support.asterisk import (
    RunningAsterisk,
    folder_for_everybody,
    installation_or_skip,
    private_site,
    short_sounds,
)
from tests.support.sip import Telephone


@pytest.fixture(scope="session")
def asterisk() -> Iterator[RunningAsterisk]:
    """A genuine Asterisk with our configuration on free ports; nobody listens where our server should be."""
    with folder_for_everybody() as base:
        short_sounds(base / "sounds")
        running = RunningAsterisk(private_site(base, installation_or_skip()))
        yield running
        running.stop()


@pytest.fixture
def telephone(asterisk: RunningAsterisk) -> Iterator[Telephone]:
    """A citizen's telephone."""
    with Telephone(asterisk.sip) as phone:
        yield phone


@pytest.fixture
def trunk(asterisk: RunningAsterisk) -> Iterator[Telephone]:
    """The city's telephone operator: where calls would go out."""
    trunk = asterisk.site.trunk
    assert trunk is not None
    with Telephone(asterisk.sip, trunk.host, trunk.port) as phone:
        yield phone
