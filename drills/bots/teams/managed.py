"""The managed night's plan: hold what stands, let fixes fail safely, mend by daylight, return by stages."""

from __future__ import annotations

from typing import Any

from drills.bots.bot import Rule
from drills.bots.finding import Find, after, at, both, done, first, nth_site, saturation
from drills.bots.policy import Policy
from drills.bots.teams.planning import ask_product, page_developer, task


def two(minutes: float) -> Find:
    """Find so many minutes after the second site fell."""
    return after(nth_site(2), minutes)


def three(minutes: float) -> Find:
    """Find so many minutes after the third alert."""
    return after(saturation, minutes)


def plan(policy: Policy, story: Any) -> list[Rule]:
    """Give the tasks in the order in which the night calls for them."""
    return [
        task(
            "roll-back-1",
            two(21.5),
            "Roll back the first site, keep it out after.",
            "roll_back",
            1,
            held=True,
        ),
        task(
            "roll-back-2", two(22), "Roll back the second too, keep it out after.", "roll_back", 2, held=True
        ),
        task("fix-1", two(42), "Try the second site back.", "readmit", 2, weight_frac=1.0),
        task(
            "repoint-1",
            at(story("04:18")),
            "Point the first site's pinned clients at the rest.",
            "repoint",
            1,
            to="desk_2",
        ),
        task("repoint-2", at(story("04:28")), "And those of the second site.", "repoint", 2, to="desk_2"),
        *hold(),
        *relieve(),
        task(
            "fix-2",
            roomy(three(68)),
            "Try the first site back at half weight.",
            "readmit",
            1,
            weight_frac=0.5,
        ),
        task("fix-3", three(93), "Catch up the second site's index.", "catch_up", 2, to="specialist"),
        task(
            "rebuild-2",
            three(118),
            "Then rebuild the second site's index.",
            "rebuild_index",
            2,
            to="specialist",
        ),
        *mend(policy, three(133)),
        *come_back(),
    ]


def allowed(when: Find) -> Find:
    """Find a reason only once the product owner has said yes."""
    return both(when, after(first("approval.given", "degraded_mode"), 0))


def roomy(when: Find) -> Find:
    """Find a reason only once degraded mode has made room: a failed try must not sink the last site."""
    return both(when, after(done("degraded_mode", 0), 0))


def hold() -> list[Rule]:
    """Keep the last site standing: shed, cap, reserve, and call who knows how sites come back."""
    return [
        task("shed-1", three(1), "Shed the crawlers.", "shed", traffic_class="crawler", frac=1.0),
        task("cap", three(1.5), "Cap retries at 10 %.", "cap_retries", frac=0.10),
        page_developer(three(3), NEED_YOU),
        task("reserve", three(3.5), "Reserve the standby for checkout.", "reserve_standby", on=True),
        task("shed-2", three(8), "Shed background traffic.", "shed", traffic_class="background", frac=1.0),
    ]


def relieve() -> list[Rule]:
    """Degraded mode, on the product owner's yes."""
    return [
        ask_product(three(44)),
        task("degraded", allowed(three(56)), "Degraded mode on, we have the yes.", "degraded_mode", on=True),
    ]


def mend(policy: Policy, begin: Find) -> list[Rule]:
    """The fix: built, tested unless the policy leaves that out, deployed site by site."""
    built, tested = done("build_fix", 0), done("test_fix", 0)
    test = [task("test-fix", after(built, 0), "Test it before it goes anywhere.", "test_fix", to="developer")]
    return [
        task("build-fix", begin, "Build the mended release.", "build_fix", to="developer"),
        *(test if policy.tests_fix else []),
        task(
            "deploy-fix",
            after(tested if policy.tests_fix else built, 0),
            "Deploy it, site by site.",
            "deploy_fix",
            to="developer",
        ),
    ]


def come_back() -> list[Rule]:
    """Index, warmth, stages; then everything that was shed comes back too."""
    first_back, second_back = done("staged_return", 1), done("staged_return", 2)
    return [
        task(
            "rebuild-1",
            after(done("rebuild_index", 2), 0),
            "Now the first site's index.",
            "rebuild_index",
            1,
            to="specialist",
        ),
        *_return(2, "second"),
        task("degraded-off", after(second_back, 7), "Degraded mode off.", "degraded_mode", on=False),
        task(
            "unshed-2",
            after(second_back, 22),
            "Background back.",
            "shed",
            traffic_class="background",
            frac=0.0,
        ),
        *_return(1, "first"),
        task("unshed-1", after(first_back, 2), "Crawlers back.", "shed", traffic_class="crawler", frac=0.0),
        task("cap-off", after(first_back, 16), "Retry cap off.", "cap_retries", frac=0.0),
        task("reserve-off", after(first_back, 16.5), "Standby reserve off.", "reserve_standby", on=False),
    ]


def _return(which: int, name: str) -> list[Rule]:
    return [
        task(
            f"warm-{which}",
            after(done("rebuild_index", which), 4),
            f"Warm the {name} site.",
            "warm",
            which,
            rate_rps=400.0,
        ),
        task(
            f"staged-{which}",
            after(done("warm", which), 1),
            f"Bring the {name} site back by stages.",
            "staged_return",
            which,
        ),
    ]


NEED_YOU = "Two sites down, the third nearly full. We need you to bring sites back. Read the document first."
