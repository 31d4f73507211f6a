"""Who is there: which people have a drill open now, and when each of them did something last.

Bound to the wall and to this process; nothing of it is journaled, and no rule of a drill hangs on it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

SEEN_FOR_S = 12.0
"""A page without a stream looks again every few seconds; after this long without a look it is gone."""
IDLE_AFTER_S = 180.0

State = Literal["here", "idle", "away", "never"]


@dataclass(frozen=True)
class Here:
    """How somebody is there, and for how many whole seconds by now; "never" means not since the start."""

    state: State
    for_s: int = 0


@dataclass(frozen=True)
class Trace:
    """What is known of one person, in monotonic seconds of the wall."""

    streams: int = 0
    came_s: float = 0.0
    seen_s: float = 0.0
    acted_s: float = 0.0


class Presence:
    """Keeps traces of people by their ids.

    Args:
        clock_s: monotonic seconds of the wall.
    """

    def __init__(self, clock_s: Callable[[], float]) -> None:
        self._clock_s = clock_s
        self._traces: dict[str, Trace] = {}
        self._lock = threading.Lock()

    def arrive(self, person: str) -> None:
        """Note that somebody has opened a stream."""
        now_s = self._clock_s()
        with self._lock:
            trace = self._trace(person, now_s)
            self._traces[person] = replace(trace, streams=trace.streams + 1, seen_s=now_s)

    def leave(self, person: str) -> None:
        """Note that a stream of somebody has closed."""
        now_s = self._clock_s()
        with self._lock:
            trace = self._trace(person, now_s)
            self._traces[person] = replace(trace, streams=max(0, trace.streams - 1), seen_s=now_s)

    def look(self, person: str) -> None:
        """Note that a page without a stream has looked again."""
        now_s = self._clock_s()
        with self._lock:
            self._traces[person] = replace(self._trace(person, now_s), seen_s=now_s)

    def act(self, person: str) -> None:
        """Note that somebody has done something."""
        now_s = self._clock_s()
        with self._lock:
            self._traces[person] = replace(self._trace(person, now_s), seen_s=now_s, acted_s=now_s)

    def of(self, person: str, *, by_stream: bool = True) -> Here:
        """Give how somebody is there.

        Args:
            by_stream: whether only an open stream counts, as in a console; else a look of late is enough.
        """
        now_s = self._clock_s()
        with self._lock:
            trace = self._traces.get(person)
        if trace is None:
            return Here("never")
        is_here = trace.streams > 0 or (not by_stream and now_s - trace.seen_s <= SEEN_FOR_S)
        if not is_here:
            return Here("away", int(now_s - trace.seen_s))
        still_s = now_s - max(trace.acted_s, trace.came_s)
        return Here("idle", int(still_s)) if still_s >= IDLE_AFTER_S else Here("here")

    def _trace(self, person: str, now_s: float) -> Trace:
        """Give what is known of somebody; who comes back after having been away has come now."""
        trace = self._traces.get(person)
        if trace is None:
            return Trace(came_s=now_s)
        return trace if trace.streams else replace(trace, came_s=now_s)
