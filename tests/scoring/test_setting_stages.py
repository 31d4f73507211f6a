"""Worsenings that could be foreseen, as the scorer sees them."""

from __future__ import annotations

from scenarios import Library
from scoring import setting as settings


def test_the_flagship_names_its_stages() -> None:
    """With their times when nobody acts, and all names by which a forecast may call what they strike."""
    scenario = Library([]).get("three-datacenter-outage")
    assert scenario is not None
    stages = {stage.id: stage for stage in settings.of(scenario).stages}
    assert {id_: stage.at_ms // 60_000 for id_, stage in stages.items()} == {
        "dc3_full": 282,
        "index_lost": 127,
    }
    assert {"dc3", "larder", "service"} <= stages["dc3_full"].subjects
    assert "service" not in stages["index_lost"].subjects
    assert stages["dc3_full"].comes.hits("site.ejected", "dc3", {})
