"""All practices that are built, by id; importing this package registers them."""

from __future__ import annotations

from scoring.practices import (
    closing,
    command,
    communication,
    confirming,
    document,
    fixes,
    foresight,
    learning,
    mitigation,
    written,
)
from scoring.practices.registry import PRACTICES, judge

__all__ = [
    "PRACTICES",
    "closing",
    "command",
    "communication",
    "confirming",
    "document",
    "fixes",
    "foresight",
    "judge",
    "learning",
    "mitigation",
    "written",
]
