"""A journal that was touched shows where."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.errors import JournalBroken
from drills.journal import Draft, Header, Journal, check_chain, read


def journal_of(times: list[int]) -> Journal:
    journal = Journal(Header("d1", "format: x\n", 7, "2026-11-23T00:00:00Z"))
    for number, t_ms in enumerate(sorted(times)):
        journal.append(
            Draft(
                t_ms, "tech_lead", "p1", "look.taken", {"target": "dc1", "signal": "logs"}, f"c{number}", "w"
            )
        )
    return journal


def written(journal: Journal) -> list[str]:
    out = io.StringIO()
    journal.write(out)
    return out.getvalue().splitlines()


@given(st.lists(st.integers(0, 10**8), max_size=20))
def test_a_journal_reads_back_as_it_was_written(times: list[int]) -> None:
    """What is written is what is read, and the hash over all entries stays."""
    journal = journal_of(times)
    again = read(written(journal))
    assert again.entries == journal.entries
    assert again.sha256() == journal.sha256()


def test_wall_time_is_in_no_hash() -> None:
    """Two drills that differ only in wall time have one hash."""
    first, second = journal_of([1000]), journal_of([1000])
    second.header.__dict__["started_wall"] = "another"
    assert first.sha256() == second.sha256()
    lines = written(first)
    row = json.loads(lines[1])
    row["wall"] = "touched"
    assert read([lines[0], json.dumps(row)]).sha256() == first.sha256()


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("t_ms", 999, "hash"),
        ("seat", "commander", "hash"),
        ("data", {"target": "dc2", "signal": "logs"}, "hash"),
        ("prev", "0" * 64, "prev"),
        ("seq", 9, "number"),
        ("t_ms", "soon", "expected int"),
    ],
)
def test_a_changed_field_names_its_entry(field: str, value: object, word: str) -> None:
    """An edited entry is named by its number, with the reason."""
    lines = written(journal_of([1000, 2000, 3000]))
    row = json.loads(lines[2])
    row[field] = value
    lines[2] = json.dumps(row)
    with pytest.raises(JournalBroken, match=word) as broken:
        read(lines)
    assert broken.value.seq in (2, 9)


def test_a_removed_entry_shows() -> None:
    """A gap is named at the entry behind it."""
    lines = written(journal_of([1000, 2000, 3000]))
    del lines[2]
    with pytest.raises(JournalBroken, match="missing") as broken:
        read(lines)
    assert broken.value.seq == 3


def test_another_scenario_in_the_header_shows() -> None:
    """The entries are chained to the header, so that its scenario cannot be exchanged."""
    journal = journal_of([1000])
    other = Header("d1", "format: y\n", 7)
    with pytest.raises(JournalBroken):
        check_chain(other, journal.entries)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"format": "other"}', '{"format": "stormdrill-journal/1"}', "nul\0"]
)
def test_what_is_no_journal_is_refused_with_a_reason(text: str) -> None:
    """A file that is no journal gives one sentence, no traceback."""
    with pytest.raises(JournalBroken):
        read(text.splitlines() if text else [])


def test_time_never_goes_back() -> None:
    """An entry before its predecessor is refused."""
    journal = journal_of([5000])
    with pytest.raises(JournalBroken, match="before"):
        journal.append(Draft(4000, "tech_lead", "p", "look.taken", {}, "c9"))
