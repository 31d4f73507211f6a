"""Whether a claim is true now, as far as the world and the scenario can tell.

| property | true when |
|---|---|
| `state` | the site, or the service as users know it, is in that state, or was within the last five minutes |
| `lead` | it names who holds command: seat, title or person |
| `since` | within five minutes something began: the state, the SLA's clock, or an alert |
| `sla_left`, `budget_left` | within a fifth of what is left |
| `impact` | `none`, `some`, `many` fit the service's level |
| `next_update` | always: it is a promise |
| others | the scenario's `facts` do not contradict it; a belief, and what nobody can check, count as true |
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simulator.level import LEVELS

if TYPE_CHECKING:
    from drills.engine import Engine
    from scenarios.schema.response import TrueFact

LAG_MIN = 5
NEAR = 0.2
NEAR_MIN = 5.0
MINUTE_MS = 60_000
SERVING = frozenset({"up", "degraded"})
OUT = frozenset({"down", "warming"})
IMPACTS: Mapping[str, frozenset[str]] = {
    "none": frozenset({"up"}),
    "some": frozenset({"up", "degraded"}),
    "many": frozenset({"degraded", "down"}),
}
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_CLOCK = re.compile(r"\b(?:(mon|tue|wed|thu|fri|sat|sun) )?([01]?\d|2[0-3]):([0-5]\d)\b", re.IGNORECASE)
_HOURS = re.compile(r"(\d+(?:\.\d+)?) ?(?:h\b|hours?\b)(?: ?(\d+) ?(?:min|m\b)?)?")
Claims = Iterable[Mapping[str, Any]]


def is_true(engine: Engine, claim: Mapping[str, Any]) -> bool:
    """Say whether a claim agrees with the world and the scenario's facts now; doubt counts for it."""
    value = str(claim.get("value", "")).strip().lower()
    check = _CHECKS.get(str(claim.get("property", "")))
    if check is not None:
        return check(engine, subject_of(engine, claim), value)
    return claim.get("certainty") == "believed" or _fits_facts(engine, claim, value)


def true_claims(engine: Engine, claims: Claims) -> list[Mapping[str, Any]]:
    """Give the claims that are true now."""
    return [claim for claim in claims if is_true(engine, claim)]


def subject_of(engine: Engine, claim: Mapping[str, Any]) -> str:
    """Give the id of the site or service that a claim's subject names, by id or title; else its own words."""
    subject = str(claim.get("subject", "")).strip().lower()
    world = engine.scenario.world
    named = [(world.level.id, world.level.title)]
    named += [(site.id, site.title) for site in world.sites]
    named += [(service.id, service.title) for service in world.services]
    return next((id_ for id_, title in named if subject in (id_.lower(), title.lower())), subject)


# --- states
def states_of(engine: Engine, subject: str) -> frozenset[str]:
    """Give the states that a site or the service was in within the last five minutes; none for others."""
    metrics = engine.world.metrics
    reading = engine.reading()
    back = range(min(LAG_MIN, len(metrics)))
    if subject == engine.scenario.world.level.id:
        was = {LEVELS[int(metrics.last("level", back=n))] for n in back}
        return frozenset({reading.level, *was})
    site = next((each for each in reading.sites if each.id == subject), None)
    if site is None:
        return frozenset()
    found = {site.state, *(SERVING if site.in_rotation else OUT)}
    for n in back:
        found |= SERVING if metrics.last(f"{subject}.in", back=n) > 0 else OUT
    return frozenset(found)


def _state(engine: Engine, subject: str, value: str) -> bool:
    if value not in SERVING | OUT:
        return True
    known = states_of(engine, subject)
    return not known or value in known


def _impact(engine: Engine, subject: str, value: str) -> bool:
    fits = IMPACTS.get(value)
    return fits is None or bool(fits & states_of(engine, engine.scenario.world.level.id))


# --- people
def _lead(engine: Engine, subject: str, value: str) -> bool:
    seat = engine.board.commander()
    return (
        value in ("", "nobody", "none") if not seat else any(name in value for name in names_of(engine, seat))
    )


