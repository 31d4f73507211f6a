"""Log lines, generated from the state's history.

Nothing is stored: the happenings and the metrics of a minute make its lines, so the same run always has the
same lines. Equal lines of a minute are one line with a count.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.faults.memory_leak import MemoryLeak
from simulator.happenings import Happening

if TYPE_CHECKING:
    from simulator.world import World

_CHUNK_MS = 600_000
_HEAP_GB = 24.0
_HEAP_SHOWN_FROM = 0.55
_SLOW_MS = 2000.0
_COLD_BELOW = 0.80
_ROUTINE: Mapping[str, str] = {
    "edge": "GET / 200",
    "web": "GET /order 200",
    "search": "query answered",
    "basket": "basket saved",
    "checkout": "order placed",
    "login": "session renewed",
    "stock": "stock read",
    "data": "read answered",
}


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line, or several equal ones of the same minute counted together.

    Args:
        level: `INFO`, `WARN` or `ERROR`.
        source: id of the service that wrote it, or `edge`, `health`, `supervisor`, `deploy`.
        site: id of the site, None for the edge of all.
    """

    t_ms: int
    level: str
    source: str
    site: str | None
    text: str
    count: int = 1


def search(
    world: World,
    start_ms: int,
    end_ms: int,
    *,
    site: str | None,
    service: str | None,
    text: str | None,
    limit: int,
) -> list[LogLine]:
    """The newest `limit` lines of a stretch that match all that is asked for, oldest first."""
    words = (text or "").lower().split()
    first_ms = -int(world.plan.preroll_s) * 1000
    start_ms, end_ms = max(start_ms, first_ms), min(end_ms, world.now_ms)
    writer = _Writer(world)
    found: list[LogLine] = []
    upper = end_ms
    while upper >= start_ms and len(found) < limit:
        lower = max(start_ms, upper - _CHUNK_MS + 1)
        lines = [x for x in writer.lines(lower, upper) if x.count and _fits(x, site, service, words)]
        lines.sort(key=lambda line: line.t_ms)
        found = lines + found
        upper = lower - 1
    return found[-limit:]


def _fits(line: LogLine, site: str | None, service: str | None, words: list[str]) -> bool:
    if site is not None and line.site != site:
        return False
    if service is not None and line.source != service:
        return False
    whole = f"{line.level} {line.source} {line.text}".lower()
    return all(word in whole for word in words)


