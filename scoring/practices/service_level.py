"""D6, service levels: the clock is watched, and running out is told to those who can help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from drills.record import Item
from scoring.levels import ELAPSED_TO_JUDGE, MET_FROM, Judgement, Level, Window, not_tested
from scoring.practices.amounts import amount
from scoring.practices.cases import end_of, window_limit
from scoring.practices.help import asks_for, experts, holder, worked
from scoring.practices.registry import practice
from scoring.practices.troubles import stories
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.timing import CLICK_FLOOR_S, COMPOSE_FLOOR_S, MIN_MS, Limit, duration

ON_THE_RECORD = (
    "doc.edited",
    "message.sent",
    "update.sent",
    "call.noted",
    "ticket.escalated",
    "handoff.written",
)
BURN_MONITORS = ("fast_burn", "slow_burn")
ACTED_MIN = 15.0
ACTED = (
    "operation.started",
    "task.assigned",
    "decision.made",
    "page.sent",
    "call.started",
    "ticket.escalated",
    "ticket.prioritised",
    "severity.declared",
)
HALF, MARK = 0.5, 0.75
ESCALATE_MIN = 10.0
WATCHERS = ("desk_1", "desk_2", "commander", "communications")
ASKERS = ("commander", "desk_1", "tech_lead")


@dataclass(frozen=True)
class SlaClock:
    """The clock of the agreement.

    Args:
        started: the item that started it.
        stopped_ms: when service was restored, None while it was not.
        breached: the item that said it ran out, None while it did not.
    """

    started: Item
    due_ms: int
    stopped_ms: int | None
    breached: Item | None

    def at(self, frac: float) -> int:
        """Give when a part of the time was gone."""
        return self.started.t_ms + round(frac * (self.due_ms - self.started.t_ms))

    def runs_at(self, t_ms: int) -> bool:
        """Say whether service was still to be restored at a moment."""
        return self.stopped_ms is None or self.stopped_ms > t_ms

    @property
    def is_kept(self) -> bool:
        """Whether service was restored in time."""
        return self.stopped_ms is not None and self.stopped_ms <= self.due_ms

    def left_min(self, t_ms: int) -> float:
        """Give the minutes left at a moment, 0 when none are."""
        return max(0.0, (self.due_ms - t_ms) / MIN_MS)


def sla_clock(night: Night) -> SlaClock | None:
    """Give the clock of the agreement, None where it never started."""
    started = night.first("sla.started")
    if started is None:
        return None
    stopped = night.first("sla.stopped")
    restore_ms = round(night.setting.thresholds.restore * MIN_MS)
    due_ms = int(started.data.get("due_ms") or started.t_ms + restore_ms)
    return SlaClock(started, due_ms, stopped.t_ms if stopped else None, night.first("sla.breached"))


# --- truth ---


def budget_left_min(night: Night, t_ms: int) -> float | None:
    """Give the minutes left of the month's error budget, as the console's instrument counts them.

    Minutes are those of the drill's mean traffic; None without metrics.
    """
    columns = night.record.metrics
    rows = zip(*(columns.get(name, ()) for name in ("t_ms", "fresh", "shed", "good")), strict=False)
    lost = admitted = minutes = 0.0
    for at_ms, fresh, shed, good in rows:
        if at_ms > t_ms:
            break
        taken = max(fresh - shed, 1e-9)
        admitted += taken
        lost += taken - min(good, taken)
        minutes += 1
    if not minutes or not admitted:
        return None
    return max(0.0, night.setting.budget_min - lost * minutes / admitted)


def is_right(night: Night, clock: SlaClock, claim: Mapping[str, Any], t_ms: int) -> bool:
    """Say whether a claim states what is left of the clock or of the budget, right within a fifth."""
    said = amount(str(claim.get("value", "")))
    if said is None:
        return False
    if claim.get("property") == "sla_left":
        left, whole = clock.left_min(t_ms), (clock.due_ms - clock.started.t_ms) / MIN_MS
    elif claim.get("property") == "budget_left":
        budget = budget_left_min(night, t_ms)
        if budget is None:
            return False
        left, whole = budget, night.setting.budget_min
    else:
        return False
    return said.is_close(left if said.unit == "min" else left / whole)


def mentions(night: Night, clock: SlaClock) -> tuple[Item, ...]:
    """Give the statements on the record that say rightly what is left, from the clock's start on."""
    return tuple(
        item
        for item in night.items(*ON_THE_RECORD)
        if item.t_ms >= clock.started.t_ms
        and any(is_right(night, clock, claim, item.t_ms) for claim in item.data.get("claims", ()))
    )


