"""The flagship's verdicts, over many seeds: `python -m tests.verdicts [seeds]`.

Bot teams play the scenario as it stands in the library; single acts and ablations are tried on its world
alone. Prints a table and exits 1 when a verdict does not hold in every seed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache

from drills import Record, run_headless
from scenarios import Library, Scenario
from scoring import Scorecard, scorecard
from simulator import World, WorldPlan
from tests.simulator.teams import play

SEEDS = 100
RANGED_SEEDS = 40
MINUTE_MS = 60_000
WORKERS = 2


@cache
def flagship() -> Scenario:
    """The outage of three data centers."""
    scenario = Library([]).get("three-datacenter-outage")
    if scenario is None:
        raise LookupError("the library has no three-datacenter-outage")
    return scenario


@dataclass(frozen=True)
class Night:
    """What one night came to: story minutes after 03:00 by mark (None: never), and numbers by name."""

    case: str
    seed: int
    marks: dict[str, float | None] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)
    beats: frozenset[int] = frozenset()
    failings: dict[str, str] = field(default_factory=dict)
    traits: dict[str, str] = field(default_factory=dict)
    levels: dict[str, str] = field(default_factory=dict)


def first_min(record: Record, kind: str, about: str = "") -> float | None:
    """Give the minute of the first such item after the start."""
    for item in record.items:
        if item.kind == kind and item.t_ms > 0 and (not about or item.about == about):
            return item.t_ms / MINUTE_MS
    return None


def team_night(team: str, seed: int) -> Night:
    """Let a team of bots play the scenario."""
    _, record = run_headless(flagship(), team, seed)
    pages = [
        i for i in record.items if i.kind == "alert.fired" and i.data["severity"] == "page" and i.t_ms > 0
    ]
    after = [row for row, t_ms in enumerate(record.metrics["t_ms"]) if t_ms > 0]
    served, fresh, failed = (record.metrics[name] for name in ("served_frac", "fresh", "failed"))
    marks = {
        "DC1 down": first_min(record, "site.ejected", "dc1"),
        "below up": first_min(record, "sla.started"),
        "DC2 down": first_min(record, "site.ejected", "dc2"),
        "DC1 index": first_min(record, "index.lost", "dc1"),
        "DC2 index": first_min(record, "index.lost", "dc2"),
        "third alert": first_min(record, "alert.fired", "dc3_saturation"),
        "DC3 down": first_min(record, "site.ejected", "dc3"),
        "standby": first_min(record, "site.ejected", "s0"),
        "total outage": first_min(record, "total_outage.began"),
        "mitigated": first_min(record, "sla.stopped"),
        "recovered": first_min(record, "recovered.reached"),
    }
    numbers = {
        "outage min": float(sum(served[row] < 0.10 for row in after)),
        "failed %": 100.0 * sum(failed[row] for row in after) / sum(fresh[row] for row in after),
        "pages": float(len(pages)),
    }
    card = scorecard(record, flagship())
    return Night(
        team,
        seed,
        marks,
        numbers | _money(card),
        frozenset(beat.row for beat in card.beats),
        dict(card.failings),
        dict(card.traits),
        {scored.line.id: scored.judgement.level for scored in card.lines},
    )


def _money(card: Scorecard) -> dict[str, float]:
    return {"cost, low, $": card.outcomes.cost_low_usd, "cost, high, $": card.outcomes.cost_high_usd}


def world_night(case: str, seed: int) -> Night:
    """Try single acts, or an ablation, on the scenario's world alone."""
    acts, change = CASES[case]
    outcome = play(World(change(flagship().world_plan()), seed), acts)
    total = outcome.first("total_outage.began")
    level = outcome.first("level.changed")
    in_rotation = sum(site.in_rotation for site in outcome.world.reading().sites if not site.standby)
    return Night(
        case,
        seed,
        {
            "total outage": None if total is None else total / 60.0,
            "below up": None if level is None else level / 60.0,
        },
        {"sites at end": float(in_rotation), "pages": float(outcome.pages())},
    )


def _service(plan: WorldPlan, change: Callable[[WorldPlan], dict[str, object]]) -> WorldPlan:
    services = tuple(
        replace(each, **change(plan)) if each.id == plan.entry else each  # type: ignore[arg-type]
        for each in plan.services
    )
    return replace(plan, services=services)


def _no_cold_cost(plan: WorldPlan) -> WorldPlan:
    entry = next(each for each in plan.services if each.id == plan.entry)
    if entry.cache is None:
        raise ValueError("the critical service has no cache to ablate")
    cache_without = replace(entry.cache, miss_cost=0.0)
    return _service(plan, lambda _: {"cache": cache_without})


