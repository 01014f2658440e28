"""Commands and replies as JSON: the journal's one wire form.

A value becomes ``{"is": "<class name>", field: value, ...}``; tuples become lists. Only the classes named here
can be read back, so a journal can never build anything else.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from ivr_flows import commands, questions, replies

_CLASSES: dict[str, type[Any]] = {
    cls.__name__: cls
    for module in (commands, questions, replies)
    for cls in vars(module).values()
    if isinstance(cls, type) and dataclasses.is_dataclass(cls)
}

Json = dict[str, Any]


class UnreadableJournal(Exception):
    """A journal was written by another version of the program, or damaged by hand or by the disk."""


def to_json(value: object) -> Json:
    """The JSON form of a command, reply, question or answer."""
    encoded = _encode(value)
    if not isinstance(encoded, dict):
        raise TypeError(f"{value!r} is not a command, reply, question or answer")
    return encoded


def from_json(data: Json) -> Any:
    """The value that :func:`to_json` wrote.

    Raises:
        UnreadableJournal: an unknown class or field.
    """
    return _decode(data)


def _encode(value: object) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: _encode(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {"is": type(value).__name__, **fields}
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"{value!r} cannot stand in a journal")


def _decode(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(_decode(item) for item in data)
    if not isinstance(data, dict):
        return data
    fields = {name: _decode(value) for name, value in data.items() if name != "is"}
    try:
        return _CLASSES[data["is"]](**fields)
    except (KeyError, TypeError) as error:
        raise UnreadableJournal(f"cannot read {data.get('is')!r} of a journal: {error}") from error