# --- ESC-4 ---


@practice("ESC-4")
def clock_watched(night: Night) -> Judgement:
    """SLA and error budget watched.

    Called for by: the clock of the agreement, where half of it was gone before service was restored.
    Met: what is left of the clock or of the budget is stated before half is gone, and again in 80 % of the
        windows of 2U that follow until service is restored or the time is out; and each burn-rate alarm by
        then is followed by an act within 15 min: an operation, a task, a decision, a page, a call, a ticket
        passed on or ranked, a severity, or such a statement. A statement is a claim in the document, a
        message, an update, a call note, a handoff or a ticket passed on, right within a fifth.
    Partly: stated once, or late, but before the time was out.
    Missed: never stated, or only wrongly.
    Cannot see: the clock on the console's own page, which nobody has to say; what free text says.
    Source: the article's "ensure that they do not exceed the error budget and the SLA is not breached".
    """
    clock = sla_clock(night)
    if clock is None or night.in_skip(clock.started.t_ms) or not clock.runs_at(clock.at(HALF)):
        return not_tested("no trigger", finding="Half of the time to restore was never gone.")
    half_min = (clock.at(HALF) - clock.started.t_ms) / MIN_MS
    if night.cut_short(clock.started.t_ms, half_min):
        return not_tested("cut short", evidence=(clock.started.n,))
    limit = window_limit(night, half_min, COMPOSE_FLOOR_S, clock.started.t_ms, WATCHERS)
    return _judge_watch(night, clock, limit)


def _judge_watch(night: Night, clock: SlaClock, limit: Limit) -> Judgement:
    until_ms = min(clock.due_ms, night.end_ms, clock.stopped_ms or night.end_ms)
    said = [item for item in mentions(night, clock) if item.t_ms <= until_ms]
    half_ms = end_of(limit, clock.started.t_ms)
    windows, covered = _windows(night, clock, said, until_ms)
    idle = _idle_alarms(night, said, until_ms)
    in_time = any(item.t_ms <= half_ms for item in said)
    level: Level = "partly" if said else "missed"
    if in_time and covered >= MET_FROM * windows and not idle:
        level = "met"
    elif night.is_too_fast(limit, clock.started.t_ms):
        return not_tested("too fast for people", evidence=(clock.started.n,))
    return Judgement(
        level=level,
        opportunities=1 + windows,
        evidence=(clock.started.n, *(item.n for item in said[:6]), *(item.n for item in idle[:2])),
        window=Window(clock.started.t_ms, max(until_ms, clock.started.t_ms)),
        numbers={
            "half_min": limit.asked_min,
            "allowed_min": round(limit.allowed_min, 1),
            "speed": round(limit.speed, 1),
            "again_min": 2 * night.setting.thresholds.update,
            "first_min": night.minutes(clock.started.t_ms, said[0].t_ms) if said else None,
            "windows": windows,
            "covered": covered,
            "alarms_left": len(idle),
        },
        finding=f"stated {len(said)} times, {covered} of {windows} windows after half was gone",
        coaching=_watch_coaching(night, clock, level, said, in_time=in_time, alarms_left=len(idle)),
    )


def _windows(night: Night, clock: SlaClock, said: Sequence[Item], until_ms: int) -> tuple[int, int]:
    """Give the windows of 2U after half was gone, and how many hold a statement."""
    asked_min = 2 * night.setting.thresholds.update
    count = covered = 0
    at_ms = clock.at(HALF)
    while at_ms < until_ms:
        to_ms = end_of(window_limit(night, asked_min, COMPOSE_FLOOR_S, at_ms, WATCHERS), at_ms)
        if not night.in_skip(at_ms) and until_ms - at_ms >= ELAPSED_TO_JUDGE * (to_ms - at_ms):
            count += 1
            covered += any(at_ms < item.t_ms <= to_ms for item in said)
        at_ms = to_ms
    return count, covered


