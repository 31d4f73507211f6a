"""D2, command and roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from drills.record import Item
from scoring.levels import Judgement, Level, Window, best, not_tested
from scoring.moments import Mark
from scoring.practices.registry import practice
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.ribbons import Hold, Ribbon, exercised, who
from scoring.timing import CLICK_FLOOR_S, MIN_MS, Limit, duration

ANNOUNCED_WITHIN_MS = 5 * MIN_MS


@practice("CMD-1")
def someone_takes_command(night: Night) -> Judgement:
    """Someone takes command, early and aloud.

    Called for by: the major trigger, earliest of: the service down and seen to be, a second like component
        lost, security in question, an hour without service restored, three people at work, high severity
        declared.
    Met: somebody takes command within C, says so on the channel, and commands: a task to another, a decision
        or a next step follows within 2U.
    Partly: within 2C, or in time but not announced.
    Missed: later or never; a commander in name alone counts as none and is shown as nominal.
    Cannot see: command taken by voice in a room without an entry.
    Source: the article's "asks if she can take command" and "no centralized command"; SRE book ch. 14; ICS.
    """
    major = night.moments.major
    if major is None or night.in_skip(major.t_ms):
        return not_tested("no trigger", finding="Nothing happened that called for a commander.")
    asked_min = night.setting.thresholds.command
    if night.cut_short(major.t_ms, asked_min):
        return not_tested("cut short", evidence=night.shown(major))
    taken = [part for part in _exercised(night) if part.to_ms >= major.t_ms]
    tried = [_judge_taking(night, major, part) for part in taken]
    return best([*tried, _nobody(night, major)])


def _exercised(night: Night) -> list[Ribbon]:
    """Give the stretches in which each taking was exercised; taking again what one holds ends nothing."""
    acts = night.command_acts
    reach_ms = round(2 * night.setting.thresholds.update * MIN_MS)
    lasting: list[Hold] = []
    for hold in reversed(night.command):
        is_same = bool(lasting) and lasting[0].person == hold.person
        lasting.insert(0, replace(hold, to_ms=lasting[0].to_ms) if is_same else hold)
    return [part for hold in lasting for part in exercised(hold, acts, reach_ms)]


def _judge_taking(night: Night, major: Mark, part: Ribbon) -> Judgement:
    hold = next(hold for hold in night.command if hold.n == part.n)
    taken_ms = max(part.from_ms, major.t_ms)
    limit = night.limit(
        night.setting.thresholds.command,
        CLICK_FLOOR_S,
        major.t_ms,
        taken_ms,
        human=night.is_human([hold.seat]),
    )
    took_min = night.minutes(major.t_ms, taken_ms)
    said = _announcement(night, hold)
    level: Level = "missed"
    if took_min <= limit.allowed_min and said is not None:
        level = "met"
    elif took_min <= 2 * limit.allowed_min:
        level = "partly"
    if level != "met" and night.is_too_fast(limit, major.t_ms):
        return not_tested("too fast for people", evidence=night.shown(major))
    first_act = next(
        (act.n for act in night.command_acts if who(act) == hold.person and act.t_ms >= part.from_ms),
        hold.n,
    )
    return Judgement(
        level=level,
        opportunities=1,
        evidence=tuple(
            dict.fromkeys([*night.shown(major), hold.n, said if said is not None else hold.n, first_act])
        ),
        window=Window(major.t_ms, max(taken_ms, major.t_ms + round(limit.allowed_min * MIN_MS))),
        numbers=_numbers(limit, took_min, announced=said is not None),
        finding=_finding(took_min, limit, announced=said is not None),
        coaching=_coaching(night, major, level, took_min, limit, announced=said is not None),
    )


def _announcement(night: Night, hold: Hold) -> int | None:
    """Give the item that said aloud who commands: the taking itself, or a message that claims the lead."""
    if hold.announced:
        return hold.n

    def says_so(item: Item) -> bool:
        return (
            who(item) == hold.person
            and 0 <= item.t_ms - hold.from_ms <= ANNOUNCED_WITHIN_MS
            and any(claim.get("property") == "lead" for claim in item.data.get("claims", ()))
        )

    message = night.first("message.sent", "update.sent", where=says_so)
    return message.n if message else None


def _nobody(night: Night, major: Mark) -> Judgement:
    limit = night.limit(
        night.setting.thresholds.command,
        CLICK_FLOOR_S,
        major.t_ms,
        night.end_ms,
        human=night.is_held_by_human(["commander"]),
    )
    if night.is_too_fast(limit, major.t_ms):
        return not_tested("too fast for people", evidence=night.shown(major))
    nominal = next((hold for hold in night.command if hold.to_ms > major.t_ms), None)
    for_min = night.minutes(major.t_ms, night.end_ms)
    seen = f"At {night.said(major.t_ms)}, {major.why}"
    if nominal is None:
        finding = f"nobody in command for {duration(for_min)}"
        did = f"The team had nobody in command for the {duration(for_min)} that followed"
        move = "whoever notices first asks one person by name to command, and says so on the channel"
    else:
        finding = "a commander in name: no task, decision or next step followed"
        did = (
            f"The team had a commander in name from {night.said(nominal.from_ms)}, and no task to another,"
            " decision or next step came of it"
        )
        move = "the commander gives the first task with a name and a time as the first act"
    return Judgement(
        level="missed",
        opportunities=1,
        evidence=(*night.shown(major), *([nominal.n] if nominal else [])),
        window=Window(major.t_ms, min(night.end_ms, major.t_ms + round(2 * limit.allowed_min * MIN_MS))),
        numbers={**_numbers(limit, None, announced=False), "nominal": nominal is not None},
        finding=finding,
        coaching=coach("CMD-1", seen, did, move),
    )


def _numbers(limit: Limit, took_min: float | None, *, announced: bool) -> Mapping[str, Any]:
    return {
        "limit_min": limit.asked_min,
        "allowed_min": round(limit.allowed_min, 1),
        "speed": round(limit.speed, 1),
        "taken_min": took_min,
        "announced": announced,
    }


def _finding(took_min: float, limit: Limit, *, announced: bool) -> str:
    aloud = "said aloud" if announced else "not said aloud"
    return f"command taken after {duration(took_min)}, {aloud}; allowed {limit.text()}"


def _coaching(
    night: Night, major: Mark, level: Level, took_min: float, limit: Limit, *, announced: bool
) -> str:
    seen = f"At {night.said(major.t_ms)}, {major.why}"
    if level == "met":
        return coach("CMD-1", seen, f"The team had a commander {duration(took_min)} later, said aloud")
    if not announced and took_min <= limit.allowed_min:
        return coach(
            "CMD-1",
            seen,
            f"The team had a commander {duration(took_min)} later, and the channel did not hear of it",
            "say in one line on the channel who commands from now",
        )
    return coach(
        "CMD-1",
        seen,
        f"The team had nobody in command for {duration(took_min)}, against {limit.text()}",
        "whoever notices first asks one person by name to command, and says so on the channel",
    )
