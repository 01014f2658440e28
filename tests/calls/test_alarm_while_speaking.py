"""Danger to life: the alarm stands in the panel's list while the citizen still speaks."""

from pathlib import Path

import pytest
from sqlalchemy import select

from db import alarms
from db.draft_tables import Alarm
from db.models import Call, Recording
from db.transcripts import LIVE
from hotline.citizen import HangUp, Pause, Press, Speak, WaitTone
from tests.support.line import Line, call_row, now

pytestmark = [pytest.mark.calls, pytest.mark.speech]

SPEECH = Path(__file__).parent.parent / "data" / "speech"
SMELL_OF_GAS = SPEECH / "natalia-09.wav"
AND_GOES_ON = [Speak(SPEECH / name) for name in ("natalia-21.wav", "natalia-14.wav", "natalia-01.wav")]
CALLER = "0507000001"


def test_a_smell_of_gas_is_an_alarm_before_the_message_is_over_and_only_one(line: Line):
    since = now()

    def raised(session):
        found = select(Alarm, Recording).join(Alarm.recording).join(Call).where(Call.caller == CALLER)
        return session.execute(found).one_or_none()

    script = (Pause(1.5), Press("2"), WaitTone(), Speak(SMELL_OF_GAS), *AND_GOES_ON, HangUp())
    with line.dial(script, caller=CALLER) as citizen:
        alarm, recording = line.until(raised)
        assert recording.state in LIVE
        with line.records() as session:
            assert alarm.id in {each.id for each in alarms.unseen(session, now())}
            assert call_row(session, recording.call_id).ended_at is None
        assert citizen.result().ok

    call_id = line.finished_call(CALLER, since)
    with line.records() as session:
        [kept] = alarms.of_call(session, call_id)
        assert (kept.id, kept.dial) == (alarm.id, "104")
        assert "газ" in kept.words.lower()
