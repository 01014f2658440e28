"""``hotline learn``: how often the suggestions were right, and examples that tell no person."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from db import appeals, audit, drafts, migrate, seed, transcripts
from db.addresses import Place
from db.draft_tables import LabelledExample
from db.drafts import Suggested
from db.models import Appeal, Audit, Recording, User
from hotline.cli import main
from hotline.masking import masked
from hotline.settings import Settings
from hotline.wiring import Parts
from tests.db.conftest import NOON, new_appeal, operator

SAID = (
    "добрий день це Роксолана Яблонська у нас на вулиці Шевченка двадцять чотири квартира сорок п'ять немає гарячої "
    "води сусід Степан Кожухівський каже дзвонити нуль п'ятдесят сто двадцять три сорок п'ять шістдесят сім"
)
WORDS = SAID.split()
HOME = Place("вулиця Шевченка", "24", flat="45", settlement="Луцьк", street_id=1)
SUGGESTED = (
    Suggested("applicant", "Роксолана Яблонська", "Роксолана Яблонська", 0.8, True, [(3, 4)]),
    Suggested("phone", "0501234567", "050 123 45 67", 0.9, True, [(23, 31)]),
    Suggested("address", HOME.line(), HOME.line(), 0.9, True, [(7, 14)], "", HOME.to_json()),
    Suggested("category", "HOTW", "Гаряча вода", 0.9, True, [(15, 17)]),
)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An installation with empty records."""
    monkeypatch.setenv("HOTLINE_DATA_DIR", str(tmp_path / "data"))
    own = Settings()
    own.data_dir.mkdir(parents=True)
    migrate.upgrade(own.database)
    with Parts(own).records() as session:
        seed.seed(session)
        session.commit()
    return own


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["learn", *words], prog_name="hotline")


def register(settings: Settings, call_id: str = "ast-1.1", category: str = "HOTW") -> None:
    """A message that was heard, suggested for and registered."""
    with Parts(settings).records() as session:
        by = session.query(User).first() or operator(session)
        appeal: Appeal = new_appeal(session, call_id=call_id)
        recording = Recording(
            call=appeal.call, name="appeal", file="2-appeal.wav", seconds=9, ended_by="key", made_at=NOON
        )
        session.add(recording)
        session.flush()
        transcripts.claim(session, recording.id, NOON)
        words = [{"word": word, "start": n, "end": n + 0.5, "conf": 0.9} for n, word in enumerate(WORDS)]
        transcripts.keep(
            session,
            recording.id,
            engine="vosk",
            model="uk",
            state="recognised",
            text=SAID,
            words=words,
            took_seconds=1,
            at=NOON,
        )
        drafts.make_draft(session, recording.id, SUGGESTED, written=SAID, rules="rules-1", at=NOON)
        appeals.edit(
            session,
            appeal,
            by=by,
            at=NOON,
            applicant=appeal.applicant,
            phone="0501234567",
            place=HOME,
            text="Немає гарячої води",
            category_code=category,
        )
        appeals.register(session, appeal, by=by, at=NOON)
        session.commit()


def exported(settings: Settings, *options: str) -> dict[str, Any]:
    target = settings.data_dir / "examples.jsonl"
    told = run("export", "-o", str(target), *options)
    assert told.exit_code == 0, told.output
    (line,) = target.read_text(encoding="utf-8").splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def test_without_examples_it_says_when_there_will_be_some(settings: Settings) -> None:
    assert "Прикладів ще немає" in run("report").output
    assert json.loads(run("report", "--json").output) == []
    told = run("export", "-o", str(settings.data_dir / "none.jsonl"))
    assert "Записано повідомлень: 0" in told.output


def test_the_report_counts_by_field_and_month(settings: Settings) -> None:
    for n, category in enumerate(["HOTW", "HOTW", "HEAT"]):
        register(settings, f"ast-1.{n}", category)
    table = run("report").output
    (row,) = [line for line in table.splitlines() if "категорія" in line]
    assert row.split() == ["2026-11", "категорія", "3", "2,", "67", "%", "2,", "67", "%", "3", "2,", "67", "%", "0"]
    rates = {rate["field"]: rate for rate in json.loads(run("report", "--json").output)}
    assert (rates["category"]["suggested"], rates["category"]["right"]) == (3, 2)
    assert rates["street"]["right"] == 3


