"""The tech lead: looks, asks for command, does what tasks name, says what came of it."""

from __future__ import annotations

from typing import Any

from drills.bots.bot import Command, Rule
from drills.bots.commands import MINUTE_MS, claim, forecast_claims, look, say, service
from drills.bots.finding import (
    after,
    at,
    both,
    every,
    fallen,
    first,
    led,
    nth_site,
    question,
    resolved,
    unled,
    unless,
    written,
)
from drills.bots.policy import Policy
from drills.bots.seats.common import last_ended, reached, tasks
from drills.bots.seats.handing_over import accepted, hand_off, handed_over, sections, write_section
from drills.eyes import Eyes
from drills.record import Item

FIRST, SECOND = nth_site(1), nth_site(2)


def rules(policy: Policy, story: Any) -> list[Rule]:
    """Give the tech lead's rules."""
    ask = policy.command_min <= 5
    return [
        *reached(policy),
        Rule("here", 0.5, after(FIRST, 0.5), lambda eyes, _: say(HERE)),
        Rule("logs-1", 3, after(FIRST, 1), lambda eyes, _: look(fallen(eyes, 1), "logs")),
        Rule("changes", 2, after(FIRST, 5), lambda eyes, _: look(fallen(eyes, 1), "changes")),
        *([Rule("ask-command", 0.5, both(after(SECOND, 1), unled), _ask_command)] if ask else []),
        Rule("cause", 2, after(FIRST, 8), _hypothesis),
        Rule("told", 1, both(after(first("role.assumed", "commander"), 3), led), _hands),
        *([Rule("agree", 0.5, written(after(_forecast_note, 1)), _agree)] if policy.forecast else []),
        *tasks(),
        *([Rule("say-result", 0.5, last_ended, _say_result)] if policy.shares else []),
        Rule("rb-2", 1, written(at(story("04:44"))), lambda eyes, _: ("open_runbook", {"page": "rb-2"})),
        Rule(
            "gap",
            1,
            written(at(story("04:48"))),
            lambda eyes, _: ("note_gap", {"page": "rb-2", "step": 4, "text": GAP}),
        ),
        Rule("rb-4", 1, written(at(story("05:38"))), lambda eyes, _: ("open_runbook", {"page": "rb-4"})),
        Rule("answer", 2, _left_to_me(policy), _answer, interrupts=True),
        Rule("watch", 3, every(40, written(after(SECOND, 60)), resolved), _watch),
        *_handover(policy, story),
    ]


def _ask_command(eyes: Eyes, _: str) -> Command:
    return ("page_someone", {"to": "commander", "text": WILL_YOU})


def _hypothesis(eyes: Eyes, _: str) -> Command:
    return ("record_hypothesis", {"text": LEAK, "evidence": HEAP, "cause": "memory_leak"})


def _hands(eyes: Eyes, _: str) -> Command:
    return say(HANDS, [claim(service(eyes), "cause", "memory_leak", believed=True)])


def _forecast_note(eyes: Eyes) -> Item | None:
    return next((item for item in eyes.all("doc.edited") if item.about == "forecast"), None)


def _agree(eyes: Eyes, _: str) -> Command:
    return say(AGREED, forecast_claims(eyes))


def _watch(eyes: Eyes, _: str) -> Command | None:
    """Look at whoever carries most, now and then, while nothing else is to be done."""
    serving = [site for site in eyes.reading().sites if site.in_rotation]
    fullest = max(serving, key=lambda site: site.load_frac, default=None)
    return look(fullest.id, "load") if fullest is not None else None


def _say_result(eyes: Eyes, n: str) -> Command | None:
    item = next((item for item in eyes.all("operation.finished") if str(item.n) == n), None)
    note = str(item.data.get("note") or "") if item is not None else ""
    if item is None or not note:
        return None
    target = str(item.data.get("target") or "all")
    kind = "tried" if item.data.get("result") != "done" else "now"
    result = claim(target, kind, f"{item.data['operation']}: {item.data['result']}")
    return say(f"{note[0].upper()}{note[1:]}.", [result])


def _left_to_me(policy: Policy) -> Any:
    """Questions that nobody takes over; shielded, the tech lead waits a while for communications."""

    def find(eyes: Eyes) -> str:
        if not policy.shields:
            return question(eyes)
        late = (q for q in eyes.questions() if eyes.now_ms - q.asked_ms > 12 * MINUTE_MS)
        return next((q.id for q in late), "")

    return find


def _answer(eyes: Eyes, question_id: str) -> Command:
    return ("answer_question", {"question": question_id, "text": ANSWER})


def _handover(policy: Policy, story: Any) -> list[Rule]:
    if policy.relief == "never":
        return []
    from_ms = story("17:00") - 20 * MINUTE_MS
    return [
        Rule(
            "handoff-note",
            2,
            unless(sections(policy, "tech_lead", from_ms), resolved),
            write_section("tech_lead"),
        ),
        *([Rule("hand-off", 0.5, accepted("tech_lead"), hand_off("tech_lead"))] if policy.handoff else []),
        *handed_over("tech_lead", policy),
    ]


WILL_YOU = "Second site is down and I am deep in the logs. Will you command?"
HERE = "First site is out. I have the page and look at its logs."
HANDS = (
    "Rundown: the new release fills the heap, both sites fall and come back cold. "
    "I stay on repair; questions go to you."
)
LEAK = "The release rolled out at two keeps memory with every request."
HEAP = "The logs name BundleOfferCache and a heap at 97 %."
AGREED = "Agreed: alone, the last site does not hold the morning."
GAP = "Step 4 brings all sites back cold at once. They fall again, and take the others along."
ANSWER = "I am on the repair. Two sites are out, the third holds."
