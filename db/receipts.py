"""The number a citizen hears: day of the year, counter, check digit."""

from __future__ import annotations

from datetime import date

from stdnum import damm
from stdnum.exceptions import ValidationError

COUNTER_DIGITS = 4
A_DAY = 10**COUNTER_DIGITS
SECOND_TEN_THOUSAND = 400
"""Added to the day of the year when a day had more than ten thousand calls: 367..400 keeps the two apart."""

DIGITS = 3 + COUNTER_DIGITS + 1


def receipt(day: date, n: int) -> str:
    """The receipt of the ``n``-th call of a day (from 1): eight digits, the last one by Damm.

    Damm's digit finds every single wrong key and every two neighbours swapped. After twenty thousand calls of a day the
    numbers begin again: a repeated receipt is better than a caller without one.
    """
    block, counter = divmod((n - 1) % (2 * A_DAY), A_DAY)
    prefix = day.timetuple().tm_yday + SECOND_TEN_THOUSAND * block
    body = f"{prefix:03}{counter:0{COUNTER_DIGITS}}"
    return body + str(damm.calc_check_digit(body))


def is_receipt(digits: str) -> bool:
    """True for eight digits with the right check digit: a slip of the finger is no receipt."""
    try:
        damm.validate(digits)
    except ValidationError:
        return False
    return len(digits) == DIGITS
