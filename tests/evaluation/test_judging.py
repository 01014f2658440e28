"""What counts as a right answer."""

from __future__ import annotations

import pytest

from evaluation.judging import verdicts
from evaluation.utterances import Utterance
from transcribe.understanding.facts import Said, Understanding


def judged_name(labelled: str | None, got: str | None) -> bool:
    utterance = Utterance("x1", "", "none", None, (), "N1", (), (), (), labelled, ())
    name = Said(got, (0, 0)) if got else None
    understood = Understanding((), (), "none", None, (), "N1", (), "", (), name, (), ())
    return next(one.right for one in verdicts(utterance, understood) if "name" in one.field)


@pytest.mark.parametrize(
    ("labelled", "got", "right"),
    [
        ("Гнатюк Світлана Борисівна", "Світлана Борисівна Гнатюк", True),
        ("Гнатюк Світлана Борисівна", "Світлана Гнатюк", False),
        ("Ганна", "Галина", False),
        ("Ганна", None, False),
        (None, None, True),
        (None, "Ганна", False),
    ],
)
def test_a_name_is_right_in_any_order_but_only_whole(labelled: str | None, got: str | None, *, right: bool) -> None:
    assert judged_name(labelled, got) == right
