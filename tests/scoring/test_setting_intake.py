"""What scoring takes from a scenario about its troubles and who can help."""

from __future__ import annotations

from scenarios import Library
from scoring import setting as settings
from tests.scoring.desk import INTAKE, report
from tests.scoring.notation import record


def test_the_flagship_names_its_troubles_tiers_and_people() -> None:
    """Desk 1 and 2 from what the roles may do; all who repair are tier 3."""
    scenario = Library([]).get("three-datacenter-outage")
    assert scenario is not None
    intake = settings.of(scenario).intake
    assert intake.main is not None
    assert intake.main.id == "larder"
    assert intake.tiers == {"desk_1": 1, "desk_2": 2, "specialist": 3, "developer": 3, "tech_lead": 3}
    assert intake.seat("marie") == "developer"
    assert intake.contacts["ines"] == "555-0143"


def test_alerts_and_reports_find_their_trouble() -> None:
    """By monitor, by inject, by complaint, by the service that somebody in a seat named; else none."""
    night = record(
        "3 world alert.fired dc1_down\n4 world alert.fired lag monitor=fast_burn\n5 world alert.fired odd\n"
        + report(6, "i10", "r-1")
        + report(7, "complaint", "r-2")
        + report(8, "", "r-3", service="login")
        + report(9, "i99", "r-4", service="nothing")
        + "10 tech_lead page.sent commander\n"
    )
    found = [INTAKE.trouble_of(item) for item in night.items]
    assert [one.id if one else None for one in found] == [
        *("larder", "larder", None),
        *("lists", "larder", "password", None),
        None,
    ]
