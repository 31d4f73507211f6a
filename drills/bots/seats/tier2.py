"""Tier 2: what the desk passes on, runbook steps, tasks."""

from __future__ import annotations

from drills.bots.bot import Command, Rule
from drills.bots.commands import look
from drills.bots.finding import after, fallen, nth_site, question
from drills.bots.policy import Policy
from drills.bots.seats.common import reached, tasks, tickets
from drills.bots.seats.desk import answer, log, to_log
from drills.eyes import Eyes


def rules(policy: Policy) -> list[Rule]:
    """Give tier 2's rules."""
    return [
        *reached(policy),
        *tickets({"pick_lists": "reprint"}),
        Rule("log", 4, to_log(policy), log),
        Rule("plan-it", 2, _mine_and_small, _plan_it),
        Rule("give-back", 1, _planned, lambda eyes, ticket: ("return_ticket", {"ticket": ticket})),
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


def _mine_and_small(eyes: Eyes) -> list[str]:
    """Tickets logged here that wait for nothing but a date."""
    return [
        ticket.id
        for ticket in eyes.tickets()
        if ticket.with_ == eyes.seat
        and ticket.state == "open"
        and ticket.priority == "low"
        and ticket.item.seat == eyes.seat
    ]


def _plan_it(eyes: Eyes, ticket: str) -> Command:
    return ("resolve_ticket", {"ticket": ticket, "code": "planned", "text": PLANNED})


def _planned(eyes: Eyes) -> list[str]:
    mine = (t for t in eyes.tickets() if t.item.seat == eyes.seat and t.with_ == eyes.seat)
    return [ticket.id for ticket in mine if ticket.state == "resolved"]


PLANNED = "Nothing is lost today; the work is planned with a date."
