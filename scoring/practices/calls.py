"""D3, communication: what was said in a call can be read."""

from __future__ import annotations

from dataclasses import dataclass

from drills.record import Item
from scoring.levels import Judgement, Level, Window, not_tested
from scoring.practices.cases import end_of
from scoring.practices.registry import practice
from scoring.practices.talks import Talk, talks
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.timing import COMPOSE_FLOOR_S, MIN_MS, Limit

WRITTEN_WITHIN_MIN = 10.0
SHORTEST_MIN = 1.0
NOTED_FOR_MET, NOTED_FOR_PARTLY = 0.8, 0.4
FOLLOWS = ("task.assigned", "decision.made")


@dataclass(frozen=True)
class Trace:
    """A call, until when its note is due, and the note."""

    talk: Talk
    limit: Limit
    note: Item | None

    @property
    def due_ms(self) -> int:
        """When the note is due."""
        return end_of(self.limit, self.talk.to_ms)


@practice("COM-6")
def calls_leave_a_trace(night: Night) -> Judgement:
    """Calls leave a trace.

    Called for by: each call or meeting of a minute or more about the incident, from the onset until it is
        resolved: one the team began, or one from outside that was answered. Reports to the service desk, and
        calls between the desk and people outside the response, are the desk's own.
    Met: 80 % of the calls have a note within 10 min of their end, by somebody who was in it: a note of the
        call, or an entry of the document linked to it or in its section for calls, with a claim, or with a
        task or a decision of somebody in the call. A question asked by phone may be answered with claims, and
        a call with a relief may leave its words in the handoff's sections.
    Partly: 40 %.
    Missed: fewer.
    Cannot see: talk in a room; what the free text of a note says.
    Source: the article's "no tracking of communication such as a phone call".
    """
    called = [talk for talk in talks(night) if _is_called_for(night, talk)]
    if not called:
        return not_tested("no trigger", finding="There was no call about the incident.")
    traces = [_trace(night, talk) for talk in called]
    judged = [one for one in traces if one.note or not night.cut_short(one.talk.to_ms, one.limit.allowed_min)]
    if not judged:
        return not_tested("cut short", evidence=tuple(talk.opened.n for talk in called))
    kept = [one for one in judged if one.note or not night.is_too_fast(one.limit, one.talk.to_ms)]
    if not kept:
        return not_tested("too fast for people", evidence=tuple(talk.opened.n for talk in called))
    return _judge(night, kept)


def _is_called_for(night: Night, talk: Talk) -> bool:
    onset = night.moments.onset
    if onset is None or not onset.t_ms <= talk.from_ms <= night.moments.lifecycle_end_ms:
        return False
    if talk.minutes < SHORTEST_MIN or night.in_skip(talk.from_ms):
        return False
    return _is_of_the_response(night, talk)


def _is_of_the_response(night: Night, talk: Talk) -> bool:
    """Say whether anybody but the desk was in it: another seat, or somebody who belongs to a group."""
    desk = night.setting.desk
    seats = {seat.id for seat in night.record.seats}
    outside = {other for group in night.setting.people.groups for other in group.others}
    return any((side in seats and side not in desk) or side in outside for side in talk.sides)


def _trace(night: Night, talk: Talk) -> Trace:
    limit = night.limit(
        WRITTEN_WITHIN_MIN,
        COMPOSE_FLOOR_S,
        talk.to_ms,
        talk.to_ms + round(WRITTEN_WITHIN_MIN * MIN_MS),
        human=night.is_human(talk.sides),
    )
    due_ms = end_of(limit, talk.to_ms)
    note = night.first(
        "call.noted",
        "doc.edited",
        "question.answered",
        "handoff.written",
        where=lambda item: talk.from_ms <= item.t_ms <= due_ms and _notes(night, talk, item, due_ms),
    )
    return Trace(talk, limit, note)


def _notes(night: Night, talk: Talk, item: Item, due_ms: int) -> bool:
    if item.seat not in talk.sides:
        return False
    has_claims = any(str(claim.get("value", "")).strip() for claim in item.data.get("claims", ()))
    if item.kind == "question.answered":
        return has_claims and bool(talk.inject) and _asked_by(night, item) == talk.inject
    if item.kind == "handoff.written":
        is_linked = _is_with_relief(night, talk)
    elif item.kind == "doc.edited":
        is_linked = talk.id in item.data.get("links", ()) or item.about == "calls"
    else:
        is_linked = item.about == talk.id
    return is_linked and (has_claims or _is_followed(night, talk, due_ms))


def _is_with_relief(night: Night, talk: Talk) -> bool:
    """Say whether somebody to whom a role is handed off was in a call."""
    return any(str(item.data.get("to", "")) in talk.sides for item in night.items("role.handed_off"))


def _asked_by(night: Night, answer: Item) -> str:
    asked = night.first("question.received", where=lambda item: item.about == answer.about)
    return str(asked.data.get("inject", "")) if asked else ""


def _is_followed(night: Night, talk: Talk, due_ms: int) -> bool:
    """Say whether somebody in the call gave a task or decided in it, or right after."""
    return any(
        item.seat in talk.sides and talk.from_ms <= item.t_ms <= due_ms for item in night.items(*FOLLOWS)
    )


def _judge(night: Night, traces: list[Trace]) -> Judgement:
    noted = [one for one in traces if one.note]
    share = len(noted) / len(traces)
    level: Level = "met" if share >= NOTED_FOR_MET else "partly" if share >= NOTED_FOR_PARTLY else "missed"
    evidence = [n for one in traces for n in (one.talk.opened.n, *((one.note.n,) if one.note else ()))]
    widest = max((one.limit for one in traces), key=lambda limit: limit.allowed_min)
    return Judgement(
        level=level,
        opportunities=len(traces),
        evidence=tuple(dict.fromkeys(evidence)),
        window=Window(traces[0].talk.from_ms, max(one.due_ms for one in traces)),
        numbers={
            "calls": len(traces),
            "noted": len(noted),
            "share": round(share, 3),
            "share_for_met": NOTED_FOR_MET,
            "share_for_partly": NOTED_FOR_PARTLY,
            "limit_min": widest.asked_min,
            "allowed_min": round(widest.allowed_min, 1),
            "speed": round(widest.speed, 1),
        },
        finding=f"{len(noted)} of {len(traces)} calls noted; allowed {widest.text()}",
        coaching=_coaching(night, level, traces, noted),
    )


def _coaching(night: Night, level: Level, traces: list[Trace], noted: list[Trace]) -> str:
    first = next((one for one in traces if one.note is None), traces[0])
    seen = f"At {night.said(first.talk.from_ms)}, a call began"
    if level == "met":
        return coach("COM-6", seen, f"The team noted {len(noted)} of {len(traces)} calls")
    return coach(
        "COM-6",
        seen,
        f"The team noted {len(noted)} of {len(traces)} calls; what this one brought is nowhere to be read",
        "before hanging up, agree who writes one line: who spoke, what was learned, what comes next",
    )
