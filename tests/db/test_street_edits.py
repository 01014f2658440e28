"""What an administrator does with the register, and that every step can be seen and taken back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import audit, seed, street_edits, users
from db.engine import Records
from db.models import Executor, User
from db.street_edits import StreetRefused
from db.street_history import NothingToUndo, last_undoable
from db.street_register import RegisterStreet
from db.street_tables import Settlement, Street
from db.streets import load, shipped
from tests.db.conftest import NOON

LATER = NOON + timedelta(days=1)


@pytest.fixture
def iryna(session: Session) -> User:
    return users.create(session, "iryna", "Ірина Адмін", "admin", "довгий пароль", NOON)


def test_a_new_city_starts_with_the_shipped_register(session: Session) -> None:
    found, expected = load(session, NOON), shipped()
    assert {named(one) for one in found.streets} == {named(one) for one in expected.streets}
    assert found.settlements == expected.settlements and set(found.districts) == set(expected.districts)


def test_seeding_again_never_touches_an_edit(session: Session, iryna: User) -> None:
    street_edits.rename(session, street(session, "Конякіна"), "Героїв Маріуполя", by=iryna, at=NOON)
    street_edits.retire(session, street(session, "Чайковського"), by=iryna, at=NOON)
    wrong = street(session, "Гущанська")
    street_edits.correct(
        session, wrong, kind="вулиця", name="Гощанська", district_id=None, status="in_use", by=iryna, at=NOON
    )
    before = load(session, NOON)
    seed.seed(session)
    assert load(session, NOON) == before
    assert not {"Конякіна", "Чайковського", "Гущанська"} & {one.name for one in before.streets}


def test_a_former_name_leads_to_the_present_street_after_a_rename(session: Session, iryna: User) -> None:
    found = street(session, "Карбишева")
    street_edits.rename(session, found, "Козацька", by=iryna, at=NOON, since=date(2026, 11, 1), why="рішення ради")
    (now,) = [one for one in load(session, NOON).streets if one.id == found.id]
    assert now.name == "Козацька" and [(one.name, one.kind) for one in now.others] == [("Карбишева", "former")]
    assert found.names[0].valid_to == date(2026, 11, 1)
    assert (found.history[-1].what, found.history[-1].why, found.history[-1].by_id) == (
        "renamed",
        "рішення ради",
        iryna.id,
    )
    assert audit.verify(session) is None


def test_a_proposed_name_that_was_decided_is_the_present_one_and_no_other_name_any_more(
    session: Session, iryna: User
) -> None:
    found = street(session, "Конякіна")
    street_edits.rename(session, found, "Героїв Маріуполя", by=iryna, at=NOON)
    (now,) = [one for one in load(session, NOON).streets if one.id == found.id]
    assert [(one.name, one.kind) for one in now.others] == [("Конякіна", "former")]


def test_a_rename_is_taken_back_with_all_it_did_and_both_steps_stay_in_the_history(
    session: Session, iryna: User
) -> None:
    before = load(session, NOON)
    found = street(session, "Конякіна")
    street_edits.rename(session, found, "Героїв Маріуполя", by=iryna, at=NOON)
    street_edits.take_back(session, found, last(found), by=iryna, at=LATER)
    assert load(session, NOON) == before
    assert [one.what for one in found.history] == ["renamed", "undone"]
    assert found.history[1].undoes_id == found.history[0].id


def test_steps_are_taken_back_one_after_another_and_then_there_is_nothing(session: Session, iryna: User) -> None:
    found = street(session, "Степова")
    street_edits.add_name(session, found, "Стежка", "colloquial", by=iryna, at=NOON)
    street_edits.retire(session, found, by=iryna, at=NOON)
    street_edits.take_back(session, found, last(found), by=iryna, at=LATER)
    street_edits.take_back(session, found, last(found), by=iryna, at=LATER)
    assert found.valid_to is None and found.names[0].withdrawn_at == LATER
    with pytest.raises(NothingToUndo):
        street_edits.take_back(session, found, found.history[0].id, by=iryna, at=LATER)


def test_who_saw_an_older_history_undoes_nothing(session: Session, iryna: User) -> None:
    found = street(session, "Степова")
    street_edits.add_name(session, found, "Стежка", "colloquial", by=iryna, at=NOON)
    seen = last(found)
    street_edits.retire(session, found, by=iryna, at=NOON)
    with pytest.raises(NothingToUndo):
        street_edits.take_back(session, found, seen, by=iryna, at=LATER)


def test_a_name_that_another_street_took_cannot_be_taken_back(session: Session, iryna: User) -> None:
    found = street(session, "Степова")
    street_edits.rename(session, found, "Козацька", by=iryna, at=NOON)
    street_edits.add(session, kind="вулиця", name="Степова", settlement=lutsk(session), by=iryna, at=NOON)
    with pytest.raises(StreetRefused, match="вже є"):
        street_edits.take_back(session, found, last(found), by=iryna, at=LATER)


def test_a_retired_street_is_not_offered_but_stays_and_returns(session: Session, iryna: User) -> None:
    found = street(session, "Степова")
    street_edits.retire(session, found, by=iryna, at=NOON)
    assert found.id not in {one.id for one in load(session, NOON).streets}
    assert found.id in {one.id for one in load(session, NOON - timedelta(days=1)).streets}
    street_edits.restore(session, found, by=iryna, at=LATER)
    assert found.id in {one.id for one in load(session, LATER).streets}


def test_two_streets_of_one_settlement_cannot_share_type_and_name_but_villages_can(
    session: Session, iryna: User
) -> None:
    with pytest.raises(StreetRefused, match="вже є"):
        street_edits.add(session, kind="вулиця", name="ШЕВЧЕНКА", settlement=lutsk(session), by=iryna, at=NOON)
    with pytest.raises(StreetRefused, match="вже є"):
        street_edits.rename(session, street(session, "Степова"), "Шевченка", by=iryna, at=NOON)
    village = session.scalars(select(Settlement).where(Settlement.name == "Жабка")).one()
    added = street_edits.add(session, kind="вулиця", name="Шевченка", settlement=village, by=iryna, at=NOON)
    (found,) = [one for one in load(session, NOON).streets if one.id == added.id]
    assert (found.settlement, found.starosta_district) == ("Жабка", "Прилуцький")


def test_one_former_name_may_stand_under_several_streets(session: Session, iryna: User) -> None:
    for name in ("Степова", "Набережна"):
        street_edits.add_name(session, street(session, name), "Довга", "former", by=iryna, at=NOON, note="частина")
    owners = {one.name for one in load(session, NOON).streets if any(o.name == "Довга" for o in one.others)}
    assert owners == {"Степова", "Набережна"}


def test_a_withdrawn_name_is_not_understood_any_more_but_kept(session: Session, iryna: User) -> None:
    found = street(session, "Захисників України")
    street_edits.withdraw(session, found.names[0], by=iryna, at=NOON)
    street_edits.withdraw(session, found.names[0], by=iryna, at=LATER)
    (now,) = [one for one in load(session, NOON).streets if one.id == found.id]
    assert now.others == () and [one.what for one in found.history] == ["name_withdrawn"]


def test_renumbered_houses_and_managers_are_found_however_the_house_is_written(session: Session, iryna: User) -> None:
    found = street(session, "В'їзна")
    company = session.scalars(select(Executor).where(Executor.code == "housing")).one()
    street_edits.renumber(session, found, "5 а", "12", by=iryna, at=NOON, from_date=date(2026, 11, 1))
    street_edits.set_manager(session, found, "12-б", company, by=iryna, at=NOON)
    register = load(session, NOON)
    assert register.renumbered == {(found.id, "5А"): "12"}
    assert register.managers == {(found.id, "12-Б"): "housing"}
    assert load(session, NOON - timedelta(days=60)).renumbered == {}


def test_a_house_has_one_manager_the_last_one_named(session: Session, iryna: User) -> None:
    found = street(session, "Шевченка")
    for code in ("housing", "other"):
        executor = session.scalars(select(Executor).where(Executor.code == code)).one()
        street_edits.set_manager(session, found, "7", executor, by=iryna, at=NOON)
    assert load(session, NOON).managers == {(found.id, "7"): "other"}
    assert len(found.managers) == 2


@pytest.mark.parametrize("house", ["", "будинок", "1" * 30])
def test_what_is_no_house_is_refused(session: Session, iryna: User, house: str) -> None:
    with pytest.raises(StreetRefused, match="номер будинку"):
        street_edits.renumber(session, street(session, "В'їзна"), house, "5", by=iryna, at=NOON)


def test_a_change_that_is_not_committed_leaves_no_trace(records: Records) -> None:
    with records() as session:
        street_edits.retire(session, street(session, "Степова"), by=None, at=NOON)
    with records() as session:
        found = street(session, "Степова")
        assert found.valid_to is None and found.history == []


def street(session: Session, name: str) -> Street:
    return session.scalars(select(Street).where(Street.name == name, Street.type == "вулиця").limit(1)).one()


def lutsk(session: Session) -> Settlement:
    return session.scalars(select(Settlement).where(Settlement.name == "Луцьк")).one()


def last(found: Street) -> int:
    entry = last_undoable(found)
    assert entry is not None
    return entry.id


def named(one: RegisterStreet) -> RegisterStreet:
    """Without the id, which differs between files and tables."""
    return replace(one, id=0)
