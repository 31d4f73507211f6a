"""Scenarios: what a facilitator writes, read, checked and compiled; not how it is played."""

from scenarios.library import Library
from scenarios.loader import Loaded, check, load, load_text
from scenarios.problems import Problem, report
from scenarios.roles import Role, default_roles
from scenarios.scenario import Scenario
from scenarios.times import StoryTimeError

__all__ = [
    "Library",
    "Loaded",
    "Problem",
    "Role",
    "Scenario",
    "StoryTimeError",
    "check",
    "default_roles",
    "load",
    "load_text",
    "report",
]
