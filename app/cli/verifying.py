"""The command that checks integrity: chain, head, replay against the sealed record."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.faults import INTEGRITY, Stop
from app.cli.sources import journal_of, scenario_in

if TYPE_CHECKING:
    from drills import Journal
    from drills.store import DrillRow, Store

STORE_FILE = "stormdrill.sqlite3"


def verify(
    place: Annotated[Path, typer.Argument(help="A journal.jsonl, or a data directory.", show_default=False)],
) -> None:
    """Check that nothing was changed: the chain, its head, and the sealed record against a replay.

    Example: stormdrill verify stormdrill-data
    """
    faults = list(_store_faults(place) if place.is_dir() else _journal_faults(place))
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        raise typer.Exit(INTEGRITY)


def _journal_faults(path: Path) -> Iterator[str]:
    journal = journal_of(path)
    sealed = path.parent / "record.json.gz"
    yield from _replay_faults(f"{path}", journal, _sealed_sha256(sealed) if sealed.is_file() else "")
    print(f"{path}: {len(journal.entries)} entries, journal {journal.sha256()}")


def _sealed_sha256(path: Path) -> str:
    try:
        return str(json.loads(gzip.decompress(path.read_bytes()))["record_sha256"])
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        raise Stop(f"{path}: is no sealed record", INTEGRITY) from None


def _replay_faults(name: str, journal: Journal, record_sha256: str) -> Iterator[str]:
    from drills import DrillError, replay

    try:
        record = replay(scenario_in(journal), journal.header.seed, journal)
    except DrillError as error:
        yield f"{name}: {error}"
        return
    if record_sha256 and record.sha256() != record_sha256:
        yield f"{name}: the sealed record is not what the journal gives when it is played again"


def _store_faults(folder: Path) -> Iterator[str]:
    from drills.store import open_store

    if not (folder / STORE_FILE).is_file():
        raise Stop(f"{folder}: holds no {STORE_FILE} (name the directory that was given to `serve --data`)")
    store = open_store(folder)
    try:
        found = store.quick_check()
        if found != "ok":
            yield f"{folder}: {found}"
        rows = store.drills()
        for row in rows:
            faults = list(_drill_faults(store, row))
            yield from faults
            if not faults:
                print(f"drill {row.id}: {row.head_seq} entries, {row.state}")
    finally:
        store.close()


def _drill_faults(store: Store, row: DrillRow) -> Iterator[str]:
    from drills import JournalBroken
    from drills.hall import LOBBY
    from drills.journal import check_chain

    name = f"drill {row.id}"
    try:
        journal = store.journal(row)
        check_chain(journal.header, journal.entries)
    except JournalBroken as error:
        yield f"{name}: {error}"
        return
    if (row.head_seq, row.head_hash) != (len(journal.entries), journal.head):
        yield f"{name}: entry {len(journal.entries)} is the last, but {row.head_seq} was acknowledged"
        return
    if row.state == LOBBY and not journal.entries:
        return  # it has not begun, so there is nothing to play again
    yield from _replay_faults(name, journal, row.record_sha256)
