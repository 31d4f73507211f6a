"""Teams that act on a world by a fixed book: what they do follows alerts and the clock, as the physics page
has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from simulator import Happening, OperationRefused, World
from simulator.operations import parse

MINUTE = 60.0


def at(hour: int, minute: int = 0) -> float:
    """Seconds since 03:00 of a story time."""
    return ((hour - 3) * 60 + minute) * 60.0


@dataclass
class Driver:
    """Drives a world through a book: scheduled acts, acts after alerts, acts once something holds."""

    world: World
    end_s: int = 108_000
    due: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    waits: list[tuple[Callable[[World], bool], Callable[[], None]]] = field(default_factory=list)
    on: dict[tuple[str, str], Callable[[], None]] = field(default_factory=dict)
    seen: list[Happening] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    count: int = 0

    @property
    def now_s(self) -> float:
        return self.world.now_ms / 1000.0

    def at(self, t_s: float, act: Callable[[], None]) -> None:
        """Act at a time, on the next boundary where it is past."""
        self.count += 1
        self.due.append((t_s, self.count, act))
        self.due.sort(key=lambda d: d[:2])

    def op(self, operation: str, **params: Any) -> None:
        """Start an operation now; a refusal is kept, as life would."""
        self.count += 1
        self.world.meet(self.world.now_ms)
        try:
            self.world.start(parse(operation, params), f"op-{self.count}", "david")
        except OperationRefused as error:
            self.refused.append(str(error))

    def op_at(self, t_s: float, operation: str, **params: Any) -> None:
        """Start an operation at a time."""
        self.at(t_s, lambda: self.op(operation, **params))

    def when(self, holds: Callable[[World], bool], act: Callable[[], None]) -> None:
        """Act once something holds; looked at every minute."""
        self.waits.append((holds, act))

    def after(self, kind: str, about: str, act: Callable[[], None]) -> None:
        """Act once, at the first happening of this kind about this."""
        self.on[kind, about] = act

    def run(self) -> None:
        """To the end of the drill."""
        self._hear()
        while self.world.now_ms < self.end_s * 1000:
            minute = (self.world.now_ms // 60_000 + 1) * 60.0
            goal = min([minute, *(d[0] for d in self.due[:1])])
            if self.due and self.due[0][0] <= goal:
                self.world.meet(int(self.due[0][0] * 1000))
                self._hear()
                while self.due and self.due[0][0] <= self.now_s:
                    self.due.pop(0)[2]()
                    self._hear()
            else:
                self.world.advance(int(goal * 1000))
                if self.world.now_ms < goal * 1000:
                    self.world.meet(int(goal * 1000))
                self._hear()
            for wait in list(self.waits):
                if wait[0](self.world):
                    self.waits.remove(wait)
                    wait[1]()

    def _hear(self) -> None:
        for happening in self.world.drain():
            self.seen.append(happening)
            act = self.on.pop((happening.kind, happening.about), None)
            if act:
                act()


def none(d: Driver) -> None:
    """Nobody acts."""


def rollback_only(d: Driver) -> None:
    """DC1 rolled back at T+20, DC2 at T+50, as the tool does it; nothing else, ever."""
    d.op_at(20 * MINUTE, "roll_back", site="dc1", held=False)
    d.op_at(50 * MINUTE, "roll_back", site="dc2", held=False)


def both_early(d: Driver) -> None:
    """Both rolled back at 03:12, while DC2 still serves."""
    d.op_at(12 * MINUTE, "roll_back", site="dc1", held=False)
    d.op_at(12 * MINUTE, "roll_back", site="dc2", held=False)


def unmanaged(d: Driver) -> None:
    """One engineer alone: rolls back, restarts, restarts again."""
    d.op_at(20 * MINUTE, "roll_back", site="dc1", held=False)
    restart_and_readmit(d, "dc1", 35 * MINUTE)
    d.op_at(85 * MINUTE, "roll_back", site="dc2", held=False)
    restart_and_readmit(d, "dc1", 125 * MINUTE)
    restart_and_readmit(d, "dc3", at(7, 50))
    for hour, minute in ((8, 30), (9, 40), (11, 0), (13, 0)):
        for site in ("dc1", "dc2", "dc3"):
            restart_and_readmit(d, site, at(hour, minute))


def restart_and_readmit(d: Driver, site: str, t_s: float) -> None:
    """The habit: restart a site and put it back at full weight."""
    d.op_at(t_s, "restart", site=site)
    d.op_at(t_s + 100.0, "readmit", site=site)


def expert(d: Driver) -> None:
    """Caps retries, sheds crawlers, repoints, holds both, rolls both back, catches up, warms, returns by
    stages."""

    def first() -> None:
        t = d.now_s
        d.op_at(t + 300, "cap_retries", frac=0.1)
        d.op_at(t + 360, "shed", traffic_class="crawler", frac=1.0)
        d.op_at(t + 840, "repoint", site="dc1")

    def second() -> None:
        t = d.now_s
        d.op_at(t + 840, "repoint", site="dc2")
        d.op_at(t + 300, "hold", site="dc2")
        for site in ("dc2", "dc1"):
            d.op_at(t + 420, "roll_back", site=site, held=True)
        for site in ("dc1", "dc2"):
            d.op_at(t + 900, "catch_up", site=site)
            d.op_at(t + 960, "warm", site=site, rate_rps=280.0)
        d.at(t + 2000, lambda: go("dc2", 60))
        d.at(t + 2000, lambda: go("dc1", 2700))
        d.op_at(at(6, 0), "shed", traffic_class="crawler", frac=0.0)
        d.op_at(at(6, 30), "cap_retries", frac=0.0)

    def go(site: str, gap_s: float) -> None:
        def ready(world: World) -> bool:
            truth = world.truth()["sites"][site]
            return bool(truth["warmth"] > 0.9 and truth["lag_s"] == 0)

        d.when(ready, lambda: d.op_at(d.now_s + gap_s, "staged_return", site=site))

    d.after("alert.fired", "dc1_down", first)
    d.after("alert.fired", "dc2_down", second)


def managed(d: Driver) -> None:
    """The managed story: three fixes fail, the third site is held, then hours of mending."""

    def second() -> None:
        t = d.now_s
        for site in ("dc1", "dc2"):
            d.op_at(t + 25 * MINUTE, "roll_back", site=site, held=True)
        d.op_at(t + 45 * MINUTE, "readmit", site="dc2", weight_frac=1.0)

    def third() -> None:
        t = d.now_s
        d.op_at(t + 180, "shed", traffic_class="crawler", frac=1.0)
        d.op_at(t + 240, "cap_retries", frac=0.1)
        d.op_at(t + 360, "reserve_standby", on=True)
        d.op_at(t + 600, "shed", traffic_class="background", frac=1.0)
        d.at(t + 57 * MINUTE, lambda: d.world.approve("degraded_mode", d.world.now_ms))
        d.op_at(t + 58 * MINUTE, "degraded_mode", on=True)
        d.op_at(t + 70 * MINUTE, "readmit", site="dc1", weight_frac=0.5)
        d.op_at(t + 95 * MINUTE, "catch_up", site="dc2")
        d.op_at(t + 120 * MINUTE, "rebuild_index", site="dc2")
        d.op_at(t + 135 * MINUTE, "build_fix")
        d.when(done("build_fix"), lambda: d.op("test_fix"))
        d.when(done("test_fix"), lambda: d.op("deploy_fix"))

    def rebuilt_2() -> None:
        t = d.now_s
        d.op_at(t + 300, "warm", site="dc2", rate_rps=400.0)
        d.op_at(t + 60, "rebuild_index", site="dc1")
        d.when(warm("dc2"), warm_2)

    def warm_2() -> None:
        t = d.now_s + 120
        d.op_at(t, "staged_return", site="dc2")
        d.op_at(t + 50 * MINUTE, "degraded_mode", on=False)
        d.op_at(t + 65 * MINUTE, "shed", traffic_class="background", frac=0.0)

    def rebuilt_1() -> None:
        d.op_at(d.now_s + 300, "warm", site="dc1", rate_rps=400.0)
        d.when(warm("dc1"), warm_1)

    def warm_1() -> None:
        t = d.now_s + 120
        d.op_at(t, "staged_return", site="dc1")
        d.op_at(t + 45 * MINUTE, "shed", traffic_class="crawler", frac=0.0)
        d.op_at(t + 60 * MINUTE, "cap_retries", frac=0.0)
        d.op_at(t + 60 * MINUTE, "reserve_standby", on=False)

    def warm(site: str) -> Callable[[World], bool]:
        return lambda world: bool(world.truth()["sites"][site]["warmth"] > 0.9)

    d.after("alert.fired", "dc2_down", second)
    d.after("alert.fired", "dc3_saturation", third)
    d.after("index.rebuilt", "dc2", rebuilt_2)
    d.after("index.rebuilt", "dc1", rebuilt_1)
    d.op_at(at(4, 20), "repoint", site="dc1")
    d.op_at(at(4, 30), "repoint", site="dc2")


def done(operation: str) -> Callable[[World], bool]:
    """Whether an operation of this kind has ended well."""
    return lambda world: any(j.operation == operation and j.result == "done" for j in world.jobs)


def clumsy(d: Driver) -> None:
    """Rolls both back at once while one still serves, restarts everything by habit, and is rescued from
    outside."""
    for site in ("dc1", "dc2"):
        d.op_at(12 * MINUTE, "roll_back", site=site, held=False)
    for hour, minute in ((3, 35), (4, 0), (4, 40), (5, 40), (7, 0)):
        for site in ("dc1", "dc2", "dc3"):
            restart_and_readmit(d, site, at(hour, minute))
    rescue(d)


def rescue(d: Driver) -> None:
    """Outside help blocks everything, warms all sites for an hour, lets customers back in by fifths."""
    for traffic_class in ("crawler", "background", "browse", "checkout"):
        d.op_at(at(8, 30), "shed", traffic_class=traffic_class, frac=1.0)
    d.at(at(8, 30), lambda: d.world.approve("degraded_mode", d.world.now_ms))
    d.op_at(at(8, 30), "degraded_mode", on=True)
    for number, site in enumerate(("dc1", "dc2", "dc3")):
        d.op_at(at(8, 34), "hold", site=site)
        d.op_at(at(8, 36), "restart", site=site)
        d.op_at(at(8, 40), "warm", site=site, rate_rps=280.0)
        d.op_at(at(9, 10 * number), "repoint", site=site)
        d.op_at(at(10, 0), "readmit", site=site, weight_frac=1.0)
    for fifth in range(1, 6):
        for traffic_class in ("checkout", "browse"):
            part = 1.0 - fifth / 5.0
            d.op_at(at(9, 48 + 15 * fifth), "shed", traffic_class=traffic_class, frac=part)


TEAMS: dict[str, Callable[[Driver], None]] = {
    "none": none,
    "rollback_only": rollback_only,
    "both_early": both_early,
    "unmanaged": unmanaged,
    "clumsy": clumsy,
    "expert": expert,
    "managed": managed,
}


@dataclass(frozen=True)
class Facts:
    """What became of a run: times in seconds since 03:00, None for never."""

    happenings: tuple[Happening, ...]
    world: World
    refused: tuple[str, ...]

    def first(self, kind: str, about: str | None = None, **data: Any) -> float | None:
        """The first happening of a kind after the start."""
        for h in self.happenings:
            same = all(h.data.get(k) == v for k, v in data.items())
            if h.kind == kind and (about is None or h.about == about) and same and h.t_ms > 0:
                return h.t_ms / 1000.0
        return None

    def in_for_good(self, site: str) -> float | None:
        """Since when a site has been in rotation at the end, None where it is out or never left."""
        since = None
        for h in self.happenings:
            if h.about == site and h.kind == "site.admitted":
                since = h.t_ms / 1000.0
            elif h.about == site and h.kind in ("site.ejected", "site.held", "site.drained"):
                since = None
        return since

    def pages(self) -> int:
        """Pages that rang."""
        return sum(1 for h in self.happenings if h.kind == "alert.fired" and h.data["severity"] == "page")

    def outage_min(self) -> int:
        """Minutes in which fewer than one in ten customers' requests were answered."""
        return int((self.world.metrics["served_frac"] < 0.10).sum())

    def failed_frac(self) -> float:
        """Part of the first attempts that were neither answered nor shed."""
        m = self.world.metrics
        after = m["t_ms"] > 0
        return float(m["failed"][after].sum() / m["fresh"][after].sum())


def play(world: World, team: str, end_s: int = 108_000) -> Facts:
    """Let a team act on a world until the end."""
    driver = Driver(world, end_s)
    TEAMS[team](driver)
    driver.run()
    return Facts(tuple(driver.seen), world, tuple(driver.refused))
