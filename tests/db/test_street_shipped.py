"""What the shipped register promises in register/SOURCE.md."""

from collections import defaultdict

import pytest

from db import uk
from db.street_entries import Refused, entry
from db.street_register import RegisterStreet
from db.street_shipped import entries
from db.street_words import folded, house_of, name_of, split_type
from db.streets import shipped


def test_every_shipped_street_lies_in_a_settlement_of_the_community() -> None:
    register = shipped()
    assert {street.settlement for street in register.streets} <= {one.name for one in register.settlements}
    assert len({street.id for street in register.streets}) == len(register.streets)


def test_a_decided_rename_makes_the_old_name_a_former_one() -> None:
    assert names("Захисників України") == [("Гордіюк", "former")]


def test_a_proposal_is_no_decision_but_is_understood() -> None:
    assert "Героїв Маріуполя" not in {street.name for street in shipped().streets}
    assert names("Конякіна") == [("Героїв Маріуполя", "proposed")]


def test_a_street_that_was_split_shares_its_former_name() -> None:
    assert former()["Добролюбова"] == {"Долинна", "Надставкова"}
    assert former()["Нікішева"] == {"Леся Танюка", "Михайла Вербицького"}


def test_contradicting_sources_leave_both_former_names_under_both_streets() -> None:
    assert former()["Купріна"] == former()["Кутузова"] == {"Валова", "Княжа"}


def test_a_village_street_knows_its_starosta_district_and_a_doubted_district_stays_empty() -> None:
    register = shipped()
    assert {one.starosta_district for one in register.streets if one.settlement == "Прилуцьке"} == {"Прилуцький"}
    assert {one.starosta_district for one in register.settlements if one.name == "Рокині"} == {""}


def test_every_status_of_the_shipped_streets_has_words_for_people() -> None:
    assert {one.status for one in entries()} <= set(uk.STREET_STATUS)


def test_parts_of_the_city_are_known_by_what_people_say() -> None:
    said = {also: one.name for one in shipped().districts for also in one.also}
    assert said["тридцять третій квартал"] == "33-й"


@pytest.mark.parametrize(
    ("written", "kind", "name"),
    [
        ("вул. Шевченка", "вулиця", "Шевченка"),
        ("вул.Шевченка", "вулиця", "Шевченка"),
        ("Набережна вулиця", "вулиця", "Набережна"),
        ("пр-т Волі", "проспект", "Волі"),
        ("Київський майдан", "майдан", "Київський"),
        ("6-й Малоомелянівський пров.", "провулок", "6-й Малоомелянівський"),
        ("Набережна", "", "Набережна"),
    ],
)
def test_the_type_is_told_from_the_name_wherever_it_stands(written: str, kind: str, name: str) -> None:
    assert split_type(written) == (kind, name)


def test_one_name_in_several_spellings_is_one_name() -> None:
    assert folded("В’їзна") == folded("ВʼЇЗНА") == folded("В'їзна")
    assert folded("Героїв–добровольців") == folded("героїв добровольців")
    assert name_of("Cадова") == "Садова"  # a Latin C
    assert house_of("24 a") == house_of("24а") == "24А"


@pytest.mark.parametrize("name", ["", "<b>Садова</b>", '=HYPERLINK("http://example.org")', "—", "12", "а" * 200])
def test_what_is_no_name_is_refused_in_words(name: str) -> None:
    with pytest.raises(Refused, match=r"назв|немає типу"):
        entry(1, name=name, type="вулиця")


def names(street: str) -> list[tuple[str, str]]:
    (found,) = [one for one in shipped().streets if one.name == street and one.type == "вулиця"]
    return [(other.name, other.kind) for other in found.others]


def former() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    street: RegisterStreet
    for street in shipped().streets:
        for other in street.others:
            if other.kind == "former" and street.type == "вулиця":
                found[other.name].add(street.name)
    return found