def names_of(engine: Engine, seat: str) -> list[str]:
    """Give the words by which a seat is known: role, title, and who holds it, in small letters."""
    scenario = engine.scenario
    role, holder = scenario.role_table.get(seat), scenario.holder(seat)
    relief = engine.board.holders.get(seat)
    found = [seat, *([role.title] if role else []), *([holder.id, *holder.name.split()] if holder else [])]
    found += [relief, *scenario.names().get(relief, "").split()] if relief else []
    return [word.lower() for word in found if word]


# --- numbers
def _since(engine: Engine, subject: str, value: str) -> bool:
    told = clock_ms(engine, value, past=True)
    if told is None:
        return True
    reading, board = engine.reading(), engine.board
    starts = [reading.level_since_ms, *(site.since_ms for site in reading.sites)]
    starts += [item.t_ms for item in (*board.alerts.values(), *board.alert_items, *board.sla.values())]
    known = [start for start in starts if start is not None]
    return not known or any(abs(told - start) <= NEAR_MIN * MINUTE_MS for start in known)


def clock_ms(engine: Engine, value: str, *, past: bool = False) -> int | None:
    """Give the drill time that a text's first time of day means, or None without one.

    Without a weekday it is the nearest such time, or with `past` the last that has been.
    """
    found = _CLOCK.search(value)
    if found is None:
        return None
    of_day = f"{int(found[2]):02d}:{found[3]}"
    if found[1]:
        return engine.scenario.at(f"{found[1].capitalize()} {of_day}")
    at_ms, now_ms = engine.scenario.at(of_day), engine.now_ms
    days = [at_ms + day * 24 * 60 * MINUTE_MS for day in range(-1, 5)]
    if past:
        return max((t_ms for t_ms in days if t_ms <= now_ms), default=at_ms)
    return min(days, key=lambda t_ms: abs(t_ms - now_ms))


def sla_left_min(engine: Engine) -> float | None:
    """Give the minutes until the SLA's clock runs out, below 0 once it has; None while it does not run."""
    due_ms = engine.reading().sla_due_ms
    return None if due_ms is None else (due_ms - engine.now_ms) / MINUTE_MS


def _sla_left(engine: Engine, subject: str, value: str) -> bool:
    left = sla_left_min(engine)
    if left is None:
        return "stop" in value or "breach" in value or minutes_of(value) is None
    at_ms = clock_ms(engine, value) if "h" not in value and "min" not in value else None
    told = (at_ms - engine.now_ms) / MINUTE_MS if at_ms is not None else minutes_of(value)
    if told is None:
        return left <= 0 or "breach" not in value
    return abs(told - left) <= max(NEAR_MIN, NEAR * abs(left))


def minutes_of(value: str) -> float | None:
    """Give the minutes that a text names: "2 h 10", "130 min", "130"; None without a number."""
    hours = _HOURS.search(value)
    if hours is not None:
        return 60.0 * float(hours[1]) + float(hours[2] or 0)
    found = _NUMBER.search(value)
    return float(found[0]) if found is not None else None


def _budget_left(engine: Engine, subject: str, value: str) -> bool:
    """Hold it against the month's budget: as minutes when it says so, else as a percentage."""
    told = minutes_of(value)
    left_frac = engine.reading().budget_left_frac
    left = left_frac * (engine.scenario.sla.budget_min if "min" in value else 100.0)
    return told is None or abs(told - left) <= max(2.0, NEAR * left)


def _always(engine: Engine, subject: str, value: str) -> bool:
    return True


# --- facts of the scenario
def _fits_facts(engine: Engine, claim: Mapping[str, Any], value: str) -> bool:
    subject, name = subject_of(engine, claim), str(claim.get("property", ""))
    facts = [fact for fact in engine.scenario.facts if (fact.subject, fact.property) == (subject, name)]
    held = [fact for fact in facts if _holds(engine, fact)]
    return not held or any(_says(fact.values, value) for fact in held)


def _holds(engine: Engine, fact: TrueFact) -> bool:
    at, now_ms = engine.scenario.at, engine.now_ms
    return (fact.from_ is None or at(fact.from_) <= now_ms) and (
        fact.until is None or now_ms < at(fact.until)
    )


def _says(values: Sequence[str], value: str) -> bool:
    return any(each.lower() in value for each in values)


_CHECKS = {
    "state": _state,
    "impact": _impact,
    "lead": _lead,
    "since": _since,
    "sla_left": _sla_left,
    "budget_left": _budget_left,
    "next_update": _always,
}
