"""How large the console's benchmark is: viewers, seconds, the moment of the night."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """One run with one console.

    Args:
        viewers: how many join.
        acts: how often the actor says something while they watch.
        from_ms: moment of the story at which people take the seats; the drill is skipped to there.
        join_s: seconds within which all viewers join.
        settle_s: seconds of quiet before something is measured.
        grace_s: seconds in which late sights of the last acts still count.
    """

    viewers: int = 100
    acts: int = 22
    act_every_s: float = 1.03
    scenario: str = "three-datacenter-outage"
    team: str = "managed"
    from_ms: int = 20 * 60_000
    join_s: float = 3.0
    settle_s: float = 3.0
    grace_s: float = 3.0
