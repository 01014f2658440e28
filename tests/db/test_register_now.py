"""The register is read again when somebody changed a street, and only then."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from db import street_edits
from db.models import User
from db.register_now import RegisterNow
from db.street_tables import Street
from tests.db.conftest import NOON


def test_the_same_register_is_given_until_a_street_or_the_day_changes(session: Session, olena: User) -> None:
    register_now = RegisterNow()
    first = register_now(session, NOON)
    assert register_now(session, NOON + timedelta(hours=1)) is first
    street = session.query(Street).filter_by(name="Конякіна").one()
    street_edits.rename(session, street, "Вишнева Нова", by=olena, at=NOON)
    session.flush()
    renamed = register_now(session, NOON)
    assert renamed is not first
    assert "Вишнева Нова" in {one.name for one in renamed.streets}
    assert register_now(session, NOON + timedelta(days=1)) is not renamed
