"""The journal: append-only list of what people, bots and the clock did. The only truth of a drill.

Each entry carries the hash of the one before it, so that a changed, removed or inserted entry shows.
The wall time of an entry is a note beside it and is in no hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TextIO

from drills.errors import JournalBroken

FORMAT = "stormdrill-journal/1"
ENGINE_VERSION = "1"


def canonical(value: Any) -> bytes:
    """Give the one byte form of a JSON value: sorted keys, no spaces, no NaN, UTF-8."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def sha256(data: bytes) -> str:
    """Give the hexadecimal SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class Header:
    """First line of a journal: the whole scenario and what else a replay needs.

    Args:
        scenario: the scenario's full text, so that a later edit of the file changes no drill.
        started_wall: wall time as UTC text; in no hash.
    """

    drill: str
    scenario: str
    seed: int
    started_wall: str = ""
    engine_version: str = ENGINE_VERSION
    format: str = FORMAT

    @property
    def scenario_sha256(self) -> str:
        return sha256(self.scenario.encode())

    def as_json(self) -> dict[str, Any]:
        return {
            "format": self.format,
            "drill": self.drill,
            "scenario": self.scenario,
            "scenario_sha256": self.scenario_sha256,
            "seed": self.seed,
            "engine_version": self.engine_version,
            "started_wall": self.started_wall,
        }

    def root(self) -> str:
        """Give the hash that the first entry is chained to."""
        body = self.as_json()
        del body["started_wall"]
        return sha256(canonical(body))


@dataclass(frozen=True)
class Entry:
    """One deed.

    Args:
        seq: 1, 2, 3, ... without gap.
        t_ms: simulated milliseconds since the start, whole seconds; never goes back.
        seat: role id of the seat that acted, or `clock`.
        person: random id of who sat there.
        kind: noun and past verb, such as `update.sent`.
        data: structured facts; free text stands here only as the digest of a body kept beside the journal.
        command_id: the sender's own id of the command; the same id twice is one deed.
    """

    seq: int
    t_ms: int
    seat: str
    person: str
    kind: str
    data: Mapping[str, Any]
    command_id: str
    prev: str
    hash: str
    wall: str = field(default="", compare=False)

    def as_json(self) -> dict[str, Any]:
        return {**self._hashed(), "hash": self.hash, "wall": self.wall}

    def _hashed(self) -> dict[str, Any]:
        return {
            "seq": self.seq,
            "t_ms": self.t_ms,
            "seat": self.seat,
            "person": self.person,
            "kind": self.kind,
            "data": dict(self.data),
            "command_id": self.command_id,
            "prev": self.prev,
        }

    def expected_hash(self) -> str:
        return sha256(canonical(self._hashed()))


@dataclass(frozen=True)
class Draft:
    """An entry before it has a place in the chain."""

    t_ms: int
    seat: str
    person: str
    kind: str
    data: Mapping[str, Any]
    command_id: str
    wall: str = ""


def chain(draft: Draft, *, seq: int, prev: str) -> Entry:
    """Give a draft its place: number, link and hash."""
    entry = Entry(
        seq=seq,
        t_ms=draft.t_ms,
        seat=draft.seat,
        person=draft.person,
        kind=draft.kind,
        data=draft.data,
        command_id=draft.command_id,
        prev=prev,
        hash="",
        wall=draft.wall,
    )
    return Entry(**{**entry.__dict__, "hash": entry.expected_hash()})


@dataclass
class Journal:
    """A header and its entries, in order.

    Args:
        texts: bodies of free text by digest; beside the chain, so that they can be erased.
    """

    header: Header
    entries: list[Entry] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def head(self) -> str:
        return self.entries[-1].hash if self.entries else self.header.root()

    def append(self, draft: Draft) -> Entry:
        """Add a draft at the end and give the entry it became."""
        if self.entries and draft.t_ms < self.entries[-1].t_ms:
            raise JournalBroken(len(self.entries) + 1, f"t_ms(={draft.t_ms}) is before the entry before it")
        entry = chain(draft, seq=len(self.entries) + 1, prev=self.head)
        self.entries.append(entry)
        return entry

    def sha256(self) -> str:
        """Give one hash over the header's root and the hashes of all entries."""
        return sha256("\n".join([self.header.root(), *(entry.hash for entry in self.entries)]).encode())

    def write(self, out: TextIO) -> None:
        """Write the journal as JSON lines: the header, then an entry a line."""
        lines = (self.header.as_json(), *(entry.as_json() for entry in self.entries))
        out.writelines(json.dumps(line, sort_keys=True, ensure_ascii=False) + "\n" for line in lines)


def check_chain(header: Header, entries: Iterable[Entry]) -> None:
    """Raise `JournalBroken` at the first entry that does not follow from the one before it."""
    prev, last_ms = header.root(), None
    for expected_seq, entry in enumerate(entries, start=1):
        if entry.seq != expected_seq:
            raise JournalBroken(
                entry.seq, f"expected number {expected_seq}: an entry is missing, doubled or moved"
            )
        if entry.prev != prev:
            raise JournalBroken(entry.seq, "prev is not the hash of the entry before it")
        if entry.hash != entry.expected_hash():
            raise JournalBroken(entry.seq, "the hash does not fit what the entry says")
        if last_ms is not None and entry.t_ms < last_ms:
            raise JournalBroken(entry.seq, "its time is before the entry before it")
        prev, last_ms = entry.hash, entry.t_ms


def read(lines: Iterable[str]) -> Journal:
    """Read a journal from JSON lines and check its chain.

    Raises:
        JournalBroken: naming the first line that is wrong and why.
    """
    rows = _rows(lines)
    header = _header(next(rows, None))
    entries = [_entry(number, row) for number, row in enumerate(rows, start=1)]
    check_chain(header, entries)
    return Journal(header, entries)


def _rows(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise JournalBroken(number, f"is not JSON: {error}") from None
        if not isinstance(row, dict):
            raise JournalBroken(number, "is not an object")
        yield row


def _header(row: dict[str, Any] | None) -> Header:
    if row is None:
        raise JournalBroken(0, "the file is empty")
    if row.get("format") != FORMAT:
        raise JournalBroken(0, f"format is {row.get('format')!r}, expected {FORMAT!r}")
    if row.get("engine_version") != ENGINE_VERSION:
        raise JournalBroken(
            0,
            f"engine_version is {row.get('engine_version')!r}, "
            f"this Stormdrill plays version {ENGINE_VERSION!r}",
        )
    try:
        header = Header(
            str(row["drill"]), str(row["scenario"]), int(row["seed"]), str(row.get("started_wall", ""))
        )
    except (KeyError, TypeError, ValueError) as error:
        raise JournalBroken(0, f"the header lacks or garbles {error}") from None
    if row.get("scenario_sha256") != header.scenario_sha256:
        raise JournalBroken(0, "scenario_sha256 does not fit the scenario's text")
    return header


_FIELDS: dict[str, type] = {
    "seq": int,
    "t_ms": int,
    "seat": str,
    "person": str,
    "kind": str,
    "data": dict,
    "command_id": str,
    "prev": str,
    "hash": str,
}


def _entry(number: int, row: dict[str, Any]) -> Entry:
    for name, wanted in _FIELDS.items():
        value = row.get(name)
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise JournalBroken(number, f"{name} is {value!r}, expected {wanted.__name__}")
    return Entry(**{name: row[name] for name in _FIELDS}, wall=str(row.get("wall", "")))
