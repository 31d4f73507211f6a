"""Conditions of a script: at a time, after items of the record, when a metric crosses, or any of several.

A condition tells by itself when it holds: times and items wake it, and only a metric is looked at again and
again. So a long script costs nothing while nothing happens.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from drills.record import Item

if TYPE_CHECKING:
    from drills.engine import Engine
    from scenarios.schema.script import Condition, Match

MINUTE_MS = 60_000
LOOK_EVERY_MS = 30_000
COLUMNS = {"p99": "p99_ms", "index_lag_s": "lag_s"}

Came = Callable[[Item | None], None]
"""Called once, when a condition holds, with the item that brought it on, if one did."""


class Ears:
    """Who waits for which kind of item; the director lets every item of the record pass here once."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Callable[[Item], None]]] = {}

    def hear(self, kind: str, hearer: Callable[[Item], None]) -> None:
        """Have a function called with every item of a kind, in the order in which they were asked for."""
        self._waiting.setdefault(kind, []).append(hearer)

    def heard(self, item: Item) -> None:
        """Pass an item on to those who wait for its kind."""
        for hearer in self._waiting.get(item.kind, ()):
            hearer(item)


class Sighting:
    """Whether an item that matches was there already, and when last."""

    def __init__(self, match: Match | None, ears: Ears, then: Callable[[Item], None] | None = None) -> None:
        self._match = match
        self._then = then
        self.last: Item | None = None
        if match is not None:
            ears.hear(match.kind, self._heard)

    def _heard(self, item: Item) -> None:
        if self._match is not None and self._match.hits(item.kind, item.about, item.data):
            self.last = item
            if self._then is not None:
                self._then(item)


class Watch:
    """One condition being watched; `came` is called once, at a tick of the script at which it holds.

    Attributes:
        condition: what is watched.
        count: items so far that match its `after`.
        due_ms: the time at which it holds, once that is known.
        parts: the conditions of its `any`.
    """

    def __init__(self, condition: Condition, engine: Engine, ears: Ears, came: Came) -> None:
        self.condition = condition
        self._engine = engine
        self._came = came
        self.count = 0
        self.due_ms: int | None = None
        self._over = False
        self._held_since_ms: int | None = None
        self._earliest_ms = engine.scenario.at(condition.not_before) if condition.not_before else 0
        self.parts = tuple(Watch(part, engine, ears, self._hold) for part in condition.any)
        if condition.at is not None:
            self._at(engine.scenario.at(condition.at), None)
        if condition.after is not None:
            Sighting(condition.after, ears, self._counted)
        if condition.metric is not None:
            engine.at(0, lambda: self._look(None))

    def _at(self, t_ms: int, cause: Item | None) -> None:
        due_ms = self.due_ms = max(t_ms, self._earliest_ms)
        self._engine.at(due_ms, lambda: self._look(cause))

    def _counted(self, item: Item) -> None:
        self.count += 1
        if self.count == self.condition.count:
            self._at(item.t_ms + self.condition.minutes * MINUTE_MS, item)

    def _look(self, cause: Item | None) -> None:
        if self.condition.metric is None or self._metric_holds():
            self._hold(cause)
        elif not self._over:
            self._engine.at(self._engine.now_ms + LOOK_EVERY_MS, lambda: self._look(None))

    def _hold(self, cause: Item | None) -> None:
        if self._over:
            return
        if self._engine.now_ms < self._earliest_ms:
            self._at(self._earliest_ms, cause)
            return
        self._over = True
        self._came(cause)

    def _metric_holds(self) -> bool:
        value = metric_now(self._engine, str(self.condition.metric), self.condition.site)
        above, below = self.condition.above, self.condition.below
        crossed = value is not None and (
            (above is not None and value > above) or (below is not None and value < below)
        )
        if not crossed:
            self._held_since_ms = None
            return False
        now_ms = self._engine.now_ms
        if self._held_since_ms is None:
            self._held_since_ms = now_ms
        return now_ms - self._held_since_ms >= self.condition.for_min * MINUTE_MS


def metric_now(engine: Engine, metric: str, site: str | None) -> float | None:
    """Give a metric's value of the last full minute; None before there is one, or when the world has none."""
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
