"""Cases of text in and text out are counted honestly."""

from __future__ import annotations

import pytest

from evaluation.cases import Case, cases, count, report
from evaluation.tables import Tally


def test_a_case_counts_under_its_kind_and_a_wrong_one_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    given = [Case("house", "сім", ("7", "7-а")), Case("house", "вісім", ("8",)), Case("words", "Раз", ("раз",))]

    counted = count(given, {"сім": "7-А", "вісім": "9", "Раз": "раз"}.__getitem__)
    report("Проба", counted)

    assert counted.kinds == {"house": Tally(1, 2), "words": Tally(1, 1)}
    assert counted.all == Tally(2, 3)
    assert counted.misses == ["house: «вісім» expected «8», got «9»"]
    assert "misses (1)" in capsys.readouterr().out


@pytest.mark.parametrize("own", ["itn_own_cases", "tn_own_cases"])
def test_own_cases_are_no_copies_of_the_given_ones(own: str) -> None:
    field = "spoken" if own.startswith("itn") else "written"
    given = {case.given for case in cases(own.replace("_own", ""), field)}
    siblings = [case.given for case in cases(own, field)]

    assert len(siblings) == len(set(siblings)) >= 60
    assert not given & set(siblings)
    assert all(text == text.lower() for case in cases(own, field) for text in case.accepted)
