"""Is a street of another city meant? «у Харкові ми жили на Сумській, а тут ...»

Only cities in the locative count: who comes «з Харкова» calls about a street here.
"""

from __future__ import annotations

from collections.abc import Sequence

from transcribe.understanding.mention import Mention
from transcribe.understanding.tokens import Token

WITHIN = 4
"""Words between the city and the street."""

_CITIES = frozenset(
    "києві харкові львові одесі дніпрі запоріжжі вінниці полтаві чернігові черкасах житомирі сумах хмельницькому "
    "чернівцях рівному рівнім тернополі ужгороді херсоні миколаєві маріуполі бахмуті франківську "
    "франківськом кропивницькому ковелі нововолинську володимирі варшаві кракові любліні вроцлаві гданську берліні "
    "празі мюнхені лондоні римі".split()
)
_HERE_AGAIN = frozenset("а тепер зараз тут нині вже переїхали переїхала переїхав переїхавши".split())
"""«жили у Харкові, тепер на Конякіна»"""


def in_another_city(found: Sequence[Token], mention: Mention) -> bool:
    """Whether a city was named right before the street, and nothing in between comes back to this one."""
    before = [token.text for token in found[max(0, mention.first - WITHIN - 1) : mention.first]]
    city = next((at for at in reversed(range(len(before))) if before[at] in _CITIES), None)
    if city is None or not city or before[city - 1] not in ("у", "в", "во"):
        return False
    return _HERE_AGAIN.isdisjoint(before[city + 1 :])
