"""Teams: who plays how. A team is a policy with a plan, or a night without either."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from drills.bots.bot import Rule
from drills.bots.policy import HALF_MANAGED, MANAGED, STRONG, Policy
from drills.bots.seats import commander, communications, desk, engineers, tech_lead, tier2
from drills.bots.teams import alone, clumsy, half, managed, strong
from drills.engine import Engine

Seats = dict[str, Sequence[Rule]]
Book = Callable[[Engine], Seats]
Plan = Callable[[Policy, Any], list[Rule]]
Own = Callable[[Any], list[Rule]]


def with_policy(policy: Policy, plan: Plan, own: Own = lambda story: []) -> Book:
    """Give the book of a team that has a commander: all seats by a policy, operations by a plan.

    Args:
        own: what the tech lead does unasked.
    """

    def book(engine: Engine) -> Seats:
        story = engine.scenario.at
        return {
            "commander": commander.rules(policy, plan(policy, story), story),
            "communications": communications.rules(policy),
            "tech_lead": [*tech_lead.rules(policy, story), *own(story)],
            "specialist": engineers.specialist(policy),
            "developer": engineers.developer(policy),
            "desk_1": desk.rules(policy, story),
            "desk_2": tier2.rules(policy),
        }

    return book


def _none(engine: Engine) -> Seats:
    return {}


def _alone(engine: Engine) -> Seats:
    return {"tech_lead": alone.rules(engine.scenario.at)}


TEAMS: dict[str, Book] = {
    "none": _none,
    "unmanaged": _alone,
    "clumsy": lambda engine: clumsy.book(engine.scenario.at),
    "half_managed": with_policy(HALF_MANAGED, half.plan, half.own),
    "managed": with_policy(MANAGED, managed.plan),
    "strong": with_policy(STRONG, strong.plan, strong.own),
}

__all__ = ["TEAMS", "Book", "Plan", "with_policy"]
