"""How often one may ask: a bucket of tokens for each kind of request and each asker."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

ASKERS_KEPT = 10_000


@dataclass(frozen=True)
class Rate:
    """Requests a second in the long run, and how many may come at once."""

    per_s: float
    burst: int


RATES: Mapping[str, Rate] = MappingProxyType(
    {
        "play": Rate(10 / 60, 10),
        "claim": Rate(10 / 60, 10),
        "command": Rate(2, 10),
        "question": Rate(5, 30),
        "export": Rate(1, 20),
        "join": Rate(10 / 60, 10),
        "join_all": Rate(100 / 60, 100),
        "enter": Rate(5, 250),
    }
)


@dataclass
class Limits:
    """Buckets of all askers; each fills at its rate up to its burst.

    Args:
        clock_s: monotonic seconds.
    """

    clock_s: Callable[[], float] = time.monotonic
    rates: Mapping[str, Rate] = field(default_factory=lambda: RATES)
    _buckets: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_s(self, kind: str, asker: str) -> float:
        """Take one token; give 0.0, or the seconds to wait when there is none."""
        rate, now_s = self.rates[kind], self.clock_s()
        with self._lock:
            tokens, last_s = self._buckets.get((kind, asker), (float(rate.burst), now_s))
            tokens = min(rate.burst, tokens + (now_s - last_s) * rate.per_s)
            taken = tokens >= 1
            self._buckets[kind, asker] = (tokens - 1 if taken else tokens, now_s)
            if len(self._buckets) > ASKERS_KEPT:
                self._forget(now_s)
        return 0.0 if taken else (1 - tokens) / rate.per_s

    def give_back(self, kind: str, asker: str) -> None:
        """Put back one token that was taken for something that does not count after all."""
        with self._lock:
            if (kind, asker) in self._buckets:
                tokens, last_s = self._buckets[kind, asker]
                self._buckets[kind, asker] = (min(self.rates[kind].burst, tokens + 1), last_s)

    def _forget(self, now_s: float) -> None:
        """Drop the buckets that have been full for a while."""
        kept = {
            key: (tokens, last_s)
            for key, (tokens, last_s) in self._buckets.items()
            if tokens + (now_s - last_s) * self.rates[key[0]].per_s < self.rates[key[0]].burst
        }
        self._buckets.clear()
        self._buckets.update(kept)
