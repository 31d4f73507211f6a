"""D8, resolution, closure, learning."""

from __future__ import annotations

from dataclasses import dataclass

from drills.record import Item
from scoring.levels import Judgement, Level, Window, mean_level, not_tested
from scoring.practices.registry import practice
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.ribbons import who
from scoring.timing import CLICK_FLOOR_S, MIN_MS, Limit, duration

PASSED_BACK_MIN = 30.0
LEFT_OPEN_MIN = 120.0
SEAT_SWITCH_MS = 10 * MIN_MS
RESOLVERS = ("commander", "tech_lead", "specialist", "developer", "desk_2")


@dataclass(frozen=True)
class TicketStory:
    """One incident ticket from its logging to its end, each step None when it never came."""

    id: str
    logged: Item
    resolved: Item | None
    returned: Item | None
    closed: Item | None


@dataclass(frozen=True)
class Verdict:
    """How one ticket was closed, with the words for it."""

    level: Level
    evidence: tuple[int, ...]
    did: str = ""
    move: str = ""


@practice("CLO-4")
def only_the_desk_closes(night: Night) -> Judgement:
    """Only the service desk closes.

    Called for by: each incident ticket that is closed, or that stood open for two hours after the trouble
        was over.
    Met: resolved by the desk, or passed back to it within 30 min of being resolved, with a resolution code,
        then closed by a desk seat, while users are served.
    Partly: the desk closes, but nothing was passed back in time.
    Missed: closed by another role, also by somebody who took a desk seat less than 10 min before; closed
        while the service is not up; never closed; or no ticket to close after a recovery.
    Cannot see: what the desk checked before closing (CLO-2, CLO-3).
    Source: the article's "only the service desk team can close an incident".
    """
    told = stories(night)
    called = [story for story in told if _is_called_for(night, story)]
    if not called:
        if _over_ms(night, None) is None and not any(story.closed for story in told):
            return not_tested("no trigger", finding="Nothing was over that could be closed.")
        if told or not _is_left_open(night, None):
            return not_tested("cut short", finding="The drill ended before closing was due.")
        return _no_ticket(night)
    verdicts = [_judge_story(night, story) for story in called]
    return _joined(night, called, verdicts)


def stories(night: Night) -> list[TicketStory]:
    """Give the story of each incident ticket, in order of logging; requests are none."""
    found = []
    for logged in night.items("ticket.logged"):
        if logged.data.get("ticket_kind", "incident") != "incident":
            continue
        found.append(
            TicketStory(
                id=logged.about,
                logged=logged,
                resolved=_step(night, "ticket.resolved", logged.about),
                returned=_step(night, "ticket.returned", logged.about),
                closed=_step(night, "ticket.closed", logged.about),
            )
        )
    return found


def _step(night: Night, kind: str, ticket: str) -> Item | None:
    return night.first(kind, where=lambda item: item.about == ticket)


def _is_called_for(night: Night, story: TicketStory) -> bool:
    return story.closed is not None or _is_left_open(night, story)


def _over_ms(night: Night, story: TicketStory | None) -> int | None:
    """Give when the trouble was over: ticket resolved, else all recovered, else users served again."""
    if story and story.resolved:
        return story.resolved.t_ms
    over = night.moments.recovered or night.moments.mitigated
    return over.t_ms if over else None


def _is_left_open(night: Night, story: TicketStory | None) -> bool:
    over_ms = _over_ms(night, story)
    return over_ms is not None and night.end_ms - over_ms >= LEFT_OPEN_MIN * MIN_MS


def _judge_story(night: Night, story: TicketStory) -> Verdict:
    evidence = tuple(
        item.n for item in (story.logged, story.resolved, story.returned, story.closed) if item is not None
    )
    if story.closed is None:
        over_ms = _over_ms(night, story) or night.end_ms
        open_for = duration(night.minutes(over_ms, night.end_ms))
        return Verdict("missed", evidence, f"left it open for {open_for} after the trouble was over", _CLOSE)
    if not _by_desk(night, story.closed):
        return Verdict("missed", evidence, "closed it outside the desk", _TO_DESK)
    if is_outage(night, story) and night.level_at(story.closed.t_ms) != "up":
        return Verdict("missed", evidence, "closed it while users were not yet served", _WAIT)
    limit = _limit(night, story)
    if _passed_back(night, story, limit):
        return Verdict("met", evidence, "passed it back with a code, and the desk closed it")
    return Verdict("partly", evidence, "had the desk close it with nothing passed back in time", _TO_DESK)


