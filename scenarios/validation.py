"""From nodes to models: what pydantic says, told with place, in plain words, with a cure."""

from __future__ import annotations

from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from scenarios.problems import SHOWN, Problem, echo, nearest, suggest
from scenarios.yaml_nodes import Node

M = TypeVar("M", bound=BaseModel)
Path = tuple[str | int, ...]
MAX_ERRORS = 200

_PLAIN = {
    "missing": ('"{last}" is missing', "add it"),
    "string_type": ("{path} must be text", "put it in quotes"),
    "bool_type": ("{path} must be true or false", "write true or false, without quotes"),
    "int_type": ("{path} must be a whole number", "write it without quotes and without a fraction"),
    "int_from_float": ("{path} must be a whole number", "write it without a fraction"),
    "float_type": ("{path} must be a number", "write it without quotes or a unit"),
    "finite_number": ("{path} must be a finite number", "write a finite number"),
    "tuple_type": ("{path} must be a list", 'begin each item with "- "'),
    "dict_type": ("{path} must be a mapping", 'write "key: value" lines'),
    "model_type": ("{path} must be a mapping", 'write "key: value" lines'),
    "model_attributes_type": ("{path} must be a mapping", 'write "key: value" lines'),
}


def validate(model: type[M], root: Node, file: str) -> tuple[M | None, list[Problem]]:
    """Make a model of a tree of nodes, or say all that is wrong with it."""
    try:
        return model.model_validate(root.value), []
    except ValidationError as error:
        details = [
            dict(detail) for detail in error.errors(include_url=False, include_input=False)[:MAX_ERRORS]
        ]
        meant = _meant(model, details)
        found = [_problem(model, root, file, detail, meant) for detail in details]
        return None, [problem for problem in found if problem is not None]
    except RecursionError:
        return None, [Problem(file, root.line, root.column, "nested too deep", "flatten it")]


def _meant(model: type[BaseModel], details: list[dict[str, Any]]) -> dict[Path, str]:
    """Give the keys that unknown ones were probably meant to be, by the path of the unknown key."""
    found: dict[Path, str] = {}
    for detail in details:
        path: Path = tuple(detail["loc"])
        if detail["type"] == "extra_forbidden" and path and len(found) < 2 * SHOWN:
            near = nearest(str(path[-1]), _fields(_model_at(model, path[:-1])))
            if near is not None:
                found[path] = near
    return found


def _fields(owner: type[BaseModel] | None) -> list[str]:
    return [info.alias or name for name, info in owner.model_fields.items()] if owner else []


def _problem(
    model: type[BaseModel], root: Node, file: str, detail: dict[str, Any], meant: dict[Path, str]
) -> Problem | None:
    path: Path = tuple(detail["loc"])
    node, line, column = root.place(path)
    if node.bad:
        return None
    if detail["type"] == "missing" and (*path[:-1], path[-1]) in {
        (*p[:-1], near) for p, near in meant.items()
    }:
        return None
    if detail["type"] == "extra_forbidden":
        line, column = root.place(path[:-1])[0].keys.get(str(path[-1]), (line, column))
    message, cure = _words(model, path, detail, node, meant)
    return Problem(file, line, column, message, cure)


def dotted(path: Path) -> str:
    """Give a path as people write it: `injects[2].when.at`."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{echo(part)}" if text else echo(part)
    return text or "the file"


def _words(
    model: type[BaseModel], path: Path, detail: dict[str, Any], node: Node, meant: dict[Path, str]
) -> tuple[str, str]:
    kind, context = str(detail["type"]), detail.get("ctx") or {}
    last = path[-1] if path else "the file"
    shown = dotted(path)
    if kind == "extra_forbidden":
        place = f" in {dotted(path[:-1])}" if len(path) > 1 else ""
        return f'unknown key "{echo(last)}"{place}', _instead(
            meant.get(path), _fields(_model_at(model, path[:-1]))
        )
    if kind == "missing":
        place = f" in {dotted(path[:-1])}" if len(path) > 1 else ""
        info = _field(_model_at(model, path[:-1]), str(last))
        return f'"{echo(last)}" is missing{place}', f"add it: {info}" if info else "add it"
    if kind == "literal_error":
        known = _literals(str(context.get("expected", "")))
        return f'{shown}: unknown "{echo(node.value)}"', suggest(str(node.value), known, "one of")
    if kind in _PLAIN:
        message, cure = _PLAIN[kind]
        is_text = isinstance(node.value, str)
        got = f', not "{echo(node.value)}"' if is_text and kind != "string_type" else ""
        if node.value is None:
            got, cure = ", but nothing is there", "fill it, or take the key out"
        return message.format(path=shown, last=last) + got, cure
    if kind == "string_pattern_mismatch":
        return _pattern(shown, node, str(context.get("pattern", "")))
    return f"{shown}: {_plain(str(detail['msg']))}", _bounds(context)


def _instead(near: str | None, known: list[str]) -> str:
    if near is not None:
        return f'did you mean "{near}"?'
    return f"known: {', '.join(known[:12])}" + (", ..." if len(known) > 12 else "") if known else ""


def _pattern(shown: str, node: Node, pattern: str) -> tuple[str, str]:
    value = echo(node.value)
    if "Mon|" in pattern:
        return f'{shown}: "{value}" is no story time', 'write "03:15" or "Thu 06:00", in quotes'
    if "[A-Z]{3}" in pattern:
        return f'{shown}: "{value}" is no practice', "three capitals, a dash and a number: CMD-1"
    if r"\." in pattern:
        return f'{shown}: "{value}" is no kind of item', "noun, dot, verb: alert.fired"
    return f'{shown}: "{value}" is no id', "small letters, digits, _ and -, at most 64, a letter first"


def _plain(message: str) -> str:
    for before, after in (
        ("Input should", "it should"),
        ("String should", "the text should"),
        ("Tuple should have at least", "the list should have at least"),
        ("Tuple should have at most", "the list should have at most"),
        (" after validation", ""),
    ):
        message = message.replace(before, after)
    return message


def _bounds(context: dict[str, Any]) -> str:
    if "max_length" in context:
        return "shorten it"
    if "min_length" in context:
        return "fill it"
    return "" if not context else "change the number"


def _literals(expected: str) -> list[str]:
    return [part.strip().strip("'\"") for part in expected.replace(" or ", ", ").split(",") if part.strip()]


def _field(owner: type[BaseModel] | None, name: str) -> str:
    if owner is None:
        return ""
    for key, info in owner.model_fields.items():
        if name in (key, info.alias):
            text = info.description or ""
            return text[:1].lower() + text[1:].rstrip(".")
    return ""


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """Follow a path through models' fields to the model it ends in."""
    here: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, int):
            continue
        if here is None:
            return None
        info = next((i for n, i in here.model_fields.items() if part in (n, i.alias)), None)
        here = None if info is None else _model_in(info.annotation)
    return here


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in get_args(annotation):
        found = _model_in(inner)
        if found is not None:
            return found
    return None
