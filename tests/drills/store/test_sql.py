"""What the store acknowledged is on disk; what it refused left nothing."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from drills.errors import StoreFault
from drills.journal import Draft, Header, Journal, check_chain
from drills.store import DrillRow, SeatRow, Store, open_store


def a_drill(store: Store, drill_id: str = "d1") -> tuple[DrillRow, Journal]:
    header = Header(drill_id, "format: x\n", 7, "2026-11-23T00:00:00Z")
    row = DrillRow(
        drill_id, "A night", "night", header, "managed", "running", 0, 3.0, 0, header.root(), "w", "", ""
    )
    store.create(row, [SeatRow(drill_id, "tech_lead", "p1", "Ines", False, "ab")])
    return row, Journal(header)


def entry(journal: Journal, number: int) -> Draft:
    return Draft(number * 1000, "tech_lead", "p1", "look.taken", {"n": number}, f"c{number}", "w")


REPLACE = (
    "INSERT OR REPLACE INTO journal SELECT drill_id, seq, 0, seat, person, kind, data, command_id, prev, "
    "hash, wall FROM journal"
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path)


def test_entries_come_back_as_they_went_in(store: Store, tmp_path: Path) -> None:
    """A second process that opens the same folder reads the same journal and texts."""
    row, journal = a_drill(store)
    for number in range(5):
        added = journal.append(entry(journal, number))
        store.append("d1", [added], {f"digest{number}": ("salt", f"body {number}")}, added.t_ms)
    store.close()
    again = open_store(tmp_path)
    (found,) = again.drills()
    assert (found.head_seq, found.head_hash, found.clock_ms) == (5, journal.head, 4000)
    read = again.journal(found)
    check_chain(read.header, read.entries)
    assert read.entries == journal.entries
    assert read.texts["digest3"] == "body 3"
    assert found.header == row.header
    again.close()


def test_a_command_id_is_used_once(store: Store) -> None:
    """The same command id a second time is refused by the database itself."""
    _, journal = a_drill(store)
    store.append("d1", [journal.append(entry(journal, 1))], {}, 0)
    twice = Draft(2000, "tech_lead", "p1", "look.taken", {}, "c1")
    with pytest.raises(StoreFault):
        store.append("d1", [journal.append(twice)], {}, 0)
    (row,) = store.drills()
    assert row.head_seq == 1
    store.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET t_ms = 0",
        "DELETE FROM journal",
        REPLACE,
    ],
)
def test_the_journal_is_append_only(store: Store, tmp_path: Path, statement: str) -> None:
    """Not even a tool on the file changes, removes or replaces an entry by accident."""
    _, journal = a_drill(store)
    store.append("d1", [journal.append(entry(journal, 1))], {}, 0)
    with sqlite3.connect(tmp_path / "stormdrill.sqlite3") as tool, pytest.raises(sqlite3.DatabaseError):
        tool.execute(statement)
    tool.close()
    store.close()


def test_many_callers_leave_no_gap(store: Store) -> None:
    """Fifty threads on fifty drills, one writer: every entry once, every chain whole."""
    journals = [a_drill(store, f"d{number}")[1] for number in range(10)]

    def play(journal: Journal) -> None:
        for number in range(20):
            added = journal.append(entry(journal, number))
            store.append(journal.header.drill, [added], {}, added.t_ms)

    threads = [threading.Thread(target=play, args=(journal,)) for journal in journals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for row in store.drills():
        read = store.journal(row)
        check_chain(read.header, read.entries)
        assert len(read.entries) == 20
    store.close()


def test_one_bad_command_does_not_sink_its_group(store: Store) -> None:
    """A piece of work that fails takes only itself back."""
    a_drill(store)

    def bad(connection: object) -> None:
        raise ValueError("mine alone")

    writer = store._writer
    futures = [writer.submit(bad), writer.submit(lambda c: c.execute(text("SELECT 41 + 1")).scalar())]
    with pytest.raises(ValueError, match="mine alone"):
        futures[0].result()
    assert futures[1].result() == 42
    store.close()


def test_every_commit_is_synced(store: Store, tmp_path: Path) -> None:
    """The writer's connection runs with WAL and full sync."""
    writer = store._writer
    assert writer.submit(lambda c: c.execute(text("PRAGMA synchronous")).scalar()).result() == 2
    assert writer.submit(lambda c: c.execute(text("PRAGMA journal_mode")).scalar()).result() == "wal"
    store.close()


def test_a_newer_store_is_refused(store: Store, tmp_path: Path) -> None:
    """A file written by a later version is named with both versions, and left alone."""
    store.close()
    with sqlite3.connect(tmp_path / "stormdrill.sqlite3") as tool:
        tool.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
    tool.close()
    with pytest.raises(StoreFault, match="schema 99"):
        open_store(tmp_path)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A path through a file gives the path and the way out."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreFault, match="--data"):
        open_store(tmp_path / "file" / "inner")
