"""Amounts in claims: the leading number and its unit."""

from __future__ import annotations

import pytest

from scoring.practices.amounts import Amount, amount


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("190 min", 190),
        ("190", 190),
        ("190 minutes left, due 09:10", 190),
        ("3 h 10", 190),
        ("3h10", 190),
        ("3 h 10 min", 190),
        ("3 hours 10 minutes", 190),
        ("3 h", 180),
        ("2.5 h", 150),
        ("2,5 h", 150),
        ("about 90 min", 90),
        ("~1 hour", 60),
        ("0 min", 0),
        ("12m", 12),
    ],
)
def test_times(text: str, minutes: float) -> None:
    """A bare number is minutes."""
    assert amount(text) == Amount(minutes, "min")


@pytest.mark.parametrize(
    ("text", "frac"), [("21 %", 0.21), ("21%", 0.21), ("62.5 percent", 0.625), ("0 %", 0.0)]
)
def test_parts(text: str, frac: float) -> None:
    """Of a hundred."""
    assert amount(text) == Amount(frac, "frac")


@pytest.mark.parametrize(
    "text", ["", "plenty", "due 09:10", "09:10", "190 users", "3 horses", "min 190", "-5 min", "10 dollars"]
)
def test_what_is_no_amount(text: str) -> None:
    """A time of day is not guessed at."""
    assert amount(text) is None


def test_right_within_a_fifth() -> None:
    """Or a minute, or one in a hundred."""
    assert Amount(228, "min").is_close(190)
    assert not Amount(228.1, "min").is_close(190)
    assert Amount(152, "min").is_close(190)
    assert not Amount(151.9, "min").is_close(190)
    assert Amount(1, "min").is_close(0)
    assert not Amount(1.1, "min").is_close(0)
    assert Amount(0.01, "frac").is_close(0.0)
    assert not Amount(0.02, "frac").is_close(0.0)
