"""Operations: what refuses them, and what they do."""

from collections.abc import Callable
from typing import Any

import pytest

from simulator import OPERATIONS, Happening, Job, OperationRefused, World
from simulator.operations import parse
from simulator.plan import FaultPlan, OperationLimits
from tests.simulator.flagship_plan import LEAK, flagship

MINUTE_MS = 60_000
CALM = flagship(trigger=False)
NIGHT = flagship()


def calm() -> World:
    """A quiet world at 03:05."""
    world = World(CALM, 1)
    world.meet(5 * MINUTE_MS)
    return world


def fallen() -> World:
    """The flagship at 03:35: DC1 and DC2 fell and are held out, DC3 carries all."""
    world = World(NIGHT, 1)
    world.meet(35 * MINUTE_MS)
    return world


def out_and_cold(lag_min: int = 30) -> World:
    """A quiet world in which DC1 was held out, restarted, and left for a while."""
    world = calm()
    run(world, "hold", 2, site="dc1")
    run(world, "restart", 2, site="dc1")
    world.meet(world.now_ms + lag_min * MINUTE_MS)
    return world


def begin(world: World, operation: str, **params: Any) -> str:
    """Start an operation now; its job id."""
    job_id = f"op-{len(world.jobs) + 1}"
    world.meet(world.now_ms)
    world.start(parse(operation, params), job_id, "david")
    return job_id


def run(world: World, operation: str, minutes: float, **params: Any) -> Job:
    """Start an operation and let it go on for some minutes; the job then."""
    job_id = begin(world, operation, **params)
    world.meet(world.now_ms + int(minutes * MINUTE_MS))
    return next(j for j in world.jobs if j.job_id == job_id)


def told(world: World, kind: str) -> list[Happening]:
    """All happenings of a kind since the last look."""
    return [h for h in world.drain() if h.kind == kind]


REFUSED: list[tuple[Callable[[], World], str, dict[str, Any], str]] = [
    (calm, "roll_back", {"site": "dc1"}, "runs the release before already"),
    (calm, "restart", {"site": "dc9"}, "no such site. Choose one of dc1, dc2, dc3, s0"),
    (calm, "readmit", {"site": "dc1"}, "in rotation already. Change its share with set_weight"),
    (fallen, "hold", {"site": "dc1"}, "held out already"),
    (calm, "set_weight", {"site": "s0", "weight_frac": 0.5}, "the standby joins by rule"),
    (calm, "set_weight", {"site": "dc1", "weight_frac": 1.0}, "is 100% already"),
    (calm, "shed", {"traffic_class": "robots"}, "Choose one of checkout, browse, background, crawler"),
    (calm, "shed", {"traffic_class": "crawler", "frac": 0.0}, "refused already"),
    (calm, "cap_retries", {"frac": 0.0}, "not capped already"),
    (calm, "degraded_mode", {"on": True}, "the product owner has not said yes"),
    (calm, "degraded_mode", {"on": False}, "it is off already"),
    (calm, "reserve_standby", {"on": False}, "it is off already"),
    (calm, "warm", {"site": "dc1"}, "it serves users"),
    (fallen, "warm", {"site": "dc1", "rate_rps": 2000.0}, "more than its most, 1800"),
    (fallen, "warm", {"site": "dc1", "rate_rps": 0.0}, "nothing to stop"),
    (calm, "catch_up", {"site": "dc1"}, "does not lag"),
    (calm, "catch_up", {"site": "s0"}, "no index of its own"),
    (calm, "rebuild_index", {"site": "dc1"}, "up to date"),
    (calm, "staged_return", {"site": "dc1"}, "in rotation"),
    (calm, "build_fix", {}, "no change is known that could be mended"),
    (calm, "test_fix", {}, "no fix is built yet. Build it with build_fix first"),
    (calm, "deploy_fix", {}, "no fix is built yet. Build it with build_fix first"),
    (calm, "reprint", {"from_site": "dc1"}, "no printer here is bound to a site"),
    (calm, "rebuild_shard", {}, "all shards are up to date"),
    (calm, "repoint", {"site": "s0"}, "no clients are pinned to it"),
    (fallen, "flag_off", {"change": "bundle-offers 4.12"}, "shipped without a flag. Roll it back instead"),
    (fallen, "flag_off", {"change": "bundle"}, "The change list has bundle-offers 4.12"),
    (calm, "diagnose", {"site": "dc1", "service": "mail"}, "no such service. Choose one of"),
]


