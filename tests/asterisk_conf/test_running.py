"""A genuine Asterisk on our configuration: clean start, rights, who may reach what."""

import fcntl
import os
import pwd
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from asterisk_conf import process
from asterisk_conf.process import ensure_user, is_up
from asterisk_conf.site import Trunk, UnusableSite
from tests.support.ami import Manager
from tests.support.asterisk import (
    RunningAsterisk,
    folder_for_everybody,
    free_port,
    installation_or_skip,
    private_site,
    short_sounds,
)
from tests.support.fastagi import AgiCall, FastAgi
from tests.support.sip import Telephone

HARMLESS = ("Could not find option 'minimum_size' with type 'threadpool'",)
"""Asterisk 22 of Debian prints this with its own default configuration, too."""
LISTENING, LOOPBACK = "0A", "0100007F"


@pytest.mark.calls
def test_asterisk_starts_without_errors_or_warnings(asterisk: RunningAsterisk) -> None:
    start = asterisk.log[: asterisk.log.index("Asterisk Ready.")]
    assert [line for line in start if not line.startswith("PBX UUID") and not line.startswith(HARMLESS)] == []


@pytest.mark.calls
def test_asterisk_does_not_run_as_root(asterisk: RunningAsterisk) -> None:
    status = Path(f"/proc/{asterisk.pid}/status").read_text()
    uids = next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1:]
    assert set(uids) == {str(pwd.getpwnam(asterisk.site.user).pw_uid if asterisk.site.user else os.geteuid())}
    assert "0" not in uids


@pytest.mark.calls
def test_only_the_manager_listens_on_tcp_and_only_on_loopback(asterisk: RunningAsterisk) -> None:
    assert _tcp_listeners(asterisk.pid) == {(LOOPBACK, asterisk.site.ami_port)}


@pytest.mark.calls
def test_is_up_tells_the_truth(asterisk: RunningAsterisk) -> None:
    assert is_up(asterisk.site)
    assert not is_up(replace(asterisk.site, ami_secret="another-secret"))
    assert not is_up(replace(asterisk.site, ami_port=free_port(socket.SOCK_STREAM)))


@pytest.mark.calls
def test_the_manager_refuses_a_wrong_secret_and_what_we_do_not_need(asterisk: RunningAsterisk) -> None:
    with Manager(asterisk.site, secret="another-secret") as stranger:
        assert stranger.answer["Response"] == "Error"
    with Manager(asterisk.site) as manager:
        assert manager.answer["Response"] == "Success"
        for action in (
            {"Action": "Command", "Command": "core show version"},
            {"Action": "GetConfig", "Filename": "manager.conf"},
            {"Action": "Originate", "Channel": "Local/1580@citizens", "Application": "System", "Data": "id"},
            {"Action": "Redirect", "Channel": "PJSIP/1", "Context": "hotline", "Exten": "s", "Priority": "1"},
            {"Action": "Setvar", "Variable": "HOTLINE_DONE", "Value": "1"},
            {"Action": "DBPut", "Family": "a", "Key": "b", "Val": "c"},
        ):
            refused = manager.ask(**action)
            assert refused["Response"] == "Error", action
            assert "denied" in refused["Message"] or "Forbidden" in refused["Message"], refused


@pytest.mark.calls
def test_a_feedback_call_goes_out_through_the_trunk_and_reaches_our_server(
    asterisk: RunningAsterisk, trunk: Telephone
) -> None:
    asked: list[str] = []

    def behave(call: AgiCall) -> None:
        asked.append(call.do("GET VARIABLE HOTLINE_ATTEMPT"))

    with FastAgi(asterisk.site.agi_port, behave) as server, Manager(asterisk.site) as manager:
        answer = manager.ask(
            Action="Originate",
            Channel="PJSIP/0501234567@trunk",
            Context="feedback",
            Exten="s",
            Priority="1",
            CallerID="1580",
            Async="true",
            Variable="HOTLINE_ATTEMPT=42",
        )
        assert answer["Response"] == "Success"
        invite = trunk.next_request("INVITE")
        assert invite.first_line.startswith("INVITE sip:0501234567@127.0.0.2")
        assert "sip:1580@" in invite.headers["from"]
        assert manager.event("OriginateResponse")["Response"] == "Success"
        assert server.calls.get(timeout=10).script == "feedback_call"
        trunk.next_request("BYE")
    assert asked == ["200 result=1 (42)"]


