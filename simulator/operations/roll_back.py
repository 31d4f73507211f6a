"""Put the release before back on a site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from simulator.jobs import Work
from simulator.operations.base import (
    Outcome,
    Phase,
    Preview,
    Purpose,
    Risk,
    SiteOperation,
    operation,
    site_facts,
    watch_stay,
)

if TYPE_CHECKING:
    from simulator.world import World


@operation("roll_back")
@dataclass(frozen=True)
class RollBack(SiteOperation):
    """The release before is put back on a site, which is then restarted.

    First sign: the change list shows it; the site's processes restart and answer nobody for a while.
    Ends: the leak stops at once, but the site comes back cold. Unless it is kept out, the tool re-admits it
    at full weight a few minutes after the restart. In a serving site the restart is an outage of that site.
    Source: "Metastable Failures in the Wild" (Huang et al., OSDI 2022): removing the trigger is not recovery.

    Args:
        site: id of the site.
        held: keep the site out of rotation afterwards.
    """

    title: ClassVar[str] = "Roll back"
    summary: ClassVar[str] = "Put the release before back on a site, then restart it"
    purpose: ClassVar[Purpose] = "fix"
    risk: ClassVar[Risk] = "high"
    way_back: ClassVar[str] = "None: roll forward again, with one more restart"
    usual_minutes: ClassVar[str] = "6 min + restart"
    times: ClassVar[Mapping[str, float]] = {"lead_s": 360.0, "readmit_after_s": 190.0, "watch_s": 120.0}

    held: bool = True

    def refusal(self, world: World) -> str | None:
        """A site that runs the release before has nothing to roll back."""
        site = self.at(world)
        if not site.release:
            return (
                f"roll_back {site.id} refused: it runs the release before already. "
                "See the change list for what is deployed where; a restart needs no roll back"
            )
        return None

    def phases(self, world: World) -> tuple[Phase, ...]:
        """Roll back, restart, and unless held: wait, re-admit, watch."""
        restart = Phase("restarting", world.plan.health.restart_s, cancellable=False)
        first = (Phase("rolling back", self.time(world, "lead_s")), restart)
        if self.held:
            return first
        wait = Phase("waiting to re-admit", self.time(world, "readmit_after_s"))
        return (
            *first,
            wait,
            Phase(
                "back at full weight",
                world.plan.health.every_s * world.plan.health.pass_count + self.time(world, "watch_s"),
                cancellable=False,
            ),
        )

    def enter(self, world: World, work: Work, phase: Phase) -> None:
        """Put the release before back before the restart; re-admit after the wait."""
        site = self.at(world)
        if phase.name == "restarting":
            self._replace(world, work)
            if self.held:
                world.controls.hold(site, work.by)
            world.controls.restart(site, "roll back")
        elif phase.name == "back at full weight" and not site.watched:
            world.controls.readmit(site, 1.0)

    def _replace(self, world: World, work: Work) -> None:
        site = self.at(world)
        release = site.release
        service = next((p.service for p in site.pools() if p.leaking), site.pool.service)
        if release and release not in world.state.halted:
            world.state.halted.append(release)
        world.controls.clear_release(site)
        text = f"{release} rolled back on {site.title}"
        world.controls.deploy(site, change=release, service=service, text=text, who=work.by)

    def poll(self, world: World, work: Work, phase: Phase) -> Outcome | None:
        """Once re-admitted, does it stay?"""
        site = self.at(world)
        if phase.name == "back at full weight" and not site.in_rotation:
            waited = world.state.now_s - work.phase_from_s
            if site.held or waited > world.plan.health.every_s * (world.plan.health.pass_count + 1):
                return watch_stay(world, site)
        return None

    def finish(self, world: World, work: Work) -> str:
        """Say where the site stands."""
        site = self.at(world)
        return f"{site.title} runs the release before, " + ("kept out, cold" if self.held else "in rotation")

    def reached(self, world: World) -> bool:
        """The release is gone."""
        return not self.at(world).release

    def describe(self, world: World) -> Preview:
        """Stops what the release does; the site comes back cold."""
        site = self.at(world)
        back = (
            "kept out of rotation"
            if self.held
            else f"back at full weight by the tool: {site_facts(world, site, 1.0)}"
        )
        seconds = world.plan.health.restart_s
        price = f"{site.title} answers nobody for {seconds:.0f} s and loses its cache; then {back}"
        return Preview(
            f"Put the release before {site.release or 'the last one'} back on {site.title}",
            "The release's effects stop on this site. Other sites are as before.",
            price,
            needs=(
                (not site.in_rotation, f"{site.title} is out of rotation"),
                (self.held, "kept out afterwards"),
            ),
        )
