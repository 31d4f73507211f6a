"""D7, handoff and people: handed off in a call, both sides in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.levels import RANK, Judgement, Level, mean_level, not_tested, same
from scoring.practices.handoff.changing import (
    ONE_HANDOFF_MS,
    changed,
    due_evidence,
    due_seen,
    names,
    never_made,
    says,
    taken,
    window_of,
)
from scoring.practices.registry import practice
from scoring.practices.relief import KEY_ROLES
from scoring.practices.roles import ROLES
from scoring.practices.talks import Talk, talks
from scoring.practices.terms import Change
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.timing import MIN_MS, number

LIVE = ("voice", "video")
SHORTEST_MIN = 5.0
BEFORE_MS, AFTER_MS = 30 * MIN_MS, 30 * MIN_MS


@dataclass(frozen=True)
class Live:
    """How one change of hands was done, with the call in which it was."""

    change: Change
    talk: Talk | None
    note: int | None
    level: Level
    lacks: str = ""


@practice("HND-2")
def handed_off_live(night: Night) -> Judgement:
    """Handed off live, face to face (video or voice).

    Called for by: each change of hands of command or the technical lead after the major trigger that lasts
        15 min; and each of these roles that was due to change (the incident outlasted the hard limit).
    Met: a call by video or voice begins before the change, not more than 30 min before, with both sides and
        all who take over in it; it lasts 5 min and is noted, in a note or in the handoff's sections. By
        voice, more than the two of them are in it.
    Partly: a call short of one of these, by phone, or live within 30 min after the change.
    Missed: a line of text, nothing, or a change that was due and never made.
    Cannot see: who listened; what was said beyond the notes.
    Source: the article's "Zoom video meeting with the new team she's handing off to"; SRE book, live handoff.
    """
    found = changed(night, KEY_ROLES)
    never = never_made(night, found)
    if not found and not never:
        return not_tested("no trigger", finding="No key role changed hands, and none had to.")
    judged = [_live(night, change, found) for change in found]
    level = mean_level([*(one.level for one in judged), *same("missed", len(never))])
    evidence = [n for one in judged for n in _live_evidence(one)] + list(due_evidence(night) if never else ())
    met = sum(one.level == "met" for one in judged)
    of = len(judged) + len(never)
    return Judgement(
        level=level,
        opportunities=of,
        evidence=tuple(dict.fromkeys(evidence)),
        window=window_of(night, found, never),
        numbers={
            "handoffs": of,
            "live": met,
            "never_made": len(never),
            "shortest_min": SHORTEST_MIN,
            "before_min": BEFORE_MS // MIN_MS,
        },
        finding=f"{met} of {of} handoffs live, by video or voice",
        coaching=_live_coaching(night, level, judged, never),
    )


def _live(night: Night, change: Change, all_changes: Sequence[Change]) -> Live:
    options = [_in_call(night, change, talk, all_changes) for talk in talks(night)]
    ranked = [one for one in options if one is not None]
    return max(
        ranked,
        key=lambda one: RANK[one.level],
        default=Live(change, None, None, "missed", "was passed on without a call"),
    )


def _in_call(night: Night, change: Change, talk: Talk, all_changes: Sequence[Change]) -> Live | None:
    """Judge a change by one call, or None when the call was not about it."""
    if not talk.has(*names(change.before)) or not talk.has(*names(change.after)):
        return None
    if not -BEFORE_MS <= talk.from_ms - change.t_ms <= AFTER_MS:
        return None
    note = _note(night, talk)
    lacks = _lacks(change, talk, all_changes, is_noted=note is not None)
    return Live(change, talk, note, "partly" if lacks else "met", lacks)


def _lacks(change: Change, talk: Talk, all_changes: Sequence[Change], *, is_noted: bool) -> str:
    together = [one for one in all_changes if abs(one.t_ms - change.t_ms) <= ONE_HANDOFF_MS]
    if talk.from_ms > change.t_ms:
        return "was passed on before the call"
    if talk.medium not in LIVE:
        return "was passed on by phone"
    if talk.minutes < SHORTEST_MIN:
        return f"was passed on in a call of {number(talk.minutes)} min"
    if not all(talk.has(*names(one.after)) for one in together):
        return "was passed on without all who take over"
    if talk.medium == "voice" and len(talk.sides) <= len({"before", "after"}):
        return "was passed on by voice between two"
    return "" if is_noted else "was passed on in a call that nobody noted"


def _note(night: Night, talk: Talk) -> int | None:
    """Give the item that noted a call: its note, or a section of the handoff written around it."""
    item = night.first(
        "call.noted",
        "handoff.written",
        where=lambda item: (
            (item.kind == "call.noted" and item.about == talk.id and says(item))
            or (
                item.kind == "handoff.written"
                and says(item)
                and item.t_ms - talk.from_ms >= -BEFORE_MS
                and item.t_ms <= talk.to_ms + AFTER_MS
            )
        ),
    )
    return item.n if item else None


def _live_evidence(one: Live) -> tuple[int, ...]:
    talk = (one.talk.opened.n,) if one.talk else ()
    return (*talk, *((one.note,) if one.note is not None else ()), *taken(one.change.after))


def _live_coaching(night: Night, level: Level, judged: Sequence[Live], never: Sequence[str]) -> str:
    move = "meet by video before the change, both teams in it, and keep one line of what was agreed"
    if level == "met":
        seen = f"At {night.said(judged[0].change.t_ms)}, {ROLES[judged[0].change.role]} changed hands"
        return coach("HND-2", seen, "The team handed over live, both sides in one call")
    if never:
        return coach("HND-2", due_seen(night), f"The team never handed {ROLES[never[0]]} over", move)
    worst = min(judged, key=lambda one: RANK[one.level])
    role = ROLES[worst.change.role]
    seen = f"At {night.said(worst.change.t_ms)}, {role} changed hands"
    return coach("HND-2", seen, f"The team's handoff was not whole: {role} {worst.lacks}", move)
