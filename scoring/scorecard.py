"""The scorecard: every line with its evidence, eight bands, outcomes, the story; no single grade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from drills.record import Record
from scenarios import Scenario
from scoring import setting as settings
from scoring.bands import Band, band_of
from scoring.beats import Beat, beats
from scoring.catalogue import CatalogueLine, dimensions, lines
from scoring.levels import Judgement
from scoring.outcomes import CAUTIONS, Outcomes, outcomes
from scoring.panel import Failing, Trait, failings, traits
from scoring.practices import judge
from scoring.reading import Night
from scoring.sentences import EvidenceRow, evidence_rows
from scoring.setting import Setting
from scoring.story import Story, story

RULES_VERSION = "1"


@dataclass(frozen=True)
class ScoredLine:
    """A line of the catalogue with what this drill showed of it."""

    line: CatalogueLine
    judgement: Judgement

    def as_json(self) -> dict[str, Any]:
        """Give it as plain data."""
        judged = self.judgement
        window = judged.window
        return {
            "id": self.line.id,
            "level": judged.level,
            "reason": judged.reason,
            "opportunities": judged.opportunities,
            "evidence": list(judged.evidence),
            "window": {"from_ms": window.from_ms, "to_ms": window.to_ms} if window else None,
            "numbers": dict(judged.numbers),
            "coaching": judged.coaching,
        }


@dataclass(frozen=True)
class Scorecard:
    """What one drill showed.

    Args:
        lines: all lines of the catalogue in order, built or not.
        bands: the eight dimensions with band and counts.
        cautions: a sentence printed beside each outcome.
        story: the picture to agree on before judging.
    """

    record: Record
    setting: Setting
    record_sha256: str
    beats: tuple[Beat, ...]
    outcomes: Outcomes
    traits: Mapping[str, Trait]
    failings: Mapping[str, Failing]
    bands: tuple[Band, ...]
    lines: tuple[ScoredLine, ...]
    story: Story
    rules_version: str = RULES_VERSION

    @property
    def cautions(self) -> Mapping[str, str]:
        """A sentence to print beside each outcome."""
        return CAUTIONS

    def line(self, id_: str) -> ScoredLine:
        """Give one line by its id."""
        return next(scored for scored in self.lines if scored.line.id == id_)

    def of_dimension(self, id_: str) -> tuple[ScoredLine, ...]:
        """Give the lines of a dimension, in order."""
        return tuple(scored for scored in self.lines if scored.line.dimension == id_)

    def rows(self, ns: Iterable[int]) -> list[EvidenceRow]:
        """Give evidence as rows for people: time, who, sentence."""
        return evidence_rows(self.record, ns, self.setting)

    def as_json(self) -> dict[str, Any]:
        """Give the scorecard as JSON; the same for the same record. Times are those of the story."""
        record = self.record
        return {
            "scenario": self.setting.id,
            "title": self.setting.title,
            "seed": record.header.seed,
            "team": record.team,
            "speeds": [stretch.as_json() for stretch in record.speeds],
            "started": self.setting.story(0),
            "ended": self.setting.story(record.ended_ms),
            "end_reason": record.end_reason,
            "engine_version": record.header.engine_version,
            "rules_version": self.rules_version,
            "beats": [beat.as_json() for beat in self.beats],
            "outcomes": self.outcomes.as_json(),
            "traits": dict(self.traits),
            "failings": dict(self.failings),
            "dimensions": [
                {
                    "id": band.id,
                    "name": band.name,
                    "band": band.band,
                    "met": band.met,
                    "partly": band.partly,
                    "missed": band.missed,
                    "not_tested": band.not_tested,
                }
                for band in self.bands
            ],
            "practices": [scored.as_json() for scored in self.lines],
            "journal_sha256": record.journal_sha256,
            "record_sha256": self.record_sha256,
        }


def scorecard(record: Record, scenario: Scenario) -> Scorecard:
    """Score a drill.

    Args:
        record: what happened, from `drills.replay` or `drills.run_headless`.
        scenario: what was planned.
    """
    return score(record, settings.of(scenario))


def score(record: Record, setting: Setting) -> Scorecard:
    """Score a drill against a setting, without a scenario file."""
    night = Night(record, setting)
    judged = judge(night)
    return Scorecard(
        record=record,
        setting=setting,
        record_sha256=record.sha256(),
        beats=beats(night),
        outcomes=outcomes(night),
        traits=traits(judged),
        failings=failings(judged),
        bands=tuple(band_of(dimension, judged) for dimension in dimensions()),
        lines=tuple(ScoredLine(line, judged[id_]) for id_, line in lines().items()),
        story=story(night),
    )
