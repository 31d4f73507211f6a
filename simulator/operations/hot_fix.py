"""Mend the release itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simulator.jobs import Work
from simulator.operations.base import Operation, Phase, Preview, Purpose, Risk, operation

if TYPE_CHECKING:
    from simulator.world import World


@operation("hot_fix")
@dataclass(frozen=True)
class HotFix(Operation):
    """The release is mended in code, built, tested and deployed site by site.

    First sign: the change list shows the deployment at each site.
    Ends: when it is deployed everywhere. It restores no site by itself. Untested, it may fail at full
    roll-out and must be mended again.
    Source: flagship physics, section 2; drill book, inject I23.

    Args:
        tested: run the tests before deploying.
    """

    title: ClassVar[str] = "Hot fix"
    summary: ClassVar[str] = "Code, build, test and deploy a mended release"
    purpose: ClassVar[Purpose] = "fix"
    risk: ClassVar[Risk] = "medium"
    way_back: ClassVar[str] = "Roll the fix back, as any release"
    usual_minutes: ClassVar[str] = "160 min, 120 untested"
    times: ClassVar[Mapping[str, float]] = {
        "code_s": 3900.0,
        "build_s": 1500.0,
        "test_s": 2400.0,
        "deploy_s": 1800.0,
        "mend_s": 5400.0,
        "fail_frac": 0.5,
    }

    tested: bool = True

    def refusal(self, world: World) -> str | None:
        """Once is enough, and there must be something to fix."""
        done = [w for w in world.state.works if w.operation.id == self.id and w.state in ("running", "done")]
        if done:
            what = "is under way" if done[-1].state == "running" else "is deployed"
            return f"hot_fix refused: one {what} already ({done[-1].job_id})"
        if not world.faulty_changes():
            return "hot_fix refused: no change is known that could be mended. Look at the change list first"
        return None

    def phases(self, world: World) -> tuple[Phase, ...]:
        """Code, build, test, deploy."""
        test = (Phase("test", self.time(world, "test_s")),) if self.tested else ()
        share = self.time(world, "deploy_s") / len(world.state.sites)
        deploy = tuple(Phase(f"deploy {s.id}", share, cancellable=False) for s in world.state.sites)
        mend: tuple[Phase, ...] = ()
        if not self.tested and world.chance("hot_fix") < self.time(world, "fail_frac"):
            mend = (Phase("failed at full roll-out, mending", self.time(world, "mend_s"), surprise=True),)
        return (
            Phase("code", self.time(world, "code_s")),
            Phase("build", self.time(world, "build_s")),
            *test,
            *deploy,
            *mend,
        )

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
        return Preview(
            "Mend the release and deploy it everywhere" + ("" if self.tested else ", without the tests"),
            "The release can be used again. Sites that are out stay out until they are returned.",
            "A developer's hours."
            if self.tested
            else "It may fail at full roll-out; mending that takes 90 min more.",
            needs=((self.tested, "tested before it is deployed"),),
        )
