"""What all parts of a scenario share: strict frozen models, ids, texts, times, and who may see a field."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Visibility = Literal["hidden", "trainee", "facilitator", "roles"]

HIDDEN: Visibility = "hidden"
TRAINEE: Visibility = "trainee"
FACILITATOR: Visibility = "facilitator"
ROLES: Visibility = "roles"

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]
ActId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$")]
PracticeId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}-[1-9][0-9]?$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
StoryTime = Annotated[
    str,
    StringConstraints(
        pattern=r"^((Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"
    ),
]
Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0, le=1e9)]
Seconds = Annotated[float, Field(ge=0, le=1e7)]
Minutes = Annotated[int, Field(ge=0, le=20_160)]
Priority = Literal["low", "medium", "high"]


class Model(BaseModel):
    """Base of every part of a scenario: unknown keys are refused, and nothing is converted."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, allow_inf_nan=False, hide_input_in_errors=True
    )


def told(who: Visibility, description: str, default: Any = ..., **more: Any) -> Any:
    """Declare a field: who may see it, what it means, its default and bounds."""
    return Field(default, description=description, json_schema_extra={"visibility": who}, **more)
