"""The library: the scenarios that come with the program, and those of a folder of one's own.

A changed file is read again when somebody asks for it; a broken change leaves the last good one in place and
shows its problems. A drill that runs is not touched: it carries its scenario's text.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Literal

from scenarios.loader import load
from scenarios.problems import Problem, report, suggest
from scenarios.scenario import Scenario
from scenarios.schema.base import TRAINEE, Id, Line, Model, PracticeId, told
from scenarios.validation import validate
from scenarios.yaml_nodes import read

SUFFIXES = (".yaml", ".yml")


class Row(Model):
    """A line of the catalogue."""

    id: Id = told(TRAINEE, "Id of the scenario.")
    file: Line = told(TRAINEE, "File in the library.")
    title: Line = told(TRAINEE, "Name people read.")
    summary: Line | None = told(TRAINEE, "One sentence on it.", None)
    minutes: int = told(TRAINEE, "Minutes on the wall for one person.", ge=1, le=1440)
    level: Literal["easy", "medium", "hard"] = told(TRAINEE, "How hard it is.")
    seats: tuple[Id, ...] = told(TRAINEE, "Roles that people can take.")
    practices: tuple[PracticeId, ...] = told(TRAINEE, "Practices it gives a chance to show.", ())


class Catalogue(Model):
    """The file `scenarios.yaml`."""

    format: Literal["stormdrill-catalogue/1"] = told(TRAINEE, "Form of the file.")
    scenarios: tuple[Row, ...] = told(TRAINEE, "What can be played.")


class UnknownScenario(LookupError):  # noqa: N818 - named for what it says
    """No scenario of that name; the text says which there are."""


class BrokenScenario(ValueError):  # noqa: N818
    """A scenario that was never right; the text holds its problems."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(report(problems)))
        self.problems = problems


@dataclass
class Shelf:
    """A file of the library: where it stands, the last good reading, and what is wrong with the newest.

    Args:
        row: its line of the catalogue.
        own: from a folder of one's own.
        stamp: modification time in ns and size when it was read.
    """

    path: Path
    row: Row
    own: bool
    scenario: Scenario | None = None
    problems: tuple[Problem, ...] = ()
    stamp: tuple[int, int] = field(default=(-1, -1))

    def refresh(self) -> None:
        """Read the file again if it changed."""
        stamp = _stamp(self.path)
        if stamp == self.stamp:
            return
        loaded = load(self.path)
        self.stamp, self.problems = stamp, loaded.problems
        if loaded.scenario is not None:
            self.scenario = loaded.scenario
            if self.own:
                self.row = _row_of(loaded.scenario, self.path)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)


def _row_of(scenario: Scenario, path: Path) -> Row:
    minutes = sum((act.wall_min.alone for act in scenario.acts if act.wall_min), start=0.0)
    if not minutes:
        spans = (speed for act in scenario.act_spans for speed in act.speeds)
        minutes = sum((span.to_ms - span.from_ms) / span.speed for span in spans) / 60_000
    seats = tuple(role.id for role in scenario.role_table.values() if role.seat)
    return Row(
        id=scenario.id,
        file=path.name[:200],
        title=scenario.title,
        summary=None,
        minutes=min(1440, max(1, round(minutes))),
        level=scenario.level,
        seats=seats,
        practices=scenario.practices,
    )


@cache
def built_in_folder() -> Path:
    """Give the folder of the scenarios that come with the program."""
    with as_file(files("scenarios").joinpath("library")) as folder:
        return folder


def starter_text() -> str:
    """Give the commented scenario that somebody's own one begins as."""
    return (built_in_folder() / "starter.yaml").read_text(encoding="utf-8")


def catalogue_path() -> Path:
    """Give the catalogue's path: beside this package's modules when installed, else beside the package."""
    here = Path(__file__).resolve().parent
    packaged = here / "scenarios.yaml"
    return packaged if packaged.is_file() else here.parent / "scenarios.yaml"


def read_catalogue(path: Path | None = None) -> Catalogue:
    """Read a catalogue; the built-in one unless told.

    Raises:
        ValueError: it is broken; the text says where.
    """
    place = path or catalogue_path()
    root, problems = read(place.read_bytes(), place.name)
    found: Catalogue | None = None
    if root is not None and not problems:
        found, problems = validate(Catalogue, root, place.name)
    if found is None:
        raise ValueError("\n".join(report(problems)))
    return found


