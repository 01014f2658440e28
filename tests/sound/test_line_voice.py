"""The line's voice: the right file for a sentence, whatever is missing or broken."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from fake_synthesiser import FakeSynthesiser

from ivr_flows.commands import Clock, Digits, House, Number, Prompt, Say, Street, Words
from sound import catalogue, wav
from sound.catalogue import Catalogue, Entry
from sound.voice import CannotSay, Voice

NOTICE = Say(
    (
        *(Prompt("notice.no_power"), Street("вулиця", "Винниченка"), Prompt("notice.house"), House("24-А")),
        *(Prompt("notice.until"), Clock(18, 30)),
    )
)
FREE = Say((Prompt("notice.until"), Words("кінця робіт на вул. Шопена")))


@pytest.fixture
def engine() -> FakeSynthesiser:
    return FakeSynthesiser()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sounds"


@pytest.fixture
def voice(folder: Path, engine: FakeSynthesiser) -> Voice:
    voice = Voice(folder, recorded_texts(), engine)
    assert voice.prepare().problem == ""
    return voice


@pytest.fixture
def recorder(tmp_path: Path) -> Callable[[str, int], Path]:
    """Puts a person's recording of so many samples into ``tmp_path/recorded``."""

    def put(file: str, samples: int) -> Path:
        path = tmp_path / "recorded" / file
        path.parent.mkdir(exist_ok=True)
        wav.write(path, wav.silence(samples // 8) + 1)
        return path

    return put


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may become longer than 5000 bytes; the test run itself writes shorter ones."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def recorded_texts() -> catalogue.Catalogue:
    """The shipped texts that have a recording; the others would be synthesised at the start and blur the counts."""
    whole = catalogue.load()
    recorded = [entry for entry in whole if any(path.is_file() for path in whole.candidates(entry.key))]
    return catalogue.Catalogue(recorded, catalogue.SHIPPED)


def frames(path: Path) -> int:
    return wav.check(path).frames


def test_start_puts_every_prompt_and_the_tone_where_the_dialplan_finds_them(folder: Path) -> None:
    texts = recorded_texts()
    prepared = Voice(folder, texts, None).prepare()
    assert (prepared.written, prepared.unchanged, prepared.unsayable) == (len(texts), 0, ())
    for name in ("tone", "welcome", "limited_service", "leave_message", "notice.until"):
        assert wav.check(folder / f"{name}.wav").seconds > 0.2
    assert folder.stat().st_mode & 0o777 == 0o755
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o644}


def test_latin_keys_are_the_file_names() -> None:
    for entry in recorded_texts():
        assert entry.file == f"{entry.key}.wav" or not entry.key.isascii()


def test_a_second_start_writes_nothing(folder: Path, voice: Voice) -> None:
    before = {path: path.stat().st_ino for path in folder.iterdir()}
    prepared = voice.prepare()
    assert (prepared.written, prepared.unchanged) == (0, len(voice.catalogue))
    assert {path: path.stat().st_ino for path in folder.iterdir()} == before


def test_a_damaged_file_of_the_folder_is_written_again(folder: Path, voice: Voice) -> None:
    (folder / "welcome.wav").write_bytes(b"RIFF")
    (folder / "tone.wav").write_bytes(b"")
    assert voice.prepare().written == 1
    assert frames(folder / "welcome.wav") > 8000
    assert frames(folder / "tone.wav") == 3200


def test_one_prompt_is_exactly_its_file(folder: Path, voice: Voice) -> None:
    assert voice.speak(Say((Prompt("welcome"),))) == folder / "welcome.wav"
    assert voice.speak(Say((Number(45),))) == folder / "number.45.wav"
    assert voice.speak(Say((Street("вулиця", "Винниченка"),))) == folder / "street.vulytsia.vynnychenka.wav"


def test_a_notice_is_joined_from_its_recorded_pieces(voice: Voice, engine: FakeSynthesiser) -> None:
    path = voice.speak(NOTICE)
    pieces = [
        *("notice.no_power", "street.вулиця.Винниченка", "notice.house", "number.24", "letter.а"),
        *("notice.until", "hour.gen.18", "number.30"),
    ]
    sound = sum(frames(voice.catalogue.file(key)) for key in pieces)
    assert frames(path) == sound + 7 * 60 * 8
    assert path.parent == voice.folder
    assert path.stat().st_mode & 0o777 == 0o644
    assert voice.how(NOTICE) == "recorded"
    assert engine.spoken == []


def test_figures_are_read_slowly_enough_to_be_written_down(voice: Voice) -> None:
    together = sum(frames(voice.catalogue.file(f"number.{figure}")) for figure in (1, 5, 8, 0))
    assert frames(voice.speak(Say((Digits("1580"),)))) == together + 3 * 250 * 8


def test_one_unrecorded_part_makes_the_whole_sentence_synthetic(voice: Voice, engine: FakeSynthesiser) -> None:
    assert voice.how(FREE) == "synthesised"
    assert engine.spoken == []
    path = voice.speak(FREE)
    assert engine.spoken == ["до кінця робіт на вулиці Шопена"]
    assert frames(path) == 3200


def test_a_sentence_is_made_once(voice: Voice, engine: FakeSynthesiser) -> None:
    assert voice.speak(FREE) == voice.speak(FREE)
    assert len(engine.spoken) == 1
    joined = voice.speak(NOTICE)
    made = joined.stat().st_ino
    assert voice.speak(NOTICE).stat().st_ino == made
    joined.write_bytes(b"")
    assert frames(voice.speak(NOTICE)) > 8000


def test_another_engine_says_it_anew(folder: Path, voice: Voice) -> None:
    other = FakeSynthesiser("other:uk")
    assert Voice(folder, voice.catalogue, other).speak(FREE) != voice.speak(FREE)


def test_without_an_engine_free_text_cannot_be_said(folder: Path) -> None:
    silent = Voice(folder, recorded_texts(), None)
    assert silent.how(FREE) == "impossible"
    with pytest.raises(CannotSay, match="синтезу мовлення немає"):
        silent.speak(FREE)


def test_an_engine_that_is_not_installed_says_only_what_it_said_before(voice: Voice, engine: FakeSynthesiser) -> None:
    said = voice.speak(FREE)
    engine.installed = False
    assert voice.speak(FREE) == said
    assert voice.how(Say((Words("щось нове"),))) == "impossible"
    with pytest.raises(CannotSay, match="зараз не працює"):
        voice.speak(Say((Words("щось нове"),)))


def test_a_failed_engine_is_left_alone_for_a_while(folder: Path, engine: FakeSynthesiser) -> None:
    now = [1000.0]
    voice = Voice(folder, recorded_texts(), engine, clock=lambda: now[0])
    voice.prepare()
    engine.broken = True
    with pytest.raises(CannotSay, match="told to fail"):
        voice.speak(FREE)
    engine.broken = False
    with pytest.raises(CannotSay, match="зараз не працює"):
        voice.speak(FREE)
    assert len(engine.spoken) == 1
    now[0] += 31
    assert frames(voice.speak(FREE)) == 3200


@pytest.mark.parametrize("text", ["", "—", "слово " * 400])
def test_a_text_without_words_or_without_end_is_not_the_engines_fault(
    voice: Voice, engine: FakeSynthesiser, text: str
) -> None:
    say = Say((Words(text),))
    assert voice.how(say) == "impossible"
    with pytest.raises(CannotSay, match="сказати не можна"):
        voice.speak(say)
    assert voice.how(FREE) == "synthesised"


def test_unknown_prompts_and_impossible_values_are_told(voice: Voice) -> None:
    for bad in (Say((Prompt("nobody_wrote_this"),)), Say((Clock(25, 0),)), Say(())):
        assert voice.how(bad) == "impossible"
        with pytest.raises(CannotSay):
            voice.speak(bad)


def test_a_persons_recording_is_heard_at_once_and_everywhere(
    folder: Path, tmp_path: Path, recorder: Callable[[str, int], Path]
) -> None:
    voice = Voice(folder, catalogue.load(recorded=tmp_path / "recorded"), None)
    voice.prepare()
    before = voice.speak(NOTICE)
    welcome, until = recorder("welcome.wav", 8000), recorder("notice.until.wav", 4000)
    assert frames(voice.speak(Say((Prompt("welcome"),)))) == 8000
    after = voice.speak(NOTICE)
    assert frames(after) - frames(before) == 4000 - frames(voice.catalogue.shipped / "notice.until.wav")
    until.unlink()
    welcome.unlink()
    assert voice.speak(NOTICE) == before
    assert frames(voice.speak(Say((Prompt("welcome"),)))) > 8000


def test_a_second_take_of_the_same_length_replaces_the_first(
    folder: Path, tmp_path: Path, recorder: Callable[[str, int], Path]
) -> None:
    voice = Voice(folder, catalogue.load(recorded=tmp_path / "recorded"), None)
    voice.prepare()
    take = recorder("notice.until.wav", 4000)
    first = voice.speak(NOTICE)
    os.utime(take, (0, 0))
    assert voice.speak(NOTICE) != first


def test_a_house_is_never_said_without_its_letter(tmp_path: Path, folder: Path, engine: FakeSynthesiser) -> None:
    """The catalogue has the letter, the folder lost its file."""
    wav.write(tmp_path / "number.24.wav", wav.tone())
    texts = [Entry("number.24", "number.24.wav", "двадцять чотири"), Entry("letter.а", "letter.a.wav", "а")]
    voice = Voice(folder, Catalogue(texts, tmp_path), engine)
    voice.prepare()
    engine.spoken.clear()
    voice.speak(Say((House("24-А"),)))
    assert engine.spoken == ["двадцять чотири а"]


def test_a_bad_recording_is_passed_over_for_the_shipped_one(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "recorded" / "welcome.wav"
    own.parent.mkdir()
    own.write_bytes(b"ID3 this is an MP3")
    voice = Voice(folder, catalogue.load(recorded=own.parent), None)
    voice.prepare()
    assert frames(voice.speak(Say((Prompt("welcome"),)))) == frames(voice.catalogue.shipped / "welcome.wav")


def test_a_text_that_nobody_recorded_is_synthesised_under_its_own_name(
    tmp_path: Path, folder: Path, engine: FakeSynthesiser
) -> None:
    texts = Catalogue([Entry("new_prompt", "new_prompt.wav", "Новий текст.")], tmp_path)
    voice = Voice(folder, texts, engine)
    assert voice.prepare().written == 1
    assert voice.prepare().unchanged == 1
    assert voice.speak(Say((Prompt("new_prompt"),))) == folder / "new_prompt.wav"
    assert engine.spoken == ["Новий текст."]
    assert Voice(tmp_path / "other", texts, None).prepare().unsayable == ("new_prompt",)


def test_a_full_disk_lets_single_prompts_play_and_leaves_nothing_half_written(tmp_path: Path, folder: Path) -> None:
    voice = Voice(folder, recorded_texts(), FakeSynthesiser())
    with full_disk():
        prepared = voice.prepare()
        assert "cannot be written" in prepared.problem
        welcome = voice.speak(Say((Prompt("welcome"),)))
        for say in (NOTICE, FREE):
            with pytest.raises(CannotSay, match="не записується"):
                voice.speak(say)
    assert welcome == voice.catalogue.shipped / "welcome.wav"
    assert list(folder.iterdir()) == []
    assert frames(voice.speak(NOTICE)) > 8000


def test_a_folder_that_cannot_be_made_lets_single_prompts_play(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    voice = Voice(tmp_path / "file" / "sounds", recorded_texts(), None)
    assert voice.prepare().problem != ""
    assert voice.speak(Say((Prompt("welcome"),))).is_file()
    with pytest.raises(CannotSay, match="не записується"):
        voice.speak(NOTICE)


def test_sentences_nobody_hears_any_more_are_swept_and_prompts_stay(folder: Path, voice: Voice) -> None:
    old, new = voice.speak(NOTICE), voice.speak(FREE)
    half = folder / ".abc.tmp"
    half.write_bytes(b"half")
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    for path, age in ((old, timedelta(days=8)), (new, timedelta(days=6)), (half, timedelta(days=8))):
        os.utime(path, ((now - age).timestamp(),) * 2)
    os.utime(folder / "welcome.wav", (0, 0))
    assert voice.sweep(timedelta(days=7), now) == 2
    assert not old.exists()
    assert not half.exists()
    assert new.exists()
    assert (folder / "welcome.wav").exists()


def test_a_sentence_heard_again_is_young_again(voice: Voice) -> None:
    """The ages are such that the file system would not note the reading by itself (relatime)."""
    path = voice.speak(NOTICE)
    now = datetime.now(UTC)
    os.utime(path, ((now - timedelta(hours=12)).timestamp(), (now - timedelta(days=30)).timestamp()))
    voice.speak(NOTICE)
    assert voice.sweep(timedelta(hours=1), now) == 0


def test_many_callers_at_once_hear_whole_files(folder: Path, voice: Voice) -> None:
    heard: list[int] = []
    says = [Say((Prompt("notice.from"), Clock(hour, 30))) for hour in range(12)] * 4
    threads = [Thread(target=lambda say=say: heard.append(frames(voice.speak(say)))) for say in says]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(heard) == len(says)
    assert len(set(heard)) <= 12
    assert not list(folder.glob(".*.tmp"))
