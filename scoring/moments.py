"""The marks of a drill on the simulated clock; each is a record item with its index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from drills.record import Item, Record
from scoring.ribbons import Ribbon, levels, who
from scoring.setting import Setting
from scoring.timing import MIN_MS

STAYS_MS = 10 * MIN_MS
UNSOLVED_MS = 60 * MIN_MS
AT_WORK_MS = 30 * MIN_MS
MANY_PEOPLE = 3
SEVERITY_ORDER = {"up": 0, "degraded": 1, "down": 2}
OUT_KINDS = ("site.ejected", "site.down")
AWARE_KINDS = (
    "page.acknowledged",
    "message.sent",
    "operation.started",
    "hypothesis.recorded",
    "severity.declared",
    "role.assumed",
    "page.sent",
    "doc.opened",
    "update.sent",
)
HANDS_ON_KINDS = (
    "look.taken",
    "operation.started",
    "hypothesis.recorded",
    "hypothesis.ruled_out",
    "hypothesis.confirmed",
    "task.assigned",
    "task.acknowledged",
    "task.reported",
    "decision.made",
    "doc.edited",
    "update.sent",
)


@dataclass(frozen=True)
class Mark:
    """A moment, the item that makes it, and why it counts."""

    t_ms: int
    n: int
    why: str = ""


@dataclass(frozen=True)
class Moments:
    """The marks that practices and outcomes share; None when it never came.

    Args:
        onset: impact or degradation begins.
        alert: the first alert available to the team.
        aware: the first act of the team that refers to it.
        major: the major trigger, with its reason.
        command: somebody first took command.
        mitigated: users are served again and stay so.
        recovered: everything is as before.
        resolved: a ticket of the drill's own trouble was resolved after the mitigation.
        closed: such a ticket was closed.
        worsenings: each site lost and each step down of the service.
        outs: first loss of each primary site.
        tickets: by ticket, whether it is about the `main` trouble or an `other`, where that is known.
    """

    start_ms: int
    end_ms: int
    onset: Mark | None
    alert: Mark | None
    aware: Mark | None
    major: Mark | None
    command: Mark | None
    mitigated: Mark | None
    recovered: Mark | None
    resolved: Mark | None
    closed: Mark | None
    worsenings: tuple[Mark, ...]
    outs: tuple[Mark, ...]
    tickets: Mapping[str, str] = field(default_factory=dict)

    @property
    def lifecycle_end_ms(self) -> int:
        """End of the incident for those who wait for words: resolved, else the end of the drill."""
        return self.resolved.t_ms if self.resolved else self.end_ms


def of(record: Record, setting: Setting) -> Moments:
    """Find all marks of a record."""
    items = record.items
    start_ms = min(0, items[0].t_ms) if items else 0
    outs = _first_outs(items, setting)
    steps = levels(_kind(items, "level.changed"), start_ms, record.ended_ms)
    worsenings = _worsenings(outs, steps)
    onset = worsenings[0] if worsenings else None
    alert = _alert(items, onset)
    aware = _aware(items, onset, alert)
    mitigated = _mitigated(items, steps)
    resolved_after = mitigated.t_ms if mitigated else None
    about = _troubles_of_tickets(items, setting)
    command = next((i for i in _kind(items, "role.assumed") if i.about == "commander"), None)
    return Moments(
        start_ms=start_ms,
        end_ms=record.ended_ms,
        onset=onset,
        alert=alert,
        aware=aware,
        major=_major(items, setting, outs, steps, aware=aware, mitigated=mitigated, end_ms=record.ended_ms),
        command=Mark(command.t_ms, command.n) if command else None,
        mitigated=mitigated,
        recovered=_first(_kind(items, "recovered.reached")),
        resolved=_first(
            item
            for item in _kind(items, "ticket.resolved")
            if resolved_after is not None and item.t_ms >= resolved_after and about.get(item.about) != "other"
        ),
        closed=_first(i for i in _kind(items, "ticket.closed") if about.get(i.about) != "other"),
        worsenings=worsenings,
        outs=outs,
        tickets=about,
    )


def _troubles_of_tickets(items: Sequence[Item], setting: Setting) -> dict[str, str]:
    """Give, by ticket, whether it is about the `main` trouble or an `other`; unknown ones are left out.

    A request is about another thing.
    """
    told = {item.about: item for item in _kind(items, "report.received", "alert.fired")}
    found = {}
    for item in _kind(items, "ticket.logged"):
        source = told.get(str(item.data.get("report") or item.data.get("alert") or ""))
        trouble = setting.intake.trouble_of(source) if source is not None else None
        if item.data.get("ticket_kind", "incident") != "incident":
            found[item.about] = "other"
        elif trouble is not None:
            found[item.about] = "main" if trouble.main else "other"
    return found


def _kind(items: Sequence[Item], *kinds: str) -> list[Item]:
    return [item for item in items if item.kind in kinds]


def _first(items: Iterable[Item]) -> Mark | None:
    item = next(iter(items), None)
    return Mark(item.t_ms, item.n) if item else None


def _first_outs(items: Sequence[Item], setting: Setting) -> tuple[Mark, ...]:
    found: dict[str, Mark] = {}
    for item in _kind(items, *OUT_KINDS):
        if item.about not in setting.standbys:
            found.setdefault(item.about, Mark(item.t_ms, item.n, item.about))
    return tuple(found.values())


def _worsenings(outs: Sequence[Mark], steps: Sequence[Ribbon]) -> tuple[Mark, ...]:
    worse = [
        Mark(after.from_ms, after.n, after.state)
        for before, after in pairwise(steps)
        if after.n is not None and SEVERITY_ORDER.get(after.state, 0) > SEVERITY_ORDER.get(before.state, 0)
    ]
    return tuple(sorted([*outs, *worse], key=lambda mark: mark.n))


def _alert(items: Sequence[Item], onset: Mark | None) -> Mark | None:
    if onset is None:
        return None
    return _first(
        item
        for item in _kind(items, "alert.fired")
        if item.t_ms >= onset.t_ms and item.data.get("severity") in ("page", "ticket")
    )


def _aware(items: Sequence[Item], onset: Mark | None, alert: Mark | None) -> Mark | None:
    if onset is None:
        return None
    from_ms = alert.t_ms if alert else onset.t_ms
    return _first(item for item in items if item.t_ms >= from_ms and _refers(item))


def _refers(item: Item) -> bool:
    if item.origin != "journal" or item.seat == "clock":
        return False
    if item.kind == "ticket.logged":
        return bool(item.data.get("ticket_kind", "incident") == "incident")
    return item.kind in AWARE_KINDS


def _mitigated(items: Sequence[Item], steps: Sequence[Ribbon]) -> Mark | None:
    told = _first(_kind(items, "mitigation.reached"))
    if told:
        return told
    was_hit = False
    for step in steps:
        if step.state == "up" and was_hit and step.n is not None and step.to_ms - step.from_ms >= STAYS_MS:
            return Mark(step.from_ms, step.n)
        was_hit = was_hit or step.state != "up"
    return None


def _major(
    items: Sequence[Item],
    setting: Setting,
    outs: Sequence[Mark],
    steps: Sequence[Ribbon],
    *,
    aware: Mark | None,
    mitigated: Mark | None,
    end_ms: int,
) -> Mark | None:
    """Find the earliest of the six triggers; (d) and (e) after SRE book ch. 14."""
    found = [
        _high_shown(items, steps),
        Mark(outs[1].t_ms, outs[1].n, f"{setting.site_title(outs[1].why)} was lost too")
        if len(outs) > 1
        else None,
        _security(items),
        _unsolved(end_ms, aware, mitigated),
        _many_at_work(items, aware),
        _declared(items),
    ]
    marks = [mark for mark in found if mark is not None]
    return min(marks, key=lambda mark: (mark.t_ms, mark.n)) if marks else None


def _high_shown(items: Sequence[Item], steps: Sequence[Ribbon]) -> Mark | None:
    """(a) The service is down and the team could see it by an alert or a report."""
    step = next((part for part in steps if part.state == "down" and part.n is not None), None)
    if step is None or step.n is None:
        return None
    shown = [
        item
        for item in _kind(items, "alert.fired", "page.rang", "inject.fired")
        if item.t_ms >= step.from_ms - STAYS_MS
    ]
    if not shown:
        return None
    return Mark(max(step.from_ms, shown[0].t_ms), max(step.n, shown[0].n), "the service was down")


def _security(items: Sequence[Item]) -> Mark | None:
    flagged = _first(i for i in items if i.origin != "journal" and i.data.get("security") is True)
    return Mark(flagged.t_ms, flagged.n, "security was in question") if flagged else None


def _unsolved(end_ms: int, aware: Mark | None, mitigated: Mark | None) -> Mark | None:
    if aware is None:
        return None
    due_ms = aware.t_ms + UNSOLVED_MS
    if end_ms < due_ms or (mitigated and mitigated.t_ms <= due_ms):
        return None
    return Mark(due_ms, aware.n, "an hour had passed without service restored")


def _many_at_work(items: Sequence[Item], aware: Mark | None) -> Mark | None:
    if aware is None:
        return None
    last: dict[str, int] = {}
    for item in items:
        if item.origin == "journal" and item.t_ms >= aware.t_ms and item.kind in HANDS_ON_KINDS:
            last[who(item)] = item.t_ms
            if sum(t_ms >= item.t_ms - AT_WORK_MS for t_ms in last.values()) >= MANY_PEOPLE:
                return Mark(item.t_ms, item.n, "three people were at work on it")
    return None


def _declared(items: Sequence[Item]) -> Mark | None:
    high = _first(i for i in _kind(items, "severity.declared") if i.data.get("level") == "high")
    return Mark(high.t_ms, high.n, "the team declared it high") if high else None
