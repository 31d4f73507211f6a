"""D4, the living record: what may come next, assessed and agreed before it comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from drills.record import Item
from scoring.levels import RANK, Judgement, Level, Window, mean_level, not_tested
from scoring.practices.cases import window_limit
from scoring.practices.onrecord import WRITERS, notes
from scoring.practices.registry import practice
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.ribbons import who
from scoring.setting_stages import StageAhead
from scoring.timing import CLICK_FLOOR_S, COMPOSE_FLOOR_S, MIN_MS, Limit

AFTER_MIN = 10.0
AGREED_MIN = 15.0
PRECISION = 1 / 3
UNWIDENED = Limit(AFTER_MIN, AFTER_MIN)
AGREED_TAG = "agreed"
SAYING = ("doc.edited", "message.sent", "update.sent", "decision.made", "call.noted")


@dataclass(frozen=True)
class Chance:
    """A stage that could be forecast: from when, and by when at the latest.

    Args:
        came: the item by which it came, or None when it was prevented or the drill ended before.
    """

    stage: StageAhead
    visible: Item
    due_ms: int
    came: Item | None


@dataclass(frozen=True)
class Answer:
    """The best that stands on the record about one stage."""

    level: Level
    note: Item | None = None
    agreed: Item | None = None
    limit: Limit = UNWIDENED
    lacks: str = ""


@practice("DOC-5")
def impact_and_forecast(night: Night) -> Judgement:
    """Impact assessed and forecast recorded.

    Called for by: each worsening of the scenario that could be seen 15 min ahead or more and was not
        prevented by then.
    Met: before it comes (or would come if nobody acted), a forecast stands on the record: if a condition,
        then what follows, about the part that it strikes; and a second person agrees within 15 min, by a
        forecast of the same part, a message tagged "agreed", or the note of a call with the writer.
    Partly: impact without a condition, one person alone, or up to 10 min after it came. Also when fewer than
        one in three forecasts are about anything that could come.
    Missed: none, or later.
    Cannot see: whether the threshold named was the right one; agreement given in a room.
    Source: the article's "agree that users will be impacted if a third data center goes down. They record the
        assessment".
    """
    chances = [chance for stage in night.setting.stages if (chance := _chance(night, stage)) is not None]
    if not chances:
        return not_tested("no trigger", finding="No worsening could be seen ahead.")
    answers = [_answer(night, chance) for chance in chances]
    judged = [
        (chance, answer)
        for chance, answer in zip(chances, answers, strict=True)
        if answer.level == "met" or not night.cut_short(chance.visible.t_ms, _ahead_min(night, chance))
    ]
    if not judged:
        return not_tested("cut short", evidence=tuple(chance.visible.n for chance in chances))
    return _joined(night, judged)


def _chance(night: Night, stage: StageAhead) -> Chance | None:
    """Give the opportunity of a stage, or None when nobody could or need foresee it."""
    visible = night.matching(stage.visible)
    if visible is None or night.in_skip(visible.t_ms):
        return None
    came = night.matching(stage.comes)
    due_ms = came.t_ms if came else stage.at_ms
    foresight_ms = round(night.setting.thresholds.foresight_min * MIN_MS)
    over = night.moments.mitigated
    if due_ms - visible.t_ms < foresight_ms or (over and over.t_ms <= visible.t_ms + foresight_ms):
        return None
    return Chance(stage, visible, due_ms, came)


def _ahead_min(night: Night, chance: Chance) -> float:
    return night.minutes(chance.visible.t_ms, chance.due_ms)


def _answer(night: Night, chance: Chance) -> Answer:
    """Give the best note about a stage; the first of equals."""
    limit = window_limit(night, AFTER_MIN, COMPOSE_FLOOR_S, chance.due_ms, WRITERS)
    found = [
        _judge_note(night, chance, note, limit) for note in notes(night) if _is_about(note, chance.stage)
    ]
    return max([*found, Answer("missed", limit=limit)], key=lambda answer: RANK[answer.level])


def _is_about(note: Item, stage: StageAhead) -> bool:
    return any(
        claim.get("property") in ("forecast", "impact") and _subject(claim) in stage.subjects
        for claim in note.data.get("claims", ())
    )


def _subject(claim: Mapping[str, Any]) -> str:
    return str(claim.get("subject", "")).strip().lower()


def forecasts(item: Item) -> tuple[Mapping[str, Any], ...]:
    """Give the forecast claims of an item."""
    return tuple(claim for claim in item.data.get("claims", ()) if claim.get("property") == "forecast")


def is_conditional(claim: Mapping[str, Any]) -> bool:
    """Say whether a forecast has the form "if ... then ..."."""
    value = str(claim.get("value", "")).strip().lower()
    return value.startswith("if ") and " then " in value


def _judge_note(night: Night, chance: Chance, note: Item, limit: Limit) -> Answer:
    if note.t_ms > chance.due_ms + limit.allowed_min * MIN_MS:
        return Answer("missed", limit=limit)
    about = [claim for claim in forecasts(note) if _subject(claim) in chance.stage.subjects]
    if not any(is_conditional(claim) for claim in about):
        return Answer("partly", note, limit=limit, lacks="had no condition to it")
    agreed = agreement(night, note, {_subject(claim) for claim in about})
    if agreed is None:
        return Answer("partly", note, limit=limit, lacks="was one person's alone")
    if note.t_ms >= chance.due_ms:
        return Answer("partly", note, agreed, limit, "came after it")
    return Answer("met", note, agreed, limit)


def agreement(night: Night, note: Item, subjects: set[str]) -> Item | None:
    """Give the item by which a second person agreed to a forecast, within a quarter of an hour either way."""
    reach_ms = round(AGREED_MIN * MIN_MS)
    human = night.is_human(seat.id for seat in night.record.seats)
    limit = night.limit(AGREED_MIN, CLICK_FLOOR_S, note.t_ms, note.t_ms + reach_ms, human=human)
    return night.first(
        *SAYING,
        where=lambda item: (
            abs(item.t_ms - note.t_ms) <= limit.allowed_min * MIN_MS
            and (
                _agrees(item, note, subjects) if item.kind != "call.noted" else _is_shared(night, item, note)
            )
        ),
    )


def _agrees(item: Item, note: Item, subjects: set[str]) -> bool:
    if who(item) == who(note) or item.origin != "journal":
        return False
    if item.kind == "message.sent" and item.n > note.n and AGREED_TAG in item.data.get("tags", ()):
        return True
    return any(_subject(claim) in subjects for claim in forecasts(item))


def _is_shared(night: Night, noted: Item, note: Item) -> bool:
    """Say whether a noted call was between the writer of a forecast and somebody else."""
    started = night.first("call.started", where=lambda call: call.about == noted.about)
    if started is None:
        return False
    joined = [each.seat for each in night.items("call.joined") if each.about == noted.about]
    members = {started.seat, *started.data.get("to", ()), *joined}
    return note.seat in members and len(members) > 1


def _joined(night: Night, judged: Sequence[tuple[Chance, Answer]]) -> Judgement:
    level = mean_level([answer.level for _, answer in judged])
    total, fitting = _precision(night)
    is_scattered = total > 0 and fitting / total < PRECISION
    if level == "met" and is_scattered:
        level = "partly"
    met = sum(answer.level == "met" for _, answer in judged)
    widest = max((answer.limit for _, answer in judged), key=lambda limit: limit.allowed_min)
    return Judgement(
        level=level,
        opportunities=len(judged),
        evidence=tuple(dict.fromkeys(n for chance, answer in judged for n in _entries(chance, answer))),
        window=Window(
            min(chance.visible.t_ms for chance, _ in judged), max(chance.due_ms for chance, _ in judged)
        ),
        numbers={
            "limit_min": widest.asked_min,
            "allowed_min": round(widest.allowed_min, 1),
            "speed": round(widest.speed, 1),
            "foresight_min": night.setting.thresholds.foresight_min,
            "agreed_min": AGREED_MIN,
            "stages": len(judged),
            "met": met,
            "forecasts": total,
            "forecasts_that_fit": fitting,
        },
        finding=f"{met} of {len(judged)} foreseeable stages written down and agreed before they were due",
        coaching=_coaching(night, level, judged, is_scattered=is_scattered),
    )


def _precision(night: Night) -> tuple[int, int]:
    """Give how many different forecasts stand on the record, and how many are about a known stage."""
    said = {(_subject(claim), str(claim.get("value"))) for note in notes(night) for claim in forecasts(note)}
    known = {subject for stage in night.setting.stages for subject in stage.subjects}
    return len(said), sum(subject in known for subject, _ in said)


def _entries(chance: Chance, answer: Answer) -> tuple[int, ...]:
    items = (chance.visible, answer.note, answer.agreed, chance.came)
    return tuple(item.n for item in items if item is not None)


def _coaching(
    night: Night, level: Level, judged: Sequence[tuple[Chance, Answer]], *, is_scattered: bool
) -> str:
    chance, answer = min(judged, key=lambda pair: RANK[pair[1].level])
    seen = f"From {night.said(chance.visible.t_ms)} on, it could be foreseen that {chance.stage.title}"
    came = f"It came at {night.said(chance.came.t_ms)}" if chance.came else ""
    if level == "met":
        return coach("DOC-5", seen, "The team had written down, and agreed, if what then what", "", came)
    move = "let command and repair agree on one line: if this passes that limit, then this follows, by when"
    if answer.level == "missed":
        return coach("DOC-5", seen, 'The team had no "if this, then that" on the record', move, came)
    if answer.lacks:
        return coach(
            "DOC-5", seen, f"The team had an assessment on the record that {answer.lacks}", move, came
        )
    scattered = "The team wrote many forecasts, few of them about what could come"
    did = scattered if is_scattered else "The team had some of the stages ahead on the record"
    return coach("DOC-5", seen, did, "forecast the next stage alone, with its condition", came)
