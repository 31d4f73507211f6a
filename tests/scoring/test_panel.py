"""Managed or unmanaged: four traits and four failings from their lines."""

from __future__ import annotations

import pytest

from scoring.catalogue import lines
from scoring.levels import Judgement, Level, not_tested
from scoring.panel import failings, traits
from scoring.scorecard import Scorecard, score
from tests.scoring.notation import record
from tests.scoring.shifts import SHIFT, handover


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


# --- whole nights, each with a near twin

WORK = (
    "".join(
        f"{m} commander task.assigned w-{m} to=tech_lead operation=warm p.site=dc1\n"
        for m in range(40, 300, 50)
    )
    + "".join(
        f"{m + 2} tech_lead operation.started dc1 operation=warm job_id=w-{m} p.site=dc1\n"
        for m in range(40, 300, 50)
    )
    + "".join(f"{m} communications update.sent major | larder now step-{m}\n" for m in range(45, 400, 28))
    + "".join(f"{m} commander decision.made\n" for m in (350, 399))
    + "".join(f"{m} tech_lead look.taken dc1\n" for m in (325, 380))
)
CALLED = """
    30 developer look.taken dc2
    60 tech_lead call.started call-1 to=author medium=phone
    63 tech_lead call.ended call-1
    65 tech_lead call.noted call-1 | bundle cause leak
    80 world     operation.judged w-40 job_id=w-40 effect=none
    90 world     operation.judged op-0 effect=harmed
    95 tech_lead message.sent | dc1 tried readmit
    309 commander call.noted call-9 | response lead hana
"""
GOOD = handover() + WORK + CALLED
SEATS = {
    seat: seat for seat in ("commander", "tech_lead", "communications", "developer", "specialist", "desk_1")
}

TWINS = {
    # The commander types what the tech lead was asked to do.
    "technical_focus": GOOD.replace("tech_lead operation.started", "commander operation.started"),
    # The finding is spoken of, and its claim is not made.
    "poor_communication": GOOD.replace("| dc1 tried readmit", "| dc1 now trying")
    .replace("| bundle cause leak", "")
    .replace("281 commander handoff.written", "# "),
    # The calls leave no note.
    "untracked_collaboration": GOOD.replace("65 tech_lead call.noted", "# ").replace(
        "309 commander call", "# "
    ),
    # Nobody takes command; everything else is as it was.
    "no_command": GOOD.replace("17   commander      role.assumed commander announced", ""),
}


def _card(text: str) -> Scorecard:
    return score(record(text, end=400, seats=SEATS), SHIFT)


def test_the_good_night_shows_no_failing_and_three_traits() -> None:
    """Two of the three lines of the live document are not judged in this small setting."""
    card = _card(GOOD)
    assert dict(card.failings) == dict.fromkeys(card.failings, "not_seen")
    assert (card.traits["separated_roles"], card.traits["clear_handoff"]) == ("shown", "shown")
    assert card.traits["chain_of_command"] == "shown"


@pytest.mark.parametrize("failing", TWINS)
def test_each_failing_is_seen_in_a_night_whose_near_twin_does_not_show_it(failing: str) -> None:
    """One thing is left out or done by another seat."""
    assert _card(TWINS[failing]).failings[failing] == "seen"
    assert _card(GOOD).failings[failing] == "not_seen"


def test_a_night_that_was_never_handed_over_shows_the_lack_of_a_handoff() -> None:
    """Also when nobody did anything about it: never untested."""
    bare = _card(handover(leave_out=("sought", "written", "call", "read", "handed")) + WORK + CALLED)
    assert bare.traits["clear_handoff"] == "not_shown"
