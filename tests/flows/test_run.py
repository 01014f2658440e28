"""The engine: caps, wrong lines, hang-ups, damaged journals."""

import ast
from pathlib import Path

import pytest

import ivr_flows
from ivr_flows import codec
from ivr_flows.catalogue import FLOWS
from ivr_flows.questions import OutageList
from ivr_flows.replies import HungUp, Pressed, Silence, Taped
from ivr_flows.run import MAX_REPLIES, CallFacts, CallIsOver, Entry, Run
from ivr_flows.talk import UnexpectedReply

FACTS = CallFacts("ast-1.2", "0501234567", "32700154")


def hotline(**changes) -> Run:
    return Run(FLOWS["hotline_1580"].function, FACTS, lambda question: OutageList(()), **changes)


def test_hang_up_ends_the_call_and_stands_in_the_journal():
    run = hotline()
    run.turn()
    assert run.resume(HungUp()).wait is None
    assert run.journal[-1].reply == HungUp()
    assert run.over


def test_a_reply_after_the_end_is_a_fault_of_the_line():
    run = hotline()
    run.turn()
    run.resume(HungUp())
    with pytest.raises(CallIsOver):
        run.resume(Silence())


def test_a_tape_in_answer_to_a_menu_is_refused():
    run = hotline()
    run.turn()
    with pytest.raises(UnexpectedReply):
        run.resume(Taped("1.wav", 3.0, "key"))


def test_a_call_cannot_go_on_for_ever():
    def endless(facts):
        from ivr_flows.talk import ask

        while True:
            yield from ask("main_menu", keys="1")

    run = Run(endless, FACTS, lambda question: None)
    turn = run.turn()
    while turn.wait is not None:
        turn = run.resume(Pressed("1"))
    assert len(run.journal) == MAX_REPLIES


def test_every_entry_is_kept_before_the_flow_goes_on():
    kept: list[Entry] = []
    run = hotline(keep=kept.append)
    run.turn()
    run.resume(Pressed("2"))
    assert [entry.n for entry in kept] == [1, 2]
    assert kept == run.journal


@pytest.mark.parametrize(
    "damaged",
    [
        {},
        {"n": 1},
        {"n": "x", "said": [], "command": {"is": "Ask"}, "reply": {"is": "Silence"}},
        {"n": 1, "said": [], "command": {"is": "os"}, "reply": {"is": "Silence"}},
        {"n": 1, "said": [], "command": {"is": "Ask", "name": "a", "sudo": 1}, "reply": {"is": "Silence"}},
    ],
)
def test_a_damaged_journal_row_is_named_unreadable(damaged):
    with pytest.raises(codec.UnreadableJournal):
        Entry.from_json(damaged)


def test_flows_use_no_with_and_no_finally():
    """Dropping a generator between two requests runs them at the wrong time (measured)."""
    for file in Path(ivr_flows.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            assert not isinstance(node, ast.With), file
            assert not (isinstance(node, ast.Try) and node.finalbody), file


def test_only_talk_has_bare_yields():
    for name in ("hotline_1580", "feedback_call"):
        tree = ast.parse((Path(ivr_flows.__file__).parent / f"{name}.py").read_text())
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.Yield)]
