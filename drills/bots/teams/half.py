"""The half-managed night: command late, words hourly, half of it written down, relief at the last minute."""

from __future__ import annotations

from typing import Any

from drills.bots.bot import Rule
from drills.bots.finding import at
from drills.bots.policy import Policy
from drills.bots.teams.managed import NEED_YOU, allowed, come_back, mend, three, two
from drills.bots.teams.planning import alone, ask_product, page_developer, task


def plan(policy: Policy, story: Any) -> list[Rule]:
    """Give the tasks; what is not asked for by task, the tech lead does alone."""
    return [
        task(
            "roll-back-2", two(40), "Roll back the second site, keep it out after.", "roll_back", 2, held=True
        ),
        task("fix-1", two(60), "Try the second site back.", "readmit", 2, weight_frac=1.0),
        task(
            "repoint-1",
            at(story("05:40")),
            "Point the pinned clients at the rest.",
            "repoint",
            1,
            to="desk_2",
        ),
        task("repoint-2", at(story("05:55")), "And those of the second site.", "repoint", 2, to="desk_2"),
        ask_product(three(3)),
        task("degraded", allowed(three(16)), "Degraded mode on, we have the yes.", "degraded_mode", on=True),
        task("shed-1", three(9), "Shed the crawlers.", "shed", traffic_class="crawler", frac=1.0),
        task("shed-2", three(20), "Shed background traffic.", "shed", traffic_class="background", frac=1.0),
        page_developer(three(25), NEED_YOU),
        task("fix-2", three(80), "Try the first site back at half weight.", "readmit", 1, weight_frac=0.5),
        task(
            "rebuild-2", three(150), "Rebuild the second site's index.", "rebuild_index", 2, to="specialist"
        ),
        *mend(policy, three(160)),
        *come_back(),
    ]


def own(story: Any) -> list[Rule]:
    """Give what the tech lead does unasked: a rollback before there is a commander, a restart after."""
    return [
        alone("own-roll-back", at(story("03:24")), "roll_back", 1, held=False),
        alone("own-restart", at(story("04:50")), "restart", 1),
        alone("own-hold", at(story("04:58")), "hold", 1),
        alone("own-cap", three(12), "cap_retries", frac=0.10),
    ]
