"""What people made of the suggestions: hit rates on the city's own data, and examples for training."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from db import audit, examples
from db.city_time import in_kyiv
from db.draft_tables import LabelledExample
from db.examples import Message, Rate
from hotline import health
from hotline.masking import masked
from hotline.settings import Settings
from hotline.wiring import Parts

PERSONAL = frozenset({"applicant", "phone", "flat", "earlier_no"})
"""Fields whose values tell a person; without them an example still says whether the suggestion was right."""

FIELDS = {
    "applicant": "ім'я заявника",
    "phone": "телефон",
    "street": "вулиця",
    "house": "будинок",
    "flat": "квартира",
    "category": "категорія",
    "urgency": "терміновість",
    "earlier_no": "попереднє звернення",
    "executor": "виконавець",
    "kind": "вид звернення",
}
EMPTY = "Прикладів ще немає: вони з'являються, коли оператори реєструють звернення."
HEAD = (
    "Місяць",
    "Поле",
    "Запропоновано",
    "Вірно",
    "Є серед варіантів",
    "Без запитання",
    "Вірно без запитання",
    "Пропущено",
)
LEGEND = """
Запропоновано - у скількох картках машина назвала значення; вірно - перше з них і залишив оператор.
Без запитання - скільки з них машина вписала сама. Пропущено - оператор заповнив поле, а машина мовчала."""


def rates(settings: Settings) -> list[Rate]:
    """Hit rates by month and field, the latest month first."""
    with Parts(settings).records() as session:
        return examples.rates(session)


def report_json(found: Sequence[Rate]) -> str:
    """A list of objects, one for each field and month."""
    return json.dumps([asdict(rate) for rate in found], ensure_ascii=False)


def report_lines(found: Sequence[Rate]) -> list[str]:
    """The table as people read it."""
    if not found:
        return [EMPTY]
    rows = [HEAD, *(_row(rate) for rate in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    table = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return [table[0], "-" * len(table[0]), *table[1:], *LEGEND.splitlines()]


def export(settings: Settings, target: Path, *, with_personal: bool) -> int:
    """Write the examples, a message a line; how many. The file is readable by its owner only.

    Who takes citizens' words out of the records leaves an audit entry.

    Raises:
        OSError: the file cannot be written.
    """
    with Parts(settings).records() as session:
        lines = [_line(n, one, with_personal) for n, one in enumerate(examples.messages(session), start=1)]
        what = "personal" if with_personal else "masked"
        audit.record(
            session, "examples_exported", "examples", by=None, at=health.now(), details=f"{len(lines)}, {what}"
        )
        _write(target, lines)
        session.commit()
    return len(lines)


def _row(rate: Rate) -> tuple[str, ...]:
    return (
        rate.month,
        FIELDS[rate.field],
        str(rate.suggested),
        _share(rate.right, rate.suggested),
        _share(rate.among, rate.suggested),
        str(rate.sure),
        _share(rate.sure_right, rate.sure),
        str(rate.missed),
    )


def _share(part: int, whole: int) -> str:
    """«45, 90 %»; a share of nothing is a dash."""
    return f"{part}, {100 * part / whole:.0f} %" if whole else "-"


def _line(n: int, message: Message, with_personal: bool) -> str:
    """No id of the records: a number of this file alone, and the month instead of the day."""
    transcript = message.transcript
    words = [str(word["word"]) for word in transcript.words]
    if not with_personal:
        words = masked(
            words,
            names=message.words_of("applicant"),
            numbers={*message.words_of("phone"), *message.words_of("earlier_no")},
            places=message.words_of("address"),
            applicant=message.final("applicant"),
        )
    kept: dict[str, Any] = {
        "message": n,
        "month": f"{in_kyiv(transcript.made_at):%Y-%m}",
        "engine": transcript.engine,
        "model": transcript.model,
        "state": transcript.state,
        "words": words,
        "labels": {label.field: dict(_label(label, with_personal)) for label in message.labels},
    }
    return json.dumps(kept, ensure_ascii=False)


def _label(label: LabelledExample, with_personal: bool) -> Iterator[tuple[str, Any]]:
    if with_personal or label.field not in PERSONAL:
        yield "suggested", label.suggested
        yield "final", label.final
    yield "outcome", label.outcome
    yield "rank", label.final_rank
    yield "sure", label.sure
    yield "confidence", label.confidence
    yield "spans", label.spans
    yield "rules", label.rules


def _write(target: Path, lines: Sequence[str]) -> None:
    target.touch(mode=0o600)
    target.chmod(0o600)  # the file may have been there
    target.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
