"""A tree under inspection: its nodes by path, its ids by collection, its clock, and what was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from scenarios.problems import SHOWN, Problem, echo, suggest
from scenarios.roles import default_roles
from scenarios.times import StoryClock, StoryTimeError
from scenarios.yaml_nodes import Node
from simulator.faults import FAULTS
from simulator.operations import OPERATIONS

COLLECTIONS: dict[str, str] = {
    "services": "world.services[]",
    "sites": "world.sites[]",
    "classes": "world.traffic.classes[]",
    "monitors": "world.monitors[]",
    "roles": "roles[]",
    "people": "people[]",
    "acts": "acts[]",
    "freezes": "slow_down.freezes[]",
    "lists": "lists[]",
    "categories": "categories[]",
    "subs": "categories[].subs[]",
    "runbooks": "runbooks[]",
    "articles": "articles[]",
    "changes": "changes[]",
    "personas": "personas[]",
    "injects": "injects[]",
    "sections": "document.sections[]",
    "handoff sections": "handoff.sections[]",
    "read-back": "handoff.read_back[]",
    "factors": "debrief.factors[]",
    "troubles": "troubles[]",
    "groups": "groups[]",
    "shared facts": "shared_facts[]",
    "stages": "stages[]",
}
MAX_FOUND = 200
SUGGESTIONS = 2 * SHOWN
ALERTS_ONCE = ("fast_burn", "slow_burn", "standby_down")
_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass
class Sheet:
    """A tree under inspection; rules read it and say what they find."""

    root: Node
    file: str
    found: list[Problem] = field(default_factory=list)

    def say(self, node: Node, message: str, cure: str = "") -> None:
        """Note a problem at a node."""
        if not node.bad and len(self.found) < MAX_FOUND:
            self.found.append(Problem(self.file, node.line, node.column, message, cure))

    def suggest(self, word: str, known: Iterable[str], what: str = "known") -> str:
        """Give a cure for an unknown word; none once so much is wrong that nobody reads on."""
        return suggest(word, known, what) if len(self.found) < SUGGESTIONS else ""

    def say_key(self, node: Node, key: str, message: str, cure: str = "") -> None:
        """Note a problem at a key of a mapping."""
        line, column = node.keys.get(key, (node.line, node.column))
        if len(self.found) < MAX_FOUND:
            self.found.append(Problem(self.file, line, column, message, cure))

    def select(self, path: str, start: Node | None = None) -> Iterator[Node]:
        """Give the nodes on a path such as `world.services[].calls[]`, those that are there."""
        head, _, rest = path.partition(".")
        node = (start or self.root).get(head.removesuffix("[]"))
        if node is None:
            return
        for each in node.each() if head.endswith("[]") else (node,):
            if rest:
                yield from self.select(rest, each)
            else:
                yield each

    def one(self, path: str, start: Node | None = None) -> Node | None:
        """Give the first node on a path, or None."""
        return next(self.select(path, start), None)

    def number(self, path: str, start: Node | None = None) -> float | None:
        """Give the number on a path, or None."""
        node = self.one(path, start)
        value = node.value if node is not None else None
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    @cached_property
    def ids(self) -> dict[str, dict[str, Node]]:
        """Ids by collection, each with the first node that bears it; default roles and registries too."""
        found: dict[str, dict[str, Node]] = {}
        for name, path in COLLECTIONS.items():
            table = dict.fromkeys(default_roles(), self.root) if name == "roles" else {}
            for node in self.select(path):
                id_ = node.text("id")
                if id_ is not None:
                    table.setdefault(id_, node)
            found[name] = table
        level = self.one("world.level")
        found["level"] = {(level.text("id") if level else None) or "service": level or self.root}
        found["faults"] = dict.fromkeys(FAULTS, self.root)
        found["operations"] = dict.fromkeys(OPERATIONS, self.root)
        found["alerts"] = self._alerts(found["monitors"], found["sites"])
        return found

    def _alerts(self, monitors: dict[str, Node], sites: dict[str, Node]) -> dict[str, Node]:
        """Give the ids under which the monitors' alerts fire: `dc2_down` for `down` at dc2."""
        found: dict[str, Node] = {}
        for id_, node in monitors.items():
            if node.text("kind") in ALERTS_ONCE:
                found[id_] = node
                continue
            if node.text("kind") == "threshold":
                found[id_] = node
            for site in sites:
                found[id_.replace("{site}", site) if "{site}" in id_ else f"{site}_{id_}"] = node
        return found

    def known(self, *collections: str) -> dict[str, Node]:
        """Give the ids of several collections together."""
        return {id_: node for name in collections for id_, node in self.ids[name].items()}

    @cached_property
    def clock(self) -> StoryClock | None:
        """The story's clock, or None when its start or length cannot be understood."""
        starts = self.one("story.starts")
        minutes, preroll = self.number("story.minutes"), self.number("world.preroll_min")
        if starts is None or not isinstance(starts.value, str) or minutes is None or not 0 < minutes <= 5760:
            return None
        clock = StoryClock(starts.value, int(minutes), int(preroll) if preroll is not None else 90)
        try:
            clock.at(starts.value)
        except StoryTimeError:
            return None
        return clock

    def time(self, node: Node | None) -> int | None:
        """Give the drill time that a node says, in milliseconds, or None."""
        if node is None or self.clock is None or not isinstance(node.value, str):
            return None
        try:
            return self.clock.at(node.value)
        except StoryTimeError:
            return None


def check_braces(sheet: Sheet, node: Node, known: Iterable[str]) -> None:
    """Say which placeholders of a text are unknown; a placeholder is a name in braces, nothing more."""
    if not isinstance(node.value, str):
        return
    names = sorted(known)
    for name in _BRACES.findall(node.value):
        if name not in names:
            sheet.say(node, f"unknown placeholder {{{echo(name)}}}", sheet.suggest(name, names, "known"))
    if any(char in _BRACES.sub("", node.value) for char in "{}"):
        sheet.say(node, "a brace without its partner", "placeholders are names in braces: {site}")
