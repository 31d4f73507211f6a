"""Communications: lists, status, and everybody from outside."""

from __future__ import annotations

from typing import Any

from drills.bots.bot import Command, Rule
from drills.bots.commands import (
    MINUTE_MS,
    claim,
    clock_claims,
    lead_claims,
    next_step_claims,
    now_claims,
    service,
    state_claims,
)
from drills.bots.finding import (
    Find,
    after,
    both,
    led,
    nth_site,
    resolved,
    saturation,
    unless,
)
from drills.bots.policy import Policy
from drills.bots.seats.common import reached
from drills.eyes import Eyes

SECOND, THIRD = nth_site(2), saturation
TECHNICAL = ("tech_lead", "specialist", "developer", "desk_2")
EARLY_MIN = 7


def rules(policy: Policy) -> list[Rule]:
    """Give the rules of communications."""
    if policy.notice_min is None:
        return reached(policy)
    update = _update(policy)
    return [
        *reached(policy),
        Rule("first-notice", 5, both(after(SECOND, policy.notice_min), led), update),
        Rule("third-alert", 2, both(after(THIRD, 0), led), update),
        Rule("cadence", 5, _due(policy), update),
        Rule("answer", 2, _asked(policy), _answer, interrupts=True),
        Rule("kitchens", 5, _outside_due("kitchens", 55), _tell("kitchens")),
        Rule("public", 5, both(_outside_due("public", 110), _press_asked), _tell("public")),
        Rule("all-clear", 3, both(resolved, led), _all_clear("larder_major")),
        Rule("all-clear-kitchens", 3, both(resolved, led), _all_clear("kitchens")),
        Rule("all-clear-public", 3, both(both(resolved, led), _press_asked), _all_clear("public")),
    ]


def _update(policy: Policy) -> Any:
    def act(eyes: Eyes, _: str) -> Command | None:
        major = next((each.id for each in eyes.scenario.lists if not each.external), "")
        if not major:
            return None
        claims = [*state_claims(eyes), *now_claims(eyes), *lead_claims(eyes), *next_step_claims(eyes)]
        if policy.names_clock:
            claims += clock_claims(eyes)
        return (
            "send_update",
            {
                "list": major,
                "text": UPDATE,
                "claims": claims,
                "next_update_min": policy.update_min,
                "template": True,
            },
        )

    return act


def _due(policy: Policy) -> Find:
    """The next update is nearly due, counted from the last one to the list inside."""

    def find(eyes: Eyes) -> str:
        inside = [i for i in eyes.all("update.sent") if i.about not in ("kitchens", "public")]
        if not inside:
            return ""
        due_ms = inside[-1].t_ms + (policy.update_min - EARLY_MIN) * MINUTE_MS
        return str(inside[-1].n) if eyes.now_ms >= due_ms else ""

    return unless(find, resolved)


def _outside_due(list_id: str, every_min: int) -> Find:
    """A list outside has heard nothing for so long, from the first notice inside on."""

    def find(eyes: Eyes) -> str:
        told = eyes.all("update.sent")
        if not told or not any(each.id == list_id for each in eyes.scenario.lists):
            return ""
        own = [item for item in told if item.about == list_id]
        last_ms = own[-1].t_ms if own else told[0].t_ms + 150 * MINUTE_MS - every_min * MINUTE_MS
        return f"{len(own)}" if eyes.now_ms >= last_ms + every_min * MINUTE_MS else ""

    return unless(find, resolved)


def _press_asked(eyes: Eyes) -> str:
    return "once" if any(i.data.get("from") == "press" for i in eyes.all("inject.fired")) else ""


def _tell(list_id: str) -> Any:
    def act(eyes: Eyes, _: str) -> Command:
        claims = [
            *state_claims(eyes),
            claim(service(eyes), "mitigation", "order by phone, lists are printed"),
        ]
        return (
            "send_update",
            {"list": list_id, "text": OUTSIDE, "claims": claims, "next_update_min": 60, "template": True},
        )

    return act


def _all_clear(list_id: str) -> Any:
    def act(eyes: Eyes, _: str) -> Command | None:
        if not any(item.about == list_id for item in eyes.all("update.sent")):
            return None
        claims = [
            claim(service(eyes), "state", eyes.reading().level),
            claim(service(eyes), "residual", "single accounts may still be wrong: tell the desk"),
            claim(service(eyes), "more", "incident document"),
        ]
        return ("send_update", {"list": list_id, "text": CLEAR, "claims": claims, "template": True})

    return act


def _asked(policy: Policy) -> Find:
    """Questions to this seat, and those that landed on somebody technical."""

    def find(eyes: Eyes) -> str:
        mine = eyes.questions()
        if mine:
            return mine[0].id
        others = eyes.questions_to(TECHNICAL) if policy.shields else []
        return others[0].id if others else ""

    return find


def _answer(eyes: Eyes, question_id: str) -> Command:
    claims = [
        *state_claims(eyes),
        claim(service(eyes), "mitigation", "load is shed, sites come back one by one"),
        claim(service(eyes), "forecast", "sites are back in the afternoon, all by night", believed=True),
        *clock_claims(eyes),
        *next_step_claims(eyes),
    ]
    if _wants_cause(eyes, question_id):
        claims.append(claim(service(eyes), "cause", "memory_leak"))
    return (
        "answer_question",
        {"question": question_id, "text": ANSWER, "claims": claims, "next_update_min": 30},
    )


def _wants_cause(eyes: Eyes, question_id: str) -> bool:
    asked = [item for item in eyes.all("question.received") if item.about == question_id]
    return bool(asked) and asked[0].data.get("from") in ("press", "sec")


UPDATE = "Ordering is limited. We work on bringing the sites back; next word at the time named."
OUTSIDE = "Ordering is limited since this night. Lists can be printed, orders are taken by phone meanwhile."
CLEAR = "Ordering works again everywhere. If anything is still wrong for you, tell the desk."
ANSWER = "Sites are down, the rest holds. We shed load and bring them back one by one. Next word by update."
