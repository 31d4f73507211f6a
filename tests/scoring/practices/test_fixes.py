"""CLO-1, the fix is tested, then deployed."""

from __future__ import annotations

import pytest

from tests.scoring.judging import judged
from tests.scoring.nights import MANAGED, TRIGGER
from tests.scoring.notation import record, renamed, without

TESTED = """
    50  developer operation.started web operation=test_fix job_id=op-1
    90  world     operation.finished op-1 job_id=op-1 operation=test_fix result=done
"""
DEPLOYED = """
    95  developer operation.started web operation=deploy_fix job_id=op-2
    125 world     operation.finished op-2 job_id=op-2 operation=deploy_fix result=done
"""
LOOKED = "130 tech_lead look.taken larder signal=user_side\n"
DECIDED = "94 commander decision.made operation=deploy_fix\n"
DOWN = "20 world level.changed larder level=down\n"


def test_tested_deployed_and_looked_at_is_met() -> None:
    """In this order."""
    night = record(TRIGGER + TESTED + DEPLOYED + LOOKED)
    found = judged("CLO-1", night)
    assert (found.level, found.opportunities) == ("met", 1)
    kinds = [night.items[n].kind for n in found.evidence]
    assert kinds == ["operation.finished", "operation.started", "operation.finished", "look.taken"]


@pytest.mark.parametrize("why", [DECIDED, DOWN])
def test_untested_by_choice_and_looked_at_is_partly(why: str) -> None:
    """A decision names it, or nobody was served."""
    assert judged("CLO-1", TRIGGER + why + DEPLOYED + LOOKED).level == "partly"
    assert judged("CLO-1", TRIGGER + why + DEPLOYED).level == "missed"


@pytest.mark.parametrize("text", [DEPLOYED + LOOKED, TESTED + DEPLOYED, DEPLOYED, DEPLOYED + LOOKED + TESTED])
def test_untested_without_a_word_or_never_looked_at_is_missed(text: str) -> None:
    """A test must have ended before."""
    text = text if text != DEPLOYED + LOOKED + TESTED else DEPLOYED + LOOKED + TESTED.replace("90 ", "96 ")
    assert judged("CLO-1", TRIGGER + text).level == "missed"


def test_no_deployment_calls_for_nothing() -> None:
    """Nor does one that was refused, or a test alone."""
    assert judged("CLO-1", TRIGGER + TESTED + LOOKED).reason == "no trigger"
    refused = DEPLOYED.replace("result=done", "result=refused")
    assert judged("CLO-1", TRIGGER + refused).reason == "no trigger"


@pytest.mark.parametrize(("minute", "level"), [(140, "met"), (140.1, "missed")])
def test_looked_at_within_15_min_just_inside_and_outside(minute: float, level: str) -> None:
    """It was out at 125."""
    look = LOOKED.replace("130", str(minute))
    assert judged("CLO-1", TRIGGER + TESTED + DEPLOYED + look).level == level


def test_the_list_of_changes_is_no_real_signal() -> None:
    """It tells that the fix is out, not that it works."""
    look = LOOKED.replace("user_side", "changes")
    assert judged("CLO-1", TRIGGER + TESTED + DEPLOYED + look).level == "missed"


def test_gamed_a_test_of_another_change_is_none() -> None:
    """Nor is one that failed."""
    other = TESTED.replace("job_id=op-1\n", "job_id=op-1 p.change=a\n", 1)
    mine = DEPLOYED.replace("job_id=op-2\n", "job_id=op-2 p.change=b\n", 1)
    assert judged("CLO-1", TRIGGER + other + mine + LOOKED).level == "missed"
    assert judged("CLO-1", TRIGGER + other + mine.replace("=b", "=a") + LOOKED).level == "met"
    failed = TESTED.replace("result=done", "result=failed")
    assert judged("CLO-1", TRIGGER + failed + DEPLOYED + LOOKED).level == "missed"


def test_a_canary_counts_as_the_test_of_the_full_deployment() -> None:
    """And is no full deployment itself."""
    canary = """
        60 developer operation.started web operation=deploy_fix job_id=op-1 p.frac=0.1
        80 world     operation.finished op-1 job_id=op-1 operation=deploy_fix result=done
    """
    found = judged("CLO-1", TRIGGER + canary + DEPLOYED + LOOKED)
    assert (found.level, found.opportunities) == ("met", 1)


def test_the_end_and_the_pace() -> None:
    """125 and four fifths of 15 min; at x30, 45 s are 22.5 min; in a skip the look is due at its end."""
    text = TRIGGER + TESTED + DEPLOYED
    assert judged("CLO-1", text, end=136.9).reason == "cut short"
    assert judged("CLO-1", text, end=137).level == "missed"
    late = text + LOOKED.replace("130", "146")
    assert judged("CLO-1", late, people=["tech_lead"], speed=30.0).level == "met"
    skipped = [(0.0, 120.0, 10.0), (120.0, 135.0, -1.0), (135.0, 400.0, 10.0)]
    assert judged("CLO-1", late, stretches=skipped).level == "met"


@pytest.mark.parametrize("kind", ["operation.started", "look.taken"])
def test_deleting_the_test_or_the_look_takes_the_level_away(kind: str) -> None:
    """The first operation is the test."""
    night = record(TRIGGER + TESTED + DEPLOYED + LOOKED)
    n = next(item.n for item in night.items if item.kind == kind)
    assert judged("CLO-1", without(night, n)).level == "missed"


def test_other_names_change_nothing() -> None:
    """The team is judged."""
    night = record(MANAGED + TESTED + DEPLOYED + LOOKED)
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert judged("CLO-1", night) == judged("CLO-1", other)
