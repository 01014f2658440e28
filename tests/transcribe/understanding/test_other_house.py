"""Who corrects a house in his own words is not noted down as sure."""

from __future__ import annotations

import pytest

from tests.transcribe.understanding.places import said


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("аварійка стояла на кравчука п'ять а прорвало ж не там а в сьомому двір як озеро", "7"),
        ("Кравчука, 17. Ні, вибачте, у 17 я раніше жила, зараз 21, квартира 84.", "21"),
        ("кравчука сім перший під'їзд ліфт стоїть забув сім ве бо є ще сім а", "7-В"),
        ("кравчука вісім нам потім поміняли табличку тепер дев'ять", "9"),
        ("на кравчука шість тепло а наш одинадцятий мерзне", "11"),
    ],
)
def test_another_number_told_as_a_house_leaves_the_house_in_doubt(text: str, other: str) -> None:
    (address,) = said(text)
    assert not address.sure
    assert f"«{other}»" in address.note


def test_a_letter_nobody_understood_leaves_the_house_in_doubt() -> None:
    (address,) = said("Кравчука, 14. Буква? Так, є. Квартира 7.")
    assert (address.house, address.sure, address.note) == ("14", False, "сказано й про літеру будинку")


@pytest.mark.parametrize(
    "text",
    [
        "кравчука вісім квартира тридцять ой ні сорок",
        "кравчука сімнадцять ні п'ятнадцять",
        "кравчука шість ой ні дев'ять квартира двадцять п'ять тьху то в свекрухи така наша двадцять вісім",
        "кравчука вісім квартира дванадцять ой ні тринадцять дванадцять то кума а зараз телефонує двадцять п'ята",
        "кравчука десять квартира сорок один ой ні сорок один то мамина у мене сорок шість",
        "кравчука вісім я на п'ятому поверсі в третьому під'їзді",
        "кравчука вісім дитина в дев'ятому класі мерзне",
        "кравчука вісім тепер двадцять градусів було шістнадцять",
        "Кравчука, 8. Електрик обіцяв бути о 10:00, зараз 14:20.",
        "батарею на кравчука вісім ставили у сімдесят дев'ятому",
        "кравчука вісім корпус б зараз дванадцята година",
    ],
)
def test_a_number_of_something_else_leaves_it_sure(text: str) -> None:
    (address,) = said(text)
    assert address.sure, address.note
