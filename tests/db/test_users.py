import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import users
from db.models import Audit, User
from db.users import UserRefused
from tests.db.conftest import NOON, operator

PASSWORD = "кава о четвертій"


def test_a_user_comes_in_with_the_right_password_only(session: Session, olena: User) -> None:
    assert users.check(session, " Olena ", PASSWORD) is olena
    assert users.check(session, "olena", PASSWORD + " ") is None
    assert users.check(session, "nobody", PASSWORD) is None
    assert PASSWORD not in olena.password_hash


def test_an_unknown_login_costs_as_much_as_a_known_one(
    session: Session, olena: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:
            verified.append(str(password))
            return super().verify(hash, password)

    monkeypatch.setattr(users, "_hasher", Counting())
    users.check(session, "nobody", "wrong password")
    users.check(session, "olena", "wrong password")
    olena.active = False
    users.check(session, "olena", PASSWORD)
    assert len(verified) == 3


def test_a_new_password_ends_every_open_session(session: Session, olena: User) -> None:
    key = olena.session_key
    assert users.by_session(session, olena.id, key) is olena
    users.set_password(session, olena, "ще довший пароль", by=olena, at=NOON)
    assert users.by_session(session, olena.id, key) is None
    assert users.by_session(session, olena.id, olena.session_key) is olena
    assert users.check(session, "olena", "ще довший пароль") is olena


def test_who_left_cannot_come_in_and_the_name_stays(session: Session, olena: User) -> None:
    key = olena.session_key
    users.deactivate(session, olena, by=None, at=NOON)
    assert users.check(session, "olena", PASSWORD) is None
    assert (
        users.by_session(session, olena.id, key) is None
        and users.by_session(session, olena.id, olena.session_key) is None
    )
    assert session.get_one(User, olena.id).name == "Олена Нічна"
    what = session.scalars(select(Audit.what).order_by(Audit.id)).all()
    assert what == ["user_created", "user_deactivated"]


def test_an_old_hash_is_renewed_at_the_next_login(session: Session, olena: User) -> None:
    olena.password_hash = old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    assert users.check(session, "olena", PASSWORD) is olena
    assert olena.password_hash != old
    assert users.check(session, "olena", PASSWORD) is olena


@pytest.mark.parametrize(
    ("login", "name", "role", "password", "word"),
    [
        ("OLENA", "Олена", "operator", PASSWORD, "зайнято"),
        ("ivan", "Іван", "boss", PASSWORD, "boss"),
        ("ivan", "Іван", "operator", "коротко", "10"),
        (" ", "Іван", "operator", PASSWORD, "логін"),
    ],
)
def test_a_wrong_form_is_refused_in_ukrainian(
    session: Session, olena: User, login: str, name: str, role: str, password: str, word: str
) -> None:
    with pytest.raises(UserRefused, match=word):
        users.create(session, login, name, role, password, NOON)
    assert session.scalars(select(User.login)).all() == ["olena"]


def test_a_session_of_another_user_is_not_accepted(session: Session, olena: User) -> None:
    other = operator(session, "ivan")
    assert users.by_session(session, other.id, olena.session_key) is None
    assert users.by_session(session, 4711, olena.session_key) is None
    assert users.by_session(session, olena.id, "ключ") is None
