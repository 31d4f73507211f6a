"""A world: a plan, a seed, and what became of them so far."""

from __future__ import annotations

import io
import pickle
import zlib
from typing import Any

from simulator import health, logs, noise, working
from simulator.agenda import Agenda, Wake
from simulator.changes import Change
from simulator.controls import Controls
from simulator.det import plain_sum
from simulator.errors import BadPlan, OperationRefused, SimulatorError
from simulator.faults import parse as parse_fault
from simulator.flow import Flow
from simulator.happenings import Happening
from simulator.jobs import Job
from simulator.logs import LogLine
from simulator.metrics import Metrics
from simulator.minute import Minutes
from simulator.monitors import Monitors
from simulator.operations import OPERATIONS, Operation, Preview
from simulator.plan import WorldPlan
from simulator.reading import Reading, read
from simulator.site import Site
from simulator.state import State, fresh_state
from simulator.topology import Topology

_GRID_S = (1, 5, 15, 60)
_CALM_STEPS = 3
_SNAPSHOT = b"stormdrill-world/1\n"


class World:
    """A simulated system of data centers.

    Time goes on in steps of 1, 5, 15 or 60 s: short where something moves, long where nothing does, always
    aligned to multiples of their own length. Which step is natural depends on the state alone, so that
    `advance(a); advance(b)` is `advance(b)`. `meet` cuts the grid; it is for operations only, which a
    journal keeps.

    Args:
        plan: everything the world is made of.
        seed: all chance.
        max_step_s: longest natural step.

    Raises:
        BadPlan: the plan contradicts itself; the message has all problems found.
    """

    plan: WorldPlan
    seed: int
    state: State
    agenda: Agenda
    controls: Controls

    def __init__(self, plan: WorldPlan, seed: int, max_step_s: int = 60) -> None:
        self._build(plan, seed, max_step_s)
        self._take(fresh_state(plan, self._topology), [])
        self._check()
        self.controls.spread()
        for site in self.state.sites:
            site.burst_until_s = self.state.now_s  # they have served for long: no sessions to restore
        for number, fault in enumerate(plan.faults):
            self.agenda.put(Wake(int(fault.at_s), "fault", str(number), "begin"))
        self._story_changes()
        self.agenda.run(self.state.now_s)
        self.advance(0)

    def _build(self, plan: WorldPlan, seed: int, max_step_s: int) -> None:
        """All that follows from plan and seed alone."""
        self.plan = plan
        self.seed = seed
        self._grid = tuple(g for g in _GRID_S if g <= max(1, max_step_s))
        self._topology = Topology(plan)
        self._flow = Flow(plan, seed, self._topology)
        self.faults = [parse_fault(f.fault, f.params) for f in plan.faults]
        self._monitors = Monitors(plan)
        index = self._topology.entry.index
        self.index_limit_s = index.limit_s if index else 0.0
        self.index_drain_rate = index.drain_rate if index else 1.0
        self.index_rebuild_s = index.rebuild_s if index else 0.0

    def _take(self, state: State, wakes: list[Wake]) -> None:
        """Put a state in, with what it waits for."""
        self.state = state
        self.agenda = Agenda(state.now_s, wakes, self._wake)
        self.controls = Controls(self.plan, state)
        self._minutes = Minutes(self.plan, self._monitors, self.agenda)

    def _check(self) -> None:
        wrong = [problem for fault in self.faults for problem in fault.problems(self)]
        for key in self.plan.limits.values:
            operation, _, name = key.partition(".")
            if operation not in OPERATIONS:
                wrong.append(f"limits: unknown operation in {key!r}; known: {', '.join(sorted(OPERATIONS))}")
            elif name not in OPERATIONS[operation].times:
                takes = ", ".join(OPERATIONS[operation].times) or "none"
                wrong.append(f"limits: {operation} has no {name!r}; it has {takes}")
        total = plain_sum(c.share for c in self.plan.traffic.classes)
        if abs(total - 1.0) > 1e-6:
            wrong.append(f"traffic: shares of the classes sum to {total:g}, not 1")
        if wrong:
            raise BadPlan(f"plan {self.plan.id}: " + "; ".join(wrong))

    def _story_changes(self) -> None:
        for c in self.plan.changes:
            self.state.changes.append(Change(int(c.at_s * 1000), c.id, c.site, c.service, c.text, c.who))

    # time

    @property
    def now_ms(self) -> int:
        """The last boundary of the grid that was reached."""
        return self.state.now_s * 1000

    def advance(self, until_ms: int) -> None:
        """Take natural steps as long as they end by `until_ms`."""
        until_s = until_ms // 1000
        while True:
            dt = self._natural_step()
            if self.state.now_s + dt > until_s:
                return
            self._step(dt)

    def meet(self, t_ms: int) -> None:
        """Reach `t_ms`, cutting the grid with steps of a second where it must be."""
        self.advance(t_ms)
        while self.now_ms < t_ms:
            self._step(1)

    def _natural_step(self) -> int:
        now, grid = self.state.now_s, self._grid
        k = min(self.state.level_index, len(grid) - 1)
        due = self.agenda.next_s()
        while k and (now % grid[k] or now + grid[k] > due):
            k -= 1
        return grid[k]

    def _step(self, dt: int) -> None:
        state = self.state
        told = len(state.happened)
        amiss = self._flow.step(state, dt)
        state.now_s += dt
        now = state.now_s
        if len(state.happened) > told:
            self._react(told)
        if now % int(self.plan.health.every_s) == 0:
            self._probe()
        self._monitors.after_step(state)
        if state.works:
            working.poll(self)
        if amiss or health.pending(state):
            state.stir()
        else:
            state.calm += 1
            if state.calm >= _CALM_STEPS and state.level_index < len(self._grid) - 1:
                state.level_index += 1
                state.calm = 0
        if now % 60 == 0:
            self._minutes.close(state, reserved=self._flow.reserved(state))
        if self.agenda.next_s() <= now:
            self.agenda.run(now)

    def _react(self, told: int) -> None:
        """Monitors and faults hear what the flow told within the step."""
        for happening in self.state.happened[told:]:
            for number, fault in enumerate(self.faults):
                fault.hear(self, number, happening)
            if happening.kind == "index.lost":
                self._monitors.index_lost(self.state, self.state.site(happening.about))

    def _probe(self) -> None:
        state = self.state
        before = [s.in_rotation for s in state.sites]
        if health.probe(state, self.plan.health):
            self.controls.spread()
            health.report(state, before, self.plan.health, self._monitors)

    def _wake(self, wake: Wake) -> None:
        if wake.who == "job":
            working.wake(self, wake.key, wake.word)
        elif wake.who == "judge":
            working.judge(self, wake.key)
        elif wake.who == "fault":
            self._fault(int(wake.key), wake.word)
        elif self.state.level.sla_runs:
            self.state.level.sla_breached = True
            due_ms = wake.t_s * 1000
            self.state.tell("sla.breached", wake.key, {"due_ms": due_ms})

    def _fault(self, number: int, word: str) -> None:
        fault = self.faults[number]
        if word == "begin":
            self.state.tell("fault.began", fault.id, {"fault": fault.id})
            fault.begin(self, number)
        else:
            fault.wake(self, number, word)

    def present(self, what: str) -> bool:
        """Whether a planted fault bites now; `what` is its id in the registry, or a name it was given."""
        return any(
            fault.present(self, number) for number, fault in enumerate(self.faults) if what in fault.names()
        )

    def sleep_fault(self, number: int, seconds: int, word: str) -> None:
        """Wake a fault again after so many seconds, with the word it gave itself."""
        self.agenda.put(Wake(self.state.now_s + seconds, "fault", str(number), word))

    # operations

    def refusal(self, op: Operation) -> str | None:
        """Why an operation would be refused now, and how to mend that; None when it may start."""
        known = [s.id for s in self.state.sites]
        site = getattr(op, "site", None)
        if site is not None and site not in known:
            return f"{op.id} {site} refused: no such site. Choose one of {', '.join(known)}"
        for work in self.state.works:
            same = work.operation.id == op.id and work.operation.target == op.target
            if work.state == "running" and same:
                return (
                    f"{op.id} {op.target or ''} refused: {work.job_id} does that already. Wait, or cancel it"
                )
        return op.refusal(self)

    def preview(self, op: Operation) -> Preview:
        """What an operation would do, as things stand."""
        site = getattr(op, "site", None)
        if site is not None and site not in [s.id for s in self.state.sites]:
            return Preview(op.summary, "", "", way_back=op.way_back, refusal=self.refusal(op))
        return op.preview(self)

    def start(self, op: Operation, job_id: str, by: str) -> None:
        """Start an operation now; call `meet` first.

        Raises:
            OperationRefused: with the words of `refusal`.
        """
        refusal = self.refusal(op)
        if refusal is not None:
            raise OperationRefused(refusal)
        if working.find(self, job_id) is not None:
            raise OperationRefused(f"{op.id} refused: job id {job_id} is taken; give each operation its own")
        working.begin(self, op, job_id, by)
        self.agenda.run(self.state.now_s)

    def cancel(self, job_id: str) -> None:
        """Stop an operation under way, if it still can be stopped. Call `meet` first."""
        working.cancel(self, job_id)

    def approve(self, what: str, at_ms: int) -> None:
        """Somebody with the right to do so said yes to `what` (id of an operation)."""
        self.state.approvals[what] = at_ms

    def approved(self, what: str) -> bool:
        """Whether that yes is there."""
        return what in self.state.approvals and self.state.approvals[what] <= self.now_ms

    @property
    def jobs(self) -> list[Job]:
        """All operations so far, in the order in which they were started."""
        return [working.show(self, w) for w in self.state.works]

    def chance(self, name: str) -> float:
        """A number in [0, 1) for a named risk: the same in every run of this seed."""
        return noise.uniform(self.seed, noise.stream(name), 0)

    def faulty_changes(self) -> list[str]:
        """Names of the changes that faults rolled out so far."""
        planted = {str(f.params.get("change", "")) for f in self.plan.faults}
        return list(dict.fromkeys(c.id for c in self.state.changes if c.id in planted))

    def cost_of(self, site: Site) -> float:
        """Cost of a request at a site as things stand, in units of a warm one."""
        pool = site.pool
        entry = self._topology.entry
        cost = 1.0
        if entry.cache is not None:
            cost += entry.cache.miss_cost * (1.0 - pool.warmth)
        if entry.index is not None:
            cost += entry.index.lag_cost * min(1.0, site.lag_s / entry.index.limit_s)
        cost *= pool.feature_cost
        return cost * (self.plan.degraded_cost_frac if self.state.edge.degraded_mode else 1.0)

    # what can be seen

    def drain(self) -> list[Happening]:
        """What happened since the last call, in order."""
        new = self.state.happened[self.state.drained :]
        self.state.drained = len(self.state.happened)
        return new

    @property
    def metrics(self) -> Metrics:
        """Columns of numbers, a row a minute."""
        return self.state.metrics

    def reading(self) -> Reading:
        """What the instruments show now."""
        return read(self)

    @property
    def topology(self) -> Topology:
        """Which service calls which."""
        return self._topology

    def logs(
        self,
        start_ms: int,
        end_ms: int,
        site: str | None = None,
        service: str | None = None,
        text: str | None = None,
        limit: int = 200,
    ) -> list[LogLine]:
        """Log lines of a stretch, newest last; where there are more than `limit`, the newest."""
        return logs.search(self, start_ms, end_ms, site=site, service=service, text=text, limit=limit)

    def changes(self, until_ms: int) -> list[Change]:
        """The change list up to a moment, oldest first."""
        return sorted((c for c in self.state.changes if c.t_ms <= until_ms), key=lambda c: c.t_ms)

    def truth(self) -> dict[str, Any]:
        """What is really so: for scorer and facilitator only."""
        state, level = self.state, self.state.level
        return {
            "t_ms": self.now_ms,
            "faults": [
                {
                    "fault": f.fault,
                    "at_ms": int(f.at_s * 1000),
                    **f.params,
                    "present": self.faults[number].present(self, number),
                }
                for number, f in enumerate(self.plan.faults)
            ],
            "halted": list(state.halted),
            "troubled": level.troubled,
            "sla": {
                "started_s": level.sla_started_s,
                "stopped_s": level.sla_stopped_s,
                "breached": level.sla_breached,
            },
            "sites": {
                s.id: {
                    "heap": s.heap,
                    "warmth": s.pool.warmth,
                    "release": s.release,
                    "leaking": any(p.leaking > 0.0 for p in s.pools()),
                    "index_lost": s.index_lost,
                    "lag_s": s.lag_s,
                    "held": s.held,
                    "pinned": s.pinned,
                    "capacity_rps": s.pool.capacity_rps,
                    "warm_capacity_rps": s.pool.workers * s.pool.rate_rps,
                }
                for s in state.sites
            },
        }

    # storing

    def snapshot(self) -> bytes:
        """The world at this moment; with plan and seed, `restore` makes it go on as if nothing had been."""
        body = pickle.dumps((self._grid[-1], self.state, self.agenda.wakes()), protocol=5)
        return _SNAPSHOT + zlib.compress(body, 1)

    @classmethod
    def restore(cls, plan: WorldPlan, seed: int, blob: bytes) -> World:
        """A world from the snapshot of one with the same plan and seed.

        Raises:
            SimulatorError: the blob is no snapshot.
        """
        if not blob.startswith(_SNAPSHOT):
            raise SimulatorError("restore: not a snapshot of a world; make one with World.snapshot()")
        body = zlib.decompress(blob[len(_SNAPSHOT) :])
        longest, state, wakes = _Reader(io.BytesIO(body)).load()
        world = cls.__new__(cls)
        world._build(plan, seed, longest)
        world._take(state, wakes)
        return world

    def digest(self) -> str:
        """Hash of everything that will decide what follows, and of all that happened."""
        state = self.state
        numbers = [
            [getattr(s, n) for n in sorted(s.__slots__) if n not in ("pool", "side")] for s in state.sites
        ]
        pools = [[[getattr(p, n) for n in sorted(p.__slots__)] for p in s.pools()] for s in state.sites]
        clients = state.clients
        who = [clients.tokens, [(p.alive, p.waiting, p.pausing) for p in clients.pools()]]
        rest = [
            state.now_s,
            state.level_index,
            state.calm,
            state.edge,
            state.level,
            state.approvals,
            state.halted,
            state.planted,
        ]
        text = repr((numbers, pools, who, rest, self.agenda.wakes(), state.works, state.happened))
        return noise.digest(text.encode() + state.metrics.table().tobytes())


class _Reader(pickle.Unpickler):
    """Reads a snapshot and makes nothing but the simulator's own plain classes."""

    def find_class(self, module: str, name: str) -> Any:
        """Allow the simulator's classes and the array they keep numbers in."""
        if module.split(".", maxsplit=1)[0] == "simulator" or (module, name) in _PLAIN:
            return super().find_class(module, name)
        raise SimulatorError(
            f"restore: a snapshot holds no {module}.{name}; it was not written by World.snapshot()"
        )


_PLAIN = {("array", "array"), ("array", "_array_reconstructor")}
