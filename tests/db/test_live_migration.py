from sqlalchemy import inspect, text

from db import migrate
from db.engine import Records
from db.live_tables import LiveWords
from db.models import Recording
from tests.db.conftest import NOON, new_appeal


def test_going_back_leaves_recordings_that_grew_to_wait(url: str) -> None:
    records = Records(url)
    with records() as session:
        call = new_appeal(session).call
        for n, state in enumerate(("growing", "followed", "recognised")):
            row = Recording(
                call=call, name="appeal", file=f"{n}.wav", seconds=5, ended_by="", made_at=NOON, state=state
            )
            session.add_all([row, LiveWords(recording=row, words=[], heard_seconds=2.0, at=NOON)])
        session.commit()
    migrate.downgrade(url, "0003")
    assert "live_words" not in inspect(records.engine).get_table_names()
    with records() as session:
        states = session.scalars(text("SELECT state FROM recording ORDER BY id")).all()
        assert states == ["waiting", "waiting", "recognised"]
    migrate.upgrade(url)
    with records() as session:
        assert session.scalar(text("SELECT count(*) FROM recording")) == 3
    records.close()
