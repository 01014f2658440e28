"""What a flow may ask the city's records, and the shape of each answer.

Time enters a flow only here: answers already say «today» or «tomorrow», seen from the moment of the call
(Europe/Kyiv).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Moment:
    """A minute of the city's clock (Europe/Kyiv), and how far its day is from the day of the call."""

    day: int
    month: int
    hour: int
    minute: int
    is_day: Literal["today", "tomorrow", "other"]


@dataclass(frozen=True, slots=True)
class Place:
    """A street of a notice with its houses as text; no houses: the whole street."""

    street_kind: str
    street: str
    houses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outage:
    """An active notice of the registry, as the line needs it.

    Attributes:
        kind: catalogue key after ``notice.``: planned, emergency, schedule, cascade.
        effect: catalogue key after ``notice.``: no_power, no_cold_water, low_pressure, restored and so on.
        ends: None when the end is unknown or already past: a past hour is never promised (DOMAIN 5.3).
        ends_firm: False for an estimate.
        remark: free text approved for the public, or "".
    """

    public_no: str
    kind: str
    effect: str
    city_wide: bool
    places: tuple[Place, ...]
    ends: Moment | None
    ends_firm: bool
    remark: str = ""


@dataclass(frozen=True, slots=True)
class CityOutages:
    """Which notices concern the whole city now? Answer: ``OutageList``."""


@dataclass(frozen=True, slots=True)
class StreetOutages:
    """Which other notices are active now? Answer: ``OutageList``."""


@dataclass(frozen=True, slots=True)
class OutageList:
    """Active notices, newest first."""

    outages: tuple[Outage, ...]


@dataclass(frozen=True, slots=True)
class StatusOf:
    """What became of the appeal with this number (receipt or public number, digits only)? Answer: ``AppealStatus``."""

    number: str


@dataclass(frozen=True, slots=True)
class AppealStatus:
    """Attributes:
    stage: catalogue key after ``status_``: unknown, draft, registered, forwarded, in_progress, done, returned, closed.
    due: when the responsible body must have acted, or None.
    overdue: that moment is past.
    body: catalogue key after ``body.`` of the responsible body, or None.
    """

    stage: str
    due: Moment | None = None
    overdue: bool = False
    body: str | None = None


@dataclass(frozen=True, slots=True)
class FeedbackAbout:
    """Which appeal does this feedback call concern? Answer: ``FeedbackSubject``."""

    attempt_id: int


@dataclass(frozen=True, slots=True)
class FeedbackSubject:
    """The appeal's digits as the citizen knows them, and the day it was left. No name, no address (DOMAIN 6.3)."""

    number: str
    day: int
    month: int


Question = CityOutages | StreetOutages | StatusOf | FeedbackAbout
Answer = OutageList | AppealStatus | FeedbackSubject
