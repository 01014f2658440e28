"""The announcement of last resort: kept while it is true, silent afterwards."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hotline.announcement import Announcement
from ivr_flows import scenario
from ivr_flows.commands import Say
from ivr_flows.questions import Moment, Outage, OutageList

AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
UNTIL = AT + timedelta(hours=2)
OUTAGES = OutageList((Outage("В-1", "emergency", "no_cold_water", True, (), Moment(23, 11, 18, 0, "today"), True),))


class Composer:
    def __init__(self) -> None:
        self.composed: list[str] = []

    def __call__(self, sentences: tuple[Say, ...], target: Path) -> None:
        self.composed.append("; ".join(map(scenario.words_of, sentences)))
        target.write_bytes(b"RIFF")


@pytest.fixture
def composer() -> Composer:
    return Composer()


@pytest.fixture
def announcement(tmp_path: Path, composer: Composer) -> Announcement:
    return Announcement(tmp_path, composer)


def test_what_was_kept_is_told_until_its_end(announcement: Announcement):
    announcement.keep(OUTAGES, UNTIL)
    assert announcement.last(UNTIL - timedelta(seconds=1)) == OUTAGES
    assert announcement.last(UNTIL) is None


def test_the_sound_for_the_dialplan_is_made_once_and_taken_away_at_the_end(announcement, composer, tmp_path):
    announcement.keep(OUTAGES, UNTIL)
    announcement.keep(OUTAGES, UNTIL)
    assert composer.composed == [
        "notices_intro; notice.emergency + notice.no_cold_water; notice.whole_city; "
        "notice.until + clock 18:00 + notice.hours + notice.today"
    ]
    announcement.expire(UNTIL - timedelta(seconds=1))
    assert (tmp_path / "announcement.wav").exists()
    announcement.expire(UNTIL)
    assert not (tmp_path / "announcement.wav").exists()


def test_a_quiet_city_forgets_the_old_announcement(announcement, tmp_path):
    announcement.keep(OUTAGES, UNTIL)
    announcement.keep(OutageList(()), None)
    assert announcement.last(AT) is None
    assert not list(tmp_path.iterdir())


def test_a_sound_whose_end_was_not_written_any_more_is_taken_away(announcement, tmp_path):
    (tmp_path / "announcement.wav").write_bytes(b"RIFF")
    announcement.expire(AT)
    assert not (tmp_path / "announcement.wav").exists()


@pytest.mark.parametrize(
    "damaged", ["", "{", "[]", '{"until": "soon"}', '{"until": "2026-11-23T18:00:00+00:00", "outages": {"is": "os"}}']
)
def test_a_damaged_file_is_silence_not_a_crash(announcement, tmp_path, damaged):
    (tmp_path / "announcement.json").write_text(damaged)
    assert announcement.last(AT) is None


def test_a_sound_that_cannot_be_made_keeps_nothing(tmp_path):
    def broken(sentences, target):
        raise OSError("no space left on device")

    announcement = Announcement(tmp_path, broken)
    with pytest.raises(OSError, match="no space"):
        announcement.keep(OUTAGES, UNTIL)
    assert announcement.last(AT) is None
