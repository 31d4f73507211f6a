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
    at,
    both,
    commanding,
    every,
    first,
    led,
    mine,
    nth_site,
    question,
    resolved,
    unless,
    written,
)
from drills.bots.policy import Policy
from drills.bots.seats.common import reached
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
        *_handover(policy, story),
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
        if set(call.to) & {_agreed(eyes, "commander"), _agreed(eyes, "tech_lead")}:
            if all(_handed(eyes, role) for role in ("commander", "tech_lead") if _agreed(eyes, role)):
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


def forecast_claims(eyes: Eyes) -> list[dict[str, str]]:
    """Say what comes if nothing is done: each stage by its subject, in the commander's own words."""
    return [
        claim(
            stage.subjects[0],
            "forecast",
            f"if nothing is done then {_title(eyes, stage.subjects[0])} gets worse, about {stage.at}",
            believed=True,
        )
        for stage in eyes.scenario.stages
    ]


def _title(eyes: Eyes, subject: str) -> str:
    """Give a site or a service by the name on the screens."""
    world = eyes.scenario.world
    named = {site.id: site.title for site in world.sites}
    named |= {service.id: service.title for service in world.services}
    return {**named, world.level.id: world.level.title}.get(subject, subject)


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


def failed_tries(eyes: Eyes) -> list[Item]:
    """Give the operations that ended badly, as the team can see it."""
    return [item for item in eyes.all("operation.finished") if item.data.get("result") == "failed"]


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


# --- relief and handoff


def _handover(policy: Policy, story: Any) -> list[Rule]:
    if policy.relief == "never":
        return []
    seek = story("14:30" if policy.relief == "in time" else "15:30")
    shift_end = story("17:00")
    call = [
        Rule("handoff-call", 0.5, commanding(both(at(shift_end), _found)), _video(policy)),
        Rule("hand-off", 0.5, _accepted("commander"), _hand_off("commander")),
    ]
    return [
        Rule("seek", 5, unless(commanding(_to_ask(seek)), resolved), _seek),
        Rule("handoff-note", 2, unless(commanding(_sections(policy, shift_end)), resolved), _write_section),
        *(call if policy.handoff else []),
        *handed_over("commander", policy),
    ]


def handed_over(role: str, policy: Policy) -> list[Rule]:
    """Give the rules of whoever has just taken over a role: confirm it, and say aloud who holds what."""

    def fresh(eyes: Eyes) -> Item | None:
        return next((item for item in eyes.all("role.handed_off") if item.about == role), None)

    def announce(eyes: Eyes, _: str) -> Command | None:
        item = fresh(eyes)
        return (
            ("announce_role", {"role": role, "holder": str(item.data["to"]), "text": TAKEN})
            if item is not None
            else None
        )

    confirm = Rule("confirm-role", 0.5, after(fresh, 0), lambda eyes, _: ("confirm_role", {"role": role}))
    return [confirm, *([Rule("announce-role", 0.5, after(fresh, 0.5), announce)] if policy.announces else [])]


def _to_ask(from_ms: int) -> Find:
    """The next name on the rota, until somebody for each of the two roles has said yes."""

    def find(eyes: Eyes) -> str:
        if eyes.now_ms < from_ms:
            return ""
        asked = {str(item.data.get("person")): item for item in eyes.all("staff.sought")}
        for person in eyes.scenario.people:
            if person.seat or person.id in asked:
                continue
            role = "tech_lead" if "command" not in person.skills else "commander"
            if not _agreed(eyes, role):
                return f"{role}/{person.id}"
        return ""

    return find


def _agreed(eyes: Eyes, role: str) -> str:
    answers = eyes.handoff(role).answers
    return next((who for who, item in answers.items() if item.data["accepts"]), "")


def _found(eyes: Eyes) -> str:
    return "once" if _agreed(eyes, "commander") else ""


def _seek(eyes: Eyes, key: str) -> Command:
    role, person = key.split("/")
    return ("seek_staff", {"role": role, "person": person, "text": SEEK})


def _sections(policy: Policy, shift_end_ms: int) -> Find:
    def find(eyes: Eyes) -> list[str]:
        spec = eyes.scenario.handoff
        if spec is None or eyes.now_ms < shift_end_ms - 25 * MINUTE_MS or not _found(eyes):
            return []
        return [section.id for section in spec.sections[: policy.handoff_sections]]

    return find


def _write_section(eyes: Eyes, section: str) -> Command:
    return (
        "write_handoff",
        {"role": "commander", "section": section, "text": HANDOFF, "claims": handoff_claims(eyes, section)},
    )


def handoff_claims(eyes: Eyes, section: str) -> list[dict[str, str]]:
    """Give the claims that belong into a section of the handoff."""
    sites = [claim(site.id, "state", "up" if site.in_rotation else "down") for site in eyes.reading().sites]
    tried = [tried_claim(item) for item in failed_tries(eyes)[-2:]]
    promised = [claim("larder_major", "next_update", "every 30 min, larder_major")]
    found = {
        "state": [*state_claims(eyes), *sites, *clock_claims(eyes)],
        "story": tried,
        "tried": tried,
        "tasks": next_step_claims(eyes),
        "plan": [*forecast_claims(eyes), *next_step_claims(eyes)],
        "do_not_touch": tried,
        "promises": promised,
        "people": lead_claims(eyes),
    }
    return found.get(section, state_claims(eyes))


def _video(policy: Policy) -> Any:
    def act(eyes: Eyes, _: str) -> Command:
        relief = [who for role in ("commander", "tech_lead") if (who := _agreed(eyes, role))]
        others = ["tech_lead", "communications"] if policy.handoff == "video" else ["tech_lead"]
        return ("start_call", {"to": [*others, *relief], "medium": policy.handoff, "text": HANDOFF})

    return act


