"""The rules a city may edit: what a message is about, how urgent it is, what kind of call it is.

The files of ``rules/`` are data. A city's own folder may hold a file of the same name; it then replaces ours as a
whole, so that what is in force can be read in one place. docs/understanding.md explains how to write a rule.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from transcribe.understanding.facts import Reason, Urgency
from transcribe.understanding.learnt import learnt
from transcribe.understanding.patterns import Match, Message, Pattern, UnusablePattern, Vocabulary

SHIPPED = Path(__file__).parent / "rules"
CATEGORIES, DANGERS, KINDS, WORD_LISTS = "categories.yaml", "dangers.yaml", "kinds.yaml", "word_lists.yaml"
PHRASES, EMERGENCIES = "phrases*.csv", "emergencies*.csv"
"""Every file of such a name: a city may add phrases_own.csv beside ours."""

GUARD = 5
"""How many words around a match an ``unless`` pattern is looked for."""

DEFAULT_WEIGHT = 2.0

_FIELDS = {"why", "weight", "words", "unless", "urgency", "call"}
_CLASSES = ("E1", "E2", "N1")
_YES, _NO = "yes", "no"

MAY_BE_DANGERS = frozenset({"OTHER", "GAS", "LIFT"})
"""Categories whose phrases hold emergencies too, so that they are no examples of calls without danger."""


class UnusableRules(Exception):
    """An administrator edited a file of rules and it cannot be used. The message names file, rule and mistake."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Patterns that mean the same to the city.

    Attributes:
        why: what they mean, in Ukrainian, for the operator.
        weight: how much they count; a plain mention is 1, words that leave no doubt 4 and more.
        patterns: any of them will do; the rule counts once however many match.
        unless: patterns near a match that take it back («пожежна машина» is no fire).
        urgency: the class such words ask for; N1 when they hurry nobody.
        call: whom to telephone at once («104»), in rules of danger to life only, else "".
    """

    why: str
    weight: float
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    urgency: Urgency
    call: str

    def matches(self, message: Message) -> Iterator[Match]:
        """Where the rule holds."""
        return (match for match, guarded in self.found(message) if not guarded)

    def found(self, message: Message) -> Iterator[tuple[Match, bool]]:
        """Where a pattern is met, and whether a guard near it takes it back."""
        guards = None
        for pattern in message.possible(self.patterns):
            for match in pattern.matches(message):
                if guards is None:
                    guards = [guard for one in message.possible(self.unless) for guard in one.matches(message)]
                yield match, any(guard[0] <= match[-1] + GUARD and guard[-1] >= match[0] - GUARD for guard in guards)

    def reason(self, message: Message) -> Reason | None:
        """The first words of the message for which the rule holds."""
        match = next(self.matches(message), None)
        return None if match is None else Reason(message.span(match), self.why)


@dataclass(frozen=True, slots=True)
class Clue:
    """A rule that holds in a message: for which category it speaks, and by which words."""

    code: str
    rule: Rule
    reason: Reason


RuleTable = Mapping[str, tuple[Rule, ...]]
"""Code (of a category, of a danger, of a kind) to its rules."""


class RuleBook:
    """All rules in force, read from ``own`` where it has the file, else from the shipped ones.

    Args:
        learnt_in: a folder where what was learnt from the phrases is kept for the next process.

    Raises:
        UnusableRules: see there.
    """

    def __init__(self, own: Path | None = None, learnt_in: Path | None = None) -> None:
        self._own = own
        self.vocabulary = self._vocabulary()
        self.categories = self._table(CATEGORIES)
        self.dangers = self._table(DANGERS)
        self.kinds = self._table(KINDS)
        phrases = self._examples(PHRASES, "category")
        emergencies = tuple(self._emergencies())
        self.learnt = _learnt(phrases, (*emergencies, *_without_danger(phrases, emergencies)), learnt_in)

    def message(self, words: Sequence[str]) -> Message:
        """The words, ready to be compared with the rules."""
        return Message(words, self.vocabulary)

    def _vocabulary(self) -> Vocabulary:
        path, lists = self._read(WORD_LISTS)
        for name, words in lists.items():
            if not _are_texts(words):
                raise UnusableRules(f"{path}: перелік «{name}» має бути списком слів")
        return Vocabulary(lists)

    def _table(self, name: str) -> RuleTable:
        path, content = self._read(name)
        table = {}
        for code, rules in content.items():
            if not isinstance(rules, list):
                raise UnusableRules(f"{path}: «{code}» має містити список правил, кожне з «- why:»")
            where = f"{path}: {code}, правило"
            table[str(code)] = tuple(self._rule(rule, f"{where} {number}") for number, rule in enumerate(rules, 1))
        return table

    def _rule(self, rule: Any, where: str) -> Rule:
        if not isinstance(rule, dict) or not isinstance(rule.get("why"), str):
            raise UnusableRules(f"{where}: немає пояснення «why»")
        where = f"{where} («{rule['why']}»)"
        if unknown := sorted(set(map(str, rule)) - _FIELDS):
            raise UnusableRules(f"{where}: невідоме поле «{unknown[0]}»; можна: {', '.join(sorted(_FIELDS))}")
        weight = rule.get("weight", DEFAULT_WEIGHT)
        if isinstance(weight, bool) or not isinstance(weight, int | float) or weight <= 0:
            raise UnusableRules(f"{where}: «weight» має бути числом, більшим за нуль")
        patterns = self._patterns(rule.get("words"), f"{where}, «words»")
        if not patterns:
            raise UnusableRules(f"{where}: немає жодного шаблону у «words»")
        unless = self._patterns(rule.get("unless", []), f"{where}, «unless»")
        urgency = rule.get("urgency", "N1")
        if urgency not in _CLASSES:
            raise UnusableRules(f"{where}: «urgency» має бути одним із {', '.join(_CLASSES)}")
        return Rule(rule["why"], float(weight), patterns, unless, urgency, str(rule.get("call", "")))

    def _patterns(self, texts: Any, where: str) -> tuple[Pattern, ...]:
        if not _are_texts(texts):
            raise UnusableRules(f"{where}: має бути списком шаблонів")
        patterns = []
        for text in texts:
            try:
                patterns.append(self.vocabulary.pattern(text))
            except UnusablePattern as error:
                raise UnusableRules(f"{where}, «{text}»: {error}") from error
        return tuple(patterns)

    def _emergencies(self) -> Iterator[tuple[bool, str]]:
        """Whether somebody's life is in danger, and what was said."""
        for danger, phrase in self._examples(EMERGENCIES, "danger"):
            if danger not in (_YES, _NO):
                raise UnusableRules(f"{EMERGENCIES}: у стовпці «danger» має бути {_YES} або {_NO}, а не «{danger}»")
            yield danger == _YES, phrase

    def _examples(self, files: str, label: str) -> tuple[tuple[str, str], ...]:
        """Label and phrase of every example, of all files of such a name."""
        folders = [SHIPPED, self._own] if self._own else [SHIPPED]
        names = sorted({path.name for folder in folders for path in folder.glob(files)})
        return tuple(dict.fromkeys(row for name in names for row in self._examples_of(name, label)))

    def _examples_of(self, name: str, label: str) -> Iterator[tuple[str, str]]:
        path, text = self._text(name)
        rows = csv.DictReader(io.StringIO(text))
        if rows.fieldnames != [label, "phrase"]:
            raise UnusableRules(f"{path}: перший рядок має бути «{label},phrase»")
        for row in rows:
            if None in row or not row["phrase"]:
                raise UnusableRules(f"{path}, рядок {rows.line_num}: має бути код, кома і фраза без ком (або в лапках)")
            yield row[label], row["phrase"]

    def _text(self, name: str) -> tuple[Path, str]:
        path = self._own / name if self._own and (self._own / name).is_file() else SHIPPED / name
        try:
            return path, path.read_text("utf-8")
        except UnicodeDecodeError as error:
            raise UnusableRules(f"{path}: файл не в кодуванні UTF-8") from error

    def _read(self, name: str) -> tuple[Path, dict[str, Any]]:
        path, text = self._text(name)
        try:
            content = yaml.load(text, yaml.CSafeLoader)  # as safe, and ten times as fast
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = f", рядок {mark.line + 1}" if mark else ""
            raise UnusableRules(f"{path}{line}: це не YAML; перевірте відступи, двокрапки і лапки") from error
        if not isinstance(content, dict):
            raise UnusableRules(f"{path}: файл має складатися з рядків «код:» зі списками під ними")
        return path, content


_learnt = lru_cache(maxsize=2)(learnt)
"""The same phrases are learnt once in a process."""


def _without_danger(
    phrases: Iterable[tuple[str, str]], emergencies: Iterable[tuple[bool, str]]
) -> Iterator[tuple[bool, str]]:
    """Phrases of the categories as examples of calls without danger, but for those that somebody has judged."""
    judged = {phrase for _, phrase in emergencies}
    return ((False, phrase) for code, phrase in phrases if code not in MAY_BE_DANGERS and phrase not in judged)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)