CASES: dict[str, tuple[str, Callable[[WorldPlan], WorldPlan]]] = {
    "no trigger": ("none", lambda plan: replace(plan, faults=())),
    "rollback alone": ("rollback_only", lambda plan: plan),
    "both rolled back early": ("both_early", lambda plan: plan),
    "rollback, no retries": (
        "rollback_only",
        lambda plan: replace(plan, clients=replace(plan.clients, retries=0)),
    ),
    "rollback, no cold cost": ("rollback_only", _no_cold_cost),
    "rollback, short queue": ("rollback_only", lambda plan: _service(plan, lambda _: {"queue_s": 0.2})),
    "rollback, retry budget": (
        "rollback_only",
        lambda plan: replace(plan, clients=replace(plan.clients, budget_frac=0.10)),
    ),
}
TEAMS = ("none", "unmanaged", "clumsy", "half_managed", "managed", "strong")
LOST, KEPT = ("none", "unmanaged", "clumsy"), ("managed", "strong")
UNMANAGED_BEATS = frozenset(range(75, 87))
MANAGED_BEATS = frozenset(range(91, 112))


@dataclass(frozen=True)
class Verdict:
    """A sentence that must hold in every seed of a case.

    Args:
        most: seeds it speaks of, from the first on. Outcomes hold in all; the ranges of the physics page are
            those of 40 nights, and more nights must reach a little beyond them.
    """

    says: str
    case: str
    holds: Callable[[Night], bool]
    most: int | None = None


def _in(mark: str, low: float, high: float) -> Callable[[Night], bool]:
    def holds(night: Night) -> bool:
        value = night.marks[mark]
        return value is not None and low - 1.0 <= value <= high + 1.0

    return holds


def _never(mark: str) -> Callable[[Night], bool]:
    return lambda night: night.marks[mark] is None


def _verdicts() -> Iterator[Verdict]:
    for team in ("none", "unmanaged", "managed"):
        yield Verdict("below up from 03:10 [03:09-03:12]", team, _in("below up", 9, 12), most=RANGED_SEEDS)
        yield Verdict("DC2 falls at 03:26 [03:23-03:28]", team, _in("DC2 down", 23, 28), most=RANGED_SEEDS)
    for team in TEAMS:
        yield Verdict("DC1 falls at 03:05 [03:03-03:07]", team, _in("DC1 down", 3, 7), most=RANGED_SEEDS)
    for team in LOST:
        yield Verdict("total outage", team, lambda night: night.marks["total outage"] is not None)
    for team in KEPT:
        yield Verdict("never total outage", team, _never("total outage"))
        yield Verdict("DC3 never falls", team, _never("DC3 down"))
    yield Verdict("no third alert", "strong", _never("third alert"))
    yield Verdict("DC2 down 03:18 by their own rollback", "clumsy", _in("DC2 down", 17, 20))
    yield Verdict("all four failings seen", "unmanaged", _all("failings", "seen"))
    yield Verdict("all four traits shown", "managed", _all("traits", "shown"))
    yield Verdict("no failing seen", "managed", _all("failings", "not_seen"))
    yield Verdict("rows 75-86 found", "unmanaged", lambda night: night.beats >= UNMANAGED_BEATS)
    yield Verdict("rows 91-111 found", "managed", lambda night: night.beats >= MANAGED_BEATS)
    for team in ("none", "unmanaged"):
        yield Verdict(
            "third alert 07:17 [07:09-07:27]", team, _in("third alert", 249, 267), most=RANGED_SEEDS
        )
        yield Verdict("DC3 falls at 07:42 [07:34-07:50]", team, _in("DC3 down", 274, 290), most=RANGED_SEEDS)
        yield Verdict(
            "total outage follows, to the end [1509-1527 min]", team, _outage(1509, 1527), most=RANGED_SEEDS
        )
        yield Verdict(
            "91.7 % of first attempts fail [91.3-92.1]",
            team,
            _number("failed %", 91.2, 92.2),
            most=RANGED_SEEDS,
        )
        yield Verdict("never mitigated", team, _never("mitigated"))
    yield Verdict("index of DC1 lost at 05:07, of DC2 at 05:27", "none", _both_indexes, most=RANGED_SEEDS)
    yield Verdict("standby falls within a minute of DC3", "none", _standby)
    yield Verdict("6 pages", "none", _number("pages", 6, 6))
    yield Verdict(
        "third alert 07:13 [07:06-07:21]", "managed", _in("third alert", 246, 261), most=RANGED_SEEDS
    )
    yield Verdict("no outage minute", "managed", _outage(0, 0))
    yield Verdict("mitigated 08:15 [08:08-08:23]", "managed", _in("mitigated", 308, 323), most=RANGED_SEEDS)
    yield Verdict(
        "recovered 21:55 [21:48-22:03], 20 min of people's time allowed",
        "managed",
        _in("recovered", 1118, 1153),
        most=RANGED_SEEDS,
    )
    yield Verdict("no trigger: no page, always up, three sites", "no trigger", _quiet)
    yield Verdict(
        "total outage as if nothing was done",
        "rollback alone",
        _in("total outage", 270, 292),
        most=RANGED_SEEDS,
    )
    yield Verdict("three sites stay healthy", "rollback, no retries", _three)
    yield Verdict("three sites stay healthy", "rollback, no cold cost", _three)
    yield Verdict("three sites stay healthy", "rollback, short queue", _three)
    yield Verdict("three sites stay healthy (39 of 40)", "rollback, retry budget", _three)
    yield Verdict(
        "total outage at 03:26 (39 of 40)",
        "both rolled back early",
        _in("total outage", 24, 36),
        most=RANGED_SEEDS,
    )


