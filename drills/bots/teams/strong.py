"""The strong night: load off before the second site falls, both held, caught up, warmed and back by six."""

from __future__ import annotations

from typing import Any

from drills.bots.bot import Rule
from drills.bots.finding import Find, after, at, done, nth_site
from drills.bots.policy import Policy
from drills.bots.teams.managed import mend, two
from drills.bots.teams.planning import announced, page_developer, task
from drills.eyes import Eyes
from drills.record import Item


def one(minutes: float) -> Find:
    """Find so many minutes after the first site fell."""
    return after(nth_site(1), minutes)


def plan(policy: Policy, story: Any) -> list[Rule]:
    """Give the tasks: hold, roll back held, catch up, warm, return by stages, then load back."""
    return [
        task("hold-2", two(3.2), "Hold the second site.", "hold", 2),
        task("roll-back-1", two(5.2), "Roll back the first site, held.", "roll_back", 1, held=True),
        task(
            "roll-back-2", two(5.5), "Roll back the second, held.", "roll_back", 2, held=True, to="specialist"
        ),
        task("repoint-2", two(12.5), "Point its pinned clients at the rest.", "repoint", 2, to="desk_2"),
        task("catch-up-1", two(13), "Catch up the first site's index.", "catch_up", 1, to="specialist"),
        task("catch-up-2", two(13.2), "And the second's.", "catch_up", 2, to="specialist"),
        task("warm-1", two(14), "Warm the first site.", "warm", 1, rate_rps=280.0),
        task("warm-2", two(14.2), "Warm the second.", "warm", 2, rate_rps=280.0),
        page_developer(two(20), NEED_YOU),
        task("staged-2", after(_ready(2), 0), "Bring the second site back by stages.", "staged_return", 2),
        task("staged-1", after(_ready(1), 44), "Now the first.", "staged_return", 1),
        *mend(policy, two(60)),
        task("unshed-1", at(story("05:59")), "Crawlers back.", "shed", traffic_class="crawler", frac=0.0),
        task("cap-off", at(story("06:29")), "Retry cap off.", "cap_retries", frac=0.0),
    ]


def own(story: Any) -> list[Rule]:
    """Give what the tech lead proposes and does before there is a commander."""
    return [
        *announced("own-cap", one(3.5), "cap_retries", frac=0.10),
        *announced("own-shed", one(4.5), "shed", traffic_class="crawler", frac=1.0),
        *announced("own-repoint", one(12.5), "repoint", 1),
    ]


def _ready(which: int) -> Any:
    """Mark: the site is warm and its index has caught up."""

    def mark(eyes: Eyes) -> Item | None:
        warm, caught = done("warm", which)(eyes), done("catch_up", which)(eyes)
        return (
            max((warm, caught), key=lambda item: item.n) if warm is not None and caught is not None else None
        )

    return mark


NEED_YOU = "Both sites are held and warming. Please read the document and check our order of return."
