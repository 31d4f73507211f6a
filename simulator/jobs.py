"""Operations under way: their phases, their end, and what they did to the world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from simulator.operations.base import Operation, Phase

JobState = Literal["running", "done", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Job:
    """An operation under way or over, as shown to people.

    Args:
        ends_ms: when it will end, None while that depends on the world.
        progress_frac: 0..1; of the known time, or of the way to the goal.
        result: `done` or `failed` once it is over.
    """

    job_id: str
    operation: str
    target: str | None
    by: str
    started_ms: int
    ends_ms: int | None
    progress_frac: float
    state: JobState
    phase: str
    result: str | None
    note: str | None
    can_cancel: bool


@dataclass(frozen=True, slots=True)
class Baseline:
    """The world just before an operation: what its effect is measured against."""

    served_frac: float
    worst_load: float
    sites_in: int
    target_in: bool


@dataclass(slots=True)
class Work:
    """The state of one operation under way."""

    job_id: str
    operation: Operation
    by: str
    started_s: int
    phases: tuple[Phase, ...]
    baseline: Baseline
    number: int = -1
    phase_from_s: int = 0
    state: JobState = "running"
    note: str = ""
    ended_s: int | None = None

    @property
    def phase(self) -> Phase | None:
        """The phase it is in, None once it is over."""
        if self.state != "running" or not 0 <= self.number < len(self.phases):
            return None
        return self.phases[self.number]
