"""Views as they go over the wire: built once for each drill, seat and revision, cut into top-level keys."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

KEPT = 64


@dataclass(frozen=True)
class Picture:
    """A seat's view at one revision, each top-level key already as JSON text."""

    rev: int
    keys: Mapping[str, str]

    def full(self) -> str:
        """Give the message that carries the whole view."""
        return f'{{"type":"full","rev":{self.rev},"state":{_join(self.keys)}}}'

    def delta(self, before: Picture) -> str | None:
        """Give the message that carries what changed since an earlier picture; None when nothing did."""
        changed = {name: text for name, text in self.keys.items() if before.keys.get(name) != text}
        changed |= dict.fromkeys(before.keys.keys() - self.keys.keys(), "null")
        if not changed.keys() - {"rev"}:
            return None
        return f'{{"type":"delta","base":{before.rev},"rev":{self.rev},"set":{_join(changed)}}}'


def _join(keys: Mapping[str, str]) -> str:
    return "{" + ",".join(f"{json.dumps(name)}:{text}" for name, text in keys.items()) + "}"


def picture(rev: int, view: Mapping[str, Any]) -> Picture:
    """Cut a view into its keys."""
    return Picture(
        rev,
        {name: json.dumps(value, ensure_ascii=False, separators=(",", ":")) for name, value in view.items()},
    )


class Pictures:
    """The newest picture of each drill and seat; whoever asks for it meanwhile waits for the one being built.

    Args:
        rev: revision of a drill.
        view: builds a seat's view; called in a worker thread.
    """

    def __init__(self, rev: Callable[[str], int], view: Callable[[str, str], Mapping[str, Any]]) -> None:
        self._rev = rev
        self._view = view
        self._newest: dict[tuple[str, str], Picture] = {}
        self._locks: dict[tuple[str, str], asyncio.Lock] = {}

    async def newest(self, drill_id: str, seat: str) -> Picture:
        """Give the picture at the drill's present revision."""
        key = (drill_id, seat)
        async with self._locks.setdefault(key, asyncio.Lock()):
            kept = self._newest.get(key)
            if kept is None or kept.rev != self._rev(drill_id):
                kept = await asyncio.to_thread(self._build, drill_id, seat)
                self._newest.pop(key, None)
                self._newest[key] = kept
                self._forget()
        return kept

    def _build(self, drill_id: str, seat: str) -> Picture:
        rev = self._rev(drill_id)
        return picture(rev, self._view(drill_id, seat))

    def _forget(self) -> None:
        while len(self._newest) > KEPT:
            self._newest.pop(next(iter(self._newest)))
