"""What counts as a right answer."""

from __future__ import annotations

import pytest

from evaluation.judging import verdicts
from evaluation.tables import Tally
from evaluation.texts import Counted, report_together
from evaluation.utterances import Place, Utterance
from transcribe.understanding.facts import Address, Said, Understanding


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


def judged_flat(labelled: set[str], got: str) -> dict[str, bool]:
    place = Place(frozenset(), "Тиха", "8", "", frozenset(labelled), "")
    utterance = Utterance("x1", "", "", None, (), "", (place,), (), (), None, ())
    address = Address((), "тиха", "8", "", got, "", "", 0.3, False, ())
    understood = Understanding((), (), "none", None, (), "N1", (), "", (address,), None, (), ())
    return {one.field: one.right for one in verdicts(utterance, understood)}


@pytest.mark.parametrize(("got", "right"), [("32", True), ("36", True), ("8", False), ("", False)])
def test_of_a_flat_that_floods_and_one_that_is_flooded_either_is_right(got: str, *, right: bool) -> None:
    assert judged_flat({"32", "36"}, got)["flat"] == right


def test_a_flat_nobody_labelled_is_invented() -> None:
    assert judged_flat(set(), "8")["no flat invented"] is False


def test_where_only_places_were_labelled_nothing_else_is_judged() -> None:
    assert judged_flat({"8"}, "8").keys() == {
        "unknown street left as text",
        "house",
        "flat",
        "no building invented",
    }


def test_sets_are_counted_together_in_the_fields_all_of_them_have(capsys: pytest.CaptureFixture[str]) -> None:
    one, other = Counted(), Counted()
    one.fields["flat"], one.fields["kind"], other.fields["flat"] = Tally(22, 24), Tally(9, 9), Tally(70, 76)

    report_together({"report": one, "places_report": other})

    told = capsys.readouterr().out
    assert "«report» and «places_report» together" in told
    assert "92 of 100" in told
    assert "kind" not in told
