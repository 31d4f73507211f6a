"""All practices that are built, by id; importing this package registers them."""

from __future__ import annotations

from scoring.practices import (
    calls,
    chain,
    closing,
    command,
    communication,
    document,
    escalation,
    freelancing,
    groups,
    handoff,
    intake,
    mitigation,
    priority,
    relief,
    roles,
    service_level,
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
    "escalation",
    "freelancing",
    "groups",
    "handoff",
    "intake",
    "judge",
    "mitigation",
    "priority",
    "relief",
    "roles",
    "service_level",
]
