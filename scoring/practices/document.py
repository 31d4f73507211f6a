"""D4, the living record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from drills.record import Item
from scoring.levels import Judgement, Level, Window, best, not_tested
from scoring.moments import Mark
from scoring.practices.registry import practice
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.timing import COMPOSE_FLOOR_S, MIN_MS, Limit, duration

PLACES = ("ticket", "channel")
KEPT_BY_CONSOLE = ("roles", "timeline")
WRITERS = ("commander", "communications", "tech_lead")


@dataclass(frozen=True)
class Findable:
    """What a document was by a moment: where it is linked from, and which sections were begun."""

    places: frozenset[str]
    begun: frozenset[str]

    @property
    def is_complete(self) -> bool:
        """Linked from both places, with all sections begun."""
        return self.places >= set(PLACES) and self.begun >= {"state", *KEPT_BY_CONSOLE}


@practice("DOC-1")
def a_live_document(night: Night) -> Judgement:
    """A live document, opened early and findable.

    Called for by: the major trigger.
    Met: the incident document is opened within C + 10 min, linked from the ticket and from the channel, with
        its state, roles and timeline begun by then; state is begun when somebody has written it.
    Partly: opened up to twice as late, or linked in one of the two places, or with sections empty.
    Missed: none, later, or linked nowhere.
    Cannot see: a document kept outside the console; whether what it says is right.
    Source: the article's "record any progress in a live incident document or channels"; SRE book ch. 14.
    """
    major = night.moments.major
    if major is None or night.in_skip(major.t_ms):
        return not_tested("no trigger", finding="Nothing happened that called for a document.")
    asked_min = night.setting.thresholds.document
    if night.cut_short(major.t_ms, asked_min):
        return not_tested("cut short", evidence=night.shown(major))
    opened = night.items("doc.opened")
    return best(
        [*(_judge_opened(night, major, item, asked_min) for item in opened), _none(night, major, asked_min)]
    )


def _judge_opened(night: Night, major: Mark, item: Item, asked_min: float) -> Judgement:
    limit = night.limit(
        asked_min,
        COMPOSE_FLOOR_S,
        major.t_ms,
        max(item.t_ms, major.t_ms),
        human=night.is_human([item.seat]),
    )
    due_ms = major.t_ms + round(limit.allowed_min * MIN_MS)
    late_ms = major.t_ms + round(2 * limit.allowed_min * MIN_MS)
    in_time, in_part = _by(night, item, due_ms), _by(night, item, late_ms)
    level: Level = "missed"
    if item.t_ms <= due_ms and in_time.is_complete:
        level = "met"
    elif item.t_ms <= late_ms and in_part.places:
        level = "partly"
    if level != "met" and night.is_too_fast(limit, major.t_ms):
        return not_tested("too fast for people", evidence=night.shown(major))
    after_min = max(0.0, night.minutes(major.t_ms, item.t_ms))
    return Judgement(
        level=level,
        opportunities=1,
        evidence=(*night.shown(major), item.n, *_further(night, item, late_ms)),
        window=Window(major.t_ms, max(due_ms, item.t_ms)),
        numbers={
            "limit_min": limit.asked_min,
            "allowed_min": round(limit.allowed_min, 1),
            "speed": round(limit.speed, 1),
            "opened_min": after_min,
            "linked": len(in_part.places),
            "sections_begun": len(in_part.begun & {"state", *KEPT_BY_CONSOLE}),
        },
        finding=(
            f"opened {duration(after_min)} after the trigger, linked in {len(in_part.places)} of 2 places;"
            f" allowed {limit.text()}"
        ),
        coaching=_coaching(night, major, level, item, in_time, limit),
    )


def _by(night: Night, opened: Item, t_ms: int) -> Findable:
    """Give what the document was by a moment; people write the state, the console keeps the rest."""
    places = set(opened.data.get("linked", ())) if opened.t_ms <= t_ms else set()
    begun = set(opened.data.get("sections", ())) & set(KEPT_BY_CONSOLE) if opened.t_ms <= t_ms else set()
    places |= {str(item.data.get("to")) for item in _until(night.items("doc.linked"), opened, t_ms)}
    begun |= {item.about for item in _until(night.items("doc.edited"), opened, t_ms)}
    return Findable(frozenset(places & set(PLACES)), frozenset(begun))


def _until(items: Iterable[Item], opened: Item, t_ms: int) -> list[Item]:
    return [item for item in items if opened.t_ms <= item.t_ms <= t_ms]


def _further(night: Night, opened: Item, t_ms: int) -> tuple[int, ...]:
    linked = _until(night.items("doc.linked"), opened, t_ms)
    state = [item for item in _until(night.items("doc.edited"), opened, t_ms) if item.about == "state"]
    return tuple(item.n for item in [*linked, *state[:1]])


def _none(night: Night, major: Mark, asked_min: float) -> Judgement:
    limit = night.limit(
        asked_min, COMPOSE_FLOOR_S, major.t_ms, night.end_ms, human=night.is_held_by_human(WRITERS)
    )
    if night.is_too_fast(limit, major.t_ms):
        return not_tested("too fast for people", evidence=night.shown(major))
    for_min = night.minutes(major.t_ms, night.end_ms)
    return Judgement(
        level="missed",
        opportunities=1,
        evidence=night.shown(major),
        window=Window(major.t_ms, min(night.end_ms, major.t_ms + round(2 * limit.allowed_min * MIN_MS))),
        numbers={
            "limit_min": limit.asked_min,
            "allowed_min": round(limit.allowed_min, 1),
            "speed": round(limit.speed, 1),
            "opened_min": None,
            "linked": 0,
            "sections_begun": 0,
        },
        finding=f"no document for {duration(for_min)}",
        coaching=coach(
            "DOC-1",
            f"At {night.said(major.t_ms)}, {major.why}",
            f"The team had no place to look for {duration(for_min)}",
            "open the document when command is taken, and put its link in the ticket and on the channel",
        ),
    )


def _coaching(night: Night, major: Mark, level: Level, item: Item, in_time: Findable, limit: Limit) -> str:
    seen = f"At {night.said(major.t_ms)}, {major.why}"
    after = duration(max(0.0, night.minutes(major.t_ms, item.t_ms)))
    if level == "met":
        return coach("DOC-1", seen, f"The team had a document open within {after}, linked in both places")
    if item.t_ms > major.t_ms + limit.allowed_min * MIN_MS:
        return coach(
            "DOC-1",
            seen,
            f"The team had no place to look for {after}, against {limit.text()}",
            "open the document when command is taken, then write one line on the state",
        )
    missing = [place for place in PLACES if place not in in_time.places]
    if missing:
        return coach(
            "DOC-1",
            seen,
            f"The team opened a document in {after} that the {' and the '.join(missing)} did not point to",
            f"link it from the {' and the '.join(missing)} in the same minute",
        )
    return coach(
        "DOC-1",
        seen,
        f"The team opened a document in {after}, and its state stood empty",
        "write one line on the state as soon as the document is open",
    )
