"""The outbound call: was the work done? (order, clause 1.5; script of DOMAIN 6.3)"""

from __future__ import annotations

from ivr_flows.commands import Digits
from ivr_flows.run import CallFacts
from ivr_flows.talk import Flow, ask, feedback_about, say, tape

COMMENT_S = 60
LOW_RATING = "12"


def feedback_call(facts: CallFacts) -> Flow[None]:
    """Nothing about the appeal is said before the person presses 1: somebody else may have answered."""
    consent = yield from ask("feedback_intro", keys="19", tries=2)
    if consent == "9":
        yield from say("feedback_optout")
        return
    if consent is None:
        yield from say("goodbye")
        return
    yield from _name_the_appeal(facts)
    done = yield from ask("feedback_done", keys="123")
    if done is None:
        yield from say("goodbye")
        return
    rating = yield from ask("feedback_rate", keys="12345", tries=2)
    if facts.can_record and (done != "1" or (rating is not None and rating in LOW_RATING)):
        yield from tape("feedback_comment", prompt="feedback_comment", at_most_s=COMMENT_S)
    if done != "1":
        yield from say("feedback_reopened")
    yield from say("feedback_thanks")


def _name_the_appeal(facts: CallFacts) -> Flow[None]:
    if facts.attempt_id is None:
        return
    subject = yield from feedback_about(facts.attempt_id)
    if subject is not None:
        yield from say("appeal_number", Digits(subject.number))
