"""What callers do who got no answer: wait, pause, try again; some stick to one site.

A retry pool holds, for each try, the clients that wait for an answer that will be late and those that pause
before the next try. Both drain exponentially, exact for any step. There is one pool a site, one for those
refused at the edge, and one a site for its pinned clients, who go nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulator.det import exp_neg, plain_sum
from simulator.plan import Clients as ClientsPlan
from simulator.site import Site

_NOBODY = 1e-6
_STEADY_FROM_S = 15  # from this step length on, refused pinned clients are taken in their steady state

Decay = tuple[float, list[float]]


class RetryPool:
    """Clients that will try again, by number of the next try: `waiting` for an answer, or `pausing`."""

    __slots__ = ("alive", "pausing", "waiting")

    def __init__(self, tries: int) -> None:
        self.alive = False
        self.waiting = [0.0] * tries
        self.pausing = [0.0] * tries

    def drain(self, decay: Decay, dt: int, nobody: list[float]) -> list[float]:
        """Move clients from waiting to pausing to trying; returns tries a second, by number of the try."""
        if not self.alive:
            return nobody
        leave, resume = decay
        waiting, pausing = self.waiting, self.pausing
        tries = []
        left = 0.0
        for j, part in enumerate(resume):
            moved = waiting[j] * leave
            waiting[j] -= moved
            held = pausing[j] + moved
            again = held * part
            pausing[j] = held - again
            left += waiting[j] + pausing[j]
            tries.append(again / dt)
        if left < _NOBODY:
            self.alive = False
            self.waiting = [0.0] * len(tries)
            self.pausing = [0.0] * len(tries)
        return tries

    def file(self, first_rps: float, tries: Sequence[float], late: float, refused: float) -> float:
        """Put those who failed into the pool of their next try; returns who failed the last one and gave up.

        Args:
            late, refused: seconds of the step times the share that failed so.
        """
        self.alive = True
        waiting, pausing = self.waiting, self.pausing
        waiting[0] += first_rps * late
        pausing[0] += first_rps * refused
        last = len(waiting) - 1
        for j in range(last):
            waiting[j + 1] += tries[j] * late
            pausing[j + 1] += tries[j] * refused
        return tries[last] * (late + refused)


class Clients:
    """All clients that will try again.

    After `draw`, the attributes say who tries within this step, in requests a second and by number of the
    try: `free[j]` follow the weights, `stick[i][j]` go to the site that failed them, `home_retry[i][j]` to
    their home. `pins[i]` are first attempts of pinned clients. `lost` counts first attempts given up for
    good.
    """

    __slots__ = (
        "_backoff_s",
        "_budget",
        "_decays",
        "_nobody",
        "_pin_frac",
        "_sticky",
        "_timeout_s",
        "alive",
        "edge",
        "edge_sum",
        "edge_try",
        "free",
        "free_sum",
        "home",
        "home_retry",
        "home_sum",
        "lost",
        "pins",
        "sites",
        "stick",
        "stick_sum",
        "tokens",
        "tries",
    )

    def __init__(self, plan: ClientsPlan, sites: Sequence[Site]) -> None:
        n = len(sites)
        self.tries = r = plan.retries
        self._timeout_s = plan.timeout_s
        self._backoff_s = [plan.backoff_s * 2**j for j in range(r)]
        self._sticky = plan.sticky_frac
        self._budget = plan.budget_frac
        self._pin_frac = plan.pinned_frac / max(1, sum(1 for s in sites if not s.standby))
        self.alive = False
        self._decays: dict[int, Decay] = {}
        self._nobody = nobody = [0.0] * r
        self.sites = [RetryPool(r) for _ in range(n)]
        self.home = [RetryPool(r) for _ in range(n)]
        self.edge = RetryPool(r)
        self.free: list[float] = nobody
        self.edge_try: list[float] = nobody
        self.edge_sum = 0.0
        self.free_sum = self.tokens = self.lost = 0.0
        self.stick = [nobody] * n
        self.home_retry = [nobody] * n
        self.pins = [0.0] * n
        self.stick_sum = [0.0] * n
        self.home_sum = [0.0] * n

    def pools(self) -> list[RetryPool]:
        """All pools: of the sites, of their pinned clients, of the edge."""
        return [*self.sites, *self.home, self.edge]

    def draw(self, sites: Sequence[Site], admitted_rps: float, dt: int, cap_frac: float | None) -> None:
        """Take from the pools who tries again within this step, as far as the cap lets them."""
        pin = self._pin_frac * admitted_rps
        self.pins = [pin if s.pinned else 0.0 for s in sites]
        if not self.alive and all(s.share > 0.0 or not s.pinned for s in sites):
            return
        decay = self._decay(dt)
        nobody = self._nobody
        due = [pool.drain(decay, dt, nobody) for pool in self.sites]
        edge = self.edge.drain(decay, dt, nobody)
        home = [self._drain_home(i, site, decay, dt) for i, site in enumerate(sites)]
        wanted = plain_sum(edge)
        for tries in due:
            if tries is not nobody:
                wanted += plain_sum(tries)
        for tries in home:
            if tries is not nobody:
                wanted += plain_sum(tries)
        if wanted > 0.0:
            self._spread(sites, due, home, edge, self._allow(wanted, admitted_rps, dt, cap_frac))
        elif self.free_sum > 0.0 or any(self.stick_sum) or any(self.home_sum):
            self._stop()
        self.alive = wanted > 0.0 or any(pool.alive for pool in self.pools())

    def _stop(self) -> None:
        n, nobody = len(self.sites), self._nobody
        self.free, self.free_sum = nobody, 0.0
        self.edge_try, self.edge_sum = nobody, 0.0
        self.stick, self.stick_sum = [nobody] * n, [0.0] * n
        self.home_retry, self.home_sum = [nobody] * n, [0.0] * n

    def _decay(self, dt: int) -> Decay:
        rates = self._decays.get(dt)
        if rates is None:
            leave = 1.0 - exp_neg(dt / self._timeout_s)
            rates = self._decays[dt] = (leave, [1.0 - exp_neg(dt / b) for b in self._backoff_s])
        return rates

    def _drain_home(self, i: int, site: Site, decay: Decay, dt: int) -> list[float]:
        pool, pin = self.home[i], self.pins[i]
        if dt >= _STEADY_FROM_S and site.share <= 0.0 and pin > 0.0 and self.tries:
            pool.alive = True
            pool.waiting = [0.0] * self.tries
            pool.pausing = [pin * b for b in self._backoff_s]
            self.lost += pin * dt
            return self._nobody
        return pool.drain(decay, dt, self._nobody)

    def _allow(self, wanted_rps: float, admitted_rps: float, dt: int, cap_frac: float | None) -> float:
        """The part of the retries that a token bucket of `cap_frac` of the first attempts lets through."""
        cap = self._budget if cap_frac is None else cap_frac
        if cap is None:
            return 1.0
        rate = cap * admitted_rps
        self.tokens = min(self.tokens + rate * dt, rate * max(dt, 1.0))
        wanted = wanted_rps * dt
        allowed = min(wanted, self.tokens)
        self.tokens -= allowed
        self.lost += wanted - allowed
        return allowed / wanted

    def _spread(
        self,
        sites: Sequence[Site],
        due: list[list[float]],
        home: list[list[float]],
        edge: list[float],
        allowed: float,
    ) -> None:
        nobody = self._nobody
        self.edge_try = [x * allowed for x in edge]
        self.edge_sum = plain_sum(self.edge_try)
        free = list(self.edge_try)
        for i, site in enumerate(sites):
            self.stick[i], self.stick_sum[i] = nobody, 0.0
            self.home_retry[i], self.home_sum[i] = nobody, 0.0
            if due[i] is not nobody:
                sticky = self._sticky * allowed if site.share > 0.0 else 0.0
                self.stick[i] = stick = [x * sticky for x in due[i]]
                self.stick_sum[i] = plain_sum(stick)
                for j, x in enumerate(due[i]):
                    free[j] += x * allowed - stick[j]
            if home[i] is not nobody:
                mine = [x * allowed for x in home[i]]
                if site.pinned:
                    self.home_retry[i], self.home_sum[i] = mine, plain_sum(mine)
                else:
                    free = [f + m for f, m in zip(free, mine, strict=True)]
        self.free, self.free_sum = free, plain_sum(free)

    def fail(self, site: Site, fresh_rps: float, late: float, refused: float, *, reserved: bool) -> None:
        """File those whom a site failed.

        Args:
            fresh_rps: free first attempts that reached the site.
            late, refused: seconds of the step times the share of the arrivals that failed so.
            reserved: only some classes reach the site; who was refused at the edge before is of the others.
        """
        i, share = site.index, site.share
        if not self.tries:
            self.lost += (fresh_rps + self.pins[i]) * (late + refused)
            return
        self.alive = True
        free = self.free
        if reserved:
            free = [f - e for f, e in zip(free, self.edge_try, strict=True)]
        tries = [f * share + s for f, s in zip(free, self.stick[i], strict=True)]
        self.lost += self.sites[i].file(fresh_rps, tries, late, refused)
        if self.pins[i] > 0.0 or self.home_sum[i] > 0.0:
            self.lost += self.home[i].file(self.pins[i], self.home_retry[i], late, refused)

    def refuse_home(self, i: int, dt: int) -> None:
        """Their home is out of rotation: the edge refuses pinned clients at once."""
        pin = self.pins[i]
        if pin <= 0.0 and self.home_sum[i] <= 0.0:
            return
        self.alive = True
        if not self.tries:
            self.lost += pin * dt
        elif dt < _STEADY_FROM_S or pin <= 0.0:  # else `draw` has taken them in their steady state
            self.lost += self.home[i].file(pin, self.home_retry[i], 0.0, dt)

    def refuse_at_edge(self, share: float, fresh_rps: float, dt: int) -> None:
        """No site took this share of the free and sticking flow; the edge refused it at once."""
        refused = share * dt
        if not self.tries:
            self.lost += fresh_rps * refused
            return
        self.alive = True
        tries = [f + plain_sum(s[j] for s in self.stick) for j, f in enumerate(self.free)]
        self.lost += self.edge.file(fresh_rps, tries, 0.0, refused)

    def refuse_classes(self, fresh_rps: float, dt: int) -> None:
        """Classes that a reserved standby does not admit are refused at the edge, at every try."""
        self.alive = True
        if self.tries:
            self.lost += self.edge.file(fresh_rps, self.edge_try, 0.0, dt)
        else:
            self.lost += fresh_rps * dt
