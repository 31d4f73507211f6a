"""What an inject waits for, in words and with its present value, for the facilitator alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drills.conditions import Watch, metric_now

if TYPE_CHECKING:
    from drills.engine import Engine
    from scenarios.schema.script import Condition, Match

METRICS = {
    "served_frac": "served",
    "share": "share of the traffic",
    "load": "load",
    "p99": "slowest hundredth, ms",
    "retries": "retries",
    "cache": "cache hits",
    "index_lag_s": "index lag, s",
    "pinned_failed": "pinned calls failed",
    "sla_left_frac": "part of the SLA left",
}


def condition_words(condition: Condition) -> str:
    """Give a condition as people read it: "at 04:20", "5 min after alert fired dc2_down"."""
    later = f", not before {condition.not_before}" if condition.not_before else ""
    if condition.at is not None:
        return f"at {condition.at}{later}"
    if condition.metric is not None:
        return f"{_metric(condition)}{later}"
    if condition.after is not None:
        minutes = f"{condition.minutes} min after" if condition.minutes else "after"
        times = f"{condition.count} times " if condition.count > 1 else ""
        return f"{minutes} {times}{match_words(condition.after)}{later}"
    return f"{' or '.join(condition_words(part) for part in condition.any)}{later}"


def _metric(condition: Condition) -> str:
    side = f"above {condition.above:g}" if condition.above is not None else f"below {condition.below:g}"
    site = f" of {condition.site}" if condition.site else ""
    lasting = f" for {condition.for_min} min" if condition.for_min else ""
    return f"{METRICS[str(condition.metric)]}{site} {side}{lasting}"


def match_words(match: Match) -> str:
    """Give the items that count: "update sent staff"."""
    facts = ", ".join(f"{name} {value}" for name, value in match.data.items())
    return " ".join(filter(None, (match.kind.replace(".", " ").replace("_", " "), match.about, facts)))


def present(engine: Engine, watch: Watch) -> dict[str, Any]:
    """Give what a condition stands at now: a metric's value, or how many of the items came."""
    condition = watch.condition
    if condition.metric is not None:
        value = metric_now(engine, condition.metric, condition.site)
        return {"value": None if value is None else round(value, 3)}
    if condition.after is not None:
        return {"came": watch.count, "of": condition.count}
    return {"any": [present(engine, part) for part in watch.parts]} if watch.parts else {}


def due_of(watch: Watch) -> int | None:
    """Give the drill time at which a condition will hold, where that is known by now."""
    known = [due for due in (watch.due_ms, *(due_of(part) for part in watch.parts)) if due is not None]
    return min(known, default=None)
