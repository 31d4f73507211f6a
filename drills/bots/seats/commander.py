"""The commander: takes command, plans, gives tasks, keeps the record, finds relief, closes the loop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drills.bots.bot import Command, Rule
from drills.bots.commands import (
    MINUTE_MS,
    chance,
    claim,
    clock_claims,
    forecast_claims,
    lead_claims,
    next_step_claims,
    now_claims,
    service,
    state_claims,
    tried_claim,
    write,
)
from drills.bots.finding import (
    Find,
    after,
    both,
    commanding,
    every,
    failed_tries,
    first,
    led,
    main_open,
    mine,
    nth_site,
    question,
    resolved,
    written,
)
from drills.bots.policy import Policy
from drills.bots.seats.common import reached
from drills.bots.seats.handing_over import agreed, commander_hands_over, is_handed
from drills.bots.seats.retrospective import retrospective
from drills.eyes import Eyes
from drills.record import Item

SECOND = nth_site(2)
SIGNIFICANT = (
    "operation.started",
    "role.assumed",
    "role.handed_off",
    "ticket.escalated",
    "page.sent",
    "hypothesis.ruled_out",
)
BATCH = 6
CALLED = ("communications", "desk_1", "desk_2", "specialist")


def rules(policy: Policy, plan: Sequence[Rule], story: Any) -> list[Rule]:
    """Give the commander's rules.

    Args:
        plan: what operations are asked for, in the order in which the night calls for them.
        story: from a story time to drill time.
    """
    return [
        *reached(policy),
        Rule("command", 0.5, _leaderless(policy), _assume),
        *(_open_at_once() if policy.opens_incident else _open_by_and_by()),
        Rule("rundown", 0.5, commanding(after(mine("role.assumed"), 2)), _call_repair),
        Rule("hang-up", 0.5, _call_over, lambda eyes, call: ("end_call", {"call": call})),
        *plan,
        Rule("answer", 2, question, _answer, interrupts=True),
        *_authority(policy),
        *commander_hands_over(policy, story),
        *_end(policy, story),
        *_record(policy),
        Rule("plan", 2, _plan_due(policy), _write_plan(policy)),
    ]


# --- the beginning


def _leaderless(policy: Policy) -> Find:
    """Somebody asked, or nobody leads so many minutes after the second site fell."""

    def find(eyes: Eyes) -> str:
        if eyes.commander() or not after(SECOND, min(policy.command_min, 3))(eyes):
            return ""
        asked = any(item.about == "commander" for item in eyes.all("page.sent"))
        waited = after(SECOND, policy.command_min + 2)(eyes)
        return "once" if (asked and after(SECOND, policy.command_min)(eyes)) or waited else ""

    return find


def _assume(eyes: Eyes, _: str) -> Command:
    return ("assume_role", {"role": "commander", "announced": True})


def _open_at_once() -> list[Rule]:
    def act(eyes: Eyes, _: str) -> Command:
        return (
            "open_incident",
            {
                "severity": "high",
                "page": list(CALLED),
                "every_min": 30,
                **({"ticket": eyes.ticket()} if eyes.ticket() else {}),
            },
        )

    return [Rule("open", 1, commanding(after(mine("role.assumed"), 0)), act)]


def _open_by_and_by() -> list[Rule]:
    taken = mine("role.assumed")
    return [
        Rule(
            "severity",
            0.5,
            commanding(after(taken, 4)),
            lambda eyes, _: ("declare_severity", {"level": "high"}),
        ),
        Rule(
            "call-words",
            0.5,
            commanding(after(taken, 6)),
            lambda eyes, _: ("page_someone", {"to": "communications", "text": "Please take the words."}),
        ),
        Rule("document", 0.5, commanding(after(taken, 12)), lambda eyes, _: ("open_document", {})),
    ]


def _call_repair(eyes: Eyes, _: str) -> Command:
    return ("start_call", {"to": ["tech_lead"], "medium": "voice", "text": RUNDOWN})


def _call_over(eyes: Eyes) -> str:
    """Calls of this seat that have run their time; a handoff ends when the roles have changed hands."""
    for call in eyes.calls():
        if call.by != eyes.seat or call.ended_ms is not None:
            continue
        if set(call.to) & {agreed(eyes, "commander"), agreed(eyes, "tech_lead")}:
            if all(is_handed(eyes, role) for role in ("commander", "tech_lead") if agreed(eyes, role)):
                return call.id
        elif eyes.now_ms - call.started_ms >= 6 * MINUTE_MS:
            return call.id
    return ""


# --- the record


def _record(policy: Policy) -> list[Rule]:
    written_forecast = [
        Rule("forecast", 3, written(after(_rundown_noted, 0)), _forecast),
    ]
    return [
        Rule(
            "doc-state",
            2,
            written(after(SECOND, 8)),
            lambda eyes, _: write("state", STATE, state_claims(eyes)),
        ),
        *(written_forecast if policy.forecast else []),
        Rule("doc-roles", 2, written(after(SECOND, 11)), _roles),
        Rule("tried", 2, _failures(policy), _write_failure),
        Rule("scribe", 2, _unwritten(policy), _write_acts),
    ]


def _rundown_noted(eyes: Eyes) -> Item | None:
    return next((item for item in eyes.all("call.noted") if item.seat == eyes.seat), None)


def _forecast(eyes: Eyes, _: str) -> Command:
    return write("forecast", FORECAST, forecast_claims(eyes), links=["call-1"])


def _roles(eyes: Eyes, _: str) -> Command:
    return write("roles", ROLES, lead_claims(eyes), links=["commander"])


def _failures(policy: Policy) -> Find:
    """Tries that did not work, to be written down once there is a document."""

    def find(eyes: Eyes) -> list[str]:
        if not eyes.document_open() or eyes.commander() != eyes.seat:
            return []
        known = _linked(eyes, "tried")
        return [
            str(item.n)
            for item in failed_tries(eyes)
            if str(item.data["job_id"]) not in known and chance(eyes, f"tried:{item.n}") < policy.scribe_share
        ]

    return find


def _write_failure(eyes: Eyes, n: str) -> Command | None:
    item = next((item for item in failed_tries(eyes) if str(item.n) == n), None)
    if item is None:
        return None
    what = f"{item.data['operation']} on {item.data.get('target') or 'all'}".replace("_", " ")
    text = f"Tried: {what}. It did not help."
    return write("tried", text, [tried_claim(item)], links=[str(item.data["job_id"])])


def _unwritten(policy: Policy) -> Find:
    """Significant acts that are not on the record after a minute, a handful at a time."""

    def find(eyes: Eyes) -> str:
        if not eyes.document_open() or eyes.commander() != eyes.seat:
            return ""
        known = _linked(eyes)
        waiting = [
            str(item.n)
            for item in _significant(eyes)
            if _link(item) not in known
            and eyes.now_ms - item.t_ms >= MINUTE_MS
            and chance(eyes, f"scribe:{item.n}") < policy.scribe_share
        ]
        return "+".join(waiting[:BATCH])

    return find


def _significant(eyes: Eyes) -> list[Item]:
    found = [item for kind in SIGNIFICANT for item in eyes.all(kind) if item.origin == "journal"]
    opened_ms = eyes.document().opened_ms or 0
    return sorted((i for i in found if i.t_ms >= opened_ms - 10 * MINUTE_MS), key=lambda item: item.n)


def _link(item: Item) -> str:
    return str(item.data.get("job_id") or item.about)


def _linked(eyes: Eyes, section: str = "") -> set[str]:
    notes = eyes.document().notes
    return {link for note in notes if not section or note.about == section for link in note.data["links"]}


def _write_acts(eyes: Eyes, key: str) -> Command | None:
    wanted = set(key.split("+"))
    items = [item for item in _significant(eyes) if str(item.n) in wanted]
    if not items:
        return None
    words = [str(i.data.get("operation") or i.kind.split(".")[0]).replace("_", " ") for i in items]
    return write(
        "running",
        f"Done and running: {', '.join(dict.fromkeys(words))}.",
        [*now_claims(eyes), *next_step_claims(eyes)],
        links=list(dict.fromkeys(_link(item) for item in items)),
    )


# --- the plan and those outside


def _plan_due(policy: Policy) -> Find:
    return every(40, written(commanding(led)), resolved)


def _write_plan(policy: Policy) -> Any:
    def act(eyes: Eyes, _: str) -> Command:
        clock = clock_claims(eyes) if policy.names_clock else []
        return write("state", PLAN, [*state_claims(eyes), *next_step_claims(eyes), *clock])

    return act


def _answer(eyes: Eyes, question_id: str) -> Command:
    asked = next((q for q in eyes.questions() if q.id == question_id), None)
    about_cause = asked is not None and asked.from_ in ("sec", "press")
    claims = [
        *state_claims(eyes),
        *([claim(service(eyes), "cause", "memory_leak")] if about_cause else []),
        claim(service(eyes), "mitigation", "load is shed, sites come back one by one"),
        claim(service(eyes), "next_step", "retrospective today, by role"),
    ]
    return (
        "answer_question",
        {"question": question_id, "text": ANSWER, "claims": claims, "next_update_min": 30},
    )


def _authority(policy: Policy) -> list[Rule]:
    if not policy.authority:
        return []
    return [Rule("authority", 4, commanding(_quarter_left), _escalate_up)]


def _quarter_left(eyes: Eyes) -> str:
    """Find that a quarter of the SLA's time is left."""
    started, stopped = eyes.first("sla.started"), eyes.first("sla.stopped")
    if started is None or stopped is not None or not eyes.ticket():
        return ""
    due_ms = int(started.data["due_ms"])
    return "once" if eyes.now_ms >= due_ms - (due_ms - started.t_ms) // 4 else ""


