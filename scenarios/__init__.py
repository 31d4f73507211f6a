"""Scenarios: what a facilitator writes, read, checked and compiled; not how it is played."""

from scenarios.json_schema import json_schema
from scenarios.library import Library, starter_text
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
    "json_schema",
    "load",
    "load_text",
    "report",
    "starter_text",
]
