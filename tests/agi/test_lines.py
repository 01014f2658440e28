"""One contract, every line: the same replies in, the same prompts heard, the same journal."""

from __future__ import annotations

from pathlib import Path

import pytest

from agi.server import LineServer
from ivr_flows import scenario
from ivr_flows.catalogue import FLOWS
from ivr_flows.replies import HungUp, Taped, Told
from ivr_flows.run import Entry, Run
from ivr_flows.scenario import Scenario, words_of
from tests.agi.conftest import TONE, Office, call
from tests.support.caller import Caller

FILES = sorted((Path(__file__).parents[1] / "flows" / "scenarios").glob("*.txt"))
THE_TONE = str(TONE.with_suffix(""))


class LineTests:
    """What every line must do. A subclass plays the scenario and returns (sentences heard, journal)."""

    def carry(self, played: Scenario) -> tuple[list[str], list[Entry]]:
        raise NotImplementedError

    @pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
    def test_same_replies_give_the_same_prompts_and_the_same_journal(self, file: Path):
        text = file.read_text()
        played = scenario.read(text)
        heard, journal = self.carry(played)
        assert heard == _heard_until_gone(text)
        facts = played.facts
        rebuilt = Run(FLOWS[played.flow].function, facts, consult=lambda question: None, journal=journal)
        assert scenario.write(played.flow, facts, rebuilt) == text


class TestScriptedLine(LineTests):
    """The line without a telephone: a list of replies."""

    def carry(self, played: Scenario) -> tuple[list[str], list[Entry]]:
        replies = list(played.replies)
        told = iter([reply.answer for reply in replies if isinstance(reply, Told)])
        acted = iter([reply for reply in replies if not isinstance(reply, Told)])
        journal: list[Entry] = []
        run = Run(FLOWS[played.flow].function, played.facts, lambda question: next(told), keep=journal.append)
        heard: list[str] = []
        turn, gone = run.turn(), False
        while not gone:
            heard += map(words_of, turn.say)
            if turn.wait is None:
                break
            reply = next(acted)
            gone = isinstance(reply, HungUp) or (isinstance(reply, Taped) and reply.ended_by == "hangup")
            turn = run.resume(reply)
        return heard, journal


class TestAsteriskLine(LineTests):
    """The FastAGI server with a fake Asterisk on a socket."""

    @pytest.fixture(autouse=True)
    def _line(self, server: LineServer, office: Office) -> None:
        self.server, self.office = server, office

    def carry(self, played: Scenario) -> tuple[list[str], list[Entry]]:
        told = iter([reply.answer for reply in played.replies if isinstance(reply, Told)])
        self.office.consult = lambda question, at: next(told)  # type: ignore[method-assign]
        self.office.can_record = played.facts.can_record
        self.office.spool.receipt = played.facts.receipt
        caller = Caller([reply for reply in played.replies if not isinstance(reply, Told)], played.facts.attempt_id)
        call(self.server, caller, agi_network_script=played.flow, agi_callerid=played.facts.caller or "unknown")
        assert not caller.left
        opening, *lines = self.office.journal()
        assert opening["attempt_id"] == played.facts.attempt_id
        assert opening["can_record"] == played.facts.can_record
        assert opening["direction"] == ("out" if played.facts.attempt_id else "in")
        heard = [file for file in self.office.words(caller.heard) if file != THE_TONE]
        return heard, [Entry.from_json(line) for line in lines if line["is"] == "entry"]


def _heard_until_gone(text: str) -> list[str]:
    heard: list[str] = []
    for line in text.splitlines():
        if line.startswith("robot: "):
            heard.append(line.removeprefix("robot: "))
        if line.startswith("caller: ") and line.endswith("hangs up"):
            break
    return heard
