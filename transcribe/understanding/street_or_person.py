"""Is it a street that is named, or a person? «на тараса шевченка» and «двірника кравчука» differ by the word before."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from transcribe.understanding.lemmas import in_dictionary, parses
from transcribe.understanding.street_names import TITLES

KNOWN = 20_000
"""Answers kept for each question, a fraction of a megabyte."""


@lru_cache(maxsize=KNOWN)
def is_honour(word: str) -> bool:
    """A title or a first name in the genitive, as they stand before a street's name: «генерала», «тараса»."""
    return word in TITLES or any({"Name", "gent"} <= parse.tag.grammemes and parse.is_known for parse in parses(word))


@lru_cache(maxsize=KNOWN)
def is_only_person(word: str) -> bool:
    """A first name or surname in the genitive that is no other word: «курбаса», not «голови»."""
    tags = [parse.tag.grammemes for parse in parses(word)]
    in_genitive = any("gent" in tag for tag in tags)
    return in_dictionary(word) and in_genitive and all({"Name", "Surn"} & tag for tag in tags)


@lru_cache(maxsize=KNOWN)
def may_be_surname(word: str) -> bool:
    """After a first name in the genitive: «бандери», «франка»."""
    tags = [parse.tag.grammemes for parse in parses(word)]
    return any("gent" in tag and ("NOUN" in tag or "ADJF" in tag) for tag in tags)


@lru_cache(maxsize=KNOWN)
def is_somebody(word: str) -> bool:
    """«сусід», «мешканка», «кота»: a living being by what it is, not by its name."""
    return bool(_beings(word))


@lru_cache(maxsize=KNOWN)
def is_somebody_in_genitive(word: str) -> bool:
    """«двірника кравчука»: the name after him is his."""
    return word not in TITLES and any({"gent", "masc"} <= tag.grammemes for tag in _beings(word))


def _beings(word: str) -> list[Any]:
    """The readings of a dictionary word as a living being, as pymorphy3 tags them."""
    if not in_dictionary(word):
        return []
    tags = [parse.tag for parse in parses(word)]
    return [tag for tag in tags if {"NOUN", "anim"} <= tag.grammemes and not {"Name", "Surn", "Patr"} & tag.grammemes]


@lru_cache(maxsize=KNOWN)
def is_first_name(word: str) -> bool:
    """A first name or a patronymic in any case."""
    return len(word) > 2 and any(
        ("Name" in parse.tag or "Patr" in parse.tag) and "Surn" not in parse.tag
        for parse in parses(word)
        if parse.is_known
    )


@lru_cache(maxsize=KNOWN)
def may_be_one_person(name: str, surname: str) -> bool:
    """Whether a first name and a surname stand in the same case: «захарович кравчука» are a person and a street."""
    cases = [
        {str(parse.tag.case) for parse in parses(word) if "NOUN" in parse.tag or "ADJF" in parse.tag}
        for word in (name, surname)
    ]
    return not all(cases) or bool(cases[0] & cases[1])


@lru_cache(maxsize=KNOWN)
def may_be_subject(surname: str) -> bool:
    """«корольова каже», not «кравчука кажуть»: the surname may stand in the first case."""
    return any(
        parse.tag.case == "nomn" and ("Surn" in parse.tag or "ADJF" in parse.tag) and parse.tag.number != "plur"
        for parse in parses(surname)
    )


@lru_cache(maxsize=KNOWN)
def is_of_a_street(surname: str) -> bool:
    """A surname as streets have it, in the genitive or at least in the first case: «тимошенка», not «при тимошенку»."""
    cases = {parse.tag.case for parse in parses(surname) if "Surn" in parse.tag or "ADJF" in parse.tag}
    return not cases or bool(cases & {"gent", "nomn"})


@lru_cache(maxsize=KNOWN)
def is_small(word: str) -> bool:
    """A pronoun, a conjunction, a verb, an adverb: nothing is called so."""
    kinds = {parse.tag.POS for parse in parses(word) if parse.is_known}
    return bool(kinds) and kinds <= {"NPRO", "CONJ", "PRCL", "PREP", "ADVB", "VERB", "INFN", "NUMR", "GRND"}


@lru_cache(maxsize=KNOWN)
def is_noun(word: str) -> bool:
    """What a surname in the genitive may belong to: «балкон петренка»."""
    return any("NOUN" in parse.tag for parse in parses(word))


@lru_cache(maxsize=KNOWN)
def is_called_so(word: str, surname: str) -> bool:
    """«лікарка павлова», «депутат гордіюк»: who somebody is and a surname that agrees, not «сусідка шевченка»."""
    people = [tag for tag in _beings(word) if tag.number != "plur"]
    if not people or word in TITLES:
        return False
    surnames = [parse.tag for parse in parses(surname) if "Surn" in parse.tag or "ADJF" in parse.tag]
    agree = {(one.case, one.gender) for one in people} & {(one.case, one.gender) for one in surnames}
    return bool(agree) or not surnames
