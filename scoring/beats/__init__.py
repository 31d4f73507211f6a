"""Beats of the two source stories, found by what happened in the record, never by a script.

Rows are those of the seed checklist: 75-86 the unmanaged night, 91-111 the managed one. A row is there when
its moment can be shown; whether a night was managed is not decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scoring.beats import managed, unmanaged
from scoring.beats.finding import FIND
from scoring.reading import Night

ROWS: Mapping[int, str] = {row: name for row, (name, _) in sorted(FIND.items())}


@dataclass(frozen=True)
class Beat:
    """A moment of the source story as it came in this drill."""

    row: int
    id: str
    t_ms: int
    n: int

    def as_json(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {"row": self.row, "id": self.id, "t_ms": self.t_ms, "n": self.n}


def beats(night: Night) -> tuple[Beat, ...]:
    """Find all beats that occurred, by row."""
    found = ((row, name, find(night)) for row, (name, find) in sorted(FIND.items()))
    return tuple(Beat(row, name, mark.t_ms, mark.n) for row, name, mark in found if mark is not None)


__all__ = ["ROWS", "Beat", "beats", "managed", "unmanaged"]
