"""A call in the terminal: the robot's words are printed, the caller's part is typed."""

from __future__ import annotations

from collections.abc import Callable

from ivr_flows import scenario
from ivr_flows.catalogue import FLOWS
from ivr_flows.commands import Ask, Record, Say, Transfer, Wait
from ivr_flows.questions import (
    Answer,
    AppealStatus,
    CityOutages,
    FeedbackAbout,
    FeedbackSubject,
    OutageList,
    Question,
    StatusOf,
    StreetOutages,
)
from ivr_flows.replies import HungUp, Reply, Silence
from ivr_flows.run import CallFacts, Run

HELP = {
    Ask: "клавіші (наприклад 2), порожньо - мовчання, «-» - покласти слухавку",
    Record: "скільки секунд говорити (наприклад 14), «14-» - говорити і покласти слухавку",
    Transfer: "answered, busy, no_answer або failed",
}


def simulate(
    flow: str,
    facts: CallFacts,
    *,
    read: Callable[[str], str],
    show: Callable[[str], None],
    text_of: Callable[[Say], str],
    consult: Callable[[Question], Answer | None] | None = None,
) -> str:
    """Play a flow with a person at the keyboard.

    Args:
        read: asks for one line (``input``); EOFError is a hang-up.
        show: prints one line.
        text_of: the Ukrainian text of a sentence.
        consult: the city's records; an empty city without it.

    Returns:
        The scenario file of this call.
    """
    run = Run(FLOWS[flow].function, facts, consult or empty_city)
    turn = run.turn()
    while True:
        for sentence in turn.say:
            show(f"  15-80: {text_of(sentence)}")
        if turn.wait is None:
            return scenario.write(flow, facts, run)
        turn = run.resume(_reply(turn.wait, len(run.journal) + 1, read, show))


def empty_city(question: Question) -> Answer:
    """Records of a city where nothing has happened."""
    match question:
        case FeedbackAbout():
            return FeedbackSubject(number="123", day=1, month=1)
        case StatusOf():
            return AppealStatus("unknown")
        case CityOutages() | StreetOutages():
            return OutageList(())


def _reply(wait: Wait, n: int, read: Callable[[str], str], show: Callable[[str], None]) -> Reply:
    while True:
        try:
            typed = read(f"[{HELP[type(wait)]}] > ").strip()
        except EOFError:
            return HungUp()
        try:
            return _understand(wait, typed, n)
        except scenario.UnreadableScenario:
            show("  Не зрозуміло.")


def _understand(wait: Wait, typed: str, n: int) -> Reply:
    if typed == "-":
        return scenario.read_reply("speaks 0 s, hangs up", n) if isinstance(wait, Record) else HungUp()
    match wait:
        case Ask():
            return scenario.read_reply(f"presses {typed.rstrip('#')}", n) if typed else Silence()
        case Record():
            ending = "hangs up" if typed.endswith("-") else "presses #"
            return scenario.read_reply(f"speaks {typed.rstrip('-')} s, {ending}", n)
        case Transfer():
            return scenario.read_transfer(typed)
