"""Stretches of time with a state: what users felt, how each site was, who held command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from drills.record import Item, Seat

SITE_STATES = {
    "site.ejected": "down",
    "site.down": "down",
    "site.held": "down",
    "site.drained": "out",
    "site.powered": "down",
    "site.restarted": "down",
    "site.admitted": "up",
}


@dataclass(frozen=True)
class Ribbon:
    """A stretch of time with one state; `n` is the item that began it."""

    from_ms: int
    to_ms: int
    state: str
    n: int | None = None


@dataclass(frozen=True)
class Hold:
    """A role in one person's hands.

    Args:
        announced: whether taking it was said aloud on the channel.
        n: the item by which it was taken.
        rota: the scenario's id of whoever got it by a handoff, or "".
    """

    person: str
    seat: str
    from_ms: int
    to_ms: int
    announced: bool
    n: int
    rota: str = ""


def who(item: Item) -> str:
    """Give the identity behind an act: the person, not the seat."""
    return item.person or item.seat


def holds(
    taken: Sequence[Item], role: str, end_ms: int, relief: Callable[[str], str] = str
) -> tuple[Hold, ...]:
    """Give who held a role; the next to take it, or a handoff, ends the hold before.

    Args:
        taken: items by which roles were taken or handed off.
        relief: gives the identity of a person of the rota, by the id that the scenario gives them.
    """
    mine = [item for item in taken if item.about == role]
    ends = [*(item.t_ms for item in mine[1:]), end_ms][: len(mine)]
    return tuple(
        Hold(
            relief(_handed_to(item)) if item.kind == "role.handed_off" else who(item),
            item.seat,
            item.t_ms,
            to_ms,
            bool(item.data.get("announced", False)),
            item.n,
            _handed_to(item) if item.kind == "role.handed_off" else "",
        )
        for item, to_ms in zip(mine, ends, strict=True)
    )


def _handed_to(item: Item) -> str:
    return str(item.data.get("to", ""))


def command_acts(acts: Sequence[Item], seats: Sequence[Seat]) -> tuple[Item, ...]:
    """Give the acts of command: a task to another, a decision, a call, or words that set a next step.

    A next step counts whether or not it was said before: were only new ones counted, leaving one out
    would lend its weight to a later one.
    """
    return tuple(item for item in acts if _commands(item, seats))


def _commands(item: Item, seats: Sequence[Seat]) -> bool:
    if item.kind == "task.assigned":
        to = str(item.data.get("to", ""))
        owner = next((seat.person for seat in seats if seat.id == to and seat.person), to)
        return owner != who(item) and to != item.seat
    if item.kind in ("update.sent", "doc.edited", "message.sent"):
        return any(claim.get("property") == "next_step" for claim in item.data.get("claims", ()))
    return item.kind in ("decision.made", "briefing.held", "poll.held")


def exercised(hold: Hold, commands: Sequence[Item], reach_ms: int) -> tuple[Ribbon, ...]:
    """Give the parts of a hold in which its last act of command is at most `reach_ms` ago.

    The time before the first act counts when that act came within reach of taking the role.
    """
    parts: list[Ribbon] = []
    for item in commands:
        if who(item) != hold.person or not hold.from_ms <= item.t_ms < max(hold.to_ms, hold.from_ms + 1):
            continue
        to_ms = min(item.t_ms + reach_ms, hold.to_ms)
        if parts and item.t_ms <= parts[-1].to_ms:
            parts[-1] = Ribbon(parts[-1].from_ms, to_ms, hold.seat, hold.n)
        elif not parts and item.t_ms <= hold.from_ms + reach_ms:
            parts.append(Ribbon(hold.from_ms, to_ms, hold.seat, hold.n))
        else:
            parts.append(Ribbon(item.t_ms, to_ms, hold.seat, hold.n))
    return tuple(parts)


def levels(changes: Sequence[Item], start_ms: int, end_ms: int) -> tuple[Ribbon, ...]:
    """Give the service's level over time; it is up until something else is said."""
    steps = [(start_ms, "up", None)] + [
        (item.t_ms, str(item.data.get("level", "up")), item.n) for item in changes if item.t_ms >= start_ms
    ]
    return _joined(steps, end_ms)


def site_ribbon(moves: Sequence[Item], start_ms: int, end_ms: int, *, standby: bool) -> tuple[Ribbon, ...]:
    """Give a site's state over time; a standby is idle until it is taken in."""
    steps: list[tuple[int, str, int | None]] = [(start_ms, "idle" if standby else "up", None)]
    steps += [
        (item.t_ms, SITE_STATES[item.kind], item.n)
        for item in moves
        if item.kind in SITE_STATES and item.t_ms >= start_ms
    ]
    return _joined(steps, end_ms)


def _joined(steps: Sequence[tuple[int, str, int | None]], end_ms: int) -> tuple[Ribbon, ...]:
    parts: list[Ribbon] = []
    for index, (from_ms, state, n) in enumerate(steps):
        to_ms = steps[index + 1][0] if index + 1 < len(steps) else max(end_ms, from_ms)
        if to_ms <= from_ms and index + 1 < len(steps):
            continue
        if parts and parts[-1].state == state:
            parts[-1] = Ribbon(parts[-1].from_ms, to_ms, state, parts[-1].n)
        else:
            parts.append(Ribbon(from_ms, to_ms, state, n))
    return tuple(parts)
