"""The terminal simulator prints a scenario that plays again."""

from ivr_flows import scenario, simulator
from ivr_flows.run import CallFacts


def simulate(typed: list[str]) -> tuple[str, list[str]]:
    shown: list[str] = []
    lines = iter(typed)

    def read(prompt: str) -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    facts = CallFacts("sim", "0501234567", "32700154")
    text = simulator.simulate("hotline_1580", facts, read=read, show=shown.append, text_of=scenario.words_of)
    return text, shown


def test_a_simulated_call_is_a_scenario_that_plays_again():
    text, shown = simulate(["7", "2", "14", ""])
    assert "caller: speaks 14.0 s, presses #" in text
    assert "  15-80: welcome" in shown
    again = scenario.read(text)
    assert scenario.write(again.flow, again.facts, scenario.play(again)) == text


def test_nonsense_is_asked_again_and_end_of_input_hangs_up():
    text, shown = simulate(["what?"])
    assert "  Не зрозуміло." in shown
    assert "caller: hangs up" in text
