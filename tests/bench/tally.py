"""What was measured for one console, the bars it is held against, and both as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.bench.window import Window


@dataclass(frozen=True)
class Figures:
    """One console with its viewers, in one window of time.

    Args:
        seen_s: seconds from an act until it stood in another's bytes, one number for each act and viewer.
        seen_wanted: how many such sights there should have been.
        joins_s: seconds from the first request of somebody who joins to their first whole view.
        joins_wanted: how many tried to join.
        join_cpu_ms: the server's CPU for one join, everything else that it did meanwhile included.
        viewer_mb: resident memory of the server that came with one viewer, MiB.
        window: what the server used while they watched.
    """

    name: str
    viewers: int
    seen_s: tuple[float, ...]
    seen_wanted: int
    joins_s: tuple[float, ...]
    joins_wanted: int
    join_cpu_ms: float
    viewer_mb: float
    window: Window

    @property
    def runs_per_min(self) -> float:
        """Give the script runs of one viewer in a minute."""
        return self.window.runs / max(1, self.viewers) / self.window.seconds * 60.0

    @property
    def seen_ms(self) -> tuple[float, float]:
        """Give p50 and p95 of act to visible; what was never seen took forever."""
        return _centiles(self.seen_s, self.seen_wanted, 1000.0)

    @property
    def join_s(self) -> tuple[float, float]:
        """Give p50 and p95 of a join; who never got in waits forever."""
        return _centiles(self.joins_s, self.joins_wanted, 1.0)

    def as_json(self) -> dict[str, object]:
        """Give the figures as plain data; null stands for what never came."""
        return {
            "viewers": self.viewers,
            "window_s": round(self.window.seconds, 1),
            "cpu_pct_of_a_core": round(self.window.cpu_pct, 1),
            "kb_per_viewer_s": round(self.window.sent_kb_s, 2),
            "act_to_visible_ms": _plain(self.seen_ms),
            "seen": [len(self.seen_s), self.seen_wanted],
            "join_s": _plain(self.join_s),
            "joined": [len(self.joins_s), self.joins_wanted],
            "cpu_ms_per_join": round(self.join_cpu_ms, 1),
            "runs_per_viewer_min": round(self.runs_per_min, 2),
            "mb_per_viewer": round(self.viewer_mb, 3),
            "simulated_s_per_wall_s": round(self.window.pace, 2),
            "others_pct_of_machine": round(self.window.others_pct, 1),
        }


@dataclass(frozen=True)
class Bar:
    """A limit, and what was measured against it."""

    words: str
    limit: float
    measured: float

    @property
    def plain(self) -> float | None:
        """Give the measured number as JSON takes it; null stands for never."""
        return None if self.measured == float("inf") else round(self.measured, 3)

    @property
    def holds(self) -> bool:
        """Say whether the measured number keeps within the limit."""
        return self.measured <= self.limit


def bars(console: Figures) -> list[Bar]:
    """Give what the console must keep to with a hundred viewers."""
    return [
        Bar("server CPU, % of one core", 20.0, console.window.cpu_pct),
        Bar("act to visible, p95 ms", 150.0, console.seen_ms[1]),
        Bar("join to first whole view, p95 s", 0.5, console.join_s[1]),
        Bar("script runs of all viewers", 0.0, float(console.window.runs)),
        Bar("memory per viewer, MB", 0.3, console.viewer_mb),
    ]


def verdicts(checked: Sequence[Bar]) -> Iterator[str]:
    """Say of each bar whether it holds."""
    for bar in checked:
        word = "holds" if bar.holds else "falls short"
        yield f"{bar.words:<34} {_number(bar.measured):>9}  (bar {bar.limit:g})  {word}"


ROWS = (
    ("viewers", lambda each: float(each.viewers), False),
    ("server CPU, % of one core", lambda each: each.window.cpu_pct, True),
    ("CPU a viewer, % of one core", lambda each: each.window.cpu_pct / max(1, each.viewers), True),
    ("kB a viewer a second", lambda each: each.window.sent_kb_s, True),
    ("act to visible, p50 ms", lambda each: each.seen_ms[0], True),
    ("act to visible, p95 ms", lambda each: each.seen_ms[1], True),
    ("acts seen, %", lambda each: 100.0 * len(each.seen_s) / max(1, each.seen_wanted), False),
    ("join to first view, p50 s", lambda each: each.join_s[0], True),
    ("join to first view, p95 s", lambda each: each.join_s[1], True),
    ("CPU a join, ms", lambda each: each.join_cpu_ms, True),
    ("came in, %", lambda each: 100.0 * len(each.joins_s) / max(1, each.joins_wanted), False),
    ("script runs a viewer a minute", lambda each: each.runs_per_min, False),
    ("memory a viewer, MB", lambda each: each.viewer_mb, False),
    ("simulated seconds a second", lambda each: each.window.pace, False),
    ("other programs, % of the machine", lambda each: each.window.others_pct, False),
)
"""Title, how to read it, and whether a ratio to the console's own says something."""


def table(columns: Sequence[Figures]) -> Iterator[str]:
    """Give the figures side by side; behind each of the others how many times the first's it is."""
    yield f"{'':<34}" + "".join(f"{each.name:>26}" for each in columns)
    for title, read, is_compared in ROWS:
        values = [read(each) for each in columns]
        cells = [_number(values[0])]
        cells += [_beside(value, values[0]) if is_compared else _number(value) for value in values[1:]]
        yield f"{title:<34}" + "".join(f"{cell:>26}" for cell in cells)


def _beside(value: float, first: float) -> str:
    if value == float("inf") or first in (0.0, float("inf")):
        return _number(value)
    return f"{_number(value)} ({value / first:.1f}x)"


def _number(value: float) -> str:
    if value == float("inf"):
        return "never"
    return f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"


def _centiles(values: Sequence[float], wanted: int, factor: float) -> tuple[float, float]:
    """Give p50 and p95 by nearest rank; values that are wanted and lack count as infinite."""
    ranked = sorted(values) + [float("inf")] * (wanted - len(values))
    if not ranked:
        return float("inf"), float("inf")
    last = len(ranked) - 1
    return ranked[round(0.5 * last)] * factor, ranked[round(0.95 * last)] * factor


def _plain(pair: tuple[float, float]) -> dict[str, float | None]:
    p50, p95 = (None if value == float("inf") else round(value, 3) for value in pair)
    return {"p50": p50, "p95": p95}
