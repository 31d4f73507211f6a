"""Put the mended release on the sites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simulator.jobs import Work
from simulator.operations.base import Operation, Phase, Preview, Purpose, Risk, operation
from simulator.operations.build_fix import is_done, stage

if TYPE_CHECKING:
    from simulator.world import World


@operation("deploy_fix")
@dataclass(frozen=True)
class DeployFix(Operation):
    """The fix is deployed site by site: the last part of a hot fix.

    First sign: the change list shows the deployment at each site.
    Ends: when it is deployed everywhere. It restores no site by itself. Untested, it may fail at full
    roll-out and must be mended again.
    Source: flagship physics, section 2; drill book, inject I23.
    """

    title: ClassVar[str] = "Deploy the fix"
    summary: ClassVar[str] = "Put the mended release on one site after the other"
    purpose: ClassVar[Purpose] = "fix"
    risk: ClassVar[Risk] = "medium"
    way_back: ClassVar[str] = "Roll the fix back, as any release"
    usual_minutes: ClassVar[str] = "30 min"
    times: ClassVar[Mapping[str, float]] = {"deploy_s": 1800.0, "mend_s": 5400.0, "fail_frac": 0.5}

    def refusal(self, world: World) -> str | None:
        """Once is enough, and it must be built."""
        deployed = stage(world, self.id)
        if deployed is not None:
            what = "is under way" if deployed.state == "running" else "is deployed"
            return f"deploy_fix refused: the fix {what} already ({deployed.job_id})"
        if not is_done(world, "build_fix"):
            return "deploy_fix refused: no fix is built yet. Build it with build_fix first"
        return None

    def phases(self, world: World) -> tuple[Phase, ...]:
        """A stage a site; untested, mending may follow, which nobody foresees."""
        share = self.time(world, "deploy_s") / len(world.state.sites)
        stages = tuple(Phase(f"deploy {s.id}", share, cancellable=False) for s in world.state.sites)
        if is_done(world, "test_fix") or world.chance(self.id) >= self.time(world, "fail_frac"):
            return stages
        mend = Phase("failed at full roll-out, mending", self.time(world, "mend_s"), surprise=True)
        return (*stages, mend)

    def enter(self, world: World, work: Work, phase: Phase) -> None:
        """Put it on the next site."""
        if not phase.name.startswith("deploy "):
            return
        site = world.state.site(phase.name.removeprefix("deploy "))
        change = world.faulty_changes()[0]
        if change not in world.state.halted:
            world.state.halted.append(change)
        world.controls.clear_release(site)
        text = f"hot fix of {change} on {site.title}"
        world.controls.deploy(site, change="hot fix", service=site.pool.service, text=text, who=work.by)

    def finish(self, world: World, work: Work) -> str:
        """It is everywhere."""
        if any(p.surprise for p in work.phases):
            return "the hot fix failed at full roll-out, was mended, and is deployed everywhere"
        return "the hot fix is deployed everywhere"

    def reached(self, world: World) -> bool:
        """No site runs the faulty release."""
        return not any(s.release for s in world.state.sites)

    def describe(self, world: World) -> Preview:
        """Needed to close, not to restore."""
        tested = is_done(world, "test_fix")
        again_min = self.time(world, "mend_s") / 60
        return Preview(
            "Deploy the mended release everywhere" + ("" if tested else ", untested"),
            "The release can be used again. Sites that are out stay out until they are returned.",
            "A stage a site; none is restarted."
            if tested
            else f"Not tested: it may fail at full roll-out; mending that takes {again_min:.0f} min more.",
            needs=(
                (is_done(world, "build_fix"), "a fix is built"),
                (tested, "tested before it is deployed"),
            ),
        )
