"""Is Asterisk there for the dialer and for telephones?"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from hotline import health
from hotline.settings import Settings
from tests.support.asterisk import (
    RunningAsterisk,
    folder_for_everybody,
    free_port,
    installation_or_skip,
    private_site,
    short_sounds,
)


@pytest.fixture
def ami_port() -> Iterator[int]:
    """A port where somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@contextmanager
def softphone(answer: bytes) -> Iterator[int]:
    """Whoever sits on a SIP port; answers once."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=lambda: udp.sendto(answer, udp.recvfrom(8192)[1]))
        thread.start()
        yield udp.getsockname()[1]
        thread.join()


def test_asterisk_that_could_not_have_its_sip_port_is_not_well(ami_port: int):
    settings = Settings(ami_port=ami_port, sip_port=free_port(socket.SOCK_DGRAM), _env_file=None)
    check = health.asterisk(settings)
    assert not check.ok
    assert "порт зайнятий або такої адреси тут немає" in check.words


def test_a_softphone_on_the_port_is_not_taken_for_asterisk(ami_port: int):
    with softphone(b"SIP/2.0 200 OK\r\nUser-Agent: Linphone\r\n\r\n") as port:
        assert not health.asterisk(Settings(ami_port=ami_port, sip_port=port, _env_file=None)).ok


@pytest.mark.calls
def test_a_genuine_asterisk_is_well():
    with folder_for_everybody() as base:
        short_sounds(base / "sounds")
        site = private_site(base, installation_or_skip())
        asterisk = RunningAsterisk(site)
        try:
            settings = Settings(ami_port=site.ami_port, sip_port=site.sip_port, _env_file=None)
            assert health.asterisk(settings).ok
        finally:
            asterisk.stop()
    assert not health.asterisk(settings).ok
