"""The band of a dimension over its tested lines, with its counts; never a grade of the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scoring.catalogue import Dimension
from scoring.levels import VALUE, Judgement, Level

BandName = Literal["Solid", "Growing", "Thin", "Too little seen"]
SOLID_FROM, GROWING_FROM = 0.8, 0.5
TESTED_SHARE = 1 / 3
FEWEST_TESTED = 2


@dataclass(frozen=True)
class Band:
    """A dimension's band and counts.

    Args:
        strength: id of the line to build on, "" when none was met.
        area: id of the line to work on, "" when none fell short.
    """

    id: str
    name: str
    band: BandName
    met: int
    partly: int
    missed: int
    not_tested: int
    strength: str = ""
    area: str = ""

    def counts(self) -> str:
        """Give the counts in words: "4 met, 2 partly, 2 not tested"."""
        found = (
            ("met", self.met),
            ("partly", self.partly),
            ("missed", self.missed),
            ("not tested", self.not_tested),
        )
        return ", ".join(f"{count} {word}" for word, count in found if count)


def band_of(dimension: Dimension, judged: Mapping[str, Judgement]) -> Band:
    """Give the band of a dimension: r = sum / 2n over its tested lines."""
    levels = {line.id: judged[line.id].level for line in dimension.lines}
    tested = [level for level in levels.values() if level != "not_tested"]
    core_missed = any(line.core and levels[line.id] == "missed" for line in dimension.lines)
    return Band(
        id=dimension.id,
        name=dimension.name,
        band=_band(tested, len(levels), core_missed=core_missed),
        met=_count(levels, "met"),
        partly=_count(levels, "partly"),
        missed=_count(levels, "missed"),
        not_tested=_count(levels, "not_tested"),
        strength=_pick(dimension, levels, ("met",)),
        area=_pick(dimension, levels, ("missed", "partly")),
    )


def _band(tested: Sequence[Level], of: int, *, core_missed: bool) -> BandName:
    if len(tested) < FEWEST_TESTED or len(tested) < of * TESTED_SHARE:
        return "Too little seen"
    mean = sum(VALUE[level] for level in tested) / len(tested)
    if mean >= SOLID_FROM and not core_missed:
        return "Solid"
    return "Growing" if mean >= GROWING_FROM else "Thin"


def _count(levels: Mapping[str, Level], wanted: Level) -> int:
    return sum(level == wanted for level in levels.values())


def _pick(dimension: Dimension, levels: Mapping[str, Level], wanted: tuple[Level, ...]) -> str:
    """Give the first line at the first of some levels, core lines before others."""
    ranked = sorted(dimension.lines, key=lambda line: not line.core)
    return next((line.id for level in wanted for line in ranked if levels[line.id] == level), "")