def _idle_alarms(night: Night, said: Sequence[Item], until_ms: int) -> list[Item]:
    """Give the burn-rate alarms that no act followed in time."""
    acts = [*night.items(*ACTED), *said]
    found = []
    for alarm in night.items("alert.fired"):
        is_burn = alarm.data.get("monitor") in BURN_MONITORS and alarm.t_ms <= until_ms
        if not is_burn or night.in_skip(alarm.t_ms) or night.cut_short(alarm.t_ms, ACTED_MIN):
            continue
        due_ms = end_of(window_limit(night, ACTED_MIN, CLICK_FLOOR_S, alarm.t_ms, WATCHERS), alarm.t_ms)
        if not any(act.origin == "journal" and alarm.t_ms <= act.t_ms <= due_ms for act in acts):
            found.append(alarm)
    return found


def _watch_coaching(
    night: Night, clock: SlaClock, level: Level, said: Sequence[Item], *, in_time: bool, alarms_left: int
) -> str:
    half = night.said(clock.at(HALF))
    seen = f"At {night.said(clock.started.t_ms)}, the clock of the agreement began; half was gone at {half}"
    if level == "met":
        return coach("ESC-4", seen, f"The team said what was left from {night.said(said[0].t_ms)} on")
    if not said:
        did = "The team said at no time, with a right number, what was left of the clock or the budget"
    elif not in_time:
        did = f"The team said first at {night.said(said[0].t_ms)} what was left"
    elif alarms_left:
        alarms = "a burn-rate alarm" if alarms_left == 1 else f"{alarms_left} burn-rate alarms"
        did = f"The team said what was left in time, and no act followed {alarms}"
    else:
        did = f"The team said what was left {len(said)} times, the last at {night.said(said[-1].t_ms)}"
    return coach("ESC-4", seen, did, "put what is left of the clock into every second update")


# --- ESC-5 ---


@dataclass(frozen=True)
class Asked:
    """An escalation, and the item by which a resource came of it, None where none did."""

    item: Item
    resource: Item | None
    is_authority: bool


@practice("ESC-5")
def escalated_before_breach(night: Night) -> Judgement:
    """About to breach, or breached: escalated, up or across.

    Called for by: a quarter of the time to restore left, with service not restored.
    Met: by 10 min after that mark, or before, somebody with authority was paged, called or given the ticket,
        and a grant came of it or somebody whom they send went to work; or another person who can solve the
        trouble was, went to work, and service was restored in time.
    Partly: asked by 10 min after the breach; or a specialist stood who could not restore it in time, and
        authority was asked later; or nothing came of the asking.
    Missed: later or never; or somebody was asked who has neither authority nor the skill.
    Cannot see: what the authority was told; burn-rate alarms, which ESC-4 looks at.
    Source: the article's "promptly escalated functionally or hierarchically".
    """
    clock = sla_clock(night)
    if clock is None or not clock.runs_at(clock.at(MARK)) or night.in_skip(clock.at(MARK)):
        return not_tested("no trigger", finding="A quarter of the time was left when service was restored.")
    mark_ms = clock.at(MARK)
    if night.cut_short(mark_ms, ESCALATE_MIN):
        return not_tested("cut short", evidence=(clock.started.n,))
    limit = window_limit(night, ESCALATE_MIN, CLICK_FLOOR_S, mark_ms, ASKERS)
    found = _authority(night, clock) + _specialists(night, clock)
    level = _escalated_level(clock, found, limit)
    if level != "met" and night.is_too_fast(limit, mark_ms):
        return not_tested("too fast for people", evidence=(clock.started.n,))
    return _escalated(night, clock, level, sorted(found, key=lambda one: one.item.n), limit)


