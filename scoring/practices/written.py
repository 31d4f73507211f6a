"""D4, the living record: steps and failed fixes, written down as they happen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from drills.record import Item
from scoring.levels import Judgement, Level, Reason, Window, not_tested
from scoring.practices.cases import end_of, window_limit
from scoring.practices.effects import failure_of, finish_of
from scoring.practices.onrecord import (
    WRITERS,
    Deed,
    names_operation,
    notes,
    operation_deed,
    significant_acts,
    tells_of,
)
from scoring.practices.registry import practice
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.ribbons import who
from scoring.timing import COMPOSE_FLOOR_S, MIN_MS, Limit

WRITE_DOWN_MIN = 10.0
LATE_MIN = 60.0
FEWEST_ACTS = 5
MET_SHARE, PARTLY_SHARE = 0.75, 0.45
NOISE_RATIO = 3.0

TRIED_MIN = WRITE_DOWN_MIN + 5.0
TRIED_MET_SHARE, TRIED_PARTLY_SHARE = 0.8, 0.4


@dataclass(frozen=True)
class Told:
    """An act, its limit, and the first note that tells of it, or None."""

    deed: Deed
    limit: Limit
    note: Item | None

    def is_within(self, limit_min: float) -> bool:
        """Say whether the note came within so many minutes."""
        return self.note is not None and self.note.t_ms - self.deed.item.t_ms <= limit_min * MIN_MS


# --- DOC-2 ---


@practice("DOC-2")
def written_as_it_happens(night: Night) -> Judgement:
    """Written as it happens.

    Called for by: five significant acts between the major trigger and the resolution: operations on the
        world, changes of role, escalations, pages, fixes declared failed, hypotheses ruled out.
    Met: three in four of them are on the record within 10 min: a line of the document, or a message with
        claims on a channel it is linked to, that links to the act or names its operation and target.
    Partly: 45 in a hundred within 10 min, or three in four within 60 min.
    Missed: less; without a document, nothing is on the record. Notes after the resolution count nowhere.
    Cannot see: whether what a note says of the act is right (DOC-4); notes kept outside the console.
    Source: the article's "kept a record of various steps taken".
    """
    major = night.moments.major
    if major is None:
        return not_tested("no trigger", finding="Nothing happened that called for a record of steps.")
    until_ms = night.moments.lifecycle_end_ms
    acts = significant_acts(night, major.n, until_ms)
    if len(acts) < FEWEST_ACTS:
        return not_tested("no trigger", finding="Fewer than five steps were taken.", evidence=(major.n,))
    written = [note for note in notes(night) if note.t_ms <= until_ms]
    told = [_tell(night, deed, written) for deed in acts if not night.in_skip(deed.item.t_ms)]
    paced = [
        one
        for one in told
        if one.is_within(one.limit.allowed_min) or not night.is_too_fast(one.limit, one.deed.item.t_ms)
    ]
    judged = [
        one for one in paced if one.note or not night.cut_short(one.deed.item.t_ms, one.limit.asked_min)
    ]
    if not judged:
        reason: Reason = "cut short" if paced else "too fast for people" if told else "no trigger"
        return not_tested(reason, evidence=(major.n,))
    count = sum(note.kind == "doc.edited" and note.n > major.n for note in written)
    return _judge_share(night, judged, count)


def _tell(night: Night, deed: Deed, written: Sequence[Item]) -> Told:
    limit = window_limit(night, WRITE_DOWN_MIN, COMPOSE_FLOOR_S, deed.item.t_ms, WRITERS)
    note = next((note for note in written if note.n > deed.item.n and tells_of(night, note, deed)), None)
    return Told(deed, limit, note)


def _judge_share(night: Night, told: Sequence[Told], note_count: int) -> Judgement:
    in_time = [one for one in told if one.is_within(one.limit.allowed_min)]
    late = [one for one in told if one.is_within(max(LATE_MIN, one.limit.allowed_min))]
    share, late_share = len(in_time) / len(told), len(late) / len(told)
    level: Level = "missed"
    if share >= MET_SHARE:
        level = "met"
    elif share >= PARTLY_SHARE or late_share >= MET_SHARE:
        level = "partly"
    ratio = note_count / len(told)
    noise = f"; {note_count} notes for {len(told)} steps is noise" if ratio > NOISE_RATIO else ""
    first, last = told[0].deed.item, told[-1].deed.item
    widest = max((one.limit for one in told), key=lambda limit: limit.allowed_min)
    return Judgement(
        level=level,
        opportunities=len(told),
        evidence=tuple(dict.fromkeys(n for one in told for n in _entries(one))),
        window=Window(first.t_ms, end_of(widest, last.t_ms)),
        numbers={
            "limit_min": widest.asked_min,
            "allowed_min": round(widest.allowed_min, 1),
            "speed": round(widest.speed, 1),
            "late_min": LATE_MIN,
            "acts": len(told),
            "in_time": len(in_time),
            "within_60_min": len(late),
            "notes": note_count,
            "notes_per_act": round(ratio, 1),
            "met_from": MET_SHARE,
            "partly_from": PARTLY_SHARE,
        },
        finding=f"{len(in_time)} of {len(told)} steps on the record within {widest.text()}{noise}",
        coaching=_share_coaching(night, level, told, in_time),
    )


def _entries(one: Told) -> tuple[int, ...]:
    return (one.deed.item.n,) if one.note is None else (one.deed.item.n, one.note.n)


def _share_coaching(night: Night, level: Level, told: Sequence[Told], in_time: Sequence[Told]) -> str:
    first = told[0].deed.item
    seen = f"From {night.said(first.t_ms)} on, {len(told)} steps were taken"
    if level == "met":
        return coach("DOC-2", seen, f"The team had {len(in_time)} of them on the record as they happened")
    worst = next((one for one in told if one.note is None), None)
    worst = worst or next(one for one in told if one not in in_time)
    what = f"{_act_words(worst.deed)} at {night.said(worst.deed.item.t_ms)}"
    tail = "is not" if worst.note is None else "came late"
    return coach(
        "DOC-2",
        seen,
        f"The team had {len(in_time)} of them on the record in time; {what} {tail}",
        "let one person write a line for each step, with a link to it, before the next one starts",
    )


def _act_words(deed: Deed) -> str:
    """Name an act without naming a person."""
    words = {
        "role.assumed": "a role taken",
        "role.handed_off": "a role handed over",
        "ticket.escalated": "an escalation",
        "page.sent": "a page",
        "hypothesis.ruled_out": "a cause ruled out",
        "task.reported": "a task that did not work out",
    }
    return words.get(deed.item.kind, f"the operation {deed.operation.replace('_', ' ')}")


# --- DOC-3 ---


@dataclass(frozen=True)
class FailedTry:
    """An operation that turned out to have failed.

    Args:
        shown: the item by which it showed.
        note: the first line that records it as tried, in time, or None.
        repeats: the same again, unchanged, by somebody who had neither read nor written the document since.
    """

    started: Item
    shown: Item
    limit: Limit
    note: Item | None
    repeats: tuple[Item, ...]


@practice("DOC-3")
def failed_fixes_are_written_down(night: Night) -> Judgement:
    """Failed fixes are written down.

    Called for by: each try that the trace shows failed: it ended so, its site fell again within 30 min, or it
        changed nothing or did harm. What was refused, or only taken back, is no try.
    Met: four in five are recorded as tried within 15 min, in a claim that names operation and target or by a
        link from the section for it, and none is tried again unchanged by somebody who neither read nor wrote
        the document since.
    Partly: two in five, with one such blind repeat at most.
    Missed: less, or more blind repeats.
    Cannot see: failures told by voice; an invented failure counts nowhere, since it matches no try.
    Source: the article's "They try a few fixes that don't work, and Ariana updates the incident management
        document".
    """
    tries = _failed_tries(night)
    if not tries:
        return not_tested("no trigger", finding="No try failed.")
    called = [one for one in tries if not night.in_skip(one.shown.t_ms)]
    paced = [one for one in called if one.note or not night.is_too_fast(one.limit, one.shown.t_ms)]
    judged = [one for one in paced if one.note or not night.cut_short(one.shown.t_ms, one.limit.asked_min)]
    if not judged:
        reason: Reason = "cut short" if paced else "too fast for people" if called else "no trigger"
        return not_tested(reason, evidence=tuple(one.shown.n for one in tries))
    return _judge_tries(night, judged)


def _failed_tries(night: Night) -> list[FailedTry]:
    written = notes(night)
    started = [item for item in night.items("operation.started") if item.origin == "journal"]
    found = [(item, failure_of(night, item)) for item in started]
    return [_failed_try(night, item, shown, written, started) for item, shown in found if shown is not None]


def _failed_try(
    night: Night, started: Item, shown: Item, written: Sequence[Item], all_started: Sequence[Item]
) -> FailedTry:
    limit = window_limit(night, TRIED_MIN, COMPOSE_FLOOR_S, shown.t_ms, WRITERS)
    note = first_record(night, started, shown, written)
    if note is not None and note.t_ms > shown.t_ms + limit.allowed_min * MIN_MS:
        note = None
    repeats = tuple(
        item
        for item in all_started
        if item.n > shown.n and _is_same(item, started) and not _is_aware(night, item, shown)
    )
    return FailedTry(started, shown, limit, note, repeats)


def first_record(night: Night, started: Item, shown: Item, written: Sequence[Item]) -> Item | None:
    """Give the first note, from the end of a try on, that records it as tried."""
    ended = finish_of(night, started) or shown
    deed = operation_deed(started)
    return next(
        (note for note in written if note.n > min(ended.n, shown.n) and _records(night, note, deed)), None
    )


def _records(night: Night, note: Item, deed: Deed) -> bool:
    if note.about == "tried" and deed.ids & set(note.data.get("links", ())):
        return True
    return any(
        claim.get("property") == "tried"
        and (str(claim.get("subject")) in deed.ids or names_operation(night, claim, deed))
        for claim in note.data.get("claims", ())
    )


def _is_same(one: Item, other: Item) -> bool:
    return _aim(one) == _aim(other)


def _aim(started: Item) -> tuple[object, object, Mapping[str, Any]]:
    return (started.data.get("operation"), started.data.get("target"), started.data.get("params") or {})


def _is_aware(night: Night, again: Item, shown: Item) -> bool:
    """Say whether who tries again read or wrote the document since the failure showed."""
    return any(
        shown.n < item.n < again.n and who(item) == who(again)
        for item in night.items("doc.viewed", "doc.edited")
    )


def _judge_tries(night: Night, tries: Sequence[FailedTry]) -> Judgement:
    recorded = [one for one in tries if one.note is not None]
    repeats = tuple(dict.fromkeys(item.n for one in tries for item in one.repeats))
    share = len(recorded) / len(tries)
    level: Level = "missed"
    if share >= TRIED_MET_SHARE and not repeats:
        level = "met"
    elif share >= TRIED_PARTLY_SHARE and len(repeats) <= 1:
        level = "partly"
    widest = max((one.limit for one in tries), key=lambda limit: limit.allowed_min)
    entries = [n for one in tries for n in (one.started.n, one.shown.n, *([one.note.n] if one.note else []))]
    blind = f", {len(repeats)} tried again unread" if repeats else ""
    return Judgement(
        level=level,
        opportunities=len(tries),
        evidence=tuple(dict.fromkeys([*entries, *repeats])),
        window=Window(tries[0].shown.t_ms, end_of(widest, tries[-1].shown.t_ms)),
        numbers={
            "limit_min": widest.asked_min,
            "allowed_min": round(widest.allowed_min, 1),
            "speed": round(widest.speed, 1),
            "failed": len(tries),
            "recorded": len(recorded),
            "blind_repeats": len(repeats),
            "met_from": TRIED_MET_SHARE,
            "partly_from": TRIED_PARTLY_SHARE,
        },
        finding=f"{len(recorded)} of {len(tries)} failed tries written down within {widest.text()}{blind}",
        coaching=_tries_coaching(night, level, tries),
    )


def _tries_coaching(night: Night, level: Level, tries: Sequence[FailedTry]) -> str:
    repeated = next((one for one in tries if one.repeats), None)
    unwritten = next((one for one in tries if one.note is None), None)
    shown = repeated or unwritten or tries[0]
    what = str(shown.started.data.get("operation")).replace("_", " ")
    seen = f"At {night.said(shown.shown.t_ms)}, a try did not help: {what}"
    if level == "met":
        return coach("DOC-3", seen, "The team had what was tried written down before anybody tried it again")
    move = "write down what was tried, when and what came of it, before the next try"
    if repeated is not None:
        again = night.said(repeated.repeats[0].t_ms)
        did = f"The team tried the same again at {again} with the document unread"
        return coach("DOC-3", seen, did, f"{move}; read that section first")
    return coach("DOC-3", seen, "The team had no line about it in the record in time", move)
