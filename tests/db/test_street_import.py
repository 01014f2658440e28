"""A city brings its own register: what a file changes, what it leaves alone, and that all of it can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import audit, street_edits, users
from db.engine import Records
from db.models import Audit
from db.street_history import last_undoable
from db.street_import import Outcome, Report, StreetImport
from db.street_import_undo import TakenBack, take_back_import
from db.street_reading import read
from db.street_register import RegisterStreet
from db.street_tables import Settlement, Street, StreetHistory
from db.streets import load
from tests.db.conftest import NOON

HEADER = "type,name,old_name,colloquial,settlement,valid_from,valid_to,houses,district,starosta_district"
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return tmp_path


def trial(session: Session, files: Path, *rows: str, complete: bool = False) -> StreetImport:
    path = files / "city.csv"
    path.write_text("\n".join((HEADER, *rows)), encoding="utf-8")
    names = session.scalars(select(Settlement.name)).all()
    found = read(path, settlement="Луцьк", settlements=names, advance=lambda _: None)
    return StreetImport(session, found, NOON, complete=complete)


def bring(session: Session, files: Path, *rows: str, complete: bool = False) -> Report:
    taken = trial(session, files, *rows, complete=complete)
    taken.write(by=None, source="city.csv")
    return taken.report


def outcomes(report: Report) -> list[tuple[int, Outcome]]:
    return [(line.line, line.outcome) for line in report.lines]


def test_a_file_adds_renames_completes_and_retires(session: Session, files: Path) -> None:
    report = bring(
        session,
        files,
        "вулиця,Зоряна Нова,,Зірочка,Жидичин,2024-05-01,,,,",
        "вулиця,Козацька,Карбишева,,,2024-01-15,,5а=12,,",
        "вулиця,Захисників України,,Захисники,,,,,,",
        "вулиця,Степова,,,,,2026-01-01,,,",
        "вулиця,Шевченка,,,,,,,,",
        "вулиця,Тиха,,,Нетутешнє,,,,,",
    )
    assert outcomes(report) == [
        (2, "added"), (3, "renamed"), (4, "changed"), (5, "retired"), (6, "unchanged"), (7, "refused"),
    ]  # fmt: skip
    assert report.lines[1].why == "перейменовано: Карбишева → Козацька; будинок 5А → 12"
    assert report.lines[2].why == "розмовна назва Захисники"
    assert "немає такого населеного пункту в громаді: «Нетутешнє»" in report.lines[5].why
    now = {one.name: one for one in load(session, NOON).streets}
    assert {"Степова", "Карбишева"}.isdisjoint(now)
    assert now["Зоряна Нова"].settlement == "Жидичин" and said(now["Зоряна Нова"]) == [("Зірочка", "colloquial")]
    assert said(now["Козацька"]) == [("Карбишева", "former")]
    assert load(session, NOON).renumbered == {(now["Козацька"].id, "5А"): "12"}
    renamed = row(session, "Козацька")
    assert renamed.names[-1].valid_to == renamed.renumberings[0].from_date == date(2024, 1, 15)


def test_a_trial_leaves_no_trace(records: Records, files: Path) -> None:
    with records() as session:
        before = load(session, NOON)
        report = trial(
            session, files, "вулиця,Козацька,Карбишева", "вулиця,Зоряна Нова", "вулиця,Степова,,,,,2026-01-01"
        )
        assert [outcome for _, outcome in outcomes(report.report)] == ["renamed", "added", "retired"]
        session.rollback()
        assert session.scalar(select(func.count(StreetHistory.id))) == 0
        assert session.scalar(select(func.count(Audit.id))) == 0
        assert load(session, NOON) == before


def test_the_same_file_again_changes_nothing(session: Session, files: Path) -> None:
    rows = (
        "вулиця,Зоряна Нова,Стара Зоряна; Давня,Зірочка; Зірочка,Жидичин,2024-05-01,,1=2,,",
        "вулиця,Козацька,Карбишева,,,2024-01-15,,5а=12,40-й,",
        "вулиця,Майбутня,,,,2027-01-01,,,,",
        "вулиця,Степова,,,,,2026-01-01,,,",
        "вулиця,Набережна,,,,,2027-01-01,,,",
        "вулиця,Тиха,,,Рокині,,,,,Княгининівський",
    )
    first = bring(session, files, *rows)
    assert {outcome for _, outcome in outcomes(first)} == {"added", "renamed", "retired", "changed"}
    session.commit()
    changes, register = session.scalar(select(func.count(StreetHistory.id))), load(session, NOON)
    again = bring(session, files, *rows)
    assert {outcome for _, outcome in outcomes(again)} == {"unchanged"}
    assert session.scalar(select(func.count(StreetHistory.id))) == changes
    assert session.scalar(select(func.count(Audit.id))) == 1
    assert load(session, NOON) == register


def test_an_import_is_in_the_history_of_each_street_and_once_in_the_audit(session: Session, files: Path) -> None:
    admin = users.create(session, "iryna", "Ірина Адмін", "admin", "довгий пароль", NOON)
    taken = trial(session, files, "вулиця,Козацька,Карбишева", "вулиця,Зоряна Нова")
    taken.write(by=admin, source="register 2026.csv")
    assert [(one.what, one.why, one.by_id) for one in row(session, "Козацька").history] == [
        ("renamed", "файл register 2026.csv", admin.id)
    ]
    entry = session.scalars(select(Audit).where(Audit.what == "streets_imported")).one()
    assert (entry.details, entry.by_id) == ("added 1, renamed 1", admin.id)
    assert audit.verify(session) is None


def test_each_imported_change_can_be_undone_by_hand(session: Session, files: Path) -> None:
    admin = users.create(session, "iryna", "Ірина Адмін", "admin", "довгий пароль", NOON)
    before = load(session, NOON)
    bring(session, files, "вулиця,Козацька,Карбишева,,,,,5=7", "вулиця,Зоряна Нова")
    for name in ("Козацька", "Зоряна Нова"):
        street = row(session, name)
        newest = last_undoable(street)
        assert newest is not None
        street_edits.take_back(session, street, newest.id, by=admin, at=LATER)
    assert load(session, LATER) == before


def test_the_whole_last_import_is_taken_back_and_the_right_file_comes_after_it(session: Session, files: Path) -> None:
    before = load(session, NOON)
    rows = (
        "вулиця,Карбишева,Степова",
        "вулиця,Козацька,Карбишева,,,,,5=7",
        "вулиця,Зоряна Нова,,Зірочка,Рокині,,,,,Їхній",
    )
    # «Карбишева» moves on to another street: only taken back in the right order do the names come home.
    bring(session, files, rows[1], rows[2])
    bring(session, files, "вулиця,Карбишева,Степова")
    wrong = load(session, NOON)
    assert {"Козацька", "Карбишева"} <= {one.name for one in wrong.streets}
    assert take_back_import(session, LATER).streets == 3
    assert load(session, LATER) == before
    assert take_back_import(session, LATER) == TakenBack("", 0)
    bring(session, files, *rows[1:])
    after = {one.name: one for one in load(session, NOON).streets}
    assert said(after["Зоряна Нова"]) == [("Зірочка", "colloquial")]
    assert said(after["Козацька"]) == [("Карбишева", "former")]
    assert {(after["Козацька"].id, "5"): "7"} == load(session, NOON).renumbered


def test_a_street_that_was_edited_after_the_import_is_left_alone_when_it_is_taken_back(
    session: Session, files: Path
) -> None:
    admin = users.create(session, "iryna", "Ірина Адмін", "admin", "довгий пароль", NOON)
    bring(session, files, "вулиця,Козацька,Карбишева", "вулиця,Зоряна Нова")
    street_edits.add_name(session, row(session, "Козацька"), "Козачка", "colloquial", by=admin, at=LATER)
    taken = take_back_import(session, LATER)
    assert (taken.why, taken.streets) == ("файл city.csv", 1)
    assert taken.left == ("вулиця Козацька: змінено після завантаження",)
    assert {"Козацька"} == {"Козацька", "Зоряна Нова"} & {one.name for one in load(session, LATER).streets}


def test_a_file_undoes_nothing_that_an_administrator_did(session: Session, files: Path) -> None:
    admin = users.create(session, "iryna", "Ірина Адмін", "admin", "довгий пароль", NOON)
    street_edits.retire(session, row(session, "Степова"), by=admin, at=NOON)
    street_edits.withdraw(session, row(session, "Захисників України").names[0], by=admin, at=NOON)
    report = bring(session, files, "вулиця,Степова", "вулиця,Захисників України,Гордіюк")
    assert outcomes(report) == [(2, "refused"), (3, "unchanged")]
    assert "поверніть її в панелі" in report.lines[0].why


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("вулиця,Гордіюк", "у реєстрі це колишня назва: вулиця Захисників України"),
        ("вулиця,Козацька,Карбишева,,,2027-01-01", "перейменування набуде чинності 01.01.2027"),
        ("вулиця,Шевченка,,,,,,,Аляска", "немає такого мікрорайону: «Аляска»"),
        ("вулиця,Тиха,,,Прилуцьке,,,,,Боголюбський", "у реєстрі Прилуцький старостинський округ"),
        ("вулиця,В'їзна,,,,,,5=9", "у реєстрі будинок 5 тепер 8, у файлі 9"),
    ],
)
def test_what_contradicts_the_register_is_refused_with_what_the_register_says(
    session: Session, files: Path, line: str, why: str
) -> None:
    street_edits.renumber(session, row(session, "В'їзна"), "5", "8", by=None, at=NOON)
    report = trial(session, files, line).report
    assert outcomes(report) == [(2, "refused")]
    assert why in report.lines[0].why


def test_a_name_that_was_only_proposed_is_decided_by_the_citys_file(session: Session, files: Path) -> None:
    report = bring(session, files, "вулиця,Героїв Маріуполя")
    assert report.lines[0].why == "перейменовано: Конякіна → Героїв Маріуполя"
    (now,) = [one for one in load(session, NOON).streets if one.name == "Героїв Маріуполя"]
    assert said(now) == [("Конякіна", "former")]


def test_a_street_that_was_split_gives_its_old_name_to_both_parts(session: Session, files: Path) -> None:
    report = bring(session, files, "вулиця,Верхня Нова,Степова (верхня частина)", "вулиця,Нижня Нова,Степова (нижня)")
    assert outcomes(report) == [(2, "renamed"), (3, "added")]
    owners = {one.name for one in load(session, NOON).streets if ("Степова", "former") in said(one)}
    assert owners == {"Верхня Нова", "Нижня Нова"}


def test_a_street_that_the_file_still_has_is_not_renamed_by_a_neighbours_former_name(
    session: Session, files: Path
) -> None:
    report = bring(session, files, "вулиця,Козацька,Карбишева", "вулиця,Карбишева")
    assert [(line.outcome, line.street, line.why) for line in report.lines] == [
        ("added", "вулиця Козацька (Луцьк)", "колишня назва Карбишева"),
        ("changed", "вулиця Карбишева (Луцьк)", "чинна"),
    ]


def test_another_source_alone_is_no_change_of_a_street(session: Session, files: Path) -> None:
    (files / "city.csv").write_text("type,name,source\nвулиця,Шевченка,реєстр міста\n", encoding="utf-8")
    found = read(files / "city.csv", settlement="Луцьк", settlements=["Луцьк"], advance=lambda _: None)
    assert outcomes(StreetImport(session, found, NOON).report) == [(2, "unchanged")]


def test_a_name_that_came_back_with_an_undo_is_not_added_once_more(session: Session, files: Path) -> None:
    bring(session, files, "вулиця,Героїв Маріуполя")
    take_back_import(session, LATER)
    report = bring(session, files, "вулиця,Конякіна,,Героїв Маріуполя")
    assert outcomes(report) == [(2, "unchanged")]
    assert said_of(session, "Конякіна") == [("Героїв Маріуполя", "proposed")]


def test_a_complete_file_retires_what_it_leaves_out_of_the_settlements_it_names(session: Session, files: Path) -> None:
    before = {one.name for one in load(session, NOON).streets if one.settlement == "Жидичин"}
    rows = ("вулиця,Зоряна Нова,,,Прилуцьке", "вулиця,Європейська,,,Прилуцьке")
    left_out = [
        one for one in load(session, NOON).streets if one.settlement == "Прилуцьке" and one.name != "Європейська"
    ]
    partial = trial(session, files, *rows).report
    assert f"яких файл не називає: {len(left_out)}" in partial.notes[0]
    session.rollback()
    report = bring(session, files, *rows, complete=True)
    assert report.counts["retired"] == len(left_out) > 0
    now = load(session, NOON).streets
    assert {one.name for one in now if one.settlement == "Прилуцьке"} == {"Зоряна Нова", "Європейська"}
    assert {one.name for one in now if one.settlement == "Жидичин"} == before


def test_two_lines_of_one_street_are_one_street(session: Session, files: Path) -> None:
    report = bring(session, files, "вул.,Зоряна Нова,Перша", "вулиця,Зоряна  нова,Друга", "вулиця,ЗОРЯНА НОВА,перша")
    assert outcomes(report) == [(2, "added"), (4, "unchanged")]
    assert report.lines[1].why == "повтор: рядок 2"
    assert [name for name, _ in said_of(session, "Зоряна Нова")] == ["Перша", "Друга"]


def row(session: Session, name: str) -> Street:
    return session.scalars(select(Street).where(Street.name == name, Street.type == "вулиця").limit(1)).one()


def said(street: RegisterStreet) -> Sequence[tuple[str, str]]:
    return [(one.name, one.kind) for one in street.others]


def said_of(session: Session, name: str) -> Sequence[tuple[str, str]]:
    (found,) = [one for one in load(session, NOON).streets if one.name == name]
    return said(found)
