"""Scenarios with a canary in every hidden text: words that no trainee may ever read, each found by its form.

The walk follows the schema's own marks of visibility. Two kinds of canary: a kept one, in what is never told;
and a spoken one, in words of the script that somebody says when their time has come.
"""

from __future__ import annotations

import random
import re
import types
from collections.abc import Mapping
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, StringConstraints

from scenarios.scenario import Scenario

SPOKEN = {
    "Ask": {"answered", "ignored"},
    "Repeat": {"texts"},
    "Consequence": {"says"},
    "Ladder": {"calm", "firm", "angry"},
    "Persona": {"says_yes", "says_no"},
    "Approval": {"asks", "text"},
    "Complaints": {"texts"},
    "Nudge": {"texts"},
    "Relief": {"text", "late"},
    "Inject": {"title", "text"},
    "ReportSpec": {"contact"},
    "Freeze": {"question"},
    "ReadBack": {"question", "choices"},
}
"""Hidden, or below something hidden, until somebody says it: by model, its fields."""

CANARY = re.compile(r"zq[a-z]{9}[ks]")
LETTERS = "abcdefghijlmnoprtuvwxy"


class Canaries:
    """Plants canaries in a scenario's data, and knows each by the field in which it sits."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.fields: dict[str, str] = {}

    def planted(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Give a scenario's data with a canary in each hidden text, also in those that it leaves out."""
        return self._model(Scenario, data, is_hidden=False)

    def _model(self, model: type[BaseModel], data: Mapping[str, Any], *, is_hidden: bool) -> dict[str, Any]:
        result = dict(data)
        for name, field in model.model_fields.items():
            key = field.alias or name
            extra = field.json_schema_extra
            mark = extra.get("visibility") if isinstance(extra, dict) else None
            hidden = is_hidden or mark in ("hidden", "facilitator")
            kind = "s" if name in SPOKEN.get(model.__name__, ()) else "k"
            annotation = (
                Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
            )
            place = f"{model.__name__}.{name}"
            if key in data:
                result[key] = self._value(annotation, data[key], place, kind, is_hidden=hidden)
            elif hidden and kind == "k" and not field.is_required() and _free(annotation):
                result[key] = self._word(place, kind)
        return result

    def _value(self, annotation: Any, value: Any, place: str, kind: str, *, is_hidden: bool) -> Any:
        if isinstance(value, str):
            length = _free(annotation)
            if not (is_hidden and length):
                return value
            return f"{value[: length - 13]} {self._word(place, kind)}"
        if isinstance(value, list):
            inner = _inner(annotation)
            return [self._value(inner, each, place, kind, is_hidden=is_hidden) for each in value]
        if isinstance(value, dict):
            model = _model_in(annotation)
            return self._model(model, value, is_hidden=is_hidden) if model is not None else value
        return value

    def _word(self, place: str, kind: str) -> str:
        word = "zq" + "".join(self._random.choice(LETTERS) for _ in range(9)) + kind
        self.fields[word] = place
        return word


def _parts(annotation: Any) -> list[Any]:
    """Give what an annotation may be: itself without its notes, or the members of a union."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return [annotation]
    if origin in (Union, types.UnionType):
        return [part for each in get_args(annotation) for part in _parts(each)]
    return [annotation]


def _free(annotation: Any) -> int:
    """Give the greatest length of a free text, a line or more that no pattern binds; 0 for anything else."""
    for part in _parts(annotation):
        if get_origin(part) is not Annotated:
            continue
        base, *notes = get_args(part)
        length = max((getattr(note, "max_length", None) or 0 for note in notes), default=0)
        bound = any(isinstance(note, StringConstraints) and note.pattern for note in notes)
        bound = bound or any(getattr(note, "pattern", None) for note in notes)
        if base is str and length >= 200 and not bound:
            return int(length)
        if base is not str and (found := _free(base)):
            return found
    return 0


def _inner(annotation: Any) -> Any:
    """Give the annotation of a sequence's members."""
    for part in _parts(annotation):
        bare = get_args(part)[0] if get_origin(part) is Annotated else part
        if get_origin(bare) in (tuple, list):
            return get_args(bare)[0]
        if bare is not part and (found := _inner(bare)) is not None:
            return found
    return None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    for part in _parts(annotation):
        bare = get_args(part)[0] if get_origin(part) is Annotated else part
        if isinstance(bare, type) and issubclass(bare, BaseModel):
            return bare
        if bare is not part and (found := _model_in(bare)) is not None:
            return found
    return None
