"""D7, handoff and people: who leads is said aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drills.record import Item
from scoring.levels import RANK, Judgement, Level, Window, mean_level, not_tested, same
from scoring.practices.cases import end_of
from scoring.practices.handoff.changing import (
    ONE_HANDOFF_MS,
    changed,
    due_evidence,
    due_seen,
    names,
    never_made,
    window_of,
)
from scoring.practices.registry import practice
from scoring.practices.roles import ROLES
from scoring.practices.terms import Term, did_by, terms
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.timing import CLICK_FLOOR_S, COMPOSE_FLOOR_S, MIN_MS, Limit

ANNOUNCED_MIN, TABLE_MIN = 5.0, 15.0


@dataclass(frozen=True)
class Said:
    """How one change of holder was said: aloud, confirmed, and in the table of roles."""

    role: str
    term: Term
    limit: Limit
    aloud: int | None
    confirmed: int | None
    table: int | None

    @property
    def level(self) -> Level:
        """Met with all three; nothing without the first."""
        if self.aloud is None:
            return "missed"
        return "met" if self.confirmed is not None and self.table is not None else "partly"

    @property
    def items(self) -> tuple[int, ...]:
        """What shows it."""
        shown = (*self.term.taken[:1], self.aloud, self.confirmed, self.table)
        return tuple(dict.fromkeys(n for n in shown if n is not None))


@practice("HND-4")
def said_aloud(night: Night) -> Judgement:
    """Said aloud: who leads now, who does what.

    Called for by: each change of holder of command, the technical lead or communication after the major
        trigger that lasts 15 min; the first taking of command counts as one when no holder changes later; a
        handoff that was due and never made counts as one, missed.
    Met: within 5 min it is said on the channel who holds the role now and the new holder confirms (taking it
        oneself does), and within 15 min the table of roles shows it: the document is open, whose roles the
        console keeps, or somebody writes it there or in an update.
    Partly: said aloud, without one of the others.
    Missed: not said aloud. Several changes are averaged.
    Cannot see: what was said by voice alone.
    Source: the article's "everything runs efficiently with clear responsibilities"; PagerDuty, handing over
        command.
    """
    found = changed(night, ROLES)
    never = never_made(night, found)
    calls_for = [(change.role, change.after) for change in found]
    if not found and not never:
        calls_for = _first_taking(night)
    if not calls_for and not never:
        return not_tested("no trigger", finding="No role changed hands, and none had to.")
    said = [_said(night, role, term) for role, term in calls_for]
    level = mean_level([*(one.level for one in said), *same("missed", len(never))])
    met = sum(one.level == "met" for one in said)
    of = len(said) + len(never)
    evidence = [n for one in said for n in one.items] + list(due_evidence(night) if never else ())
    times = [term.from_ms for _, term in calls_for]
    window = window_of(night, found, never) if found or never else Window(min(times), max(times))
    widest = max((one.limit for one in said), key=lambda limit: limit.allowed_min, default=_asked())
    return Judgement(
        level=level,
        opportunities=of,
        evidence=tuple(dict.fromkeys(evidence)),
        window=window,
        numbers={
            "changes": of,
            "said": met,
            "never_made": len(never),
            "limit_min": widest.asked_min,
            "allowed_min": round(widest.allowed_min, 1),
            "speed": round(widest.speed, 1),
            "table_min": TABLE_MIN,
        },
        finding=f"{met} of {of} changes said aloud, confirmed and in the table of roles",
        coaching=_said_coaching(night, level, said, never),
    )


def _asked() -> Limit:
    return Limit(ANNOUNCED_MIN, ANNOUNCED_MIN)


def _first_taking(night: Night) -> list[tuple[str, Term]]:
    major = night.moments.major
    first = next(iter(terms(night, "commander")), None)
    if major is None or first is None or first.from_ms < major.t_ms:
        return []
    return [("commander", first)]


def _said(night: Night, role: str, term: Term) -> Said:
    human = night.is_human([term.seat])
    asked_ms = term.from_ms + round(ANNOUNCED_MIN * MIN_MS)
    limit = night.limit(ANNOUNCED_MIN, CLICK_FLOOR_S, term.from_ms, asked_ms, human=human)
    table = night.limit(TABLE_MIN, COMPOSE_FLOOR_S, term.from_ms, asked_ms, human=human)
    due_ms = end_of(limit, term.from_ms)
    return Said(
        role=role,
        term=term,
        limit=limit,
        aloud=_aloud(night, role, term, due_ms),
        confirmed=_confirmed(night, role, term, due_ms),
        table=_table(night, term, end_of(table, term.from_ms)),
    )


def _aloud(night: Night, role: str, term: Term, due_ms: int) -> int | None:
    """Give the item that said who holds the role: the taking, an announcement, or words that claim it."""
    early_ms = term.from_ms - round(ANNOUNCED_MIN * MIN_MS)

    def says_so(item: Item) -> bool:
        if item.n in term.taken:
            return bool(item.data.get("announced")) and item.t_ms <= due_ms
        if not early_ms <= item.t_ms <= due_ms:
            return False
        if item.kind == "role.announced":
            return item.about == role and str(item.data.get("holder", "")) in (*names(term), term.seat)
        return item.kind in ("message.sent", "update.sent") and role == "commander" and _claims_lead(item)

    item = night.first(
        "role.assumed", "role.handed_off", "role.announced", "message.sent", "update.sent", where=says_so
    )
    return item.n if item else None


def _claims_lead(item: Item) -> bool:
    return any(claim.get("property") == "lead" for claim in item.data.get("claims", ()))


def _confirmed(night: Night, role: str, term: Term, due_ms: int) -> int | None:
    """Give the item by which the new holder confirmed; taking a role oneself confirms it."""
    if not term.rota and term.taken:
        return term.taken[0]
    item = night.first(
        "role.confirmed",
        "handoff.accepted",
        where=lambda item: (
            item.about == role
            and term.from_ms - ONE_HANDOFF_MS <= item.t_ms <= due_ms
            and (item.kind == "handoff.accepted" or did_by(item, term.person))
            and item.data.get("who", term.rota) == term.rota
        ),
    )
    return item.n if item else None


def _table(night: Night, term: Term, due_ms: int) -> int | None:
    """Give the item by which the table of roles shows the new holder."""
    opened = night.first("doc.opened", where=lambda item: item.t_ms <= due_ms)
    if opened is not None:
        return opened.n
    item = night.first(
        "doc.edited",
        "update.sent",
        where=lambda item: (
            term.from_ms <= item.t_ms <= due_ms and (item.about == "roles" or _claims_lead(item))
        ),
    )
    return item.n if item else None


def _said_coaching(night: Night, level: Level, said: Sequence[Said], never: Sequence[str]) -> str:
    move = "say in one line on the channel who leads from now, let that person confirm, and write it down"
    if never and level != "met":
        return coach("HND-4", due_seen(night), f"The team never handed {ROLES[never[0]]} over", move)
    worst = min(said, key=lambda one: RANK[one.level])
    seen = f"At {night.said(worst.term.from_ms)}, {ROLES[worst.role]} came into other hands"
    if level == "met":
        return coach("HND-4", seen, "The team said aloud who leads, and it was confirmed")
    if worst.aloud is None:
        return coach("HND-4", seen, "The team did not say on the channel who leads from then", move)
    if worst.confirmed is None:
        return coach(
            "HND-4", seen, "The team said who leads, and nothing came back from the new holder", move
        )
    return coach("HND-4", seen, "The team said who leads, and no table of roles showed it", move)
