"""The service as one customer meets it: does a try work, how long does a page take, what became of my report.

No word of how it is built: the figures are those of the whole service, over all customers alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from drills.board import Report, Ticket
from drills.reporters import reporter_of
from drills.views import words

if TYPE_CHECKING:
    from drills.views.seat_view import SeatView

FAILS_ABOVE_FRAC = 0.01
DOWN_ABOVE_FRAC = 0.9
SLOW_ABOVE_S = 1.5
STEP_MIN = 5
STEPS = 12
REPORTS = 12
WORDS = 20

STATES = {"works": "Works", "slow": "Slow", "fails": "Fails now and then", "down": "Down"}

TICKET_WORDS = {
    "sent": ("Sent", "The service desk has it in front of it."),
    "received": ("Received", "The service desk has written it down."),
    "working": ("Being worked on", "The team is at it."),
    "asked": ("Solved?", "The service desk asks whether it works for you."),
    "yes": ("You said yes", "The service desk closes it."),
    "no": ("You said no", "It stays open until it works for you."),
    "solved": ("Said to be solved", "Try it; the service desk will ask you."),
    "closed": ("Closed", "If it is not right after all, report it again."),
}


@dataclass(frozen=True)
class Felt:
    """What customers felt over some minutes.

    Args:
        fail_frac: share of tries that brought nothing.
        wait_s: nearly every page comes faster than this; None where none comes.
        is_limited: the service leaves out what costs much, and customers see that it is missing.
    """

    fail_frac: float
    wait_s: float | None
    is_limited: bool

    @property
    def state(self) -> str:
        """works, slow, fails or down."""
        if self.fail_frac >= DOWN_ABOVE_FRAC or self.wait_s is None:
            return "down"
        if self.fail_frac >= FAILS_ABOVE_FRAC:
            return "fails"
        return "slow" if self.wait_s >= SLOW_ABOVE_S else "works"


class ShopPart:
    """Builds the customer's key of a seat's view."""

    def __init__(self, view: SeatView) -> None:
        self._view = view
        self._kept: tuple[int, list[Felt]] = (-1, [])

    def build(self) -> dict[str, Any]:
        return {"shop": self._shop()}

    def _shop(self) -> dict[str, Any]:
        level = self._view.scenario.world.level
        return {
            "service": level.title,
            "level": level.id,
            "now": self._now(),
            "history": self._history(),
            "words": self._words(),
            "my_tickets": self._my_tickets(),
        }

    # --- what a customer feels
    def _now(self) -> dict[str, Any]:
        felt = self._minutes()
        now = felt[-1] if felt else Felt(0.0, 0.0, False)
        return {
            "state": now.state,
            "word": STATES[now.state],
            "text": felt_words(now),
            "fail_frac": round(now.fail_frac, 3),
            "wait_s": round(now.wait_s, 2) if now.wait_s is not None else None,
            "limited": now.is_limited,
        }

    def _minutes(self) -> list[Felt]:
        """Give what was felt in each of the last minutes, the newest last; reckoned once a minute."""
        metrics = self._view.engine.world.metrics
        if self._kept[0] != len(metrics):
            count = min(len(metrics), (STEPS + 1) * STEP_MIN)
            sites = [site.id for site in self._view.scenario.world.sites]
            first = len(metrics) - count
            self._kept = (len(metrics), [self._felt(row, sites) for row in range(first, len(metrics))])
        return self._kept[1]

    def _felt(self, row: int, sites: list[str]) -> Felt:
        metrics = self._view.engine.world.metrics
        share, wait_s = 0.0, 0.0
        for site in sites:
            takes, slow_ms = metrics.value(row, f"{site}.share"), metrics.value(row, f"{site}.p99_ms")
            if takes > 0.0 and np.isfinite(slow_ms):
                share, wait_s = share + takes, wait_s + takes * slow_ms / 1000.0
        return Felt(
            fail_frac=min(1.0, max(0.0, 1.0 - metrics.value(row, "served_frac"))),
            wait_s=wait_s / share if share > 0.0 else None,
            is_limited=metrics.value(row, "degraded_mode") > 30.0,
        )

    def _history(self) -> list[dict[str, Any]]:
        """Give the last hour in steps of five minutes by the clock, each as it was on the whole."""
        view, felt = self._view, self._minutes()
        last_ms = int(view.engine.world.metrics.last("t_ms")) if felt else 0
        steps: dict[int, list[Felt]] = {}
        for back, each in enumerate(reversed(felt)):
            began_ms = last_ms - (back + 1) * words.MINUTE_MS
            steps.setdefault(began_ms // (STEP_MIN * words.MINUTE_MS), []).append(each)
        return [self._step(step * STEP_MIN * words.MINUTE_MS, steps[step]) for step in sorted(steps)[-STEPS:]]

    def _step(self, began_ms: int, felt: list[Felt]) -> dict[str, Any]:
        state = _on_the_whole(felt).state
        return {"t_ms": began_ms, "story": self._view.hour(began_ms), "state": state, "word": STATES[state]}

    # --- what customers are told
    def _words(self) -> list[dict[str, Any]]:
        """Give the updates that were sent to lists this customer is on."""
        view, lists = self._view, self._lists()
        told = [item for item in view.board.updates if item.about in lists]
        return [
            {
                "n": item.n,
                "t_ms": item.t_ms,
                "story": view.story(item.t_ms),
                "text": view.text(item),
                "next_ms": item.t_ms + int(item.data["next_update_min"]) * words.MINUTE_MS
                if item.data.get("next_update_min")
                else None,
            }
            for item in told[-WORDS:]
        ]

    def _lists(self) -> frozenset[str]:
        """Give the lists this customer is on: those that name the seat, else the widest that goes outside."""
        lists = self._view.scenario.lists
        named = frozenset(each.id for each in lists if self._view.seat in each.audiences)
        outside = [each for each in lists if each.external]
        if named or not outside:
            return named
        return frozenset({max(outside, key=lambda each: each.people).id})

    # --- what became of my reports
    def _my_tickets(self) -> list[dict[str, Any]]:
        """Give this seat's reports with their tickets, and tickets that name it without one; newest first."""
        view, board = self._view, self._view.board
        mine = [report for report in board.reports.values() if report.from_ == view.seat]
        held = {report.ticket for report in mine}
        rows = [self._reported(report) for report in mine]
        rows += [
            self._row(ticket.id, ticket, ticket.item.t_ms, view.text(ticket.item, "title"))
            for ticket in board.tickets.values()
            if ticket.reporter == view.seat and ticket.id not in held
        ]
        return sorted(rows, key=lambda row: -int(row["t_ms"]))[:REPORTS]

    def _reported(self, report: Report) -> dict[str, Any]:
        ticket = self._view.board.tickets.get(report.ticket)
        return self._row(report.id, ticket, report.told_ms, self._view.text(report.item))

    def _row(self, id_: str, ticket: Ticket | None, t_ms: int, text: str) -> dict[str, Any]:
        state = self._state(ticket)
        word, means = TICKET_WORDS[state]
        return {
            "id": id_,
            "ticket": ticket.id if ticket is not None else None,
            "t_ms": t_ms,
            "story": self._view.hour(t_ms),
            "text": text,
            "state": state,
            "word": word,
            "means": means,
        }

    def _state(self, ticket: Ticket | None) -> str:
        if ticket is None:
            return "sent"
        if ticket.state == "closed":
            return "closed"
        leading = self._view.board.tickets.get(ticket.duplicate_of, ticket)
        if leading.asked_ms is not None and reporter_of(self._view.engine, leading) == self._view.seat:
            answers = {None: "asked", True: "yes", False: "no"}
            return answers[leading.satisfied]
        if leading.state in ("resolved", "closed"):
            return "solved"
        at_work = leading is not ticket or leading.passed_ms is not None or bool(leading.category)
        return "working" if at_work else "received"


