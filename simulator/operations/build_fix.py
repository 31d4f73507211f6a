"""Mend the release in code and build it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simulator.jobs import Work
from simulator.operations.base import Operation, Phase, Preview, Purpose, Risk, operation

if TYPE_CHECKING:
    from simulator.world import World


@operation("build_fix")
@dataclass(frozen=True)
class BuildFix(Operation):
    """The faulty release is mended in code and built: the first part of a hot fix.

    First sign: none in production; the build is there to be tested.
    Ends: when it is built. Nothing runs it before it is deployed.
    Source: flagship physics, section 2; drill book, inject I23.
    """

    title: ClassVar[str] = "Build a fix"
    summary: ClassVar[str] = "Mend the release in code and build it; nothing is deployed"
    purpose: ClassVar[Purpose] = "fix"
    risk: ClassVar[Risk] = "low"
    way_back: ClassVar[str] = "Cancel: the work is lost, production is untouched"
    usual_minutes: ClassVar[str] = "90 min"
    times: ClassVar[Mapping[str, float]] = {"code_s": 3900.0, "build_s": 1500.0}

    def refusal(self, world: World) -> str | None:
        """Once is enough, and there must be something to fix."""
        built = stage(world, self.id)
        if built is not None:
            what = "is under way" if built.state == "running" else "is built"
            return f"build_fix refused: a fix {what} already ({built.job_id})"
        if not world.faulty_changes():
            return "build_fix refused: no change is known that could be mended. Look at the change list first"
        return None

    def phases(self, world: World) -> tuple[Phase, ...]:
        """Code, build."""
        return (Phase("code", self.time(world, "code_s")), Phase("build", self.time(world, "build_s")))

    def finish(self, world: World, work: Work) -> str:
        """It is built."""
        return "the fix is built; test_fix tests it, deploy_fix puts it on the sites"

    def reached(self, world: World) -> bool:
        """A fix is built."""
        return is_done(world, self.id)

    def describe(self, world: World) -> Preview:
        """Hours of a developer, no effect yet."""
        return Preview(
            "Mend the release in code and build it",
            "A build that can be tested and deployed. Sites are as before.",
            "A developer's hours.",
        )


def stage(world: World, operation_id: str) -> Work | None:
    """The part of the fix with this id that runs or was done, None while there is none."""
    found = [
        w for w in world.state.works if w.operation.id == operation_id and w.state in ("running", "done")
    ]
    return found[-1] if found else None


def is_done(world: World, operation_id: str) -> bool:
    """Whether that part of the fix is done."""
    work = stage(world, operation_id)
    return work is not None and work.state == "done"
