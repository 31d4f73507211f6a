"""Columns of numbers, one row a minute."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

WORLD_COLUMNS = (
    "t_ms",
    "fresh",
    "good",
    "shed",
    "failed",
    "lost",
    "served_frac",
    "level",
    "degraded_mode",
    "sites_in",
)
SITE_COLUMNS = (
    "share",
    "load",
    "rps",
    "capacity_rps",
    "p99_ms",
    "worst_ms",
    "retries",
    "late",
    "in",
    "lag_s",
    "cache",
    "heap",
    "pinned_failed",
)
HIDDEN = ("heap", "pinned_failed")
UNITS: Mapping[str, str] = {
    "t_ms": "end of the minute, ms",
    "fresh": "first attempts in the minute",
    "good": "of these, answered in time",
    "shed": "of these, refused on purpose",
    "failed": "of these, neither",
    "lost": "given up after the last retry",
    "served_frac": "customers' first attempts answered, 0..1",
    "level": "0 up, 1 degraded, 2 down",
    "degraded_mode": "seconds of the minute in degraded mode",
    "sites_in": "primary sites in rotation",
    "share": "part of the traffic, 0..1",
    "load": "arrivals by capacity, 1 is full",
    "rps": "arrivals a second, retries included",
    "capacity_rps": "requests a second it could finish",
    "p99_ms": "99 of 100 answers are faster",
    "worst_ms": "longest backlog within the minute",
    "retries": "retries for each first attempt",
    "late": "share of answers after the client's timeout",
    "in": "1 in rotation",
    "lag_s": "index lag",
    "cache": "share of reads the cache answers, 0..1",
    "heap": "part of the heap in use after collection, 0..1 (hidden)",
    "pinned_failed": "of the first attempts of clients pinned to the site, those that failed, 0..1 (hidden)",
}


class Metrics:
    """What was measured, a row a minute: `metrics["fresh"]`, `metrics["dc1.load"]`, (minutes,) float64.

    Columns of the whole: `WORLD_COLUMNS`; of a site, behind its id and a dot: `SITE_COLUMNS`; units: `UNITS`.
    Those in `HIDDEN` are for scorer and facilitator only.
    """

    __slots__ = ("_names", "_rows", "names")

    def __init__(self, site_ids: Sequence[str]) -> None:
        self.names: tuple[str, ...] = WORLD_COLUMNS + tuple(
            f"{s}.{c}" for s in site_ids for c in SITE_COLUMNS
        )
        self._names = {name: i for i, name in enumerate(self.names)}
        self._rows = array("d")

    def __len__(self) -> int:
        return len(self._rows) // len(self.names)

    def __getitem__(self, name: str) -> npt.NDArray[np.float64]:
        return self.table()[:, self._names[name]]

    def table(self) -> npt.NDArray[np.float64]:
        """A copy of all rows, (minutes, columns) float64."""
        return np.array(self._rows, dtype=np.float64).reshape(-1, len(self.names))

    def columns(self) -> dict[str, npt.NDArray[np.float64]]:
        """All columns by name."""
        table = self.table()
        return {name: table[:, i] for i, name in enumerate(self.names)}

    def last(self, name: str, default: float = 0.0, *, back: int = 0) -> float:
        """The newest value of a column, or that of `back` minutes before."""
        start = len(self._rows) - (back + 1) * len(self.names)
        return self._rows[start + self._names[name]] if start >= 0 else default

    def row_at(self, t_ms: int) -> int:
        """Index of the first row whose minute ends after `t_ms`."""
        width = len(self.names)
        if not self._rows:
            return 0
        first = int(self._rows[0])
        return min(len(self._rows) // width, max(0, (t_ms - first) // 60_000 + 1))

    def value(self, row: int, name: str) -> float:
        """One cell, without a copy of the table."""
        return self._rows[row * len(self.names) + self._names[name]]

    def append(self, row: Sequence[float]) -> None:
        """Add the row of a minute, in the order of `names`."""
        if len(row) != len(self.names):
            raise ValueError(f"row has {len(row)} values, {len(self.names)} are named")
        self._rows.extend(row)
