"""What scoring needs to know of a scenario: names, lists and thresholds, as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scenarios import Scenario
from scoring import setting_intake, setting_people
from scoring.setting_intake import Intake
from scoring.setting_people import People
from scoring.setting_stages import StageAhead, stages_of

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY_MIN = 24 * 60


@dataclass(frozen=True)
class SiteName:
    """A data center as the scenario calls it."""

    id: str
    title: str
    standby: bool = False


@dataclass(frozen=True)
class ListName:
    """A distribution list that stood before the start, with the audiences it reaches."""

    id: str
    title: str
    audiences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Thresholds:
    """Limits in simulated minutes; None takes the catalogue's default.

    Args:
        command_min: C, from the major trigger to somebody in command.
        stage_min: S, from onset to the next worsening when nobody acts.
        update_min: U, the longest time between two updates at high priority.
        notice_min: N, from command to the first notice.
        time_box_min: X, how long a tier may try alone.
        document_min: from the major trigger to an open document; C + 10.
        restore_min: R, the time the SLA allows.
        foresight_min: how long before it came the next stage could be seen.
    """

    command_min: float | None = None
    stage_min: float | None = None
    update_min: float | None = None
    notice_min: float | None = None
    time_box_min: float | None = None
    document_min: float | None = None
    restore_min: float | None = None
    foresight_min: float = 15.0

    @property
    def command(self) -> float:
        """C: min(15, S/2), at least 5."""
        if self.command_min is not None:
            return self.command_min
        return 15.0 if self.stage_min is None else max(5.0, min(15.0, self.stage_min / 2))

    @property
    def update(self) -> float:
        """U: 30 while the priority is high."""
        return 30.0 if self.update_min is None else self.update_min

    @property
    def notice(self) -> float:
        """N: 15."""
        return 15.0 if self.notice_min is None else self.notice_min

    @property
    def document(self) -> float:
        """C + 10."""
        return self.command + 10.0 if self.document_min is None else self.document_min

    @property
    def restore(self) -> float:
        """R: 240 while the priority is high."""
        return 240.0 if self.restore_min is None else self.restore_min

    @property
    def time_box(self) -> float:
        """X: min(30, R/4), at least 10."""
        if self.time_box_min is not None:
            return self.time_box_min
        return max(10.0, min(30.0, self.restore / 4))


@dataclass(frozen=True)
class Setting:
    """A scenario as the scorer sees it.

    Args:
        starts: day and time of the story at t = 0, such as "Wed 03:00".
        required: audiences that a first notice must reach; empty takes those of the first list.
        desk: roles that may close tickets.
        mitigations: operations that can help here; empty takes the usual ones.
        names: names of people by id, for evidence alone.
        budget_min: minutes a month that may be bad.
        off: ids of practices which the scenario switches off.
        cost_low_usd, cost_high_usd: of an hour in which nobody is served.
        intake: its troubles, and who can help with them.
        people: groups and what they must tell each other, duty limits, the handoff.
        stages: worsenings that could be foreseen.
    """

    id: str = "drill"
    title: str = "Drill"
    starts: str = "Wed 03:00"
    service: str = "service"
    sites: tuple[SiteName, ...] = ()
    lists: tuple[ListName, ...] = ()
    required: tuple[str, ...] = ()
    desk: tuple[str, ...] = ("desk_1", "desk_2")
    thresholds: Thresholds = field(default_factory=Thresholds)
    mitigations: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    off: tuple[str, ...] = ()
    budget_min: float = 43.2
    cost_low_usd: float = 100_000.0
    cost_high_usd: float = 300_000.0
    intake: Intake = field(default_factory=Intake)
    people: People = field(default_factory=People)
    stages: tuple[StageAhead, ...] = ()

    @property
    def primaries(self) -> tuple[str, ...]:
        """Ids of the sites that carry the traffic by day."""
        return tuple(site.id for site in self.sites if not site.standby)

    @property
    def standbys(self) -> tuple[str, ...]:
        """Ids of the sites that wait to help."""
        return tuple(site.id for site in self.sites if site.standby)

    def site_title(self, site: str) -> str:
        """Give a site's name in the story, else its id in capitals."""
        return next((known.title for known in self.sites if known.id == site), site.upper())

    def is_qualified(self, list_id: str) -> bool:
        """Say whether a list stood before the start and reaches all required audiences."""
        wanted = self.required or (self.lists[0].audiences if self.lists else ())
        return any(known.id == list_id and set(wanted) <= set(known.audiences) for known in self.lists)

    def day(self, t_ms: int) -> str:
        """Give the story's day at a moment: "Thu"."""
        return DAYS[(self._start_min() + t_ms // 60_000) // DAY_MIN % 7]

    def time(self, t_ms: int) -> str:
        """Give the story's time of day at a moment: "03:12"."""
        minute = (self._start_min() + t_ms // 60_000) % DAY_MIN
        return f"{minute // 60:02d}:{minute % 60:02d}"

    def story(self, t_ms: int) -> str:
        """Give day and time at a moment: "Wed 03:12"."""
        return f"{self.day(t_ms)} {self.time(t_ms)}"

    def said(self, t_ms: int) -> str:
        """Give the time as a sentence says it: the day only when it is not the first."""
        return self.time(t_ms) if self.day(t_ms) == self.day(0) else self.story(t_ms)

    def _start_min(self) -> int:
        day, _, clock = self.starts.partition(" ")
        hour, _, minute = clock.partition(":")
        return DAYS.index(day) * DAY_MIN + int(hour) * 60 + int(minute)


def of(scenario: Scenario) -> Setting:
    """Give what scoring needs of a scenario."""
    plan, limits = scenario.world_plan(), scenario.scoring
    inside = next((each for each in scenario.lists if not each.external), None)
    desk = scenario.desks
    defaults = Setting()
    return Setting(
        id=scenario.id,
        title=scenario.title,
        starts=scenario.plot.starts,
        service=plan.level.title,
        sites=tuple(SiteName(site.id, site.title, site.standby) for site in plan.sites),
        lists=tuple(ListName(each.id, each.title, tuple(each.audiences)) for each in scenario.lists),
        required=tuple(inside.audiences) if inside else (),
        desk=desk or defaults.desk,
        thresholds=Thresholds(
            command_min=limits.command_limit_min,
            notice_min=limits.first_notice_limit_min,
            update_min=limits.update_every_min,
            document_min=limits.document_limit_min,
            restore_min=scenario.sla.restore_min,
        ),
        names=scenario.names(),
        budget_min=scenario.sla.budget_min,
        cost_low_usd=scenario.cost.per_hour_low_usd if scenario.cost else defaults.cost_low_usd,
        cost_high_usd=scenario.cost.per_hour_high_usd if scenario.cost else defaults.cost_high_usd,
        intake=setting_intake.of(scenario),
        people=setting_people.of(scenario),
        stages=stages_of(scenario),
    )
