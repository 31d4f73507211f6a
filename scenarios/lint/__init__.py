"""What crosses nodes: names that lead nowhere, sums, cycles, times. Works on half-right trees too."""

from __future__ import annotations

from scenarios.lint import names, script, story, world
from scenarios.lint.sheet import Sheet
from scenarios.problems import Problem
from scenarios.yaml_nodes import Node

RULES = (names.rules, world.rules, story.rules, script.rules)


def lint(root: Node, file: str) -> list[Problem]:
    """Give everything that is wrong between the parts of a scenario, with places."""
    sheet = Sheet(root, file)
    for rules in RULES:
        for rule in rules:
            rule(sheet)
    return sheet.found
