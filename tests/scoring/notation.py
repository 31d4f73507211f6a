"""A drill in a few lines of text, so that a domain person can read a fixture without code.

One line an item: minute, who, kind, what it is about, facts, and claims behind a bar::

    12   world          site.ejected dc2
    20   commander      role.assumed commander announced
    38   commander      update.sent major next_update_min=30 | larder state degraded; larder lead commander

`who` is a seat (`commander/ariana` names the person), or world, director, persona. A fact is `name=value`, a
bare word is a fact that is true, commas make a list. In a claim the words after subject and property are its
value, `~` before the subject marks it as believed. Lines that begin with `#` are notes. After a seat has
handed its role off (`commander role.handed_off commander to=hana`), its lines are the relief's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from drills.acts import KINDS
from drills.journal import Header
from drills.persons import person_id
from drills.record import Item, Record, Seat, Stretch
from scoring.setting import ListName, Setting, SiteName, Thresholds

MIN_MS = 60_000
ORIGINS = ("world", "director", "persona")
SITES = (
    SiteName("dc1", "DC1"),
    SiteName("dc2", "DC2"),
    SiteName("dc3", "DC3"),
    SiteName("s0", "S0", standby=True),
)
LISTS = (ListName("major", "LARDER-MAJOR", ("boss", "desk")), ListName("friends", "FRIENDS", ("depot",)))
LIST_FACTS = ("linked", "sections", "tags", "tried", "found", "present", "links", "gaps", "wrong", "sends")
SEED = 1
SETTING = Setting(
    id="small-night",
    title="Small night",
    service="Larder",
    sites=SITES,
    lists=LISTS,
    required=("boss", "desk"),
    thresholds=Thresholds(stage_min=70, restore_min=360),
)


def record(
    text: str,
    *,
    end: float = 400.0,
    people: Sequence[str] = (),
    speed: float | None = None,
    stretches: Iterable[tuple[float, float, float]] = (),
    seats: Mapping[str, str] | None = None,
    metrics: Mapping[str, list[float]] | None = None,
) -> Record:
    """Make a record from the notation.

    Args:
        end: minute at which the drill ends; what comes later is left out.
        people: seats in which a human sits; all others are bots.
        speed: one speed for the whole drill.
        stretches: (from minute, to minute, speed) instead.
        seats: title of each seat; the seats that act otherwise.
    """
    items = [item for item in _items(text) if item.t_ms <= end * MIN_MS]
    used = dict.fromkeys(item.seat for item in items if item.seat)
    titles = (
        seats
        if seats is not None
        else {seat: seat.replace("_", " ").capitalize() for seat in [*used, *people]}
    )
    played = list(stretches) or ([(0.0, end, speed)] if speed else [])
    return Record(
        header=Header(drill="test", scenario="format: test", seed=SEED),
        items=tuple(items),
        metrics=metrics or {},
        texts={},
        seats=tuple(
            Seat(seat, title, f"person-{seat}", f"Name Of {title}", seat not in people)
            for seat, title in titles.items()
        ),
        ended_ms=round(end * MIN_MS),
        end_reason="story over",
        speeds=tuple(Stretch(round(a * MIN_MS), round(b * MIN_MS), v) for a, b, v in played),
        team="test",
        journal_sha256="0" * 64,
    )


def without(given: Record, n: int) -> Record:
    """Give the record as if an item had never been: the rest renumbered."""
    return _with(given, [item for item in given.items if item.n != n])


def undone(given: Record, n: int) -> Record:
    """Give the record as if the team had not done something: a seat not handed over stays whose it is."""
    gone = next(item for item in given.items if item.n == n)
    if gone.kind != "role.handed_off":
        return without(given, n)
    relief = person_id(SEED, str(gone.data.get("to", "")))
    kept = [
        replace(item, person=f"person-{item.seat}") if item.person == relief else item
        for item in given.items
        if item.n != n
    ]
    return _with(given, _relieved(kept))


def renamed(given: Record, names: Mapping[str, str]) -> Record:
    """Give the record with other people in it, seats as they were."""
    return _with(given, list(given.items), people=names)


def _with(given: Record, items: Sequence[Item], people: Mapping[str, str] | None = None) -> Record:
    names = people or {}
    fresh = tuple(
        replace(item, n=n, person=names.get(item.person, item.person)) for n, item in enumerate(items)
    )
    seats = tuple(
        replace(seat, person=names.get(seat.person, seat.person), name=names.get(seat.name, seat.name))
        for seat in given.seats
    )
    return replace(given, items=fresh, seats=seats)


def _items(text: str) -> list[Item]:
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    rows = sorted((_parse(line) for line in lines), key=lambda row: row[0])
    return _relieved([_item(n, *row) for n, row in enumerate(rows)])


def _relieved(items: Sequence[Item]) -> list[Item]:
    """Give the items with the relief in the seats that were handed over, as a drill does."""
    reliefs: dict[str, str] = {}
    found = []
    for item in items:
        is_seated = item.person == f"person-{item.seat}"
        found.append(replace(item, person=reliefs.get(item.seat, item.person)) if is_seated else item)
        if item.kind == "role.handed_off":
            reliefs[item.seat] = person_id(SEED, str(item.data.get("to", "")))
    return found


def _parse(line: str) -> tuple[float, str, str, list[str], list[dict[str, str]]]:
    head, _, tail = line.partition("|")
    minute, who, kind, *words = head.split()
    claims = [_claim(part) for part in tail.split(";") if part.strip()]
    return float(minute), who, kind, words, claims


def _claim(text: str) -> dict[str, str]:
    subject, name, *value = text.split()
    certainty = "believed" if subject.startswith("~") else "known"
    return {
        "subject": subject.removeprefix("~"),
        "property": name,
        "value": " ".join(value),
        "certainty": certainty,
    }


def _item(n: int, minute: float, who: str, kind: str, words: list[str], claims: list[dict[str, str]]) -> Item:
    seat, _, person = who.partition("/")
    is_world = seat in ORIGINS
    data: dict[str, Any] = {}
    about = ""
    for index, word in enumerate(words):
        name, equals, value = word.partition("=")
        if not equals and index == 0 and (is_world or (kind in KINDS and KINDS[kind].about)):
            about = word
            if not is_world:
                data[KINDS[kind].about] = word
        elif not equals:
            data[word] = True
        elif name in LIST_FACTS or (name == "to" and kind == "call.started"):
            data[name] = [part for part in value.split(",") if part]
        elif name.startswith("p."):
            data.setdefault("params", {})[name[2:]] = _value(value)
        else:
            data[name] = _value(value)
    if claims:
        data["claims"] = claims
    return Item(
        n=n,
        t_ms=round(minute * MIN_MS),
        origin=seat if is_world else "journal",  # type: ignore[arg-type]
        seq=None if is_world else n + 1,
        kind=kind,
        about=about,
        data=data,
        sees=(),
        seat="" if is_world else seat,
        person="" if is_world else person or f"person-{seat}",
    )


def _value(text: str) -> Any:
    if text in ("true", "false"):
        return text == "true"
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text
