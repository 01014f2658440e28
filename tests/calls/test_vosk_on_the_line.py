"""The real Vosk path through a real call: words while the citizen speaks, the final ones after the hang-up."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from db.live_tables import LiveWords
from db.models import Call, Recording
from db.transcripts import LIVE
from hotline.citizen import HangUp, Pause, Press, Speak, WaitTone
from tests.support.line import Line, appeal_of, call_row, now, transcript_of

pytestmark = [pytest.mark.calls, pytest.mark.speech]

CALLER = "0506000001"


def test_words_stand_there_while_the_citizen_speaks_and_the_final_ones_follow_the_hang_up(
    vosk_line: Line, korean: Callable[[float], Path]
):
    since = now()

    def heard(session):
        """What an operator sees of the message that is being spoken."""
        found = select(LiveWords, Recording).join(LiveWords.recording).join(Call).where(Call.caller == CALLER)
        seen = session.execute(found).one_or_none()
        return seen if seen and seen[0].words else None

    script = (Pause(1.5), Press("2"), WaitTone(), Speak(korean(12.0)), HangUp())
    with vosk_line.dial(script, caller=CALLER) as citizen:
        live, recording = vosk_line.until(heard)
        assert recording.state in LIVE and recording.ended_by == ""
        assert 0 < live.heard_seconds < 12
        with vosk_line.records() as session:
            assert call_row(session, recording.call_id).ended_at is None
            assert appeal_of(session, recording.call_id).status == "new_recording"
        assert citizen.result().ok

    call_id = vosk_line.finished_call(CALLER, since)
    with vosk_line.records() as session:
        [recording] = call_row(session, call_id).recordings
        [transcript] = recording.transcripts
        assert (recording.ended_by, transcript.engine, transcript.model) == ("hangup", "vosk", "model")
        assert len(transcript.words) > len(live.words)
        assert appeal_of(session, call_id).status == "draft"


def test_every_word_has_its_time_inside_the_recording(vosk_line: Line, korean: Callable[[float], Path]):
    since = now()
    script = (Pause(1.5), Press("2"), WaitTone(), Speak(korean(5.0)), HangUp())
    with vosk_line.dial(script, caller="0506000002") as citizen:
        assert citizen.result().ok
    call_id = vosk_line.finished_call("0506000002", since)
    with vosk_line.records() as session:
        transcript = transcript_of(session, call_id)
        seconds = call_row(session, call_id).recordings[0].seconds
        assert transcript.text
        assert " ".join(word["word"] for word in transcript.words) == transcript.text
        starts = [word["start"] for word in transcript.words]
        assert starts == sorted(starts)
        assert 0 <= starts[0] < transcript.words[-1]["end"] <= seconds
