"""The clumsy night: the stale runbook followed to the letter, restarts by habit, a commander who types.

Two people roll both sites back in the same minute, while one still serves; command is taken under pressure
by the one at the keyboard; help from outside blocks everything and lets customers in again by parts. The
mended release goes out untested, tickets are closed unasked, and the next morning the service is still in
degraded mode.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drills.bots.bot import Command, Rule
from drills.bots.commands import look, say
from drills.bots.finding import (
    Find,
    after,
    at,
    both,
    done,
    first,
    nth_site,
    phone,
    question,
    ringing,
    talked_out,
)
from drills.bots.policy import Policy
from drills.bots.seats import desk
from drills.bots.teams.planning import alone
from drills.eyes import Eyes

SITES = ("dc1", "dc2", "dc3")
RESTARTS = ("03:35", "04:00", "04:40", "05:40", "07:00")
CLASSES = ("crawler", "background", "browse", "checkout")
POLICY = Policy(links=False, ranks=False, confirms=False, asks_reporter=False, passes_back=False, retro=False)


def book(story: Any) -> dict[str, Sequence[Rule]]:
    """Give the rules of all seats that do something."""
    return {
        "tech_lead": _tech_lead(story),
        "communications": _communications(story),
        "desk_2": [*_reached(), _op("roll-back-2", story("03:11"), "roll_back", site="dc2", held=False)],
        "desk_1": [*desk.rules(POLICY, story), *_desk(story)],
        "developer": _developer(story),
    }


def _reached() -> list[Rule]:
    return [
        Rule("ack", 1, ringing, lambda eyes, page: ("acknowledge_page", {"page": page})),
        Rule("phone", 1, phone, lambda eyes, call: ("answer_phone", {"call": call}), interrupts=True),
    ]


def _tech_lead(story: Any) -> list[Rule]:
    found = [
        *_reached(),
        Rule("logs", 3, after(nth_site(1), 1), lambda eyes, _: look("dc1", "logs")),
        Rule("rb-2", 0.5, at(story("03:09")), lambda eyes, _: ("open_runbook", {"page": "rb-2"})),
        _op("roll-back-1", story("03:11"), "roll_back", site="dc1", held=False),
        Rule("tick", 0.5, at(story("03:14")), lambda eyes, _: ("tick_step", {"page": "rb-2", "step": 4})),
        Rule(
            "page-author",
            0.5,
            at(story("05:08")),
            lambda eyes, _: ("start_call", {"to": ["author"], "text": CALL}),
        ),
        Rule("hang-up", 0.5, talked_out(20), lambda eyes, call: ("end_call", {"call": call})),
        Rule("command", 0.5, at(story("06:58")), _assume),
        Rule(
            "answer",
            10,
            question,
            lambda eyes, id_: ("answer_question", {"question": id_, "text": ANSWER}),
            interrupts=True,
        ),
        Rule(
            "ask-product",
            2,
            at(story("08:02")),
            lambda eyes, _: ("page_someone", {"to": "prod", "text": ASK}),
        ),
        Rule(
            "help",
            0.5,
            at(story("08:20")),
            lambda eyes, _: ("page_someone", {"to": "developer", "text": HELP}),
        ),
        Rule("over", 1, both(at(story("11:40")), _has_ticket), _resolve),
    ]
    for hour in RESTARTS:
        found += [_op(f"restart-{hour}-{site}", story(hour) - 45_000, "restart", site=site) for site in SITES]
        found += [
            _op(f"readmit-{hour}-{site}", story(hour) + 130_000, "readmit", site=site, weight_frac=1.0)
            for site in SITES
        ]
    return found


def _op(name: str, t_ms: int, operation: str, **params: Any) -> Rule:
    return alone(name, at(t_ms), operation, **params)


def _assume(eyes: Eyes, _: str) -> Command:
    return ("assume_role", {"role": "commander", "announced": False})


def _has_ticket(eyes: Eyes) -> str:
    return "once" if eyes.ticket() else ""


def _resolve(eyes: Eyes, _: str) -> Command:
    return ("resolve_ticket", {"ticket": eyes.ticket(), "code": "restored", "text": OVER})


def _communications(story: Any) -> list[Rule]:
    def update(eyes: Eyes, _: str) -> Command:
        return ("send_update", {"list": "larder_major", "text": UPDATE})

    return [
        *_reached(),
        Rule("update", 5, at(story("08:40")), update),
        Rule("update-again", 5, at(story("12:10")), update),
        Rule(
            "answer",
            5,
            question,
            lambda eyes, id_: ("answer_question", {"question": id_, "text": ANSWER}),
            interrupts=True,
        ),
    ]


def _desk(story: Any) -> list[Rule]:
    """Tickets are solved by being over, and closed unasked."""

    late_ms = story("11:45")

    def rivals(eyes: Eyes) -> list[str]:
        if eyes.now_ms < late_ms:
            return []
        return [t.id for t in eyes.tickets() if t.state == "open" and t.with_ == eyes.seat]

    return [
        Rule("tidy", 1, rivals, lambda eyes, ticket: ("resolve_ticket", {"ticket": ticket, "code": "over"}))
    ]


def _developer(story: Any) -> list[Rule]:
    """Outside help: block everything, warm all sites, let customers in by fifths, mend and ship untested."""
    called = first("page.acknowledged")
    ready: Find = both(at(story("08:30")), after(called, 2))
    found = [
        Rule("ack", 4, ringing, lambda eyes, page: ("acknowledge_page", {"page": page})),
        *(alone(f"block-{each}", ready, "shed", traffic_class=each, frac=1.0) for each in CLASSES),
        alone("degraded", ready, "degraded_mode", on=True),
        Rule("say", 0.5, after(first("operation.started"), 0), lambda eyes, _: say(BLOCKED)),
        *(alone(f"hold-{site}", ready, "hold", site=site) for site in SITES),
        *(alone(f"restart-{site}", ready, "restart", site=site) for site in SITES),
        *(alone(f"warm-{site}", at(story("08:44")), "warm", site=site, rate_rps=280.0) for site in SITES),
        *(
            alone(f"repoint-{site}", at(story(hour)), "repoint", site=site)
            for site, hour in zip(SITES, ("09:00", "09:10", "09:20"), strict=True)
        ),
        *(
            alone(f"readmit-{site}", at(story("09:58")), "readmit", site=site, weight_frac=1.0)
            for site in SITES
        ),
    ]
    for fifth, hour in enumerate(("10:03", "10:18", "10:33", "10:48", "11:03"), start=1):
        for each in ("checkout", "browse"):
            part = round(1.0 - fifth / 5.0, 1)
            found.append(
                alone(f"in-{fifth}-{each}", at(story(hour) - 60_000), "shed", traffic_class=each, frac=part)
            )
    found.append(alone("build", at(story("11:20")), "build_fix"))
    found.append(alone("ship", after(done("build_fix", 0), 1), "deploy_fix"))
    return found


CALL = "It is your update in the logs. What does it do with memory?"
ANSWER = "We are on it."
ASK = "We need fixed slots, now."
HELP = "Everything is down since half past three. Please come and do something."
BLOCKED = "I block all traffic and warm every site. Nobody touch anything."
OVER = "Orders go through again."
UPDATE = "There is a problem with ordering. We work on it."
