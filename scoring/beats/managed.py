"""Rows 91 to 111: the managed night."""

from __future__ import annotations

from drills.record import Item
from scoring.beats.finding import (
    SOON_MS,
    TECHNICAL,
    after,
    beat,
    failed_tries,
    mark,
    site_alert,
    soon_after,
)
from scoring.moments import Mark
from scoring.practices.closing import is_outage, stories
from scoring.practices.foresight import SAYING, forecasts
from scoring.practices.learning import retro_of
from scoring.practices.onrecord import notes
from scoring.practices.written import first_record
from scoring.reading import Night
from scoring.ribbons import who
from scoring.timing import MIN_MS

HANDOFF_MS = 60 * MIN_MS
EXPERTS = ("developer", "specialist")


@beat(91, "second_site_alert")
def _second_alert(night: Night) -> Mark | None:
    return mark(site_alert(night, 2))


@beat(92, "asked_to_command")
def _asked(night: Night) -> Mark | None:
    """Who repairs asks, by a page or a call, that somebody else takes command, before it is taken."""
    onset, taken = night.moments.onset, night.moments.command
    return mark(
        night.first(
            "page.sent",
            "call.started",
            where=lambda i: (
                onset is not None
                and onset.t_ms <= i.t_ms
                and (taken is None or i.n < taken.n)
                and i.seat in TECHNICAL
                and (i.about == "commander" or "commander" in i.data.get("to", ()))
            ),
        )
    )


@beat(93, "command_assumed")
def _assumed(night: Night) -> Mark | None:
    """Command is taken by somebody else than who repairs, once something has gone wrong."""
    onset = night.moments.onset
    return mark(
        night.first(
            "role.assumed",
            where=lambda i: (
                i.about == "commander"
                and i.seat not in TECHNICAL
                and onset is not None
                and i.t_ms >= onset.t_ms
            ),
        )
    )


@beat(94, "rundown")
def _rundown(night: Night) -> Mark | None:
    """Command and repair have both spoken within a quarter of an hour of command being taken."""
    hold = night.command[0] if night.command else None
    if hold is None:
        return None
    spoken: dict[str, Item] = {}
    for item in night.items("message.sent", "call.started", "call.noted"):
        if item.origin != "journal" or abs(item.t_ms - hold.from_ms) > SOON_MS:
            continue
        if who(item) == hold.person:
            spoken.setdefault("command", item)
        elif item.seat in TECHNICAL:
            spoken.setdefault("repair", item)
    if len(spoken) < 2:
        return None
    return mark(max(spoken.values(), key=lambda item: item.n))


@beat(95, "list_told")
def _list_told(night: Night) -> Mark | None:
    return mark(_first_told(night))


def _first_told(night: Night) -> Item | None:
    """Give the first update to a list that stood before the start, once something has gone wrong."""
    onset = night.moments.onset
    return night.first(
        "update.sent",
        where=lambda i: night.setting.is_qualified(i.about) and onset is not None and i.t_ms >= onset.t_ms,
    )


@beat(96, "joint_forecast")
def _forecast_agreed(night: Night) -> Mark | None:
    """One forecasts; a second person does too, or command and repair speak, within a quarter of an hour."""
    for said in night.items(*SAYING):
        if said.origin == "journal" and forecasts(said):
            answer = _spoken_with(night, said)
            if answer is not None:
                return mark(max(said, answer, key=lambda item: item.n))
    return None


def _spoken_with(night: Night, said: Item) -> Item | None:
    """Give a second person's forecast, a message across the two sides, or a call with who forecast."""

    def answers(item: Item) -> bool:
        if abs(item.t_ms - said.t_ms) > SOON_MS:
            return False
        if item.kind == "call.started":
            return said.seat in (item.seat, *item.data.get("to", ()))
        if item.origin != "journal" or who(item) == who(said):
            return False
        is_across = (item.seat in TECHNICAL) != (said.seat in TECHNICAL)
        return (item.kind == "message.sent" and is_across) or bool(forecasts(item))

    return night.first(*SAYING, "call.started", where=answers)


@beat(97, "forecast_recorded")
def _forecast_written(night: Night) -> Mark | None:
    """A forecast stands in the open document."""
    return mark(next((i for i in notes(night) if i.kind == "doc.edited" and forecasts(i)), None))


@beat(98, "list_told_of_third_alert")
def _told_third(night: Night) -> Mark | None:
    """The list that was told first hears of the third site within a quarter of an hour."""
    first = _first_told(night)
    return soon_after(
        night, lambda i: i.kind == "update.sent" and first is not None and i.about == first.about
    )