class _Writer:
    """Writes the lines of a world as it is now."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._happened = world.state.happened
        self._stamps = [h.t_ms for h in self._happened]
        self._repointed = {h.about: h.t_ms for h in self._happened if h.kind == "clients.repointed"}
        self._holders = {f.change: f.holder for f in world.faults if isinstance(f, MemoryLeak)}
        self._leaks: dict[str, Happening] = {}
        for h in self._happened:
            if h.kind == "change.deployed" and h.data["change"] in self._holders:
                self._leaks.setdefault(h.about, h)  # the first is the roll-out, later ones mend it
        self._entry = world.plan.entry
        self._pin_frac = world.plan.clients.pinned_frac / max(1, sum(not s.standby for s in world.plan.sites))

    def lines(self, lower_ms: int, upper_ms: int) -> Iterator[LogLine]:
        """All lines stamped within a stretch, both ends included."""
        stamps = self._stamps
        for happening in self._happened[bisect_left(stamps, lower_ms) : bisect_right(stamps, upper_ms)]:
            say = _SAYINGS.get(happening.kind)
            if say is not None:
                yield from say(self._world, happening)
        metrics = self._world.metrics
        for row in range(metrics.row_at(lower_ms - 1), metrics.row_at(upper_ms)):
            yield from self._minute(row)

    def _minute(self, row: int) -> Iterator[LogLine]:
        metrics = self._world.metrics
        t_ms = int(metrics.value(row, "t_ms"))
        fresh, shed = metrics.value(row, "fresh"), metrics.value(row, "shed")
        serving = False
        for site in self._world.plan.sites:
            values = {name: metrics.value(row, f"{site.id}.{name}") for name in _READ}
            serving = serving or values["share"] > 0.0
            yield from self._site(t_ms, site.id, values)
            if not site.standby:
                yield from self._pinned(t_ms, site.id, values, fresh - shed)
        if not serving:
            yield _counted(t_ms, "ERROR", "edge", None, "503 no site in rotation", fresh - shed)
        yield _counted(t_ms, "INFO", "edge", None, "429 refused on purpose, class is shed", shed)
        text = f"client gave up after {self._world.plan.clients.retries + 1} tries"
        yield _counted(t_ms, "WARN", "edge", None, text, metrics.value(row, "lost"))

    def _pinned(
        self, t_ms: int, site: str, values: Mapping[str, float], admitted: float
    ) -> Iterator[LogLine]:
        if values["share"] > 0.0 or t_ms > self._repointed.get(site, t_ms):
            return
        text = f"503 old till or partner refused: knows {site} only, which is out"
        yield _counted(t_ms, "WARN", "edge", site, text, admitted * self._pin_frac)

    def _site(self, t_ms: int, site: str, values: Mapping[str, float]) -> Iterator[LogLine]:
        entry = self._entry
        yield from self._heap(t_ms, site, values["heap"])
        if values["worst_ms"] > _SLOW_MS:
            text = f"p95 > {int(values['worst_ms'] / 1000.0)} s"
            yield LogLine(t_ms, "INFO", entry, site, text)
        if values["in"] < 1.0 and values["lag_s"] > 0.0:
            text = f"index lag {int(values['lag_s'] // 60)} min"
            yield LogLine(t_ms, "INFO", entry, site, text)
        if values["cache"] < _COLD_BELOW and values["capacity_rps"] > 0.0 and values["share"] > 0.0:
            yield LogLine(t_ms, "INFO", entry, site, f"cache answers {values['cache']:.0%} of reads")
        if values["share"] > 0.0:
            yield from self._routine(t_ms, site, values)

    def _heap(self, t_ms: int, site: str, heap: float) -> Iterator[LogLine]:
        if heap < _HEAP_SHOWN_FROM:
            return
        leak = self._leaks.get(site)
        if leak is None or leak.t_ms > t_ms:
            return
        change = leak.data["change"]
        full = min(99, int(100.0 * heap))
        text = (
            f"heap {full}% after full GC, {_HEAP_GB * full / 100.0:.1f} GB retained by "
            f"{self._holders[change]} (feature {change}, rolled out {_story(self._world, leak.t_ms)})"
        )
        yield LogLine(t_ms, "WARN", leak.data["service"], site, text)

    def _routine(self, t_ms: int, site: str, values: Mapping[str, float]) -> Iterator[LogLine]:
        answered = values["rps"] * (1.0 - values["late"]) * 60.0
        for service in self._world.plan.services:
            text = _ROUTINE.get(service.id, "call answered")
            yield _counted(t_ms, "INFO", service.id, site, text, answered * service.visits)
        if values["retries"] > 0.05:
            tries = values["rps"] * 60.0 * values["retries"] / (1.0 + values["retries"])
            yield _counted(t_ms, "INFO", self._entry, site, "same client tries again", tries)
        if values["late"] > 0.01:
            late = values["rps"] * 60.0 * values["late"]
            yield _counted(t_ms, "WARN", self._entry, site, "answered after the client had left", late)


_READ = ("share", "rps", "worst_ms", "retries", "late", "in", "lag_s", "cache", "heap", "capacity_rps")


def _counted(t_ms: int, level: str, source: str, site: str | None, text: str, count: float) -> LogLine:
    return LogLine(t_ms, level, source, site, text, int(count + 0.5))


def _story(world: World, t_ms: int) -> str:
    minutes = int(world.plan.hour_at_start * 60.0) + t_ms // 60_000
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def _line(h: Happening, level: str, source: str, text: str) -> Iterator[LogLine]:
    yield LogLine(h.t_ms, level, source, h.about, text)


def _admitted(world: World, h: Happening) -> Iterator[LogLine]:
    yield from _line(h, "INFO", "edge", f"admitted with weight {h.data['weight_frac']:.0%}")
    row = min(world.metrics.row_at(h.t_ms), len(world.metrics) - 1)
    sessions = int(h.data["share_frac"] * (world.metrics.value(row, "fresh") if row >= 0 else 0.0))
    yield from _line(h, "INFO", world.plan.entry, f"session restore burst, {sessions} sessions")


def _restarted(_: World, h: Happening) -> Iterator[LogLine]:
    by: Any = h.data["by"]
    text = "restart by supervisor" if by == "supervisor" else f"restart: {by}"
    yield from _line(h, "ERROR" if by == "out of memory" else "INFO", "supervisor", text)


def _mode(_: World, h: Happening) -> Iterator[LogLine]:
    parts = [f"{k} {v}" for k, v in h.data.items() if k not in ("mode", "on")]
    text = " ".join([str(h.data["mode"]), "on" if h.data["on"] else "off", *parts])
    yield LogLine(h.t_ms, "INFO", "edge", None, text)


_SAYINGS: Mapping[str, Callable[[World, Happening], Iterator[LogLine]]] = {
    "site.ejected": lambda _, h: _line(
        h, "INFO", "health", f"ejected: {h.data['fails']} of {h.data['of']} health checks failed"
    ),
    "site.admitted": _admitted,
    "site.held": lambda _, h: _line(h, "INFO", "health", f"held out: {h.data['by']}"),
    "site.drained": lambda _, h: _line(h, "INFO", "health", f"drained by {h.data['by']}"),
    "site.restarted": _restarted,
    "site.down": lambda _, h: _line(h, "ERROR", "supervisor", str(h.data["by"])),
    "site.powered": lambda _, h: _line(h, "INFO", "supervisor", str(h.data["by"])),
    "index.lost": lambda w, h: _line(h, "WARN", w.plan.entry, "index lag: place in change stream lost"),
    "index.rebuilt": lambda w, h: _line(h, "INFO", w.plan.entry, "index rebuilt"),
    "index.caught_up": lambda w, h: _line(h, "INFO", w.plan.entry, "index lag 0 min, caught up"),
    "change.deployed": lambda _, h: _line(h, "INFO", "deploy", str(h.data["text"])),
    "clients.repointed": lambda _, h: _line(h, "INFO", "edge", "pinned clients follow the weights now"),
    "mode.changed": _mode,
}
