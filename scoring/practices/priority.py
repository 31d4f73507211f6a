"""D1, priority: set on four factors, high when in doubt, and raised when it grows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from drills.record import Item
from scenarios.schema.response import Rank
from scoring.levels import RANK, Judgement, Level, Window, not_tested
from scoring.practices.cases import Case, Words, end_of, joined, window_limit
from scoring.practices.intake import cases_of, untested, without_ticket
from scoring.practices.registry import practice
from scoring.practices.troubles import (
    FACTORS,
    ORDER,
    RankSet,
    Ticket,
    TroubleStory,
    rank_at,
    rank_changes,
    rank_steps,
    ranks_set,
    stories,
)
from scoring.reading import Night
from scoring.timing import COMPOSE_FLOOR_S

SET_MIN, RIGHT_MIN = 10.0, 30.0
DOUBT_MIN, RAISE_MIN = 20.0, 10.0
FACTORS_FOR_MET = 3
RANKERS = ("desk_1", "desk_2", "commander")

# --- PRI-2 ---


@practice("PRI-2")
def priority_on_four_factors(night: Night) -> Judgement:
    """Priority set on the four factors.

    Called for by: each incident that an alert or a report told of; of several tickets the best counts.
    Met: within 10 min of logging the ticket has the rank that could be known then, and three of the four
        factors (people, money, security, SLA) are answered as they could be known. Where the first picture
        was in doubt, high is right too.
    Partly: the right rank with fewer factors; or unset, or one rank too low, and right within 30 min; or too
        high. A rank that only the category suggests has no factors.
    Missed: never set, too low for longer, two ranks too low, or no ticket.
    Cannot see: what the team would have said of a factor that it left unanswered.
    Source: the article's four factors: users affected, financial impact, security, SLA compliance.
    """
    told = [story for story in stories(night) if story.trouble.kind == "incident"]
    cases = cases_of(night, told, _priority_case)
    return joined("PRI-2", cases, "incidents ranked on their factors") if cases else untested(night, told)


def _priority_case(night: Night, story: TroubleStory) -> Case:
    if not story.tickets:
        return _unranked(night, story)
    tried = [_ticket_case(night, story, ticket) for ticket in story.tickets]
    return max(tried, key=lambda case: RANK[case.level])


def _ticket_case(night: Night, story: TroubleStory, ticket: Ticket) -> Case:
    from_ms = ticket.logged.t_ms
    limit = window_limit(night, SET_MIN, COMPOSE_FLOOR_S, from_ms, RANKERS)
    due_ms = end_of(limit, from_ms)
    late_ms = max(due_ms, end_of(window_limit(night, RIGHT_MIN, COMPOSE_FLOOR_S, from_ms, RANKERS), from_ms))
    said = ranks_set(night, ticket)
    in_time = [one for one in said if one.item.t_ms <= due_ms]
    factors = _right_factors(night, story, in_time)
    level = _priority_level(night, story, in_time, [one for one in said if one.item.t_ms <= late_ms], factors)
    if level != "met" and night.is_too_fast(limit, from_ms):
        level = "not_tested"
    chosen = in_time[-1] if in_time else said[0] if said else None
    truth = rank_at(night, story.trouble, chosen.item.t_ms if chosen else due_ms)
    done = f"{chosen.priority} at {night.said(chosen.item.t_ms)}" if chosen else "never set"
    return Case(
        level=level,
        evidence=(story.came.n, ticket.logged.n, *dict.fromkeys(one.item.n for one in said[:6])),
        window=Window(from_ms, late_ms),
        limit=limit,
        words=Words(
            seen=f"At {night.said(from_ms)}, ticket {ticket.id} was logged; what could be known said"
            f" {truth.priority}",
            did=f"The team had its rank {done}, with {len(factors)} of 4 factors as they could be known",
            move="answer people, money, security and SLA in the same act, and take the rank that follows",
            finding=f"rank {done}, {len(factors)} of 4 factors; allowed {limit.text()}",
        ),
        numbers={
            "factors": len(factors),
            "set_min": night.minutes(from_ms, chosen.item.t_ms) if chosen else None,
            "right_min": RIGHT_MIN,
        },
        is_cut=night.cut_short(from_ms, SET_MIN),
    )


def _unranked(night: Night, story: TroubleStory) -> Case:
    return without_ticket(
        night,
        story,
        window_limit(night, SET_MIN, COMPOSE_FLOOR_S, story.came.t_ms, RANKERS),
        did="The team had no ticket that a rank could stand on",
        move="log the ticket and give it a rank from people, money, security and SLA in the same minute",
        numbers={"factors": 0, "set_min": None, "right_min": RIGHT_MIN},
    )


def _priority_level(
    night: Night, story: TroubleStory, in_time: list[RankSet], in_part: list[RankSet], factors: set[str]
) -> Level:
    if not in_part:
        return "missed"
    if in_time:
        off = _off(night, story, in_time[-1])
        if off == 0:
            return "met" if len(factors) >= FACTORS_FOR_MET else "partly"
        if off > 0:
            return "partly"
        if off < -1:
            return "missed"
    return "partly" if _off(night, story, in_part[-1]) >= 0 else "missed"


def _off(night: Night, story: TroubleStory, said: RankSet) -> int:
    """Give how many ranks too high, or below 0 too low, a priority was when it was set."""
    truth = rank_at(night, story.trouble, said.item.t_ms)
    if truth.in_doubt and said.priority == "high":
        return 0
    return ORDER[said.priority] - ORDER[truth.priority]


def _right_factors(night: Night, story: TroubleStory, said: list[RankSet]) -> set[str]:
    """Give the factors answered as they could be known; the last answer to each counts."""
    right: dict[str, bool] = {}
    for one in said:
        truth = rank_at(night, story.trouble, one.item.t_ms)
        right.update({name: _fits(truth, name, answer) for name, answer in one.factors.items()})
    return {name for name in FACTORS if right.get(name)}


def _fits(truth: Rank, factor: str, answer: str) -> bool:
    """Say whether an answer is one of the right ones; where the scenario names none, any is."""
    answers: tuple[str, ...] = getattr(truth, factor)
    return not answers or answer in answers


# --- PRI-3 ---


@practice("PRI-3")
def in_doubt_high(night: Night) -> Judgement:
    """When in doubt, high; and raised when it grows.

    Called for by: a trouble whose first picture was ambiguous; and each moment from which a higher rank could
        be known, such as a second site lost.
    Met: high in force within 20 min of a doubtful first alert or report, the higher rank within 10 min of the
        moment it could be known, and neither let down before the next stage. A rank that already stands
        counts; for the main trouble the declared severity counts as well.
    Partly: raised late, or let down and raised again, but in force when the next stage came, or, where none
        came, when users were served again.
    Missed: low when the next stage came.
    Cannot see: caution that stands in no rank. A lowering with a reason, after users were served for 15 min,
        lets nothing down.
    Source: the article's "when in doubt, always go with a high-priority level".
    """
    told = stories(night)
    called = [call for story in told for call in _calls(night, story)]
    open_ = [one for one in called if not night.in_skip(one.t_ms)]
    cases = [_doubt_case(night, one) for one in open_]
    judged = [case for case in cases if not case.is_cut]
    if judged:
        return joined("PRI-3", judged, "moments of doubt or growth taken as the higher rank")
    if open_:
        return not_tested("cut short", evidence=[one.n for one in open_])
    return not_tested("no trigger", finding="No picture was in doubt, and nothing grew past a rank.")


@dataclass(frozen=True)
class Call:
    """A moment that called for a higher rank, and the item that makes it."""

    story: TroubleStory
    n: int
    t_ms: int
    wanted: str
    asked_min: float


def _calls(night: Night, story: TroubleStory) -> list[Call]:
    came = story.came
    steps = rank_steps(night, story.trouble)
    found = []
    if rank_at(night, story.trouble, came.t_ms).in_doubt:
        found.append(Call(story, came.n, came.t_ms, "high", DOUBT_MIN))
    for before, after in pairwise(steps):
        grows = ORDER[after.rank.priority] > ORDER[before.rank.priority]
        if grows and after.n is not None and after.t_ms > came.t_ms:
            found.append(Call(story, after.n, after.t_ms, after.rank.priority, RAISE_MIN))
    return found


def _doubt_case(night: Night, called: Call) -> Case:
    limit = window_limit(night, called.asked_min, COMPOSE_FLOOR_S, called.t_ms, RANKERS)
    due_ms = end_of(limit, called.t_ms)
    stage_ms = _stage_ms(night, called.story, due_ms)
    changes = rank_changes(night, called.story)
    level: Level = "missed"
    if _holds(changes, called.wanted, due_ms, stage_ms):
        level = "met"
    elif _holds(changes, called.wanted, stage_ms, stage_ms):
        level = "partly"
    if level != "met" and night.is_too_fast(limit, called.t_ms):
        level = "not_tested"
    raised = next((one for one in changes if ORDER[one[2]] >= ORDER[called.wanted]), None)
    done = f"{called.wanted} at {night.said(raised[0])}" if raised else f"never {called.wanted}"
    is_doubt = called.asked_min == DOUBT_MIN
    why = "the picture was in doubt" if is_doubt else f"the trouble could be seen to be {called.wanted}"
    return Case(
        level=level,
        evidence=tuple(dict.fromkeys([called.n, *(item.n for _, item, _ in changes[:6])])),
        window=Window(called.t_ms, max(due_ms, stage_ms if level != "met" else due_ms)),
        limit=limit,
        words=Words(
            seen=f"At {night.said(called.t_ms)}, {why}",
            did=f"The team had its rank {done}"
            + ("" if level == "met" else f", against {limit.text()}, and it had to hold"),
            move="in doubt take the higher rank at once, and come down later with a reason",
            finding=f"rank {done}; allowed {limit.text()}",
        ),
        numbers={
            "raised_min": night.minutes(called.t_ms, max(called.t_ms, raised[0])) if raised else None,
            "next_stage_min": night.minutes(called.t_ms, stage_ms),
        },
        is_cut=night.cut_short(called.t_ms, called.asked_min),
    )


def _holds(changes: tuple[tuple[int, Item, str], ...], wanted: str, from_ms: int, to_ms: int) -> bool:
    """Say whether a rank was in force at a moment and not let down until another."""
    before = [priority for t_ms, _, priority in changes if t_ms <= from_ms]
    after = [priority for t_ms, _, priority in changes if from_ms < t_ms <= to_ms]
    in_force = [*before[-1:], *after]
    return bool(before) and all(ORDER[priority] >= ORDER[wanted] for priority in in_force)


def _stage_ms(night: Night, story: TroubleStory, due_ms: int) -> int:
    """Give when the next stage came after a limit, else when the trouble was over, else the end."""
    later = [step.t_ms for step in rank_steps(night, story.trouble) if step.t_ms > due_ms]
    if story.trouble.main:
        later += [mark.t_ms for mark in night.moments.worsenings if mark.t_ms > due_ms]
        over = night.moments.mitigated
        later += [max(over.t_ms, due_ms)] if over else []
    return min([*later, max(night.end_ms, due_ms)])