@beat(99, "followed_up_with_repair")
def _followed_up(night: Night) -> Mark | None:
    """Within a quarter of an hour of the third alert, who commands speaks with who repairs."""
    third = site_alert(night, 3)
    holder = next(
        (hold.person for hold in night.command if third and hold.from_ms <= third.t_ms <= hold.to_ms), ""
    )
    return soon_after(night, lambda i: who(i) == holder and _is_to_repair(i))


def _is_to_repair(item: Item) -> bool:
    to = item.data.get("to", ())
    if item.kind == "task.assigned":
        return to in TECHNICAL
    return item.kind == "message.sent" or (item.kind == "call.started" and bool(set(to) & set(TECHNICAL)))


@beat(100, "specialist_paged")
def _specialist(night: Night) -> Mark | None:
    """The developer, or a specialist, is called in after the third alert; without one, after onset."""
    onset = site_alert(night, 3) or night.moments.onset
    return mark(
        night.first(
            "page.sent",
            where=lambda i: i.about in EXPERTS and onset is not None and i.n > onset.n,
        )
    )


@beat(101, "specialist_reads")
def _reads(night: Night) -> Mark | None:
    """Who was called in reads the document."""
    paged = _specialist(night)
    if paged is None:
        return None
    return mark(night.first("doc.viewed", where=lambda i: i.n > paged.n and i.seat in EXPERTS))


@beat(102, "tasks_prioritised")
def _prioritised(night: Night) -> Mark | None:
    """Work is given out after the specialist has read."""
    return after(night, _reads(night), "task.assigned")


@beat(103, "work_started")
def _work(night: Night) -> Mark | None:
    return after(night, _prioritised(night), "operation.started", "task.acknowledged")


@beat(104, "some_fixes_fail")
def _some_fail(night: Night) -> Mark | None:
    """A try of the team fails while somebody commands."""
    return next((Mark(shown.t_ms, shown.n) for _, shown in failed_tries(night)), None)


@beat(105, "failures_recorded")
def _failures_recorded(night: Night) -> Mark | None:
    """One of those is written down as tried, by its operation and target or by a link."""
    written = [note for note in notes(night) if note.kind == "doc.edited"]
    found = [first_record(night, started, shown, written) for started, shown in failed_tries(night)]
    return mark(min((note for note in found if note is not None), key=lambda note: note.n, default=None))


@beat(106, "relief_sought")
def _relief(night: Night) -> Mark | None:
    onset = night.moments.onset
    return mark(night.first("staff.sought", where=lambda i: onset is not None and i.t_ms >= onset.t_ms))


@beat(107, "video_handoff")
def _video(night: Night) -> Mark | None:
    """A video call with who takes over, before the role changes hands."""
    for handed in night.items("role.handed_off"):
        call = next(
            (
                call
                for call in night.items("call.started")
                if call.n < handed.n
                and call.data.get("medium") == "video"
                and handed.t_ms - call.t_ms <= HANDOFF_MS
                and _is_in(night, handed.seat, call, handed)
                and _is_in(night, str(handed.data.get("to")), call, handed)
            ),
            None,
        )
        if call is not None:
            return mark(call)
    return None


def _is_in(night: Night, whom: str, call: Item, handed: Item) -> bool:
    """Say whether a seat, or a person from outside, was in a call before the role changed hands."""
    joined = [item for item in night.items("call.joined") if item.about == call.about and item.n < handed.n]
    is_called = whom in call.data.get("to", ()) and any(seat.id == whom for seat in night.record.seats)
    return whom == call.seat or is_called or any(whom in (each.data.get("who"), each.seat) for each in joined)


@beat(108, "clear_roles_after_handoff")
def _roles_clear(night: Night) -> Mark | None:
    """After a role changed hands it is said aloud, or confirmed, who has it."""
    for handed in night.items("role.handed_off"):
        said = night.first(
            "role.announced",
            "role.confirmed",
            where=lambda i, done=handed: i.n > done.n and i.about == done.about,  # type: ignore[misc]
        )
        if said is not None and said.t_ms - handed.t_ms <= SOON_MS:
            return mark(said)
    return None


@beat(109, "mitigated_and_closed")
def _closed(night: Night) -> Mark | None:
    """Users are served again, and a ticket of the outage is closed after that."""
    mitigated = night.moments.mitigated
    closed = [story.closed for story in stories(night) if is_outage(night, story)]
    return mark(
        min(
            (item for item in closed if mitigated and item and item.n > mitigated.n),
            key=lambda item: item.n,
            default=None,
        )
    )


@beat(110, "retrospective")
def _retro(night: Night) -> Mark | None:
    return mark(retro_of(night))


@beat(111, "follow_ups")
def _follow_ups(night: Night) -> Mark | None:
    """A follow-up comes of the retrospective."""
    return after(night, _retro(night), "follow_up.created")
