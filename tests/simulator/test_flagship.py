"""The flagship's verdicts: what happens to each team, whatever the seed."""

from functools import cache
from typing import Any

import pytest

from simulator import World
from simulator.plan import Cache, Clients, WorldPlan
from tests.simulator.flagship_plan import flagship
from tests.simulator.teams import Facts, at, play

SEEDS = (1, 7, 19, 33)


@cache
def facts(team: str, seed: int) -> Facts:
    """A whole run of a team."""
    return play(World(flagship(), seed), team)


def within(time_s: float | None, low: float, high: float) -> bool:
    """Whether something happened in a stretch, a minute's grid allowed for."""
    return time_s is not None and low - 60.0 <= time_s <= high + 60.0


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_acts(seed: int) -> None:
    """DC1 falls at 03:05, DC2 at 03:26, DC3 at 07:42, and with it everything, to the end."""
    f = facts("none", seed)
    assert within(f.first("site.ejected", "dc1"), at(3, 3), at(3, 7))
    assert within(f.first("sla.started"), at(3, 9), at(3, 12))
    assert within(f.first("site.ejected", "dc2"), at(3, 23), at(3, 28))
    assert within(f.first("alert.fired", "fast_burn"), at(3, 44), at(3, 49))
    assert within(f.first("alert.fired", "dc3_saturation"), at(7, 9), at(7, 27))
    assert within(f.first("site.ejected", "dc3"), at(7, 34), at(7, 50))
    assert within(f.first("total_outage.began"), at(7, 34), at(7, 52))
    assert f.first("total_outage.ended") is None
    assert f.first("sla.stopped") is None
    assert f.first("sla.breached") is not None
    assert f.pages() == 6
    assert 1509 <= f.outage_min() <= 1527
    assert f.failed_frac() == pytest.approx(0.917, abs=0.006)


@pytest.mark.parametrize("seed", SEEDS)
def test_rollback_alone_changes_nothing(seed: int) -> None:
    """With the leak rolled back on both fallen sites, the third falls as before."""
    f = facts("rollback_only", seed)
    assert within(f.first("site.ejected", "dc3"), at(7, 34), at(7, 50))
    assert f.outage_min() > 1500


@pytest.mark.parametrize("seed", SEEDS)
def test_rollback_of_a_serving_site_brings_all_down(seed: int) -> None:
    """Rolling back both while DC2 still serves brings total outage four hours early."""
    f = play(World(flagship(), seed), "both_early", end_s=int(at(4)))
    assert within(f.first("total_outage.began"), at(3, 25), at(3, 35))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_expert(seed: int) -> None:
    """The expert never sees the third alert: up by four, mitigated 04:42, recovered 06:32, two pages."""
    f = facts("expert", seed)
    assert within(f.first("level.changed", level="up"), at(3, 55), at(4, 0))
    assert within(f.first("sla.stopped"), at(4, 40), at(4, 45))
    assert within(f.first("recovered.reached"), at(6, 30), at(6, 34))
    assert f.first("alert.fired", "dc3_saturation") is None
    assert within(f.in_for_good("dc2"), at(4, 26), at(4, 31))
    assert within(f.in_for_good("dc1"), at(5, 10), at(5, 15))
    assert f.first("site.ejected", "dc3") is None
    assert f.outage_min() == 0
    assert f.pages() == 2
    assert f.failed_frac() == pytest.approx(0.00018, abs=0.00003)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_clumsy(seed: int) -> None:
    """The clumsy bring all down at 03:26 by their own rollback; rescued, users are served again at 11:10."""
    f = facts("clumsy", seed)
    assert within(f.first("site.ejected", "dc2"), at(3, 18), at(3, 18))
    assert within(f.first("total_outage.began"), at(3, 25), at(3, 35))
    assert within(f.first("sla.stopped"), at(11, 9), at(11, 11))
    assert all(within(f.in_for_good(site), at(10), at(10, 2)) for site in ("dc1", "dc2", "dc3"))
    assert f.first("alert.fired", "dc3_saturation") is not None
    assert f.first("recovered.reached") is None
    assert 390 <= f.outage_min() <= 400
    assert f.failed_frac() == pytest.approx(0.110, abs=0.003)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_managed_story(seed: int) -> None:
    """The managed team's fixes fail three times, DC3 holds, the clock stops in time, all is back by ten."""
    f = facts("managed", seed)
    assert within(f.first("alert.fired", "dc3_saturation"), at(7, 6), at(7, 21))
    assert within(f.first("clients.repointed", "dc1"), at(4, 30), at(4, 30))
    assert within(f.first("level.changed", level="up"), at(4, 44), at(4, 46))
    assert within(f.first("sla.stopped"), at(8, 8), at(8, 24))
    assert within(f.in_for_good("dc2"), at(15, 12), at(15, 28))
    assert within(f.in_for_good("dc1"), at(20, 43), at(20, 59))
    assert within(f.first("recovered.reached"), at(21, 48), at(22, 3))
    assert f.first("site.ejected", "dc3") is None
    assert f.first("sla.breached") is None
    assert f.outage_min() == 0
    assert f.pages() == 6
    failed = [
        h.data["target"]
        for h in f.happenings
        if h.kind == "operation.finished" and h.data["result"] == "failed"
    ]
    assert failed == ["dc2", "dc1"]
    assert len(f.refused) == 1
    assert "catch_up dc2 refused" in f.refused[0]


ABLATED: dict[str, WorldPlan] = {
    "no retries": flagship(clients=Clients(retries=0)),
    "no cost of a cold cache": flagship(critical={"cache": Cache(miss_cost=0.0)}),
    "queue shorter than the patience": flagship(critical={"queue_s": 0.2}),
    "retry budget built in": flagship(clients=Clients(budget_frac=0.10)),
}


@pytest.mark.parametrize("what", ABLATED)
@pytest.mark.parametrize("seed", SEEDS[:2])
def test_each_part_is_needed(what: str, seed: int) -> None:
    """With the same rollback, taking away any one part of the mechanism leaves three sites and no outage."""
    f = play(World(ABLATED[what], seed), "rollback_only", end_s=int(at(12)))
    assert f.world.reading().sites_in == 3
    assert f.first("total_outage.began") is None


def test_ablations_are_of_one_part() -> None:
    """An ablated plan differs from the flagship in one part."""
    base: Any = flagship()
    for plan in ABLATED.values():
        assert plan.clients != base.clients or plan.services != base.services
