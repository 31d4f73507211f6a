"""Tier 2: what the desk passes on, runbook steps, tasks."""

from __future__ import annotations

from drills.bots.bot import Rule
from drills.bots.commands import look
from drills.bots.finding import after, fallen, nth_site, question
from drills.bots.policy import Policy
from drills.bots.seats.common import reached, tasks, tickets
from drills.bots.seats.desk import answer, log, to_log


def rules(policy: Policy) -> list[Rule]:
    """Give tier 2's rules."""
    return [
        *reached(policy),
        *tickets({"pick_lists": "reprint"}),
        Rule("log", 4, to_log(policy), log),
        *tasks(),
        Rule("rb-1", 1, after(nth_site(2), 8), lambda eyes, _: ("open_runbook", {"page": "rb-1"})),
        Rule("rb-1-look", 3, after(nth_site(2), 9), lambda eyes, _: look(fallen(eyes, 2), "dashboard")),
        Rule(
            "rb-1-tick",
            0.5,
            after(nth_site(2), 13),
            lambda eyes, _: ("tick_step", {"page": "rb-1", "step": 1}),
        ),
        Rule("answer", 2, question, answer, interrupts=True),
    ]
