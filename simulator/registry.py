"""How faults and operations are registered, described and made from plain parameters."""

from __future__ import annotations

import dataclasses
import difflib
import inspect
import re
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args, get_origin

from simulator.errors import BadParameters

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a fault or operation.

    Args:
        kind: `text`, `number`, `whole`, `switch`, `list` or `choice`.
        choices: allowed values of a `choice`.
        default: value when it is left out; meaningless when `required`.
        optional: whether null is allowed.
        doc: its line of the class's `Args:`.
    """

    name: str
    kind: str
    required: bool
    default: Any
    choices: tuple[str, ...]
    optional: bool
    doc: str


_READ: dict[type[Any], tuple[Parameter, ...]] = {}
"""Parameters of the classes asked for so far: every view asks, and type hints are slow to read."""


def parameters(cls: type[Any]) -> tuple[Parameter, ...]:
    """The parameters a registered class takes, in order."""
    if cls not in _READ:
        _READ[cls] = _read(cls)
    return _READ[cls]


def _read(cls: type[Any]) -> tuple[Parameter, ...]:
    hints = typing.get_type_hints(cls)
    docs = _docs(cls)
    found = []
    for f in dataclasses.fields(cls):
        kind, choices, optional = _kind(hints[f.name])
        required = f.default is dataclasses.MISSING
        default = None if required else f.default
        found.append(Parameter(f.name, kind, required, default, choices, optional, docs.get(f.name, "")))
    return tuple(found)


def make(registry: Mapping[str, type[T]], what: str, id: str, params: Mapping[str, Any]) -> T:  # noqa: A002
    """Make the registered piece `id` from plain parameters.

    Raises:
        BadParameters: with all that is wrong, and how to mend it.
    """
    if id not in registry:
        raise BadParameters(
            f"unknown {what} {id!r}{_like(id, registry)}; known: {', '.join(sorted(registry))}"
        )
    cls = registry[id]
    known = {p.name: p for p in parameters(cls)}
    wrong = [
        f"{id} takes no {name!r}{_like(name, known)}; it takes {_list(known)}"
        for name in params
        if name not in known
    ]
    values = {}
    for name, p in known.items():
        if name not in params:
            if p.required:
                wrong.append(f"{id} needs {name} ({p.doc.rstrip('.') or p.kind})")
            continue
        value, problem = _convert(p, params[name])
        if problem:
            wrong.append(f"{id}.{name}(={params[name]!r}) {problem}")
        values[name] = value
    if not wrong:
        try:
            return cls(**values)
        except ValueError as error:
            wrong.append(f"{id}: {error}")
    raise BadParameters("; ".join(wrong))


def _list(known: Mapping[str, Parameter]) -> str:
    return ", ".join(known) or "no parameters"


def _like(word: str, known: Mapping[str, Any]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1)
    return f" (did you mean {near[0]!r}?)" if near else ""


def _docs(cls: type[Any]) -> dict[str, str]:
    """Lines of the docstring's `Args:`, by name."""
    text = inspect.getdoc(cls) or ""
    _, _, args = text.partition("Args:\n")
    found: dict[str, str] = {}
    name = ""
    for line in args.splitlines():
        start = re.match(r"^    (\w+): (.*)$", line)
        if start:
            name = start.group(1)
            found[name] = start.group(2)
        elif name and line.startswith("        "):
            found[name] += " " + line.strip()
        elif not line.startswith("    "):
            break
    return found


def _kind(hint: Any) -> tuple[str, tuple[str, ...], bool]:
    optional = False
    if get_origin(hint) in (typing.Union, types.UnionType):
        rest = [a for a in get_args(hint) if a is not type(None)]
        optional, hint = len(rest) < len(get_args(hint)), rest[0]
    if get_origin(hint) is Literal:
        return "choice", tuple(str(a) for a in get_args(hint)), optional
    if get_origin(hint) is tuple:
        return "list", (), optional
    names = {str: "text", float: "number", int: "whole", bool: "switch"}
    return names[hint], (), optional


def _convert(p: Parameter, value: Any) -> tuple[Any, str]:
    """A plain value as the parameter wants it, and what is wrong with it ("" for nothing)."""
    if value is None:
        return None, "" if p.optional else "must not be empty"
    if p.kind == "choice":
        return value, "" if value in p.choices else f"must be one of {', '.join(p.choices)}"
    if p.kind == "switch":
        return value, "" if isinstance(value, bool) else "must be true or false"
    if p.kind == "text":
        return value, "" if isinstance(value, str) and value else "must be a name"
    if p.kind == "list":
        ok = isinstance(value, list | tuple) and all(isinstance(v, str) for v in value)
        return (tuple(value), "") if ok else (value, "must be a list of names")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value, "must be a number"
    if p.kind == "whole":
        return (int(value), "") if value == int(value) else (value, "must be a whole number")
    return float(value), ""
