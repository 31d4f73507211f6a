"""How a plan is written: tasks to a name that wait for something seen, and what somebody does alone."""

from __future__ import annotations

from typing import Any

from drills.bots.bot import Command, Rule
from drills.bots.commands import MINUTE_MS, give
from drills.bots.finding import Find, commanding, fallen
from drills.eyes import Eyes


def task(
    name: str, when: Find, text: str, operation: str, which: int = 0, *, to: str = "tech_lead", **params: Any
) -> Rule:
    """Give a rule that asks for an operation; `which`: on the n-th site that fell, 0 for none."""

    def act(eyes: Eyes, _: str) -> Command | None:
        where = _where(eyes, which)
        return give(to, text, operation, **where, **params) if where is not None else None

    return Rule(f"task-{name}", 0.5, commanding(when), act)


def alone(name: str, when: Find, operation: str, which: int = 0, *, takes: float = 1, **params: Any) -> Rule:
    """Give a rule that starts an operation which nobody asked for; `takes`: minutes it needs."""
    return Rule(name, takes, when, lambda eyes, _: _start(eyes, operation, which, params))


def announced(name: str, when: Find, operation: str, which: int = 0, **params: Any) -> list[Rule]:
    """Give rules that say what is coming, then do it a minute later."""

    def propose(eyes: Eyes, _: str) -> Command | None:
        where = _where(eyes, which)
        if where is None:
            return None
        target = where.get("site") or params.get("traffic_class")
        data = {"operation": operation, "params": {**where, **params}, "text": PROPOSED}
        return ("propose_change", {**data, **({"target": target} if target else {})})

    said: Find = lambda eyes: (  # noqa: E731 - a reason as short as its neighbours
        "once"
        if any(
            item.about == operation and eyes.now_ms - item.t_ms >= MINUTE_MS
            for item in eyes.all("proposal.made")
            if item.seat == eyes.seat
        )
        else ""
    )
    return [Rule(f"{name}-said", 0.5, when, propose), alone(name, said, operation, which, **params)]


def ask_product(when: Find) -> Rule:
    """Give the rule that asks the product owner for the yes to degraded mode."""
    return Rule("ask-product", 2, when, lambda eyes, _: ("page_someone", {"to": "prod", "text": ASK_YES}))


def page_developer(when: Find, text: str) -> Rule:
    """Give the rule that calls the developer, who knows how sites come back."""
    return Rule(
        "page-developer", 0.5, when, lambda eyes, _: ("page_someone", {"to": "developer", "text": text})
    )


def _where(eyes: Eyes, which: int) -> dict[str, Any] | None:
    site = fallen(eyes, which) if which else ""
    if which and not site:
        return None
    return {"site": site} if site else {}


def _start(eyes: Eyes, operation: str, which: int, params: dict[str, Any]) -> Command | None:
    where = _where(eyes, which)
    if where is None:
        return None
    return ("start_operation", {"operation": operation, "params": {**where, **params}})


PROPOSED = "I want to do this next, in a minute. Say so if not."
ASK_YES = "May we switch to fixed slots? Customers lose the choice of slot, this afternoon we take it back."
