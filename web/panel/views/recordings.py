"""The sound of a recording, its waveform, and corrections of what was recognised in it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import structlog
from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, send_file, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from db import audit, lookups, transcripts
from db.models import Recording, Transcript
from db.recordings import NoSuchRecording
from db.spool import UnsafeName
from sound import wav
from web.panel.access import me, parts
from web.panel.forms import CorrectionForm
from web.panel.peaks import peaks

LISTENING_IS_ONE_WITHIN = timedelta(minutes=10)
"""A player asks for a recording in many pieces; they are one listening, and one audit entry."""

log = structlog.get_logger()
pages = Blueprint("recordings", __name__)


@pages.get("/recordings/<row:recording_id>/audio")
def audio(recording_id: int) -> AnyResponse:
    """The WAV file itself, also by ranges. It is kept in no cache; handing it out is an audit entry."""
    now = parts().clock()
    with parts().records() as session:
        path = _path(session, recording_id)
        user = me(session)
        if not lookups.listened_since(session, user.id, recording_id, now - LISTENING_IS_ONE_WITHIN):
            audit.record(session, "listened", f"recording {recording_id}", by=user, at=now)
            session.commit()
    return send_file(path, mimetype="audio/wav", download_name=f"recording-{recording_id}.wav", conditional=True)


@pages.get("/recordings/<row:recording_id>/peaks")
def waveform(recording_id: int) -> Response:
    """The outline of the sound for drawing: ``{"seconds": 12.3, "peaks": [0.0, 0.4, ...]}``. Nobody can hear it."""
    with parts().records() as session:
        path = _path(session, recording_id)
    try:
        samples, rate = wav.read_pcm(path)
    except wav.UnusableSound:
        log.warning("A recording has no waveform, it cannot be read as sound", recording=recording_id)
        return jsonify(seconds=0, peaks=[])
    return jsonify(seconds=len(samples) / rate, peaks=peaks(samples))


@pages.post("/transcripts/<row:transcript_id>/corrections")
def correct(transcript_id: int) -> AnyResponse | tuple[str, int] | str:
    """Other words in place of recognised ones; what was recognised stays beneath."""
    form = CorrectionForm()
    with parts().records() as session:
        transcript = session.get(Transcript, transcript_id)
        if transcript is None:
            abort(404)
        first, last = form.first.data, form.last.data
        if not form.validate() or not 0 <= first <= last < len(transcript.words):
            abort(400)
        transcripts.correct(session, transcript, first, last, form.text.data or "", me(session), parts().clock())
        session.commit()
        tape = transcript.recording
        if request.headers.get("HX-Request"):
            return render_template("_transcript.html", tape=tape)
        appeal = tape.call.appeal
        return redirect(url_for("card.show", appeal_id=appeal.id) if appeal else url_for("appeals.listing"))


def _path(session: Session, recording_id: int) -> Path:
    recording = session.get(Recording, recording_id)
    if recording is None:
        abort(404)
    try:
        return parts().store.path(recording.call_id, recording.file)
    except (NoSuchRecording, UnsafeName) as error:
        log.warning("A recording is in the records but not on the disk", recording=recording_id, why=str(error))
        abort(404)
