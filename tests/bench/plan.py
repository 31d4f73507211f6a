"""How large the console's benchmark is: viewers, seconds, the moment of the night."""

from __future__ import annotations

import random
from dataclasses import dataclass

SEATS = ("tech_lead", "commander", "communications", "desk_1", "desk_2", "specialist", "developer")
"""Where people sit, each with an open console of their own beside the viewers."""
ACTOR, *OTHERS = SEATS
PLAN_VARIABLE = "STORMDRILL_BENCH_PLAN"
DATA_VARIABLE = "STORMDRILL_BENCH_DATA"


@dataclass(frozen=True)
class Plan:
    """One run with one console.

    Args:
        viewers: how many join.
        acts: how often the actor says something while they watch.
        acts_seed: draws the pauses between acts, so that they fall into no step with the server's own.
        from_ms: moment of the story at which people take the seats; the drill is skipped to there.
        join_s: seconds within which all viewers join.
        settle_s: seconds of quiet before something is measured.
        grace_s: seconds in which late sights of the last acts still count.
        patience_s: seconds after which somebody who wants to join has not come in.
    """

    viewers: int = 100
    acts: int = 22
    acts_seed: int = 7
    scenario: str = "three-datacenter-outage"
    team: str = "managed"
    from_ms: int = 20 * 60_000
    join_s: float = 3.0
    settle_s: float = 3.0
    grace_s: float = 3.0
    patience_s: float = 20.0

    def pauses_s(self) -> list[float]:
        """Give the seconds after each act, one on average."""
        drawn = random.Random(self.acts_seed)
        return [drawn.uniform(0.5, 1.5) for _ in range(self.acts)]

    def seat_of(self, number: int) -> str:
        """Give what a viewer is in the window: the first half observers, the others at the seats' own."""
        stay = (self.viewers + 1) // 2
        return "observer" if number < stay else OTHERS[(number - stay) % len(OTHERS)]