def _accepted(role: str) -> Find:
    """The relief has said yes in the call, or has not spoken for half an hour in it."""

    def find(eyes: Eyes) -> str:
        who = _agreed(eyes, role)
        call = next((c for c in eyes.calls() if who and who in c.to), None)
        if call is None or _handed(eyes, role):
            return ""
        waited = eyes.now_ms - call.started_ms >= 30 * MINUTE_MS
        return "once" if eyes.handoff(role).accepted is not None or waited else ""

    return find


def _handed(eyes: Eyes, role: str) -> bool:
    return any(item.about == role for item in eyes.all("role.handed_off"))


def _hand_off(role: str) -> Any:
    def act(eyes: Eyes, _: str) -> Command:
        return ("hand_off_role", {"role": role, "to": _agreed(eyes, role), "announced": True})

    return act


accepted, hand_off = _accepted, _hand_off
"""The tech lead hands over by the same rules."""


# --- the end


def _end(policy: Policy, story: Any) -> list[Rule]:
    confirmed = first("service.confirmed")
    recovered: Find = after(confirmed, 3) if policy.confirms else after(_up_again, 40)
    found = [Rule("resolve", 2, commanding(both(_ticket_open, recovered)), _resolve)]
    if policy.passes_back:
        found.append(Rule("return", 1, _ticket_resolved, _give_back))
    if policy.retro:
        found += _retrospective(policy, story)
    return found


def _up_again(eyes: Eyes) -> Item | None:
    """Mark: the last operation, once every site serves again."""
    item = eyes.last("operation.finished")
    return item if item is not None and eyes.reading().level == "up" and _all_in(eyes) else None


def _all_in(eyes: Eyes) -> bool:
    return all(site.in_rotation for site in eyes.reading().sites if not site.standby)


def _ticket_open(eyes: Eyes) -> str:
    return eyes.ticket() if eyes.ticket_state() == "open" else ""


def _ticket_resolved(eyes: Eyes) -> str:
    return eyes.ticket() if eyes.ticket_state() == "resolved" else ""


def _resolve(eyes: Eyes, ticket: str) -> Command:
    return ("resolve_ticket", {"ticket": ticket, "code": "restored", "text": RETURNED})


def _give_back(eyes: Eyes, ticket: str) -> Command:
    return ("return_ticket", {"ticket": ticket, "text": RETURNED})


def _retrospective(policy: Policy, story: Any) -> list[Rule]:
    begins = both(_meeting_time(story), after(_main_resolved, 60))
    held = mine("retro.held")
    factors = [
        Rule(
            f"factor-{number}",
            2,
            after(held, 2 + number),
            lambda eyes, _, kind=kind, text=text, link=link: (  # type: ignore[misc]
                "add_factor",
                {"factor_kind": kind, "text": text, **({"link": link} if link else {})},
            ),
        )
        for number, (kind, text, link) in enumerate(FACTORS)
    ]
    follow_ups = [
        Rule(
            f"follow-up-{number}",
            2,
            after(held, 85),
            lambda eyes, _, number=number, kind=kind, owner=owner, text=text: (  # type: ignore[misc]
                "create_follow_up",
                {
                    "owner": owner,
                    "due": f"{7 + 7 * (number % 2)} days",
                    "work_kind": kind,
                    "factor": f"factor-{number + 1}",
                    "text": text,
                },
            ),
        )
        for number, (kind, owner, text) in enumerate(FOLLOW_UPS)
    ]
    return [
        Rule("retro", 5, begins, _hold_retro),
        *factors,
        *(follow_ups if policy.follow_ups else []),
    ]


def _main_resolved(eyes: Eyes) -> Item | None:
    return next((i for i in eyes.all("ticket.resolved") if i.about == eyes.ticket()), None)


def _meeting_time(story: Any) -> Find:
    """Find the next of the two times for it: the afternoon, or the next morning."""
    afternoon, evening, morning = story("14:00"), story("18:00"), story("Thu 07:10")
    return lambda eyes: "once" if afternoon <= eyes.now_ms < evening or eyes.now_ms >= morning else ""


def _hold_retro(eyes: Eyes, _: str) -> Command:
    present = [person.seat for person in eyes.scenario.people if person.seat]
    return ("hold_retro", {"present": present, "medium": "video"})


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
SEEK = "Our shift ends at five. Can you take over, by video, with our document open?"
HANDOFF = (
    "What serves, what failed and must not be done again, what may come, who does what, what we promised."
)
TAKEN = "Everybody: this role has changed hands. Questions about it go to the new holder."
RETURNED = "Both sites back at full weight, caches warm, nothing shed."
FACTORS = (
    ("system", "The release kept memory with every request, and no flag was shipped.", "web"),
    ("system", "Cold caches, retries and long queues let two lost sites sink the third.", "dc3"),
    ("process", "Waves of a release run by timer at night.", "dc2"),
    ("tooling", "The rollback page is stale; monitors read host memory, not heap.", "rb-2"),
    ("training", "How a site comes back was known to one person.", "rb-3"),
)
FOLLOW_UPS = (
    ("service", "developer", "Ship changes behind a flag, and bound the bundle cache."),
    ("service", "tech_lead", "Retry budget at the edge, and a warm-up before a site serves."),
    ("process", "commander", "No waves by timer between ten and six; a deputy on the night rota."),
    ("tooling", "specialist", "Write RB-2 anew, and alert on heap."),
    ("training", "desk_2", "Everybody on the rota returns a site once a quarter."),
)
