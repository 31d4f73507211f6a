"""Stretches of the story."""

from __future__ import annotations

from drills.record import Item
from scoring.ribbons import site_ribbon


def _move(n: int, minute: int, kind: str) -> Item:
    return Item(n, minute * 60_000, "world", None, kind, "dc1", {}, ())


def test_a_site_is_down_from_its_ejection_to_its_admission() -> None:
    """A restart on the way does not make it up: only health checks let users in."""
    moves = [_move(1, 5, "site.ejected"), _move(2, 6, "site.restarted"), _move(3, 9, "site.admitted")]
    found = site_ribbon(moves, 0, 20 * 60_000, standby=False)
    assert [(span.state, span.from_ms // 60_000) for span in found] == [("up", 0), ("down", 5), ("up", 9)]
