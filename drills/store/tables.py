"""The tables of the store."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

meta = Table(
    "meta", metadata, Column("name", String, primary_key=True), Column("value", String, nullable=False)
)

drill = Table(
    "drill",
    metadata,
    Column("id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("scenario_id", String, nullable=False),
    Column("header", Text, nullable=False),
    Column("team", String, nullable=False),
    Column("state", String, nullable=False),
    Column("clock_ms", Integer, nullable=False),
    Column("speed", Float, nullable=False),
    Column("head_seq", Integer, nullable=False),
    Column("head_hash", String, nullable=False),
    Column("started_wall", String, nullable=False),
    Column("ended_wall", String, nullable=False, default=""),
    Column("sealed", LargeBinary, nullable=True),
    Column("record_sha256", String, nullable=False, default=""),
)

journal = Table(
    "journal",
    metadata,
    Column("drill_id", String, ForeignKey("drill.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("t_ms", Integer, nullable=False),
    Column("seat", String, nullable=False),
    Column("person", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("data", Text, nullable=False),
    Column("command_id", String, nullable=False),
    Column("prev", String, nullable=False),
    Column("hash", String, nullable=False),
    Column("wall", String, nullable=False),
    UniqueConstraint("drill_id", "command_id"),
)

text_body = Table(
    "text_body",
    metadata,
    Column("drill_id", String, ForeignKey("drill.id"), primary_key=True),
    Column("digest", String, primary_key=True),
    Column("salt", String, nullable=False),
    Column("body", Text, nullable=False),
)

seat = Table(
    "seat",
    metadata,
    Column("drill_id", String, ForeignKey("drill.id"), primary_key=True),
    Column("seat", String, primary_key=True),
    Column("person", String, nullable=False),
    Column("name", String, nullable=False),
    Column("bot", Boolean, nullable=False),
    Column("token_sha256", String, nullable=False, default=""),
)

door = Table(
    "door",
    metadata,
    Column("drill_id", String, ForeignKey("drill.id"), primary_key=True),
    Column("code", String, nullable=False, unique=True),
    Column("is_open", Boolean, nullable=False),
)

member = Table(
    "member",
    metadata,
    Column("drill_id", String, ForeignKey("drill.id"), primary_key=True),
    Column("person", String, primary_key=True),
    Column("seat", String, nullable=False),
    Column("name", String, nullable=False),
    Column("token_sha256", String, nullable=False),
    Column("ticket_sha256", String, nullable=False, default=""),
    Column("has_left", Boolean, nullable=False, default=False),
)

_BEHIND_HEAD = "WHEN NEW.seq <> (SELECT head_seq + 1 FROM drill WHERE id = NEW.drill_id)"
_REFUSE = "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
APPEND_ONLY = (
    f"CREATE TRIGGER IF NOT EXISTS journal_keeps BEFORE UPDATE ON journal {_REFUSE}",
    f"CREATE TRIGGER IF NOT EXISTS journal_stays BEFORE DELETE ON journal {_REFUSE}",
    f"CREATE TRIGGER IF NOT EXISTS journal_follows BEFORE INSERT ON journal {_BEHIND_HEAD} {_REFUSE}",
)
