"""How operations under way go on: from phase to phase, to their end, to the judgement of what they did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.agenda import Wake
from simulator.det import plain_sum
from simulator.jobs import Baseline, Job, Work

if TYPE_CHECKING:
    from simulator.operations.base import Operation, Phase
    from simulator.world import World

JUDGED_AFTER_S = 300
SERVED_STEP = 0.005
LOAD_STEP = 0.03
LOAD_HIGH = 0.85


def begin(world: World, operation: Operation, job_id: str, by: str) -> Work:
    """Start an operation that is not refused."""
    state = world.state
    work = Work(job_id, operation, by, state.now_s, operation.phases(world), baseline(world, operation))
    state.works.append(work)
    told = {**_names(work), "by": by, "params": _params(operation)}
    state.tell("operation.started", job_id, told)
    _next_phase(world, work)
    return work


def wake(world: World, job_id: str, word: str) -> None:
    """The time of a phase is over."""
    work = find(world, job_id)
    if work is not None and work.phase is not None and str(work.number) == word:
        _next_phase(world, work)


def poll(world: World) -> None:
    """Let every operation under way look at the world."""
    for work in world.state.works:
        phase = work.phase
        if phase is None:
            continue
        outcome = work.operation.poll(world, work, phase)
        if outcome is None:
            continue
        if outcome.note:
            work.note = outcome.note
        if outcome.ok:
            _next_phase(world, work)
        else:
            _end(world, work, ok=False)


def cancel(world: World, job_id: str) -> None:
    """Stop an operation that may still be stopped."""
    work = find(world, job_id)
    if work is None or not can_cancel(work):
        return
    work.operation.undo(world, work)
    work.state = "cancelled"
    work.note = "cancelled"
    _finished(world, work, "failed")


def find(world: World, job_id: str) -> Work | None:
    """The work with this id."""
    return next((w for w in world.state.works if w.job_id == job_id), None)


def can_cancel(work: Work) -> bool:
    """Whether it runs and its phase may be stopped."""
    return work.phase is not None and work.phase.cancellable


def _next_phase(world: World, work: Work) -> None:
    state = world.state
    work.number += 1
    work.phase_from_s = state.now_s
    phase = work.phase
    state.stir()
    if phase is None:
        note = work.operation.finish(world, work)
        work.note = work.note or note
        _end(world, work, ok=True)
        return
    work.operation.enter(world, work, phase)
    if work.number or len(work.phases) > 1:
        state.tell("operation.progressed", work.job_id, {**_names(work), "phase": phase.name})
    if phase.lasts_s is not None:
        world.agenda.put(Wake(state.now_s + int(phase.lasts_s), "job", work.job_id, str(work.number)))


def _end(world: World, work: Work, *, ok: bool) -> None:
    work.state = "done" if ok else "failed"
    _finished(world, work, work.state)


def _finished(world: World, work: Work, result: str) -> None:
    state = world.state
    work.ended_s = state.now_s
    data = {**_names(work), "result": result, "note": work.note}
    state.tell("operation.finished", work.job_id, data)
    state.stir()
    world.agenda.put(Wake(state.now_s + JUDGED_AFTER_S, "judge", work.job_id))


def baseline(world: World, operation: Operation) -> Baseline:
    """The world at this moment, as far as effects are measured against it."""
    state = world.state
    serving = [s for s in state.sites if s.in_rotation and s.share > 0.05]
    target = next((s for s in state.sites if s.id == operation.target), None)
    return Baseline(
        served_frac=state.metrics.last("served_frac", 1.0),
        worst_load=max((s.pool.load for s in serving), default=0.0),
        sites_in=sum(1 for s in state.sites if s.in_rotation and not s.standby),
        target_in=target is not None and target.in_rotation,
    )


def judge(world: World, job_id: str) -> None:
    """Say what an operation did to the world, some minutes after it ended.

    Compared are the moment before its start and the moment `JUDGED_AFTER_S` after its end:

    - harmed: a site that it works on and that was in is out (unless taking it out was the aim), a site fell
      after this operation had re-admitted it, or `SERVED_STEP` less of the customers' requests are
      answered, or the fullest serving site is `LOAD_STEP` fuller and above `LOAD_HIGH`;
    - helped: what it is meant for holds, or `SERVED_STEP` more is answered, or the fullest serving site is
      `LOAD_STEP` less full, or one more primary site is in rotation;
    - none: neither, or it failed or was cancelled without harm.

    Harm goes before help. What others did meanwhile counts too: the world has one history.
    """
    work = find(world, job_id)
    if work is None or work.ended_s is None:
        return
    before, now = work.baseline, baseline(world, work.operation)
    effect, why = _harm(world, work, before, now) or _help(world, work, before, now)
    data = {**_names(work), "effect": effect, "why": why}
    world.state.tell("operation.judged", job_id, data)


def _harm(world: World, work: Work, before: Baseline, now: Baseline) -> tuple[str, str] | None:
    operation = work.operation
    site = next((s for s in world.state.sites if s.id == operation.target), None)
    since = [t for t in site.ejections if t >= work.started_s] if site is not None else []
    if before.target_in and not now.target_in and operation.id not in ("drain", "hold"):
        return "harmed", f"{operation.target} was in rotation and is out"
    if since and operation.purpose in ("restore", "fix") and not now.target_in:
        return "harmed", f"{operation.target} fell {len(since)} times after it"
    if now.served_frac < before.served_frac - SERVED_STEP:
        return "harmed", f"answered fell from {before.served_frac:.1%} to {now.served_frac:.1%}"
    if now.worst_load > max(LOAD_HIGH, before.worst_load + LOAD_STEP):
        return "harmed", f"the fullest site went from {before.worst_load:.0%} to {now.worst_load:.0%}"
    return None


def _help(world: World, work: Work, before: Baseline, now: Baseline) -> tuple[str, str]:
    if work.state != "done":
        return "none", work.note or "it failed"
    if work.operation.reached(world):
        return "helped", "what it is meant for holds"
    if now.served_frac > before.served_frac + SERVED_STEP:
        return "helped", f"answered rose from {before.served_frac:.1%} to {now.served_frac:.1%}"
    if now.worst_load < before.worst_load - LOAD_STEP:
        return "helped", f"the fullest site went from {before.worst_load:.0%} to {now.worst_load:.0%}"
    if now.sites_in > before.sites_in:
        return "helped", "one more site in rotation"
    return "none", "nothing measurable changed"


def show(world: World, work: Work) -> Job:
    """The work as people see it."""
    ends_s = _foreseen_end_s(work)
    phase = work.phase
    return Job(
        job_id=work.job_id,
        operation=work.operation.id,
        target=work.operation.target,
        by=work.by,
        started_ms=work.started_s * 1000,
        ends_ms=None if ends_s is None else ends_s * 1000,
        progress_frac=_progress(world, work, ends_s),
        state=work.state,
        phase=phase.name if phase else "",
        result=None if work.state == "running" else "done" if work.state == "done" else "failed",
        note=work.note or None,
        can_cancel=can_cancel(work),
    )


def _foreseen_end_s(work: Work) -> int | None:
    if work.ended_s is not None:
        return work.ended_s
    left: list[Phase] = list(work.phases[work.number :])
    current = left[0] if left else None
    lasting = [p.lasts_s for p in left if not p.surprise or p is current]
    if any(x is None for x in lasting):
        return None
    return work.phase_from_s + int(plain_sum(x or 0.0 for x in lasting))


def _progress(world: World, work: Work, ends_s: int | None) -> float:
    if work.ended_s is not None:
        return 1.0
    own = work.operation.progress_frac(world, work)
    if own is not None:
        return own
    if ends_s is not None and ends_s > work.started_s:
        return min(1.0, (world.state.now_s - work.started_s) / (ends_s - work.started_s))
    return work.number / max(1, len(work.phases))


def _names(work: Work) -> dict[str, Any]:
    return {"job_id": work.job_id, "operation": work.operation.id, "target": work.operation.target}


def _params(operation: Operation) -> dict[str, Any]:
    names = operation.__dataclass_fields__
    return {name: getattr(operation, name) for name in names}
