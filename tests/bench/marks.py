"""Marks: numbered words that one actor says and that every viewer's bytes are searched for."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass, field

FOUND = re.compile(rb"mark-(\d{4})-")


def words_of(number: int) -> str:
    """Give what the actor says for a mark."""
    return f"mark-{number:04}- West looks quiet from here."


@dataclass
class Marks:
    """When each mark was sent, and how long after that each viewer saw it."""

    sent_s: list[float] = field(default_factory=list)
    waits_s: list[float] = field(default_factory=list)
    _wanted: float = float("inf")
    _all: asyncio.Event = field(default_factory=asyncio.Event)

    def send(self, now_s: float) -> str:
        """Note that the next mark is sent; give its words."""
        self.sent_s.append(now_s)
        return words_of(len(self.sent_s) - 1)

    def see(self, raw: bytes, last: int, now_s: float) -> int:
        """Note the marks in some bytes that are newer than the viewer's last; give its last one now."""
        newest = max((int(each) for each in FOUND.findall(raw)), default=last)
        self.waits_s += [now_s - self.sent_s[number] for number in range(last + 1, newest + 1)]
        self._tell()
        return max(last, newest)

    async def all_seen(self, wanted: int, patience_s: float) -> None:
        """Come back when so many sights were noted, or when patience is over."""
        self._wanted = wanted
        self._tell()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._all.wait(), patience_s)

    def _tell(self) -> None:
        if len(self.waits_s) >= self._wanted:
            self._all.set()
