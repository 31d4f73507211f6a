"""The pump."""

import asyncio
import logging

import pytest

from app.pump import Pump
from tests.app.loops import in_a_loop


def test_each_beat_is_a_tick() -> None:
    """Who waits for a beat finds the drills ticked once more; a wake does not wait for the pause to end."""
    ticks: list[int] = []

    def tick() -> float:
        ticks.append(1)
        return 0.25

    async def run() -> None:
        pump = Pump()
        async with pump.running(tick):
            for beats in range(1, 6):
                pump.wake()
                await asyncio.wait_for(pump.next_beat(), 5)
                assert len(ticks) >= beats

    in_a_loop(run())


def test_a_beat_while_one_rests_is_not_missed() -> None:
    """Who says how many beats had come when they last looked does not wait for one that came since."""

    async def run() -> None:
        pump = Pump()
        async with pump.running(lambda: 0.25):
            looked = pump.beats
            await asyncio.wait_for(pump.next_beat(looked), 5)
            assert pump.beats > looked
            with pytest.raises(StopIteration):  # it ends at its first step
                pump.next_beat(looked).send(None)

    in_a_loop(run())


def test_a_fault_does_not_end_the_pump(caplog: pytest.LogCaptureFixture) -> None:
    """A tick that fails is logged and tried again."""
    ticks: list[int] = []

    def tick() -> float:
        ticks.append(1)
        if len(ticks) == 1:
            raise RuntimeError("one bad drill")
        return 0.02

    async def run() -> None:
        pump = Pump()
        async with pump.running(tick):
            await asyncio.wait_for(pump.next_beat(), 5)
            pump.wake()
            await asyncio.wait_for(pump.next_beat(), 5)

    with caplog.at_level(logging.ERROR):
        in_a_loop(run())
    assert len(ticks) >= 2
    assert "one bad drill" in caplog.text
