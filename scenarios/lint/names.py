"""Names: ids that stand twice, references that lead nowhere."""

from __future__ import annotations

from scenarios.lint.sheet import COLLECTIONS, Sheet
from scenarios.problems import echo
from scenarios.roles import COMMANDS, RoleChange, default_roles, lacking
from scenarios.validation import validate
from scenarios.yaml_nodes import Node

SOURCES = ("monitor", "clock", "log", "runbook")

# Path of a reference, and the collections it may point into.
REFERENCES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("world.critical", ("services",), "service"),
    ("world.services[].calls[]", ("services",), "service"),
    ("world.monitors[].pages", ("roles",), "role"),
    ("world.faults[].fault", ("faults",), "fault"),
    ("people[].seat", ("roles",), "role"),
    ("slow_down.form_acts[]", ("acts",), "act"),
    ("lists[].audiences[]", ("personas", "people", "roles"), "persona, person or role"),
    ("runbooks[].steps[].operation", ("operations",), "operation"),
    ("changes[].site", ("sites",), "site"),
    ("changes[].service", ("services",), "service"),
    ("personas[].lists[]", ("lists",), "list"),
    ("personas[].calls[]", ("roles",), "role"),
    ("approvals[].operation", ("operations",), "operation"),
    ("approvals[].persona", ("personas",), "persona"),
    ("injects[].to[]", ("roles",), "role"),
    ("injects[].report.trouble", ("troubles",), "trouble"),
    ("injects[].report.service", ("services", "sites", "level"), "service or site"),
    ("injects[].handled.to[]", ("roles",), "role"),
    ("injects[].handled.busy", ("roles",), "role"),
    ("injects[].handled.operation", ("operations",), "operation"),
    ("injects[].ignored.to[]", ("roles",), "role"),
    ("injects[].ignored.busy", ("roles",), "role"),
    ("injects[].ignored.operation", ("operations",), "operation"),
    ("personas[].home", ("sites",), "site"),
    ("personas[].hit_by[]", ("faults",), "fault"),
    ("personas[].sends[]", ("personas", "people"), "persona or person"),
    ("personas[].waits_from", ("injects",), "inject"),
    ("people[].relief.roles[]", ("roles",), "role"),
    ("complaints.to", ("roles",), "role"),
    ("complaints.trouble", ("troubles",), "trouble"),
    ("nudges[].seat", ("roles",), "role"),
    ("nudges[].from", ("personas", "people", "roles"), "persona, person or role"),
    ("handoff.inject", ("injects",), "inject"),
    ("troubles[].monitors[]", ("monitors",), "monitor"),
    ("troubles[].services[]", ("services", "sites", "level"), "service or site"),
    ("troubles[].solver[]", ("roles", "people"), "role or person"),
    ("troubles[].article", ("articles",), "article"),
    ("troubles[].runbook", ("runbooks",), "runbook"),
    ("troubles[].operation", ("operations",), "operation"),
    ("skills[].holders[]", ("roles", "people"), "role or person"),
    ("groups[].seats[]", ("roles",), "role"),
    ("groups[].personas[]", ("personas", "people"), "persona or person"),
    ("shared_facts[].group", ("groups",), "group"),
    ("shared_facts[].to[]", ("groups",), "group"),
    ("stages[].subjects[]", ("services", "sites", "level"), "service or site"),
)


def _duplicates(sheet: Sheet) -> None:
    """An id stands once in its list; people and personas share theirs."""
    for name, path in COLLECTIONS.items():
        seen: dict[str, Node] = {}
        for node in sheet.select(path):
            _once(sheet, name, node, seen)
    for person in sheet.select("personas[]"):
        id_ = person.text("id")
        first = sheet.ids["people"].get(id_ or "")
        if first is not None:
            cure = f"a person has it at {first.line}:{first.column}; give the persona another"
            sheet.say(person.kids["id"], f'id "{echo(id_)}" is taken', cure)


