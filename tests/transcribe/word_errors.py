"""Word error rate, as it is usually counted."""

from __future__ import annotations

import re


def word_errors(said: str, heard: str) -> tuple[int, int]:
    """(words wrong, missing or too many; words said). Case and punctuation do not count.

    Strict: «двадцять чотири» heard as «24» is two errors, and «повулиці» for «по вулиці» is two as well.
    """
    wanted, got = _words(said), _words(heard)
    row = list(range(len(got) + 1))
    for n, word in enumerate(wanted, start=1):
        diagonal, row[0] = row[0], n
        for m, other in enumerate(got, start=1):
            diagonal, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, diagonal + (word != other))
    return row[-1], len(wanted)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower().replace("’", "'"))
