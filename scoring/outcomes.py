"""What came of the night: numbers from the world and the journal, never mixed with levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scoring.moments import Mark
from scoring.practices.cadence import cadence
from scoring.reading import Night
from scoring.timing import MIN_MS

CAUTIONS: Mapping[str, str] = {
    "failed_requests": "Night traffic is light; by day it would weigh more.",
    "failed_frac": "Of all first attempts; what was refused on purpose is not in it.",
    "outage_min": "One night, one seed.",
    "degraded_min": "One night, one seed.",
    "total_outage": "Luck and process are two things.",
    "sites_lost": "Each site once, however often it fell.",
    "cost_usd": "Down hours at a survey's range, by share of users; an order of magnitude.",
    "error_budget_burned_pct": "Against a month's allowance; over 100 % more than a month is gone.",
    "sla_breached": "By the scenario's own promise.",
    "detect_min": "One drill has one value; a mean needs a campaign.",
    "acknowledge_min": "Mean over pages; one never acknowledged counts to the end of the drill.",
    "command_min": "From the major trigger.",
    "first_notice_min": "From the major trigger to the first update to a prepared list.",
    "mitigate_min": "What users feel; read this before time to resolve.",
    "resolve_min": "Durations are skewed and not tied to severity: compare like with like, point by point.",
    "max_silence_min": "The longest time in which the list heard nothing that says something.",
}


@dataclass(frozen=True)
class Outcomes:
    """The outcome table; None means it never happened."""

    failed_requests: int
    failed_frac: float
    outage_min: float
    degraded_min: float
    total_outage: bool
    sites_lost: int
    cost_low_usd: int
    cost_high_usd: int
    error_budget_burned_pct: float
    sla_breached: bool
    detect_min: float | None
    acknowledge_min: float | None
    command_min: float | None
    first_notice_min: float | None
    mitigate_min: float | None
    resolve_min: float | None
    max_silence_min: float | None

    def as_json(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "failed_requests": self.failed_requests,
            "failed_frac": self.failed_frac,
            "outage_min": self.outage_min,
            "degraded_min": self.degraded_min,
            "total_outage": self.total_outage,
            "sites_lost": self.sites_lost,
            "cost_usd": {"low": self.cost_low_usd, "high": self.cost_high_usd},
            "error_budget_burned_pct": self.error_budget_burned_pct,
            "sla_breached": self.sla_breached,
            "detect_min": self.detect_min,
            "acknowledge_min": self.acknowledge_min,
            "command_min": self.command_min,
            "first_notice_min": self.first_notice_min,
            "mitigate_min": self.mitigate_min,
            "resolve_min": self.resolve_min,
            "max_silence_min": self.max_silence_min,
        }


def outcomes(night: Night) -> Outcomes:
    """Work out the outcome table of a drill."""
    marks = night.moments
    failed, fresh, unserved_min = _traffic(night)
    notice = night.first(
        "update.sent",
        where=lambda item: (
            night.setting.is_qualified(item.about) and (marks.onset is None or item.t_ms >= marks.onset.t_ms)
        ),
    )
    return Outcomes(
        failed_requests=round(failed),
        failed_frac=round(failed / fresh, 6) if fresh else 0.0,
        outage_min=_minutes_at(night, "down"),
        degraded_min=_minutes_at(night, "degraded"),
        total_outage=bool(night.items("total_outage.began")),
        sites_lost=len(marks.outs),
        cost_low_usd=round(unserved_min / 60 * night.setting.cost_low_usd),
        cost_high_usd=round(unserved_min / 60 * night.setting.cost_high_usd),
        error_budget_burned_pct=round(100 * unserved_min / night.setting.budget_min, 1),
        sla_breached=bool(night.items("sla.breached")),
        detect_min=_between(marks.onset, marks.aware),
        acknowledge_min=_acknowledge_min(night),
        command_min=_between(marks.major, marks.command),
        first_notice_min=_between(marks.major, Mark(notice.t_ms, notice.n) if notice else None),
        mitigate_min=_between(marks.onset, marks.mitigated),
        resolve_min=_between(marks.aware, marks.resolved),
        max_silence_min=_max_silence_min(night),
    )


def _between(start: Mark | None, end: Mark | None) -> float | None:
    if start is None or end is None:
        return None
    return round(max(0, end.t_ms - start.t_ms) / MIN_MS, 1)


def _traffic(night: Night) -> tuple[float, float, float]:
    """Give failed and fresh first attempts from t = 0, and minutes unserved by the share of users."""
    columns = night.record.metrics
    failed_sum = fresh_sum = unserved_min = 0.0
    rows = zip(columns.get("t_ms", ()), columns.get("fresh", ()), columns.get("failed", ()), strict=False)
    for t_ms, fresh, failed in rows:
        if t_ms <= 0 or fresh <= 0:
            continue
        failed_sum += failed
        fresh_sum += fresh
        unserved_min += min(1.0, failed / fresh)
    return failed_sum, fresh_sum, unserved_min


def _minutes_at(night: Night, level: str) -> float:
    total_ms = sum(part.to_ms - max(0, part.from_ms) for part in night.levels if part.state == level)
    return round(total_ms / MIN_MS, 1)


def _acknowledge_min(night: Night) -> float | None:
    """Give the mean time from a page to its acknowledgement; one without counts to the end of the drill."""
    acknowledged = {item.about: item.t_ms for item in night.items("page.acknowledged")}
    passed_on = {item.about for item in night.items("page.passed_on")}
    waits = [
        acknowledged.get(item.about, night.end_ms) - item.t_ms
        for item in night.items("page.rang")
        if item.data.get("alert") and (item.about in acknowledged or item.about not in passed_on)
    ]
    return round(sum(waits) / len(waits) / MIN_MS, 1) if waits else None


def _max_silence_min(night: Night) -> float | None:
    major = night.moments.major
    if major is None:
        return None
    return cadence(night, major.t_ms, night.moments.lifecycle_end_ms, human=False).longest_silence_min