_CLOSE = "when users are served, resolve the ticket with a code, pass it back, and let the desk ask and close"
_TO_DESK = "pass the ticket back to the desk with a resolution code; the desk closes"
_WAIT = "keep the ticket open until users are served and the reporter says so"


def _by_desk(night: Night, closed: Item) -> bool:
    """Say whether a desk seat closed it, held by somebody who acted nowhere else for ten minutes."""
    if closed.seat not in night.setting.desk:
        return False
    return not any(
        who(act) == who(closed)
        and act.seat not in night.setting.desk
        and 0 <= closed.t_ms - act.t_ms < SEAT_SWITCH_MS
        for act in night.acts
    )


def is_outage(night: Night, story: TicketStory) -> bool:
    """Say whether a ticket is about the outage itself: by its trouble, else it names an alert or is high."""
    about = night.moments.tickets.get(story.id)
    if about is not None:
        return about == "main"
    return bool(story.logged.data.get("alert")) or story.logged.data.get("priority", "high") == "high"


def _limit(night: Night, story: TicketStory) -> Limit:
    if story.resolved is None:
        return Limit(PASSED_BACK_MIN, PASSED_BACK_MIN)
    to_ms = story.returned.t_ms if story.returned else night.end_ms
    human = night.is_human([story.returned.seat]) if story.returned else night.is_held_by_human(RESOLVERS)
    return night.limit(PASSED_BACK_MIN, CLICK_FLOOR_S, story.resolved.t_ms, to_ms, human=human)


def _passed_back(night: Night, story: TicketStory, limit: Limit) -> bool:
    """Say whether the ticket came back to the desk with a code, in time and before it was closed.

    What the desk itself resolved is there already.
    """
    if story.resolved is not None and story.resolved.seat in night.setting.desk and not story.returned:
        return bool(story.resolved.data.get("code"))
    if story.resolved is None or story.returned is None or story.closed is None:
        return False
    late_ms = story.returned.t_ms - story.resolved.t_ms
    return (
        bool(story.resolved.data.get("code"))
        and late_ms <= limit.allowed_min * MIN_MS
        and story.returned.t_ms <= story.closed.t_ms
    )


def _no_ticket(night: Night) -> Judgement:
    over = night.moments.recovered or night.moments.mitigated
    assert over is not None
    return Judgement(
        level="missed",
        opportunities=1,
        evidence=(over.n,),
        window=Window(over.t_ms, night.end_ms),
        numbers={"tickets": 0, "passed_back_min": PASSED_BACK_MIN, "left_open_min": LEFT_OPEN_MIN},
        finding="no ticket to close",
        coaching=coach(
            "CLO-4",
            f"At {night.said(over.t_ms)}, users were served again",
            "The team had no ticket for the desk to close",
            "log one ticket in the first minutes, so that the desk can ask and close at the end",
        ),
    )


def _joined(night: Night, told: list[TicketStory], verdicts: list[Verdict]) -> Judgement:
    level = mean_level([verdict.level for verdict in verdicts])
    worst = min(range(len(verdicts)), key=lambda i: ("missed", "partly", "met").index(verdicts[i].level))
    story, verdict = told[worst], verdicts[worst]
    limit = _limit(night, story)
    met = sum(one.level == "met" for one in verdicts)
    over_ms = _over_ms(night, story) or story.logged.t_ms
    closed_ms = story.closed.t_ms if story.closed else night.end_ms
    at = story.closed.t_ms if story.closed else over_ms
    seen = f"At {night.said(at)}, ticket {story.id} came to its end"
    return Judgement(
        level=level,
        opportunities=len(verdicts),
        evidence=tuple(dict.fromkeys(n for one in verdicts for n in one.evidence)),
        window=Window(min(over_ms, closed_ms), max(over_ms, closed_ms)),
        numbers={
            "tickets": len(verdicts),
            "met": met,
            "passed_back_min": limit.asked_min,
            "allowed_min": round(limit.allowed_min, 1),
            "speed": round(limit.speed, 1),
            "left_open_min": LEFT_OPEN_MIN,
        },
        finding=f"{met} of {len(verdicts)} tickets passed back and closed by the desk",
        coaching=coach("CLO-4", seen, f"The team {verdict.did}", verdict.move if level != "met" else ""),
    )
