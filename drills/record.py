"""The record: everything that happened in a drill, in order. Made by replay, never an input."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from drills.journal import Header, canonical, sha256

Origin = Literal["journal", "world", "director", "persona"]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happened.

    Args:
        n: index in the record, from 0; evidence points to it.
        origin: who says so; `journal` items carry the entry's `seq`.
        about: id of what it is about (a site, an alert, a ticket, a page), or "".
        sees: role ids that may see it; empty means no trainee.
        seat, person: who did it, for items from the journal; "" otherwise.
    """

    n: int
    t_ms: int
    origin: Origin
    seq: int | None
    kind: str
    about: str
    data: Mapping[str, Any]
    sees: tuple[str, ...]
    seat: str = ""
    person: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "t_ms": self.t_ms,
            "origin": self.origin,
            "seq": self.seq,
            "kind": self.kind,
            "about": self.about,
            "data": dict(self.data),
            "sees": list(self.sees),
            "seat": self.seat,
            "person": self.person,
        }


@dataclass(frozen=True)
class Stretch:
    """A time played at one speed; speed 0 is a pause, speed -1 a skip."""

    from_ms: int
    to_ms: int
    speed: float

    def as_json(self) -> dict[str, Any]:
        return {"from_ms": self.from_ms, "to_ms": self.to_ms, "speed": self.speed}


@dataclass(frozen=True)
class Seat:
    """A chair of the drill: its role, who sits in it, and whether that is a bot.

    Args:
        name: the person's name; kept out of the record's hash, since it can be erased.
    """

    id: str
    title: str
    person: str
    name: str
    bot: bool

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "title": self.title, "person": self.person, "bot": self.bot}


@dataclass(frozen=True)
class Record:
    """All items of a drill, with the world's metrics beside them as columns.

    Args:
        metrics: column name to list of numbers, a row a simulated minute.
        texts: bodies of free text by digest; not part of the hash.
        people: names by person id of those who took over a seat; not part of the hash.
        ended_ms: simulated time of the last moment played.
        end_reason: `stopped`, `story over`, or "" while it runs.
    """

    header: Header
    items: tuple[Item, ...]
    metrics: Mapping[str, list[float]]
    texts: Mapping[str, str]
    seats: tuple[Seat, ...]
    ended_ms: int
    end_reason: str
    speeds: tuple[Stretch, ...]
    team: str
    journal_sha256: str
    people: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Give the record as JSON, without names and free text."""
        return {
            "drill": self.header.drill,
            "scenario_sha256": self.header.scenario_sha256,
            "seed": self.header.seed,
            "engine_version": self.header.engine_version,
            "team": self.team,
            "seats": [seat.as_json() for seat in self.seats],
            "items": [item.as_json() for item in self.items],
            "metrics": {name: list(values) for name, values in self.metrics.items()},
            "ended_ms": self.ended_ms,
            "end_reason": self.end_reason,
            "speeds": [stretch.as_json() for stretch in self.speeds],
            "journal_sha256": self.journal_sha256,
        }

    def sha256(self) -> str:
        """Give the hash of the record's canonical JSON."""
        return sha256(canonical(self.as_json()))

    def sealed(self) -> bytes:
        """Give the record as compressed JSON with its hash and texts; same record, same bytes."""
        body = {**self.as_json(), "record_sha256": self.sha256(), "texts": dict(self.texts)}
        return gzip.compress(json.dumps(body, sort_keys=True).encode(), mtime=0)

    def text(self, item: Item, key: str = "text") -> str:
        """Give the free text of an item, or a note that it was removed."""
        value = item.data.get(key, "")
        if isinstance(value, Mapping):
            return self.texts.get(str(value.get("text", "")), "[removed]")
        return str(value)

    def actor(self, item: Item) -> str:
        """Give the name of who did something: the relief where one had the seat, else its holder."""
        return self.people.get(item.person) or self.name(item.seat)

    def name(self, seat: str) -> str:
        """Give the name of who sits in a seat, else the seat's id."""
        return next(
            (chair.name for chair in self.seats if chair.id == seat and chair.name), seat.replace("_", " ")
        )
