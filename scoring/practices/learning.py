"""D8, learning: the retrospective, what is on its table, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from drills.record import Item
from scoring.levels import RANK, Judgement, Level, Window, not_tested
from scoring.moments import Mark
from scoring.practices.cases import end_of, window_limit
from scoring.practices.effects import is_effective, mitigating_acts
from scoring.practices.registry import practice
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.timing import COMPOSE_FLOOR_S, MIN_MS, Limit, duration

MEETING_FLOOR_S = 300.0
"""Wall time that people need for a meeting."""
RETRO_MIN = 24 * 60.0
LATE_RETRO_MIN = 72 * 60.0
ATTENDANCE = 0.6
SIDES: Mapping[str, tuple[str, ...]] = {
    "command": ("commander",),
    "repair": ("tech_lead", "specialist", "developer"),
    "communications or desk": ("communications", "desk_1", "desk_2"),
}
OUTSIDE_SEATS = ("end_user", "observer", "facilitator", "clock")
ONLY_TOLD = ("page.acknowledged", "phone.answered", "report.filed", "end_user.confirmed", "doc.viewed")
"""Acts of somebody who only asked, reported or was told."""


def over(night: Night) -> Mark | None:
    """Give when the incident was over: resolved, else all recovered, else users served again."""
    return night.moments.resolved or night.moments.recovered or night.moments.mitigated


def retro_of(night: Night) -> Item | None:
    """Give the first retrospective held once the incident was over, or None."""
    done = over(night)
    return night.first("retro.held", where=lambda item: done is not None and item.n > done.n)


def responders(night: Night) -> frozenset[str]:
    """Give the seats that acted in the response, from onset until it was over."""
    onset, done = night.moments.onset, over(night)
    if onset is None:
        return frozenset()
    until_ms = done.t_ms if done else night.end_ms
    return frozenset(
        item.seat
        for item in night.acts
        if onset.t_ms <= item.t_ms <= until_ms
        and item.seat not in OUTSIDE_SEATS
        and item.kind not in ONLY_TOLD
    )


# --- LRN-1 ---


@practice("LRN-1")
def retrospective_within_a_day(night: Night) -> Judgement:
    """Retrospective meeting within 24 hours.

    Called for by: the incident resolved (else recovered, else users served again), where the drill goes on
        long enough after it or the meeting is held.
    Met: held within 24 h, with 60 % of the seats that responded present, one each of command, repair, and
        communications or desk, and somebody of those whose change restored service.
    Partly: within 72 h, or with fewer of them.
    Missed: none.
    Cannot see: what was said in it (LRN-3, LRN-4), nor who of those named as present listened.
    Source: the article's "typically be held within 24 hours of the incident resolution".
    """
    done = over(night)
    if done is None or not responders(night):
        return not_tested("no trigger", finding="Nothing was over that could be looked back on.")
    held = [item for item in night.items("retro.held") if item.n > done.n]
    if held:
        return max((_judge_retro(night, done, item) for item in held), key=lambda one: RANK[one.level])
    if night.cut_short(done.t_ms, RETRO_MIN):
        return not_tested("cut short", evidence=(done.n,), finding="The drill has no day after.")
    return _no_retro(night, done)


def _judge_retro(night: Night, done: Mark, held: Item) -> Judgement:
    limit = night.limit(RETRO_MIN, MEETING_FLOOR_S, done.t_ms, held.t_ms, human=night.is_human([held.seat]))
    called, present = responders(night), set(held.data.get("present", ()))
    came = called & present
    after_min = night.minutes(done.t_ms, held.t_ms)
    lacks = _lacks(night, called, present)
    level: Level = "missed"
    if after_min <= limit.allowed_min and not lacks:
        level = "met"
    elif after_min <= max(LATE_RETRO_MIN, limit.allowed_min):
        level = "partly"
    return Judgement(
        level=level,
        opportunities=1,
        evidence=(done.n, held.n),
        window=Window(done.t_ms, max(held.t_ms, end_of(limit, done.t_ms))),
        numbers={
            "limit_min": limit.asked_min,
            "allowed_min": round(limit.allowed_min, 1),
            "speed": round(limit.speed, 1),
            "late_min": LATE_RETRO_MIN,
            "held_min": after_min,
            "responders": len(called),
            "present": len(came),
            "attendance_from": ATTENDANCE,
        },
        finding=f"held after {duration(after_min)}, {len(came)} of {len(called)} who responded present",
        coaching=_retro_coaching(night, level, done, held, limit, lacks),
    )


def _lacks(night: Night, called: frozenset[str], present: set[str]) -> tuple[str, ...]:
    """Give in words which of those who responded were too few or missing."""
    found = []
    if len(called & present) < ATTENDANCE * len(called):
        found.append(f"{len(called & present)} of {len(called)} who responded")
    found += [
        f"nobody of {side}"
        for side, seats in SIDES.items()
        if called & set(seats) and not called & set(seats) & present
    ]
    restoring = {item.seat for item in mitigating_acts(night) if is_effective(night, item)}
    if restoring and not restoring & present:
        found.append("nobody whose change restored service")
    return tuple(found)


def _retro_coaching(
    night: Night, level: Level, done: Mark, held: Item, limit: Limit, lacks: Sequence[str]
) -> str:
    seen = f"At {night.said(done.t_ms)}, the incident was over"
    after = duration(night.minutes(done.t_ms, held.t_ms))
    if level == "met":
        return coach("LRN-1", seen, f"The team looked back on it {after} later, with all sides present")
    if lacks:
        did = f"The team looked back on it {after} later with {', '.join(lacks)}"
        return coach("LRN-1", seen, did, "invite command, repair, communications and desk in the same hour")
    did = f"The team looked back on it {after} later, against {limit.text()}"
    return coach("LRN-1", seen, did, "set the meeting within a day, while what happened is fresh")


def _no_retro(night: Night, done: Mark) -> Judgement:
    return Judgement(
        level="missed",
        opportunities=1,
        evidence=(done.n,),
        window=Window(done.t_ms, min(night.end_ms, done.t_ms + round(LATE_RETRO_MIN * MIN_MS))),
        numbers={
            "limit_min": RETRO_MIN,
            "allowed_min": RETRO_MIN,
            "speed": 1.0,
            "late_min": LATE_RETRO_MIN,
            "held_min": None,
            "responders": len(responders(night)),
            "present": 0,
            "attendance_from": ATTENDANCE,
        },
        finding="no retrospective",
        coaching=coach(
            "LRN-1",
            f"At {night.said(done.t_ms)}, the incident was over",
            "The team did not meet to look back on it",
            "set the retrospective within a day before the last one leaves",
        ),
    )


# --- LRN-3 ---


@dataclass(frozen=True)
class OnTheTable:
    """A factor as it stands at the end.

    Args:
        items: the entries that named, flagged and rewrote it, in order.
        kind: system, process, tooling, information, load, training or chance.
        link: the entry, part, runbook or ticket it shows in, or "".
        aimed: whether it ever pointed at a person, by its link or by somebody's flag.
        stands: whether it still does.
    """

    items: tuple[Item, ...]
    kind: str
    link: str
    aimed: bool
    stands: bool


@practice("LRN-3")
def blameless(night: Night) -> Judgement:
    """Blameless.

    Called for by: each factor named, and each follow-up flagged, in the retrospective.
    Met: none links to a person, a seat or a role, none was flagged as pointing at a person, and each links to
        the entry or part it shows in.
    Partly: what pointed at a person was rewritten in the meeting; or a factor links to nothing, so that its
        kind is a mere label.
    Missed: one that points at a person stands.
    Cannot see: what was said and not written; free text is not read. Without a retrospective: not tested.
    Source: the article's "no pointing fingers" and "root out systemic problems".
    """
    held = retro_of(night)
    if held is None:
        reason = retrospective_within_a_day(night).reason or "parent missed"
        return not_tested(reason, finding="No retrospective was held.")
    table = _table(night, held)
    if not table:
        return not_tested("no trigger", finding="No factor was named.", evidence=(held.n,))
    aimed = [one for one in table if one.aimed]
    standing = [one for one in table if one.stands]
    bare = [one for one in table if not one.link]
    level: Level = "missed" if standing else "partly" if aimed or bare else "met"
    last_ms = max(item.t_ms for one in table for item in one.items)
    return Judgement(
        level=level,
        opportunities=len(table),
        evidence=tuple(dict.fromkeys([held.n, *(item.n for one in table for item in one.items)])),
        window=Window(held.t_ms, last_ms),
        numbers={
            "items": len(table),
            "at_a_person": len(aimed),
            "standing": len(standing),
            "without_link": len(bare),
        },
        finding=(
            f"{len(standing)} of {len(table)} items point at a person, {len(aimed) - len(standing)} rewritten"
        ),
        coaching=_blameless_coaching(night, level, held, standing, aimed),
    )


def _table(night: Night, held: Item) -> list[OnTheTable]:
    """Give what was put on the table from the meeting on: all factors, and follow-ups that were flagged."""
    persons = _persons(night)
    added = [item for item in night.items("factor.added") if item.n > held.n]
    found = [_factor(night, item, persons) for item in added]
    for flag in night.items("blame.flagged"):
        made = night.first("follow_up.created", where=lambda item, id_=flag.about: item.about == id_)  # type: ignore[misc]
        if made is not None and made.n > held.n:
            kind = str(made.data.get("work_kind", ""))
            found.append(OnTheTable((made, flag), kind, made.about, aimed=True, stands=True))
    return found


def _factor(night: Night, added: Item, persons: frozenset[str]) -> OnTheTable:
    rewritten = [item for item in night.items("factor.rewritten") if item.about == added.about]
    flags = [item for item in night.items("blame.flagged") if item.about == added.about]
    versions = [added, *rewritten]
    now = versions[-1]
    link = str(now.data.get("link") or "")
    flagged_now = any(flag.n > now.n for flag in flags)
    return OnTheTable(
        items=tuple(sorted([*versions, *flags], key=lambda item: item.n)),
        kind=str(now.data.get("factor_kind", "")),
        link=link,
        aimed=bool(flags) or any(item.data.get("link") in persons for item in versions),
        stands=flagged_now or link in persons,
    )


def _persons(night: Night) -> frozenset[str]:
    """Give all ids by which a person can be meant: seats, roles, people of story and record."""
    seats = night.record.seats
    known = {seat.id for seat in seats} | {seat.person for seat in seats}
    roles = {role for side in SIDES.values() for role in side} | set(OUTSIDE_SEATS)
    return frozenset(known | roles | set(night.setting.names) | set(night.record.people)) - {""}


def _blameless_coaching(
    night: Night, level: Level, held: Item, standing: Sequence[OnTheTable], aimed: Sequence[OnTheTable]
) -> str:
    seen = f"From {night.said(held.t_ms)} on, the team looked back"
    move = "ask what made that act the sensible one then, and link what in the system made it so"
    if level == "met":
        return coach("LRN-3", seen, "The team kept to what in the system made it happen")
    if standing:
        did = f"The team left {_items(len(standing))} standing that pointed at a person ({_kinds(standing)})"
        return coach("LRN-3", seen, did, move)
    if aimed:
        did = f"The team rewrote {_items(len(aimed))} that had pointed at a person ({_kinds(aimed)})"
        return coach("LRN-3", seen, did, move)
    return coach(
        "LRN-3",
        seen,
        "The team named factors that link to nothing that happened",
        "link each factor to the entry, part or runbook in which it shows",
    )


def _items(count: int) -> str:
    return f"{count} item" if count == 1 else f"{count} items"


def _kinds(table: Sequence[OnTheTable]) -> str:
    return ", ".join(dict.fromkeys(one.kind for one in table))


# --- LRN-4 ---

WRITTEN_MIN = 15.0
MOST_FOLLOW_UPS = 7
KINDS_FOR_MET = 2
ANSWERED_SHARE = 0.5


@practice("LRN-4")
def follow_ups_with_owner_and_date(night: Night) -> Judgement:
    """Follow-ups with owner and date.

    Called for by: the incident resolved, as for the retrospective; 15 min are left to write after a meeting.
    Met: one to seven follow-ups, each with an owner, a date, a kind and a factor it answers; two kinds of
        work at least, not all one owner's, and half of the factors named are answered.
    Partly: some of this is missing, or there are more than seven.
    Missed: none.
    Cannot see: whether they are done; whether the work would help.
    Source: the article's "document improvements and follow-up actions".
    """
    held = retro_of(night)
    if held is None:
        retro = retrospective_within_a_day(night)
        return not_tested(retro.reason) if retro.reason else _none_written(night, _must(over(night)), None)
    made = [item for item in night.items("follow_up.created") if item.n > held.n]
    if made:
        return _judge_follow_ups(night, held, made)
    limit = _time_to_write(night, held)
    if night.cut_short(held.t_ms, limit.allowed_min):
        return not_tested("cut short", evidence=(held.n,))
    return _none_written(night, Mark(held.t_ms, held.n), limit)


def _must(mark: Mark | None) -> Mark:
    assert mark is not None
    return mark


def _time_to_write(night: Night, held: Item) -> Limit:
    return window_limit(night, WRITTEN_MIN, COMPOSE_FLOOR_S, held.t_ms, ())


def _judge_follow_ups(night: Night, held: Item, made: Sequence[Item]) -> Judgement:
    factors = {item.about for item in night.items("factor.added")}
    answered = {str(item.data.get("factor")) for item in made} & factors
    whole = [item for item in made if _is_whole(item, factors)]
    lacks = _lacking(made, whole, factors, answered)
    level: Level = "partly" if lacks else "met"
    return Judgement(
        level=level,
        opportunities=1,
        evidence=(held.n, *(item.n for item in made)),
        window=Window(held.t_ms, made[-1].t_ms),
        numbers=_follow_up_numbers(
            made=len(made), whole=len(whole), factors=len(factors), answered=len(answered)
        ),
        finding=(
            f"{len(whole)} of {len(made)} follow-ups with owner, date and factor;"
            f" {len(answered)} of {len(factors)} factors answered"
        ),
        coaching=_follow_up_coaching(night, held, made, lacks),
    )


def _is_whole(item: Item, factors: set[str]) -> bool:
    data = item.data
    return (
        bool(data.get("owner") and data.get("due") and data.get("work_kind"))
        and data.get("factor") in factors
    )


def _lacking(
    made: Sequence[Item], whole: Sequence[Item], factors: set[str], answered: set[str]
) -> tuple[str, ...]:
    """Give in words what keeps a list of follow-ups from being met."""
    checks = (
        (len(whole) < len(made), "some without owner, date or factor"),
        (len(made) > MOST_FOLLOW_UPS, f"{len(made)} in all"),
        (len({item.data.get("work_kind") for item in made}) < KINDS_FOR_MET, "one kind of work alone"),
        (len(made) > 1 and len({item.data.get("owner") for item in made}) == 1, "one owner for all"),
        (
            len(answered) < ANSWERED_SHARE * len(factors),
            f"{len(factors - answered)} of {len(factors)} factors without one",
        ),
    )
    return tuple(words for is_lacking, words in checks if is_lacking)


def _follow_up_numbers(*, made: int, whole: int, factors: int, answered: int) -> Mapping[str, Any]:
    return {
        "follow_ups": made,
        "whole": whole,
        "factors": factors,
        "factors_answered": answered,
        "most": MOST_FOLLOW_UPS,
        "kinds_from": KINDS_FOR_MET,
        "answered_from": ANSWERED_SHARE,
        "written_within_min": WRITTEN_MIN,
    }


def _follow_up_coaching(night: Night, held: Item, made: Sequence[Item], lacks: Sequence[str]) -> str:
    seen = f"At {night.said(held.t_ms)}, the team looked back"
    if not lacks:
        return coach("LRN-4", seen, f"The team left {_follow_ups(len(made))}, each with an owner and a date")
    did = f"The team left {_follow_ups(len(made))}: {', '.join(lacks)}"
    move = "give each factor one follow-up with an owner and a date, in service, process or tooling"
    return coach("LRN-4", seen, did, move)


def _follow_ups(count: int) -> str:
    return f"{count} follow-up" if count == 1 else f"{count} follow-ups"


def _none_written(night: Night, from_: Mark, limit: Limit | None) -> Judgement:
    factors = len(night.items("factor.added"))
    seen = (
        f"At {night.said(from_.t_ms)}, the incident was over"
        if limit is None
        else f"At {night.said(from_.t_ms)}, the team looked back"
    )
    return Judgement(
        level="missed",
        opportunities=1,
        evidence=(from_.n,),
        window=Window(from_.t_ms, night.end_ms),
        numbers=_follow_up_numbers(made=0, whole=0, factors=factors, answered=0),
        finding="no follow-up",
        coaching=coach(
            "LRN-4",
            seen,
            "The team left no follow-up",
            "write one follow-up for each factor, with an owner and a date, before the meeting ends",
        ),
    )
