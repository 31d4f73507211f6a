"""Lines with several opportunities: each judged on its own, then joined into one judgement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scoring.levels import RANK, Judgement, Level, Window, mean_level, not_tested
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.timing import MIN_MS, Limit


@dataclass(frozen=True)
class Words:
    """What is said of one opportunity.

    Args:
        seen, did, move: parts of the coaching text; `move` is left out where the line is met.
        finding: what the record shows, in a few words.
    """

    seen: str
    did: str
    move: str
    finding: str


@dataclass(frozen=True)
class Case:
    """One opportunity and what came of it.

    Args:
        level: `not_tested` where people could not have been quick enough.
        limit: the limit in force for this opportunity.
        is_cut: whether the drill ended before its window had mostly passed.
    """

    level: Level
    evidence: tuple[int, ...]
    window: Window
    limit: Limit
    words: Words
    numbers: Mapping[str, Any] = field(default_factory=dict)
    is_cut: bool = False


def window_limit(night: Night, asked_min: float, floor_s: float, from_ms: int, roles: Sequence[str]) -> Limit:
    """Give a limit that depends on the pace played and on who holds the roles, not on the act.

    Were it counted to the act, leaving out an early act could lend more time to a later one.
    """
    return night.limit(
        asked_min,
        floor_s,
        from_ms,
        from_ms + round(asked_min * MIN_MS),
        human=night.is_held_by_human(roles),
    )


def end_of(limit: Limit, from_ms: int, times: float = 1.0) -> int:
    """Give the moment at which a limit, or a multiple of it, is over."""
    return from_ms + round(times * limit.allowed_min * MIN_MS)


def joined(line: str, cases: Sequence[Case], noun: str) -> Judgement:
    """Join opportunities: the mean of their levels, told by the worst of them, or by the first that was met.

    Args:
        noun: what is counted, such as "troubles".
    """
    tested = [case for case in cases if case.level != "not_tested"]
    if not tested:
        return not_tested(
            "too fast for people", evidence=tuple(dict.fromkeys(n for case in cases for n in case.evidence))
        )
    level = mean_level([case.level for case in tested])
    shown = (max if level == "met" else min)(tested, key=lambda case: RANK[case.level])
    met, said = sum(case.level == "met" for case in tested), shown.words
    return Judgement(
        level=level,
        opportunities=len(tested),
        evidence=tuple(dict.fromkeys(n for case in tested for n in case.evidence)),
        window=Window(min(case.window.from_ms for case in tested), max(case.window.to_ms for case in tested)),
        numbers={
            "limit_min": shown.limit.asked_min,
            "allowed_min": round(shown.limit.allowed_min, 1),
            "speed": round(shown.limit.speed, 1),
            "opportunities": len(tested),
            "met": met,
            **shown.numbers,
        },
        finding=f"{met} of {len(tested)} {noun}; {said.finding}",
        coaching=coach(line, said.seen, said.did, "" if level == "met" else said.move),
    )
