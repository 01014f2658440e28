"""While somebody speaks, only the beginning of his message is there; a recording that starts late has only its end."""

from __future__ import annotations

import pytest

from evaluation.utterances import utterances
from tests.transcribe.understanding.places import said

SPOKEN = [
    "над нами шопена грає на піаніно сусід",
    "якась корольова на честь чайковського чи горького",
    "газом тхне з п'ятнадцятої квартири двері зліва номер шість",
    *(one.text for one in utterances("houses")[::8]),
]


@pytest.mark.parametrize("text", SPOKEN)
def test_every_beginning_and_every_end_of_a_message_can_be_read(text: str) -> None:
    words = text.split()
    for cut in range(1, len(words)):
        for piece in (words[:cut], words[cut:]):
            for address in said(" ".join(piece)):
                assert all(0 <= first <= last < len(piece) for first, last in address.spans)
