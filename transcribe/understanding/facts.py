"""What one message tells, as suggestions for an operator. Every suggestion knows the words it came from.

Nothing here is a decision: an operator confirms (law on appeals, art. 5).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Span = tuple[int, int]
"""First and last word (inclusive) among the words of the message, counted from 0, as corrections count them."""

Kind = Literal["appeal", "consultation", "thanks", "emergency", "abuse", "none"]
Urgency = Literal["E0", "E1", "E2", "N1"]
"""Classes of DOMAIN 3.2: danger to life, accident at once, accident, ordinary."""


@dataclass(frozen=True, slots=True)
class StreetGuess:
    """One street of the register that the words may mean.

    Attributes:
        street_id: the register's id.
        type, name: as the register has them now («вулиця», «Захисників України»).
        settlement: «Луцьк», or a village.
        score: 0 to 1.
        said_name: the name of the register that was said, when it is not the present one («Гордіюк»), else "".
    """

    street_id: int
    type: str
    name: str
    settlement: str
    score: float
    said_name: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """One place of a message.

    Attributes:
        guesses: streets of the register, the likeliest first, at most three; empty for an unknown street.
        street_said: the words that name the street, as they were heard; "" when only a settlement or house was said.
        type_said: «вулиця», «провулок», "" when no type was said.
        house: as written («24-А», «12/3», «22»), "" when none was said.
        building: корпус, секція, під'їзд («корпус 2»), "" when none.
        flat: "" when none.
        settlement: the one that was said or follows from the street; the city when nothing else was said.
        landmark: «біля школи номер п'ять», a crossing's second street, a microdistrict; "" when none.
        confidence: 0 to 1, for the place as a whole.
        sure: the accept rule holds: the field may be filled without asking.
        spans: the words that led here.
        note: for the operator, in Ukrainian: why it is doubtful («такої вулиці немає в реєстрі»), or "".
    """

    guesses: tuple[StreetGuess, ...]
    street_said: str
    house: str
    building: str
    flat: str
    settlement: str
    landmark: str
    confidence: float
    sure: bool
    spans: tuple[Span, ...]
    note: str = ""
    type_said: str = ""

    @property
    def street(self) -> StreetGuess | None:
        """The likeliest street of the register."""
        return self.guesses[0] if self.guesses else None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is suggested: the words, and what they mean to the rules, in Ukrainian for the operator."""

    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class CategoryGuess:
    """A category (code of DOMAIN 1.3) with its score, 0 to 1, and the words that speak for it."""

    code: str
    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A value that was said: a telephone («0501234567»), an appeal number («15-80/2026/000123»), a name."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class WrittenPiece:
    """A piece of the message for reading («24-А,») and the words it stands for («двадцять чотири а,»)."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Understanding:
    """All suggestions for one message.

    Attributes:
        words: the message as it was heard; spans point into it.
        pieces: the message for reading, spoken numbers as digits; they cover all words in order.
        kind: what sort of call it is.
        category: the first of ``categories`` when it is sure enough to be suggested, else None.
        categories: at most three, the likeliest first.
        urgency: the class, with ``alarms`` the words that raised it above its category's own.
        executor: code of the executor (``db.seed.EXECUTORS``), "" when unknown.
        name: the applicant's name, None when none was said.
    """

    words: tuple[str, ...]
    pieces: tuple[WrittenPiece, ...]
    kind: Kind
    category: str | None
    categories: tuple[CategoryGuess, ...]
    urgency: Urgency
    alarms: tuple[Reason, ...]
    executor: str
    addresses: tuple[Address, ...]
    name: Said | None
    phones: tuple[Said, ...]
    appeal_numbers: tuple[Said, ...]

    @property
    def written(self) -> str:
        """The message for reading as one text."""
        return " ".join(piece.text for piece in self.pieces)

    def text_of(self, span: Span) -> str:
        """The words of a span."""
        return " ".join(self.words[span[0] : span[1] + 1])

    def to_json(self, executor_title: str = "") -> dict[str, Any]:
        """The object of ``hotline understand --json``."""
        return {
            "text": " ".join(self.words),
            "written": self.written,
            "written_pieces": [
                {"text": piece.text, "words": self.text_of(piece.span), "span": list(piece.span)}
                for piece in self.pieces
                if piece.text != self.text_of(piece.span)
            ],
            "kind": self.kind,
            "category": self.category,
            "categories": [{"code": guess.code, "score": round(guess.score, 3)} for guess in self.categories],
            "urgency": self.urgency,
            "executor": executor_title or self.executor or None,
            "executor_code": self.executor or None,
            "addresses": [self._address(address) for address in self.addresses],
            "name": self.name.value if self.name else None,
            "phones": [said.value for said in self.phones],
            "appeal_numbers": [said.value for said in self.appeal_numbers],
            "explanation": self._explanation(),
        }

    def _address(self, address: Address) -> dict[str, Any]:
        street = address.street
        return {
            "street": street.name if street else None,
            "street_said": address.street_said or None,
            "type": (street.type if street else address.type_said) or None,
            "house": address.house or None,
            "building": address.building or None,
            "flat": address.flat or None,
            "settlement": address.settlement or None,
            "landmark": address.landmark or None,
            "confidence": round(address.confidence, 3),
            "sure": address.sure,
            "words": [self.text_of(span) for span in address.spans],
            "spans": [list(span) for span in address.spans],
            "candidates": [_candidate(guess) for guess in address.guesses],
            "note": address.note or None,
        }

    def _explanation(self) -> list[dict[str, Any]]:
        """Every suggestion with its words: ``[{"field", "words", "why"}]``."""
        rows = [
            {"field": "urgency", "words": self.text_of(reason.span), "span": list(reason.span), "why": reason.why}
            for reason in self.alarms
        ]
        for guess in self.categories:
            rows += [
                {
                    "field": f"category {guess.code}",
                    "words": self.text_of(reason.span),
                    "span": list(reason.span),
                    "why": reason.why,
                }
                for reason in guess.reasons
            ]
        said = [("name", self.name)] if self.name else []
        said += [("phone", phone) for phone in self.phones]
        said += [("appeal number", number) for number in self.appeal_numbers]
        rows += [
            {"field": field, "words": self.text_of(one.span), "span": list(one.span), "why": f"записано: {one.value}"}
            for field, one in said
        ]
        return rows


def _candidate(guess: StreetGuess) -> dict[str, Any]:
    return {
        "street": guess.name,
        "type": guess.type,
        "settlement": guess.settlement,
        "score": round(guess.score, 3),
        "said_name": guess.said_name or None,
    }
