"""Answers of the database that are asked for again and again, kept until a write may have changed them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Memory(Generic[T]):
    """Rows by what they were asked for. That there is none is never kept: it may come at any time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: dict[Hashable, T] = {}
        self._writes = 0

    def recall(self, key: Hashable, read: Callable[[], T | None]) -> T | None:
        """Give the row that was read before, or read it; what a write overtook meanwhile is not kept."""
        known = self._rows.get(key)
        if known is not None:
            return known
        writes, row = self._writes, read()
        with self._lock:
            if row is not None and writes == self._writes:
                self._rows[key] = row
        return row

    def forget(self) -> None:
        """Forget all rows: call it once a write that may have changed one is on disk."""
        with self._lock:
            self._writes += 1
            self._rows.clear()
