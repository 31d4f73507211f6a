"""Conditions of a script: at a time, after items of the record, when a metric crosses, or any of several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from drills.record import Item

if TYPE_CHECKING:
    from drills.engine import Engine
    from scenarios.schema.script import Condition, Match

MINUTE_MS = 60_000
COLUMNS = {"p99": "p99_ms", "index_lag_s": "lag_s"}


def matches(match: Match, item: Item) -> bool:
    """Whether an item is one of those a condition counts."""
    return match.hits(item.kind, item.about, item.data)


def present(match: Match | None, items: Sequence[Item]) -> bool:
    """Whether any such item is there already."""
    return match is not None and any(matches(match, item) for item in items)


class Watch:
    """One condition being watched; `due_ms` is set as soon as it is known when it holds."""

    def __init__(self, condition: Condition, engine: Engine) -> None:
        self._condition = condition
        self._engine = engine
        self._count = 0
        self._held_since_ms: int | None = None
        self._parts = [Watch(part, engine) for part in condition.any]
        self.due_ms: int | None = engine.scenario.at(condition.at) if condition.at else None

    def heard(self, item: Item) -> None:
        """Take an item of the record into account."""
        wanted = self._condition.after
        if wanted is not None and self.due_ms is None and matches(wanted, item):
            self._count += 1
            if self._count >= self._condition.count:
                self.due_ms = item.t_ms + self._condition.minutes * MINUTE_MS
        for part in self._parts:
            part.heard(item)

    def holds(self, now_ms: int) -> bool:
        """Whether the condition holds at a tick of the script."""
        if self._parts:
            return any(part.holds(now_ms) for part in self._parts)
        if self._condition.metric is not None:
            return self._metric_holds(now_ms)
        return self.due_ms is not None and now_ms >= self.due_ms

    def _metric_holds(self, now_ms: int) -> bool:
        value = metric_now(self._engine, str(self._condition.metric), self._condition.site)
        above, below = self._condition.above, self._condition.below
        crossed = value is not None and (
            (above is not None and value > above) or (below is not None and value < below)
        )
        if not crossed:
            self._held_since_ms = None
            return False
        if self._held_since_ms is None:
            self._held_since_ms = now_ms
        return now_ms - self._held_since_ms >= self._condition.for_min * MINUTE_MS


def metric_now(engine: Engine, metric: str, site: str | None) -> float | None:
    """Give a metric's value of the last full minute, or None before there is one."""
    if metric == "sla_left_frac":
        return _sla_left(engine)
    metrics = engine.world.metrics
    column = COLUMNS.get(metric, metric)
    name = f"{site}.{column}" if site else column
    return metrics.last(name) if name in metrics.names and len(metrics) else None


def _sla_left(engine: Engine) -> float | None:
    started, stopped = engine.board.sla.get("started"), engine.board.sla.get("stopped")
    if started is None or stopped is not None:
        return None
    due_ms = int(started.data["due_ms"])
    return (due_ms - engine.now_ms) / max(1, due_ms - started.t_ms)
