"""Judging one line of a small journal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from drills.record import Record
from scoring.levels import Judgement
from scoring.practices import PRACTICES
from scoring.reading import Night
from scoring.setting import Setting, Thresholds
from tests.scoring.notation import SETTING, record


def judged(line: str, text: str | Record, setting: Setting = SETTING, **how: Any) -> Judgement:
    """Judge one line of a journal in the notation, or of a record."""
    given = record(text, **how) if isinstance(text, str) else text
    return PRACTICES[line].rule(Night(given, setting))


def with_limits(**limits: float) -> Setting:
    """Give the small setting with other thresholds."""
    return replace(SETTING, thresholds=replace(SETTING.thresholds, **limits))


__all__ = ["SETTING", "Thresholds", "judged", "with_limits"]
