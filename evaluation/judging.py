"""One message, field by field: was the suggestion right?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from evaluation.utterances import Place, Utterance
from transcribe.understanding.facts import Address, Understanding


@dataclass(frozen=True, slots=True)
class Verdict:
    """A field of one message.

    Attributes:
        field: as the table names it.
        right: whether the suggestion is what the person labelled.
        expected, got: for the list of misses.
    """

    field: str
    right: bool
    expected: str
    got: str


def verdicts(labelled: Utterance, got: Understanding) -> list[Verdict]:
    """Every field that this message can be judged by."""
    if not labelled.kind:
        return list(_places(labelled, got))
    return [*_subject(labelled, got), *_danger(labelled, got), *_places(labelled, got), *_said(labelled, got)]


def _subject(labelled: Utterance, got: Understanding) -> Iterator[Verdict]:
    yield Verdict("kind", labelled.kind == got.kind, labelled.kind, got.kind)
    yield Verdict("urgency", labelled.urgency == got.urgency, labelled.urgency, got.urgency)
    codes = [guess.code for guess in got.categories]
    if labelled.category is None:
        yield Verdict("no category where there is none", got.category is None, "-", str(got.category))
        return
    yield Verdict("category first", codes[:1] == [labelled.category], labelled.category, " ".join(codes) or "-")
    fair = [labelled.category, *labelled.also]
    yield Verdict("category first, or a fair second", bool(codes) and codes[0] in fair, "/".join(fair), " ".join(codes))
    yield Verdict("category within three", labelled.category in codes, labelled.category, " ".join(codes) or "-")
    if got.category:
        yield Verdict("category where filled", got.category == labelled.category, labelled.category, got.category)


def _danger(labelled: Utterance, got: Understanding) -> Iterator[Verdict]:
    if labelled.urgency == "E0":
        yield Verdict("emergency raised", got.urgency == "E0", "E0", got.urgency)
    else:
        yield Verdict("no false alarm", got.urgency != "E0", labelled.urgency, _words(got))


def _words(got: Understanding) -> str:
    return "; ".join(got.text_of(reason.span) for reason in got.alarms)


def _places(labelled: Utterance, got: Understanding) -> Iterator[Verdict]:
    """Every labelled place against the likest suggested one, and suggestions nobody asked for."""
    left = list(got.addresses)
    for place in labelled.places:
        suggested = max(left, key=lambda address: _likeness(place, address), default=None)
        if suggested is not None and _likeness(place, suggested) > 0:
            left.remove(suggested)
        else:
            suggested = None
        yield from _place(place, suggested, labelled, got)
    if not labelled.places:
        named = any(one.guesses or one.street_said for one in got.addresses)
        yield Verdict("nothing invented", not named, "-", _told(got.addresses))
        yield Verdict("nothing invented as sure", not any(one.sure for one in got.addresses), "-", _told(got.addresses))
    elif any(place.streets for place in labelled.places):
        extra = [one for one in left if one.guesses and one.sure]
        yield Verdict("no further street as sure", not extra, "-", _told(extra))


def _place(place: Place, suggested: Address | None, labelled: Utterance, got: Understanding) -> Iterator[Verdict]:
    told = _told([suggested] if suggested else got.addresses)
    if place.streets:
        expected = "/".join(sorted(place.streets))
        right = suggested is not None and _same_street(place, suggested)
        yield Verdict("street", right, expected, told)
        for trait, field in (("former-name", "street, former name"), ("case", "street, case form")):
            if trait in labelled.traits:
                yield Verdict(field, right, expected, told)
        within = suggested is not None and any(guess.name in place.streets for guess in suggested.guesses)
        yield Verdict("street within three", right or within, expected, told)
        filled = suggested is not None and suggested.sure and suggested.street is not None
        if filled and suggested:
            fully = right and suggested.house == place.house
            yield Verdict("street where sure", right, expected, told)
            yield Verdict("street and house where sure", fully, f"{expected} {place.house}", told)
        yield Verdict("sure coverage", filled and right, expected, told)
    elif place.unknown_street:
        left_as_text = suggested is not None and not suggested.sure and bool(suggested.street_said)
        yield Verdict("unknown street left as text", left_as_text, place.unknown_street, told)
    if place.settlement:
        settlement = suggested.settlement if suggested else ""
        yield Verdict("settlement", settlement == place.settlement, place.settlement, told)
    labels: dict[str, Set[str]] = {
        "house": {place.house} - {""},
        "flat": place.flats,
        "building": {place.building} - {""},
    }
    for field, fitting in labels.items():
        value = getattr(suggested, field) if suggested else ""
        if fitting:
            yield Verdict(field, value in fitting, "/".join(sorted(fitting)), f"{value or '-'} of {told}")
        else:
            yield Verdict(f"no {field} invented", not value, "-", f"{value} of {told}")


def _likeness(place: Place, address: Address) -> int:
    """How much of a labelled place a suggested one has; 0 means they have nothing in common."""
    named = _same_street(place, address) or (bool(place.unknown_street) and bool(address.street_said))
    houses = bool(place.house) and place.house == address.house
    settled = not place.streets and bool(place.settlement) and place.settlement == address.settlement
    return 4 * named + 2 * houses + settled


def _same_street(place: Place, address: Address) -> bool:
    return address.street is not None and address.street.name in place.streets


def _said(labelled: Utterance, got: Understanding) -> Iterator[Verdict]:
    for field, expected, values in (
        ("phone", labelled.phones, got.phones),
        ("appeal number", labelled.appeal_numbers, got.appeal_numbers),
    ):
        said = tuple(one.value for one in values)
        if expected:
            yield Verdict(field, said == expected, " ".join(expected), " ".join(said) or "-")
        else:
            yield Verdict(f"no {field} invented", not said, "-", " ".join(said) or "-")
    name = got.name.value if got.name else None
    field = "name" if labelled.name else "no name invented"
    yield Verdict(field, _name_parts(name) == _name_parts(labelled.name), labelled.name or "-", name or "-")


def _name_parts(name: str | None) -> list[str]:
    """The parts of a name in any order: a card has «Марія Гнатюк» where people say, and label, «Гнатюк Марія»."""
    return sorted((name or "").casefold().split())


def _told(addresses: Sequence[Address]) -> str:
    return "; ".join(map(_address, addresses)) or "-"


def _address(address: Address) -> str:
    street = address.street.name if address.street else f"«{address.street_said}»"
    parts = [street, address.house, address.building, address.flat, address.landmark, address.settlement]
    return f"{' '.join(filter(None, parts))} ({address.confidence:.2f}{', sure' if address.sure else ''})"
