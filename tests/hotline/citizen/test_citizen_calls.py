"""Two citizens on loopback talk to each other with real SIP and RTP; no Asterisk."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from hotline.citizen import (
    Citizen,
    CitizenFailed,
    HangUp,
    Pause,
    Press,
    Script,
    Speak,
    WaitHangUp,
    WaitQuiet,
    WaitTone,
    answer,
    dial,
)
from hotline.citizen.script import SHORTEST_GAP_S
from sound import wav

SAME_VOICE = 0.6
"""Likeness: 0.99 and more; 0.8 with ten packets of a call lost or doubled; below 0.3 for other voices."""
PIECE_S = 0.5

Call = Callable[..., tuple[Citizen, Citizen]]


@pytest.fixture
def call(tmp_path: Path) -> Iterator[Call]:
    """One citizen calls the other: (who dialled, who answered)."""
    with ExitStack() as citizens:

        def start(
            caller: Script, called: Script, *, how: str = "answer", ring_s: float = 20.0
        ) -> tuple[Citizen, Citizen]:
            other = citizens.enter_context(answer(0, called, how=how, heard=tmp_path / "called.wav"))
            uri = f"sip:1580@127.0.0.1:{other.ready()}"
            one = dial(uri, caller, caller="0501234567", name='Олена "О"', heard=tmp_path / "caller.wav", ring_s=ring_s)
            return citizens.enter_context(one), other

        yield start


def likeness(spoken: Path, heard: Path) -> tuple[float, float]:
    """How alike the pieces of the voice and their best places in ``heard`` are (1.0: the same sound), in the median,
    and where the first one was found in seconds.

    Piece by piece, because the jitter buffer of a busy machine drops or doubles a packet: what follows is shifted then,
    and a whole sentence compared at once fits nowhere.
    """
    voice = wav.read_pcm(spoken)[0].astype(float)
    sound = wav.read_pcm(heard)[0].astype(float)
    length = int(PIECE_S * wav.RATE)
    found = [_place(voice[at : at + length], sound) for at in range(0, len(voice) - length + 1, length)]
    return float(np.median([alike for alike, _ in found])), found[0][1] / wav.RATE


def _place(piece: np.ndarray, sound: np.ndarray) -> tuple[float, int]:
    """How alike the best fitting place of the sound is, and where it begins in samples."""
    size = len(piece) + len(sound)
    fit = np.fft.irfft(np.fft.rfft(sound, size) * np.conj(np.fft.rfft(piece, size)), size)[: len(sound)]
    energy = np.concatenate([[0.0], np.cumsum(sound**2)])
    begin = np.arange(len(sound))
    loudness = np.sqrt(energy[np.minimum(begin + len(piece), len(sound))] - energy[begin])
    loud = float(np.linalg.norm(piece))
    alike = fit / (loud * np.maximum(loudness, loud / 10))  # next to silence anything fits
    at = int(alike.argmax())
    return float(alike[at]), at


def test_a_voice_goes_through_whole_and_at_the_time_it_was_spoken(call: Call, voice: Path, another_voice: Path) -> None:
    speaker, listener = call((Pause(1.0), Speak(voice), Pause(0.5)), (WaitHangUp(30),))
    spoken_at = speaker.wait_for("speaking")["at_s"]
    assert speaker.result().ok
    result = listener.result()
    assert result.heard is not None
    alike, at_s = likeness(voice, result.heard)
    assert alike > SAME_VOICE
    assert at_s == pytest.approx(spoken_at, abs=0.5)
    assert likeness(another_voice, result.heard)[0] < SAME_VOICE / 2
    assert wav.check(result.heard).seconds == pytest.approx(result.seconds, abs=0.5)


def test_both_voices_go_through_at_once(call: Call, voice: Path, voice_and_tone: Path) -> None:
    one, other = call((Pause(0.5), Speak(voice), Pause(1.5)), (Pause(0.5), Speak(voice_and_tone), WaitHangUp(30)))
    first, second = one.result(), other.result()
    assert likeness(voice, second.heard)[0] > SAME_VOICE
    assert likeness(voice_and_tone, first.heard)[0] > SAME_VOICE


def test_a_silent_citizen_sends_packets_all_the_time(call: Call) -> None:
    caller, _ = call((Pause(1.5),), (WaitHangUp(30),))
    caller.result()
    while caller.next_event():
        pass
    sent = re.search(r"TX pt=8.*?total (\d+)pkt", caller.log.read_text(errors="replace"), re.DOTALL)
    assert sent is not None
    assert int(sent[1]) >= 50


def test_keys_arrive_each_once_and_in_order(call: Call) -> None:
    presser, listener = call((Press("0123456789*#"), Press("11", gap_s=SHORTEST_GAP_S)), (WaitHangUp(30),))
    assert presser.result().ok
    assert listener.wait_for("digit")["key"] == "0"
    assert listener.wait_for("digit")["key"] == "1"
    assert listener.result().digits == "0123456789*#11"


def test_the_tone_is_heard_once_and_the_answer_begins_after_it(call: Call, voice: Path, voice_and_tone: Path) -> None:
    caller, line = call((WaitTone(30), Speak(voice), Pause(0.3)), (Pause(0.5), Speak(voice_and_tone), WaitHangUp(30)))
    said_at = line.wait_for("speaking")["at_s"]
    tone = caller.wait_for("tone")
    assert tone["at_s"] == pytest.approx(said_at + 2.2, abs=0.3)
    assert tone["seconds"] == pytest.approx(0.4, abs=0.06)
    answered_at = caller.wait_for("speaking")["at_s"]
    assert tone["at_s"] + 0.38 < answered_at < tone["at_s"] + 1.5
    result = caller.result()
    assert result.ok
    assert result.tones == (tone["at_s"],)


def test_a_citizen_answers_when_the_line_has_spoken_and_fell_silent(call: Call, voice: Path) -> None:
    caller, line = call((WaitQuiet(1.0, 30), Press("2")), (Pause(1.5), Speak(voice), WaitHangUp(30)))
    assert caller.result().ok
    speech_ended, key_came = line.result().steps[1].at_s, line.wait_for("digit")["at_s"]
    assert speech_ended < key_came < speech_ended + 2.5


def test_a_tone_that_never_comes_ends_the_call_and_is_told(call: Call, voice: Path) -> None:
    caller, line = call((WaitTone(1.0), Speak(voice)), (WaitHangUp(30),))
    result = caller.result()
    assert [(step.step, step.ok) for step in result.steps] == [("WaitTone", False)]
    assert (result.state, result.hung_up_by, result.ok) == ("answered", "citizen", False)
    assert line.result().hung_up_by == "line"


def test_the_line_hangs_up_and_the_citizen_notices(call: Call) -> None:
    caller, line = call((WaitHangUp(30),), (Pause(0.5), HangUp()))
    assert caller.result().ok
    assert line.result().hung_up_by == "citizen"


def test_a_line_that_hangs_up_right_after_the_last_key_is_no_fault(call: Call) -> None:
    caller, line = call((Press("3"), WaitHangUp(30)), (WaitHangUp(30),))
    line.wait_for("digit")
    line.hang_up()
    result = caller.result()
    assert result.steps[0].at_s < 0.4
    assert (result.ok, result.hung_up_by, len(result.steps)) == (True, "line", 2)


def test_keys_nobody_waited_for_are_a_fault(call: Call) -> None:
    caller, line = call((Press("12345"), WaitHangUp(30)), (WaitHangUp(30),))
    line.wait_for("digit")
    line.hang_up()
    assert [(step.step, step.ok) for step in caller.result().steps] == [("Press", False)]


def test_a_citizen_cut_off_in_mid_sentence_says_so(call: Call, voice: Path) -> None:
    caller, _ = call((Speak(voice), WaitHangUp(30)), (Pause(0.5), HangUp()))
    result = caller.result()
    assert [(step.step, step.ok) for step in result.steps] == [("Speak", False)]
    assert result.hung_up_by == "line"


def test_a_citizen_hangs_up_in_mid_sentence(call: Call, voice: Path) -> None:
    caller, line = call((Speak(voice),), (WaitHangUp(30),))
    caller.wait_for("speaking")
    caller.hang_up()
    assert caller.result().hung_up_by == "stopped"
    result = line.result()
    assert result.ok
    assert result.seconds < 2.0


def test_a_busy_telephone_says_busy(call: Call) -> None:
    caller, called = call((), (), how="busy")
    for result in (caller.result(), called.result()):
        assert (result.state, result.code, result.seconds, result.heard) == ("busy", 486, 0.0, None)


def test_a_telephone_that_rings_unanswered_is_given_up(call: Call) -> None:
    caller, called = call((), (), how="ring", ring_s=1.5)
    caller.wait_for("ringing")
    result = caller.result()
    assert (result.state, result.code, result.hung_up_by) == ("no_answer", 487, "nobody")
    assert called.result().state == "no_answer"


def test_a_second_caller_hears_busy_while_the_first_talks(tmp_path: Path) -> None:
    with answer(0, (WaitHangUp(30),), heard=tmp_path / "called.wav") as called:
        uri = f"sip:1580@127.0.0.1:{called.ready()}"
        with dial(uri, (WaitHangUp(30),), caller="0501234567", heard=tmp_path / "first.wav") as first:
            first.wait_for("connected")
            with dial(uri, (), caller="0507654321", heard=tmp_path / "second.wav") as second:
                assert second.result().state == "busy"
            first.hang_up()
            assert first.result().state == "answered"
        assert called.result().ok


def test_nothing_at_the_address_is_a_failed_call(tmp_path: Path) -> None:
    with answer(0, heard=tmp_path / "gone.wav") as gone:
        port = gone.ready()
    with dial(f"sip:1580@127.0.0.1:{port}", (), caller="", heard=tmp_path / "heard.wav", ring_s=1.0) as citizen:
        result = citizen.result()
    assert (result.state, result.code, result.heard) == ("failed", 0, None)


def test_nobody_calls_a_waiting_citizen(tmp_path: Path) -> None:
    with answer(0, heard=tmp_path / "heard.wav", at_most_s=0.5) as citizen:
        assert (citizen.result().state, citizen.next_event()) == (
            "no_answer",
            {"event": "ready", "port": citizen.ready()},
        )


def test_one_telephone_takes_several_calls_one_after_another(tmp_path: Path, voice: Path) -> None:
    with answer(0, (WaitHangUp(30),), heard=tmp_path / "called.wav", calls=2) as called:
        uri = f"sip:1580@127.0.0.1:{called.ready()}"
        for script in ((Pause(0.5),), (Speak(voice), Pause(0.5))):
            with dial(uri, script, caller="0501234567", heard=tmp_path / "caller.wav") as caller:
                assert caller.result().ok
        first, second = called.result(), called.result()
    assert first.heard == tmp_path / "called.wav"
    assert second.heard == tmp_path / "called-2.wav"
    assert likeness(voice, second.heard)[0] > SAME_VOICE


def test_a_missing_voice_is_told_before_anybody_is_called(tmp_path: Path) -> None:
    script = (Speak(tmp_path / "no.wav"),)
    with (
        dial("sip:1580@127.0.0.1:9", script, caller="", heard=tmp_path / "heard.wav") as citizen,
        pytest.raises(CitizenFailed, match=r"no\.wav"),
    ):
        citizen.result()


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with (
        answer(0, heard=tmp_path / "one.wav") as one,
        answer(one.ready(), heard=tmp_path / "two.wav") as two,
        pytest.raises(CitizenFailed, match="in use"),
    ):
        two.ready()
