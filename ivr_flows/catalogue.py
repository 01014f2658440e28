"""The flows by name: the same word stands in the dialplan, in the journal and in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ivr_flows.feedback_call import feedback_call
from ivr_flows.hotline_1580 import hotline_1580
from ivr_flows.run import FlowFunction


@dataclass(frozen=True, slots=True)
class FlowEntry:
    """A flow and the version kept with each call; raise it when old journals no longer fit."""

    function: FlowFunction
    version: int


FLOWS: Mapping[str, FlowEntry] = MappingProxyType(
    {
        "hotline_1580": FlowEntry(hotline_1580, 2),
        "feedback_call": FlowEntry(feedback_call, 1),
    }
)
