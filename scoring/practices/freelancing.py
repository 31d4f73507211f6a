"""D2, command and roles: changes go through command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from drills.record import Item
from scoring.levels import Judgement, Level, Window, not_tested
from scoring.moments import Mark
from scoring.practices.effects import judged, params_of
from scoring.practices.registry import practice
from scoring.practices.terms import commanded, holder_at, reachable, world_changes
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.ribbons import who
from scoring.timing import MIN_MS, number

SAID_BEFORE_MS = 1 * MIN_MS
TICKED_WITHIN_MS = 10 * MIN_MS
FREE_FOR_MET, FREE_FOR_PARTLY = 0.10, 0.30
FEW_CHANGES = 5
FEWEST_PEOPLE = 2
SPEAKERS = ("commander", "communications")


@dataclass(frozen=True)
class Made:
    """A change, what covered it, and what the world says of it.

    Args:
        cover: the item by which command knew of it, or None.
        harmed: whether it made things worse.
    """

    item: Item
    cover: Item | None
    harmed: bool


@practice("CMD-6")
def through_command(night: Night) -> Judgement:
    """No freelancing: changes go through command.

    Called for by: each operation that changes the world, from when command was taken or C after the major
        trigger, whichever is first; with two people who could be reached. Operations that end another
        trouble do not count.
    Met: at most 10 % of the changes are freelance and none of those did harm. A change is covered by a task
        to that seat or a go of the commander that names operation and target; by a proposal, another lead's
        task, or a next step in the document or an update of commander or communications, a minute before
        and while somebody commands; or by a ticked step of a runbook that the commander opened.
    Partly: at most 30 %, none with harm. Under five changes: one, without harm.
    Missed: more, or one that made things worse.
    Cannot see: an objection in free text; a go by voice without an entry.
    Source: the article's "poor collaboration across team members"; SRE book ch. 14, freelancing.
    """
    major = night.moments.major
    if major is None or reachable(night) < FEWEST_PEOPLE:
        return not_tested("no trigger", finding="Nothing happened that called for changes through command.")
    from_ms = _called_from(night, major)
    made = [
        Made(item, _cover(night, item), judged(night, item) == "harmed")
        for item in world_changes(night)
        if item.t_ms >= from_ms and item.data.get("operation") not in night.setting.people.side_operations
    ]
    if not made:
        return not_tested("no trigger", finding="Nobody changed anything from then on.")
    return _judge(night, major, from_ms, made)


def _called_from(night: Night, major: Mark) -> int:
    due_ms = major.t_ms + round(night.setting.thresholds.command * MIN_MS)
    command = night.moments.command
    return max(major.t_ms, min(due_ms, command.t_ms)) if command else due_ms


def _judge(night: Night, major: Mark, from_ms: int, made: Sequence[Made]) -> Judgement:
    free = [one for one in made if one.cover is None]
    level = _level(made, free)
    shown = free or made
    covers = [] if free else [one.cover.n for one in made if one.cover is not None]
    return Judgement(
        level=level,
        opportunities=len(made),
        evidence=tuple(
            dict.fromkeys([*night.shown(major), *sorted([*(one.item.n for one in shown), *covers])])
        ),
        window=Window(from_ms, max(from_ms, made[-1].item.t_ms)),
        numbers=_numbers(made, free),
        finding=_finding(made, free),
        coaching=_coaching(night, level, made, free),
    )


def _level(made: Sequence[Made], free: Sequence[Made]) -> Level:
    if any(one.harmed for one in free):
        return "missed"
    if len(made) < FEW_CHANGES:
        return ("met", "partly")[len(free)] if len(free) <= 1 else "missed"
    share = len(free) / len(made)
    return "met" if share <= FREE_FOR_MET else "partly" if share <= FREE_FOR_PARTLY else "missed"


# --- what covers a change


def _cover(night: Night, act: Item) -> Item | None:
    """Give the first item by which command knew of a change before it was made, or None."""
    before = (item for item in night.record.items if item.origin == "journal" and item.n < act.n)
    return next((item for item in before if _covers(night, item, act)), None)


def _covers(night: Night, item: Item, act: Item) -> bool:
    if item.kind == "task.assigned":
        return _is_task_for(night, item, act)
    if item.kind == "decision.made":
        to = item.data.get("to")
        return to in (None, act.seat) and _names(night, item, act) and _commands(night, item)
    if item.kind == "proposal.made":
        return _names(night, item, act) and _heard(night, item, act)
    if item.kind in ("doc.edited", "update.sent"):
        spoken = item.kind == "doc.edited" or item.seat in SPEAKERS
        return spoken and _names_next(night, item, act) and _heard(night, item, act)
    return item.kind == "runbook.step_ticked" and _is_step_for(night, item, act)


def _is_task_for(night: Night, task: Item, act: Item) -> bool:
    if task.data.get("to") != act.seat or who(task) == who(act):
        return False
    if task.data.get("operation"):
        is_meant = _names(night, task, act)
    else:
        is_meant = act.data.get("under") == task.about and _is_first_under(night, task, act)
    return is_meant and (_commands(night, task) or _heard(night, task, act))


def _is_first_under(night: Night, task: Item, act: Item) -> bool:
    """Say whether no other change was made under a task that names no operation: it covers one."""
    first = next(item for item in world_changes(night) if item.data.get("under") == task.about)
    return first.n == act.n


def _commands(night: Night, item: Item) -> bool:
    """Say whether whoever did something held command then."""
    term = holder_at(night, "commander", item.t_ms)
    return term is not None and term.person == who(item)


def _heard(night: Night, item: Item, act: Item) -> bool:
    """Say whether something was said a minute before an act, while somebody commanded who could object."""
    if act.t_ms - item.t_ms < SAID_BEFORE_MS:
        return False
    return any(part.from_ms <= item.t_ms <= part.to_ms for part in commanded(night))


def _names(night: Night, item: Item, act: Item) -> bool:
    """Say whether words name the operation and the target of an act."""
    if item.data.get("operation") != act.data.get("operation"):
        return False
    said, done = params_of(item), params_of(act)
    site = _site(night, act)
    if site and site not in (_site(night, item), str(item.data.get("target") or "").lower()):
        return False
    class_ = done.get("traffic_class")
    return class_ is None or said.get("traffic_class", class_) == class_


def _names_next(night: Night, item: Item, act: Item) -> bool:
    """Say whether a claim names an act as the next step."""
    operation, site = str(act.data.get("operation")), _site(night, act)
    for claim in item.data.get("claims", ()):
        words = f"{claim.get('subject', '')} {claim.get('value', '')}".lower().replace(" ", "_")
        is_next = claim.get("property") == "next_step" and operation in words
        if is_next and (not site or site in words):
            return True
    return False


def _is_step_for(night: Night, tick: Item, act: Item) -> bool:
    """Say whether a ticked step asks for an act, in a runbook that the commander opened."""
    steps = night.setting.people.runbooks.get(tick.about, ())
    step = int(tick.data.get("step", 0))
    operation = steps[step - 1] if 0 < step <= len(steps) else ""
    opened = night.first(
        "runbook.opened",
        where=lambda item: item.about == tick.about and item.n < tick.n and _commands(night, item),
    )
    is_near = act.t_ms - tick.t_ms <= TICKED_WITHIN_MS
    return opened is not None and is_near and bool(operation) and operation == act.data.get("operation")


def _site(night: Night, item: Item) -> str:
    named = str(params_of(item).get("site") or item.data.get("target") or "").lower()
    return named if params_of(item).get("site") or named in night.sites else ""


# --- words


def _numbers(made: Sequence[Made], free: Sequence[Made]) -> Mapping[str, Any]:
    return {
        "changes": len(made),
        "freelance": len(free),
        "harmful": sum(one.harmed for one in free),
        "share": round(len(free) / len(made), 3),
        "share_for_met": FREE_FOR_MET,
        "share_for_partly": FREE_FOR_PARTLY,
        "few_changes": FEW_CHANGES,
    }


def _finding(made: Sequence[Made], free: Sequence[Made]) -> str:
    harm = sum(one.harmed for one in free)
    text = f"{len(made) - len(free)} of {len(made)} changes went through command"
    return f"{text}; {number(harm)} of the others made things worse" if harm else text


def _coaching(night: Night, level: Level, made: Sequence[Made], free: Sequence[Made]) -> str:
    shown = next((one for one in free if one.harmed), free[0] if free else made[0])
    operation = str(shown.item.data.get("operation", "change")).replace("_", " ")
    site = _site(night, shown.item)
    what = f"{operation} at {night.setting.site_title(site)}" if site else operation
    seen = f"At {night.said(shown.item.t_ms)}, a change began: {what}"
    if level == "met":
        covered = len(made) - len(free)
        return coach("CMD-6", seen, f"The team had {covered} of {len(made)} changes go through command")
    return coach(
        "CMD-6",
        seen,
        f"The team made {len(free)} of {len(made)} changes that command did not know of",
        "say the change and its target on the channel, wait a minute for command, then make it",
        "This one made things worse" if shown.harmed else "",
    )
