"""Every scenario file is a call: played straight and rebuilt, it must read as written."""

import json
from pathlib import Path

import pytest

from ivr_flows import scenario
from ivr_flows.catalogue import FLOWS
from ivr_flows.commands import Consult
from ivr_flows.questions import OutageList
from ivr_flows.replies import Told
from ivr_flows.run import CallFacts, Entry, FlowChanged, Run

FILES = sorted((Path(__file__).parent / "scenarios").glob("*.txt"))
by_name = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def test_there_are_scenarios_of_both_flows():
    flows = {scenario.read(file.read_text()).flow for file in FILES}
    assert flows == set(FLOWS)


@by_name
def test_call_reads_as_written(file: Path, request: pytest.FixtureRequest):
    wanted = scenario.read(file.read_text())
    happened = scenario.write(wanted.flow, wanted.facts, scenario.play(wanted))
    if request.config.getoption("--update"):
        file.write_text(happened)
    assert happened == file.read_text()


@by_name
def test_straight_run_equals_run_rebuilt_before_every_reply(file: Path):
    wanted = scenario.read(file.read_text())
    entry_of = FLOWS[wanted.flow].function
    straight = Run(entry_of, wanted.facts, _answers(wanted))
    straight_turns = [straight.turn()]
    journals = [list(straight.journal)]
    for reply in wanted.replies:
        if not isinstance(reply, Told):
            straight_turns.append(straight.resume(reply))
            journals.append(list(straight.journal))

    for turn, journal in zip(straight_turns, journals, strict=True):
        rebuilt = Run(entry_of, wanted.facts, _no_consultation, map(_through_json, journal))
        assert rebuilt.turn() == turn
        assert rebuilt.journal == journal


@by_name
def test_a_run_rebuilt_in_front_of_a_consultation_asks_it_again(file: Path):
    wanted = scenario.read(file.read_text())
    journal = scenario.play(wanted).journal
    for n, entry in enumerate(journal):
        if isinstance(entry.command, Consult):
            rebuilt = Run(
                FLOWS[wanted.flow].function, wanted.facts, lambda q, told=entry.reply: told.answer, journal[:n]
            )
            rebuilt.turn()
            assert rebuilt.journal[: n + 1] == journal[: n + 1]


def test_everything_said_before_a_consultation_is_spoken():
    run = Run(FLOWS["hotline_1580"].function, CallFacts("c", "", "1"), lambda question: OutageList(()))
    spoken = [scenario.words_of(sentence) for sentence in run.turn().say]
    assert spoken == ["welcome", "emergency", "recording_notice", "main_menu"]


@by_name
def test_journal_of_another_flow_is_refused(file: Path):
    wanted = scenario.read(file.read_text())
    journal = scenario.play(wanted).journal
    other = next(entry.function for name, entry in FLOWS.items() if name != wanted.flow)
    with pytest.raises(FlowChanged):
        Run(other, wanted.facts, _answers(wanted), journal)


def _through_json(entry: Entry) -> Entry:
    return Entry.from_json(json.loads(json.dumps(entry.to_json())))


def _answers(wanted: scenario.Scenario):
    told = iter([reply for reply in wanted.replies if isinstance(reply, Told)])
    return lambda question: next(told).answer


def _no_consultation(question):
    raise AssertionError(f"{question} is answered by the journal already")
