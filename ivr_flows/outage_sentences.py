"""An outage as the sentences the line says."""

from __future__ import annotations

from ivr_flows.commands import Clock, Date, House, Part, Prompt, Say, Street, Words
from ivr_flows.questions import Moment, Outage, Place


def outage_sentences(outage: Outage) -> tuple[Say, ...]:
    """What is wrong, where, until when, the remark.

    Each is a sentence of its own, so that one street without a recording is synthesised alone and the rest keeps
    its recorded voice.
    """
    sentences = [_say(Prompt(f"notice.{outage.kind}"), Prompt(f"notice.{outage.effect}"))]
    if outage.city_wide and not outage.places:
        sentences.append(_say(Prompt("notice.whole_city")))
    sentences.extend(_say(*_place(place)) for place in outage.places)
    if outage.effect != "restored":
        sentences.append(_say(*_end(outage)))
    if outage.remark:
        sentences.append(_say(Words(outage.remark)))
    return tuple(sentences)


def _say(*parts: Part) -> Say:
    return Say(parts)


def _place(place: Place) -> list[Part]:
    parts: list[Part] = [Street(place.street_kind, place.street)]
    if place.houses:
        parts.append(Prompt("notice.house" if len(place.houses) == 1 else "notice.houses"))
        parts.extend(House(house) for house in place.houses)
    return parts


def _end(outage: Outage) -> list[Part]:
    if outage.ends is None:
        return [Prompt("notice.end_unknown")]
    start = Prompt("notice.until" if outage.ends_firm else "notice.about_until")
    return [start, *_moment(outage.ends)]


def _moment(moment: Moment) -> list[Part]:
    parts: list[Part] = [Clock(moment.hour, moment.minute)]
    if moment.minute == 0:
        parts.append(Prompt("notice.hours"))
    if moment.is_day == "other":
        parts.append(Date(moment.day, moment.month))
    else:
        parts.append(Prompt(f"notice.{moment.is_day}"))
    return parts