def _once(sheet: Sheet, name: str, node: Node, seen: dict[str, Node]) -> None:
    id_ = node.text("id")
    if id_ is None:
        return
    first = seen.setdefault(id_, node)
    if first is not node:
        cure = f"the first is at {first.line}:{first.column}; give this one another id"
        sheet.say(node.kids["id"], f'id "{echo(id_)}" stands twice in {name}', cure)


def _references(sheet: Sheet) -> None:
    """A reference names something that is there."""
    for path, collections, what in REFERENCES:
        known = sheet.known(*collections)
        for node in sheet.select(path):
            if isinstance(node.value, str) and node.value not in known:
                sheet.say(
                    node, f'unknown {what} "{echo(node.value)}"', sheet.suggest(node.value, known, "known")
                )
    speakers = [*sheet.known("personas", "people"), *SOURCES]
    for node in sheet.select("injects[].from"):
        if isinstance(node.value, str) and node.value not in speakers:
            sheet.say(
                node, f'unknown sender "{echo(node.value)}"', sheet.suggest(node.value, speakers, "known")
            )


def _seats(sheet: Sheet) -> None:
    """A seat has one holder; nobody is put, and nothing is sent, where nobody can sit."""
    taken: dict[str, Node] = {}
    closed = {role.id for role in default_roles().values() if not role.seat}
    for role in sheet.select("roles[]"):
        seat = role.get("seat")
        if seat is not None and isinstance(seat.value, bool):
            (closed.discard if seat.value else closed.add)(role.text("id") or "")
    for node in sheet.select("people[].seat"):
        if not isinstance(node.value, str):
            continue
        first = taken.setdefault(node.value, node)
        if first is not node:
            sheet.say(
                node,
                f'seat "{echo(node.value)}" is held twice',
                f"the first is at {first.line}:{first.column}",
            )
    for path in (
        "people[].seat",
        "injects[].to[]",
        "world.monitors[].pages",
        "complaints.to",
        "nudges[].seat",
    ):
        for node in sheet.select(path):
            if isinstance(node.value, str) and node.value in closed:
                sheet.say(node, f'nobody sits as "{echo(node.value)}"', "name a role with a seat")


def _troubles(sheet: Sheet) -> None:
    """A trouble's categories are those of the scenario, each with a sub-category of its own."""
    subs = {
        node.text("id"): {sub.text("id") for sub in sheet.select("subs[]", node)}
        for node in sheet.select("categories[]")
    }
    for pair in sheet.select("troubles[].categories[]"):
        names = list(pair.each())
        if len(names) != 2 or not all(isinstance(name.value, str) for name in names):
            continue
        category, sub = names
        if category.value not in subs:
            cure = sheet.suggest(str(category.value), sheet.ids["categories"], "known")
            sheet.say(category, f'unknown category "{echo(category.value)}"', cure)
        elif sub.value not in subs[category.value]:
            known = [each for each in subs[category.value] if each is not None]
            cure = sheet.suggest(str(sub.value), sorted(known), "known")
            sheet.say(sub, f'"{echo(sub.value)}" is no part of category "{echo(category.value)}"', cure)


def _roles(sheet: Sheet) -> None:
    """A role is whole, and its permissions are commands."""
    for node in sheet.select("roles[]"):
        change, problems = validate(RoleChange, node, sheet.file)
        missing = lacking(change) if change is not None and not problems else None
        if missing:
            sheet.say(node, f'role "{echo(node.text("id"))}" is new and lacks {missing}', "add it")
    for node in sheet.select("roles[].permissions[]"):
        if isinstance(node.value, str) and node.value not in COMMANDS:
            sheet.say(
                node, f'unknown command "{echo(node.value)}"', sheet.suggest(node.value, COMMANDS, "known")
            )


rules = (_duplicates, _references, _seats, _troubles, _roles)
