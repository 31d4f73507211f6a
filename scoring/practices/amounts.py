"""Amounts in claims: "190 min", "3 h 10", "21 %"; nothing but the leading number and its unit is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

CLOSE_ENOUGH_FRAC = 0.2
"""An amount is right when it is at most this part of the truth away."""
LEAST = {"min": 1.0, "frac": 0.01}
"""How far away an amount may be in any case: a minute, or one in a hundred."""

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_ABOUT = r"^\s*(?:about|around|ca\.?|~)?\s*"
_HOURS = re.compile(
    rf"{_ABOUT}{_NUMBER}\s*(?:hours?|hrs?|h)(?![a-z])\s*(?:(\d{{1,2}})(?![\d.,:%]))?", re.IGNORECASE
)
_PERCENT = re.compile(rf"{_ABOUT}{_NUMBER}\s*(?:%|percent\b|per cent\b)", re.IGNORECASE)
_MINUTES = re.compile(rf"{_ABOUT}{_NUMBER}\s*(?:(?:m|min|mins|minutes?)\b|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Amount:
    """A length of time in minutes, or a part of a whole."""

    value: float
    unit: Literal["min", "frac"]

    def is_close(self, truth: float) -> bool:
        """Say whether it is right within a fifth of the truth, a minute or one in a hundred at least."""
        return abs(self.value - truth) <= max(CLOSE_ENOUGH_FRAC * truth, LEAST[self.unit]) + 1e-9


def amount(text: str) -> Amount | None:
    """Read the amount at the start of a claim's value, None where there is none; a bare number is minutes."""
    if found := _PERCENT.match(text):
        return Amount(_number(found[1]) / 100, "frac")
    if found := _HOURS.match(text):
        return Amount(60 * _number(found[1]) + float(found[2] or 0), "min")
    if found := _MINUTES.match(text):
        return Amount(_number(found[1]), "min")
    return None


def _number(text: str) -> float:
    return float(text.replace(",", "."))
