"""What people type, and the street they mean."""

from __future__ import annotations

import pytest

from db.street_find import find
from db.street_register import OtherName, RegisterStreet

STREETS = (
    RegisterStreet(1, "вулиця", "Захисників України", "Луцьк", (OtherName("Гордіюк", "former"),)),
    RegisterStreet(2, "вулиця", "Лесі Українки", "Луцьк"),
    RegisterStreet(3, "вулиця", "Садова", "Луцьк"),
    RegisterStreet(4, "провулок", "Садова", "Луцьк"),
    RegisterStreet(5, "вулиця", "Садова", "Жидичин"),
    RegisterStreet(6, "вулиця", "В'їзна", "Луцьк", (OtherName("Садова Гора", "colloquial"),)),
)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("гордіюк", [1]),
        ("ГОРД", [1]),
        ("україн", [1, 2]),
        ("вул. Садова", [3, 5, 4, 6]),
        ("провулок садова", [4, 3, 5, 6]),
        ("Садова, с. Жидичин", [5]),
        ("вїзна", [6]),
        ("захісників украйни", [1]),
        ("Українка Леся", [2]),
        ("гордиюк", [1]),
        ("захесник", [1]),
        ("україниц", [1, 2]),
        ("Надвірна", []),
        ("дова", [3, 4, 5]),
        ("", []),
        ("вул.", []),
        ("% _", []),
        ("а" * 100_000, []),
    ],
)
def test_a_text_leads_to_the_streets_it_may_mean_the_best_first(text: str, ids: list[int]) -> None:
    assert [one.street.id for one in find(STREETS, text)] == ids


def test_it_is_said_by_which_name_and_how_well_a_street_fits() -> None:
    (by_former,) = find(STREETS, "гордіюк")
    assert (by_former.name, by_former.kind, by_former.match, by_former.score) == ("Гордіюк", "former", "whole", 100.0)
    (misspelt,) = find(STREETS, "захісників украйни")
    assert (misspelt.kind, misspelt.match) == ("present", "alike")
    assert 80 < misspelt.score < 100


def test_no_more_than_asked_for_are_given() -> None:
    assert [one.street.id for one in find(STREETS, "садова", at_most=2)] == [3, 4]
