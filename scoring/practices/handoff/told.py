"""D7, handoff and people: what a handoff told, and how it was read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from drills.record import Item
from scoring.levels import Judgement, Level, mean_level, not_tested, same
from scoring.practices.cases import end_of
from scoring.practices.handoff.changing import (
    ONE_HANDOFF_MS,
    changed,
    due_evidence,
    due_seen,
    never_made,
    says,
    taken,
    window_of,
)
from scoring.practices.registry import practice
from scoring.practices.relief import KEY_ROLES
from scoring.practices.terms import Change
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.timing import COMPOSE_FLOOR_S, MIN_MS

WRITTEN_BEFORE_MS = 180 * MIN_MS
READ_BACK_MIN = 20.0
PARTS: Mapping[str, tuple[str, ...]] = {
    "state and impact now": ("state",),
    "the story and what did not work": ("story", "tried"),
    "open tasks with names": ("tasks",),
    "what may come and the plan": ("plan",),
}
PARTS_FOR_MET, PARTS_FOR_PARTLY = 5, 3
RIGHT_FOR_MET, RIGHT_FOR_PARTLY = 0.8, 0.5


@dataclass(frozen=True)
class Told:
    """What one handoff told: its parts on the record, and the read-back."""

    from_ms: int
    to_ms: int
    parts: tuple[str, ...]
    lacking: tuple[str, ...]
    written: tuple[int, ...]
    read_back: Item | None
    right: int
    of: int

    @property
    def share(self) -> float:
        """Part of the questions that were answered right, 0..1."""
        return self.right / self.of if self.of else 0.0


@practice("HND-3")
def handoff_complete(night: Night) -> Judgement:
    """The handoff is complete and read back.

    Called for by: each handoff of command or the technical lead, roles that change within an hour being one;
        and a handoff that was due and never made.
    Met: five parts on the record: state and impact now, the story with what did not work, open tasks with
        names, what may come with the plan, and a read-back by the one who takes over; 80 % of its answers
        right, or as many as the scenario asks, within 20 min.
    Partly: three parts, and half of the answers.
    Missed: less, or a handoff that was due and never made.
    Cannot see: what free text says; only a read-back that somebody held against the world counts as right.
    Source: the article's "clear responsibilities"; I-PASS, five elements.
    """
    found = changed(night, KEY_ROLES)
    clusters = _together(found)
    never = never_made(night, found)
    is_lacking = bool(never) and not clusters
    if not clusters and not is_lacking:
        return not_tested("no trigger", finding="No key role changed hands, and none had to.")
    told = [_told(night, cluster) for cluster in clusters]
    levels = [_told_level(night, one) for one in told]
    level = mean_level([*levels, *same("missed", is_lacking)])
    evidence = [
        n
        for cluster, one in zip(clusters, told, strict=True)
        for n in (
            *(n for change in cluster for n in taken(change.after)),
            *one.written,
            *((one.read_back.n,) if one.read_back else ()),
        )
    ]
    worst = min(told, key=lambda one: (len(one.parts), one.share), default=None)
    return Judgement(
        level=level,
        opportunities=len(told) + is_lacking,
        evidence=tuple(dict.fromkeys([*evidence, *(due_evidence(night) if is_lacking else ())])),
        window=window_of(night, found, never if is_lacking else ()),
        numbers=_told_numbers(night, told, worst),
        finding=_told_finding(worst),
        coaching=_told_coaching(night, level, worst),
    )


def _together(found: Sequence[Change]) -> list[list[Change]]:
    """Put changes within an hour of each other together: one team hands over to another."""
    clusters: list[list[Change]] = []
    for change in found:
        if clusters and change.t_ms - clusters[-1][0].t_ms <= ONE_HANDOFF_MS:
            clusters[-1].append(change)
        else:
            clusters.append([change])
    return clusters


def _told(night: Night, cluster: Sequence[Change]) -> Told:
    first_ms, last_ms = cluster[0].t_ms, cluster[-1].t_ms
    limit = night.limit(
        READ_BACK_MIN,
        COMPOSE_FLOOR_S,
        first_ms,
        last_ms + round(READ_BACK_MIN * MIN_MS),
        human=night.is_human([change.after.seat for change in cluster]),
    )
    to_ms = end_of(limit, last_ms)
    written = [
        item
        for item in night.items("handoff.written")
        if first_ms - WRITTEN_BEFORE_MS <= item.t_ms <= to_ms and says(item)
    ]
    sections = {str(item.data.get("section", "")) for item in written}
    parts = [name for name, ids in PARTS.items() if sections & set(ids)]
    lacking = [name for name in PARTS if name not in parts]
    read_back, right, of = _read_back(night, cluster, first_ms - WRITTEN_BEFORE_MS, to_ms)
    if read_back is not None:
        parts.append("a read-back")
    else:
        lacking.append("a read-back")
    numbers = tuple(item.n for item in written)
    return Told(first_ms, to_ms, tuple(parts), tuple(lacking), numbers, read_back, right, of)


def _read_back(
    night: Night, cluster: Sequence[Change], from_ms: int, to_ms: int
) -> tuple[Item | None, int, int]:
    """Give the best read-back of the roles that changed, with its right answers and the questions asked."""
    roles = [change.role for change in cluster]
    found = [
        (item, *_right(night, item, to_ms))
        for item in night.items("handoff.read_back")
        if item.about in roles and from_ms <= item.t_ms <= to_ms
    ]
    if not found:
        return None, 0, night.setting.people.questions
    return max(found, key=lambda one: one[1] / one[2] if one[2] else 0.0)


def _right(night: Night, item: Item, to_ms: int) -> tuple[int, int]:
    """Give right answers and questions: as told at the read-back, else by the gaps named on accepting it."""
    of = int(item.data.get("of") or night.setting.people.questions)
    if "right" in item.data:
        return int(item.data["right"]), of
    accepted = night.first(
        "handoff.accepted",
        where=lambda one: one.about == item.about and item.n < one.n and one.t_ms <= to_ms,
    )
    answered = len(item.data.get("answers") or {})
    if accepted is None:
        return 0, of
    return max(0, min(answered, of - len(accepted.data.get("gaps") or ()))), of


def _told_level(night: Night, told: Told) -> Level:
    need = night.setting.people.right
    is_right = told.right >= need if need else told.share >= RIGHT_FOR_MET
    if len(told.parts) >= PARTS_FOR_MET and told.of and is_right:
        return "met"
    if len(told.parts) >= PARTS_FOR_PARTLY and told.share >= RIGHT_FOR_PARTLY:
        return "partly"
    return "missed"


def _told_numbers(night: Night, told: Sequence[Told], worst: Told | None) -> Mapping[str, Any]:
    return {
        "handoffs": len(told),
        "parts": len(worst.parts) if worst else 0,
        "parts_for_met": PARTS_FOR_MET,
        "parts_for_partly": PARTS_FOR_PARTLY,
        "right": worst.right if worst else 0,
        "questions": worst.of if worst else night.setting.people.questions,
        "right_for_met": night.setting.people.right or RIGHT_FOR_MET,
        "share_for_partly": RIGHT_FOR_PARTLY,
        "read_back_min": READ_BACK_MIN,
    }


def _told_finding(worst: Told | None) -> str:
    if worst is None:
        return "a handoff was due and never made"
    return f"{len(worst.parts)} of {PARTS_FOR_MET} parts, {worst.right} of {worst.of} answers right"


def _told_coaching(night: Night, level: Level, worst: Told | None) -> str:
    move = "write the sections before the call, and let the one who takes over say them back in it"
    if worst is None:
        return coach("HND-3", due_seen(night), "The team never handed its knowledge over", move)
    seen = f"At {night.said(worst.from_ms)}, a new team took over"
    if level == "met":
        return coach("HND-3", seen, "The team told all five parts, and they were said back right")
    if worst.lacking:
        return coach("HND-3", seen, f"The team's handoff did not have {worst.lacking[0]}", move)
    did = f"The team had {worst.right} of {worst.of} answers right in the read-back"
    return coach("HND-3", seen, did, "mend each wrong answer in the call, before the change")