@pytest.mark.parametrize(("make", "operation", "params", "words"), REFUSED)
def test_refusals_teach(
    make: Callable[[], World], operation: str, params: dict[str, Any], words: str
) -> None:
    """A refusal names the operation, says why, and how to mend it; start raises it and does nothing."""
    world = make()
    op = parse(operation, params)
    refusal = world.refusal(op)
    assert refusal is not None
    assert refusal.startswith(operation)
    assert words in refusal
    assert world.preview(op).refusal == refusal
    with pytest.raises(OperationRefused, match=operation):
        world.start(op, "op-1", "david")
    assert world.jobs == []


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_previews_are_whole(operation: str) -> None:
    """Every operation tells beforehand what it would do, what that costs, and the way back."""
    offers = {
        "site": "dc1",
        "from_site": "dc3",
        "service": "web",
        "traffic_class": "crawler",
        "change": "bundle-offers 4.12",
    }
    names = OPERATIONS[operation].__dataclass_fields__
    preview = fallen().preview(parse(operation, {k: v for k, v in offers.items() if k in names}))
    assert all((preview.what, preview.expected, preview.price, preview.way_back))


def test_roll_back_held() -> None:
    """Rolled back and held: the release is gone, the site is out, the waves stop, the list shows it."""
    world = fallen()
    job = run(world, "roll_back", 8, site="dc1", held=True)
    truth = world.truth()
    assert (job.state, job.result, job.can_cancel) == ("done", "done", False)
    assert truth["halted"] == ["bundle-offers 4.12"]
    assert truth["sites"]["dc1"]["release"] == ""
    assert world.reading().site("dc1").held
    assert any("rolled back on DC1" in c.text for c in world.changes(world.now_ms))


def test_roll_back_by_the_tool_falls() -> None:
    """Left to the tool, the site comes back cold at full weight, falls, and the operation has failed."""
    world = fallen()
    job = run(world, "roll_back", 25, site="dc2", held=False)
    assert job.result == "failed"
    assert "fell out of rotation" in (job.note or "")
    assert [h.data["effect"] for h in told(world, "operation.judged")] == ["harmed"]


def test_roll_back_in_a_serving_site_is_an_outage() -> None:
    """The restart of a roll back takes a serving site out of rotation."""
    world = World(NIGHT, 1)
    world.meet(1 * MINUTE_MS)
    run(world, "roll_back", 8, site="dc2", held=True)
    assert "dc2" not in [s.id for s in world.reading().sites if s.in_rotation]


def test_restart_in_rotation() -> None:
    """A restarted site is ejected, comes back after its checks, cold."""
    world = calm()
    world.drain()
    job = run(world, "restart", 4, site="dc1")
    kinds = [h.kind for h in world.drain() if h.about == "dc1"]
    assert kinds[:3] == ["site.restarted", "site.ejected", "site.admitted"]
    assert job.phase in ("", "health checks")
    assert world.reading().site("dc1").cache_hit_frac < 0.1


def test_restart_of_a_held_site() -> None:
    """A held site is restarted and stays out."""
    world = calm()
    run(world, "hold", 2, site="dc1")
    job = run(world, "restart", 2, site="dc1")
    assert job.result == "done"
    assert "held out" in (job.note or "")


def test_readmit_cold_depends_on_weight() -> None:
    """A cold site survives a tenth of its share and falls under the whole."""
    small, full = out_and_cold(), out_and_cold()
    assert run(small, "readmit", 5, site="dc1", weight_frac=0.1).result == "done"
    assert run(full, "readmit", 5, site="dc1", weight_frac=1.0).result == "failed"


def test_readmit_cancelled_holds_again() -> None:
    """Re-admission that is cancelled before the checks have passed leaves the site held out."""
    world = out_and_cold()
    job_id = begin(world, "readmit", site="dc1", weight_frac=0.1)
    world.meet(world.now_ms + 20_000)
    world.cancel(job_id)
    world.meet(world.now_ms + 5 * MINUTE_MS)
    assert world.reading().site("dc1").held
    assert world.jobs[-1].state == "cancelled"


@pytest.mark.parametrize(("operation", "flag"), [("drain", "drained"), ("hold", "held")])
def test_drain_and_hold_take_out(operation: str, flag: str) -> None:
    """After a minute the site takes no traffic, nobody notices but its pinned clients, and its index lags."""
    world = calm()
    job = run(world, operation, 10, site="dc1")
    site = world.reading().site("dc1")
    assert job.result == "done"
    assert getattr(site, flag)
    assert site.share_frac == 0.0
    assert site.index_lag_s == pytest.approx(540.0, abs=60.0)
    assert world.metrics.last("served_frac") > 0.98


