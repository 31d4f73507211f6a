"""D5, diagnosis and mitigation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from drills.record import Item
from scoring.levels import Judgement, Level, Window, best, not_tested
from scoring.moments import Mark
from scoring.practices.effects import is_effective, mitigating_acts
from scoring.practices.registry import practice
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.timing import CLICK_FLOOR_S, MIN_MS, Limit, duration

OPERATORS = ("tech_lead", "specialist", "developer", "desk_2")


@practice("DIA-4")
def restore_first(night: Night) -> Judgement:
    """Restore first, and stop the spread.

    Called for by: the major trigger, where the scenario has a mitigation.
    Met: the first effective mitigating act starts within X of the trigger, and before the next stage where
        that stage could be foreseen (15 min after the trigger at least).
    Partly: later, but before everything is down, or within 2X.
    Missed: only cause-hunting, tries that the world undid at once, or the stage lost without a try.
    Cannot see: how good the choice was; an act counts as effective when it finished, can touch the failing
        part, and neither the site nor the service fell in the time after it.
    Source: the article's "returning the service back to normal"; SRE book ch. 12 and 14, "stop the bleeding".
    """
    major = night.moments.major
    if major is None or night.in_skip(major.t_ms):
        return not_tested("no trigger", finding="Nothing happened that called for a mitigation.")
    asked_min = night.setting.thresholds.time_box
    if night.cut_short(major.t_ms, asked_min):
        return not_tested("cut short", evidence=night.shown(major))
    tries = mitigating_acts(night)
    stage = _next_stage(night, major)
    worked = [item for item in tries if is_effective(night, item)]
    return best([_judge_act(night, major, item, tries, stage) for item in [*worked, None]])


def _judge_act(
    night: Night, major: Mark, worked: Item | None, tries: Sequence[Item], stage: Mark | None
) -> Judgement:
    """Judge one act that held, or that there was none."""
    limit = night.limit(
        night.setting.thresholds.time_box,
        CLICK_FLOOR_S,
        major.t_ms,
        max(worked.t_ms, major.t_ms) if worked else night.end_ms,
        human=night.is_human([worked.seat]) if worked else night.is_held_by_human(OPERATORS),
    )
    level = _level(night, major, worked, limit, stage)
    if level != "met" and night.is_too_fast(limit, major.t_ms):
        return not_tested("too fast for people", evidence=night.shown(major))
    from_ms = max(worked.t_ms, major.t_ms) if worked else major.t_ms
    return Judgement(
        level=level,
        opportunities=1,
        evidence=_evidence(night, major, worked, tries, stage),
        window=Window(major.t_ms, max(from_ms, major.t_ms + round(limit.allowed_min * MIN_MS))),
        numbers=_numbers(night, major, worked, tries, limit, stage),
        finding=_finding(night, major, worked, tries, limit),
        coaching=_coaching(night, major, level, worked, tries, limit, stage),
    )


def _next_stage(night: Night, major: Mark) -> Mark | None:
    """Give the next worsening that could be foreseen: far enough after the trigger to be seen coming."""
    from_ms = major.t_ms + night.setting.thresholds.foresight_min * MIN_MS
    return next((mark for mark in night.moments.worsenings if mark.t_ms >= from_ms), None)


def _level(night: Night, major: Mark, worked: Item | None, limit: Limit, stage: Mark | None) -> Level:
    if worked is None:
        return "missed"
    took_min = (worked.t_ms - major.t_ms) / MIN_MS
    if took_min <= limit.allowed_min and (stage is None or worked.t_ms < stage.t_ms):
        return "met"
    down = next((part.from_ms for part in night.levels if part.state == "down"), None)
    if took_min <= 2 * limit.allowed_min or down is None or worked.t_ms < down:
        return "partly"
    return "missed"


def _evidence(
    night: Night, major: Mark, worked: Item | None, tries: Sequence[Item], stage: Mark | None
) -> tuple[int, ...]:
    found = list(night.shown(major))
    if worked is not None:
        found.append(worked.n)
        done = night.first(
            "operation.finished", where=lambda item: item.data.get("job_id") == worked.data.get("job_id")
        )
        found += [done.n] if done else []
    else:
        found += [item.n for item in tries[:5]]
    if stage is not None and (worked is None or worked.t_ms > stage.t_ms):
        found.append(stage.n)
    return tuple(dict.fromkeys(found))


def _numbers(
    night: Night, major: Mark, worked: Item | None, tries: Sequence[Item], limit: Limit, stage: Mark | None
) -> Mapping[str, Any]:
    return {
        "limit_min": limit.asked_min,
        "allowed_min": round(limit.allowed_min, 1),
        "speed": round(limit.speed, 1),
        "first_effective_min": night.minutes(major.t_ms, worked.t_ms) if worked else None,
        "tries": len(tries),
        "next_stage_min": night.minutes(major.t_ms, stage.t_ms) if stage else None,
    }


def _finding(night: Night, major: Mark, worked: Item | None, tries: Sequence[Item], limit: Limit) -> str:
    if worked is None:
        return f"no act that held; {len(tries)} tried" if tries else "no mitigating act"
    took_min = night.minutes(major.t_ms, worked.t_ms)
    when = f"{duration(took_min)} after the trigger" if took_min > 0 else "before the trigger"
    return f"first act that held {when}; allowed {limit.text()}"


def _coaching(
    night: Night,
    major: Mark,
    level: Level,
    worked: Item | None,
    tries: Sequence[Item],
    limit: Limit,
    stage: Mark | None,
) -> str:
    seen = f"At {night.said(major.t_ms)}, {major.why}"
    if worked is not None and level == "met":
        what = str(worked.data.get("operation", "act")).replace("_", " ")
        return coach(
            "DIA-4", seen, f"The team started its first act that held at {night.said(worked.t_ms)}: {what}"
        )
    move = "take the load off what still stands first, then look for the cause"
    lost = f"The next stage came at {night.said(stage.t_ms)}" if stage else ""
    if worked is None:
        did = (
            f"The team tried {len(tries)} times, and the world undid each"
            if tries
            else "The team took no act that could restore service"
        )
        return coach("DIA-4", seen, did, move, lost)
    did = f"The team's first act that held came at {night.said(worked.t_ms)}, against {limit.text()}"
    return coach("DIA-4", seen, did, move, lost if stage and worked.t_ms > stage.t_ms else "")
