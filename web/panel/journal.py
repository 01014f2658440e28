"""A call's journal as people read it: what the line said, what the citizen did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from db import uk
from db.models import Call, JournalEntry
from ivr_flows.codec import UnreadableJournal
from ivr_flows.commands import Consult, Say, Wait
from ivr_flows.questions import Answer, AppealStatus, FeedbackSubject, OutageList
from ivr_flows.replies import HungUp, Pressed, Reply, Silence, Taped, Told, Transferred
from ivr_flows.run import Entry
from web.panel.words import counted, length

KEYS = {
    ("main_menu", "1"): "почути про відключення",
    ("main_menu", "2"): "залишити звернення",
    ("main_menu", "3"): "дізнатися стан звернення",
    ("main_menu", "0"): "оператор",
    ("repeat_number", "1"): "повторити номер",
    ("feedback_intro", "1"): "згода відповідати",
    ("feedback_intro", "9"): "більше не телефонувати",
    ("feedback_done", "1"): "роботи виконано",
    ("feedback_done", "2"): "виконано частково",
    ("feedback_done", "3"): "не виконано",
}
"""What a key meant where it was pressed."""

TRANSFERS = {
    "answered": "оператор відповів",
    "busy": "оператори зайняті",
    "no_answer": "ніхто з операторів не відповів",
    "failed": "з'єднати з оператором не вдалося",
}


STAGES = {
    "draft": "очікує розгляду оператора",
    "registered": "зареєстровано",
    "forwarded": "передано виконавцю",
    "in_progress": "в роботі",
    "done": "виконано",
    "returned": "на доопрацюванні",
    "closed": "закрито",
}
"""What the line told a citizen about an appeal."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the conversation.

    Attributes:
        at: when it happened, or when the line began to speak; None for what it said next in the same breath.
        file: the recording it left, "" for none.
    """

    at: datetime | None
    who: Literal["line", "citizen", "records"]
    text: str
    file: str = ""


def conversation(call: Call, text_of: Callable[[Say], str]) -> list[Line]:
    """The whole call, in order. An entry of another version of the program becomes one line that says so."""
    lines: list[Line] = []
    began = call.started_at
    for row in call.entries:
        lines += _lines(row, began, text_of)
        began = row.at
    return lines


def pressed_keys(call: Call) -> str:
    """What was pressed in the call, in short: «2 (залишити звернення), 1»."""
    presses = []
    for row in call.entries:
        entry = _read(row)
        if entry and isinstance(entry.reply, Pressed):
            meaning = KEYS.get((_name(entry.command), entry.reply.keys))
            presses.append(f"{entry.reply.keys} ({meaning})" if meaning else entry.reply.keys)
    return ", ".join(presses)


def _lines(row: JournalEntry, began: datetime, text_of: Callable[[Say], str]) -> list[Line]:
    """The lines of one turn: the journal keeps its end; it began where the turn before ended."""
    entry = _read(row)
    if entry is None:
        return [Line(row.at, "records", "Рядок журналу іншої версії програми, прочитати його не вдалося.")]
    lines = [Line(None if n else began, "line", _spoken(say, text_of)) for n, say in enumerate(entry.said)]
    text, who = _happened(entry.command, entry.reply)
    file = entry.reply.file if isinstance(entry.reply, Taped) else ""
    return [*lines, Line(row.at, who, text, file)]


def _read(row: JournalEntry) -> Entry | None:
    try:
        return Entry.from_json(row.entry)
    except UnreadableJournal:
        return None


def _spoken(say: Say, text_of: Callable[[Say], str]) -> str:
    try:
        return text_of(say)
    except Exception:  # a sentence of an old call whose prompt is gone must not hide the rest
        return "(текст цього повідомлення вже змінено)"


def _happened(command: Wait | Consult, reply: Reply) -> tuple[str, Literal["citizen", "records"]]:
    match reply:
        case Pressed(keys):
            meaning = KEYS.get((_name(command), keys))
            return f"Натиснуто {keys}" + (f": {meaning}" if meaning else ""), "citizen"
        case Silence():
            return "Нічого не натиснуто", "citizen"
        case Taped(_, seconds, ended_by):
            return f"Записано повідомлення, {length(seconds)} ({uk.word(uk.ENDED_BY, ended_by)})", "citizen"
        case HungUp():
            return "Слухавку покладено", "citizen"
        case Transferred(result):
            return f"З'єднання з оператором: {TRANSFERS.get(result, result)}", "records"
        case Told(answer):
            return _told(answer), "records"


def _told(answer: Answer | None) -> str:
    match answer:
        case None:
            return "База даних не відповіла, розмова йде без неї"
        case OutageList(outages):
            found = counted(len(outages), "повідомлення", "повідомлення", "повідомлень")
            return f"Знайдено {found} про відключення" if outages else "Повідомлень про відключення немає"
        case AppealStatus(stage):
            return f"Знайдено звернення: {STAGES.get(stage, stage)}" if stage != "unknown" else "Такого номера немає"
        case FeedbackSubject(number):
            return f"Йдеться про звернення {number}"


def _name(command: Wait | Consult) -> str:
    return getattr(command, "name", "")
