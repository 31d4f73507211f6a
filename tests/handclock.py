"""A wall clock for tests: the same interface, moved by hand."""

from __future__ import annotations


class HandClock:
    """A wall clock that is moved by hand."""

    def __init__(self, now_s: float = 100.0) -> None:
        self.now_s = now_s

    def monotonic_s(self) -> float:
        return self.now_s

    def utc_text(self) -> str:
        return "2026-11-23T03:00:00Z"