def test_set_weight_moves_traffic() -> None:
    """Half a weight of one of three sites is a fifth of the traffic."""
    world = calm()
    assert run(world, "set_weight", 0, site="dc1", weight_frac=0.5).result == "done"
    assert world.reading().site("dc1").share_frac == pytest.approx(0.2)


def test_shed_takes_load_off() -> None:
    """Shed crawlers cost no customer anything and no site any work; letting them back in restores both."""
    world = calm()
    before = world.reading().site("dc1").load_frac
    run(world, "shed", 6, traffic_class="crawler", frac=1.0)
    reading = world.reading()
    assert reading.shed == (("crawler", 1.0),)
    assert reading.shed_rps / reading.rps == pytest.approx(0.15, abs=0.01)
    assert reading.served_frac > 0.999
    assert reading.site("dc1").load_frac < before * 0.93
    run(world, "shed", 3, traffic_class="crawler", frac=0.0)
    assert world.reading().shed == ()


def test_shed_customers_hurts() -> None:
    """Shedding customers lowers the level after some minutes, and is judged as harm."""
    world = calm()
    run(world, "shed", 12, traffic_class="browse", frac=0.9)
    assert world.reading().level == "down"
    assert [h.data["effect"] for h in told(world, "operation.judged")] == ["harmed"]


def test_cap_retries_breaks_a_storm() -> None:
    """With retries capped, the cold return of DC2 brings far fewer retries to DC3."""
    worst = []
    for capped in (False, True):
        world = fallen()
        if capped:
            run(world, "cap_retries", 3, frac=0.1)
        begin(world, "readmit", site="dc2", weight_frac=1.0)
        world.meet(world.now_ms + 4 * MINUTE_MS)
        worst.append(float(world.metrics["dc3.retries"][-5:].max()))
    assert worst[1] < worst[0]
    assert worst[1] <= 0.12


def test_degraded_mode_needs_a_yes() -> None:
    """With the product owner's yes, degraded mode makes requests cheaper by its part."""
    world = calm()
    before = world.reading().site("dc1").capacity_rps
    world.approve("degraded_mode", world.now_ms)
    job = run(world, "degraded_mode", 5, on=True)
    assert job.result == "done"
    assert world.reading().site("dc1").capacity_rps == pytest.approx(before / 0.7, rel=1e-3)
    run(world, "degraded_mode", 5, on=False)
    assert not world.reading().degraded_mode


def test_reserve_standby_keeps_checkout() -> None:
    """When all else is down, a reserved standby answers checkout; an open one answers nobody."""
    served = {}
    for reserved in (True, False):
        world = calm()
        if reserved:
            run(world, "reserve_standby", 3, on=True)
        world.meet(90 * MINUTE_MS)
        for site in ("dc1", "dc2", "dc3"):
            begin(world, "hold", site=site)
        world.meet(world.now_ms + 20 * MINUTE_MS)
        m = world.metrics
        served[reserved] = float((m["good"][-5:] / m["fresh"][-5:]).mean())
    assert served[True] == pytest.approx(0.10, abs=0.02)
    assert served[False] < 0.02


def test_warm_fills_the_cache() -> None:
    """Forty minutes at 280 requests a second make nine in ten reads hit; the copies then go on."""
    world = out_and_cold(1)
    job = run(world, "warm", 44, site="dc1", rate_rps=280.0)
    assert job.result == "done"
    assert world.reading().site("dc1").state == "warming"
    assert told(world, "site.warmed")
    assert world.reading().site("dc1").cache_hit_frac > 0.9
    assert run(world, "warm", 1, site="dc1", rate_rps=0.0).result == "done"
    assert world.reading().site("dc1").state == "down"


def test_warm_is_stopped() -> None:
    """Stopping ends the warming, which then has failed, and the cache cools."""
    world = out_and_cold(1)
    job_id = begin(world, "warm", site="dc1", rate_rps=280.0)
    world.meet(world.now_ms + 10 * MINUTE_MS)
    world.cancel(job_id)
    warmth = world.reading().site("dc1").cache_hit_frac
    world.meet(world.now_ms + 30 * MINUTE_MS)
    assert world.jobs[-1].state == "cancelled"
    assert world.reading().site("dc1").cache_hit_frac < warmth


def test_catch_up_takes_a_third() -> None:
    """An hour of lag is worked off in twenty minutes."""
    world = out_and_cold(57)
    job_id = begin(world, "catch_up", site="dc1")
    lag_s = world.reading().site("dc1").index_lag_s
    world.meet(world.now_ms + int(lag_s / 3 * 1000) + 2 * MINUTE_MS)
    job = world.jobs[-1]
    assert (job.job_id, job.result) == (job_id, "done")
    assert world.reading().site("dc1").index_lag_s == 0.0


