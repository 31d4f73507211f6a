"""D6, escalation and service levels."""

from __future__ import annotations

from drills.record import Item
from scoring.levels import Judgement, Level, Window, not_tested
from scoring.practices.cases import Case, Words, end_of, joined, window_limit
from scoring.practices.help import asked, asks_for, experts, holder, passed_on, tier
from scoring.practices.registry import practice
from scoring.practices.troubles import TroubleStory, stories
from scoring.reading import Night
from scoring.timing import CLICK_FLOOR_S, MIN_MS, Limit, duration

ASKERS = ("desk_1", "desk_2", "tech_lead", "commander")

# --- ESC-1 ---


@practice("ESC-1")
def functional_escalation(night: Night) -> Judgement:
    """Functional escalation in time.

    Called for by: each trouble that only a higher tier can solve, from its first report or alert on. The
        main trouble, where its alert wakes somebody who could solve it, from the major trigger on, or when X
        passed without service restored, whichever came first: then it is too much for one person.
    Met: passed on within X, by its ticket, a page or a call to the next tier or to somebody who can solve it,
        and with a tier that can solve it within X for each tier in between. The main trouble: another person
        who can solve it was paged, called, or given its ticket or a task, by then or before.
    Partly: within 2X, or to a tier that cannot solve it either. A ticket passed up that its own tier could
        solve counts as partly too, the one thing here that is better left undone.
    Missed: later or never.
    Cannot see: help asked for aloud in a room; whether a call to somebody who cannot solve it, such as the
        author of a feature, was worth its time. It counts as no escalation.
    Source: the article's "if they can't resolve the problem, then it escalates to the next level".
    """
    asked_min = night.setting.thresholds.time_box
    cases = [case for story in stories(night) for case in _cases(night, story, asked_min)]
    judged = [case for case in cases if not case.is_cut]
    if judged:
        return joined("ESC-1", judged, "troubles passed on in time")
    if cases:
        return not_tested("cut short", evidence=[n for case in cases for n in case.evidence])
    return not_tested("no trigger", finding="Nothing came in that its own tier could not solve.")


def _cases(night: Night, story: TroubleStory, asked_min: float) -> list[Case]:
    has_it = holder(night, story.came)
    if tier(night, has_it) < story.trouble.tier:
        return [_passing_case(night, story, has_it, asked_min)]
    if story.trouble.main:
        return _box_case(night, story, has_it, asked_min)
    return _reflex_case(night, story, has_it, asked_min)


def _passing_case(night: Night, story: TroubleStory, has_it: str, asked_min: float) -> Case:
    """Judge a trouble that came to a tier which cannot solve it."""
    came_ms, need = story.came.t_ms, story.trouble.tier
    limit = window_limit(night, asked_min, CLICK_FLOOR_S, came_ms, ASKERS)
    hops = need - tier(night, has_it)
    passed = [item for item in _passes(night, story) if _reach(night, story, item) > tier(night, has_it)]
    reached = [item for item in passed if _reach(night, story, item) >= need]
    level: Level = "missed"
    if _by(passed, end_of(limit, came_ms)) and _by(reached, end_of(limit, came_ms, hops)):
        level = "met"
    elif _by(passed, end_of(limit, came_ms, 2)):
        level = "partly"
    return _case(
        night,
        came_ms,
        limit,
        level,
        (story.came.n, *(item.n for item in passed[:4])),
        passed[0] if passed else None,
        f"At {night.said(came_ms)}, {story.name()} came in that tier {need} can solve",
        "pass it on with what was found as soon as it is out of reach here",
    )


def _passes(night: Night, story: TroubleStory) -> list[Item]:
    """Give what passed a trouble on: its tickets, and pages and calls by those who have tickets."""
    found = [*passed_on(night, story.tickets)]
    found += [
        item
        for item in night.items("page.sent", "call.started")
        if item.t_ms >= story.came.t_ms and item.seat in night.setting.desk
    ]
    return sorted(found, key=lambda item: item.n)


