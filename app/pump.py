"""The pump: advances the drills and wakes the streams."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

LOG = logging.getLogger(__name__)
LONGEST_SLEEP_S = 0.25
SHORTEST_SLEEP_S = 0.02
COLLECT_EVERY_S = 60.0
PAUSE_AFTER_FAULT_S = 1.0


class Pump:
    """One task a process: calls `tick` in a thread, then wakes whoever waits.

    Args:
        clock_s: monotonic seconds.
    """

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        self.clock_s = clock_s
        self.beats = 0
        self._beat = asyncio.Event()
        self._poked = asyncio.Event()
        self._collected_s = clock_s()
        self._fault = ""

    def wake(self) -> None:
        """Tick at once: a deed was done. Call it on the server's loop."""
        self._poked.set()

    async def next_beat(self, after: int | None = None) -> None:
        """Wait until the drills have been ticked once more.

        Args:
            after: count of `beats` when the asker last looked; one that came since is not waited for again.
        """
        if after is None or after == self.beats:
            await self._beat.wait()

    @asynccontextmanager
    async def running(self, tick: Callable[[], float]) -> AsyncIterator[None]:
        """Pump while the block runs."""
        task = asyncio.create_task(self._run(tick), name="pump")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _run(self, tick: Callable[[], float]) -> None:
        while True:
            sleep_s = await self._tick(tick)
            beat, self._beat = self._beat, asyncio.Event()
            self.beats += 1
            beat.set()
            self._collect()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._poked.wait(), sleep_s)
            self._poked.clear()

    async def _tick(self, tick: Callable[[], float]) -> float:
        try:
            wanted_s = await asyncio.to_thread(tick)
        except Exception as error:  # noqa: BLE001 - the edge: logged below, and must not end the pump
            self._tell(error)
            return PAUSE_AFTER_FAULT_S
        self._fault = ""
        return min(max(wanted_s, SHORTEST_SLEEP_S), LONGEST_SLEEP_S)

    def _tell(self, error: Exception) -> None:
        """Log a fault with its traceback the first time; while it stays the same, that is enough."""
        if repr(error) != self._fault:
            self._fault = repr(error)
            LOG.error("the drills could not be advanced; trying again each second", exc_info=error)

    def _collect(self) -> None:
        """Collect garbage once a minute here, since Streamlit no longer does after each run."""
        if self.clock_s() - self._collected_s >= COLLECT_EVERY_S:
            self._collected_s = self.clock_s()
            gc.collect()
