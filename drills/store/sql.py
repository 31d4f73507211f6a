"""The store on SQLite (WAL, full sync, one writer) by SQLAlchemy."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from drills.errors import StoreFault
from drills.journal import Entry, Header, Journal
from drills.store import tables
from drills.store.doors import Doors
from drills.store.rows import SeatRow, digest_token
from drills.store.writer import Work, Writer

SCHEMA_VERSION = "1"
FILE_NAME = "stormdrill.sqlite3"


@dataclass(frozen=True)
class DrillRow:
    """A drill without its journal. `clock_ms` is the last simulated time that was saved while it ran."""

    id: str
    title: str
    scenario_id: str
    header: Header
    team: str
    state: str
    clock_ms: int
    speed: float
    head_seq: int
    head_hash: str
    started_wall: str
    ended_wall: str
    record_sha256: str


def open_store(data_dir: Path) -> Store:
    """Open, or make, the store in a folder.

    Raises:
        StoreFault: the folder cannot be made or written, or a newer version wrote it.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        data_dir.chmod(0o700)
    except OSError as error:
        raise StoreFault(f"{data_dir}: {error.strerror} (choose another folder with --data)") from None
    path = data_dir / FILE_NAME
    engine = _sqlite(path)
    try:
        _prepare(engine, path)
    except StoreFault:
        engine.dispose()
        raise
    return Store(engine, _sqlite(path, reader=True), path)


def _prepare(engine: Engine, path: Path) -> None:
    """Make what is missing and see that the file is one of ours."""
    try:
        with engine.begin() as connection:
            tables.metadata.create_all(connection)
            for statement in tables.APPEND_ONLY:
                connection.execute(text(statement))
            _check_version(connection, path)
    except DBAPIError as error:
        raise StoreFault(f"{path}: {error.orig} (is the disk full, or the folder read-only?)") from None


def _check_version(connection: Connection, path: Path) -> None:
    found = connection.execute(select(tables.meta.c.value).where(tables.meta.c.name == "schema")).scalar()
    if found is None:
        connection.execute(insert(tables.meta).values(name="schema", value=SCHEMA_VERSION))
    elif found != SCHEMA_VERSION:
        raise StoreFault(
            f"{path} has schema {found}, this Stormdrill knows {SCHEMA_VERSION} "
            "(use the version that wrote it)"
        )


def _sqlite(path: Path, *, reader: bool = False) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"check_same_thread": False, "timeout": 5.0})

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # so that BEGIN IMMEDIATE below is ours to send
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "busy_timeout=5000",
            "foreign_keys=ON",
            "trusted_schema=OFF",
            "recursive_triggers=ON",
            "wal_autocheckpoint=0" if reader else "wal_autocheckpoint=1000",
            "query_only=ON" if reader else "query_only=OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if reader else "BEGIN IMMEDIATE")

    return engine


