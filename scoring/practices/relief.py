"""D7, handoff and people: relief is found before people are spent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from drills.record import Item
from scoring.levels import RANK, Judgement, Level, Window, not_tested
from scoring.practices.registry import practice
from scoring.practices.terms import Term, holder_at, terms
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.ribbons import who
from scoring.timing import CLICK_FLOOR_S, MIN_MS, Limit, duration

KEY_ROLES: Mapping[str, str] = {"commander": "command", "tech_lead": "the technical lead"}
SOUGHT_BEFORE_MIN = 60.0
QUIET_AFTER_MS = 15 * MIN_MS
WORK = ("operation.started", "task.assigned", "decision.made", "update.sent")


def is_open_at(night: Night, t_ms: int) -> bool:
    """Say whether the incident had begun and was not resolved at a moment that was played."""
    onset = night.moments.onset
    return onset is not None and onset.t_ms <= t_ms < night.moments.lifecycle_end_ms


def is_due(night: Night, role: str) -> bool:
    """Say whether a role had to change hands: somebody held it, and the incident outlasted the hard limit."""
    hard_ms = night.setting.people.duty.hard_ms
    return hard_ms is not None and is_open_at(night, hard_ms) and holder_at(night, role, hard_ms) is not None


@dataclass(frozen=True)
class Duty:
    """How one key role came through the end of the shift.

    Args:
        before: who held it as the search fell due.
        sought: the item by which relief was first sought.
        relieved: the term of the one who took over before the hard limit.
        went_on: acts of the one relieved, later than 15 min after.
    """

    role: str
    before: Term
    sought: Item | None
    relieved: Term | None
    went_on: tuple[int, ...]
    level: Level


@practice("HND-1")
def relief_in_time(night: Night) -> Judgement:
    """Replacement staff found before people are spent.

    Called for by: an incident still open when the shift ends (the scenario's soft limit), for each key role
        that somebody holds: command and the technical lead.
    Met: for each, relief is sought 60 min before the soft limit at the latest, another person has the role
        before the hard limit, and the one relieved stops acting within 15 min.
    Partly: relieved before the hard limit, but sought later or not at all, or the one relieved went on.
    Missed: a key role is in the same hands at the hard limit, or was left with nobody.
    Cannot see: how tired anybody was; relief agreed on by voice without an entry. Where a scenario wishes the
        search to begin earlier, the report prints its time.
    Source: the article's "starts looking for replacement staff… so her colleagues can go home and rest".
    """
    duty = night.setting.people.duty
    if duty.soft_ms is None or not is_open_at(night, duty.soft_ms):
        return not_tested("no trigger", finding="Nobody worked to the end of a shift.")
    hard_ms = duty.hard_ms if duty.hard_ms is not None else duty.soft_ms + 60 * MIN_MS
    limit = _sought_limit(night, duty.soft_ms)
    held = {role: holder_at(night, role, _sought_by(duty.soft_ms, limit)) for role in KEY_ROLES}
    found = [_duty(night, role, term, limit, hard_ms) for role, term in held.items() if term is not None]
    if not found:
        return not_tested("no trigger", finding="Nobody held a key role at the end of the shift.")
    if night.end_ms < hard_ms and any(one.relieved is None for one in found):
        return not_tested("cut short", evidence=tuple(n for one in found for n in one.before.taken[:1]))
    return _judge(night, found, limit, hard_ms)


def _sought_limit(night: Night, soft_ms: int) -> Limit:
    """Give how late before the soft limit the search may begin; a person at speed gets the click's time."""
    return night.limit(
        0.0,
        CLICK_FLOOR_S,
        soft_ms - round(SOUGHT_BEFORE_MIN * MIN_MS),
        soft_ms,
        human=night.is_held_by_human(["commander"]),
    )


def _sought_by(soft_ms: int, limit: Limit) -> int:
    grace_min = min(limit.allowed_min, SOUGHT_BEFORE_MIN)
    return soft_ms - round((SOUGHT_BEFORE_MIN - grace_min) * MIN_MS)


def _duty(night: Night, role: str, before: Term, limit: Limit, hard_ms: int) -> Duty:
    soft_ms = night.setting.people.duty.soft_ms or hard_ms
    now = holder_at(night, role, hard_ms)
    relieved = now if now is not None and now.person != _first_of_shift(night, role, hard_ms) else None
    sought = _sought(night, role, relieved)
    went_on = _went_on(night, role, relieved)
    in_time = sought is not None and sought.t_ms <= _sought_by(soft_ms, limit)
    if relieved is None:
        level: Level = "missed"
    else:
        level = "met" if in_time and not went_on else "partly"
    return Duty(role, before, sought, relieved, went_on, level)


def _first_of_shift(night: Night, role: str, hard_ms: int) -> str:
    """Give who had a role for the longest time up to the hard limit: the one who is to be relieved."""
    served: dict[str, int] = {}
    for term in terms(night, role):
        worked_ms = min(term.to_ms, hard_ms) - max(term.from_ms, 0)
        served[term.person] = served.get(term.person, 0) + max(0, worked_ms)
    return max(served, key=lambda person: served[person])


def _sought(night: Night, role: str, relieved: Term | None) -> Item | None:
    """Give the first search for this role, or for the person who then took it."""
    return night.first(
        "staff.sought",
        where=lambda item: (
            item.about == role
            or (relieved is not None and bool(relieved.rota) and item.data.get("person") == relieved.rota)
        ),
    )


def _went_on(night: Night, role: str, relieved: Term | None) -> tuple[int, ...]:
    if relieved is None:
        return ()
    old = next((term.person for term in reversed(terms(night, role)) if term.to_ms <= relieved.from_ms), None)
    return tuple(
        item.n
        for item in night.items(*WORK)
        if old is not None and who(item) == old and item.t_ms > relieved.from_ms + QUIET_AFTER_MS
    )


def _judge(night: Night, found: Sequence[Duty], limit: Limit, hard_ms: int) -> Judgement:
    level = min((one.level for one in found), key=lambda one: RANK[one])
    evidence = [
        n
        for one in found
        for n in (
            *((one.sought.n,) if one.sought else ()),
            *((one.relieved.taken[0],) if one.relieved and one.relieved.taken else ()),
            *one.went_on,
        )
    ]
    onset = night.moments.onset
    assert onset is not None
    soft_ms = night.setting.people.duty.soft_ms or hard_ms
    by_ms = _sought_by(soft_ms, limit)
    return Judgement(
        level=level,
        opportunities=len(found),
        evidence=tuple(dict.fromkeys([*evidence, onset.n])),
        window=Window(min(by_ms, soft_ms), max(hard_ms, soft_ms)),
        numbers=_numbers(night, found, limit),
        finding=_finding(found),
        coaching=_coaching(night, level, found, by_ms, hard_ms),
    )


def _finding(found: Sequence[Duty]) -> str:
    relieved = sum(one.relieved is not None for one in found)
    return f"{relieved} of {len(found)} key roles relieved before the hard limit"


def _numbers(night: Night, found: Sequence[Duty], limit: Limit) -> Mapping[str, Any]:
    duty = night.setting.people.duty
    return {
        "sought_before_min": SOUGHT_BEFORE_MIN,
        "allowed_min": round(SOUGHT_BEFORE_MIN - min(limit.allowed_min, SOUGHT_BEFORE_MIN), 1),
        "speed": round(limit.speed, 1),
        "soft": night.said(duty.soft_ms) if duty.soft_ms is not None else None,
        "hard": night.said(duty.hard_ms) if duty.hard_ms is not None else None,
        "seek_by": night.said(duty.seek_by_ms) if duty.seek_by_ms is not None else None,
        "roles": len(found),
        "relieved": sum(one.relieved is not None for one in found),
        "went_on": sum(len(one.went_on) for one in found),
    }


def _coaching(night: Night, level: Level, found: Sequence[Duty], by_ms: int, hard_ms: int) -> str:
    soft_ms = night.setting.people.duty.soft_ms or hard_ms
    seen = f"At {night.said(soft_ms)}, the shift ended with the incident still open"
    worst = min(found, key=lambda one: RANK[one.level])
    role = KEY_ROLES[worst.role]
    if level == "met":
        return coach("HND-1", seen, "The team had relief for command and the technical lead, sought in time")
    if worst.relieved is None:
        hours = duration(night.minutes(max(worst.before.from_ms, 0), min(hard_ms, night.end_ms)))
        return coach(
            "HND-1",
            seen,
            f"The team left {role} in the same hands for {hours}, past {night.said(hard_ms)}",
            f"look for somebody to take over by {night.said(by_ms)}, one name after the other",
        )
    if worst.went_on:
        return coach(
            "HND-1",
            seen,
            f"The team had relief for {role}, and the one relieved went on working",
            "whoever is relieved leaves the channel and rests",
        )
    return coach(
        "HND-1",
        seen,
        f"The team had relief for {role}, sought later than {night.said(by_ms)}",
        "set a timer at the start of the shift for the search, an hour before its end",
    )
