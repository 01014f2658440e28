"""The city phones back: was it done?"""

from datetime import timedelta
from pathlib import Path

import pytest

from db.models import Appeal, Callback
from hotline.virtual_call import Wish, take_callback, virtual_call
from tests.support.line import Line, now

pytestmark = [pytest.mark.calls, pytest.mark.speech]

SPEECH = Path(__file__).parent.parent / "data" / "speech" / "anatol-02.wav"


def call_back(line: Line, caller: str, how: str) -> dict:
    return virtual_call(line.private.parts, Wish(SPEECH, "2", caller, how), lambda words: None)


def test_done_closes_the_appeal(line: Line):
    happened = call_back(line, "0502000001", "1")
    assert happened["callback"]["attempts"] == [{"result": "answered"}]
    assert happened["callback"]["result"] == "completed"
    assert happened["callback"]["answers"] == {"done": "yes", "rating": 5}
    assert happened["appeal"]["status"] == "closed_confirmed"
    assert happened["appeal"]["public_no"].startswith("15-80/")


def test_partly_done_goes_back_to_the_executor(line: Line):
    happened = call_back(line, "0502000002", "2")
    assert happened["callback"]["answers"] == {"done": "partly", "rating": 2}
    assert happened["appeal"]["status"] == "returned"


def test_not_done_reopens_the_appeal(line: Line):
    happened = call_back(line, "0502000003", "3")
    assert happened["callback"]["answers"] == {"done": "no", "rating": 2}
    assert happened["appeal"]["status"] == "returned"
    with line.records() as session:
        appeal = session.get_one(Appeal, happened["appeal"]["id"])
        assert appeal.returned_times == 1
        assert appeal.moves[-1].was == "feedback_pending"


def test_busy_is_tried_again_later(line: Line):
    happened = call_back(line, "0502000004", "busy")
    assert happened["callback"] == {
        "status": "scheduled",
        "result": None,
        "attempts": [{"result": "busy"}],
        "answers": None,
    }
    assert happened["appeal"]["status"] == "feedback_pending"


def test_no_answer_is_tried_again_and_the_retry_is_taken(line: Line, tmp_path: Path):
    happened = call_back(line, "0502000005", "none")
    assert happened["callback"]["attempts"] == [{"result": "no_answer"}]
    with line.records() as session:
        callback = session.get_one(Appeal, happened["appeal"]["id"]).callbacks[0]
        assert callback.status == "scheduled"
        assert callback.due_at > now() + timedelta(minutes=5)
        callback_id, due_at = callback.id, callback.due_at

    take_callback(line.private.parts, callback_id, "1", tmp_path, due_at)

    with line.records() as session:
        callback = session.get_one(Callback, callback_id)
        assert [attempt.result for attempt in callback.attempts] == ["no_answer", "answered"]
        assert callback.done == "yes"
        assert callback.appeal.status == "closed_confirmed"
