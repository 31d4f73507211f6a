"""D2, command and roles: who commands, who operates, who communicates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from drills.record import Item
from scoring.levels import Judgement, Level, Window, not_tested
from scoring.moments import Mark
from scoring.practices.cases import end_of, window_limit
from scoring.practices.registry import practice
from scoring.practices.terms import Term, covered_ms, played_ms, reach_ms, reachable, terms
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.ribbons import Ribbon, exercised
from scoring.timing import CLICK_FLOOR_S, MIN_MS, Limit

ROLES: Mapping[str, str] = {
    "commander": "command",
    "tech_lead": "the technical lead",
    "communications": "communication",
}
TECHNICAL = (
    "look.taken",
    "operation.started",
    "operation.cancelled",
    "hypothesis.recorded",
    "hypothesis.ruled_out",
    "hypothesis.confirmed",
    "proposal.made",
    "task.acknowledged",
    "task.reported",
    "runbook.step_ticked",
)
TELLING = ("update.sent", "question.answered")
EXERCISED_SHARE = 0.5
TWO_PEOPLE, THREE_PEOPLE = 2, 3


@dataclass(frozen=True)
class Exercise:
    """How one role was filled while it was needed.

    Args:
        share: part of the time in which an act of the role was at most 2U ago, 0..1.
        is_in_time: whether it was exercised by 2C after the trigger.
    """

    role: str
    held: tuple[tuple[Term, tuple[Ribbon, ...]], ...]
    share: float
    is_in_time: bool

    @property
    def is_filled(self) -> bool:
        """Exercised in time, for half of the time at least."""
        return self.is_in_time and self.share >= EXERCISED_SHARE

    @property
    def taken(self) -> tuple[int, ...]:
        """Items by which it was taken."""
        return tuple(term.taken[0] for term, parts in self.held if term.taken and parts)


@practice("ROL-1")
def separate_roles(night: Night) -> Judgement:
    """Roles filled, and by different people.

    Called for by: the major trigger, with two people who could be reached; from there until users are served.
    Met: command, the technical lead and communication are each in other hands within 2C, and exercised for
        half of that time: an act of the role was at most 2U ago. With two people: one commands and
        communicates, the other operates.
    Partly: command and one of the others; or all three named and two of them exercised.
    Missed: fewer, or one person in two of the roles for more than half of the time.
    Cannot see: work done without an entry. Whoever sits in the seat of tech lead or communications holds that
        role until somebody takes it; command has to be taken.
    Source: the article's seven roles and "separation of responsibilities"; SRE book ch. 14.
    """
    major = night.moments.major
    people = reachable(night)
    if major is None or night.in_skip(major.t_ms):
        return not_tested("no trigger", finding="Nothing happened that called for separate roles.")
    if people < TWO_PEOPLE:
        return not_tested("role unfilled by design", evidence=night.shown(major))
    asked_min = 2 * night.setting.thresholds.command
    limit = window_limit(night, asked_min, CLICK_FLOOR_S, major.t_ms, tuple(ROLES))
    if night.cut_short(major.t_ms, limit.allowed_min):
        return not_tested("cut short", evidence=night.shown(major))
    from_ms, to_ms = _needed(night, major, limit)
    found = [_exercise(night, role, from_ms, to_ms) for role in ROLES]
    doubled = _doubled(night, found, from_ms, to_ms) if people >= THREE_PEOPLE else ()
    level = _level(found, doubled, people)
    if level != "met" and night.is_too_fast(limit, major.t_ms):
        return not_tested("too fast for people", evidence=night.shown(major))
    return Judgement(
        level=level,
        opportunities=1,
        evidence=tuple(dict.fromkeys([*night.shown(major), *(n for one in found for n in one.taken)])),
        window=Window(major.t_ms, max(to_ms, major.t_ms)),
        numbers={
            "limit_min": limit.asked_min,
            "allowed_min": round(limit.allowed_min, 1),
            "speed": round(limit.speed, 1),
            "share_needed": EXERCISED_SHARE,
            **{f"{one.role}_share": round(one.share, 3) for one in found},
            "doubled": len(doubled),
        },
        finding=_finding(found, doubled),
        coaching=_coaching(night, major, level, found, doubled),
    )


def _needed(night: Night, major: Mark, limit: Limit) -> tuple[int, int]:
    """Give the time in which all roles are needed: from the limit until users are served, 2U at least."""
    from_ms = end_of(limit, major.t_ms)
    served = night.moments.mitigated
    least_ms = from_ms + round(2 * night.setting.thresholds.update * MIN_MS)
    to_ms = max(served.t_ms, least_ms) if served else night.end_ms
    from_ms = min(from_ms, night.end_ms)
    return from_ms, max(from_ms, min(to_ms, night.end_ms))


def _exercise(night: Night, role: str, from_ms: int, to_ms: int) -> Exercise:
    acts = _acts(night, role)
    held = tuple(
        (term, exercised(term.as_hold(), acts, reach_ms(night, term))) for term in terms(night, role)
    )
    parts = [part for _, own in held for part in own]
    whole_ms = played_ms(night, from_ms, to_ms)
    return Exercise(
        role=role,
        held=held,
        share=covered_ms(night, parts, from_ms, to_ms) / whole_ms if whole_ms else float(bool(parts)),
        is_in_time=any(part.from_ms <= from_ms for part in parts),
    )


def _acts(night: Night, role: str) -> tuple[Item, ...]:
    if role == "commander":
        return night.command_acts
    kinds = TECHNICAL if role == "tech_lead" else TELLING
    return tuple(item for item in night.acts if item.kind in kinds)


def _doubled(night: Night, found: Sequence[Exercise], from_ms: int, to_ms: int) -> tuple[str, ...]:
    """Give the roles that one person held and exercised together for more than half of the time."""
    whole_ms = played_ms(night, from_ms, to_ms)
    for first, second in combinations(found, 2):
        both_ms = sum(
            covered_ms(night, [_common(a, b)], from_ms, to_ms)
            for term, parts in first.held
            for other, others in second.held
            if term.person == other.person
            for a in parts
            for b in others
        )
        if whole_ms and both_ms > EXERCISED_SHARE * whole_ms:
            return (first.role, second.role)
    return ()


def _common(a: Ribbon, b: Ribbon) -> Ribbon:
    from_ms = max(a.from_ms, b.from_ms)
    return Ribbon(from_ms, max(from_ms, min(a.to_ms, b.to_ms)), a.state)


def _level(found: Sequence[Exercise], doubled: Sequence[str], people: int) -> Level:
    filled = [one.role for one in found if one.is_filled]
    if people < THREE_PEOPLE:
        return "met" if {"commander", "tech_lead"} <= set(filled) else "partly" if filled else "missed"
    if doubled:
        return "missed"
    if len(filled) == len(ROLES):
        return "met"
    named = all(one.held for one in found)
    if len(filled) == TWO_PEOPLE and ("commander" in filled or named):
        return "partly"
    return "missed"


def _finding(found: Sequence[Exercise], doubled: Sequence[str]) -> str:
    filled = [ROLES[one.role] for one in found if one.is_filled]
    text = f"{len(filled)} of {len(found)} roles exercised"
    return f"{text}; one person in two of them" if doubled else text


def _coaching(
    night: Night, major: Mark, level: Level, found: Sequence[Exercise], doubled: Sequence[str]
) -> str:
    seen = f"At {night.said(major.t_ms)}, {major.why}"
    if level == "met":
        return coach("ROL-1", seen, "The team had command, repair and communication in separate hands")
    if doubled:
        first, second = (ROLES[role] for role in doubled)
        return coach(
            "ROL-1",
            seen,
            f"The team had {first} and {second} in the same hands",
            "give one of the two to somebody who is free, and say so on the channel",
        )
    lacking = next(ROLES[one.role] for one in found if not one.is_filled)
    return coach(
        "ROL-1",
        seen,
        f"The team had nobody who exercised {lacking}",
        f"name one person for {lacking} in the first minutes, and let that be the only job",
    )
