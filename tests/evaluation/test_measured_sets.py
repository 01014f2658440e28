"""What accuracy is measured on stays what it was: repeatable noise, and halves that do not overlap."""

from __future__ import annotations

from db import streets
from evaluation.clips import clips
from evaluation.streets_noised import REPORT_SEED, TUNING_SEED, noised_names


def test_a_seed_always_spoils_the_same_names_in_the_same_way() -> None:
    register = streets.shipped()
    assert noised_names(register, REPORT_SEED) == noised_names(register, REPORT_SEED)


def test_the_reported_names_are_spoiled_otherwise_than_the_ones_tuned_on() -> None:
    register = streets.shipped()
    tuned = {noised.sentence for noised in noised_names(register, TUNING_SEED) if noised.edits != "clean"}
    reported = {noised.sentence for noised in noised_names(register, REPORT_SEED) if noised.edits != "clean"}
    assert len(tuned & reported) < len(reported) / 50


def test_no_clip_is_both_tuned_on_and_reported_and_both_halves_hear_both_voices() -> None:
    tuned, reported = clips("tune"), clips("report")
    assert not {clip.path for clip in tuned} & {clip.path for clip in reported}
    assert len(tuned) == len(reported) == 50
    assert {clip.voice for clip in tuned} == {clip.voice for clip in reported} == {"anatol", "natalia"}
    assert all(clip.path.is_file() for clip in tuned + reported)
