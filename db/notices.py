"""Outages and works as suppliers tell them (order, clause 2.1): entered by staff, read out by the line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from db import audit, uk
from db.city_time import in_kyiv
from db.models import Executor, Notice, NoticePlace, User
from db.numbers import next_number
from ivr_flows.questions import Moment, Outage, Place

KINDS = frozenset(uk.NOTICE_KIND)
EFFECTS = frozenset(uk.NOTICE_EFFECT)

PLAYED_AT_MOST = timedelta(days=14)
"""Nothing is read out for longer without a person looking at it again."""


class NoticeRefused(Exception):
    """An operator entered a notice that cannot be read out: no place, no end, times the wrong way round (Ukrainian)."""


def enter(
    session: Session,
    *,
    kind: str,
    effect: str,
    starts_at: datetime,
    play_until: datetime,
    by: User | None,
    at: datetime,
    places: Sequence[Place] = (),
    city_wide: bool = False,
    ends_at: datetime | None = None,
    ends_firm: bool = False,
    remark: str = "",
    source: str = "phone",
    executor: Executor | None = None,
    draft: bool = False,
) -> Notice:
    """A new notice, active at once unless it is a ``draft``.

    Args:
        kind: planned, emergency, schedule or cascade.
        effect: catalogue key after ``notice.``.
        play_until: obligatory: a notice that nobody closes ends by itself (CAP «expires»).
        places: streets; a house list without houses is the whole street.
        ends_at: when the service should be back; None: unknown.

    Raises:
        NoticeRefused: see there.
    """
    _check(kind, effect, starts_at=starts_at, play_until=play_until, ends_at=ends_at, at=at)
    if not city_wide and not places:
        raise NoticeRefused("Вкажіть вулиці або позначте «все місто».")
    year = in_kyiv(at).year
    notice = Notice(
        public_no=f"В-{year}-{next_number(session, f'notice {year}'):05}",
        kind=kind,
        effect=effect,
        status="draft" if draft else "active",
        city_wide=city_wide,
        starts_at=starts_at,
        ends_at=ends_at,
        ends_firm=ends_firm,
        play_until=play_until,
        remark=remark.strip(),
        source=source,
        executor_id=executor.id if executor else None,
        received_at=at,
        entered_by_id=by.id if by else None,
        places=[_row(place) for place in places],
    )
    session.add(notice)
    session.flush()
    audit.record(session, "notice_entered", f"notice {notice.id}", by=by, at=at, details=notice.status)
    return notice


def publish(session: Session, notice: Notice, by: User | None, at: datetime) -> None:
    """A draft becomes active.

    Raises:
        NoticeRefused: it is no draft, or its time is over.
    """
    if notice.status != "draft" or notice.play_until <= at:
        raise NoticeRefused("Опублікувати можна лише чернетку, строк якої не минув.")
    notice.status = "active"
    audit.record(session, "notice_entered", f"notice {notice.id}", by=by, at=at, details="draft -> active")


def restore(session: Session, notice: Notice, by: User | None, at: datetime) -> None:
    """The service is back: the line stops reading the notice."""
    _close(session, notice, "restored", by, at)


def cancel(session: Session, notice: Notice, by: User | None, at: datetime) -> None:
    """The notice was a mistake, or the works were put off."""
    _close(session, notice, "cancelled", by, at)


def active(session: Session, at: datetime, *, city_wide: bool | None = None) -> list[Notice]:
    """What the line reads out now, newest first; an expired notice is never among it.

    Args:
        city_wide: only those for the whole city, only the others, or (None) all.
    """
    found = (
        select(Notice)
        .where(Notice.status == "active", Notice.play_until > at)
        # Works of tomorrow are worth knowing today; a notice is read from the moment it was entered.
        .order_by(Notice.received_at.desc(), Notice.id.desc())
        .options(selectinload(Notice.places))
    )
    if city_wide is not None:
        found = found.where(Notice.city_wide == city_wide)
    return list(session.scalars(found))


def ended(session: Session, at: datetime, *, limit: int = 50) -> list[Notice]:
    """Notices that are not read out any more, the last one first."""
    over = or_(Notice.status.in_(("restored", "cancelled")), Notice.play_until <= at)
    found = select(Notice).where(over).order_by(Notice.id.desc()).limit(limit)
    return list(session.scalars(found.options(selectinload(Notice.places))))


def status_at(notice: Notice, at: datetime) -> str:
    """The status people see: ``expired`` for one whose time ran out by itself."""
    return "expired" if notice.status in ("active", "draft") and notice.play_until <= at else notice.status


def spoken(notice: Notice, at: datetime) -> Outage:
    """A notice as the line needs it at this moment; an end in the past is not promised (DOMAIN 5.3)."""
    ends = notice.ends_at if notice.ends_at is not None and notice.ends_at > at else None
    return Outage(
        public_no=notice.public_no,
        kind=notice.kind,
        effect=notice.effect,
        city_wide=notice.city_wide,
        places=tuple(Place(place.street_kind, place.street, tuple(place.houses)) for place in notice.places),
        ends=moment(ends, at) if ends else None,
        ends_firm=notice.ends_firm,
        remark=notice.remark,
    )


def moment(when: datetime, at: datetime) -> Moment:
    """A moment on the city's clock, as seen from ``at``."""
    here, today = in_kyiv(when), in_kyiv(at).date()
    match (here.date() - today).days:
        case 0:
            return Moment(here.day, here.month, here.hour, here.minute, "today")
        case 1:
            return Moment(here.day, here.month, here.hour, here.minute, "tomorrow")
        case _:
            return Moment(here.day, here.month, here.hour, here.minute, "other")


def _close(session: Session, notice: Notice, status: str, by: User | None, at: datetime) -> None:
    if notice.status not in ("active", "draft"):
        return  # a second click, or two operators at once
    notice.status, notice.closed_at = status, at
    audit.record(session, "notice_closed", f"notice {notice.id}", by=by, at=at, details=status)


def _check(
    kind: str, effect: str, *, starts_at: datetime, play_until: datetime, ends_at: datetime | None, at: datetime
) -> None:
    if kind not in KINDS or effect not in EFFECTS:
        raise NoticeRefused(f"Лінія не має слів для «{kind}, {effect}».")
    if ends_at is not None and ends_at <= starts_at:
        raise NoticeRefused("Закінчення має бути пізніше за початок.")
    if play_until <= at:
        raise NoticeRefused("Час, до якого озвучувати, уже минув.")
    if play_until > max(at, starts_at) + PLAYED_AT_MOST:
        raise NoticeRefused(f"Озвучувати можна щонайдовше {PLAYED_AT_MOST.days} днів.")


def _row(place: Place) -> NoticePlace:
    houses = [house.strip() for house in place.houses if house.strip()]
    return NoticePlace(street_kind=place.street_kind.strip(), street=place.street.strip(), houses=houses)
