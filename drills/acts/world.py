"""Operations on the world."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from drills.acts.base import Act, Id, act


@act
class StartOperation(Act):
    """Start an operation on the world; `under` is the task it is done under, if one."""

    command, kind, about = "start_operation", "operation.started", "target"
    operation: Id
    params: dict[str, Any] = Field(default_factory=dict)
    job_id: Id = "op"
    target: str = ""
    under: Id | None = None


@act
class CancelOperation(Act):
    """Stop an operation that can still be stopped."""

    command, kind, about = "cancel_operation", "operation.cancelled", "job_id"
    job_id: Id
