"""Claims are held against the world as it is now."""

from __future__ import annotations

import pytest

from drills.truth import is_true
from tests.drills.director.table import Table, claim, scenario


@pytest.fixture(scope="module")
def dark() -> Table:
    """Twenty past nine: West is out, East carries all, the shop is degraded, Lou leads."""
    table = Table(scenario(injects="  []\n"))
    table.until("09:10")
    table.act("commander", "assume_role", role="commander")
    table.until("09:20")
    return table


@pytest.mark.parametrize(
    ("told", "true"),
    [
        (claim("West", "state", "down"), True),
        (claim("west", "state", "up"), False),
        (claim("East", "state", "down"), False),
        (claim("bookshop", "state", "degraded"), True),
        (claim("bookshop", "impact", "some"), True),
        (claim("bookshop", "impact", "none"), False),
        (claim("bookshop", "impact", "whoever buys a book"), True),
        (claim("bookshop", "since", "09:06"), True),
        (claim("bookshop", "since", "Mon 08:40"), False),
        (claim("response", "lead", "Lou Birch"), True),
        (claim("response", "lead", "commander"), True),
        (claim("response", "lead", "Kim Aster"), False),
        (claim("bookshop", "sla_left", "52 min"), True),
        (claim("bookshop", "sla_left", "2 h"), False),
        (claim("bookshop", "budget_left", "100 %"), True),
        (claim("bookshop", "budget_left", "20 %"), False),
        (claim("staff", "next_update", "whenever"), True),
        (claim("bookshop", "cause", "moths"), True),
    ],
)
def test_claims(dark: Table, told: dict[str, str], true: bool) -> None:
    """True within the lag and a fifth; what nobody can check counts as true."""
    assert is_true(dark.engine, told) is true


def test_facts_of_the_scenario_make_a_claim_false() -> None:
    """A known cause must be one of those the scenario names; a belief may be wrong."""
    table = Table(scenario(facts="  - {subject: bookshop, property: cause, values: [power]}\n"))
    assert is_true(table.engine, claim("bookshop", "cause", "the power is cut"))
    assert not is_true(table.engine, claim("bookshop", "cause", "moths"))
    assert is_true(table.engine, claim("bookshop", "cause", "moths", "believed"))


def test_five_minutes_of_lag_are_allowed() -> None:
    """Just after a site fell, that it serves still counts; later no more."""
    table = Table(scenario(injects="  []\n"))
    table.until("09:08")
    assert is_true(table.engine, claim("West", "state", "up"))
    table.until("09:14")
    assert not is_true(table.engine, claim("West", "state", "up"))
