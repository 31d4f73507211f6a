"""What is due when: a SimPy environment whose timeouts are rebuilt from plain records.

SimPy's processes are generators, which can be neither copied nor stored. So all that is waited for stands
in a list of `Wake` records, in the order in which they were asked for, and each is one SimPy timeout that
calls back. A world read from a snapshot gets a new environment and the same timeouts in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import simpy


@dataclass(frozen=True, slots=True)
class Wake:
    """Somebody wants to be woken.

    Args:
        who: `fault`, `job`, `judge` or `sla`.
        key: which one: index of the fault, or id of the job.
        word: what the sleeper told itself to do then.
    """

    t_s: int
    who: str
    key: str
    word: str = ""


class Agenda:
    """The wakes still to come, driven by SimPy."""

    def __init__(self, now_s: int, wakes: Iterable[Wake], act: Callable[[Wake], None]) -> None:
        self._act = act
        self._env = simpy.Environment(initial_time=now_s)
        self._open: dict[int, Wake] = {}
        self._count = 0
        for wake in wakes:
            self.put(wake)

    def put(self, wake: Wake) -> None:
        """Wake somebody at `wake.t_s`, or as soon as possible when that is past."""
        number = self._count
        self._count += 1
        self._open[number] = wake
        timer = self._env.timeout(max(0, wake.t_s - int(self._env.now)))
        timer.callbacks.append(lambda _: self._ring(number))

    def _ring(self, number: int) -> None:
        self._act(self._open.pop(number))

    def next_s(self) -> float:
        """When the next wake is due; infinity when none is."""
        return self._env.peek()

    def run(self, now_s: int) -> bool:
        """Act on all that is due by `now_s`, also on what these acts add; whether there was anything."""
        rang = False
        while self._env.peek() <= now_s:
            self._env.step()
            rang = True
        return rang

    def wakes(self) -> list[Wake]:
        """All open wakes in the order in which they were put."""
        return list(self._open.values())
