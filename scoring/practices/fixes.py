"""D8, resolution: a fix is tested before it goes everywhere, and looked at after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drills.record import Item
from scoring.levels import RANK, Judgement, Level, Window, mean_level, not_tested
from scoring.practices.cases import end_of, window_limit
from scoring.practices.effects import finish_of, params_of
from scoring.practices.registry import practice
from scoring.practices.words import coach
from scoring.reading import Night
from scoring.timing import CLICK_FLOOR_S, Limit

VERIFIED_MIN = 15.0
DEPLOYS = ("deploy_fix",)
TESTS = ("test_fix",)
NAMES_OF_A_CHANGE = ("change", "fix", "build")
NOT_A_SIGNAL = ("changes",)
"""What tells that a fix is out, and not whether it works."""


@dataclass(frozen=True)
class Deployment:
    """One fix on its way to the sites.

    Args:
        opens_ms: from when it could be looked at: its end, or the end of a skip in which it ended.
        tested: the item by which it was tested.
        looked: the first look at a real signal after it, in time.
        excuse: why going without a test was a choice: everything was down, or a decision says so.
    """

    started: Item
    ended: Item
    opens_ms: int
    limit: Limit
    tested: Item | None
    looked: Item | None
    excuse: Item | None

    @property
    def level(self) -> Level:
        """Met: tested and looked at. Partly: looked at, untested by choice."""
        if self.looked is None:
            return "missed"
        if self.tested is not None:
            return "met"
        return "partly" if self.excuse is not None else "missed"


@practice("CLO-1")
def tested_then_deployed(night: Night) -> Judgement:
    """The fix is tested, then deployed.

    Called for by: each full deployment of a fix that could be tested.
    Met: a test of the same change ended well before it, or a canary did, and within 15 min of its end
        somebody looks at a real signal.
    Partly: looked at afterwards, and untested by choice: the service was down for all, or a recorded decision
        names the deployment.
    Missed: otherwise.
    Cannot see: what the test covered; tests outside the console.
    Source: the article's "Even after finding a resolution, some fixes need to be tested and deployed".
    """
    used = [each for started in _full(night) if (each := _deployment(night, started)) is not None]
    if not used:
        return not_tested("no trigger", finding="No fix was deployed.")
    paced = [one for one in used if one.looked or not night.is_too_fast(one.limit, one.opens_ms)]
    if not paced:
        return not_tested("too fast for people", evidence=tuple(one.ended.n for one in used))
    judged = [one for one in paced if one.level == "met" or not night.cut_short(one.opens_ms, VERIFIED_MIN)]
    if not judged:
        return not_tested("cut short", evidence=tuple(one.ended.n for one in paced))
    return _joined(night, judged)


def _started(night: Night, operations: Sequence[str]) -> list[Item]:
    return [
        item
        for item in night.items("operation.started")
        if item.origin == "journal" and item.data.get("operation") in operations
    ]


def _full(night: Night) -> list[Item]:
    return [item for item in _started(night, DEPLOYS) if not _is_canary(item)]


def _is_canary(started: Item) -> bool:
    """Say whether a deployment goes to a part only."""
    part = params_of(started).get("frac", 1.0)
    return params_of(started).get("canary") is True or (isinstance(part, int | float) and 0 < part < 1)


def _deployment(night: Night, started: Item) -> Deployment | None:
    """Give a deployment with what came before and after, or None when it never ended or was refused."""
    ended = finish_of(night, started)
    if ended is None or ended.data.get("result") == "refused":
        return None
    opens_ms = next((b for a, b in night.skips if a < ended.t_ms < b), ended.t_ms)
    limit = window_limit(night, VERIFIED_MIN, CLICK_FLOOR_S, opens_ms, ())
    return Deployment(
        started=started,
        ended=ended,
        opens_ms=opens_ms,
        limit=limit,
        tested=_test_of(night, started),
        looked=_look_after(night, ended, end_of(limit, opens_ms)),
        excuse=_excuse(night, started),
    )


def _test_of(night: Night, deployed: Item) -> Item | None:
    """Give the item that shows a test or a canary of the same change, done before."""
    for started in _started(night, (*TESTS, *DEPLOYS)):
        if started.data.get("operation") in DEPLOYS and not _is_canary(started):
            continue
        ended = finish_of(night, started)
        is_done = ended is not None and ended.data.get("result") == "done" and ended.n < deployed.n
        if is_done and _is_same_change(started, deployed):
            return ended
    return None


def _is_same_change(one: Item, other: Item) -> bool:
    """Say whether two operations are about one change: no name that both give differs."""
    named = [name for name in NAMES_OF_A_CHANGE if name in params_of(one) and name in params_of(other)]
    return all(params_of(one)[name] == params_of(other)[name] for name in named)


def _look_after(night: Night, ended: Item, until_ms: int) -> Item | None:
    return next(
        (
            act
            for act in night.acts
            if act.kind == "look.taken"
            and act.n > ended.n
            and act.t_ms <= until_ms
            and act.data.get("signal", "dashboard") not in NOT_A_SIGNAL
        ),
        None,
    )


def _excuse(night: Night, deployed: Item) -> Item | None:
    """Give what made leaving out the test a choice: a decision for this operation, or the service down."""
    decided = night.first(
        "decision.made",
        where=lambda item: (
            item.n < deployed.n and item.data.get("operation") == deployed.data.get("operation")
        ),
    )
    if decided is not None:
        return decided
    return deployed if night.level_at(deployed.t_ms) == "down" else None


def _joined(night: Night, judged: Sequence[Deployment]) -> Judgement:
    level = mean_level([one.level for one in judged])
    worst = min(judged, key=lambda one: RANK[one.level])
    tested, looked = (sum(part is not None for part in parts) for parts in _parts(judged))
    widest = max((one.limit for one in judged), key=lambda limit: limit.allowed_min)
    return Judgement(
        level=level,
        opportunities=len(judged),
        evidence=tuple(dict.fromkeys(n for one in judged for n in _entries(one))),
        window=Window(judged[0].started.t_ms, end_of(widest, judged[-1].opens_ms)),
        numbers={
            "limit_min": widest.asked_min,
            "allowed_min": round(widest.allowed_min, 1),
            "speed": round(widest.speed, 1),
            "deployed": len(judged),
            "tested": tested,
            "looked_at": looked,
        },
        finding=(
            f"{tested} of {len(judged)} fixes tested before, {looked} looked at within {widest.text()} after"
        ),
        coaching=_coaching(night, level, worst),
    )


def _parts(judged: Sequence[Deployment]) -> tuple[list[Item | None], list[Item | None]]:
    return [one.tested for one in judged], [one.looked for one in judged]


def _entries(one: Deployment) -> tuple[int, ...]:
    items = (one.tested, one.excuse, one.started, one.ended, one.looked)
    return tuple(item.n for item in items if item is not None)


def _coaching(night: Night, level: Level, worst: Deployment) -> str:
    seen = f"At {night.said(worst.started.t_ms)}, a fix went to all sites"
    if level == "met":
        return coach("CLO-1", seen, "The team had tested it before, and looked at what users got after")
    if worst.tested is None:
        tail = ", by choice" if worst.excuse else ""
        move = "test the build first, or begin with one site, and say so when the test is left out"
        return coach("CLO-1", seen, f"The team had no test of it{tail}", move)
    did = f"The team had tested it, and took no look at a real signal within {worst.limit.text()} of its end"
    return coach("CLO-1", seen, did, "take one look at what users get as soon as the fix is out")
