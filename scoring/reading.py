"""What a practice reads: a `Night`, built once from a record.

All moments, ribbons and limits that practices share are worked out here, so that two lines never disagree
about when command was taken or whether somebody in a seat is human.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from drills.persons import person_id
from drills.record import Item, Record
from scenarios.schema.script import Match
from scoring import moments
from scoring.levels import ELAPSED_TO_JUDGE
from scoring.moments import Mark, Moments
from scoring.ribbons import Hold, Ribbon, command_acts, exercised, holds, levels, site_ribbon
from scoring.setting import Setting
from scoring.timing import MIN_MS, SHORTEST_STAGE_MIN, Limit, mean_speed

CLOCK_SEATS = ("clock", "facilitator")
SHOWN_WITHIN_MS = 10 * MIN_MS


@dataclass(frozen=True)
class Night:
    """One drill, read for judging.

    Args:
        record: what happened.
        setting: what the scenario says about it.
    """

    record: Record
    setting: Setting

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Item, ...]]:
        found: dict[str, list[Item]] = {}
        for item in self.record.items:
            found.setdefault(item.kind, []).append(item)
        return {kind: tuple(items) for kind, items in found.items()}

    def items(self, *kinds: str) -> tuple[Item, ...]:
        """Give all items of some kinds, in order."""
        if len(kinds) == 1:
            return self._by_kind.get(kinds[0], ())
        merged = [item for kind in kinds for item in self._by_kind.get(kind, ())]
        return tuple(sorted(merged, key=lambda item: item.n))

    def first(self, *kinds: str, where: Callable[[Item], bool] = lambda _: True) -> Item | None:
        """Give the first item of some kinds that fits, or None."""
        return next((item for item in self.items(*kinds) if where(item)), None)

    def matching(self, match: Match) -> Item | None:
        """Give the first item that a scenario's match means, or None."""
        return self.first(match.kind, where=lambda item: match.hits(item.kind, item.about, item.data))

    @cached_property
    def acts(self) -> tuple[Item, ...]:
        """All deeds of the team: journal items of its seats, without clock and facilitator."""
        return tuple(
            item
            for item in self.record.items
            if item.origin == "journal"
            and item.seat not in CLOCK_SEATS
            and not item.kind.startswith(("clock.", "drill.", "person."))
        )

    # --- moments and ribbons
    @cached_property
    def moments(self) -> Moments:
        """The marks of the drill: onset, alert, awareness, major trigger, mitigation, resolution, end."""
        return moments.of(self.record, self.setting)

    @property
    def end_ms(self) -> int:
        """Last simulated moment played."""
        return self.record.ended_ms

    @cached_property
    def command(self) -> tuple[Hold, ...]:
        """Who held command from when to when, in order."""
        return self.holds("commander")

    def holds(self, role: str) -> tuple[Hold, ...]:
        """Give who took a role, or had it handed to them, in order."""
        return holds(self.items("role.assumed", "role.handed_off"), role, self.end_ms, self.relief)

    def relief(self, person: str) -> str:
        """Give the identity that entries of a person of the rota carry."""
        return person_id(self.record.header.seed, person)

    @cached_property
    def command_acts(self) -> tuple[Item, ...]:
        """All acts of command, whoever gave them."""
        return command_acts(self.acts, self.record.seats)

    @cached_property
    def command_exercised(self) -> tuple[Ribbon, ...]:
        """The stretches in which the holder of command also commanded, within 2U of each act of command."""
        reach_ms = round(2 * self.setting.thresholds.update * MIN_MS)
        acts = self.command_acts
        return tuple(part for hold in self.command for part in exercised(hold, acts, reach_ms))

    @cached_property
    def levels(self) -> tuple[Ribbon, ...]:
        """What users felt: up, degraded or down, from the first moment to the end."""
        return levels(self.items("level.changed"), self.moments.start_ms, self.end_ms)

    def level_at(self, t_ms: int) -> str:
        """Give what users felt at a moment."""
        return next((part.state for part in reversed(self.levels) if part.from_ms <= t_ms), "up")

    @cached_property
    def sites(self) -> Mapping[str, tuple[Ribbon, ...]]:
        """State of each site over time, by id; the scenario's sites first."""
        moves = [
            item for item in self.record.items if item.origin == "world" and item.kind.startswith("site.")
        ]
        ids = dict.fromkeys([site.id for site in self.setting.sites] + [item.about for item in moves])
        return {
            site: site_ribbon(
                [item for item in moves if item.about == site],
                self.moments.start_ms,
                self.end_ms,
                standby=site in self.setting.standbys,
            )
            for site in ids
        }

    # --- people and limits
    @cached_property
    def human_seats(self) -> frozenset[str]:
        """Seats in which a person sits."""
        return frozenset(seat.id for seat in self.record.seats if not seat.bot)

    def is_human(self, seats: Iterable[str]) -> bool:
        """Say whether a person holds one of these seats."""
        return any(seat in self.human_seats for seat in seats)

    def is_held_by_human(self, roles: Sequence[str]) -> bool:
        """Say whether a person holds one of these roles; with all of them empty, any seat."""
        filled = [seat.id for seat in self.record.seats if seat.id in roles]
        return self.is_human(filled) if filled else bool(self.human_seats)

    def limit(self, asked_min: float, floor_s: float, from_ms: int, to_ms: int, *, human: bool) -> Limit:
        """Give a threshold, widened where a person acted: max(x, floor times mean speed played)."""
        if not human:
            return Limit(asked_min, asked_min)
        speed = mean_speed(self.record.speeds, from_ms, max(to_ms, from_ms + 1))
        return Limit(asked_min, max(asked_min, floor_s * speed / 60.0), speed)

    def stage_left_min(self, t_ms: int) -> float:
        """Give minutes from a moment to the next worsening, 20 at least; infinite when none came."""
        later = [mark.t_ms for mark in self.moments.worsenings if mark.t_ms > t_ms]
        return max(SHORTEST_STAGE_MIN, (later[0] - t_ms) / MIN_MS) if later else float("inf")

    def is_too_fast(self, limit: Limit, t_ms: int) -> bool:
        """Say whether a widened window would outlast the stage in which it opened."""
        return limit.is_widened and limit.allowed_min > self.stage_left_min(t_ms)

    @cached_property
    def skips(self) -> tuple[tuple[int, int], ...]:
        """Stretches of time that were skipped; a call to a person ends a skip at that very moment."""
        skipped = [(part.from_ms, part.to_ms) for part in self.record.speeds if part.speed < 0]
        return tuple((from_ms, self._called_ms(from_ms, to_ms)) for from_ms, to_ms in skipped)

    def _called_ms(self, from_ms: int, to_ms: int) -> int:
        """Give when a person was called within a stretch, else its end."""
        calls = (
            item.t_ms
            for item in self.items("page.rang", "question.received")
            if from_ms < item.t_ms <= to_ms and item.data.get("to") in self.human_seats
        )
        return next(calls, to_ms)

    def in_skip(self, t_ms: int) -> bool:
        """Say whether a moment lies inside a skip; a window that opens there calls for nothing."""
        return any(from_ms < t_ms < to_ms for from_ms, to_ms in self.skips)

    def cut_short(self, from_ms: int, limit_min: float) -> bool:
        """Say whether the drill ended before four fifths of a window had passed."""
        return self.end_ms < from_ms + ELAPSED_TO_JUDGE * limit_min * MIN_MS

    def shown(self, mark: Mark) -> tuple[int, ...]:
        """Give the items of a mark: itself, and the alert by which the team could see it."""
        alert = self.first(
            "alert.fired",
            where=lambda item: (
                0 <= item.t_ms - mark.t_ms <= SHOWN_WITHIN_MS and item.data.get("severity") == "page"
            ),
        )
        return (mark.n,) if alert is None or alert.n == mark.n else (mark.n, alert.n)

    # --- words
    def said(self, t_ms: int) -> str:
        """Give the story's time as a sentence says it."""
        return self.setting.said(t_ms)

    def minutes(self, from_ms: int, to_ms: int) -> float:
        """Give simulated minutes between two moments, to a tenth."""
        return round((to_ms - from_ms) / MIN_MS, 1)
