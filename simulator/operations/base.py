"""What an operation is, and the registry of all operations."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar

from simulator import registry
from simulator.det import plain_sum
from simulator.jobs import Work

if TYPE_CHECKING:
    from simulator.site import Site
    from simulator.world import World

OPERATIONS: dict[str, type[Operation]] = {}

Purpose = Literal["mitigate", "restore", "diagnose", "fix"]
Risk = Literal["low", "medium", "high"]


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of an operation.

    Args:
        lasts_s: how long; None until `Operation.poll` ends it.
        surprise: a phase nobody plans for: it is left out of the foreseen end.
        cancellable: whether the operation may be stopped within it.
    """

    name: str
    lasts_s: float | None
    surprise: bool = False
    cancellable: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a phase: well, and the next begins; or not, and the operation has failed."""

    ok: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an operation would do, before anyone does it.

    Args:
        needs: what must be so, and whether it is.
        minutes: foreseen duration; None while that depends on the world.
        refusal: why it would be refused now, or None.
    """

    what: str
    expected: str
    price: str
    needs: tuple[tuple[bool, str], ...] = field(default=())
    way_back: str = ""
    minutes: float | None = None
    refusal: str | None = None


@dataclass(frozen=True)
class Operation(ABC):
    """An act of a responder on the world.

    Class attributes say what people read about every one of its kind: `title`, `summary`, `purpose`,
    `risk`, `way_back`, `usual_minutes`; `times` are its lengths and strengths, which a plan may change
    under `<id>.<name>`.
    """

    id: ClassVar[str] = ""
    title: ClassVar[str] = ""
    summary: ClassVar[str] = ""
    purpose: ClassVar[Purpose] = "mitigate"
    risk: ClassVar[Risk] = "low"
    way_back: ClassVar[str] = ""
    usual_minutes: ClassVar[str] = ""
    times: ClassVar[Mapping[str, float]] = {}

    @property
    def target(self) -> str | None:
        """Id of the site it works on, or what else it is aimed at; None for the whole."""
        site: str | None = getattr(self, "site", None)
        return site

    def at(self, world: World) -> Site:
        """The site it works on."""
        return world.state.site(str(self.target))

    def time(self, world: World, name: str) -> float:
        """One of its `times`, as the plan has it."""
        return world.plan.limits.values.get(f"{self.id}.{name}", self.times[name])

    def refusal(self, world: World) -> str | None:
        """Why the world does not allow it now, and how to mend that; None when it may start."""
        return None

    @abstractmethod
    def phases(self, world: World) -> tuple[Phase, ...]:
        """Its phases, in order, as things stand."""

    def enter(self, world: World, work: Work, phase: Phase) -> None:
        """A phase begins."""

    def poll(self, world: World, work: Work, phase: Phase) -> Outcome | None:
        """Look after a step of the world: None to go on."""
        return None

    def finish(self, world: World, work: Work) -> str:
        """All phases are through: act, and say in a few words what came of it."""
        return ""

    def undo(self, world: World, work: Work) -> None:
        """It was cancelled: stop what goes on in the world."""

    def progress_frac(self, world: World, work: Work) -> float | None:
        """How far it is, 0..1, when that is not a matter of time."""
        return None

    def reached(self, world: World) -> bool:
        """Whether what it is meant for holds: one sign that it helped."""
        return False

    def describe(self, world: World) -> Preview:
        """What it would do: the part of the preview that only it knows."""
        return Preview(self.summary, "", "")

    def preview(self, world: World) -> Preview:
        """What it would do, as things stand."""
        refusal = world.refusal(self)
        lasting = [p.lasts_s for p in self.phases(world) if not p.surprise] if refusal is None else []
        minutes = None
        if refusal is None and all(x is not None for x in lasting):
            minutes = round(plain_sum(x or 0.0 for x in lasting) / 60.0, 1)
        return replace(self.describe(world), way_back=self.way_back, minutes=minutes, refusal=refusal)


@dataclass(frozen=True)
class SiteOperation(Operation):
    """An operation on one site.

    Args:
        site: id of the site.
    """

    site: str


O = TypeVar("O", bound=Operation)  # noqa: E741 - one letter, as type variables are


def operation(id: str) -> Callable[[type[O]], type[O]]:  # noqa: A002
    """Register an operation under its id."""

    def register(cls: type[O]) -> type[O]:
        cls.id = id
        OPERATIONS[id] = cls
        return cls

    return register


def parse(id: str, params: Mapping[str, Any]) -> Operation:  # noqa: A002
    """Make an operation from plain parameters.

    Raises:
        BadParameters: with all that is wrong, and how to mend it.
    """
    return registry.make(OPERATIONS, "operation", id, params)


def check_frac(name: str, value: float) -> None:
    """Fail unless a fraction lies between 0 and 1."""
    if not 0.0 <= value <= 1.0:
        raise ValueError(f"{name}(={value}) must lie between 0 and 1")


def await_admission(world: World, site: Site, work: Work, patience_s: float) -> Outcome | None:
    """Wait until health checks put a site into rotation."""
    if site.in_rotation:
        return Outcome(ok=True)
    if site.held:
        return Outcome(ok=False, note=f"{site.title} is held out")
    if world.state.now_s - work.phase_from_s > patience_s:
        return Outcome(ok=False, note=f"health checks of {site.title} do not pass")
    return None


def watch_stay(world: World, site: Site) -> Outcome | None:
    """Fail as soon as a site that was admitted is out of rotation again."""
    if site.in_rotation:
        return None
    return Outcome(ok=False, note=f"{site.title} was admitted and fell out of rotation again")


def expected_rps(world: World, site: Site, weight_frac: float) -> float:
    """Requests a second a site would get at this weight, retries left out."""
    flow = plain_sum(s.first_rps for s in world.state.sites)
    others = plain_sum(
        s.pool.workers * s.weight_frac
        for s in world.state.sites
        if s.in_rotation and not s.standby and s is not site
    )
    mine = site.pool.workers * weight_frac
    return flow * mine / (mine + others) if mine + others else flow


def site_facts(world: World, site: Site, weight_frac: float) -> str:
    """What a return at this weight would meet, in a sentence."""
    gets = expected_rps(world, site, weight_frac)
    can = site.pool.workers * site.pool.rate_rps / world.cost_of(site)
    return f"about {gets:.0f} requests/s for {site.title}, which can finish {can:.0f}"
