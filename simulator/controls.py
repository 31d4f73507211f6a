"""What operations, faults and the supervisor may do to a world's state.

Every act takes effect now, stirs the grid and reports itself. Lead times are the operations' business.
"""

from __future__ import annotations

from simulator import routing
from simulator.changes import Change
from simulator.plan import WorldPlan
from simulator.site import NEVER, Site
from simulator.state import State

FOREVER = 1_000_000_000


class Controls:
    """The levers of one world."""

    def __init__(self, plan: WorldPlan, state: State) -> None:
        self.plan = plan
        self.state = state

    def spread(self) -> None:
        """Spread the traffic anew over the sites in rotation."""
        routing.reroute(self.plan, self.state.sites, self.state.now_s)
        self.state.stir()

    def restart(self, site: Site, by: str, lasts_s: float | None = None) -> None:
        """Start a site's processes anew: it answers nobody for a while and comes back cold."""
        seconds = self.plan.health.restart_s if lasts_s is None else lasts_s
        site.restart(self.state.now_s, seconds)
        self.state.tell("site.restarted", site.id, {"by": by, "seconds": seconds})
        self.state.stir()

    def lose(self, site: Site, by: str) -> None:
        """A site loses power or network; every process is gone until `power`."""
        site.restart(self.state.now_s, FOREVER)
        site.lost_power = True
        self.state.tell("site.down", site.id, {"by": by})
        self.state.stir()

    def power(self, site: Site, by: str) -> None:
        """A lost site has power again; its processes start."""
        site.lost_power = False
        site.down_until_s = NEVER
        self.state.tell("site.powered", site.id, {"by": by})
        self.restart(site, by)

    def readmit(self, site: Site, weight_frac: float) -> None:
        """Let health checks decide about a site again, from the first check on."""
        site.held = site.drained = False
        site.ejections = []
        site.weight_frac = weight_frac
        if site.in_rotation:
            site.in_rotation = False
            site.since_s = self.state.now_s
        site.fails = site.passes = 0
        self.spread()

    def hold(self, site: Site, by: str) -> None:
        """Keep a site out until an operator re-admits it."""
        site.held = True
        self._take_out(site)
        self.state.tell("site.held", site.id, {"by": by})

    def drain(self, site: Site, by: str) -> None:
        """Take a site out of rotation in an orderly way."""
        site.drained = True
        self._take_out(site)
        self.state.tell("site.drained", site.id, {"by": by})

    def _take_out(self, site: Site) -> None:
        if site.in_rotation:
            site.in_rotation = False
            site.since_s = site.last_out_s = self.state.now_s
            site.catching_up = False
        site.fails = site.passes = 0
        self.spread()

    def set_weight(self, site: Site, weight_frac: float) -> None:
        """Change a site's part of a fair share."""
        site.weight_frac = weight_frac
        self.spread()

    def shed(self, class_number: int, frac: float) -> None:
        """Refuse a part of a class of traffic at the edge."""
        self.state.edge.admit[class_number] = 1.0 - frac
        class_id = self.plan.traffic.classes[class_number].id
        self._mode("shed", on=frac > 0.0, traffic_class=class_id, frac=frac)

    def cap_retries(self, frac: float) -> None:
        """Let retries through up to a part of the first attempts; 0 lifts the cap."""
        self.state.edge.cap_frac = frac or None
        self.state.clients.tokens = 0.0
        self._mode("retry_cap", on=frac > 0.0, frac=frac)

    def degraded_mode(self, *, on: bool) -> None:
        """Answer with less: every request costs less."""
        self.state.edge.degraded_mode = on
        self._mode("degraded_mode", on=on)

    def reserve_standby(self, *, on: bool) -> None:
        """Keep the standby for essential classes whenever it is alone."""
        self.state.edge.reserve_standby = on
        self._mode("reserve_standby", on=on)
        self.spread()

    def _mode(self, mode: str, *, on: bool, **more: str | float) -> None:
        self.state.tell("mode.changed", mode, {"mode": mode, "on": on, **more})
        self.state.stir()

    def warm(self, site: Site, rate_rps: float) -> None:
        """Send copies of past requests to a site out of rotation; 0 stops."""
        site.warm_rps = rate_rps
        self.state.stir()

    def repoint(self, site: Site) -> None:
        """Clients pinned to a site follow the weights from now on."""
        site.pinned = False
        self.state.tell("clients.repointed", site.id)
        self.state.stir()

    def deploy(self, site: Site, *, change: str, service: str, text: str, who: str) -> None:
        """Note in the change list that something was put on a site."""
        now_ms = self.state.now_s * 1000
        self.state.changes.append(Change(now_ms, change, site.id, service, text, who))
        data = {"change": change, "site": site.id, "service": service, "text": text, "who": who}
        self.state.tell("change.deployed", site.id, data)
        self.state.stir()

    def clear_release(self, site: Site) -> None:
        """The faulty release is gone from a site: it leaks and costs no more. What it did so far stays."""
        for pool in site.pools():
            pool.leaking = 0.0
            pool.feature_cost = 1.0
        site.release = ""
        self.state.stir()