def _escalate_up(eyes: Eyes, _: str) -> Command | None:
    boss = next((persona.id for persona in eyes.scenario.personas if persona.grants), "")
    if not boss:
        return None
    return (
        "escalate_ticket",
        {
            "ticket": eyes.ticket(),
            "to": boss,
            "text": UP,
            "claims": [*state_claims(eyes), *clock_claims(eyes), *next_step_claims(eyes)],
        },
    )


# --- the end


def _end(policy: Policy, story: Any) -> list[Rule]:
    confirmed = first("service.confirmed")
    recovered: Find = after(confirmed, 3) if policy.confirms else after(_up_again, 40)
    found = [Rule("resolve", 2, commanding(both(main_open, recovered)), _resolve)]
    if policy.passes_back:
        found.append(Rule("return", 1, _ticket_resolved, _give_back))
    if policy.retro:
        found += retrospective(policy, story)
    return found


def _up_again(eyes: Eyes) -> Item | None:
    """Mark: the last operation, once every site serves again."""
    item = eyes.last("operation.finished")
    return item if item is not None and eyes.reading().level == "up" and _all_in(eyes) else None


def _all_in(eyes: Eyes) -> bool:
    return all(site.in_rotation for site in eyes.reading().sites if not site.standby)


def _ticket_resolved(eyes: Eyes) -> str:
    return eyes.ticket() if eyes.ticket_state() == "resolved" else ""


def _resolve(eyes: Eyes, ticket: str) -> Command:
    return ("resolve_ticket", {"ticket": ticket, "code": "restored", "text": RETURNED})


def _give_back(eyes: Eyes, ticket: str) -> Command:
    return ("return_ticket", {"ticket": ticket, "text": RETURNED})


# --- words

RUNDOWN = "One rundown: what is out, what you tried, what comes next. I ask for each change by task."
STATE = "Two sites down, the third carries everything. Not known yet when they come back."
ROLES = "Commander, tech lead and communications are named; the developer is on call."
FORECAST = (
    "If traffic grows past what one site holds, about half past seven, all of it goes. Shed load before."
)
PLAN = "Where we are, what is left of the clock, and the next step."
ANSWER = "Sites are down, the rest holds. We shed load and bring them back one by one. Next word by update."
UP = "A quarter of the promised time is left. We need the product owner's yes and a specialist."
RETURNED = "Both sites back at full weight, caches warm, nothing shed."
