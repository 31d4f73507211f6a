"""Loading a scenario: read the nodes, check each, then one against the other; all problems at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scenarios.lint import lint
from scenarios.problems import Problem
from scenarios.scenario import Scenario
from scenarios.validation import validate
from scenarios.yaml_nodes import MAX_BYTES, read


@dataclass(frozen=True)
class Loaded:
    """What came of a file: a scenario, or what is wrong with it."""

    scenario: Scenario | None
    problems: tuple[Problem, ...]


def load(path: str | Path) -> Loaded:
    """Load a scenario file.

    Returns:
        the scenario when nothing is wrong, and all that is; a file that cannot be read is a problem too.
    """
    name = str(path)
    try:
        with Path(path).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return Loaded(
            None, (Problem(name, 1, 1, f"the file cannot be read: {reason}", "check path and rights"),)
        )
    return load_text(data, name)


def load_text(data: str | bytes, name: str = "scenario") -> Loaded:
    """Load a scenario from its text; `name` stands in the problems."""
    root, problems = read(data, name)
    if root is None:
        return Loaded(None, tuple(problems))
    scenario, wrong = validate(Scenario, root, name)
    found = sorted({*problems, *wrong, *lint(root, name)})
    if scenario is None or found:
        return Loaded(None, tuple(found))
    scenario._text = data if isinstance(data, str) else data.decode("utf-8")
    return Loaded(scenario, ())


def check(path: str | Path) -> list[Problem]:
    """Give all that is wrong with a scenario file, by place."""
    return list(load(path).problems)
