"""What callers do who got no answer: wait, pause, try again; some stick to one site.

A retry pool holds, for each try, the clients that wait for an answer that will be late and those that pause before the
next try. Both drain exponentially, exact for any step (WORLD model, retry pools). There is one pool a site, one for
those refused at the edge, and one a site for its pinned clients, who go nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulator.det import exp_neg
from simulator.plan import Clients as ClientsPlan
from simulator.site import Site

_NOTHING = 1e-9
_STEADY_FROM_S = 15  # from this step length on, refused pinned clients are taken in their steady state


class Clients:
    """All clients that will try again.

    After `draw`, the attributes say who tries within this step, in requests a second and by number of the try:
    `free[j]` follow the weights, `stick[i][j]` go to the site that failed them, `pinned_retry[i][j]` to their home.
    `pins[i]` are first attempts of pinned clients. `lost` counts first attempts given up for good.
    """

    __slots__ = (
        "_backoff_s",
        "_budget",
        "_decays",
        "_pin_frac",
        "_sticky",
        "_timeout_s",
        "backing",
        "count",
        "free",
        "free_sum",
        "lost",
        "pinned_backing",
        "pinned_retry",
        "pinned_sum",
        "pinned_waiting",
        "pins",
        "quiet",
        "retry_rps",
        "stick",
        "stick_sum",
        "tokens",
        "tries",
        "waiting",
    )

    def __init__(self, plan: ClientsPlan, sites: Sequence[Site]) -> None:
        self.count = n = len(sites)
        self.tries = r = plan.retries
        self._timeout_s = plan.timeout_s
        self._backoff_s = [plan.backoff_s * 2**j for j in range(r)]
        self._sticky = plan.sticky_frac
        self._budget = plan.budget_frac
        self._pin_frac = plan.pinned_frac / max(1, sum(1 for s in sites if not s.standby))
        self._decays: dict[int, tuple[float, list[float]]] = {}
        self.waiting = [[0.0] * r for _ in range(n + 1)]
        self.backing = [[0.0] * r for _ in range(n + 1)]
        self.pinned_waiting = [[0.0] * r for _ in range(n)]
        self.pinned_backing = [[0.0] * r for _ in range(n)]
        self.tokens = 0.0
        self.lost = 0.0
        self.quiet = True
        self._nobody()

    def _nobody(self) -> None:
        n, r = self.count, self.tries
        self.free = [0.0] * r
        self.free_sum = self.retry_rps = 0.0
        self.stick = [[0.0] * r for _ in range(n)]
        self.stick_sum = [0.0] * n
        self.pinned_retry = [[0.0] * r for _ in range(n)]
        self.pinned_sum = [0.0] * n
        self.pins = [0.0] * n

    def _decay(self, dt: int) -> tuple[float, list[float]]:
        rates = self._decays.get(dt)
        if rates is None:
            rates = (
                1.0 - exp_neg(dt / self._timeout_s),
                [1.0 - exp_neg(dt / b) for b in self._backoff_s],
            )
            self._decays[dt] = rates
        return rates

    def draw(self, sites: Sequence[Site], admitted_rps: float, dt: int, cap_frac: float | None) -> None:
        """Take from the pools who tries again within this step, as far as the cap lets them."""
        pin = self._pin_frac * admitted_rps
        if self.quiet:
            if self.retry_rps or self.free_sum:
                self._nobody()
            self.pins = [pin if s.pinned else 0.0 for s in sites]
            return
        self.pins = [pin if s.pinned else 0.0 for s in sites]
        decay = self._decay(dt)
        due = [_drain(w, b, decay, dt) for w, b in zip(self.waiting, self.backing, strict=True)]
        home = [self._drain_pinned(i, site, decay, dt) for i, site in enumerate(sites)]
        wanted = sum(map(sum, due)) + sum(map(sum, home))
        allowed = self._allow(wanted, admitted_rps, dt, cap_frac)
        self.retry_rps = wanted * allowed
        self._spread(sites, due, home, allowed)
        if wanted < _NOTHING and self._left() < _NOTHING:
            self._empty()

    def _drain_pinned(self, i: int, site: Site, decay: tuple[float, list[float]], dt: int) -> list[float]:
        if dt >= _STEADY_FROM_S and site.share <= 0.0 and self.pins[i] > 0.0:
            self.pinned_waiting[i] = [0.0] * self.tries
            self.pinned_backing[i] = [self.pins[i] * b for b in self._backoff_s]
            self.lost += self.pins[i] * dt
            return [0.0] * self.tries
        return _drain(self.pinned_waiting[i], self.pinned_backing[i], decay, dt)

    def _allow(self, wanted_rps: float, admitted_rps: float, dt: int, cap_frac: float | None) -> float:
        """The part of the retries that a token bucket of `cap_frac` of the first attempts lets through."""
        cap = self._budget if cap_frac is None else cap_frac
        if cap is None or wanted_rps <= 0.0:
            return 1.0
        rate = cap * admitted_rps
        self.tokens = min(self.tokens + rate * dt, rate * max(dt, 1.0))
        allowed = min(wanted_rps * dt, self.tokens)
        self.tokens -= allowed
        share = allowed / (wanted_rps * dt)
        self.lost += wanted_rps * dt * (1.0 - share)
        return share

    def _spread(
        self, sites: Sequence[Site], due: list[list[float]], home: list[list[float]], allowed: float
    ) -> None:
        tries = range(self.tries)
        free = [x * allowed for x in due[self.count]]
        for i, site in enumerate(sites):
            sticky = self._sticky if site.share > 0.0 else 0.0
            stick = [x * allowed * sticky for x in due[i]]
            pinned = [x * allowed for x in home[i]]
            for j in tries:
                free[j] += due[i][j] * allowed - stick[j]
                if not site.pinned:
                    free[j] += pinned[j]
                    pinned[j] = 0.0
            self.stick[i], self.stick_sum[i] = stick, sum(stick)
            self.pinned_retry[i], self.pinned_sum[i] = pinned, sum(pinned)
        self.free, self.free_sum = free, sum(free)

    def _left(self) -> float:
        pools = (self.waiting, self.backing, self.pinned_waiting, self.pinned_backing)
        return sum(sum(map(sum, p)) for p in pools)

    def _empty(self) -> None:
        for pools in (self.waiting, self.backing, self.pinned_waiting, self.pinned_backing):
            for pool in pools:
                pool[:] = [0.0] * self.tries
        self.quiet = True

    def fail(self, i: int, share: float, fresh_rps: float, late: float, refused: float) -> None:
        """File those whom site `i` failed: `late`, `refused` are seconds of the step times the share that failed so.

        Args:
            share: the site's part of the free flow.
            fresh_rps: free first attempts that reached the site.
        """
        if not self.tries:
            self.lost += (fresh_rps + self.pins[i]) * (late + refused)
            return
        self.quiet = False
        stick, free = self.stick[i], self.free
        _file(
            self.waiting[i],
            self.backing[i],
            fresh_rps,
            [f * share + s for f, s in zip(free, stick, strict=True)],
            late,
            refused,
        )
        last = self.tries - 1
        self.lost += (free[last] * share + stick[last]) * (late + refused)
        if self.pins[i] > 0.0 or self.pinned_sum[i] > 0.0:
            mine = self.pinned_retry[i]
            _file(self.pinned_waiting[i], self.pinned_backing[i], self.pins[i], mine, late, refused)
            self.lost += mine[last] * (late + refused)

    def refuse_pinned(self, i: int, dt: int) -> None:
        """Their home is out of rotation: the edge refuses pinned clients at once."""
        if self.pins[i] <= 0.0 and self.pinned_sum[i] <= 0.0:
            return
        if not self.tries:
            self.lost += self.pins[i] * dt
            return
        was_quiet, self.quiet = self.quiet, False
        if dt >= _STEADY_FROM_S and self.pins[i] > 0.0 and not was_quiet:
            return  # taken in steady state by `draw`
        mine = self.pinned_retry[i]
        _file(self.pinned_waiting[i], self.pinned_backing[i], self.pins[i], mine, 0.0, dt)
        self.lost += mine[self.tries - 1] * dt

    def refuse_at_edge(self, share: float, fresh_rps: float, dt: int) -> None:
        """No site took this share of the free and sticking flow; the edge refused it at once."""
        k = share * dt
        if not self.tries:
            self.lost += fresh_rps * k
            return
        self.quiet = False
        tried = [f + sum(s[j] for s in self.stick) for j, f in enumerate(self.free)]
        _file(self.waiting[self.count], self.backing[self.count], fresh_rps, tried, 0.0, k)
        self.lost += tried[-1] * k


def _drain(
    waiting: list[float], backing: list[float], decay: tuple[float, list[float]], dt: int
) -> list[float]:
    """Move clients from waiting to pausing to trying again; returns tries a second, by number of the try."""
    leave, resume = decay
    tries = []
    for j, part in enumerate(resume):
        moved = waiting[j] * leave
        waiting[j] -= moved
        backing[j] += moved
        again = backing[j] * part
        backing[j] -= again
        tries.append(again / dt)
    return tries


def _file(
    waiting: list[float],
    backing: list[float],
    first_rps: float,
    tries: list[float],
    late: float,
    refused: float,
) -> None:
    """Put those who failed into the pool of their next try; who failed the last one is gone."""
    waiting[0] += first_rps * late
    backing[0] += first_rps * refused
    for j in range(len(waiting) - 1):
        waiting[j + 1] += tries[j] * late
        backing[j + 1] += tries[j] * refused