def _reach(night: Night, story: TroubleStory, item: Item) -> int:
    """Give the highest tier that an act asked, for this trouble."""
    seat = night.setting.intake.seat
    solvers = {seat(one) for one in story.trouble.solver}
    return max(
        story.trouble.tier if seat(one) in solvers else tier(night, one) for one in asked(item) or ("",)
    )


def _box_case(night: Night, story: TroubleStory, has_it: str, asked_min: float) -> list[Case]:
    """Judge the main trouble, which came to somebody who could solve it, and then outgrew one person."""
    need = _need(night, story, asked_min)
    if need is None or night.in_skip(need[0]):
        return []
    from_ms, n, why = need
    limit = window_limit(night, asked_min, CLICK_FLOOR_S, from_ms, ASKERS)
    helped = list(asks_for(night, experts(night, story.trouble, has_it), from_ms=story.came.t_ms))
    level: Level = "missed"
    if _by(helped, end_of(limit, from_ms)):
        level = "met"
    elif _by(helped, end_of(limit, from_ms, 2)):
        level = "partly"
    return [
        _case(
            night,
            from_ms,
            limit,
            level,
            tuple(dict.fromkeys([story.came.n, n, *(item.n for item in helped[:3])])),
            helped[0] if helped else None,
            f"At {night.said(from_ms)}, {why}",
            "when the time box is out, call the next expert by name and tell what was tried",
        )
    ]


def _need(night: Night, story: TroubleStory, asked_min: float) -> tuple[int, int, str] | None:
    """Give when the main trouble outgrew one person, the item that shows it, and why."""
    came, over, major = story.came, night.moments.mitigated, night.moments.major
    boxed_ms = came.t_ms + round(asked_min * MIN_MS)
    found = []
    if major is not None:
        found.append((max(major.t_ms, came.t_ms), major.n, major.why))
    if boxed_ms <= night.end_ms and not (over and over.t_ms <= boxed_ms):
        found.append((boxed_ms, came.n, f"{duration(asked_min)} had passed without service restored"))
    return min(found) if found else None


def _reflex_case(night: Night, story: TroubleStory, has_it: str, asked_min: float) -> list[Case]:
    """Give a case where a tier passed up what it could have solved by itself."""
    up = [item for item in passed_on(night, story.tickets) if _is_up(night, item, has_it)]
    if not up:
        return []
    limit = Limit(asked_min, asked_min)
    words = Words(
        seen=f"At {night.said(story.came.t_ms)}, {story.name()} came in that its own tier can solve",
        did=f"The team passed it up at {night.said(up[0].t_ms)}",
        move="look into the articles and runbooks of the own tier first",
        finding="one passed up that its own tier could solve",
    )
    window = Window(story.came.t_ms, up[0].t_ms)
    return [Case("partly", (story.came.n, up[0].n), window, limit, words)]


def _is_up(night: Night, item: Item, has_it: str) -> bool:
    return any(tier(night, one) > tier(night, has_it) for one in asked(item))


def _by(items: list[Item], t_ms: int) -> bool:
    return any(item.t_ms <= t_ms for item in items)


def _case(
    night: Night,
    from_ms: int,
    limit: Limit,
    level: Level,
    evidence: tuple[int, ...],
    first: Item | None,
    seen: str,
    move: str,
) -> Case:
    """Put a case together from what was judged."""
    if level != "met" and night.is_too_fast(limit, from_ms):
        level = "not_tested"
    done = f"called for help at {night.said(first.t_ms)}" if first else "called nobody who could solve it"
    return Case(
        level=level,
        evidence=evidence,
        window=Window(from_ms, max(end_of(limit, from_ms), first.t_ms if first else from_ms)),
        limit=limit,
        words=Words(
            seen=seen,
            did=f"The team {done}; the box was {limit.text()}",
            move=move,
            finding=f"the team {done}; the box was {limit.text()}",
        ),
        numbers={"after_min": night.minutes(from_ms, max(first.t_ms, from_ms)) if first else None},
        is_cut=night.cut_short(from_ms, limit.asked_min),
    )
