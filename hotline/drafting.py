"""From the words of a message to the suggestions of its card: where understanding meets the records."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy.orm import Session

from db import alarms, drafts, lookups, uk
from db.addresses import HOME, Place, street_text
from db.alarms import Danger
from db.drafts import Suggested
from db.models import Recording
from db.register_now import RegisterNow
from db.street_register import Register
from transcribe.understanding.answer_words import answer_words
from transcribe.understanding.facts import Address, Reason, Span, StreetGuess, Understanding
from transcribe.understanding.rules import RuleBook, UnusableRules
from transcribe.understanding.understand import Understander

RULES = "rules-2"
"""Stands with every suggestion and labelled example; raised when the shipped rules change what they suggest."""

ANYBODY = "112"
"""Whom to telephone about a danger whose rule names nobody."""

SURE_OF_A_NUMBER = 0.9
"""A telephone or an appeal number is heard or it is not; it still may be misheard."""

log = structlog.get_logger()


class Drafting:
    """Suggestions and alarms for messages. Whatever fails in understanding, the words stay with the recording.

    Args:
        understander: makes the understanding for a register; called again when a street was changed.
    """

    def __init__(self, understander: Callable[[Register], Understander]) -> None:
        self._make = understander
        self._register_now = RegisterNow()
        self._made: tuple[Register, Understander] | None = None
        self._grammar: tuple[Register, Sequence[str]] | None = None

    def partial(
        self, session: Session, recording_id: int, words: Sequence[str], at: datetime, *, whole: bool = False
    ) -> None:
        """Raise the alarms of what was heard so far; may be asked with every new word.

        Args:
            whole: these are all words of the recording.
        """
        with _without_losing_words(session, recording_id, "an alarm could not be looked for"):
            found = self._understander(session, at).alarms(words, whole=whole)
            dangers = [_danger(words, reason) for reason in found]
            for alarm in alarms.raise_alarms(session, recording_id, dangers, at):
                log.warning("an alarm was raised", recording=recording_id, dial=alarm.dial)

    def warm_up(self, session: Session, at: datetime) -> None:
        """Make what the next message would wait for; a moment, when nothing changed."""
        with _without_losing_words(session, 0, "understanding cannot be made ready"):
            self._understander(session, at)

    def grammar(self, session: Session, recording: Recording, at: datetime) -> Sequence[str]:
        """The words an answer can be made of, when the recording is one to «вулицю і будинок»; else none."""
        if recording.name != drafts.ADDRESS:
            return ()
        with _without_losing_words(session, recording.id, "an answer is heard without the names of streets"):
            register = self._register_now(session, at)
            if self._grammar is None or self._grammar[0] is not register:
                self._grammar = (register, answer_words(register))
            return self._grammar[1]
        return ()

    def final(self, session: Session, recording_id: int, at: datetime, narrow: Sequence[str] = ()) -> None:
        """Make the draft of a recording from its latest transcript. A second time changes nothing.

        Args:
            narrow: the same recording as heard by :meth:`grammar`.
        """
        words = drafts.heard(session, recording_id)
        if not words and not narrow:
            return
        self.partial(session, recording_id, words, at, whole=True)
        with _without_losing_words(session, recording_id, "a message was not understood, its card stays as it was"):
            titles = {one.code: one.title for one in lookups.categories(session)}
            executors = {one.code: one.title for one in lookups.executors(session)}
            understander = self._understander(session, at)
            understood = understander.understand(words)
            suggested = suggestions(understood, titles, executors)
            if narrow and not any(address.sure for address in understood.addresses):
                suggested = _with_narrow(suggested, understander.understand(narrow))
            drafts.make_draft(session, recording_id, suggested, written=understood.written, rules=RULES, at=at)

    def _understander(self, session: Session, at: datetime) -> Understander:
        register = self._register_now(session, at)
        if self._made is None or self._made[0] is not register:
            self._made = (register, self._make(register))
        return self._made[1]


def rules_in_force(own: Path | None, learnt_in: Path | None = None) -> RuleBook:
    """The city's own rules; the shipped ones when those have a mistake, for somebody may be calling about a fire.

    Args:
        learnt_in: as for :class:`RuleBook`.
    """
    try:
        return RuleBook(own, learnt_in)
    except UnusableRules as mistake:
        log.error("the city's own rules cannot be used, the shipped ones are in force", mistake=str(mistake))
        return RuleBook(learnt_in=learnt_in)


def suggestions(understood: Understanding, categories: dict[str, str], executors: dict[str, str]) -> list[Suggested]:
    """What was understood, as suggestions for the fields of a card.

    Args:
        categories, executors: code to title, of those in use; others are not suggested.
    """
    found = [*_said(understood), *_addresses(understood), *_categories(understood, categories)]
    found.append(_urgency(understood))
    kind = uk.word(uk.CALL_KIND, understood.kind)
    found.append(Suggested("kind", understood.kind, kind, 1.0, sure=True))
    if understood.executor in executors:
        sure = understood.category is not None
        why = "за категорією та адресою"
        found.append(
            Suggested("executor", understood.executor, executors[understood.executor], 1.0, sure=sure, why=why)
        )
    return found


def _said(understood: Understanding) -> Iterator[Suggested]:
    """Values that were said as such."""
    if name := understood.name:
        yield Suggested("applicant", name.value, name.value, 0.8, sure=True, spans=(name.span,), why="назвався")
    for phone in understood.phones:
        yield Suggested(
            "phone", phone.value, _grouped(phone.value), SURE_OF_A_NUMBER, True, (phone.span,), "назвав номер"
        )
    for number in understood.appeal_numbers:
        why = "згадав попереднє звернення"
        yield Suggested("earlier_no", number.value, number.value, SURE_OF_A_NUMBER, True, (number.span,), why)


def _addresses(understood: Understanding) -> Iterator[Suggested]:
    """Each place with its likeliest street, then the other streets it may be; a place that is said twice, once."""
    told = {""}
    for sure, address, guess in _places(understood.addresses):
        place = _place(address, guess)
        if place.line() in told:
            continue
        told.add(place.line())
        yield Suggested(
            "address",
            place.line(),
            f"{place.line()} ({address.note})" if guess is None and address.note else place.line(),
            confidence=guess.score if guess and guess is not address.street else address.confidence,
            sure=sure,
            spans=_joined(address.spans),
            why=_why_there(address, guess),
            parts=place.to_json(),
        )


def _with_narrow(suggested: Sequence[Suggested], narrow: Understanding) -> list[Suggested]:
    """Beside the places of the free words those that were heard among the names of the register alone.

    Confidence cannot choose between the two, for within its grammar a recogniser is sure of wrong words too. So the
    free words go first where they name a street of the register, and an operator decides.
    """
    free = [one for one in suggested if one.field == "address"]
    told = {one.value for one in free}
    heard = " ".join(narrow.words)
    added = [
        replace(one, sure=False, spans=(), why=f"почуто серед назв вулиць: «{heard}»")
        for one in _addresses(narrow)
        if one.value not in told and one.parts["street_id"] is not None
    ]
    known = [one for one in free if one.parts["street_id"] is not None]
    return [
        *(one for one in suggested if one.field != "address"),
        *known,
        *added,
        *(one for one in free if one not in known),
    ]


def _places(addresses: Sequence[Address]) -> Iterator[tuple[bool, Address, StreetGuess | None]]:
    """The first place may be filled in without asking, when it is the only one and sure."""
    for n, address in enumerate(addresses):
        yield address.sure and n == 0, address, address.street
    for address in addresses:
        yield from ((False, address, guess) for guess in address.guesses[1:])


def _place(address: Address, guess: StreetGuess | None) -> Place:
    if guess is None:
        village = "" if address.settlement == HOME else address.settlement
        said = address.street_said[:1].upper() + address.street_said[1:]
        street = " ".join(filter(None, (address.type_said, said))) or address.landmark or village
        return Place(street, address.house, address.building, address.flat, address.settlement)
    return Place(
        street_text(guess.type, guess.name, guess.settlement),
        address.house,
        address.building,
        address.flat,
        guess.settlement,
        guess.street_id,
    )


def _why_there(address: Address, guess: StreetGuess | None) -> str:
    parts = [f"раніше {guess.said_name}" if guess and guess.said_name else "", address.note]
    if guess and address.landmark:
        parts.append(f"орієнтир: {address.landmark}")
    return "; ".join(part for part in parts if part) or "вулиця з реєстру міста"


def _categories(understood: Understanding, titles: dict[str, str]) -> Iterator[Suggested]:
    for guess in understood.categories:
        if guess.code in titles:
            yield Suggested(
                "category",
                guess.code,
                titles[guess.code],
                guess.score,
                sure=guess.code == understood.category,
                spans=_joined(reason.span for reason in guess.reasons),
                why="; ".join(dict.fromkeys(reason.why for reason in guess.reasons)),
            )


def _urgency(understood: Understanding) -> Suggested:
    reasons = understood.alarms
    return Suggested(
        "urgency",
        understood.urgency,
        uk.word(uk.URGENCY, understood.urgency),
        1.0,
        sure=True,
        spans=_joined(reason.span for reason in reasons),
        why="; ".join(dict.fromkeys(reason.why for reason in reasons)) or "нічого термінового не сказано",
    )


def _danger(words: Sequence[str], reason: Reason) -> Danger:
    """The rules write into their reason whom to telephone: «запах газу: телефонуйте 104»."""
    first, last = reason.span
    why, _, dial = reason.why.partition(": телефонуйте ")
    return Danger(dial or ANYBODY, " ".join(words[first : last + 1]), why)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans that touch or overlap are one piece of speech: «немає гарячої» and «гарячої води»."""
    joined: list[Span] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _grouped(phone: str) -> str:
    """«050 123 45 67»."""
    return f"{phone[:3]} {phone[3:6]} {phone[6:8]} {phone[8:]}" if len(phone) == 10 else phone


@contextmanager
def _without_losing_words(session: Session, recording_id: int, what: str) -> Iterator[None]:
    """A failure takes back only what was done here and is told without a word of the citizen in the log."""
    try:
        with session.begin_nested():
            yield
    except Exception as error:  # rules are edited by people and messages are anything; a draft is only a help
        where = traceback.extract_tb(error.__traceback__)[-1]
        log.error(what, recording=recording_id, error=type(error).__name__, where=f"{where.name}:{where.lineno}")