class Library:
    """All scenarios that can be played. Safe to use from several threads.

    Args:
        dirs: folders of one's own; each YAML file in them is a scenario.
    """

    def __init__(self, dirs: Iterable[str | Path] = ()) -> None:
        self._dirs = tuple(Path(folder) for folder in dirs)
        self._lock = threading.RLock()
        self._built_in = {
            row.id: Shelf(built_in_folder() / row.file, row, own=False) for row in read_catalogue().scenarios
        }
        offered = {shelf.path for shelf in self._built_in.values()}
        self._models = [
            Shelf(path, _empty_row(path), own=True)
            for path in sorted(built_in_folder().glob("*.yaml"))
            if path not in offered
        ]
        self._own: dict[Path, Shelf] = {}

    def catalogue(self) -> tuple[Row, ...]:
        """Give a row for each scenario that can be played, the built-in ones first."""
        with self._lock:
            return tuple(shelf.row for shelf in self._shelves().values())

    def problems(self, id_or_file: str | None = None) -> tuple[Problem, ...]:
        """Give what is wrong with the newest text of one scenario, or of all."""
        with self._lock:
            shelves = list(self._shelves().values()) + self._hidden()
            if id_or_file is not None:
                shelves = [
                    shelf
                    for shelf in shelves
                    if id_or_file in (shelf.row.id, shelf.path.name, str(shelf.path))
                ]
            for shelf in shelves:
                shelf.refresh()
            return tuple(sorted({problem for shelf in shelves for problem in shelf.problems}))

    def get(self, id_or_file: str) -> Scenario:
        """Give a scenario by its id, or by the name of its file.

        Raises:
            UnknownScenario: there is none of that name.
            BrokenScenario: its file is wrong and never was right.
        """
        with self._lock:
            shelf = self._find(id_or_file)
            shelf.refresh()
            if shelf.scenario is None:
                raise BrokenScenario(shelf.problems)
            return shelf.scenario

    def path(self, id_or_file: str) -> Path:
        """Give the path of a scenario's file.

        Raises:
            UnknownScenario: there is none of that name.
        """
        with self._lock:
            return self._find(id_or_file).path

    def _find(self, name: str) -> Shelf:
        shelves = self._shelves()
        if name in shelves:
            return shelves[name]
        for shelf in [*shelves.values(), *self._hidden()]:
            if name in (shelf.path.name, shelf.path.stem, str(shelf.path)):
                return shelf
        known = tuple(shelves)
        raise UnknownScenario(f'unknown scenario "{name[:60]}" ({suggest(name, known, "known")})')

    def _shelves(self) -> dict[str, Shelf]:
        """Give what can be played by id, after a look at the folders."""
        self._scan()
        shelves = dict(self._built_in)
        for shelf in self._own.values():
            if shelf.scenario is not None and shelf.row.id not in shelves:
                shelves[shelf.row.id] = shelf
        return shelves

    def _hidden(self) -> list[Shelf]:
        """Give files that are not offered: the starter, broken own ones, those whose id is taken."""
        shown = {id(shelf) for shelf in self._shelves().values()}
        return [shelf for shelf in (*self._own.values(), *self._models) if id(shelf) not in shown]

    def _scan(self) -> None:
        there = [path for folder in self._dirs for path in _yaml_files(folder)]
        for path in [path for path in self._own if path not in there]:
            del self._own[path]
        taken = {row_id: str(shelf.path) for row_id, shelf in self._built_in.items()}
        for path in there:
            shelf = self._own.setdefault(path, Shelf(path, _empty_row(path), own=True))
            shelf.refresh()
            if shelf.scenario is None:
                continue
            first = taken.setdefault(shelf.row.id, str(path))
            if first != str(path) and not shelf.problems:
                message = f'id "{shelf.row.id}" is taken by {Path(first).name}'
                shelf.problems = (Problem(str(path), 1, 1, message, "give this scenario an id of its own"),)


def _yaml_files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and path.is_file())
    except OSError:
        return []


def _empty_row(path: Path) -> Row:
    return Row(
        id="unread",
        file=path.name[:200],
        title="not yet read",
        summary=None,
        minutes=1,
        level="medium",
        seats=(),
        practices=(),
    )
