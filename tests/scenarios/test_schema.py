"""The schema: every field says what it means and who may see it, and absurd numbers are bounded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from scenarios.library import Catalogue
from scenarios.roles import RoleBook
from scenarios.scenario import Scenario
from scenarios.schema.base import Model, Visibility
from scenarios.schema.script import Condition, Match


def models(
    root: type[BaseModel], seen: dict[str, type[BaseModel]] | None = None
) -> dict[str, type[BaseModel]]:
    """All models that a model is made of, itself included."""
    found = {} if seen is None else seen
    if root.__name__ in found:
        return found
    found[root.__name__] = root
    for info in root.model_fields.values():
        for inner in _inside(info.annotation):
            models(inner, found)
    return found


def _inside(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for each in get_args(annotation):
        yield from _inside(each)


ALL = {**models(Scenario), **models(RoleBook), **models(Catalogue)}


@pytest.mark.parametrize("model", ALL.values(), ids=ALL.keys())
def test_every_field_is_told(model: type[BaseModel]) -> None:
    """Every field has a sentence on what it means, and a visibility."""
    assert issubclass(model, Model)
    for name, info in model.model_fields.items():
        assert info.description, f"{model.__name__}.{name} has no description"
        extra = info.json_schema_extra
        assert isinstance(extra, dict), f"{model.__name__}.{name} has no visibility"
        assert extra["visibility"] in get_args(Visibility)


@pytest.mark.parametrize("model", ALL.values(), ids=ALL.keys())
def test_models_are_strict(model: type[BaseModel]) -> None:
    """Unknown keys are refused, nothing is converted, nothing changes, no number is infinite."""
    config = model.model_config
    assert (config["extra"], config["strict"], config["frozen"]) == ("forbid", True, True)
    assert config["allow_inf_nan"] is False


def test_injects_are_hidden() -> None:
    """What a script holds back is not for trainees: no field of a condition is theirs."""
    for model in (Condition, Match):
        for name, info in model.model_fields.items():
            extra = info.json_schema_extra
            assert isinstance(extra, dict)
            assert extra["visibility"] == "hidden", name


def test_a_match_hits() -> None:
    """A match asks for kind, for what it is about when it says so, and for the fields it names."""
    match = Match.model_validate({"kind": "alert.fired", "about": "dc2_down", "data": {"site": "dc2"}})
    assert match.hits("alert.fired", "dc2_down", {"site": "dc2", "title": "x"})
    assert not match.hits("alert.fired", "dc2_down", {"site": "dc1"})
    assert not match.hits("alert.fired", "dc1_down", {"site": "dc2"})
    assert not match.hits("alert.cleared", "dc2_down", {"site": "dc2"})
    assert Match.model_validate({"kind": "ticket.closed"}).hits("ticket.closed", "INC-1", {})
