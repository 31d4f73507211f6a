"""D3, communication."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from drills.record import Item
from scoring.levels import Judgement, Level, Reason, Window, best, not_tested
from scoring.moments import Mark
from scoring.practices.cadence import Cadence, cadence
from scoring.practices.registry import practice
from scoring.practices.truth import is_borne_out
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.timing import COMPOSE_FLOOR_S, MIN_MS, Limit, duration, number

SENDERS = ("communications", "commander")
FIELDS_FOR_MET = 3
COVERED_FOR_MET, COVERED_FOR_PARTLY = 0.85, 0.55


@dataclass(frozen=True)
class Due:
    """When the first notice is due, and until when it still counts in part."""

    start_ms: int
    met_ms: int
    partly_ms: int
    limit: Limit


def first_notice_due(night: Night, major: Mark, limit: Limit) -> Due:
    """Give the limits of the first notice: N after command, no later than C + N after the trigger."""
    notice_ms = round(limit.allowed_min * MIN_MS)
    last_ms = round(night.setting.thresholds.command * MIN_MS) + notice_ms
    command = night.moments.command
    start_ms = max(command.t_ms, major.t_ms) if command else major.t_ms
    met_ms = major.t_ms + last_ms
    partly_ms = major.t_ms + 2 * last_ms
    if command:
        met_ms = min(met_ms, start_ms + notice_ms)
        partly_ms = min(partly_ms, start_ms + 2 * notice_ms)
    return Due(start_ms, met_ms, partly_ms, limit)


# --- COM-1 ---


@practice("COM-1")
def first_notice(night: Night) -> Judgement:
    """First notice to the pre-arranged list.

    Called for by: the major trigger.
    Met: an update to a list that stood before the start and has the audiences required, within N of command
        taken and no later than C + N after the trigger, with three of: what is affected, since when, who
        leads, when the next update comes.
    Partly: up to twice as late, or to other recipients, or with one or two of the four.
    Missed: none, later, or an empty note.
    Cannot see: what the free text says; only the claims picked beside it count, and a state that the trace
        contradicts does not.
    Source: the article's "sends out the incident details to a pre-arranged list via email".
    """
    major = night.moments.major
    if major is None or night.in_skip(major.t_ms):
        return not_tested("no trigger", finding="Nothing happened that called for a notice.")
    asked = first_notice_due(
        night, major, Limit(night.setting.thresholds.notice, night.setting.thresholds.notice)
    )
    if night.cut_short(major.t_ms, (asked.met_ms - major.t_ms) / MIN_MS):
        return not_tested("cut short", evidence=night.shown(major))
    onset_ms = night.moments.onset.t_ms if night.moments.onset else major.t_ms
    sent = [item for item in night.items("update.sent") if item.t_ms >= min(onset_ms, major.t_ms)]
    return best([*(_judge_notice(night, major, item) for item in sent), _no_notice(night, major)])


def _judge_notice(night: Night, major: Mark, item: Item) -> Judgement:
    limit = night.limit(
        night.setting.thresholds.notice,
        COMPOSE_FLOOR_S,
        major.t_ms,
        item.t_ms,
        human=night.is_human([item.seat]),
    )
    due = first_notice_due(night, major, limit)
    carried = carried_fields(night, item)
    to_list = night.setting.is_qualified(item.about)
    level = _notice_level(item.t_ms, due, len(carried), to_list=to_list)
    if level != "met" and night.is_too_fast(limit, major.t_ms):
        return not_tested("too fast for people", evidence=night.shown(major))
    after_min = max(0.0, night.minutes(major.t_ms, item.t_ms))
    return Judgement(
        level=level,
        opportunities=1,
        evidence=(*night.shown(major), item.n),
        window=Window(major.t_ms, max(item.t_ms, due.met_ms)),
        numbers={
            **_limit_numbers(limit),
            "due_min": night.minutes(major.t_ms, due.met_ms),
            "sent_min": after_min,
            "carried": len(carried),
            "to_list": to_list,
        },
        finding=_notice_finding(after_min, carried, limit, to_list=to_list),
        coaching=_notice_coaching(night, major, level, item, due, carried, to_list=to_list),
    )


def carried_fields(night: Night, item: Item) -> tuple[str, ...]:
    """Give which of the four parts of a notice its claims carry: affected, since, lead, next."""
    claims = [claim for claim in item.data.get("claims", ()) if str(claim.get("value", "")).strip()]
    said = {str(claim["property"]) for claim in claims if is_borne_out(night, claim, item.t_ms)}
    found = {
        "affected": bool(said & {"state", "impact"}),
        "since": "since" in said,
        "lead": "lead" in said,
        "next": "next_update" in said or bool(item.data.get("next_update_min")),
    }
    return tuple(name for name, is_there in found.items() if is_there)


def _notice_level(t_ms: int, due: Due, carried: int, *, to_list: bool) -> Level:
    if carried == 0 or t_ms > due.partly_ms:
        return "missed"
    return "met" if t_ms <= due.met_ms and to_list and carried >= FIELDS_FOR_MET else "partly"


def _no_notice(night: Night, major: Mark) -> Judgement:
    limit = night.limit(
        night.setting.thresholds.notice,
        COMPOSE_FLOOR_S,
        major.t_ms,
        night.end_ms,
        human=night.is_held_by_human(SENDERS),
    )
    if night.is_too_fast(limit, major.t_ms):
        return not_tested("too fast for people", evidence=night.shown(major))
    due = first_notice_due(night, major, limit)
    return Judgement(
        level="missed",
        opportunities=1,
        evidence=night.shown(major),
        window=Window(major.t_ms, due.partly_ms),
        numbers={
            **_limit_numbers(limit),
            "due_min": night.minutes(major.t_ms, due.met_ms),
            "sent_min": None,
            "carried": 0,
            "to_list": False,
        },
        finding="no notice to the list",
        coaching=coach(
            "COM-1",
            f"At {night.said(major.t_ms)}, {major.why}",
            "The team sent no notice to the list while it was due",
            "send four lines to the list: what is affected, since when, who leads, when the next word comes",
        ),
    )


def _limit_numbers(limit: Limit) -> Mapping[str, Any]:
    return {
        "limit_min": limit.asked_min,
        "allowed_min": round(limit.allowed_min, 1),
        "speed": round(limit.speed, 1),
    }


def _notice_finding(after_min: float, carried: tuple[str, ...], limit: Limit, *, to_list: bool) -> str:
    where = "to the list" if to_list else "outside the list"
    return (
        f"first notice {where} {duration(after_min)} after the trigger, {len(carried)} of 4 parts;"
        f" allowed {limit.text()} from command"
    )


def _notice_coaching(
    night: Night, major: Mark, level: Level, item: Item, due: Due, carried: tuple[str, ...], *, to_list: bool
) -> str:
    seen = f"At {night.said(major.t_ms)}, {major.why}"
    did = f"The team told the list at {night.said(item.t_ms)}, with {len(carried)} of 4 parts"
    if level == "met":
        return coach("COM-1", seen, did)
    if not to_list:
        return coach(
            "COM-1",
            seen,
            f"The team told others at {night.said(item.t_ms)}, and not all audiences of the prepared list",
            "use the prepared list: it reaches everyone who waits",
        )
    if item.t_ms > due.met_ms:
        return coach(
            "COM-1",
            seen,
            f"{did}; it was due at {night.said(due.met_ms)}",
            "send what is known at once, and say when the next word comes",
        )
    lacking = [name for name in ("affected", "since", "lead", "next") if name not in carried]
    words = {
        "affected": "what is affected",
        "since": "since when",
        "lead": "who leads",
        "next": "the next time",
    }
    return coach("COM-1", seen, did, "add " + " and ".join(words[name] for name in lacking))


# --- COM-2 ---


@practice("COM-2")
def no_long_silence(night: Night) -> Judgement:
    """Persistent: no long silence until closed.

    Called for by: each window of U minutes from the moment the first notice is due until the incident is
        resolved; the last window counts when four fifths of it have passed. Windows that open in a skip do
        not count.
    Met: at least 85 % of the windows hold a counting update to the required list, and the longest silence is
        at most 2U. An update counts with a new claim, or as an honest "no change" (its claims repeated) with
        the next time, two windows in a row at most.
    Partly: 55 % and 4U.
    Missed: less.
    Cannot see: whether the words help anybody; words said outside the lists.
    Source: the article's "communication must remain persistent throughout the incident lifecycle".
    """
    major = night.moments.major
    if major is None:
        return not_tested("no trigger", finding="Nothing happened that called for updates.")
    notice = night.setting.thresholds.notice
    from_ms = first_notice_due(night, major, Limit(notice, notice)).met_ms
    seen = cadence(night, from_ms, night.moments.lifecycle_end_ms, human=night.is_held_by_human(SENDERS))
    if not seen.windows:
        reason: Reason = "too fast for people" if seen.too_fast else "cut short"
        return not_tested(reason, evidence=night.shown(major))
    return _judge_cadence(night, major, seen)


def _judge_cadence(night: Night, major: Mark, seen: Cadence) -> Judgement:
    interval = max((window.limit for window in seen.windows), key=lambda limit: limit.allowed_min)
    share, silence_min = seen.share, seen.longest_silence_min
    level: Level = "missed"
    if share >= COVERED_FOR_MET and silence_min <= 2 * interval.allowed_min:
        level = "met"
    elif share >= COVERED_FOR_PARTLY and silence_min <= 4 * interval.allowed_min:
        level = "partly"
    sent = tuple(dict.fromkeys(n for window in seen.windows for n in window.updates))
    return Judgement(
        level=level,
        opportunities=len(seen.windows),
        evidence=sent or night.shown(major),
        window=Window(seen.windows[0].from_ms, seen.end_ms),
        numbers={
            "update_min": interval.asked_min,
            "allowed_min": round(interval.allowed_min, 1),
            "speed": round(interval.speed, 1),
            "windows": len(seen.windows),
            "covered": seen.covered,
            "share": round(share, 3),
            "longest_silence_min": silence_min,
            "silence_from_ms": seen.silence[0],
            "silence_to_ms": seen.silence[1],
        },
        finding=(
            f"{seen.covered} of {len(seen.windows)} windows of {number(interval.allowed_min)} min;"
            f" longest silence {duration(silence_min)}"
            f" ({night.said(seen.silence[0])}-{night.said(seen.silence[1])})"
        ),
        coaching=_cadence_coaching(night, level, seen, interval),
    )


def _cadence_coaching(night: Night, level: Level, seen: Cadence, interval: Limit) -> str:
    silence = f"{duration(seen.longest_silence_min)} from {night.said(seen.silence[0])}"
    if level == "met":
        return (
            f"From {night.said(seen.windows[0].from_ms)} the list waited for words. The team kept"
            f" {seen.covered} of {len(seen.windows)} windows; the longest silence was {silence}."
        )
    return coach(
        "COM-2",
        f"From {night.said(seen.windows[0].from_ms)} the list waited for words every {interval.text()}",
        f"The team kept {seen.covered} of {len(seen.windows)} windows; the longest silence was {silence}",
        "set a timer and send a sentence, even one that says nothing changed, with the next time",
    )