def test_catch_up_is_too_late_after_two_hours() -> None:
    """Beyond two hours the place in the stream is lost, and only a rebuild helps."""
    world = out_and_cold(125)
    assert told(world, "index.lost")
    refusal = world.refusal(parse("catch_up", {"site": "dc1"}))
    assert "rebuild_index" in str(refusal)


def test_rebuild_index_takes_hours() -> None:
    """A rebuild takes five and a half hours out of rotation; two at once take each nearly twice as long."""
    world = out_and_cold(125)
    begin(world, "rebuild_index", site="dc1")
    world.meet(world.now_ms + 165 * MINUTE_MS)
    assert world.jobs[-1].progress_frac == pytest.approx(0.5, abs=0.01)
    world.meet(world.now_ms + 167 * MINUTE_MS)
    assert world.jobs[-1].result == "done"
    assert not world.reading().site("dc1").index_lost


def test_staged_return_steps() -> None:
    """A warm site returns by 10, 25, 50 and 100 % of its share, ten minutes each."""
    world = calm()
    run(world, "hold", 10, site="dc1")
    begin(world, "staged_return", site="dc1")
    seen = []
    for _ in range(45):
        world.meet(world.now_ms + MINUTE_MS)
        seen.append(world.reading().site("dc1").weight_frac)
    assert list(dict.fromkeys(seen)) == [0.10, 0.25, 0.50, 1.0]
    assert seen.count(0.25) in (9, 10, 11)
    assert world.jobs[-1].result == "done"


def test_build_fix_deploys_nothing() -> None:
    """A build takes 90 minutes and leaves the release where it is."""
    world = fallen()
    begin(world, "build_fix")
    assert world.jobs[-1].ends_ms == world.now_ms + 90 * MINUTE_MS
    world.meet(world.now_ms + 90 * MINUTE_MS)
    assert world.jobs[-1].result == "done"
    assert world.state.site("dc2").release == "bundle-offers 4.12"


def test_a_tested_fix_is_deployed() -> None:
    """Built, tested 40 minutes and deployed 30, it clears the release at every site, and restores none."""
    world = fallen()
    run(world, "build_fix", 90)
    assert run(world, "test_fix", 40).result == "done"
    begin(world, "deploy_fix")
    assert world.jobs[-1].ends_ms == world.now_ms + 30 * MINUTE_MS
    world.meet(world.now_ms + 36 * MINUTE_MS)
    assert world.jobs[-1].result == "done"
    assert not any(s["release"] for s in world.truth()["sites"].values())
    assert [c.site for c in world.changes(world.now_ms) if c.id == "hot fix"] == ["dc1", "dc2", "dc3", "s0"]
    assert world.reading().sites_in == 1
    effects = {h.data["operation"]: h.data["effect"] for h in told(world, "operation.judged")}
    assert effects == {"build_fix": "helped", "test_fix": "helped", "deploy_fix": "helped"}


def test_the_parts_of_a_fix_come_in_order() -> None:
    """Neither test nor deployment goes before the build, no part twice, and no test after the deployment."""
    world = fallen()
    for part in ("test_fix", "deploy_fix"):
        assert "no fix is built yet" in str(world.refusal(parse(part, {})))
    run(world, "build_fix", 90)
    assert "is built already" in str(world.refusal(parse("build_fix", {})))
    preview = world.preview(parse("deploy_fix", {}))
    assert preview.price == "Not tested: it may fail at full roll-out; mending that takes 90 min more."
    assert (False, "tested before it is deployed") in preview.needs
    begin(world, "deploy_fix")
    assert "on its way to the sites already" in str(world.refusal(parse("test_fix", {})))


def test_a_cancelled_test_is_none() -> None:
    """A test that was stopped leaves the fix untested, and may be begun anew."""
    world = fallen()
    run(world, "build_fix", 90)
    job_id = begin(world, "test_fix")
    world.cancel(job_id)
    assert world.refusal(parse("test_fix", {})) is None
    assert (False, "tested before it is deployed") in world.preview(parse("deploy_fix", {})).needs