def _authority(night: Night, clock: SlaClock) -> list[Asked]:
    """Give the times somebody with authority was asked, with what came of it."""
    found = []
    for persona, sends in night.setting.intake.authorities.items():
        for item in asks_for(night, (persona,), from_ms=clock.started.t_ms):
            resource = _grant(night, persona, item) or worked(night, sends, item.t_ms, night.end_ms)
            found.append(Asked(item, resource, is_authority=True))
    return found


def _grant(night: Night, persona: str, asked: Item) -> Item | None:
    """Give the first grant of a persona after somebody asked."""

    def is_theirs(item: Item) -> bool:
        return item.n > asked.n and persona in (item.about, item.data.get("from"))

    return night.first("grant.given", where=is_theirs)


def _specialists(night: Night, clock: SlaClock) -> list[Asked]:
    """Give the times another person who can solve the main trouble was asked, with their first work."""
    story = next((one for one in stories(night) if one.trouble.main), None)
    if story is None:
        return []
    others = experts(night, story.trouble, holder(night, story.came))
    from_ms = min(story.came.t_ms, clock.started.t_ms)
    return [
        Asked(item, worked(night, others, item.t_ms, night.end_ms), is_authority=False)
        for item in asks_for(night, others, from_ms=from_ms)
    ]


def _escalated_level(clock: SlaClock, found: Sequence[Asked], limit: Limit) -> Level:
    by_mark = [one for one in found if one.item.t_ms <= end_of(limit, clock.at(MARK))]
    if any(one.resource and (one.is_authority or clock.is_kept) for one in by_mark):
        return "met"
    counts = [one for one in found if one.is_authority or clock.is_kept]
    by_breach = [one for one in counts if one.item.t_ms <= end_of(limit, clock.due_ms)]
    stood_and_asked = any(not one.is_authority for one in by_mark) and any(one.is_authority for one in found)
    return "partly" if by_breach or stood_and_asked else "missed"


def _escalated(
    night: Night, clock: SlaClock, level: Level, found: Sequence[Asked], limit: Limit
) -> Judgement:
    mark_ms = clock.at(MARK)
    first = found[0] if found else None
    came = [one.resource.n for one in found if one.resource is not None]
    breach = [clock.breached.n] if clock.breached else []
    seen = (
        f"At {night.said(mark_ms)}, {duration((clock.due_ms - mark_ms) / MIN_MS)} were left until the breach"
    )
    did, move = _escalated_words(night, level, first)
    return Judgement(
        level=level,
        opportunities=1,
        evidence=tuple(
            dict.fromkeys([clock.started.n, *(one.item.n for one in found[:4]), *came[:2], *breach])
        ),
        window=Window(mark_ms, max(end_of(limit, mark_ms), first.item.t_ms if first else mark_ms)),
        numbers={
            "limit_min": limit.asked_min,
            "allowed_min": round(limit.allowed_min, 1),
            "speed": round(limit.speed, 1),
            "authority": sum(one.is_authority for one in found),
            "specialists": sum(not one.is_authority for one in found),
            "resources": len(came),
            "kept": clock.is_kept,
        },
        finding=(
            f"first asked at {night.said(first.item.t_ms)}"
            if first
            else "nobody with authority or skill asked"
        ),
        coaching=coach("ESC-5", seen, did, move),
    )


def _escalated_words(night: Night, level: Level, first: Asked | None) -> tuple[str, str]:
    """Give what the team did and the next move."""
    if first is None:
        return (
            "The team asked nobody with authority, and nobody else who could solve it",
            "when a quarter is left, tell the one who can grant people, and say what is needed",
        )
    who = "somebody with authority" if first.is_authority else "another expert"
    did = f"The team asked {who} at {night.said(first.item.t_ms)}"
    if level == "met":
        return f"{did}, and help came of it", ""
    if first.resource is None:
        return f"{did}, and nobody came of it", "ask for one thing by name: a person, a yes, or money"
    return (
        f"{did}, and it was not enough before the breach",
        "when a quarter is left, tell the one who can grant people, and say what is needed",
    )
