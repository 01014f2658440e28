"""Nobody can phone out through the line at the city's cost."""

import pytest

from tests.support.asterisk import RunningAsterisk
from tests.support.fastagi import AgiCall, FastAgi
from tests.support.sip import Telephone

pytestmark = pytest.mark.calls

HOSTILE = [
    "0501234567",
    "+380501234567",
    "*72",
    "s",
    "",
    "h",
    "i",
    "s@feedback",
    "s%40feedback",
    "1580@feedback",
    "trunk/0501234567",
    "PJSIP%2F0501234567%40trunk",
    "1580;x",
    "1580%2C2",
    "9991580",
    "15801580",
    "%001580",
    "${EXTEN}",
    "1" * 300,
]
ANSWER_SECONDS = 2.0
"""A request that is no SIP is dropped without an answer."""


@pytest.mark.parametrize("number", ["1580", "15-80"])
def test_a_citizen_who_dials_the_line_is_answered(telephone: Telephone, number: str) -> None:
    call = telephone.call(number)
    assert call.code == 200
    assert call.hang_up() == 200


@pytest.mark.parametrize("user", HOSTILE, ids=lambda user: repr(user[:30]))
def test_a_stranger_who_dials_anything_else_is_refused(telephone: Telephone, trunk: Telephone, user: str) -> None:
    assert telephone.call(user, answer_seconds=ANSWER_SECONDS).code in (0, 400, 403, 404, 484)
    assert trunk.heard_nothing()


@pytest.mark.parametrize("user", ["0501234567", "100", "s"])
def test_an_operator_s_telephone_reaches_the_line_and_nothing_else(
    telephone: Telephone, trunk: Telephone, user: str
) -> None:
    assert telephone.call(user, number="101", secret="operator-secret").code == 404
    call = telephone.call("1580", number="101", secret="operator-secret")
    assert call.code == 200
    assert call.hang_up() == 200
    assert trunk.heard_nothing()


def test_a_call_from_the_trunk_does_not_go_out_again(trunk: Telephone) -> None:
    assert trunk.call("0507654321").code == 404
    for our_number in ("1580", "s", "+380332771580"):
        call = trunk.call(our_number)
        assert call.code == 200
        assert call.hang_up() == 200


def test_a_wrong_secret_registers_no_telephone(telephone: Telephone) -> None:
    assert telephone.register("101", "wrong-secret") == 401
    assert telephone.register("102", "operator-secret") == 403  # no such operator
    assert telephone.register("101", "operator-secret") == 200


def test_who_calls_himself_an_operator_must_prove_it(telephone: Telephone) -> None:
    assert telephone.call("1580", number="101", secret="wrong-secret").code == 401


def test_who_calls_himself_the_trunk_is_a_citizen(telephone: Telephone) -> None:
    assert telephone.call("+380332771580", number="trunk").code == 404


def test_a_transfer_inside_a_call_does_nothing(telephone: Telephone, trunk: Telephone) -> None:
    call = telephone.call("1580")
    host, port = trunk.host, trunk.port
    call.refer(f"sip:0501234567@{host}:{port}")
    call.speak(0.5)
    assert not call.ended
    assert call.hang_up() == 200
    assert trunk.heard_nothing()


STRANGE_NAMES = {
    "quotes": b'O\'\\"Neil\\" \\\\',
    "broken UTF-8": b"\xff\xfe\xc3 broken",
    "dialplan": b"${SHELL(id)} ${CALLERID(num)}",
    "carriage return": b"x\\\ragi_callerid: 112",
    "long": "Ї".encode() * 200,
}


@pytest.mark.parametrize("name", STRANGE_NAMES.values(), ids=STRANGE_NAMES)
def test_a_strange_name_does_not_break_the_call(asterisk: RunningAsterisk, telephone: Telephone, name: bytes) -> None:
    seen = _carried(asterisk, telephone, name)
    assert seen.script == "hotline_1580"
    assert seen.facts["agi_callerid"] == "0501234567"
    assert seen.facts["agi_calleridname"] == "unknown"


@pytest.mark.parametrize(
    ("number", "told"), [("+380501234567", "+380501234567"), ("anonymous", ""), ("05%2201%0D2%0A3;x=4", "050123")]
)
def test_our_server_is_told_digits_of_the_caller_and_nothing_else(
    asterisk: RunningAsterisk, telephone: Telephone, number: str, told: str
) -> None:
    assert _carried(asterisk, telephone, b"", number).facts["agi_callerid"] in (told, told or "unknown")


@pytest.mark.parametrize("name", ["Тарас\r\n Шевченко".encode(), b"x\\\nagi_callerid: 112"])
def test_a_newline_in_a_name_is_no_sip_and_the_line_goes_on(
    asterisk: RunningAsterisk, telephone: Telephone, name: bytes
) -> None:
    assert telephone.call("1580", name=name, answer_seconds=ANSWER_SECONDS).code in (0, 400)
    assert _carried(asterisk, telephone, b"").facts["agi_callerid"] == "0501234567"


def _carried(asterisk: RunningAsterisk, telephone: Telephone, name: bytes, number: str = "0501234567") -> AgiCall:
    """The call as our server saw it; it was carried to its end."""
    done: list[str] = []

    def behave(call: AgiCall) -> None:
        done.append(call.do("SET VARIABLE HOTLINE_DONE 1"))

    with FastAgi(asterisk.site.agi_port, behave) as server:
        call = telephone.call("1580", name=name, number=number)
        assert call.code == 200
        seen = server.calls.get(timeout=10)
        call.wait_hang_up()
    assert done == ["200 result=1"]
    return seen
