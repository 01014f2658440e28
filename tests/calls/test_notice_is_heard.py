"""What the registry knows is heard on the citizen's telephone: recognised from the sound the client received."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from db import notices
from hotline.citizen import HangUp, Pause, Press, WaitQuiet
from ivr_flows.questions import Place
from tests.support.line import Line, holds, now

pytestmark = [pytest.mark.calls, pytest.mark.speech]

KYIV = ZoneInfo("Europe/Kyiv")


def test_the_street_and_the_hour_of_a_notice_are_heard(line: Line, ear):
    at = now()
    evening = (at + timedelta(days=1)).astimezone(KYIV).replace(hour=18, minute=0, second=0, microsecond=0)
    with line.records() as session:
        notice = notices.enter(
            session,
            kind="emergency",
            effect="no_cold_water",
            starts_at=at,
            ends_at=evening,
            ends_firm=True,
            play_until=evening,
            places=(Place("вулиця", "Кравчука", ("24",)),),
            by=None,
            at=at,
        )
        session.commit()
        notice_id = notice.id

    script = (Pause(1.5), Press("1"), WaitQuiet(2.0), HangUp())
    with line.dial(script, caller="0503000001") as citizen:
        heard = citizen.result().heard
    words = ear(heard)
    with line.records() as session:
        notices.cancel(session, session.get_one(type(notice), notice_id), None, now())
        session.commit()

    assert "кравчука" in words
    assert "18" in words or holds(words, "вісімнадцятої")
    assert holds(words, "немає холодної води")


def test_a_quiet_city_says_so(line: Line, ear):
    with line.dial((Pause(1.5), Press("1"), WaitQuiet(2.0), HangUp()), caller="0503000002") as citizen:
        words = ear(citizen.result().heard)
    assert holds(words, "у місті немає повідомлень про відключення")


def test_the_greeting_names_the_line_and_the_emergency_numbers(line: Line, ear):
    with line.dial((Pause(14.0), HangUp()), caller="0503000003") as citizen:
        words = ear(citizen.result().heard)
    assert holds(words, "місто луцьк")
    assert "112" in words or holds(words, "сто дванадцять")
    assert holds(words, "розмова записується")