def test_an_untested_fix_may_fail() -> None:
    """Untested it takes 120 minutes; some seeds have it fail at full roll-out, which nobody foresees."""
    took = set()
    for seed in range(1, 9):
        world = World(NIGHT, seed)
        world.meet(5 * MINUTE_MS)
        run(world, "build_fix", 90)
        begin(world, "deploy_fix")
        assert world.jobs[-1].ends_ms == world.now_ms + 30 * MINUTE_MS
        world.meet(world.now_ms + 119 * MINUTE_MS)
        failed = world.jobs[-1].result is None
        world.meet(world.now_ms + 2 * MINUTE_MS)
        assert world.jobs[-1].result == "done"
        assert ("failed at full roll-out" in str(world.jobs[-1].note)) == failed
        took.add(failed)
    assert took == {True, False}


def residues() -> World:
    """The flagship with a printer bound to DC2 and a shard that a lost index leaves behind, at 03:35."""
    printer = FaultPlan("pinned_printer", -3600.0, {"site": "dc2"})
    shard = FaultPlan("stale_shard", -3600.0, {"service": "checkout"})
    world = World(flagship(faults=(LEAK, printer, shard)), 1)
    world.meet(35 * MINUTE_MS)
    return world


def test_reprint_binds_the_printer_elsewhere() -> None:
    """Five minutes after, lists come from a site that serves; one that is out prints nothing."""
    world = residues()
    assert "it is out. Choose a site in rotation: dc3" in str(
        world.refusal(parse("reprint", {"from_site": "dc1"}))
    )
    assert "no such site" in str(world.refusal(parse("reprint", {"from_site": "dc9"})))
    assert world.present("pinned_printer")
    assert run(world, "reprint", 5, from_site="dc3").result == "done"
    assert not world.present("pinned_printer")
    assert "printed from it already" in str(world.refusal(parse("reprint", {"from_site": "dc3"})))


def test_reprint_fails_with_its_site() -> None:
    """A site that falls while it prints leaves the lists blank."""
    world = residues()
    begin(world, "hold", site="dc3")
    job = run(world, "reprint", 5, from_site="dc3")
    assert (job.result, job.note) == ("failed", "DC3 fell out of rotation")
    assert world.present("pinned_printer")


def test_rebuild_shard_ends_the_last_residue() -> None:
    """A stale shard is right 25 minutes after; before an index is lost there is nothing to build."""
    world = residues()
    assert "all shards are up to date" in str(world.refusal(parse("rebuild_shard", {})))
    world.meet(130 * MINUTE_MS)
    assert world.present("stale_shard")
    assert run(world, "rebuild_shard", 24).result is None
    world.meet(world.now_ms + MINUTE_MS)
    assert not world.present("stale_shard")
    world.meet(200 * MINUTE_MS)
    assert not world.present("stale_shard")


def test_repoint_serves_pinned_clients() -> None:
    """Clients pinned to a site that is out are answered again ten minutes after."""
    world = fallen()
    before = world.metrics.last("served_frac")
    run(world, "repoint", 12, site="dc1")
    assert world.metrics.last("served_frac") - before == pytest.approx(0.0133, abs=0.003)
    assert told(world, "clients.repointed")


def test_diagnose_finds_the_heap() -> None:
    """A close look finds what monitors do not show, and changes nothing."""
    world = World(NIGHT, 1)
    world.meet(MINUTE_MS)
    job = run(world, "diagnose", 6, site="dc2", service="checkout")
    assert "heap grows with every request since bundle-offers 4.12" in (job.note or "")
    assert "heap" in (job.note or "")


def test_limits_of_the_plan() -> None:
    """A plan may change an operation's times."""
    world = World(flagship(trigger=False, limits=OperationLimits({"shed.lead_s": 600.0})), 1)
    world.meet(MINUTE_MS)
    begin(world, "shed", traffic_class="crawler")
    assert world.jobs[-1].ends_ms == world.now_ms + 600_000


def test_effects_are_judged() -> None:
    """Five minutes after its end an operation is judged: help, nothing, or harm."""
    world = World(CALM, 1)
    world.meet(540 * MINUTE_MS)
    run(world, "shed", 10, traffic_class="crawler", frac=1.0)
    run(world, "set_weight", 10, site="dc1", weight_frac=0.95)
    judged = {h.data["operation"]: h.data["effect"] for h in told(world, "operation.judged")}
    assert judged == {"shed": "helped", "set_weight": "none"}


def test_jobs_show_progress() -> None:
    """A job shows its phase, its foreseen end and how far it is."""
    world = fallen()
    begin(world, "roll_back", site="dc1", held=True)
    world.meet(world.now_ms + 3 * MINUTE_MS)
    job = world.jobs[0]
    assert (job.state, job.phase, job.by, job.target) == ("running", "rolling back", "david", "dc1")
    assert job.progress_frac == pytest.approx(0.4, abs=0.01)
    assert job.ends_ms == job.started_ms + 450_000
