"""D7, handoff and people: live, complete, said aloud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from drills.record import Item
from scoring.levels import Judgement, Level, Window, mean_level, not_tested
from scoring.practices.registry import practice
from scoring.practices.relief import KEY_ROLES, is_due
from scoring.practices.talks import Talk, talks
from scoring.practices.terms import Change, Term, changes, did_by, terms
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.timing import CLICK_FLOOR_S, COMPOSE_FLOOR_S, MIN_MS, Limit, number

LED_ROLES: Mapping[str, str] = {**KEY_ROLES, "communications": "communication"}
LIVE = ("voice", "video")
SHORTEST_MIN = 5.0
BEFORE_MS, AFTER_MS = 30 * MIN_MS, 30 * MIN_MS
ONE_HANDOFF_MS = 60 * MIN_MS
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
ANNOUNCED_MIN, TABLE_MIN = 5.0, 15.0


def _changed(night: Night, roles: Mapping[str, str]) -> list[Change]:
    found = [change for role in roles for change in changes(night, role)]
    return sorted(found, key=lambda change: change.t_ms)


def _never(night: Night, found: Sequence[Change]) -> list[str]:
    """Give the key roles that had to change hands and never did."""
    hard_ms = night.setting.people.duty.hard_ms or 0
    done = {change.role for change in found if change.t_ms <= hard_ms}
    return [role for role in KEY_ROLES if role not in done and is_due(night, role)]


def _misses(count: int) -> list[Level]:
    return ["missed"] * count


def _taken(term: Term) -> tuple[int, ...]:
    return term.taken[:1]


def _due_evidence(night: Night) -> tuple[int, ...]:
    """Give what called for a handoff that never came: the beginning of the incident."""
    onset = night.moments.onset
    return (onset.n,) if onset else ()


# --- HND-2


@dataclass(frozen=True)
class Live:
    """How one change of hands was done, with the call in which it was."""

    change: Change
    talk: Talk | None
    note: int | None
    level: Level
    lacks: str = ""


@practice("HND-2")
def handed_off_live(night: Night) -> Judgement:
    """Handed off live, face to face (video or voice).

    Called for by: each change of hands of command or the technical lead after the major trigger that lasts
        15 min; and each of these roles that was due to change (the incident outlasted the hard limit).
    Met: a call by video or voice begins before the change, not more than 30 min before, with both sides and
        all who take over in it; it lasts 5 min and is noted, in a note or in the handoff's sections. By
        voice, more than the two of them are in it.
    Partly: a call short of one of these, by phone, or live within 30 min after the change.
    Missed: a line of text, nothing, or a change that was due and never made.
    Cannot see: who listened; what was said beyond the notes.
    Source: the article's "Zoom video meeting with the new team she's handing off to"; SRE book, live handoff.
    """
    found = _changed(night, KEY_ROLES)
    never = _never(night, found)
    if not found and not never:
        return not_tested("no trigger", finding="No key role changed hands, and none had to.")
    judged = [_live(night, change, found) for change in found]
    level = mean_level([*(one.level for one in judged), *_misses(len(never))])
    evidence = [n for one in judged for n in _live_evidence(one)] + list(
        _due_evidence(night) if never else ()
    )
    met = sum(one.level == "met" for one in judged)
    of = len(judged) + len(never)
    return Judgement(
        level=level,
        opportunities=of,
        evidence=tuple(dict.fromkeys(evidence)),
        window=_window(night, found, never),
        numbers={
            "handoffs": of,
            "live": met,
            "never_made": len(never),
            "shortest_min": SHORTEST_MIN,
            "before_min": BEFORE_MS // MIN_MS,
        },
        finding=f"{met} of {of} handoffs live, by video or voice",
        coaching=_live_coaching(night, level, judged, never),
    )


def _live(night: Night, change: Change, all_changes: Sequence[Change]) -> Live:
    options = [_in_call(night, change, talk, all_changes) for talk in talks(night)]
    ranked = [one for one in options if one is not None]
    order = ("met", "partly", "missed")
    return min(
        ranked,
        key=lambda one: order.index(one.level),
        default=Live(change, None, None, "missed", "was passed on without a call"),
    )


def _in_call(night: Night, change: Change, talk: Talk, all_changes: Sequence[Change]) -> Live | None:
    """Judge a change by one call, or None when the call was not about it."""
    if not talk.has(*_names(change.before)) or not talk.has(*_names(change.after)):
        return None
    if not -BEFORE_MS <= talk.from_ms - change.t_ms <= AFTER_MS:
        return None
    note = _note(night, talk)
    lacks = _lacks(change, talk, all_changes, is_noted=note is not None)
    return Live(change, talk, note, "partly" if lacks else "met", lacks)


def _names(term: Term) -> tuple[str, ...]:
    """Give the names by which a call knows somebody: the person of the rota, else the seat."""
    return (term.rota,) if term.rota else (term.seat,)


def _lacks(change: Change, talk: Talk, all_changes: Sequence[Change], *, is_noted: bool) -> str:
    together = [one for one in all_changes if abs(one.t_ms - change.t_ms) <= ONE_HANDOFF_MS]
    if talk.from_ms > change.t_ms:
        return "was passed on before the call"
    if talk.medium not in LIVE:
        return "was passed on by phone"
    if talk.minutes < SHORTEST_MIN:
        return f"was passed on in a call of {number(talk.minutes)} min"
    if not all(talk.has(*_names(one.after)) for one in together):
        return "was passed on without all who take over"
    if talk.medium == "voice" and len(talk.sides) <= len({"before", "after"}):
        return "was passed on by voice between two"
    return "" if is_noted else "was passed on in a call that nobody noted"


def _note(night: Night, talk: Talk) -> int | None:
    """Give the item that noted a call: its note, or a section of the handoff written around it."""
    item = night.first(
        "call.noted",
        "handoff.written",
        where=lambda item: (
            (item.kind == "call.noted" and item.about == talk.id and _says(item))
            or (
                item.kind == "handoff.written"
                and _says(item)
                and item.t_ms - talk.from_ms >= -BEFORE_MS
                and item.t_ms <= talk.to_ms + AFTER_MS
            )
        ),
    )
    return item.n if item else None


def _says(item: Item) -> bool:
    return bool(item.data.get("claims")) or bool(item.data.get("text"))


def _live_evidence(one: Live) -> tuple[int, ...]:
    talk = (one.talk.opened.n,) if one.talk else ()
    return (*talk, *((one.note,) if one.note is not None else ()), *_taken(one.change.after))


def _window(night: Night, found: Sequence[Change], never: Sequence[str]) -> Window:
    duty = night.setting.people.duty
    times = [change.t_ms for change in found]
    if never and duty.hard_ms is not None:
        times += [duty.soft_ms if duty.soft_ms is not None else duty.hard_ms, duty.hard_ms]
    return Window(min(times), max(times))


def _live_coaching(night: Night, level: Level, judged: Sequence[Live], never: Sequence[str]) -> str:
    move = "meet by video before the change, both teams in it, and keep one line of what was agreed"
    if level == "met":
        seen = f"At {night.said(judged[0].change.t_ms)}, {LED_ROLES[judged[0].change.role]} changed hands"
        return coach("HND-2", seen, "The team handed over live, both sides in one call")
    if never:
        return coach("HND-2", _due_seen(night), f"The team never handed {LED_ROLES[never[0]]} over", move)
    worst = min(judged, key=lambda one: ("missed", "partly", "met").index(one.level))
    role = LED_ROLES[worst.change.role]
    seen = f"At {night.said(worst.change.t_ms)}, {role} changed hands"
    return coach("HND-2", seen, f"The team's handoff was not whole: {role} {worst.lacks}", move)


def _due_seen(night: Night) -> str:
    hard_ms = night.setting.people.duty.hard_ms or night.end_ms
    return f"At {night.said(hard_ms)}, the incident had outlasted the longest shift"


# --- HND-3


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
    found = _changed(night, KEY_ROLES)
    clusters = _together(found)
    is_lacking = bool(_never(night, found)) and not clusters
    if not clusters and not is_lacking:
        return not_tested("no trigger", finding="No key role changed hands, and none had to.")
    told = [_told(night, cluster) for cluster in clusters]
    levels = [_told_level(night, one) for one in told]
    level = mean_level([*levels, *_misses(is_lacking)])
    evidence = [
        n
        for cluster, one in zip(clusters, told, strict=True)
        for n in (
            *(n for change in cluster for n in _taken(change.after)),
            *one.written,
            *((one.read_back.n,) if one.read_back else ()),
        )
    ]
    worst = min(told, key=lambda one: (len(one.parts), one.share), default=None)
    return Judgement(
        level=level,
        opportunities=len(told) + is_lacking,
        evidence=tuple(dict.fromkeys([*evidence, *(_due_evidence(night) if is_lacking else ())])),
        window=_window(night, found, _never(night, found) if is_lacking else ()),
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
    to_ms = last_ms + round(limit.allowed_min * MIN_MS)
    written = [
        item
        for item in night.items("handoff.written")
        if first_ms - WRITTEN_BEFORE_MS <= item.t_ms <= to_ms and _says(item)
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
        return coach("HND-3", _due_seen(night), "The team never handed its knowledge over", move)
    seen = f"At {night.said(worst.from_ms)}, a new team took over"
    if level == "met":
        return coach("HND-3", seen, "The team told all five parts, and they were said back right")
    if worst.lacking:
        return coach("HND-3", seen, f"The team's handoff did not have {worst.lacking[0]}", move)
    did = f"The team had {worst.right} of {worst.of} answers right in the read-back"
    return coach("HND-3", seen, did, "mend each wrong answer in the call, before the change")


# --- HND-4


@dataclass(frozen=True)
class Said:
    """How one change of holder was said: aloud, confirmed, and in the table of roles."""

    role: str
    term: Term
    limit: Limit
    aloud: int | None
    confirmed: int | None
    table: int | None

    @property
    def level(self) -> Level:
        """Met with all three; nothing without the first."""
        if self.aloud is None:
            return "missed"
        return "met" if self.confirmed is not None and self.table is not None else "partly"

    @property
    def items(self) -> tuple[int, ...]:
        """What shows it."""
        shown = (*self.term.taken[:1], self.aloud, self.confirmed, self.table)
        return tuple(dict.fromkeys(n for n in shown if n is not None))


@practice("HND-4")
def said_aloud(night: Night) -> Judgement:
    """Said aloud: who leads now, who does what.

    Called for by: each change of holder of command, the technical lead or communication after the major
        trigger that lasts 15 min; the first taking of command counts as one when no holder changes later; a
        handoff that was due and never made counts as one, missed.
    Met: within 5 min it is said on the channel who holds the role now and the new holder confirms (taking it
        oneself does), and within 15 min the table of roles shows it: the document is open, whose roles the
        console keeps, or somebody writes it there or in an update.
    Partly: said aloud, without one of the others.
    Missed: not said aloud. Several changes are averaged.
    Cannot see: what was said by voice alone.
    Source: the article's "everything runs efficiently with clear responsibilities"; PagerDuty, handing over
        command.
    """
    found = _changed(night, LED_ROLES)
    never = _never(night, found)
    calls_for = [(change.role, change.after) for change in found]
    if not found and not never:
        calls_for = _first_taking(night)
    if not calls_for and not never:
        return not_tested("no trigger", finding="No role changed hands, and none had to.")
    said = [_said(night, role, term) for role, term in calls_for]
    level = mean_level([*(one.level for one in said), *_misses(len(never))])
    met = sum(one.level == "met" for one in said)
    of = len(said) + len(never)
    evidence = [n for one in said for n in one.items] + list(_due_evidence(night) if never else ())
    times = [term.from_ms for _, term in calls_for]
    window = _window(night, found, never) if found or never else Window(min(times), max(times))
    widest = max((one.limit for one in said), key=lambda limit: limit.allowed_min, default=_asked())
    return Judgement(
        level=level,
        opportunities=of,
        evidence=tuple(dict.fromkeys(evidence)),
        window=window,
        numbers={
            "changes": of,
            "said": met,
            "never_made": len(never),
            "limit_min": widest.asked_min,
            "allowed_min": round(widest.allowed_min, 1),
            "speed": round(widest.speed, 1),
            "table_min": TABLE_MIN,
        },
        finding=f"{met} of {of} changes said aloud, confirmed and in the table of roles",
        coaching=_said_coaching(night, level, said, never),
    )


def _asked() -> Limit:
    return Limit(ANNOUNCED_MIN, ANNOUNCED_MIN)


def _first_taking(night: Night) -> list[tuple[str, Term]]:
    major = night.moments.major
    first = next(iter(terms(night, "commander")), None)
    if major is None or first is None or first.from_ms < major.t_ms:
        return []
    return [("commander", first)]


def _said(night: Night, role: str, term: Term) -> Said:
    human = night.is_human([term.seat])
    asked_ms = term.from_ms + round(ANNOUNCED_MIN * MIN_MS)
    limit = night.limit(ANNOUNCED_MIN, CLICK_FLOOR_S, term.from_ms, asked_ms, human=human)
    table = night.limit(TABLE_MIN, COMPOSE_FLOOR_S, term.from_ms, asked_ms, human=human)
    due_ms = term.from_ms + round(limit.allowed_min * MIN_MS)
    return Said(
        role=role,
        term=term,
        limit=limit,
        aloud=_aloud(night, role, term, due_ms),
        confirmed=_confirmed(night, role, term, due_ms),
        table=_table(night, term, term.from_ms + round(table.allowed_min * MIN_MS)),
    )


def _aloud(night: Night, role: str, term: Term, due_ms: int) -> int | None:
    """Give the item that said who holds the role: the taking, an announcement, or words that claim it."""
    early_ms = term.from_ms - round(ANNOUNCED_MIN * MIN_MS)

    def says_so(item: Item) -> bool:
        if item.n in term.taken:
            return bool(item.data.get("announced")) and item.t_ms <= due_ms
        if not early_ms <= item.t_ms <= due_ms:
            return False
        if item.kind == "role.announced":
            return item.about == role and str(item.data.get("holder", "")) in (*_names(term), term.seat)
        return item.kind in ("message.sent", "update.sent") and role == "commander" and _claims_lead(item)

    item = night.first(
        "role.assumed", "role.handed_off", "role.announced", "message.sent", "update.sent", where=says_so
    )
    return item.n if item else None


def _claims_lead(item: Item) -> bool:
    return any(claim.get("property") == "lead" for claim in item.data.get("claims", ()))


def _confirmed(night: Night, role: str, term: Term, due_ms: int) -> int | None:
    """Give the item by which the new holder confirmed; taking a role oneself confirms it."""
    if not term.rota and term.taken:
        return term.taken[0]
    item = night.first(
        "role.confirmed",
        "handoff.accepted",
        where=lambda item: (
            item.about == role
            and term.from_ms - ONE_HANDOFF_MS <= item.t_ms <= due_ms
            and (item.kind == "handoff.accepted" or did_by(item, term.person))
            and item.data.get("who", term.rota) == term.rota
        ),
    )
    return item.n if item else None


def _table(night: Night, term: Term, due_ms: int) -> int | None:
    """Give the item by which the table of roles shows the new holder."""
    opened = night.first("doc.opened", where=lambda item: item.t_ms <= due_ms)
    if opened is not None:
        return opened.n
    item = night.first(
        "doc.edited",
        "update.sent",
        where=lambda item: (
            term.from_ms <= item.t_ms <= due_ms and (item.about == "roles" or _claims_lead(item))
        ),
    )
    return item.n if item else None


def _said_coaching(night: Night, level: Level, said: Sequence[Said], never: Sequence[str]) -> str:
    move = "say in one line on the channel who leads from now, let that person confirm, and write it down"
    if never and level != "met":
        return coach("HND-4", _due_seen(night), f"The team never handed {LED_ROLES[never[0]]} over", move)
    worst = min(said, key=lambda one: ("missed", "partly", "met").index(one.level))
    seen = f"At {night.said(worst.term.from_ms)}, {LED_ROLES[worst.role]} came into other hands"
    if level == "met":
        return coach("HND-4", seen, "The team said aloud who leads, and it was confirmed")
    if worst.aloud is None:
        return coach("HND-4", seen, "The team did not say on the channel who leads from then", move)
    if worst.confirmed is None:
        return coach(
            "HND-4", seen, "The team said who leads, and nothing came back from the new holder", move
        )
    return coach("HND-4", seen, "The team said who leads, and no table of roles showed it", move)
