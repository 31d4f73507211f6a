"""The retrospective: when it is held, what the commander adds to it, and the work that follows."""

from __future__ import annotations

from typing import Any

from drills.bots.bot import Command, Rule
from drills.bots.finding import Find, after, both, mine
from drills.bots.policy import Policy
from drills.eyes import Eyes
from drills.record import Item


def retrospective(policy: Policy, story: Any) -> list[Rule]:
    """Give the rules by which a commander holds the retrospective, and writes down what follows from it."""
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
