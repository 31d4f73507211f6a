"""Rows 75 to 86: the unmanaged night."""

from __future__ import annotations

from itertools import pairwise

from drills.record import Item
from scoring.beats.finding import SOON_MS, TECHNICAL, beat, mark, site_alert, tries
from scoring.moments import Mark
from scoring.practices.effects import failure_of, is_effective, mitigating_acts
from scoring.reading import Night
from scoring.timing import MIN_MS

HOURS_MS = 120 * MIN_MS
ALONE_AFTER_MS = 30 * MIN_MS


@beat(75, "routine_night")
def _routine(night: Night) -> Mark | None:
    """The drill begins with users served."""
    began = night.first("drill.started")
    return mark(began) if began and night.level_at(began.t_ms) == "up" else None


@beat(76, "first_site_alert")
def _first_alert(night: Night) -> Mark | None:
    return mark(site_alert(night, 1))


@beat(77, "logs_name_the_update")
def _logs(night: Night) -> Mark | None:
    """Somebody looks into the logs, or the list of changes, after the first alert."""
    first = site_alert(night, 1)
    if first is None:
        return None
    return mark(
        night.first(
            "look.taken", where=lambda i: i.n > first.n and i.data.get("signal") in ("logs", "changes")
        )
    )


@beat(78, "rollback_does_not_help")
def _rollback(night: Night) -> Mark | None:
    """A site falls again after it was rolled back, or the rollback itself fails."""
    for started in tries(night):
        if started.data.get("operation") == "roll_back":
            failed = failure_of(night, started)
            if failed is not None:
                return mark(failed)
    return None


@beat(79, "developer_called")
def _called(night: Night) -> Mark | None:
    """Who repairs calls somebody of the development side: the developer, or a person outside on no list.

    Who reads updates on a list is management or a customer; the author of a release is on none.
    """
    onset = night.moments.onset
    told = {audience for known in night.setting.lists for audience in known.audiences}
    seats = {seat.id for seat in night.record.seats} - {"developer"}

    def is_developer(to: str) -> bool:
        return to not in told and to not in seats

    return mark(
        night.first(
            "call.started",
            where=lambda i: (
                onset is not None
                and i.t_ms >= onset.t_ms
                and i.seat in TECHNICAL
                and any(is_developer(str(to)) for to in i.data.get("to", ()))
            ),
        )
    )


@beat(80, "only_technical_people")
def _only_technical(night: Night) -> Mark | None:
    """Half an hour into the major part, nobody but technical people has acted."""
    major = night.moments.major
    if major is None or night.end_ms < major.t_ms + ALONE_AFTER_MS:
        return None
    until_ms = major.t_ms + ALONE_AFTER_MS
    acted = [item for item in night.acts if item.t_ms <= until_ms]
    if not acted or any(item.seat not in TECHNICAL for item in acted):
        return None
    return Mark(until_ms, major.n)


@beat(81, "management_asks")
def _management(night: Night) -> Mark | None:
    return mark(next(iter(_asked_by_management(night)), None))


def _asked_by_management(night: Night) -> list[Item]:
    """Give the questions and calls of those on the first list to who repairs, from onset on."""
    onset = night.moments.onset
    management = set(night.setting.required) - {seat.id for seat in night.record.seats}
    return [
        item
        for item in night.items("question.received", "phone.rang")
        if onset is not None
        and item.t_ms >= onset.t_ms
        and item.data.get("to") in TECHNICAL
        and item.data.get("from") in management
    ]


@beat(82, "one_thing_at_a_time")
def _attention(night: Night) -> Mark | None:
    """Who repairs answers management, or leaves it waiting for a quarter of an hour."""
    for asked in _asked_by_management(night):
        answered = _answer_to(night, asked)
        waits_until_ms = asked.t_ms + SOON_MS
        if answered is not None and answered.seat in TECHNICAL and answered.t_ms <= waits_until_ms:
            return mark(answered)
        if (answered is None or answered.t_ms > waits_until_ms) and night.end_ms >= waits_until_ms:
            return Mark(waits_until_ms, asked.n)
    return None


def _answer_to(night: Night, asked: Item) -> Item | None:
    return night.first("question.answered", "phone.answered", where=lambda i: i.about == asked.about)


@beat(83, "hours_pass")
def _hours(night: Night) -> Mark | None:
    """Two hours with sites lost, no act that helped, and no word on a list or in the document."""
    outs = night.moments.outs
    if not outs:
        return None
    until_ms = night.moments.mitigated.t_ms if night.moments.mitigated else night.end_ms
    helped = [item for item in mitigating_acts(night) if is_effective(night, item)]
    broken = [Mark(item.t_ms, item.n) for item in (*helped, *night.items("update.sent", "doc.edited"))]
    inside = sorted((mark.t_ms, mark.n) for mark in broken if outs[0].t_ms < mark.t_ms < until_ms)
    points = [(outs[0].t_ms, outs[0].n), *inside, (until_ms, -1)]
    for (start_ms, n), (end_ms, _) in pairwise(points):
        if end_ms - start_ms >= HOURS_MS:
            return Mark(start_ms + HOURS_MS, n)
    return None


@beat(84, "two_more_sites_lost")
def _two_more(night: Night) -> Mark | None:
    """The second of the two further sites, in whatever order they fall."""
    outs = night.moments.outs
    return outs[2] if len(outs) > 2 else None


@beat(85, "one_server_left")
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
            return mark(item)
    return None


@beat(86, "total_outage")
def _total(night: Night) -> Mark | None:
    return mark(night.first("total_outage.began"))
