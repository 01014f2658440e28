from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from hotline.citizen.ear import FRAME, HEADER_BYTES, Ear, is_whole
from sound import wav

REPOSITORY = Path(__file__).parents[3]
VOICES = [
    *sorted((REPOSITORY / "ivr_flows/sounds/uk").glob("*.wav")),
    *sorted((REPOSITORY / "tests/data/speech").glob("*.wav")),
]


def heard(*pieces: NDArray[np.int16]) -> Ear:
    samples = np.concatenate([*pieces, wav.silence(200)])
    ear = Ear(Path("unused"))
    ear.hear(samples[: len(samples) // FRAME * FRAME])
    return ear


def whistle(hz: float, seconds: float) -> NDArray[np.int16]:
    time = np.arange(int(seconds * wav.RATE)) / wav.RATE
    return np.rint(8000 * np.sin(2 * np.pi * hz * time)).astype(np.int16)


def test_no_voice_we_have_is_taken_for_the_tone() -> None:
    assert len(VOICES) > 100
    mistaken = []
    for file in VOICES:
        samples, rate = wav.read_pcm(file)
        if heard(wav.resample(samples, rate)).tones:
            mistaken.append(file.name)
    assert mistaken == []


@pytest.mark.parametrize("offset", range(0, FRAME, 37))
def test_the_tone_is_found_wherever_it_begins(offset: int) -> None:
    ear = heard(wav.silence(1000), np.zeros(offset, np.int16), wav.tone())
    assert [tone.at_s for tone in ear.tones] == [pytest.approx(1.0 + offset / wav.RATE, abs=0.03)]
    assert ear.tones[0].seconds == pytest.approx(0.4, abs=0.05)


def test_the_tone_is_found_after_a_voice_and_through_the_codec_and_a_lost_packet() -> None:
    voice, _ = wav.read_pcm(VOICES[0])
    tone = wav.tone() + np.random.default_rng(1580).integers(-200, 200, len(wav.tone())).astype(np.int16)
    tone[1600:1760] = 0
    assert len(heard(voice, wav.silence(100), tone).tones) == 1


def test_each_of_two_tones_counts() -> None:
    assert len(heard(wav.tone(), wav.silence(500), wav.tone()).tones) == 2


@pytest.mark.parametrize(
    "signal",
    [
        whistle(425, 0.4),
        whistle(970, 0.4),
        whistle(1030, 0.4),
        whistle(1000, 0.4) + whistle(400, 0.4),
        whistle(1000, 0.1),
        whistle(1000, 3.0),
    ],
    ids=["engaged tone", "30 Hz below", "30 Hz above", "chord", "too short", "too long"],
)
def test_other_signals_are_not_the_tone(signal: NDArray[np.int16]) -> None:
    assert heard(signal).tones == []


def test_a_faint_tone_in_the_noise_of_the_line_is_not_the_tone() -> None:
    assert heard((wav.tone() // 100).astype(np.int16)).tones == []


def test_a_growing_file_is_followed_also_when_it_grows_by_odd_bytes(tmp_path: Path) -> None:
    path = tmp_path / "growing.wav"
    ear = Ear(path)
    ear.listen()
    data = np.concatenate([wav.tone(), wav.silence(200)]).astype("<i2").tobytes()
    with path.open("wb") as file:
        file.write(b"R" * HEADER_BYTES)
        for start in range(0, len(data), 333):
            file.write(data[start : start + 333])
            file.flush()
            ear.listen()
    ear.close()
    assert [tone.at_s for tone in ear.tones] == [0.0]
    assert ear.heard_s == pytest.approx(0.6)
    assert ear.last_loud_s == pytest.approx(0.4)


def test_a_recording_is_whole_only_when_its_header_knows_its_length(tmp_path: Path) -> None:
    path = tmp_path / "heard.wav"
    path.write_bytes(b"")
    assert not is_whole(path)
    wav.write(path, wav.tone())
    assert is_whole(path)
    with path.open("ab") as file:
        file.write(b"still growing")
    assert not is_whole(path)