def _on_the_whole(felt: list[Felt]) -> Felt:
    """Give one feeling for several minutes: their mean, down where hardly a page came."""
    waits = [each.wait_s for each in felt if each.wait_s is not None]
    return Felt(
        fail_frac=sum(each.fail_frac for each in felt) / len(felt),
        wait_s=sum(waits) / len(waits) if waits else None,
        is_limited=felt[-1].is_limited,
    )


def felt_words(felt: Felt) -> str:
    """Give what a customer would say of it: "About 1 in 7 tries fails."."""
    limited = " Some choices are missing for now." if felt.is_limited else ""
    if felt.state == "down" or felt.wait_s is None:
        return "Hardly any try gets through."
    if felt.state == "fails" and felt.fail_frac > 0.5:
        return f"About {round(10 * felt.fail_frac)} in 10 tries fail.{limited}"
    if felt.state == "fails":
        return f"About 1 in {round(1 / felt.fail_frac)} tries fails.{limited}"
    how = "A page takes up to" if felt.state == "slow" else "A page comes within"
    return f"{how} {_seconds(felt.wait_s)}.{limited}"


def _seconds(wait_s: float) -> str:
    if wait_s <= 1.0:
        return "a second"
    return f"{wait_s:.0f} seconds" if wait_s >= 10.0 else f"{wait_s:.1f} seconds"
