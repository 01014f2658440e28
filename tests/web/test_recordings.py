"""Sound: ranges, the audit of listening, corrections of words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db.models import Audit, Recording, Transcript
from tests.web.city import HEARD, City, Staff, csrf_token


def listenings(city: City) -> list[str]:
    with city.records() as session:
        return [entry.about for entry in session.query(Audit).filter_by(what="listened")]


def transcript_of(city: City, appeal: int) -> int:
    with city.records() as session:
        return session.query(Transcript).filter_by(recording_id=city.recording_of(appeal)).one().id


def correct(staff: Staff, transcript: int, page: str, **fields: object) -> tuple[int, str]:
    token = csrf_token(staff.get(page).text)
    answer = staff.client.post(
        f"/transcripts/{transcript}/corrections", data={**fields, "csrf_token": token}, headers={"HX-Request": "true"}
    )
    return answer.status_code, answer.text


def test_a_recording_is_heard_whole_and_kept_nowhere(city: City, operator: Staff) -> None:
    recording = city.recording_of(city.appeal())
    answer = operator.get(f"/recordings/{recording}/audio")
    assert answer.status_code == 200
    assert answer.mimetype == "audio/wav"
    assert answer.data.startswith(b"RIFF")
    assert len(answer.data) == 44 + 6 * 8000 * 2
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_recording_is_heard_from_the_middle(city: City, operator: Staff) -> None:
    recording = city.recording_of(city.appeal())
    whole = operator.get(f"/recordings/{recording}/audio").data
    part = operator.get(f"/recordings/{recording}/audio", headers={"Range": "bytes=1000-1999"})
    assert part.status_code == 206
    assert part.headers["Content-Range"] == f"bytes 1000-1999/{len(whole)}"
    assert part.data == whole[1000:2000]
    rest = operator.get(f"/recordings/{recording}/audio", headers={"Range": "bytes=96000-"})
    assert rest.data == whole[96000:]


def test_a_range_outside_of_the_recording_is_refused(city: City, operator: Staff) -> None:
    recording = city.recording_of(city.appeal())
    assert operator.get(f"/recordings/{recording}/audio", headers={"Range": "bytes=9999999-"}).status_code == 416


def test_listening_is_an_audit_entry_once_for_all_its_ranges(city: City, operator: Staff, admin: Staff) -> None:
    recording = city.recording_of(city.appeal())
    operator.get(f"/appeals/{city.appeal(caller='380671112233')}")
    assert listenings(city) == [], "opening a card is not listening"
    operator.get(f"/recordings/{recording}/audio")
    operator.get(f"/recordings/{recording}/audio", headers={"Range": "bytes=1000-1999"})
    assert listenings(city) == [f"recording {recording}"]
    admin.get(f"/recordings/{recording}/audio")
    assert len(listenings(city)) == 2, "another person listening is another entry"
    city.now += timedelta(minutes=11)
    operator.get(f"/recordings/{recording}/audio", headers={"Range": "bytes=1000-1999"})
    assert len(listenings(city)) == 3
    page = admin.get("/audit?check=1").text
    assert "прослухано запис" in page
    assert "Ланцюг записів цілий" in page


@pytest.mark.parametrize(
    "file", ["../../../etc/passwd", "/etc/passwd", "..", "a/b.wav", "", "gone.wav", "x.wav\x00.txt"]
)
def test_no_path_leads_out_of_the_store(city: City, operator: Staff, file: str) -> None:
    recording = city.recording_of(city.appeal())
    with city.records() as session:
        session.get_one(Recording, recording).file = file
        session.commit()
    assert operator.get(f"/recordings/{recording}/audio").status_code == 404
    assert operator.get(f"/recordings/{recording}/peaks").status_code == 404
    assert listenings(city) == []


@pytest.mark.parametrize("number", ["999", "0", "-1", "abc", "..%2f..%2fetc%2fpasswd", "../../etc/passwd"])
def test_an_unknown_recording_is_not_found(operator: Staff, number: str) -> None:
    assert operator.get(f"/recordings/{number}/audio").status_code == 404


def test_the_waveform_follows_the_sound(city: City, operator: Staff) -> None:
    outline = operator.get(f"/recordings/{city.recording_of(city.appeal())}/peaks").get_json()
    assert outline["seconds"] == 6.0
    assert len(outline["peaks"]) == 600
    assert max(outline["peaks"]) == 1.0
    assert min(outline["peaks"]) < 0.2


def test_a_damaged_file_has_no_waveform_and_breaks_no_page(city: City, operator: Staff) -> None:
    appeal = city.appeal()
    (city.store.spool / "ast-1700000001.1" / "2-appeal.wav").write_bytes(b"not a sound")
    assert operator.get(f"/recordings/{city.recording_of(appeal)}/peaks").get_json()["peaks"] == []
    assert operator.get(f"/appeals/{appeal}").status_code == 200


def test_a_correction_shows_and_what_was_recognised_stays(city: City, operator: Staff) -> None:
    appeal = city.appeal()
    transcript = transcript_of(city, appeal)
    code, fragment = correct(operator, transcript, f"/appeals/{appeal}", first=7, last=8, text="двадцять чотири-А")
    assert code == 200
    assert ">двадцять чотири-А</span>" in fragment
    assert 'data-first="7" data-last="8"' in fragment
    with city.records() as session:
        kept = session.get_one(Transcript, transcript)
        assert kept.text == HEARD
        assert [word["word"] for word in kept.words][7:9] == ["двадцять", "чотири"]
        assert [one.text for one in kept.corrections] == ["двадцять чотири-А"]


def test_a_word_can_be_taken_away_and_put_back(city: City, operator: Staff) -> None:
    appeal = city.appeal()
    transcript = transcript_of(city, appeal)
    _, fragment = correct(operator, transcript, f"/appeals/{appeal}", first=0, last=0, text="")
    assert ">⌫</span>" in fragment
    _, fragment = correct(operator, transcript, f"/appeals/{appeal}", first=0, last=0, text="доброго")
    assert ">доброго</span>" in fragment


@pytest.mark.parametrize(("first", "last"), [(-1, 0), (5, 2), (0, 12), ("x", 1), ("", "")])
def test_a_correction_of_words_that_are_not_there_is_refused(
    city: City, operator: Staff, first: object, last: object
) -> None:
    appeal = city.appeal()
    code, _ = correct(operator, transcript_of(city, appeal), f"/appeals/{appeal}", first=first, last=last, text="слово")
    assert code == 400


def test_a_correction_without_the_script_leads_back_to_the_card(city: City, operator: Staff) -> None:
    appeal = city.appeal()
    answer = operator.post(
        f"/transcripts/{transcript_of(city, appeal)}/corrections",
        {"first": "0", "last": "0", "text": "вечір"},
        page=f"/appeals/{appeal}",
    )
    assert answer.location == f"/appeals/{appeal}"
