"""Telephone numbers: one form in the records, another on the dial, a third in the log."""

from __future__ import annotations

import phonenumbers

HOME = "UA"
ORDINARY = frozenset(
    {
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    }
)


def normal(text: str) -> str:
    """Digits with the country in front (``380501234567``), or the text itself when it is no number of anybody's."""
    digits = "".join(sign for sign in text if sign in "0123456789")
    # A caller's number may come with the country but without «+».
    for candidate in (text, f"+{digits}"):
        try:
            number = phonenumbers.parse(candidate, HOME)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return f"{number.country_code}{number.national_number}"
    return text.strip()


def local(phone: str) -> str:
    """What is dialled from here: ``0501234567``, abroad ``0048...``; a number unknown to :func:`normal` as it is."""
    digits = normal(phone)
    if digits.startswith("380"):
        return digits[2:]
    try:
        known = phonenumbers.is_valid_number(phonenumbers.parse(f"+{digits}", None))
    except phonenumbers.NumberParseException:
        return digits
    return f"00{digits}" if known else digits


def can_be_called(phone: str) -> bool:
    """True for an ordinary Ukrainian number. A caller's number can be forged: nobody makes us dial abroad or 0900."""
    try:
        number = phonenumbers.parse(f"+{normal(phone)}", None)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number_for_region(number, HOME) and phonenumbers.number_type(number) in ORDINARY


def masked(phone: str) -> str:
    """For logs: everything but the last two digits is hidden."""
    return "*" * max(len(phone) - 2, 0) + phone[-2:] if len(phone) > 2 else "*" * len(phone)
