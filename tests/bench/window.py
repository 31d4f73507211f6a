"""The window: one actor says something about once a second while everybody else only watches."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass
from typing import Protocol

from tests.bench.plan import Plan
from tests.bench.process import cpu_s, machine_busy_s


class Watched(Protocol):
    """A console whose viewers are watched."""

    def total(self) -> tuple[int, int]:
        """Give the bytes that the viewers got so far, and their script runs."""

    def story_ms(self) -> int:
        """Give the simulated time that is shown."""

    async def act(self) -> None:
        """Say the next mark."""


@dataclass(frozen=True)
class Window:
    """What the server used in some seconds.

    Args:
        cpu_pct: its CPU in % of one core.
        sent_kb_s: what one viewer got, kB/s.
        runs: script runs of all viewers.
        pace: simulated seconds a wall second.
        others_pct: what other programs took of the whole machine; much of it spoils every number of time.
    """

    seconds: float
    cpu_pct: float
    sent_kb_s: float
    runs: int
    pace: float
    others_pct: float


async def watch(pid: int, plan: Plan, side: Watched) -> Window:
    """Let the actor act, and give what the server used meanwhile."""
    cpu, others = cpu_s(pid), _others_s(pid)
    begun_s, story_ms, (sent, runs) = time.perf_counter(), side.story_ms(), side.total()
    until_s = begun_s
    for pause_s in plan.pauses_s():
        until_s += pause_s
        await side.act()
        await asyncio.sleep(max(0.0, until_s - time.perf_counter()))
    seconds, (sent_then, runs_then) = time.perf_counter() - begun_s, side.total()
    others_s = _others_s(pid) - others
    return Window(
        seconds=seconds,
        cpu_pct=100.0 * (cpu_s(pid) - cpu) / seconds,
        sent_kb_s=(sent_then - sent) / plan.viewers / seconds / 1000.0,
        runs=runs_then - runs,
        pace=(side.story_ms() - story_ms) / 1000.0 / seconds,
        others_pct=100.0 * others_s / seconds / (os.cpu_count() or 1),
    )


def _others_s(pid: int) -> float:
    """Give the seconds of CPU that neither the server nor this process has used."""
    return machine_busy_s() - cpu_s(pid) - cpu_s(os.getpid())
