"""Managed or unmanaged: four traits and four failings from their lines."""

from __future__ import annotations

from scoring.catalogue import lines
from scoring.levels import Judgement, Level, not_tested
from scoring.panel import failings, traits


def _panel(**levels: Level) -> dict[str, Judgement]:
    judged = {id_: not_tested("no instrument") for id_ in lines()}
    return judged | {id_.replace("_", "-"): Judgement(level) for id_, level in levels.items()}


def test_one_line_alone_carries_no_trait() -> None:
    """The second best decides."""
    assert traits(_panel(CMD_1="met"))["chain_of_command"] == "not_tested"
    assert traits(_panel(CMD_1="met", CMD_2="met"))["chain_of_command"] == "shown"
    assert traits(_panel(CMD_1="met", CMD_2="missed", ROL_2="partly"))["chain_of_command"] == "partly"
    assert traits(_panel(ROL_1="met", CMD_3="missed"))["separated_roles"] == "not_shown"


def test_the_worst_tested_core_line_decides_a_failing() -> None:
    """COM-5 is not core and cannot decide alone."""
    assert failings(_panel(CMD_1="missed"))["no_command"] == "seen"
    assert failings(_panel(CMD_1="met", CMD_2="partly"))["no_command"] == "partly"
    assert failings(_panel(CMD_1="met", CMD_2="met"))["no_command"] == "not_seen"
    assert failings(_panel(COM_5="missed"))["poor_communication"] == "not_tested"


def test_nothing_tested_says_so() -> None:
    """Never "not seen" for want of looking."""
    assert set(traits(_panel()).values()) == {"not_tested"}
    assert set(failings(_panel()).values()) == {"not_tested"}
