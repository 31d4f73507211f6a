"""The check of integrity."""

import sqlite3
from pathlib import Path

import pytest

from app.house import House
from tests.app.cli.conftest import Command
from tests.app.conftest import SCENARIO, sit_down, stop


def test_an_untouched_journal_holds(stormdrill: Command, left: Path) -> None:
    """Chain and replay agree with the sealed record beside it."""
    done = stormdrill("verify", left / "journal.jsonl")
    assert (done.code, done.err) == (0, "")
    assert "entries, journal " in done.out


def test_another_nights_record_is_found(
    stormdrill: Command, left: Path, starter: Path, tmp_path: Path
) -> None:
    """A sealed record that the journal does not give is named: exit 4."""
    assert stormdrill("run", starter, "--seed", "99", "--out", tmp_path / "other").code == 0
    (left / "record.json.gz").write_bytes((tmp_path / "other" / "record.json.gz").read_bytes())
    done = stormdrill("verify", left / "journal.jsonl")
    assert done.code == 4
    assert "not what the journal gives" in done.err


@pytest.mark.parametrize("byte", [b'"seat"', b"commander"])
def test_a_changed_entry_is_found(stormdrill: Command, left: Path, byte: bytes) -> None:
    """One changed byte is found, and the entry named."""
    journal = left / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    number = next(index for index, line in enumerate(lines) if index > 3 and byte in line)
    lines[number] = lines[number].replace(byte, byte[:-1] + b"x", 1)
    journal.write_bytes(b"".join(lines))
    done = stormdrill("verify", journal)
    assert done.code == 4
    assert f"entry {number}" in done.err


def test_a_store_is_checked_drill_by_drill(stormdrill: Command, a_house: House) -> None:
    """Each drill of a data directory is named with its entries; an ended one against its sealed record."""
    holder = sit_down(a_house, {})
    stop(a_house, holder)
    other = sit_down(a_house, {})
    a_house.hall.close()
    done = stormdrill("verify", a_house.settings.data_dir)
    assert (done.code, done.err) == (0, "")
    assert f"drill {holder.drill_id}: " in done.out
    assert f"drill {other.drill_id}: " in done.out


def test_a_drill_for_a_team_is_checked(stormdrill: Command, a_house: House) -> None:
    """A drill that waits in its lobby has nothing to replay; one in which seats changed hands replays."""
    hall = a_house.hall
    waiting, host = hall.open_for_team(SCENARIO, "Ruth"), hall.open_for_team(SCENARIO, "Ruth")
    hall.begin(host)
    ada = hall.lobby.join(hall.lobby.picture(host.drill_id)["code"], "Ada", "tech_lead")
    hall.lobby.leave(ada)
    stop(a_house, host)
    hall.close()
    done = stormdrill("verify", a_house.settings.data_dir)
    assert (done.code, done.err) == (0, "")
    assert f"drill {waiting.drill_id}: 0 entries, lobby" in done.out


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM journal WHERE seq = 3",
        "UPDATE journal SET t_ms = t_ms + 1 WHERE seq = 3",
        "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)",
    ],
)
def test_harm_to_a_store_is_found(stormdrill: Command, a_house: House, harm: str) -> None:
    """A row that was removed, changed or cut off the end by hand is found, and the drill named: exit 4."""
    holder = sit_down(a_house, {})
    stop(a_house, holder)
    a_house.hall.close()
    with sqlite3.connect(a_house.settings.data_dir / "stormdrill.sqlite3") as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (trigger,) in triggers:
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(harm)
    connection.close()
    done = stormdrill("verify", a_house.settings.data_dir)
    assert done.code == 4
    assert f"drill {holder.drill_id}: " in done.err


def test_a_folder_without_a_store_is_wrong_input(stormdrill: Command, tmp_path: Path) -> None:
    """A directory that holds no drills is a mistake of the call, and nothing is made in it."""
    done = stormdrill("verify", tmp_path)
    assert done.code == 1
    assert list(tmp_path.iterdir()) == []
