"""D3, communication: what one group finds reaches the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drills.record import Item
from scoring.levels import Judgement, Level, Window, not_tested
from scoring.practices.cases import end_of
from scoring.practices.registry import practice
from scoring.practices.talks import talks
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.setting_people import GroupName, SharedFinding
from scoring.timing import COMPOSE_FLOOR_S, MIN_MS, Limit, duration

ACROSS_WITHIN_MIN = 15.0
CALLED_WITHIN_MS = 30 * MIN_MS
ACROSS_FOR_MET, ACROSS_FOR_PARTLY = 0.8, 0.5
WORDS = ("message.sent", "call.noted", "update.sent", "doc.edited", "handoff.written")


@dataclass(frozen=True)
class Crossing:
    """One finding on its way from one group to another.

    Args:
        known: the item from which on it was known.
        from_ms: when the way was open: known, and the other group at work.
        reached: the item by which it came across in time, or None.
    """

    finding: SharedFinding
    to: GroupName
    known: Item
    from_ms: int
    limit: Limit
    reached: Item | None

    @property
    def due_ms(self) -> int:
        """Until when it comes across in time."""
        return end_of(self.limit, self.from_ms)


@practice("COM-7")
def groups_talk(night: Night) -> Judgement:
    """Developers and the other teams talk.

    Called for by: each finding of the scenario that one group learns and another needs, once it is known and
        the other group is at work: from its first act; command at the latest C after the major trigger, and
        those whose skill is needed at the latest 30 min after the need can be seen.
    Met: 80 % of the findings cross within 15 min: a claim of that property in a message, a note of a call, an
        update, the document or the handoff, or a call in which both groups are.
    Partly: half of them.
    Missed: fewer.
    Cannot see: talk in a room; whether the value claimed is the finding. Messages are not counted, findings
        are.
    Source: the article's "poor or lack of communication between the dev and other teams", "break down
        organizational silos".
    """
    crossings = _crossings(night)
    if not crossings:
        return not_tested("no trigger", finding="No group learned anything that another needed.")
    judged = [
        one for one in crossings if one.reached or not night.cut_short(one.from_ms, one.limit.allowed_min)
    ]
    if not judged:
        return not_tested("cut short", evidence=tuple(dict.fromkeys(one.known.n for one in crossings)))
    kept = [one for one in judged if one.reached or not night.is_too_fast(one.limit, one.from_ms)]
    if not kept:
        return not_tested(
            "too fast for people", evidence=tuple(dict.fromkeys(one.known.n for one in crossings))
        )
    return _judge(night, kept)


def _crossings(night: Night) -> list[Crossing]:
    groups = {group.id: group for group in night.setting.people.groups}
    found = []
    for finding in night.setting.people.findings:
        known = night.matching(finding.after)
        if known is None:
            continue
        for to in (groups[each] for each in finding.to if each in groups):
            active_ms = _active_ms(night, to)
            if active_ms is None or night.in_skip(max(known.t_ms, active_ms)):
                continue
            found.append(_crossing(night, finding, groups.get(finding.group), to, known, active_ms))
    return found


def _active_ms(night: Night, group: GroupName) -> int | None:
    """Give when a group is at work: its first act, or when it was called for; None when neither came."""
    first = next((act.t_ms for act in night.acts if act.seat in group.seats), None)
    due = [t_ms for t_ms in (first, *_called_for(night, group)) if t_ms is not None]
    return min(due) if due else None


def _called_for(night: Night, group: GroupName) -> list[int]:
    found = []
    major = night.moments.major
    if major is not None and "commander" in group.seats:
        found.append(major.t_ms + round(night.setting.thresholds.command * MIN_MS))
    for need in night.setting.people.needs:
        seen = night.matching(need.visible)
        if seen is not None and any(holder in group.members for holder in need.holders):
            found.append(seen.t_ms + CALLED_WITHIN_MS)
    return [t_ms for t_ms in found if t_ms <= night.end_ms]


def _crossing(
    night: Night,
    finding: SharedFinding,
    source: GroupName | None,
    to: GroupName,
    known: Item,
    active_ms: int,
) -> Crossing:
    from_ms = max(known.t_ms, active_ms)
    limit = night.limit(
        ACROSS_WITHIN_MIN,
        COMPOSE_FLOOR_S,
        from_ms,
        from_ms + round(ACROSS_WITHIN_MIN * MIN_MS),
        human=night.is_human(source.seats if source else ()),
    )
    due_ms = end_of(limit, from_ms)
    said = _said(night, finding, known, due_ms)
    met = _met(night, source, to, known, due_ms)
    reached = min((item for item in (said, met) if item), key=lambda item: item.n, default=None)
    return Crossing(finding, to, known, from_ms, limit, reached)


def _said(night: Night, finding: SharedFinding, known: Item, due_ms: int) -> Item | None:
    """Give the first words after a finding was known, and before it was due, that claim its property."""
    return night.first(
        *WORDS,
        where=lambda item: (
            item.n > known.n
            and item.t_ms <= due_ms
            and any(
                claim.get("property") in finding.properties and str(claim.get("value", "")).strip()
                for claim in item.data.get("claims", ())
            )
        ),
    )


def _met(night: Night, source: GroupName | None, to: GroupName, known: Item, due_ms: int) -> Item | None:
    """Give the call in which both groups were, at the finding or after it."""
    if source is None:
        return None
    return next(
        (
            talk.opened
            for talk in talks(night)
            if known.t_ms <= talk.to_ms
            and talk.from_ms <= due_ms
            and talk.has(*source.members)
            and talk.has(*to.members)
        ),
        None,
    )


def _judge(night: Night, crossings: Sequence[Crossing]) -> Judgement:
    across = [one for one in crossings if one.reached]
    share = len(across) / len(crossings)
    level: Level = "met" if share >= ACROSS_FOR_MET else "partly" if share >= ACROSS_FOR_PARTLY else "missed"
    evidence = [n for one in crossings for n in (one.known.n, *((one.reached.n,) if one.reached else ()))]
    widest = max((one.limit for one in crossings), key=lambda limit: limit.allowed_min)
    return Judgement(
        level=level,
        opportunities=len(crossings),
        evidence=tuple(dict.fromkeys(evidence)),
        window=Window(min(one.from_ms for one in crossings), max(one.due_ms for one in crossings)),
        numbers={
            "findings": len(crossings),
            "across": len(across),
            "share": round(share, 3),
            "share_for_met": ACROSS_FOR_MET,
            "share_for_partly": ACROSS_FOR_PARTLY,
            "limit_min": widest.asked_min,
            "allowed_min": round(widest.allowed_min, 1),
            "speed": round(widest.speed, 1),
        },
        finding=f"{len(across)} of {len(crossings)} findings crossed in time; allowed {widest.text()}",
        coaching=_coaching(night, level, crossings, across),
    )


def _coaching(night: Night, level: Level, crossings: Sequence[Crossing], across: Sequence[Crossing]) -> str:
    people = night.setting.people
    first = next((one for one in crossings if one.reached is None), crossings[0])
    source, target = people.group_title(first.finding.group), first.to.title
    seen = f"At {night.said(first.known.t_ms)}, {source} could know: {first.finding.text}"
    count = f"{len(across)} of {len(crossings)} findings"
    if level == "met":
        return coach("COM-7", seen, f"The team had {count} reach those who needed them")
    waited = duration(night.minutes(first.from_ms, min(night.end_ms, first.due_ms)))
    return coach(
        "COM-7",
        seen,
        f"The team had {count} cross in time; this one had not reached {target} {waited} later",
        "say each finding in one claim on the channel or in the document, and name who needs it",
    )