@pytest.mark.calls
def test_a_caller_who_asks_for_a_person_gets_back_when_no_operator_is_there(
    asterisk: RunningAsterisk, telephone: Telephone
) -> None:
    with Telephone(asterisk.sip) as operator:
        operator.register("101", "operator-secret", seconds=0)  # whoever was registered is gone
    told: list[str] = []

    def behave(call: AgiCall) -> None:
        call.do('EXEC Queue "operators,r,,,5"')
        told.append(call.do("GET VARIABLE QUEUESTATUS"))
        call.do("SET VARIABLE HOTLINE_DONE 1")

    with FastAgi(asterisk.site.agi_port, behave):
        telephone.call("1580").wait_hang_up()
    assert told == ["200 result=1 (JOINEMPTY)"]


@pytest.mark.calls
def test_a_caller_who_asks_for_a_person_is_connected_with_a_registered_operator(
    asterisk: RunningAsterisk, telephone: Telephone
) -> None:
    def behave(call: AgiCall) -> None:
        call.do('EXEC Queue "operators,r,,,10"')

    with FastAgi(asterisk.site.agi_port, behave), Telephone(asterisk.sip) as operator:
        assert operator.register("101", "operator-secret") == 200
        call = telephone.call("1580")
        invite = operator.next_request("INVITE")
        assert "0501234567" in invite.headers["from"]
        operator.next_request("ACK")
        assert call.hang_up() == 200
        operator.next_request("BYE")
        assert operator.register("101", "operator-secret", seconds=0) == 200


@pytest.mark.calls
def test_an_operator_and_a_stand_in_trunk_may_share_an_address() -> None:
    with folder_for_everybody() as base:
        short_sounds(base / "sounds")
        trunk = Trunk("127.0.0.1", free_port(socket.SOCK_DGRAM))
        running = RunningAsterisk(private_site(base, installation_or_skip(), trunk=trunk))
        try:
            with Telephone(running.sip) as operator, Telephone(running.sip) as citizen:
                assert operator.register("101", "operator-secret") == 200
                assert citizen.call("1580").hang_up() == 200
                assert citizen.call("0501234567").code == 404
        finally:
            running.stop()


@pytest.mark.calls
def test_the_log_names_no_caller() -> None:
    with folder_for_everybody() as base:
        short_sounds(base / "sounds")
        running = RunningAsterisk(private_site(base, installation_or_skip()), as_shipped=True)
        try:
            with Telephone(running.sip) as telephone:
                assert telephone.call("0507777777", number="0508888888").code == 404
                assert telephone.call("1580", number="0508888888", name=b"\xff\xfe Petrenko").hang_up() == 200
        finally:
            running.stop()
        files = [path for path in (running.site.var / "log").rglob("*") if path.is_file()]
        text = "\n".join([*running.log, *(path.read_text(errors="replace") for path in files)])
        assert "0508888888" not in text
        assert "Petrenko" not in text


def test_a_system_user_who_exists_is_left_alone() -> None:
    before = pwd.getpwall()
    ensure_user(pwd.getpwuid(os.geteuid()).pw_name)
    assert pwd.getpwall() == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes users")
def test_a_line_waits_for_the_user_that_another_line_is_making(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    me = pwd.getpwuid(os.geteuid())
    asked, written = threading.Event(), threading.Event()

    def group_of(_gid: int) -> object:  # ``useradd`` has written the user and not yet the group
        asked.set()
        if not written.is_set():
            raise KeyError
        return object()

    monkeypatch.setattr(process, "USERADD_LOCK", tmp_path / "lock")
    monkeypatch.setattr(process.grp, "getgrgid", group_of)
    with (tmp_path / "lock").open("w") as other, ThreadPoolExecutor() as threads:
        fcntl.flock(other, fcntl.LOCK_EX)
        waiting = threads.submit(ensure_user, me.pw_name)
        assert asked.wait(10)
        assert not waiting.done()
        written.set()
        fcntl.flock(other, fcntl.LOCK_UN)
        waiting.result(10)  # a second ``useradd`` would refuse: the user exists


@pytest.mark.skipif(os.geteuid() == 0, reason="root would make the user")
def test_a_missing_user_is_named_to_who_cannot_make_it() -> None:
    with pytest.raises(UnusableSite, match="nobody-of-that-name"):
        ensure_user("nobody-of-that-name")


def _tcp_listeners(pid: int) -> set[tuple[str, int]]:
    """(address as the kernel writes it, port) of each listening TCP socket of the process."""
    sockets = {str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir() if path.is_symlink()}
    found = set()
    for table in ("tcp", "tcp6"):
        for row in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = row.split()
            if fields[3] == LISTENING and f"socket:[{fields[9]}]" in sockets:
                address, port = fields[1].split(":")
                found.add((address, int(port, 16)))
    return found
