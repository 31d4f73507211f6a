"""All practices that are built, by id; importing this package registers them."""

from __future__ import annotations

from scoring.practices import (
    closing,
    command,
    communication,
    document,
    escalation,
    intake,
    mitigation,
    priority,
    service_level,
)
from scoring.practices.registry import PRACTICES, judge

__all__ = [
    "PRACTICES",
    "closing",
    "command",
    "communication",
    "document",
    "escalation",
    "intake",
    "judge",
    "mitigation",
    "priority",
    "service_level",
]
