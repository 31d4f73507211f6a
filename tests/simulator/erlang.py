"""The exact M/M/c/K queue, as oracle for the flow."""

from __future__ import annotations

import math


def mmck(arriving_rps: float, rate_rps: float, workers: int, room: int) -> tuple[list[float], float, float]:
    """(stationary probabilities of n in the system, mean time from arrival to answer, share refused)."""
    weights = [1.0]
    for n in range(1, workers + room + 1):
        weights.append(weights[-1] * arriving_rps / (rate_rps * min(n, workers)))
        if weights[-1] > 1e250:
            weights = [w / weights[-1] for w in weights]
    total = math.fsum(weights)
    p = [w / total for w in weights]
    answered_rps = arriving_rps * (1.0 - p[-1])
    waiting = math.fsum((n - workers) * p[n] for n in range(workers + 1, workers + room + 1))
    return p, waiting / answered_rps + 1.0 / rate_rps, p[-1]


def late_share(p: list[float], rate_rps: float, workers: int, limit_s: float, parts: int = 400) -> float:
    """P(an accepted request is answered later than `limit_s`): wait Erlang, then service exponential."""
    accepted = [x / (1.0 - p[-1]) for x in p[:-1]]
    capacity = workers * rate_rps

    def waits_longer(t: float) -> float:
        term = math.exp(-capacity * t)
        below = 0.0
        found = 0.0
        for k, share in enumerate(accepted[workers:]):
            if k:
                term *= capacity * t / k
            below += term
            found += share * min(1.0, below)
        return found

    steps = [waits_longer(limit_s * i / parts) for i in range(parts + 1)]
    late = steps[-1] + (1.0 - sum(accepted[workers:])) * math.exp(-rate_rps * limit_s)
    for i in range(parts):
        rest = limit_s * (1.0 - (i + 0.5) / parts)
        late += (steps[i] - steps[i + 1]) * math.exp(-rate_rps * rest)
    return late
