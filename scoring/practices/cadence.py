"""Updates against time: which windows were covered, and how long nobody heard anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from drills.record import Item
from scoring.levels import ELAPSED_TO_JUDGE
from scoring.reading import Night
from scoring.timing import COMPOSE_FLOOR_S, MIN_MS, Limit

Word = Literal["news", "no change", "noise"]
NO_CHANGE_IN_A_ROW = 2
NOT_NEWS = ("next_update",)


@dataclass(frozen=True)
class UpdateWindow:
    """A stretch in which one update was due."""

    from_ms: int
    to_ms: int
    limit: Limit
    covered: bool = False
    updates: tuple[int, ...] = ()


@dataclass(frozen=True)
class Cadence:
    """How the required list was kept informed.

    Args:
        silence: begin and end of the longest time without an update that says something.
        too_fast: windows that would have outlasted their stage at the speed played.
    """

    windows: tuple[UpdateWindow, ...]
    end_ms: int
    silence: tuple[int, int]
    longest_silence_min: float
    too_fast: int = 0

    @property
    def covered(self) -> int:
        """Number of windows with a counting update."""
        return sum(window.covered for window in self.windows)

    @property
    def share(self) -> float:
        """Part of the windows with a counting update, 0..1."""
        return self.covered / len(self.windows) if self.windows else 0.0


def cadence(night: Night, from_ms: int, end_ms: int, *, human: bool) -> Cadence:
    """Lay windows of U over a stretch of time and see which hold a counting update to a qualified list."""
    updates = [item for item in night.items("update.sent") if night.setting.is_qualified(item.about)]
    words = {item.n: word for item, word in zip(updates, classify(updates), strict=True)}
    laid = _lay(night, from_ms, end_ms, human=human)
    kept = [window for window in laid if not night.is_too_fast(window.limit, window.from_ms)]
    spoken = [item for item in updates if words[item.n] != "noise"]
    silence = _longest_silence(night, [item.t_ms for item in spoken], from_ms, end_ms)
    return Cadence(
        windows=_cover(kept, spoken, words),
        end_ms=end_ms,
        silence=silence[:2],
        longest_silence_min=silence[2],
        too_fast=len(laid) - len(kept),
    )


def classify(updates: Sequence[Item]) -> list[Word]:
    """Say of each update whether it carries news, an honest "no change" with the next time, or nothing.

    A claim is news when it differs from what was last said of the same thing.
    """
    last: dict[tuple[str, str], str] = {}
    words: list[Word] = []
    for item in updates:
        claims = [_key(claim) for claim in item.data.get("claims", ())]
        said = [(subject, name, value) for subject, name, value in claims if name not in NOT_NEWS]
        has_next = bool(item.data.get("next_update_min")) or any(name in NOT_NEWS for _, name, _ in claims)
        if any(last.get((subject, name)) != value for subject, name, value in said):
            words.append("news")
        elif said and has_next:
            words.append("no change")
        else:
            words.append("noise")
        last.update({(subject, name): value for subject, name, value in said})
    return words


def _key(claim: Mapping[str, Any]) -> tuple[str, str, str]:
    return (str(claim.get("subject", "")), str(claim.get("property", "")), str(claim.get("value", "")))


def _lay(night: Night, from_ms: int, end_ms: int, *, human: bool) -> list[UpdateWindow]:
    """Lay windows end to end; one mostly skipped, or cut off before four fifths, is not judged."""
    asked_min = night.setting.thresholds.update
    asked_ms = round(asked_min * MIN_MS)
    found: list[UpdateWindow] = []
    at_ms = from_ms
    while at_ms < end_ms:
        limit = night.limit(asked_min, COMPOSE_FLOOR_S, at_ms, at_ms + asked_ms, human=human)
        to_ms = at_ms + round(limit.allowed_min * MIN_MS)
        played_ms = min(to_ms, end_ms) - at_ms - _skipped_ms(night, at_ms, min(to_ms, end_ms))
        if not night.in_skip(at_ms) and played_ms >= ELAPSED_TO_JUDGE * (to_ms - at_ms):
            found.append(UpdateWindow(at_ms, to_ms, limit))
        at_ms = to_ms
    return found


def _cover(
    windows: Sequence[UpdateWindow], spoken: Sequence[Item], words: Mapping[int, Word]
) -> tuple[UpdateWindow, ...]:
    """Mark the windows that hold news, or one of at most two windows in a row that hold only "no change"."""
    done: list[UpdateWindow] = []
    quiet = 0
    for window in windows:
        inside = [item for item in spoken if window.from_ms < item.t_ms <= window.to_ms]
        news = [item.n for item in inside if words[item.n] == "news"]
        covered = bool(news)
        if news:
            quiet = 0
        elif inside and quiet < NO_CHANGE_IN_A_ROW:
            covered = True
            quiet += 1
        numbers = tuple(item.n for item in inside)
        done.append(UpdateWindow(window.from_ms, window.to_ms, window.limit, covered, numbers))
    return tuple(done)


def _longest_silence(
    night: Night, spoken_ms: Sequence[int], from_ms: int, end_ms: int
) -> tuple[int, int, float]:
    """Give the longest gap between updates from a moment on, skipped time left out: begin, end, minutes."""
    inside = [t_ms for t_ms in spoken_ms if from_ms < t_ms <= end_ms]
    points = [from_ms, *inside, max(end_ms, from_ms)]
    gaps = [(a, b, round((b - a - _skipped_ms(night, a, b)) / MIN_MS, 1)) for a, b in pairwise(points)]
    return max(gaps, key=lambda gap: gap[2])


def _skipped_ms(night: Night, from_ms: int, to_ms: int) -> int:
    return sum(max(0, min(b, to_ms) - max(a, from_ms)) for a, b in night.skips)
