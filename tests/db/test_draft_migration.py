from sqlalchemy import inspect, text

from db import migrate
from db.draft_tables import Alarm
from db.engine import Records
from db.models import Appeal, Recording
from tests.db.conftest import NOON, new_appeal


def test_an_address_written_before_stands_in_the_card_afterwards(url: str) -> None:
    migrate.downgrade(url, "0002")
    records = Records(url)
    with records() as session:
        session.execute(
            text(
                "INSERT INTO call (id, line, direction, flow, flow_version, caller, started_at, by_dialplan, "
                "lines_ingested) VALUES ('ast-1.1', 'asterisk', 'in', 'f', 1, '', '2026-11-23', false, 0)"
            )
        )
        session.execute(
            text(
                "INSERT INTO appeal (call_id, status, received_at, applicant, phone, address, text, outcome, "
                "returned_times, version) VALUES ('ast-1.1', 'registered', '2026-11-23', '', '', "
                "'вул. Кравчука, 2', '', '', 0, 1)"
            )
        )
        session.commit()
    migrate.upgrade(url)
    with records() as session:
        card = session.query(Appeal).one()
        assert (card.address, card.street, card.house, card.urgency) == ("вул. Кравчука, 2", "вул. Кравчука, 2", "", "")
        assert card.street_id is None
    records.close()


def test_going_back_takes_the_suggestions_and_leaves_the_appeals(url: str) -> None:
    records = Records(url)
    with records() as session:
        appeal = new_appeal(session)
        recording = Recording(call=appeal.call, name="appeal", file="1.wav", seconds=5, ended_by="key", made_at=NOON)
        session.add(Alarm(recording=recording, dial="104", words="пахне газом", why="запах газу", raised_at=NOON))
        session.commit()
    migrate.downgrade(url, "0002")
    assert not {"suggestion", "labelled_example", "alarm"} & set(inspect(records.engine).get_table_names())
    with records() as session:
        assert session.scalar(text("SELECT call_id FROM appeal")) == "ast-1.1"
    migrate.upgrade(url)
    records.close()