def test_an_export_tells_no_person_and_keeps_what_is_learned_from(settings: Settings) -> None:
    register(settings)
    found = exported(settings)
    text = json.dumps(found, ensure_ascii=False)
    for told in ("Роксолана", "Яблонська", "Степан", "Кожухівський", "0501234567", "сорок", "шістдесят", "ast-1.1"):
        assert told not in text, told
    assert len(found["words"]) == len(WORDS)
    assert found["words"][8:12] == ["вулиці", "Шевченка", "двадцять", "чотири"], "a street is no person"
    assert found["words"][13:15] == ["<номер>", "<номер>"]
    assert found["labels"]["category"] == {
        "suggested": "HOTW",
        "final": "HOTW",
        "outcome": "confirmed",
        "rank": 0,
        "sure": True,
        "confidence": 0.9,
        "spans": [[15, 17]],
        "rules": "rules-1",
    }
    assert found["labels"]["applicant"]["outcome"] == "confirmed" and "final" not in found["labels"]["applicant"]
    assert "final" not in found["labels"]["flat"]


def test_with_personal_data_everything_is_there(settings: Settings) -> None:
    register(settings)
    found = exported(settings, "--with-personal")
    assert found["words"] == WORDS
    assert found["labels"]["applicant"]["final"] == "Роксолана Яблонська"


def test_the_file_is_for_its_owner_only_even_where_one_was_before(settings: Settings) -> None:
    register(settings)
    target = settings.data_dir / "examples.jsonl"
    target.write_text("old")
    target.chmod(0o644)
    exported(settings)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.parametrize(("options", "details"), [((), "1, masked"), (("--with-personal",), "1, personal")])
def test_an_export_is_an_entry_of_the_audit(settings: Settings, options: tuple[str, ...], details: str) -> None:
    register(settings)
    exported(settings, *options)
    with Parts(settings).records() as session:
        entry = session.query(Audit).order_by(Audit.id.desc()).first()
        assert entry is not None and (entry.what, entry.details) == ("examples_exported", details)
        assert audit.verify(session) is None


def test_a_file_that_cannot_be_written_is_one_line_and_no_audit_entry(settings: Settings) -> None:
    told = run("export", "-o", str(settings.data_dir / "no" / "such" / "folder.jsonl"))
    assert told.exit_code == 1
    assert "немає такого файлу або теки" in told.output
    with Parts(settings).records() as session:
        assert session.query(Audit).filter_by(what="examples_exported").count() == 0
        assert session.query(LabelledExample).count() == 0


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("моя сусідка Ганна Петрівна впала", "моя сусідка <ім'я> <ім'я> впала"),
        ("викликали Сергія з жеку", "викликали <ім'я> з жеку"),
        ("кв 12 затопило", "кв <номер> затопило"),
        ("кв.45 затопило", "<номер> затопило"),
        ("дзвоніть 0671112233 будь ласка", "дзвоніть <номер> будь ласка"),
        ("третій день немає води на два будинки", "третій день немає води на два будинки"),
        (
            "народилася двадцять третього п'ятого тридцять восьмого",
            "народилася <номер> <номер> <номер> <номер> <номер>",
        ),
    ],
)
def test_what_tells_a_person_is_masked_and_the_trouble_is_not(said: str, left: str) -> None:
    assert " ".join(masked(said.split(), names=(), numbers=(), places=())) == left


def test_the_applicants_name_is_masked_in_any_form_of_it() -> None:
    words = "коваль я питайте коваля з третього".split()
    assert masked(words, names=(), numbers=(), places=()) == words, "a smith is no name to the dictionary alone"
    assert masked(words, names=(), numbers=(), places=(), applicant="Коваль Роман")[::3] == ["<ім'я>", "<ім'я>"]
