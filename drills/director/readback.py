"""The read-back: what a relief says back, from what was written for them, and whether it is right now.

| truth | claims that carry it | right when |
|---|---|---|
| `sites` | `state` of a site | each site that is named serves or not, as claimed |
| `failed_operation` | `tried` | it names the operation that failed or harmed last |
| `harmful` | `tried`, `mitigation`, `residual`, `next_step` | it names an operation that did harm |
| `threshold` | `forecast` | its subject is that of a worsening that could be foreseen |
| `first_task` | `now`, `next_step` | it names the open task due first, its owner or operation |
| `promise` | `next_update` | its time is that of the last promise; any time when none was made |
| `clock` | `sla_left`, `budget_left` | within a fifth of what is left |

Where nothing failed, harmed, is open or was promised, anything said is right. Later words win over earlier
ones about the same subject. Words of a human relief are held against the same
truths: a site that serves must be named, an operation or task too, a time or number must be near.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from drills.truth import clock_ms, is_true, names_of, subject_of
from simulator.operations import OPERATIONS

if TYPE_CHECKING:
    from drills.board import Task
    from drills.engine import Engine
    from drills.record import Item

CARRIES: Mapping[str, tuple[str, ...]] = {
    "sites": ("state",),
    "failed_operation": ("tried",),
    "harmful": ("tried", "mitigation", "residual", "next_step"),
    "threshold": ("forecast",),
    "first_task": ("now", "next_step"),
    "promise": ("next_update",),
    "clock": ("sla_left", "budget_left"),
}
NOTHING = "I do not know."
NEAR_MS = 10 * 60_000
OPEN = ("asked", "acknowledged", "more_time")

Claim = Mapping[str, Any]
Check = Callable[["Engine", Sequence[Claim]], bool]


def latest(engine: Engine, items: Iterable[Item]) -> list[Claim]:
    """Give the claims of some items in order, without those that a later one about the same replaces."""
    kept: dict[tuple[str, str, str], Claim] = {}
    for item in items:
        for claim in item.data.get("claims") or ():
            name = str(claim["property"])
            # Tries stand beside each other; of a state only the last counts.
            own = str(claim["value"]) if name in ("tried", "forecast", "next_step", "now") else ""
            kept[(subject_of(engine, claim), name, own)] = claim
    return list(kept.values())


def answer(claims: Sequence[Claim], truth: str) -> tuple[str, list[Claim]]:
    """Give a relief's answer to a question, with the claims that it comes from."""
    carrying = [claim for claim in claims if claim["property"] in CARRIES[truth]]
    words = "; ".join(f"{claim['subject']}: {claim['value']}" for claim in carrying[-4:])
    return words or NOTHING, carrying


def is_right(engine: Engine, truth: str, claims: Sequence[Claim]) -> bool:
    """Say whether claims carry the true answer to a question now."""
    return _CHECKS[truth](engine, claims)


def spoken(engine: Engine, truth: str, words: str) -> bool:
    """Say whether the words of a human relief hold the true answer now."""
    if truth == "sites":
        serving = [site for site in engine.reading().sites if site.in_rotation and not site.standby]
        said = words.lower()
        return all(site.title.lower() in said or site.id in said for site in serving) and bool(said)
    subjects = _stage_subjects(engine) if truth == "threshold" else ("",)
    said_by = [
        {"subject": subject, "property": name, "value": words, "certainty": "known"}
        for name in CARRIES[truth][:1]
        for subject in subjects
        if subject in words.lower()
    ]
    return bool(words) and _CHECKS[truth](engine, said_by)


# --- the truths
def _sites(engine: Engine, claims: Sequence[Claim]) -> bool:
    sites = {site.id for site in engine.scenario.world.sites}
    told = [claim for claim in claims if subject_of(engine, claim) in sites]
    return bool(told) and all(is_true(engine, claim) for claim in told)


def _bad_operations(engine: Engine, *, harmed_only: bool) -> list[str]:
    """Give ids of operations that failed or did harm, in order."""
    bad = []
    for item in engine.items:
        harmed = item.kind == "operation.judged" and item.data.get("effect") == "harmed"
        failed = item.kind == "operation.finished" and item.data.get("result") in ("failed", "refused")
        if harmed or (failed and not harmed_only):
            bad.append(str(item.data["operation"]))
    return bad


def _names(operation: str) -> tuple[str, ...]:
    known = OPERATIONS.get(operation)
    title = known.title.lower() if known is not None else operation
    return (operation, operation.replace("_", " "), title)


def _mentions(claims: Sequence[Claim], words: Iterable[str]) -> bool:
    told = [f"{claim['subject']} {claim['value']}".lower() for claim in claims]
    return any(word and word.lower() in each for word in words for each in told)


def _failed(engine: Engine, claims: Sequence[Claim]) -> bool:
    bad = _bad_operations(engine, harmed_only=False)
    return not bad or _mentions(claims, _names(bad[-1]))


def _harmful(engine: Engine, claims: Sequence[Claim]) -> bool:
    bad = _bad_operations(engine, harmed_only=True)
    return not bad or any(_mentions(claims, _names(each)) for each in bad)


def _stage_subjects(engine: Engine) -> tuple[str, ...]:
    return tuple(dict.fromkeys(subject for stage in engine.scenario.stages for subject in stage.subjects))


def _threshold(engine: Engine, claims: Sequence[Claim]) -> bool:
    subjects = _stage_subjects(engine)
    return any(not subjects or subject_of(engine, claim) in subjects for claim in claims)


def _first_open(engine: Engine) -> Task | None:
    waiting = [task for task in engine.board.tasks.values() if task.state in OPEN]
    return min(waiting, key=lambda task: task.due_ms, default=None)


def _first_task(engine: Engine, claims: Sequence[Claim]) -> bool:
    task = _first_open(engine)
    if task is None or not claims:
        return bool(claims)
    operation = str(task.item.data.get("operation") or "")
    return _mentions(claims, [task.id, *names_of(engine, task.to), *(_names(operation) if operation else ())])


def _promise(engine: Engine, claims: Sequence[Claim]) -> bool:
    promised = [
        item.t_ms + int(item.data["next_update_min"]) * 60_000
        for item in engine.board.updates
        if item.data.get("next_update_min")
    ]
    told = [clock_ms(engine, str(claim["value"])) for claim in claims]
    if not promised:
        return bool(claims)
    # A promise without a time of day in it cannot be checked, and counts.
    return any(each is None or abs(each - promised[-1]) <= NEAR_MS for each in told)


def _clock(engine: Engine, claims: Sequence[Claim]) -> bool:
    return bool(claims) and all(is_true(engine, claim) for claim in claims)


_CHECKS: dict[str, Check] = {
    "sites": _sites,
    "failed_operation": _failed,
    "harmful": _harmful,
    "threshold": _threshold,
    "first_task": _first_task,
    "promise": _promise,
    "clock": _clock,
}
