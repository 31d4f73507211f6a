"""D8, closure: the desk sees for itself that service is back, and asks the one who reported it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from drills.record import Item
from scoring.levels import RANK, Judgement, Level, Window, best, mean_level, not_tested, same
from scoring.moments import Mark
from scoring.practices.closing import LEFT_OPEN_MIN, TicketStory, is_outage, stories
from scoring.practices.registry import practice
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.timing import CLICK_FLOOR_S, MIN_MS, Limit, duration

LOOK_MIN = 15.0
SETTLED_MIN = 30.0
USER_SIDE = "user_side"
TRIES_WITHOUT_ANSWER = 2


# --- CLO-2 ---


@practice("CLO-2")
def the_desk_confirms_service(night: Night) -> Judgement:
    """The service desk confirms service is back.

    Called for by: users served again, or the desk saying so.
    Met: a desk seat confirms it on a ticket while users are served, with a look of its own at what users see
        in the 15 min before, and no ticket of the outage was resolved before that.
    Partly: confirmed without such a look, or after a ticket was resolved.
    Missed: not confirmed; or confirmed while the trace says users are not served.
    Cannot see: what the desk saw in its look; a confirmation by voice.
    Source: the article's "the service desk team confirms that the service has been restored".
    """
    said = [item for item in night.items("service.confirmed") if _says_up(night, item)]
    wrong = next((item for item in said if night.level_at(item.t_ms) != "up"), None)
    if wrong is not None:
        return _confirmed_too_early(night, wrong)
    served = night.moments.mitigated
    if served is None:
        return not_tested("no trigger", finding="Users were not served again.")
    right = [item for item in said if item.t_ms >= _back_ms(night, served)]
    if right:
        return best([_judge_confirmation(night, served, item) for item in right])
    if night.cut_short(served.t_ms, SETTLED_MIN):
        return not_tested("cut short", evidence=(served.n,))
    return _not_confirmed(night, served)


def _says_up(night: Night, item: Item) -> bool:
    return item.seat in night.setting.desk and item.data.get("state", "up") == "up"


def _back_ms(night: Night, served: Mark) -> int:
    """Give from when on a desk could see it: the begin of the good time in which the mitigation lies."""
    part = next((part for part in reversed(night.levels) if part.from_ms <= served.t_ms), None)
    is_back = part is not None and part.state == "up" and part.n is not None
    return part.from_ms if part is not None and is_back else served.t_ms


def _judge_confirmation(night: Night, served: Mark, item: Item) -> Judgement:
    limit = night.limit(
        LOOK_MIN,
        CLICK_FLOOR_S,
        item.t_ms - round(LOOK_MIN * MIN_MS),
        item.t_ms,
        human=night.is_human(night.setting.desk),
    )
    look = _own_look(night, item, max(_back_ms(night, served), item.t_ms - round(limit.allowed_min * MIN_MS)))
    resolved = _resolved_before(night, item)
    level: Level = "met" if look is not None and resolved is None else "partly"
    if level != "met" and night.is_too_fast(limit, item.t_ms):
        return not_tested("too fast for people", evidence=(served.n, item.n))
    after_min = max(0.0, night.minutes(served.t_ms, item.t_ms))
    entries = (served.n, *(each.n for each in (look, item, resolved) if each is not None))
    own = "with a look of its own" if look else "without a look of its own"
    return Judgement(
        level=level,
        opportunities=1,
        evidence=tuple(dict.fromkeys(entries)),
        window=Window(min(served.t_ms, item.t_ms), item.t_ms),
        numbers=_look_numbers(limit, after_min, resolved_before=resolved is not None),
        finding=f"confirmed {duration(after_min)} after users were served, {own}",
        coaching=_confirmation_coaching(night, served, item, look, resolved),
    )


def _own_look(night: Night, confirmed: Item, from_ms: int) -> Item | None:
    return night.first(
        "look.taken",
        where=lambda look: (
            look.seat == confirmed.seat
            and look.data.get("signal") == USER_SIDE
            and from_ms <= look.t_ms
            and look.n < confirmed.n
        ),
    )


def _resolved_before(night: Night, confirmed: Item) -> Item | None:
    """Give the resolution of a ticket of the outage that came before the desk had confirmed."""
    known = {story.id: is_outage(night, story) for story in stories(night)}

    def is_of_it(item: Item) -> bool:
        return known.get(item.about, night.moments.tickets.get(item.about) != "other")

    return night.first("ticket.resolved", where=lambda item: item.n < confirmed.n and is_of_it(item))


def _look_numbers(limit: Limit, after_min: float | None, *, resolved_before: bool) -> Mapping[str, Any]:
    return {
        "look_within_min": limit.asked_min,
        "allowed_min": round(limit.allowed_min, 1),
        "speed": round(limit.speed, 1),
        "confirmed_min": after_min,
        "resolved_before": resolved_before,
        "settled_min": SETTLED_MIN,
    }


_CONFIRM = "let the desk look at what users see, say so on the ticket, and only then resolve it"


def _confirmation_coaching(
    night: Night, served: Mark, item: Item, look: Item | None, resolved: Item | None
) -> str:
    seen = f"At {night.said(served.t_ms)}, users were served again"
    at = night.said(item.t_ms)
    if look is None:
        return coach(
            "CLO-2", seen, f"The team had it confirmed at {at} without a look from the desk", _CONFIRM
        )
    if resolved is not None:
        did = f"The team resolved the ticket at {night.said(resolved.t_ms)}, before the desk had confirmed it"
        return coach("CLO-2", seen, did, _CONFIRM)
    return coach("CLO-2", seen, f"The team had the desk see for itself and confirm it at {at}")


def _confirmed_too_early(night: Night, wrong: Item) -> Judgement:
    back = next((part for part in night.levels if part.from_ms > wrong.t_ms and part.state == "up"), None)
    until_ms = back.from_ms if back else night.end_ms
    failing = next((part for part in reversed(night.levels) if part.from_ms <= wrong.t_ms), None)
    entries = [wrong.n, *([failing.n] if failing and failing.n is not None else [])]
    return Judgement(
        level="missed",
        opportunities=1,
        evidence=tuple(entries),
        window=Window(wrong.t_ms, until_ms),
        numbers=_look_numbers(Limit(LOOK_MIN, LOOK_MIN), None, resolved_before=False),
        finding="said to be back while users were not served",
        coaching=coach(
            "CLO-2",
            f"At {night.said(wrong.t_ms)}, the desk said that service was back",
            f"The team had users without it until {night.said(until_ms)}",
            _CONFIRM,
        ),
    )


def _not_confirmed(night: Night, served: Mark) -> Judgement:
    for_min = night.minutes(served.t_ms, night.end_ms)
    return Judgement(
        level="missed",
        opportunities=1,
        evidence=(served.n,),
        window=Window(served.t_ms, night.end_ms),
        numbers=_look_numbers(Limit(LOOK_MIN, LOOK_MIN), None, resolved_before=False),
        finding="not confirmed by the desk",
        coaching=coach(
            "CLO-2",
            f"At {night.said(served.t_ms)}, users were served again",
            f"The team had no word of the desk on it in the {duration(for_min)} that followed",
            _CONFIRM,
        ),
    )


# --- CLO-3 ---


@dataclass(frozen=True)
class Asking:
    """What became of the one who reported a ticket.

    Args:
        is_due: whether the ticket was closed, or stood open long enough to be judged.
    """

    story: TicketStory
    asked: tuple[Item, ...]
    answer: Item | None
    is_due: bool
    level: Level
    did: str


@practice("CLO-3")
def the_reporter_is_asked(night: Night) -> Judgement:
    """The reporter is asked before closing.

    Called for by: each incident ticket that is closed, or stood open for two hours after users were served
        again. One that only a monitor reported is asked of whoever answers for the service.
    Met: the question was put after users were served again (a ticket that is not of the outage: at any time),
        and the last answer before closing says that it works.
    Partly: closed without an answer, after two questions.
    Missed: not asked, asked only before it worked, closed over a "not yet", or left open.
    Cannot see: whether who answered is who reported; a duplicate ticket has a reporter of its own.
    Source: the article's "before closing the incident, it's important to check with the person who reported
        the issue".
    """
    asked = [_asking(night, story) for story in stories(night)]
    due = [one for one in asked if one.is_due]
    if not due:
        served = night.moments.mitigated
        if served is None:
            return not_tested("no trigger", finding="Nothing was over that could be closed.")
        return not_tested("cut short" if asked else "parent missed", evidence=(served.n,))
    waiting = len(asked) - len(due) if night.moments.mitigated else 0
    levels = [one.level for one in due]
    lowest, highest = (mean_level([*levels, *same(rest, waiting)]) for rest in ("missed", "met"))
    if lowest != highest:
        return not_tested("cut short", evidence=tuple(one.story.logged.n for one in asked))
    return _joined(night, due, lowest)


def _asking(night: Night, story: TicketStory) -> Asking:
    served = night.moments.mitigated
    from_ms = story.logged.t_ms
    if is_outage(night, story):
        from_ms = max(from_ms, served.t_ms) if served else night.end_ms + 1
    until_n = story.closed.n if story.closed else night.record.items[-1].n + 1
    asked = tuple(
        item
        for item in night.items("end_user.asked")
        if item.about == story.id and item.t_ms >= from_ms and item.n < until_n
    )
    answer = _last_answer(night, story, asked, until_n)
    level, did = _verdict(night, story, asked, answer)
    return Asking(story, asked, answer, _is_due(night, story), level, did)


def _last_answer(night: Night, story: TicketStory, asked: Sequence[Item], until_n: int) -> Item | None:
    if not asked:
        return None
    answers = [
        item
        for item in night.items("user.answered", "end_user.confirmed")
        if item.about == story.id and asked[0].n < item.n < until_n
    ]
    return answers[-1] if answers else None


def _is_due(night: Night, story: TicketStory) -> bool:
    served = night.moments.mitigated
    if story.closed is not None:
        return True
    from_ms = max(served.t_ms, story.logged.t_ms) if served else night.end_ms
    return night.end_ms - from_ms >= LEFT_OPEN_MIN * MIN_MS


def _verdict(
    night: Night, story: TicketStory, asked: Sequence[Item], answer: Item | None
) -> tuple[Level, str]:
    """Judge one ticket, with the words for it."""
    if story.closed is None:
        return "missed", "left the ticket open"
    early = night.first("end_user.asked", where=lambda item: item.about == story.id)
    if not asked:
        is_early = early is not None and early.n < story.closed.n
        return "missed", "asked before it worked and not again" if is_early else "closed it unasked"
    if answer is None:
        is_tried = len(asked) >= TRIES_WITHOUT_ANSWER
        return "partly" if is_tried else "missed", f"closed it without an answer, asked {len(asked)} times"
    if not answer.data.get("satisfied"):
        return "missed", 'closed it over a "not yet"'
    return "met", "asked, and closed it on a yes"


def _joined(night: Night, due: Sequence[Asking], level: Level) -> Judgement:
    worst = min(due, key=lambda one: RANK[one.level])
    met = sum(one.level == "met" for one in due)
    closed_ms = [one.story.closed.t_ms if one.story.closed else night.end_ms for one in due]
    from_ms = min(one.story.logged.t_ms for one in due)
    return Judgement(
        level=level,
        opportunities=len(due),
        evidence=tuple(dict.fromkeys(n for one in due for n in _entries(one))),
        window=Window(from_ms, max([from_ms, *closed_ms])),
        numbers={
            "tickets": len(due),
            "met": met,
            "tries_without_answer": TRIES_WITHOUT_ANSWER,
            "left_open_min": LEFT_OPEN_MIN,
        },
        finding=f"{met} of {len(due)} tickets closed on the reporter's yes",
        coaching=_asking_coaching(night, level, worst),
    )


def _entries(one: Asking) -> tuple[int, ...]:
    items = (one.story.logged, *one.asked, one.answer, one.story.closed)
    return tuple(item.n for item in items if item is not None)


def _asking_coaching(night: Night, level: Level, worst: Asking) -> str:
    end_ms = worst.story.closed.t_ms if worst.story.closed else night.end_ms
    seen = f"At {night.said(end_ms)}, ticket {worst.story.id} came to its end"
    move = "once users are served, ask who reported it, and close on their yes alone"
    return coach("CLO-3", seen, f"The team {worst.did}", move if level != "met" else "")
