"""What a practice answers: a level with its evidence, never a grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Level = Literal["met", "partly", "missed", "not_tested"]
Reason = Literal[
    "",
    "no trigger",
    "no instrument",
    "cut short",
    "out of scope",
    "role unfilled by design",
    "parent missed",
    "too fast for people",
]

VALUE: Mapping[Level, float] = {"met": 1.0, "partly": 0.5, "missed": 0.0}
RANK: Mapping[Level, int] = {"met": 3, "partly": 2, "missed": 1, "not_tested": 0}
MET_FROM = 0.8
PARTLY_FROM = 0.4
ELAPSED_TO_JUDGE = 0.8


@dataclass(frozen=True)
class Window:
    """The time in which a practice was called for."""

    from_ms: int
    to_ms: int


@dataclass(frozen=True)
class Judgement:
    """What one practice says about one drill.

    Args:
        reason: why a line was not tested; "" otherwise.
        opportunities: how often the world called for the practice.
        evidence: indexes of record items: what earned the level, or what called for it.
        numbers: the numbers used, with the thresholds in force.
        finding: what the record shows, in a few words.
        coaching: one or two sentences with the team as subject; a level below met carries a next move.
    """

    level: Level
    reason: Reason = ""
    opportunities: int = 0
    evidence: tuple[int, ...] = ()
    window: Window | None = None
    numbers: Mapping[str, Any] = field(default_factory=dict)
    finding: str = ""
    coaching: str = ""


def not_tested(
    reason: Reason, *, finding: str = "", evidence: Sequence[int] = (), window: Window | None = None
) -> Judgement:
    """Give a line that nothing called for, or that could not be judged."""
    return Judgement("not_tested", reason, 0, tuple(evidence), window, {}, finding)


def same(level: Level, count: int) -> list[Level]:
    """Give one level several times."""
    return [level] * count


def mean_level(levels: Sequence[Level]) -> Level:
    """Give the level of several opportunities: mean of met 1, partly 1/2, missed 0; met from 0.8."""
    if not levels:
        return "not_tested"
    mean = sum(VALUE[level] for level in levels) / len(levels)
    return "met" if mean >= MET_FROM else "partly" if mean >= PARTLY_FROM else "missed"


def best(judgements: Sequence[Judgement]) -> Judgement:
    """Give the highest of several judgements of the same opportunity; the first of equals."""
    return max(judgements, key=lambda judgement: RANK[judgement.level])
