"""Four seeds of every verdict; `make verdicts` plays forty."""

from __future__ import annotations

from tests.verdicts import apart, misses, nights


def test_every_verdict_holds_in_four_seeds() -> None:
    """What the flagship's physics page claims is what the flagship does."""
    played = nights((1, 2, 3, 4))
    assert [f"{verdict.case}: {verdict.says}" for verdict, missed, _ in misses(played) if missed] == []
    assert apart(played)
