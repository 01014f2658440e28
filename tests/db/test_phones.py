import pytest

from db import phones


@pytest.mark.parametrize("text", ["0501234567", "380501234567", "+380 50 123-45-67", "(050) 123 45 67", "501234567"])
def test_a_number_has_one_form_however_it_is_written(text: str) -> None:
    assert phones.normal(text) == "380501234567"
    assert phones.local(text) == "0501234567"
    assert phones.can_be_called(text)


@pytest.mark.parametrize("text", ["", "101", "анонім", "0501", "1" * 30, "+++", "'; DROP TABLE call"])
def test_what_is_no_number_stays_as_it_is_and_is_not_dialled(text: str) -> None:
    assert phones.normal(text) == text
    assert not phones.can_be_called(text)


@pytest.mark.parametrize("text", ["+48600123456", "48600123456", "0900123456", "+12125550123"])
def test_nobody_makes_us_dial_abroad_or_a_paid_service(text: str) -> None:
    assert not phones.can_be_called(text)


def test_abroad_has_its_own_way_of_dialling() -> None:
    assert phones.normal("48600123456") == "48600123456" and phones.local("48600123456") == "0048600123456"


@pytest.mark.parametrize(("phone", "shown"), [("380501234567", "**********67"), ("101", "*01"), ("12", "**"), ("", "")])
def test_logs_show_two_digits_at_most(phone: str, shown: str) -> None:
    assert phones.masked(phone) == shown
