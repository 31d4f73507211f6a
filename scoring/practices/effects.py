"""What an operation did to the world, as far as the trace shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drills.record import Item
from scoring.moments import SEVERITY_ORDER
from scoring.reading import Night
from scoring.timing import MIN_MS

RETURNING = ("readmit", "staged_return", "set_weight", "restart", "roll_back")
"""Operations that put a site to work; they count when it then stays."""
PREPARING = ("warm", "catch_up", "rebuild_index")
"""Operations that make a return safe; they count once they are done."""
UNLOADING = (
    "shed",
    "cap_retries",
    "degraded_mode",
    "reserve_standby",
    "repoint",
    "block",
    "add_capacity",
    "fail_over",
)
"""Operations that take load off what still stands, or move users to it."""
ISOLATING = ("drain", "hold", "roll_back")
"""Operations that take a part out before it does harm."""
USUAL = tuple(dict.fromkeys(RETURNING + PREPARING + UNLOADING + ISOLATING))

STAYS_MS = 10 * MIN_MS
RETURNS_WITHIN_MS = 30 * MIN_MS


def mitigating_acts(night: Night) -> tuple[Item, ...]:
    """Give the operations of the team that aim at service, from onset until the mitigation, in order."""
    onset = night.moments.onset
    if onset is None:
        return ()
    until_ms = night.moments.mitigated.t_ms if night.moments.mitigated else night.end_ms
    wanted = night.setting.mitigations or USUAL
    return tuple(
        item
        for item in night.items("operation.started")
        if item.origin == "journal"
        and onset.t_ms <= item.t_ms <= until_ms
        and item.data.get("operation") in wanted
        and turns_on(item)
    )


def is_effective(night: Night, started: Item) -> bool:
    """Say whether an operation finished, could touch the failing part, and was not undone by the world."""
    finished = finish_of(night, started)
    if finished is None or finished.data.get("result") != "done":
        return False
    effect = judged(night, started)
    if effect in ("helped", "harmed"):
        return effect == "helped"
    operation, site = str(started.data.get("operation")), site_of(started)
    if operation in UNLOADING or operation in PREPARING:
        return not _level_fell(night, finished.t_ms)
    if operation in ISOLATING and (operation != "roll_back" or _is_held(started)):
        could_matter = operation == "roll_back" or _state(night, site, started.t_ms) == "up"
        was_serving = operation == "roll_back" and _state(night, site, started.t_ms) == "up"
        return could_matter and not was_serving and not _level_fell(night, finished.t_ms)
    return _stays_in(night, site, started.t_ms, finished.t_ms)


def finish_of(night: Night, started: Item) -> Item | None:
    """Give the item that ended an operation, or None when it never ended or was cancelled."""
    job = started.data.get("job_id")
    return night.first(
        "operation.finished", where=lambda item: item.data.get("job_id") == job and item.n > started.n
    )


def failure_of(night: Night, started: Item) -> Item | None:
    """Give the item by which a try turned out to have failed, or None when it did not.

    It ended as failed, its site fell again within half an hour, or the world judged that it changed nothing
    or did harm. What was refused was no try, and neither is taking a measure back. Nor has a measure failed
    that takes load off and changes nothing measurable: it stands ready for what may come.
    """
    finished = finish_of(night, started)
    if finished is None or finished.data.get("result") == "refused" or not turns_on(started):
        return None
    if finished.data.get("result") != "done":
        return finished
    judgement = _judgement(night, started)
    effect = judgement.data.get("effect") if judgement else ""
    if effect == "helped":
        return None
    if started.data.get("operation") in UNLOADING:
        return None
    return _fall(night, started, finished) or (judgement if effect in ("none", "harmed") else None)


def _fall(night: Night, started: Item, finished: Item) -> Item | None:
    """Give the item by which the site of an operation fell again, unless it was held out on purpose."""
    site = site_of(started)
    if _is_held(started):
        return None
    return night.first(
        "site.ejected",
        "site.down",
        where=lambda item: item.about == site and 0 < item.t_ms - finished.t_ms <= RETURNS_WITHIN_MS,
    )


def _judgement(night: Night, started: Item) -> Item | None:
    """Give the item by which the world itself says what an act did."""
    job = started.data.get("job_id")
    return night.first("operation.judged", where=lambda item: item.data.get("job_id") == job)


def judged(night: Night, started: Item) -> str:
    """Give what the world itself says of the act: helped, none or harmed; "" when it says nothing."""
    item = _judgement(night, started)
    return str(item.data.get("effect", "")) if item else ""


def params_of(started: Item) -> Mapping[str, Any]:
    """Give the parameters of an operation."""
    return dict(started.data.get("params") or {})


def site_of(started: Item) -> str:
    """Give the site that an operation aims at, or ""."""
    params = params_of(started)
    return str(params.get("site") or started.data.get("target") or started.about or "").lower()


def turns_on(started: Item) -> bool:
    """Say whether the act puts a measure in force; taking it back is no mitigation."""
    params = params_of(started)
    amounts = [params[name] for name in ("frac", "on", "weight_frac") if name in params]
    return all(bool(amount) for amount in amounts)


def _is_held(started: Item) -> bool:
    return bool(params_of(started).get("held"))


def _state(night: Night, site: str, t_ms: int) -> str:
    ribbons = night.sites.get(site, ())
    return next((part.state for part in reversed(ribbons) if part.from_ms <= t_ms), "")


def _level_fell(night: Night, t_ms: int) -> bool:
    """Say whether users were worse off in the ten minutes after a moment."""
    before = SEVERITY_ORDER.get(night.level_at(t_ms), 0)
    return any(
        SEVERITY_ORDER.get(part.state, 0) > before
        for part in night.levels
        if t_ms < part.from_ms <= t_ms + STAYS_MS
    )


def _stays_in(night: Night, site: str, started_ms: int, finished_ms: int) -> bool:
    """Say whether the site came in after the act and served ten minutes, or to the end of the drill."""
    for part in night.sites.get(site, ()):
        if part.state != "up" or part.from_ms < started_ms or part.from_ms > finished_ms + RETURNS_WITHIN_MS:
            continue
        if part.to_ms - part.from_ms >= STAYS_MS:
            return True
    return False
