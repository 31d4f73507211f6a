"""Two clocks: wall time, read here alone, and the simulated time of a drill.

Simulated time follows monotonic time at a speed. A gap in monotonic time (a laptop that slept) pauses the
drill instead of letting the story jump.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

LONGEST_GAP_S = 5.0


class WallClock(Protocol):
    """Where wall time comes from."""

    def monotonic_s(self) -> float:
        """Give seconds of a clock that never goes back."""

    def utc_text(self) -> str:
        """Give the wall time as ISO 8601 UTC text, a note for people."""


class SystemClock:
    """The machine's own clock."""

    def monotonic_s(self) -> float:
        return time.monotonic()

    def utc_text(self) -> str:
        return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True)
class DrillClock:
    """Simulated time against monotonic time.

    Args:
        now_ms: simulated milliseconds at `seen_s`.
        seen_s: monotonic seconds when `now_ms` was right.
        speed: simulated seconds a wall second.
        running: false while paused.
    """

    now_ms: float
    seen_s: float
    speed: float = 1.0
    running: bool = True

    def at(self, monotonic_s: float) -> DrillClock:
        """Give the clock moved on to a moment of monotonic time; a gap over 5 s stops it where it was."""
        gap_s = max(0.0, monotonic_s - self.seen_s)
        if not self.running:
            return replace(self, seen_s=monotonic_s)
        if gap_s > LONGEST_GAP_S:
            return replace(self, seen_s=monotonic_s, running=False)
        return replace(self, now_ms=self.now_ms + gap_s * 1000.0 * self.speed, seen_s=monotonic_s)

    def has_slept(self, monotonic_s: float) -> bool:
        """Say whether so long passed since the clock was last seen that nobody can have watched."""
        return monotonic_s - self.seen_s > LONGEST_GAP_S

    def back_to(self, now_ms: int) -> DrillClock:
        """Give the clock as it stood at a moment just passed, where something stops it."""
        return replace(self, now_ms=float(now_ms))

    def with_speed(self, speed: float) -> DrillClock:
        return replace(self, speed=speed)

    def paused(self) -> DrillClock:
        return replace(self, running=False)

    def resumed(self) -> DrillClock:
        return replace(self, running=True)
