"""Where a message names streets: after a type word, after a preposition, before a house number, or by a plain name.

The weaker the surroundings, the better the name must fit: after «вулиці» nearly anything is a street, a lone «перемоги»
is none. A misheard name is looked for only where a street was announced.
"""

from __future__ import annotations

from collections.abc import Sequence

from transcribe.understanding.mention import Mention
from transcribe.understanding.misheard_streets import take_misheard, take_unannounced
from transcribe.understanding.plain_streets import take_plain_names
from transcribe.understanding.street_index import StreetIndex
from transcribe.understanding.street_search import StreetSearch
from transcribe.understanding.tokens import Token
from transcribe.understanding.typed_streets import take_typed


def mentions(
    found: Sequence[Token],
    index: StreetIndex,
    taken: frozenset[int] = frozenset(),
    settlements: frozenset[int] = frozenset(),
) -> list[Mention]:
    """The streets of a message in the order of speech.

    Args:
        taken: tokens that mean something else already, such as telephones.
        settlements: tokens that name settlements.
    """
    search = StreetSearch(found, index, set(taken | settlements), settlements)
    take_typed(search)
    take_plain_names(search)
    take_misheard(search)
    if not search.found:
        take_unannounced(search)
    return sorted(search.found, key=lambda mention: mention.first)
