"""What a scorecard says hangs on its evidence: take the acts away, or call them something else, and it goes.

Played on the flagship's two nights, so that it holds for what bots and people really leave in a journal, and
not for fixtures alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

import pytest

from drills import Record
from scoring.beats import FIND
from scoring.levels import RANK, Judgement
from scoring.panel import FAILINGS, TRAITS, failings, traits
from scoring.practices import PRACTICES
from scoring.practices.registry import judge
from scoring.reading import Night
from scoring.setting import Setting, of
from tests.drills import conftest as drills

ROUNDS = 60
"""How often evidence is taken away at most until nothing is left that earns the level."""
MANAGED_ROWS = range(91, 112)
UNMANAGED_ROWS = range(75, 87)

Edit = Callable[[Record, frozenset[int]], Record]


@cache
def setting() -> Setting:
    """The flagship as the scorer sees it."""
    return of(drills.flagship_scenario())


def night_of(team: str) -> Record:
    """A whole night by a team of bots."""
    return drills.night_of(team, 7)[1]


def dropped(record: Record, ns: frozenset[int]) -> Record:
    """Give a record without some items."""
    return replace(record, items=tuple(item for item in record.items if item.n not in ns))


def renamed(record: Record, ns: frozenset[int]) -> Record:
    """Give a record in which some items are of a kind that nobody reads."""
    return replace(
        record,
        items=tuple(replace(i, kind="nothing.read") if i.n in ns else i for i in record.items),
    )


EDITS: dict[str, Edit] = {"dropped": dropped, "renamed": renamed}


def deeds(record: Record, ns: Iterable[int]) -> frozenset[int]:
    """Give those of some items that people or personas did; the world's own stay."""
    wanted = set(ns)
    return frozenset(i.n for i in record.items if i.n in wanted and i.origin in ("journal", "persona"))


def judged(line: str, record: Record) -> Judgement:
    """Judge one line of a record."""
    return PRACTICES[line].rule(Night(record, setting()))


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("line", sorted(PRACTICES))
def test_a_line_goes_with_its_evidence(line: str, edit: str) -> None:
    """A line that is met falls once the acts that earned it are gone, though others may take their place."""
    record = night_of("managed")
    found = judged(line, record)
    assert found.level == "met"
    for _ in range(ROUNDS):
        gone = deeds(record, found.evidence)
        if not gone:
            break
        record = EDITS[edit](record, gone)
        found = judged(line, record)
        if RANK[found.level] < RANK["met"]:
            return
    pytest.fail(f"{line} is still {found.level} with {len(found.evidence)} entries of evidence left")


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize(
    ("team", "row"),
    [("managed", row) for row in MANAGED_ROWS] + [("unmanaged", row) for row in UNMANAGED_ROWS],
)
def test_a_beat_goes_with_its_act(team: str, row: int, edit: str) -> None:
    """A beat moves to a later item, and in the end is not found, as what it is found by is taken away."""
    record = night_of(team)
    _, find = FIND[row]
    first = find(Night(record, setting()))
    assert first is not None
    seen = [first.n]
    for _ in range(400):
        record = EDITS[edit](record, frozenset({seen[-1]}))
        mark = find(Night(record, setting()))
        if mark is None:
            return
        assert mark.n not in seen
        seen.append(mark.n)
    pytest.fail(f"row {row} is still found after {len(seen)} items were taken away")


@pytest.mark.parametrize("trait", TRAITS)
def test_a_trait_goes_with_the_evidence_of_its_lines(trait: str) -> None:
    """The trait is shown in the managed night, and not once what its lines rest on is gone."""
    record = night_of("managed")
    assert traits(judge(Night(record, setting())))[trait] == "shown"
    for _ in range(ROUNDS):
        found = judge(Night(record, setting()))
        if traits(found)[trait] != "shown":  # type: ignore[literal-required]
            return
        ns = [n for line in TRAITS[trait][1] if line in PRACTICES for n in found[line].evidence]
        record = dropped(record, deeds(record, ns))
    pytest.fail(f"{trait} is still shown")


@pytest.mark.parametrize("failing", FAILINGS)
def test_a_failing_of_the_unmanaged_night_is_none_of_the_managed(failing: str) -> None:
    """All four are seen in the one night, none in the other."""
    nights = {team: judge(Night(night_of(team), setting())) for team in ("unmanaged", "managed")}
    assert failings(nights["unmanaged"])[failing] == "seen"
    assert failings(nights["managed"])[failing] == "not_seen"
