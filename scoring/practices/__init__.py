"""All practices that are built, by id; importing this package registers them."""

from __future__ import annotations

from scoring.practices import (
    calls,
    chain,
    closing,
    command,
    communication,
    document,
    freelancing,
    groups,
    handoff,
    mitigation,
    relief,
    roles,
)
from scoring.practices.registry import PRACTICES, judge

__all__ = [
    "PRACTICES",
    "calls",
    "chain",
    "closing",
    "command",
    "communication",
    "document",
    "freelancing",
    "groups",
    "handoff",
    "judge",
    "mitigation",
    "relief",
    "roles",
]
