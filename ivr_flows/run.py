"""Run: a flow plus its journal.

The journal is the call log, the resume point and a ready test case at once: feeding it to a fresh generator
brings a call back to where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ivr_flows import codec
from ivr_flows.commands import Command, Consult, Say, Turn, Wait
from ivr_flows.questions import Answer, Question
from ivr_flows.replies import HungUp, Reply, Told
from ivr_flows.talk import CallerGone, Flow

MAX_REPLIES = 60
"""Replies in one call, consultations included; a caller who plays with the menu for longer is let go politely."""


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What the line knows before the first word.

    Attributes:
        call_id: unique across lines, safe as a folder name (``ast-1700000000.12``).
        caller: the caller's number as digits, or "" when withheld.
        receipt: the number the citizen will hear, digits only; "" on a feedback call.
        can_record: False when the disk is nearly full.
        attempt_id: the callback attempt of an outbound feedback call, else None.
    """

    call_id: str
    caller: str
    receipt: str
    can_record: bool = True
    attempt_id: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the journal: what was said since the last wait, which command waited, what came back."""

    n: int
    said: tuple[Say, ...]
    command: Wait | Consult
    reply: Reply

    def to_json(self) -> codec.Json:
        """A JSON object: n, said, command, reply."""
        return {
            "n": self.n,
            "said": [codec.to_json(say) for say in self.said],
            "command": codec.to_json(self.command),
            "reply": codec.to_json(self.reply),
        }

    @classmethod
    def from_json(cls, data: codec.Json) -> Entry:
        """The entry that :meth:`to_json` wrote; more fields (the line's clock) are ignored.

        Raises:
            UnreadableJournal: not such an object.
        """
        try:
            return cls(
                n=int(data["n"]),
                said=tuple(codec.from_json(say) for say in data["said"]),
                command=codec.from_json(data["command"]),
                reply=codec.from_json(data["reply"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise UnreadableEntry(f"not a journal entry: {error}") from error


class UnreadableEntry(codec.UnreadableJournal):
    """A journal row without the fields of a row."""


class FlowChanged(Exception):
    """The program was replaced in mid-call and the journal does not fit the new flow."""


class CallIsOver(Exception):
    """A line resumed a run whose call had ended: a fault of the line."""


FlowFunction = Callable[[CallFacts], Flow[None]]
Consulted = Callable[[Question], Answer | None]
"""Answers a question from the records; None when they cannot be read in time. Never raises for that."""


class Run:
    """One call of one flow.

    Args:
        flow: a flow function of the catalogue.
        consult: answers questions the journal does not answer yet.
        journal: earlier entries; each is checked against the command it answers.
        keep: called with each new entry before the flow goes on (the spool).

    Raises:
        FlowChanged: the journal answers other commands than the flow yields.
    """

    def __init__(
        self,
        flow: FlowFunction,
        facts: CallFacts,
        consult: Consulted,
        journal: Iterable[Entry] = (),
        keep: Callable[[Entry], None] | None = None,
    ) -> None:
        self.journal: list[Entry] = []
        self._generator = flow(facts)
        self._consult = consult
        self._keep = keep
        self._said: list[Say] = []
        self._waiting: Wait | Consult | None = None
        self._go_on(None)
        for entry in journal:
            if self._waiting is None or entry.command != self._waiting:
                raise FlowChanged(f"entry {entry.n} answers {entry.command}, the flow waits at {self._waiting}")
            self._accept(entry)

    def turn(self) -> Turn:
        """What the line must do now: consultations are answered on the way."""
        while isinstance(self._waiting, Consult):
            self._answer(self._waiting, Told(self._consult(self._waiting.question)))
        return Turn(tuple(self._said), self._waiting)

    def resume(self, reply: Reply) -> Turn:
        """The next turn, after the caller's reply.

        Raises:
            CallIsOver: there was nothing to wait for.
            UnexpectedReply: the reply does not belong to the command.
        """
        if self._waiting is None:
            raise CallIsOver(f"{reply} after the end of the call")
        self._answer(self._waiting, reply)
        return self.turn()

    @property
    def over(self) -> bool:
        """True when the flow has nothing more to wait for."""
        return self._waiting is None

    def _answer(self, command: Wait | Consult, reply: Reply) -> None:
        said = () if isinstance(command, Consult) else tuple(self._said)
        entry = Entry(len(self.journal) + 1, said, command, reply)
        if self._keep:
            self._keep(entry)
        self._accept(entry)

    def _accept(self, entry: Entry) -> None:
        self.journal.append(entry)
        if not isinstance(entry.command, Consult):  # what was said before a consultation is spoken with the next wait
            self._said.clear()
        if isinstance(entry.reply, HungUp) or len(self.journal) < MAX_REPLIES:
            self._go_on(entry.reply)
        else:
            self._end()

    def _go_on(self, reply: Reply | None) -> None:
        """Feed the flow until it waits again; ``Say`` needs no reply."""
        while True:
            try:
                command: Command = self._generator.send(reply)
            except (StopIteration, CallerGone):
                self._end()
                return
            if not isinstance(command, Say):
                self._waiting = command
                return
            self._said.append(command)
            reply = None

    def _end(self) -> None:
        self._generator.close()
        self._waiting = None
