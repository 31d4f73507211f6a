"""Beats of the two source stories, found by what happened in the record, never by a script.

Rows are those of the seed checklist: 75-86 the unmanaged night, 91-111 the managed one. A row is there when
its moment can be shown; whether a night was managed is not decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from drills.record import Item
from scoring.moments import Mark
from scoring.practices.effects import is_effective, mitigating_acts
from scoring.reading import Night
from scoring.ribbons import who
from scoring.timing import MIN_MS

SOON_MS = 15 * MIN_MS
HOURS_MS = 120 * MIN_MS
ALONE_AFTER_MS = 30 * MIN_MS
TECHNICAL = ("tech_lead", "developer", "specialist")
FIND: dict[int, tuple[str, Callable[[Night], Mark | None]]] = {}


@dataclass(frozen=True)
class Beat:
    """A moment of the source story as it came in this drill."""

    row: int
    id: str
    t_ms: int
    n: int

    def as_json(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {"row": self.row, "id": self.id, "t_ms": self.t_ms, "n": self.n}


def beats(night: Night) -> tuple[Beat, ...]:
    """Find all beats that occurred, by row."""
    found = ((row, name, find(night)) for row, (name, find) in sorted(FIND.items()))
    return tuple(Beat(row, name, mark.t_ms, mark.n) for row, name, mark in found if mark is not None)


def _beat(row: int, name: str) -> Callable[[Callable[[Night], Mark | None]], Callable[[Night], Mark | None]]:
    def register(find: Callable[[Night], Mark | None]) -> Callable[[Night], Mark | None]:
        FIND[row] = (name, find)
        return find

    return register


def _mark(item: Item | None) -> Mark | None:
    return Mark(item.t_ms, item.n) if item else None


# --- the unmanaged night


@_beat(75, "routine_night")
def _routine(night: Night) -> Mark | None:
    return _mark(night.first("drill.started"))


@_beat(76, "first_site_alert")
def _first_alert(night: Night) -> Mark | None:
    return _mark(_site_alert(night, 1))


@_beat(77, "logs_name_the_update")
def _logs(night: Night) -> Mark | None:
    first = _site_alert(night, 1)
    if first is None:
        return None
    return _mark(night.first("look.taken", where=lambda i: i.n > first.n and i.data.get("signal") == "logs"))


@_beat(78, "rollback_does_not_help")
def _rollback(night: Night) -> Mark | None:
    """A site falls again after it was rolled back, or the rollback itself fails."""
    for started in night.items("operation.started"):
        if started.origin == "journal" and started.data.get("operation") == "roll_back":
            fallen = _undone(night, started)
            if fallen is not None:
                return _mark(fallen)
    return None


def _undone(night: Night, started: Item) -> Item | None:
    """Give the item by which the world undid an operation: it failed, or the site fell in half an hour."""
    job = started.data.get("job_id")
    ended = night.first("operation.finished", where=lambda i: i.data.get("job_id") == job and i.n > started.n)
    if ended is None or ended.data.get("result") != "done":
        return ended
    site = str((started.data.get("params") or {}).get("site") or started.data.get("target") or "").lower()
    if (started.data.get("params") or {}).get("held"):
        return None
    return night.first(
        "site.ejected",
        "site.down",
        where=lambda i: i.about == site and 0 < i.t_ms - ended.t_ms <= 30 * MIN_MS,
    )


@_beat(79, "developer_called")
def _called(night: Night) -> Mark | None:
    onset = night.moments.onset
    return _mark(night.first("call.started", where=lambda i: onset is not None and i.t_ms >= onset.t_ms))


@_beat(80, "only_technical_people")
def _only_technical(night: Night) -> Mark | None:
    """Half an hour into the major part, nobody but technical people has acted."""
    major = night.moments.major
    if major is None or night.end_ms < major.t_ms + ALONE_AFTER_MS:
        return None
    until_ms = major.t_ms + ALONE_AFTER_MS
    acted = [item for item in night.acts if item.t_ms <= until_ms]
    if not acted or any(item.seat not in TECHNICAL for item in acted):
        return None
    return Mark(until_ms, acted[-1].n)


@_beat(81, "management_asks")
def _management(night: Night) -> Mark | None:
    onset = night.moments.onset
    return _mark(
        night.first(
            "question.received",
            where=lambda i: onset is not None and i.t_ms >= onset.t_ms and i.data.get("to") in TECHNICAL,
        )
    )


@_beat(82, "one_thing_at_a_time")
def _attention(night: Night) -> Mark | None:
    """Who repairs answers a question from outside, or leaves it waiting for a quarter of an hour."""
    onset = night.moments.onset
    for asked in night.items("question.received"):
        if onset is None or asked.t_ms < onset.t_ms or asked.data.get("to") not in TECHNICAL:
            continue
        answered = night.first("question.answered", where=lambda i, id_=asked.about: i.about == id_)  # type: ignore[misc]
        waits_until_ms = asked.t_ms + SOON_MS
        if answered is not None and answered.seat in TECHNICAL and answered.t_ms <= waits_until_ms:
            return _mark(answered)
        if (answered is None or answered.t_ms > waits_until_ms) and night.end_ms >= waits_until_ms:
            return Mark(waits_until_ms, asked.n)
    return None


@_beat(83, "hours_pass")
def _hours(night: Night) -> Mark | None:
    """Two hours with sites lost, no act that helped, and no word on a list or in the document."""
    outs = night.moments.outs
    if not outs:
        return None
    until_ms = night.moments.mitigated.t_ms if night.moments.mitigated else night.end_ms
    helped = [item.t_ms for item in mitigating_acts(night) if is_effective(night, item)]
    words = [item.t_ms for item in night.items("update.sent", "doc.edited")]
    points = [outs[0].t_ms, *sorted(t for t in (*helped, *words) if outs[0].t_ms < t < until_ms), until_ms]
    for start_ms, end_ms in pairwise(points):
        if end_ms - start_ms >= HOURS_MS:
            near = [item.n for item in night.record.items if item.t_ms <= start_ms + HOURS_MS]
            return Mark(start_ms + HOURS_MS, near[-1])
    return None


@_beat(84, "two_more_sites_lost")
def _two_more(night: Night) -> Mark | None:
    """The second of the two further sites."""
    outs = night.moments.outs
    return outs[2] if len(outs) > 2 else None


@_beat(85, "one_server_left")
def _standby_alone(night: Night) -> Mark | None:
    """All primary sites are out at once and the standby alone takes what is left."""
    primaries, standbys = night.setting.primaries, night.setting.standbys
    if not primaries or not standbys:
        return None
    out: set[str] = set()
    for item in night.items("site.ejected", "site.down", "site.drained", "site.admitted"):
        if item.about not in primaries:
            continue
        (out.discard if item.kind == "site.admitted" else out.add)(item.about)
        if out == set(primaries):
            return _mark(item)
    return None


@_beat(86, "total_outage")
def _total(night: Night) -> Mark | None:
    return _mark(night.first("total_outage.began"))


# --- the managed night


@_beat(91, "second_site_alert")
def _second_alert(night: Night) -> Mark | None:
    return _mark(_site_alert(night, 2))


@_beat(92, "asked_to_command")
def _asked(night: Night) -> Mark | None:
    taken = night.moments.command
    return _mark(
        night.first(
            "page.sent",
            where=lambda i: i.about == "commander" and (taken is None or i.t_ms <= taken.t_ms),
        )
    )


@_beat(93, "command_assumed")
def _assumed(night: Night) -> Mark | None:
    """Command is taken by somebody else than who repairs."""
    return _mark(
        night.first("role.assumed", where=lambda i: i.about == "commander" and i.seat not in TECHNICAL)
    )


@_beat(94, "rundown")
def _rundown(night: Night) -> Mark | None:
    """Both sides have spoken within a quarter of an hour of command being taken."""
    taken = night.moments.command
    if taken is None:
        return None
    spoken: dict[bool, Item] = {}
    for item in night.items("message.sent", "call.started", "call.noted"):
        if -SOON_MS <= item.t_ms - taken.t_ms <= SOON_MS and item.origin == "journal":
            spoken.setdefault(item.seat in TECHNICAL, item)
    if len(spoken) < 2:
        return None
    return _mark(max(spoken.values(), key=lambda item: item.n))


@_beat(95, "list_told")
def _list_told(night: Night) -> Mark | None:
    return _mark(night.first("update.sent", where=lambda i: night.setting.is_qualified(i.about)))


@_beat(96, "joint_forecast")
def _forecast_agreed(night: Night) -> Mark | None:
    return _mark(night.first(*_WORDS, where=_forecasts))


@_beat(97, "forecast_recorded")
def _forecast_written(night: Night) -> Mark | None:
    return _mark(night.first("doc.edited", where=_forecasts))


@_beat(98, "list_told_of_third_alert")
def _told_third(night: Night) -> Mark | None:
    first = night.first("update.sent", where=lambda i: night.setting.is_qualified(i.about))
    return _soon_after(
        night, lambda i: i.kind == "update.sent" and first is not None and i.about == first.about
    )


@_beat(99, "followed_up_with_repair")
def _followed_up(night: Night) -> Mark | None:
    holder = night.command[-1].person if night.command else ""
    return _soon_after(
        night,
        lambda i: (
            who(i) == holder
            and (i.kind == "message.sent" or (i.kind == "task.assigned" and i.data.get("to") in TECHNICAL))
        ),
    )


@_beat(100, "specialist_paged")
def _specialist(night: Night) -> Mark | None:
    onset = night.moments.onset
    return _mark(
        night.first(
            "page.sent",
            where=lambda i: (
                i.about in ("developer", "specialist") and onset is not None and i.t_ms >= onset.t_ms
            ),
        )
    )


@_beat(101, "specialist_reads")
def _reads(night: Night) -> Mark | None:
    return _mark(night.first("doc.viewed", where=lambda i: i.seat in ("developer", "specialist")))


@_beat(102, "tasks_prioritised")
def _prioritised(night: Night) -> Mark | None:
    """Work is given out after the specialist has read."""
    return _after(night, _reads(night), "task.assigned")


@_beat(103, "work_started")
def _work(night: Night) -> Mark | None:
    return _after(night, _prioritised(night), "operation.started", "task.acknowledged")


@_beat(104, "some_fixes_fail")
def _some_fail(night: Night) -> Mark | None:
    failed = _failed_try(night)
    return _mark(failed) if failed and night.command and night.command[0].from_ms <= failed.t_ms else None


@_beat(105, "failures_recorded")
def _failures_recorded(night: Night) -> Mark | None:
    failed = _failed_try(night)
    if failed is None:
        return None
    return _mark(
        night.first(
            "doc.edited",
            where=lambda i: (
                i.n > failed.n
                and (
                    i.about == "tried" or any(c.get("property") == "tried" for c in i.data.get("claims", ()))
                )
            ),
        )
    )


@_beat(106, "relief_sought")
def _relief(night: Night) -> Mark | None:
    return _mark(night.first("staff.sought"))


@_beat(107, "video_handoff")
def _video(night: Night) -> Mark | None:
    return _mark(night.first("call.started", where=lambda i: i.data.get("medium") == "video"))


@_beat(108, "clear_roles_after_handoff")
def _roles_clear(night: Night) -> Mark | None:
    video = _video(night)
    return None if video is None else _after(night, video, "role.assumed", "role.handed_off")


@_beat(109, "mitigated_and_closed")
def _closed(night: Night) -> Mark | None:
    mitigated = night.moments.mitigated
    return None if mitigated is None else _after(night, mitigated, "ticket.closed")


@_beat(110, "retrospective")
def _retro(night: Night) -> Mark | None:
    return _mark(night.first("retro.held"))


@_beat(111, "follow_ups")
def _follow_ups(night: Night) -> Mark | None:
    return _mark(night.first("follow_up.created"))


# --- shared

_WORDS = ("message.sent", "doc.edited", "update.sent", "decision.made", "call.noted")


def _forecasts(item: Item) -> bool:
    return any(claim.get("property") == "forecast" for claim in item.data.get("claims", ()))


def _site_alert(night: Night, number: int) -> Item | None:
    """Give the page about the n-th site: down, or about to be."""
    seen: dict[str, Item] = {}
    for item in night.items("alert.fired"):
        site = item.data.get("site")
        if site and item.data.get("severity") == "page" and site not in night.setting.standbys:
            seen.setdefault(str(site), item)
    return list(seen.values())[number - 1] if len(seen) >= number else None


def _soon_after(night: Night, fits: Callable[[Item], bool]) -> Mark | None:
    third = _site_alert(night, 3)
    if third is None:
        return None
    return _mark(
        next((i for i in night.acts if i.n > third.n and i.t_ms - third.t_ms <= SOON_MS and fits(i)), None)
    )


def _after(night: Night, mark: Mark | None, *kinds: str) -> Mark | None:
    if mark is None:
        return None
    return _mark(night.first(*kinds, where=lambda item: item.origin == "journal" and item.n > mark.n))


def _failed_try(night: Night) -> Item | None:
    for item in night.items("operation.started"):
        undone = _undone(night, item) if item.origin == "journal" else None
        if undone is not None:
            return undone
    return None


ROWS: Mapping[int, str] = {row: name for row, (name, _) in sorted(FIND.items())}
