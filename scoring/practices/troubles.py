"""Troubles as the team met them: what told of each, its tickets, its true rank, the rank in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drills.record import Item
from scenarios.schema.response import Rank, Trouble
from scoring.reading import Night
from scoring.timing import MIN_MS

ORDER: Mapping[str, int] = {"low": 0, "medium": 1, "high": 2}
FACTORS = ("people", "money", "security", "sla")
IMPROVED_MS = 15 * MIN_MS


@dataclass(frozen=True)
class Ticket:
    """A ticket of a trouble.

    Args:
        sources: the alert or the report that it was made from.
        joined_ms: when it stood and was joined to the trouble.
    """

    id: str
    logged: Item
    sources: tuple[Item, ...]
    joined_ms: int


@dataclass(frozen=True)
class TroubleStory:
    """A trouble that became available to the team: all that told of it, and its tickets, in order."""

    trouble: Trouble
    arrivals: tuple[Item, ...]
    tickets: tuple[Ticket, ...]

    @property
    def came(self) -> Item:
        """The first that told of it."""
        return self.arrivals[0]

    def name(self) -> str:
        """Give what told of it first, in words."""
        if self.came.kind == "alert.fired":
            return "an alert"
        return f"a report by {self.came.data.get('channel', 'word')}"


@dataclass(frozen=True)
class RankStep:
    """A rank and the item by which it could be known; `n` is None for the first."""

    t_ms: int
    n: int | None
    rank: Rank


@dataclass(frozen=True)
class RankSet:
    """A priority given by the team, with the factors answered in the same act."""

    item: Item
    priority: str
    factors: Mapping[str, str]


# --- troubles and tickets


def stories(night: Night) -> tuple[TroubleStory, ...]:
    """Give the troubles that an alert or a report told of, outside of skips, as they came."""
    arrivals: dict[str, list[Item]] = {}
    for item in night.items("alert.fired", "report.received"):
        trouble = night.setting.intake.trouble_of(item)
        if trouble is not None:
            arrivals.setdefault(trouble.id, []).append(item)
    tickets = _tickets(night)
    troubles = {trouble.id: trouble for trouble in night.setting.intake.troubles}
    return tuple(
        TroubleStory(troubles[id_], tuple(came), tickets.get(id_, ()))
        for id_, came in arrivals.items()
        if not night.in_skip(came[0].t_ms)
    )


def _tickets(night: Night) -> Mapping[str, tuple[Ticket, ...]]:
    """Give the tickets of each trouble, by when they were joined to it."""
    found: dict[str, list[Ticket]] = {}
    for logged in night.items("ticket.logged"):
        sources, joined_ms = _sources(night, logged)
        troubles = [night.setting.intake.trouble_of(source) for source in sources]
        trouble = next((one for one in troubles if one is not None), None)
        if trouble is not None:
            found.setdefault(trouble.id, []).append(Ticket(logged.about, logged, sources, joined_ms))
    return {
        id_: tuple(sorted(tickets, key=lambda ticket: (ticket.joined_ms, ticket.logged.n)))
        for id_, tickets in found.items()
    }


def _sources(night: Night, logged: Item) -> tuple[tuple[Item, ...], int]:
    """Give the report and the alert of a ticket, else the first report linked to it, and when."""
    named = [*_reports(night, logged.data.get("report")), *_alerts(night, logged)]
    if named:
        return tuple(named), logged.t_ms
    for link in night.items("ticket.linked"):
        reports = _reports(night, link.data.get("report")) if link.about == logged.about else []
        if reports:
            return tuple(reports), max(logged.t_ms, link.t_ms)
    return (), logged.t_ms


def _reports(night: Night, report: object) -> list[Item]:
    return [item for item in night.items("report.received") if report and item.about == report]


def _alerts(night: Night, logged: Item) -> list[Item]:
    """Give all times an alert fired up to a ticket made from it, the first and the last among them."""
    alert = logged.data.get("alert")
    return [
        item for item in night.items("alert.fired") if alert and item.about == alert and item.n < logged.n
    ]


def are_linked(night: Night, one: str, other: str, until_ms: int) -> bool:
    """Say whether two tickets were said to be about the same trouble by some moment."""
    return any(
        {link.about, link.data.get("duplicate")} == {one, other} and link.t_ms <= until_ms
        for link in night.items("ticket.linked")
    )


# --- ranks


def rank_steps(night: Night, trouble: Trouble) -> tuple[RankStep, ...]:
    """Give the true ranks of a trouble as they became knowable."""
    steps = []
    for rank in trouble.ranks:
        if rank.after is None:
            steps.append(RankStep(night.moments.start_ms, None, rank))
            continue
        item = night.matching(rank.after)
        if item is not None:
            steps.append(RankStep(item.t_ms, item.n, rank))
    return tuple(sorted(steps, key=lambda step: step.t_ms))


def rank_at(night: Night, trouble: Trouble, t_ms: int) -> Rank:
    """Give the true rank of a trouble as it could be known at a moment."""
    steps = rank_steps(night, trouble)
    known = [step.rank for step in steps if step.t_ms <= t_ms]
    return known[-1] if known else trouble.ranks[0]


def ranks_set(night: Night, ticket: Ticket) -> tuple[RankSet, ...]:
    """Give the priorities of one ticket in order.

    A category suggests one, which stands until the team has said one itself.
    """
    found: list[RankSet] = []
    for item in night.items("ticket.logged", "ticket.categorised", "ticket.prioritised"):
        if item.about != ticket.id:
            continue
        said = item.data.get("suggests" if item.kind == "ticket.categorised" else "priority")
        if said in ORDER and not (item.kind == "ticket.categorised" and found):
            factors = {name: str(item.data[name]) for name in FACTORS if item.data.get(name)}
            found.append(RankSet(item, str(said), factors))
    return tuple(found)


def rank_changes(night: Night, story: TroubleStory) -> tuple[tuple[int, Item, str], ...]:
    """Give the rank in force over time: moment, item, priority; severity is that of the main trouble.

    A lowering with a reason, after a quarter of an hour of improvement, lets no rank down: it is left out.
    """
    found = [(one.item, one.priority) for ticket in story.tickets for one in ranks_set(night, ticket)]
    if story.trouble.main:
        found += [(item, str(item.data.get("level", ""))) for item in night.items("severity.declared")]
    kept: list[tuple[int, Item, str]] = []
    for item, priority in sorted(found, key=lambda pair: pair[0].n):
        is_lower = bool(kept) and ORDER.get(priority, 0) < ORDER.get(kept[-1][2], 0)
        if priority in ORDER and not (is_lower and _may_lower(night, item)):
            kept.append((item.t_ms, item, priority))
    return tuple(kept)


def _may_lower(night: Night, item: Item) -> bool:
    """Say whether a lowering gives a reason and comes after users were served for a quarter of an hour."""
    is_served = all(
        part.state == "up"
        for part in night.levels
        if part.from_ms <= item.t_ms and part.to_ms > item.t_ms - IMPROVED_MS
    )
    return bool(item.data.get("text")) and is_served
