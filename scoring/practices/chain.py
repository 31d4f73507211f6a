"""D2, command and roles: one commander at a time, who commands and does nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from drills.record import Item
from scoring.levels import ELAPSED_TO_JUDGE, Judgement, Level, Window, not_tested
from scoring.moments import Mark
from scoring.practices.cases import end_of, window_limit
from scoring.practices.registry import practice
from scoring.practices.terms import (
    NO_CHANGE,
    Term,
    commanded,
    covered_ms,
    longest_gap,
    played_ms,
    reach_ms,
    reachable,
    terms,
    world_changes,
)
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.ribbons import Ribbon, exercised, who
from scoring.timing import CLICK_FLOOR_S, MIN_MS, Limit, duration, number

HELD_FOR_MET, HELD_FOR_PARTLY = 0.85, 0.60
OVERLAP_MIN = 2.0
AFTER_PASSING_ON_MS = 30 * MIN_MS
CONTRADICTS_WITHIN_MS = 10 * MIN_MS
ORDERS = ("task.assigned", "decision.made")
CHANGES_FOR_MET, CHANGES_FOR_PARTLY = 1, 3
LOOKS_FOR_MET, LOOKS_FOR_PARTLY = 0.10, 0.25
FEWEST_PEOPLE = 2


# --- CMD-2


@dataclass(frozen=True)
class Chain:
    """How command was held over a stretch of time.

    Args:
        parts: stretches in which the one who held it also commanded.
        share: part of the stretch so covered, 0..1.
        gap: begin and end of the longest time without.
        overlap_min: minutes in which the one before went on giving orders.
        against: pairs of orders to do one thing in two ways, from two people.
    """

    from_ms: int
    to_ms: int
    terms: tuple[Term, ...]
    parts: tuple[Ribbon, ...]
    share: float
    gap: tuple[int, int]
    overlap_min: float
    overlaps: tuple[int, ...]
    against: tuple[int, ...]


@practice("CMD-2")
def one_commander(night: Night) -> Judgement:
    """One commander at every moment.

    Called for by: the major trigger; counted from C after it until the incident is resolved.
    Met: for 85 % of that time exactly one person holds command and commands, which lasts 2U from each act of
        command; overlaps come to 2 min at most, and no two people order one thing in two ways within 10 min.
    Partly: 60 %.
    Missed: less, or nobody took command.
    Cannot see: orders given by voice in a room; two people who agree without an entry.
    Source: the article's "clear chain of command" and "no centralized command"; SRE book ch. 14.
    """
    major = night.moments.major
    if major is None or night.in_skip(major.t_ms):
        return not_tested("no trigger", finding="Nothing happened that called for a commander.")
    limit = _command_limit(night, major)
    from_ms = end_of(limit, major.t_ms)
    to_ms = night.moments.lifecycle_end_ms
    if to_ms - from_ms < ELAPSED_TO_JUDGE * night.setting.thresholds.update * MIN_MS:
        return not_tested(
            "no trigger" if night.moments.resolved else "cut short", evidence=night.shown(major)
        )
    chain = _chain(night, from_ms, to_ms)
    level = _chain_level(chain)
    if level != "met" and night.is_too_fast(limit, major.t_ms):
        return not_tested("too fast for people", evidence=night.shown(major))
    taken = [n for term in chain.terms for n in term.taken[:1]]
    return Judgement(
        level=level,
        opportunities=1,
        evidence=tuple(dict.fromkeys([*night.shown(major), *taken, *chain.overlaps, *chain.against])),
        window=Window(from_ms, to_ms),
        numbers=_chain_numbers(chain, limit),
        finding=_chain_finding(night, chain),
        coaching=_chain_coaching(night, major, level, chain),
    )


def _command_limit(night: Night, major: Mark) -> Limit:
    return window_limit(night, night.setting.thresholds.command, CLICK_FLOOR_S, major.t_ms, ["commander"])


def _chain(night: Night, from_ms: int, to_ms: int) -> Chain:
    held = terms(night, "commander")
    parts = commanded(night)
    whole_ms = played_ms(night, from_ms, to_ms)
    overlaps = [_overlap(night, before, after) for before, after in pairwise(held)]
    return Chain(
        from_ms=from_ms,
        to_ms=to_ms,
        terms=held,
        parts=parts,
        share=covered_ms(night, parts, from_ms, to_ms) / whole_ms if whole_ms else 0.0,
        gap=longest_gap([*parts, *_skipped(night)], from_ms, to_ms),
        overlap_min=round(sum(minutes for minutes, _ in overlaps), 1),
        overlaps=tuple(n for _, ns in overlaps for n in ns),
        against=_against(night, from_ms, to_ms),
    )


def _skipped(night: Night) -> list[Ribbon]:
    return [Ribbon(from_ms, to_ms, "skipped") for from_ms, to_ms in night.skips]


def _overlap(night: Night, before: Term, after: Term) -> tuple[float, tuple[int, ...]]:
    """Give how long the one before went on ordering from the seat of command, and the orders."""
    orders = [
        item
        for item in night.items(*ORDERS)
        if who(item) == before.person
        and item.seat == before.seat
        and (item.kind == "decision.made" or item.seat != "tech_lead")
        and after.from_ms < item.t_ms <= min(after.to_ms, after.from_ms + AFTER_PASSING_ON_MS)
    ]
    if not orders:
        return 0.0, ()
    return night.minutes(after.from_ms, orders[-1].t_ms), tuple(item.n for item in orders)


def _against(night: Night, from_ms: int, to_ms: int) -> tuple[int, ...]:
    """Give orders that contradict: one operation on one target in two ways, from two people."""
    orders = [
        item for item in night.items(*ORDERS) if item.data.get("operation") and from_ms <= item.t_ms <= to_ms
    ]
    found: list[int] = []
    for index, later in enumerate(orders):
        for earlier in orders[:index]:
            is_near = later.t_ms - earlier.t_ms <= CONTRADICTS_WITHIN_MS
            if is_near and who(earlier) != who(later) and _contradicts(earlier, later):
                found += [earlier.n, later.n]
    return tuple(dict.fromkeys(found))


def _contradicts(earlier: Item, later: Item) -> bool:
    if earlier.data["operation"] != later.data["operation"]:
        return False
    first, second = dict(earlier.data.get("params") or {}), dict(later.data.get("params") or {})
    names = ("site", "traffic_class", "service")
    same_target = all(first.get(name) == second.get(name) for name in names)
    return same_target and bool(first) and bool(second) and first != second


def _chain_level(chain: Chain) -> Level:
    is_clean = chain.overlap_min <= OVERLAP_MIN and not chain.against
    if chain.share >= HELD_FOR_MET and is_clean:
        return "met"
    return "partly" if chain.share >= HELD_FOR_PARTLY else "missed"


def _chain_numbers(chain: Chain, limit: Limit) -> Mapping[str, Any]:
    return {
        "limit_min": limit.asked_min,
        "allowed_min": round(limit.allowed_min, 1),
        "speed": round(limit.speed, 1),
        "share": round(chain.share, 3),
        "share_for_met": HELD_FOR_MET,
        "share_for_partly": HELD_FOR_PARTLY,
        "overlap_min": chain.overlap_min,
        "overlap_allowed_min": OVERLAP_MIN,
        "contradictions": len(chain.against) // 2,
        "commanders": len(chain.terms),
    }


def _chain_finding(night: Night, chain: Chain) -> str:
    gap_min = night.minutes(*chain.gap)
    without = f"; longest time without {duration(gap_min)}" if gap_min > 0 else ""
    return f"one commander for {number(100 * chain.share)} % of the time{without}"


def _chain_coaching(night: Night, major: Mark, level: Level, chain: Chain) -> str:
    seen = f"At {night.said(major.t_ms)}, {major.why}"
    if level == "met":
        return coach("CMD-2", seen, "The team had one commander from then to the end of the incident")
    if chain.share < HELD_FOR_MET:
        a, b = chain.gap
        return coach(
            "CMD-2",
            seen,
            f"The team had nobody who commanded between {night.said(a)} and {night.said(b)}",
            "whoever commands sets the next step once an hour, also while all wait, and names who is next",
        )
    return coach(
        "CMD-2",
        seen,
        "The team had two people who gave orders at the same time",
        "the one who passes command on says so, and sends further wishes to the new commander",
    )


# --- CMD-3


@dataclass(frozen=True)
class Hands:
    """What those who commanded did while they commanded."""

    acts: tuple[Item, ...]
    changes: tuple[Item, ...]
    looks: tuple[Item, ...]

    @property
    def look_share(self) -> float:
        """Part of the acts that were looks, 0..1."""
        return len(self.looks) / len(self.acts) if self.acts else 0.0


@practice("CMD-3")
def hands_off(night: Night) -> Judgement:
    """The commander commands, hands off the keyboard.

    Called for by: the major trigger, with two people who could be reached.
    Met: whoever commands changes the world once at most in the whole command, and looks at instruments in
        10 % of the acts, or once.
    Partly: two or three changes, or up to 25 % looks.
    Missed: more; or nobody commanded though it was called for, and a commander in name alone is nobody.
    Cannot see: who really typed where two people share a seat.
    Source: the article's "take command while he continues troubleshooting" and "extreme focus on the
        technical side"; PagerDuty, the commander takes on no other role.
    """
    major = night.moments.major
    if major is None or night.in_skip(major.t_ms) or reachable(night) < FEWEST_PEOPLE:
        return not_tested("no trigger", finding="Nothing happened that called for a commander of its own.")
    limit = _command_limit(night, major)
    if night.cut_short(major.t_ms, limit.allowed_min):
        return not_tested("cut short", evidence=night.shown(major))
    held = _commanding(night, major)
    if not held:
        if night.is_too_fast(limit, major.t_ms):
            return not_tested("too fast for people", evidence=night.shown(major))
        return _no_hands(night, major, limit)
    hands = _hands(night, held)
    level = _hands_level(hands)
    taken = tuple(term.taken[0] for term in held)
    shown = [*hands.changes, *(hands.looks if level != "met" else ())]
    return Judgement(
        level=level,
        opportunities=1,
        evidence=tuple(dict.fromkeys([*night.shown(major), *taken, *(item.n for item in shown)])),
        window=Window(major.t_ms, held[-1].to_ms),
        numbers=_hands_numbers(hands),
        finding=f"{len(hands.changes)} changes and {len(hands.looks)} looks in {len(hands.acts)} acts",
        coaching=_hands_coaching(night, major, level, hands),
    )


def _commanding(night: Night, major: Mark) -> tuple[Term, ...]:
    """Give the terms of command after the trigger in which somebody also commanded."""
    commands = night.command_acts
    return tuple(
        term
        for term in terms(night, "commander")
        if term.to_ms > major.t_ms and exercised(term.as_hold(), commands, reach_ms(night, term))
    )


def _hands(night: Night, held: Sequence[Term]) -> Hands:
    def in_command(item: Item) -> bool:
        return any(who(item) == term.person and term.from_ms <= item.t_ms < _end(term) for term in held)

    acts = [item for item in night.acts if in_command(item)]
    changed = {item.n for item in world_changes(night)}
    return Hands(
        acts=tuple(acts),
        changes=tuple(item for item in acts if item.n in changed),
        looks=tuple(item for item in acts if _looks(item)),
    )


def _end(term: Term) -> int:
    return max(term.to_ms, term.from_ms + 1)


def _looks(item: Item) -> bool:
    return item.kind == "look.taken" or (
        item.kind == "operation.started" and item.data.get("operation") in NO_CHANGE
    )


def _hands_level(hands: Hands) -> Level:
    changed, looked = len(hands.changes), len(hands.looks)
    if changed <= CHANGES_FOR_MET and (looked <= 1 or hands.look_share <= LOOKS_FOR_MET):
        return "met"
    if changed <= CHANGES_FOR_PARTLY and (looked <= 1 or hands.look_share <= LOOKS_FOR_PARTLY):
        return "partly"
    return "missed"


def _hands_numbers(hands: Hands) -> Mapping[str, Any]:
    return {
        "changes": len(hands.changes),
        "changes_for_met": CHANGES_FOR_MET,
        "changes_for_partly": CHANGES_FOR_PARTLY,
        "looks": len(hands.looks),
        "look_share": round(hands.look_share, 3),
        "look_share_for_met": LOOKS_FOR_MET,
        "look_share_for_partly": LOOKS_FOR_PARTLY,
        "acts": len(hands.acts),
    }


def _hands_coaching(night: Night, major: Mark, level: Level, hands: Hands) -> str:
    seen = f"At {night.said(major.t_ms)}, {major.why}"
    if level == "met":
        return coach("CMD-3", seen, "The team kept the commander's hands free from then on")
    return coach(
        "CMD-3",
        seen,
        f"The team had {len(hands.changes)} changes and {len(hands.looks)} looks done by whoever commanded",
        "give one of the two jobs to somebody else, and ask that person for what the screen shows",
    )


def _no_hands(night: Night, major: Mark, limit: Limit) -> Judgement:
    nominal = next((term for term in terms(night, "commander") if term.to_ms > major.t_ms), None)
    to_ms = min(night.end_ms, end_of(limit, major.t_ms, times=2))
    return Judgement(
        level="missed",
        opportunities=1,
        evidence=(*night.shown(major), *(nominal.taken[:1] if nominal else ())),
        window=Window(major.t_ms, max(to_ms, major.t_ms)),
        numbers={
            **_hands_numbers(Hands((), (), ())),
            "limit_min": limit.asked_min,
            "nominal": nominal is not None,
        },
        finding="nobody commanded" if nominal is None else "a commander in name: nothing was commanded",
        coaching=coach(
            "CMD-3",
            f"At {night.said(major.t_ms)}, {major.why}",
            "The team had hands on the keyboard and nobody who commanded",
            "one person lets go of the keyboard, takes command and gives the work to others",
        ),
    )
