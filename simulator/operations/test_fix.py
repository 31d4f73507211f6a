"""Test the mended release before it is deployed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simulator.jobs import Work
from simulator.operations.base import Operation, Phase, Preview, Purpose, Risk, operation
from simulator.operations.build_fix import is_done, stage

if TYPE_CHECKING:
    from simulator.world import World


@operation("test_fix")
@dataclass(frozen=True)
class TestFix(Operation):
    """The build of a fix is tested: the part of a hot fix that can be left out, at a risk.

    First sign: none in production.
    Ends: when the tests are through; what they find is mended on the way.
    Source: flagship physics, section 2; drill book, inject I23 ("Testing eats 40 minutes").
    """

    title: ClassVar[str] = "Test the fix"
    summary: ClassVar[str] = "Test the build of the fix before it is deployed"
    purpose: ClassVar[Purpose] = "fix"
    risk: ClassVar[Risk] = "low"
    way_back: ClassVar[str] = "Cancel: the fix counts as untested"
    usual_minutes: ClassVar[str] = "40 min"
    times: ClassVar[Mapping[str, float]] = {"test_s": 2400.0}

    def refusal(self, world: World) -> str | None:
        """It needs a build that is not deployed yet, and no test so far."""
        if not is_done(world, "build_fix"):
            return "test_fix refused: no fix is built yet. Build it with build_fix first"
        deployed = stage(world, "deploy_fix")
        if deployed is not None:
            return f"test_fix refused: the fix is on its way to the sites already ({deployed.job_id})"
        tested = stage(world, self.id)
        return None if tested is None else f"test_fix refused: it is tested already ({tested.job_id})"

    def phases(self, world: World) -> tuple[Phase, ...]:
        """One run of the tests."""
        return (Phase("test", self.time(world, "test_s")),)

    def finish(self, world: World, work: Work) -> str:
        """The tests are through."""
        return "the fix is tested; deploy_fix puts it on the sites"

    def reached(self, world: World) -> bool:
        """The fix is tested."""
        return is_done(world, self.id)

    def describe(self, world: World) -> Preview:
        """Time now against trouble later."""
        return Preview(
            "Test the build of the fix",
            "A tested fix does not fail at full roll-out.",
            f"{self.time(world, 'test_s') / 60:.0f} min before it can be deployed.",
            needs=((is_done(world, "build_fix"), "a fix is built"),),
        )
