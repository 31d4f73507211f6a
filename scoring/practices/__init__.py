"""All practices that are built, by id; importing this package registers them."""

from __future__ import annotations

from scoring.practices import (
    calls,
    chain,
    closing,
    command,
    communication,
    confirming,
    document,
    escalation,
    fixes,
    foresight,
    freelancing,
    groups,
    handoff,
    intake,
    learning,
    mitigation,
    priority,
    relief,
    roles,
    service_level,
    written,
)
from scoring.practices.registry import PRACTICES, judge

__all__ = [
    "PRACTICES",
    "calls",
    "chain",
    "closing",
    "command",
    "communication",
    "confirming",
    "document",
    "escalation",
    "fixes",
    "foresight",
    "freelancing",
    "groups",
    "handoff",
    "intake",
    "judge",
    "learning",
    "mitigation",
    "priority",
    "relief",
    "roles",
    "service_level",
    "written",
]
