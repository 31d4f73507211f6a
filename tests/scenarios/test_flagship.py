"""The flagship: its world plan holds the numbers of its physics page, its acts those of the drill book."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios import Scenario, load
from simulator import faults
from simulator.faults.memory_leak import MemoryLeak
from simulator.plan import Cache, Clients, Health, Heap, Index, ServiceLevel, SitePlan, WorldPlan

PATH = Path(__file__).parents[2] / "scenarios" / "library" / "three_datacenter_outage.yaml"


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    loaded = load(PATH)
    assert loaded.problems == ()
    assert loaded.scenario is not None
    return loaded.scenario


@pytest.fixture(scope="module")
def plan(scenario: Scenario) -> WorldPlan:
    return scenario.world_plan()


def test_sites(plan: WorldPlan) -> None:
    """Three sites of 1,800 requests a second, and a standby of 450 with caches at .6 that takes 6 %."""
    web = next(service for service in plan.services if service.id == "web")
    assert [round(web.workers * web.rate_rps * site.size_frac) for site in plan.sites] == [
        1800,
        1800,
        1800,
        450,
    ]
    assert plan.sites[:3] == tuple(SitePlan(f"dc{n}", f"DC{n}") for n in (1, 2, 3))
    standby = plan.sites[3]
    assert (standby.standby, standby.standby_share_frac, standby.start_warmth) == (True, 0.06, 0.6)


def test_critical_pool(plan: WorldPlan) -> None:
    """The pool of web decides: 180 workers of 10/s, 3 s of queue, the cache, heap and index of the page."""
    web = next(service for service in plan.services if service.id == plan.entry)
    assert (web.id, web.workers, web.rate_rps, web.visits, web.queue_s) == ("web", 180, 10, 1.0, 3)
    assert web.cache == Cache(miss_cost=4.0, keys=300_000, idle_fold_s=3600, overlap_frac=0.9)
    assert web.heap == Heap(slow_from_frac=0.85, floor_frac=0.05, restart_above_frac=0.80)
    assert web.index == Index(lag_cost=2.5, limit_s=7200, drain_rate=3, rebuild_s=5.5 * 3600)


def test_other_services_have_room(plan: WorldPlan) -> None:
    """The seven others mislead: each is at most .4 busy when one site takes all the peak's traffic."""
    assert len(plan.services) == 8
    for service in plan.services:
        if service.id != plan.entry:
            assert plan.traffic.peak_rps * service.visits / (service.workers * service.rate_rps) <= 0.4, (
                service.id
            )
            assert (service.cache, service.heap, service.index) == (None, None, None)


def test_traffic(plan: WorldPlan) -> None:
    """The peak is 3,000 first attempts a second; classes and day are those of the page."""
    traffic = plan.traffic
    assert traffic.peak_rps == 3000
    assert {each.id: each.share for each in traffic.classes} == {
        "checkout": 0.10,
        "browse": 0.55,
        "background": 0.20,
        "crawler": 0.15,
    }
    assert [each.id for each in traffic.classes if each.essential] == ["checkout"]
    assert [each.id for each in traffic.classes if each.customers] == ["checkout", "browse"]
    page = (
        "0 .40, 1 .31, 2 .27, 3 .26, 4 .25, 5 .28, 6 .36, 6.5 .43, 7 .52, 7.5 .62, 8 .72, 8.5 .80, 9 .86, "
        "10 .93, 12 1.0, 14 .97, 17 .93, 19 .97, 20 .98, 21 .92, 22 .78, 23 .58, 24 .40"
    )
    expected = tuple((float(hour), float(frac)) for hour, frac in (pair.split() for pair in page.split(", ")))
    assert traffic.profile == expected
    assert (traffic.day_spread_frac, traffic.minute_sd_frac) == (0.03, 0.02)


def test_clients_health_level(plan: WorldPlan) -> None:
    """Clients, health checks, level and SLA are those of the page."""
    assert plan.clients == Clients(2, 3, 1, 0.5, 0.04, None)
    assert plan.health == Health(5, 3, 12, 0.5, 3, 1200, 90, 4, 4)
    assert plan.level == ServiceLevel("larder", "Larder", 0.01, 0.50, 5, 6, 6 * 3600, 15, 0.999)
    assert plan.degraded_cost_frac == 0.70
    assert (plan.preroll_s, plan.duration_s, plan.hour_at_start) == (5400, 108_000, 3.0)


def test_the_leak(plan: WorldPlan) -> None:
    """Planted are two residues and the roll-out: DC1 at 02:00, DC2 at 02:30, DC3 behind a clean hour."""
    planted, *residues = plan.faults
    assert [(each.fault, each.params.get("site")) for each in residues] == [
        ("pinned_printer", "dc2"),
        ("stale_shard", None),
    ]
    assert planted.at_s == -3600
    leak = faults.parse(planted.fault, planted.params)
    assert isinstance(leak, MemoryLeak)
    assert leak.sites == ("dc1", "dc2", "dc3")
    assert (leak.service, leak.change) == ("web", "bundle-offers 4.12")
    assert (leak.timed_waves, leak.wave_every_s, leak.gate_clean_s) == (2, 1800, 3600)
    assert (leak.headroom_requests, leak.cost_frac) == (1.06e6, 1.03)


def test_monitors(plan: WorldPlan) -> None:
    """Six rules; sites, saturation, standby and the fast burn page somebody, the slow ones are tickets."""
    assert {(monitor.id, monitor.kind, monitor.severity) for monitor in plan.monitors} == {
        ("down", "site_down", "page"),
        ("saturation", "saturation", "page"),
        ("standby_down", "standby_down", "page"),
        ("fast_burn", "fast_burn", "page"),
        ("slow_burn", "slow_burn", "ticket"),
        ("index_lag", "index_lag", "ticket"),
    }