def _number(name: str, low: float, high: float) -> Callable[[Night], bool]:
    return lambda night: low <= night.numbers[name] <= high


def _all(what: str, value: str) -> Callable[[Night], bool]:
    return lambda night: bool(getattr(night, what)) and set(getattr(night, what).values()) == {value}


def _outage(low: float, high: float) -> Callable[[Night], bool]:
    return _number("outage min", low, high)


def _both_indexes(night: Night) -> bool:
    return _in("DC1 index", 125, 129)(night) and _in("DC2 index", 144, 150)(night)


def _standby(night: Night) -> bool:
    third, standby = night.marks["DC3 down"], night.marks["standby"]
    return third is not None and standby is not None and 0.0 <= standby - third <= 1.0


def _quiet(night: Night) -> bool:
    return (
        night.numbers["pages"] == 0 and night.numbers["sites at end"] == 3 and night.marks["below up"] is None
    )


def _three(night: Night) -> bool:
    return night.numbers["sites at end"] == 3 and night.marks["total outage"] is None


# A budget of 10 % saves the night in seeds 1 to 31 and 33 to 40; in seed 32 the sites fall all the same.
ALLOWED_MISSES = {"both rolled back early": 1 / 40, "rollback, retry budget": 1 / 40}


def night(job: tuple[str, int]) -> Night:
    """Play one case with one seed."""
    case, seed = job
    return team_night(case, seed) if case in TEAMS else world_night(case, seed)


def nights(seeds: Sequence[int]) -> dict[str, list[Night]]:
    """Play every case with every seed, on two processes."""
    jobs = [(case, seed) for case in TEAMS for seed in seeds]
    jobs += [(case, seed) for case in CASES for seed in seeds[:RANGED_SEEDS]]
    with ProcessPoolExecutor(WORKERS) as pool:
        played = list(pool.map(night, jobs, chunksize=2))
    return {case: [each for each in played if each.case == case] for case in (*TEAMS, *CASES)}


def hour(minutes: float) -> str:
    """Give a story time of day."""
    whole = round(minutes) + 180
    return f"{whole // 60 % 24:02d}:{whole % 60:02d}"


def misses(played: dict[str, list[Night]]) -> Iterator[tuple[Verdict, int, int]]:
    """Give each verdict with the seeds in which it failed, and how many were played."""
    for verdict in _verdicts():
        found = played[verdict.case][: verdict.most]
        yield verdict, sum(not verdict.holds(each) for each in found), len(found)


def apart(played: dict[str, list[Night]]) -> bool:
    """Whether failed requests, outage minutes and cost of managed and unmanaged nights do not overlap."""
    return all(
        max(n.numbers[name] for n in played["managed"]) < min(n.numbers[name] for n in played["unmanaged"])
        for name in ("failed %", "outage min", "cost, high, $")
    )


def table(played: dict[str, list[Night]]) -> str:
    """Give means and ranges of every mark and number of the teams."""
    lines = []
    for team in TEAMS:
        lines.append(f"{team}, {len(played[team])} seeds")
        for mark in played[team][0].marks:
            values = [n.marks[mark] for n in played[team]]
            times = [value for value in values if value is not None]
            span = (
                f"{hour(sum(times) / len(times))} [{hour(min(times))}-{hour(max(times))}]"
                if times
                else "never"
            )
            lines.append(
                f"  {mark:<14} {span}{'' if len(times) in (0, len(values)) else f' in {len(times)}'}"
            )
        for name in played[team][0].numbers:
            values_ = [n.numbers[name] for n in played[team]]
            lines.append(
                f"  {name:<14} {sum(values_) / len(values_):.3f} [{min(values_):.3f}-{max(values_):.3f}]"
            )
    return "\n".join(lines)


def main() -> int:
    """Play, print, and say whether all verdicts hold."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    played = nights(range(1, seeds + 1))
    print(table(played))
    bad = 0
    for verdict, missed, total in misses(played):
        allowed = round(ALLOWED_MISSES.get(verdict.case, 0.0) * total)
        bad += missed > allowed
        print(
            f"{'holds ' if missed <= allowed else 'FAILS '} {total - missed}/{total}  "
            f"{verdict.case}: {verdict.says}"
        )
    ranges = apart(played)
    print(f"{'holds ' if ranges else 'FAILS '} managed and unmanaged ranges do not touch")
    return 1 if bad or not ranges else 0


if __name__ == "__main__":
    sys.exit(main())