class Store:
    """Journals, seats and texts of all drills in one database."""

    def __init__(self, engine: Engine, reader: Engine, path: Path) -> None:
        self.path = path
        self._engine = engine
        self._reader = reader
        self._writer = Writer(engine, str(path))
        self.doors = Doors(self._writer, reader)

    def close(self) -> None:
        """Finish all writes and let go of the file."""
        self._writer.close()
        self._reader.dispose()
        self._engine.dispose()

    # --- writing
    def create(self, row: DrillRow, seats: Sequence[SeatRow]) -> None:
        """Write a new drill and its seats."""
        values = {**row.__dict__, "header": json.dumps(row.header.as_json()), "sealed": None}

        def work(connection: Connection) -> None:
            connection.execute(insert(tables.drill).values(**values))
            connection.execute(insert(tables.seat), [seat.__dict__ for seat in seats])

        self._writer.submit(work).result()

    def append(
        self,
        drill_id: str,
        entries: Sequence[Entry],
        texts: dict[str, tuple[str, str]],
        clock_ms: int,
        *,
        also: Work | None = None,
    ) -> None:
        """Write entries behind the head, with texts {digest: (salt, body)}; then they are on disk.

        Args:
            also: done in the same transaction, before the entries; when it raises, nothing is written.
        """
        if not entries:
            return

        def work(connection: Connection) -> None:
            if also is not None:
                also(connection)
            if texts:
                known = _known_digests(connection, drill_id, texts)
                fresh = [
                    {"drill_id": drill_id, "digest": digest, "salt": salt, "body": body}
                    for digest, (salt, body) in texts.items()
                    if digest not in known
                ]
                if fresh:
                    connection.execute(insert(tables.text_body), fresh)
            for entry in entries:
                row = {
                    **entry.__dict__,
                    "drill_id": drill_id,
                    "data": json.dumps(dict(entry.data), sort_keys=True),
                }
                connection.execute(insert(tables.journal).values(**row))
                connection.execute(
                    update(tables.drill)
                    .where(tables.drill.c.id == drill_id)
                    .values(head_seq=entry.seq, head_hash=entry.hash, clock_ms=max(clock_ms, entry.t_ms))
                )

        try:
            self._writer.submit(work).result()
        finally:
            if also is not None:
                self.doors.holders.forget()

    def start(self, row: DrillRow) -> None:
        """Note that a drill which waited in its lobby runs from now on."""
        values = {"state": row.state, "started_wall": row.started_wall, "speed": row.speed}
        values["header"] = json.dumps(row.header.as_json())

        def work(connection: Connection) -> None:
            connection.execute(update(tables.drill).where(tables.drill.c.id == row.id).values(**values))

        self._writer.submit(work).result()

    def save_clock(self, drill_id: str, clock_ms: int, speed: float, state: str) -> None:
        """Note how far a drill has run; lost notes cost nothing but a repeated moment."""

        def work(connection: Connection) -> None:
            connection.execute(
                update(tables.drill)
                .where(tables.drill.c.id == drill_id)
                .values(clock_ms=clock_ms, speed=speed, state=state)
            )

        self._writer.submit(work).result()

    def seal(self, drill_id: str, sealed: bytes, record_sha256: str, ended_wall: str) -> None:
        """Keep the record of an ended drill as it was when it ended."""

        def work(connection: Connection) -> None:
            connection.execute(
                update(tables.drill)
                .where(tables.drill.c.id == drill_id)
                .values(sealed=sealed, record_sha256=record_sha256, ended_wall=ended_wall, state="ended")
            )

        self._writer.submit(work).result()

    # --- reading
    def drills(self) -> list[DrillRow]:
        """Give all drills, newest first."""
        with self._reader.connect() as connection:
            rows = connection.execute(
                select(tables.drill).order_by(tables.drill.c.started_wall.desc())
            ).mappings()
            return [_drill_row(dict(row)) for row in rows]

    def drill(self, drill_id: str) -> DrillRow | None:
        """Give one drill, or None."""
        query = select(tables.drill).where(tables.drill.c.id == drill_id)
        with self._reader.connect() as connection:
            row = connection.execute(query).mappings().first()
        return _drill_row(dict(row)) if row else None

    def journal(self, row: DrillRow) -> Journal:
        """Give a drill's journal with its texts, as stored and unchecked."""
        with self._reader.connect() as connection:
            rows = connection.execute(
                select(tables.journal)
                .where(tables.journal.c.drill_id == row.id)
                .order_by(tables.journal.c.seq)
            ).mappings()
            entries = [_entry(dict(entry)) for entry in rows]
            bodies = connection.execute(
                select(tables.text_body.c.digest, tables.text_body.c.body).where(
                    tables.text_body.c.drill_id == row.id
                )
            )
            texts = {str(row[0]): str(row[1]) for row in bodies}
        return Journal(row.header, entries, texts)

    def sealed(self, drill_id: str) -> bytes | None:
        """Give the sealed record of an ended drill."""
        with self._reader.connect() as connection:
            return connection.execute(
                select(tables.drill.c.sealed).where(tables.drill.c.id == drill_id)
            ).scalar()

    def seats(self, drill_id: str) -> list[SeatRow]:
        """Give the seats of a drill."""
        with self._reader.connect() as connection:
            rows = connection.execute(
                select(tables.seat).where(tables.seat.c.drill_id == drill_id)
            ).mappings()
            return [SeatRow(**dict(row)) for row in rows]

    def holder(self, token: str, drill_id: str) -> SeatRow | None:
        """Give the seat that a token opens in a drill, or None; a guest's is no seat of the cast."""
        key = (drill_id, digest_token(token))
        return self.doors.holders.recall(key, lambda: self._read_holder(token, drill_id))

    def _read_holder(self, token: str, drill_id: str) -> SeatRow | None:
        with self._reader.connect() as connection:
            row = (
                connection.execute(
                    select(tables.seat).where(
                        tables.seat.c.drill_id == drill_id, tables.seat.c.token_sha256 == digest_token(token)
                    )
                )
                .mappings()
                .first()
            )
        if row is not None:
            return SeatRow(**dict(row))
        guest = self.doors.guest(token, drill_id)
        return SeatRow(drill_id, guest.seat, guest.person, guest.name, False) if guest else None

    def secret(self, name: str) -> str:
        """Give a random secret that stays the same for this store; made on first use."""

        def work(connection: Connection) -> str:
            found = connection.execute(select(tables.meta.c.value).where(tables.meta.c.name == name)).scalar()
            if found is None:
                found = secrets.token_urlsafe(32)
                connection.execute(insert(tables.meta).values(name=name, value=found))
            return str(found)

        return str(self._writer.submit(work).result())

    def quick_check(self) -> str:
        """Give `ok`, or what SQLite says is wrong with the file."""
        with self._reader.connect() as connection:
            return str(connection.execute(text("PRAGMA integrity_check")).scalar())


def _known_digests(connection: Connection, drill_id: str, digests: Iterable[str]) -> set[str]:
    query = select(tables.text_body.c.digest).where(
        tables.text_body.c.drill_id == drill_id, tables.text_body.c.digest.in_(list(digests))
    )
    return {row[0] for row in connection.execute(query)}


def _drill_row(row: dict[str, Any]) -> DrillRow:
    header = json.loads(row.pop("header"))
    row.pop("sealed")
    kept = Header(
        header["drill"], header["scenario"], header["seed"], header["started_wall"], header["engine_version"]
    )
    return DrillRow(**{**row, "header": kept})


def _entry(row: dict[str, Any]) -> Entry:
    row.pop("drill_id")
    return Entry(**{**row, "data": json.loads(row["data"])})
