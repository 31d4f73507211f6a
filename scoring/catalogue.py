"""The catalogue: every line of a scorecard by id, name, dimension and whether it is core, built or not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class CatalogueLine:
    """A practice as the catalogue names it.

    Args:
        core: whether the line stands for a trait, a failing or a hard rule of the source story.
    """

    id: str
    name: str
    dimension: str
    core: bool


@dataclass(frozen=True)
class Dimension:
    """A group of lines that share one band."""

    id: str
    name: str
    lines: tuple[CatalogueLine, ...]


@cache
def dimensions() -> tuple[Dimension, ...]:
    """Give the eight dimensions in order, each with its lines."""
    body = json.loads((files("scoring") / "catalogue.json").read_text(encoding="utf-8"))
    return tuple(
        Dimension(
            id=raw["id"],
            name=raw["name"],
            lines=tuple(
                CatalogueLine(line["id"], line["name"], raw["id"], line["core"]) for line in raw["lines"]
            ),
        )
        for raw in body["dimensions"]
    )


@cache
def lines() -> dict[str, CatalogueLine]:
    """Give all lines by id, in the catalogue's order."""
    return {line.id: line for dimension in dimensions() for line in dimension.lines}