def test_acts(scenario: Scenario) -> None:
    """Eight acts of the drill book's wall minutes, at the book's speeds, from Wed 03:00 to Thu 09:00."""
    spans = scenario.act_spans
    assert [span.id for span in spans] == [f"A{n}" for n in range(1, 9)]
    assert (spans[0].from_ms, spans[-1].to_ms) == (0, 30 * 3_600_000)
    assert scenario.end_ms == spans[-1].to_ms
    walls = []
    for span in spans:
        wall_min = 0.0
        for stretch in span.speeds:
            skipped = sum(
                max(0, min(skip.to_ms, stretch.to_ms) - max(skip.from_ms, stretch.from_ms))
                for skip in span.skips
            )
            wall_min += (stretch.to_ms - stretch.from_ms - skipped) / 60_000 / stretch.speed
        walls.append(wall_min)
    assert [round(wall) for wall in walls] == [5, 10, 5, 10, 8, 8, 4, 5]
    assert sum(act.wall_min.alone for act in scenario.acts if act.wall_min) == 44


def test_times(scenario: Scenario) -> None:
    """Story times and drill times turn into each other."""
    assert scenario.at("Thu 06:00") == 27 * 3_600_000
    assert scenario.story(52 * 60_000) == "Wed 03:52"
    assert (scenario.speed_at(0), scenario.speed_at(scenario.at("03:55")), scenario.speed_at(10**12)) == (
        3,
        10,
        40,
    )
    assert scenario.act_at(scenario.at("03:15")).id == "A2"


def test_people(scenario: Scenario) -> None:
    """David leads the repair, Ariana commands, Marie codes; every seat of the response has a holder."""
    assert scenario.names()["david"] == "David Moreno"
    seats = {person.seat: person.name for person in scenario.people if person.seat}
    assert seats["tech_lead"] == "David Moreno"
    assert seats["commander"] == "Ariana Cole"
    assert seats["developer"] == "Marie Laurent"
    responders = {role.id for role in scenario.role_table.values() if role.responder and role.seat}
    assert responders == set(seats)


def test_script(scenario: Scenario) -> None:
    """The author calls after a rollback, the boss without a notice; the product owner's yes takes 5 min."""
    injects = {inject.id: inject for inject in scenario.injects}
    first = injects["i04"].when.any[0].after
    assert first is not None
    assert first.hits("operation.finished", "op-1", {"operation": "roll_back", "result": "done"})
    boss = injects["i09"]
    assert boss.when.after is not None
    assert boss.unless is not None
    assert (boss.when.after.about, boss.when.minutes, boss.unless.about) == ("dc2_down", 30, "larder_major")
    (yes,) = scenario.approvals
    assert (yes.operation, yes.persona, yes.minutes) == ("degraded_mode", "prod", 5)
    stale = [step for book in scenario.runbooks if book.id == "rb-2" for step in book.steps if step.stale]
    assert stale[0].operation == "roll_back"


BOOK = (
    "i01 i03 i04 i05 i07 i08 i09 i10 i11 i12 i13 i14 i16 i17 i18 i19 i20a i20b"
    " i21 i22 i23 i24 i25 i27 i28 i29"
)


def test_the_whole_script(scenario: Scenario) -> None:
    """Every line of the book is there: as an inject, as a monitor (I02 I06 I15 I30), or on the rota (I26)."""
    injects = {inject.id: inject for inject in scenario.injects}
    assert set(injects) == set(BOOK.split())
    monitors = {monitor.id: monitor.calls_for for monitor in scenario.world.monitors}
    assert all(monitors[id_] for id_ in ("down", "saturation", "index_lag"))
    relief = [person.relief for person in scenario.people if person.relief is not None]
    assert all(each.calls_for for each in relief)
    for inject in injects.values():
        assert inject.calls_for, inject.id
        assert inject.handled is not None, inject.id
        assert inject.ignored is not None, inject.id


def test_reports_come_from_who_was_hit(scenario: Scenario) -> None:
    """K1 to K3 wait for clients pinned to a site that failed them, K4 for K1; times are the earliest."""
    injects = {inject.id: inject for inject in scenario.injects}
    homes = {persona.id: persona.home for persona in scenario.personas}
    for id_, site, earliest in (("i05", "dc1", "03:19"), ("i08", "dc2", "03:41"), ("i10", "dc2", "04:20")):
        when = injects[id_].when
        assert (when.metric, when.site, when.for_min, when.not_before) == ("pinned_failed", site, 5, earliest)
        assert homes[injects[id_].from_] in (site, None)
    assert injects["i16"].when.not_before == "06:50"
    troubles = {inject.id: inject.report.trouble for inject in scenario.injects if inject.report is not None}
    assert troubles == {
        "i01": "password",
        "i05": "larder",
        "i08": "larder",
        "i10": "pick_lists",
        "i11": "wifi",
        "i16": "larder",
        "i21": "invoice",
        "i24": "wiki_certificate",
    }


def test_wall_time(scenario: Scenario) -> None:
    """The whole book takes 55.5 minutes on the wall; a skip takes none."""
    at = scenario.at
    assert scenario.book_wall_s(0, scenario.end_ms) == pytest.approx(55.5 * 60)
    assert scenario.book_wall_s(0, at("03:15")) == pytest.approx(300)
    assert scenario.book_wall_s(at("12:45"), at("14:15")) == 0
    assert scenario.book_wall_s(at("16:58"), at("17:02")) == pytest.approx(6 + 60)
