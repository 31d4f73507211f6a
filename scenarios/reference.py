"""The reference page of the scenario file, made from the schema itself.

`python -m scenarios.reference > docs/reference/scenario.md` writes it anew.
"""

from __future__ import annotations

import inspect
import sys
from typing import Any

from scenarios import yaml_nodes
from scenarios.json_schema import json_schema
from scenarios.kinds import KINDS
from scenarios.lint.script import TEMPLATE_WORDS, WORLD_WORDS
from scenarios.lint.world import ALERT_FACTS, MONITOR_PARAMS
from scenarios.roles import default_roles
from simulator.faults import FAULTS
from simulator.operations import OPERATIONS
from simulator.registry import parameters

HEAD = f"""# The scenario file

This page is made from the schema. The same schema as JSON, for completion in an editor, comes from
`stormdrill schema`. Start from a copy of the commented starter: `stormdrill new my_drill.yaml`.

`stormdrill check FILE` names everything that is wrong, each with line, column and how to mend it.

## Form

- One document of YAML in UTF-8, at most {yaml_nodes.MAX_BYTES // 1024} KiB, {yaml_nodes.MAX_DEPTH} levels and
  {yaml_nodes.MAX_NODES:,} values; a text has at most {yaml_nodes.MAX_TEXT_CHARS:,} characters.
- Plain `true`, `false`, `null`, whole numbers and decimal fractions are what they look like; else it is
  text. `03:15` is text.
- Refused: `010`, `0x1F`, `1_000`, `.inf` and numbers of more than {yaml_nodes.MAX_DIGITS} digits.
- No tags, no merging with `<<`, no key twice, no characters that cannot be seen. Aliases are allowed.
- A story time is `"03:15"`, on the day on which the story starts, or `"Thu 06:00"`.
- An id has small letters, digits, `_` and `-`, and begins with a letter.
- Units stand in the names: `_s`, `_min`, `_h`, `_rps`, `_frac` (0 to 1), `_usd`.

**Seen by** says who may see a field during a drill: `hidden` nobody of the team, `roles` those whose role
sees such instruments, `trainee` everybody, `facilitator` the facilitator alone.
"""


OUTSIDE = """## Who waits, and what counts

A persona with a timer and a ladder waits from their first inject (`waits_from` names another), or from the
first update on a list of theirs. At one, two and three times the timer they ask, in the words of the ladder;
the third time everybody hears it. They turn to whom they know (`calls`), and to communications once an update
has reached them.

| what they are told | what follows |
|---|---|
| good: three true claims and a next time, or what `ask` wants | they wait until ten minutes after it |
| vague: anything else | their timer is halved |
| false: a claim said to be known that does not hold | they ask at once, and want two good answers |

An inject is **handled** when an item like `clears` comes, its question is answered well, or its report is in
a ticket; it is **ignored** when `spoils` comes, or `within_min` is over. A decoy without `clears`, and an
inject that only something spoils, are handled when their time is over.
"""
READ_BACK = """## Read-back

A relief answers each question from the claims in the incident document and in the parts written for their
role; later ones win. The answer is right when it agrees with the world at that moment.

| truth | claims that carry it | right when |
|---|---|---|
| `sites` | `state` of a site | each site named serves, or not, as claimed |
| `failed_operation` | `tried` | it names the operation that failed or harmed last |
| `harmful` | `tried`, `mitigation`, `residual`, `next_step` | it names an operation that did harm |
| `threshold` | `forecast` | its subject is one of a stage |
| `first_task` | `now`, `next_step` | it names the open task due first, its owner or its operation |
| `promise` | `next_update` | its time of day is within ten minutes of the last promise, or it has none |
| `clock` | `sla_left`, `budget_left` | within a fifth of what is left |

Where nothing failed, harmed, is open or was promised, any answer is right; for `first_task`, `promise` and
`clock` something must be said.
"""


def render() -> str:
    """Give the whole page as Markdown."""
    schema = json_schema()
    parts = [HEAD, _table("The file", schema, schema["$defs"])]
    shown: set[str] = set()
    queue = _references(schema)
    while queue:
        name = queue.pop(0)
        if name in shown or name.startswith("fault_"):
            continue
        shown.add(name)
        body = schema["$defs"][name]
        parts.append(_table(_title(name), body, schema["$defs"]))
        queue = [*_references(body), *queue]
    parts += [_faults(), _monitors(), OUTSIDE, READ_BACK, _words(), _operations(), _roles()]
    return "\n".join(parts).rstrip() + "\n"


def _references(body: Any) -> list[str]:
    """Give the names of the parts that a part refers to, in order."""
    found: list[str] = []
    if isinstance(body, dict):
        for key, value in body.items():
            if key == "$ref":
                found.append(str(value).rpartition("/")[2])
            elif key not in ("allOf", "$defs"):
                found += _references(value)
    elif isinstance(body, list):
        found = [name for each in body for name in _references(each)]
    return found


def _title(name: str) -> str:
    return f"`{name.removesuffix('Spec')}`"


def _table(title: str, body: dict[str, Any], parts: dict[str, Any]) -> str:
    text = str(body.get("description", "")).strip()
    required = body.get("required", [])
    rows = [_row(name, field, name in required, parts) for name, field in body.get("properties", {}).items()]
    head = ["| field | is | default | seen by | meaning |", "|---|---|---|---|---|"]
    return "\n".join([f"## {title}", "", text, "", *head, *rows, ""])


def _row(name: str, field: dict[str, Any], required: bool, parts: dict[str, Any]) -> str:
    default = "needed" if required else _value(field.get("default"))
    told = field.get("description") or parts.get(str(field.get("$ref")).rpartition("/")[2], {}).get(
        "description"
    )
    meaning = str(told or "").replace("|", "\\|")
    return f"| `{name}` | {_type(field)} | {default} | {field.get('visibility', '')} | {meaning} |"


def _value(value: Any) -> str:
    if value is None or value in ([], {}):
        return "none"
    return f"`{str(value).lower()}`" if isinstance(value, bool) else f"`{value}`"


def _type(field: dict[str, Any]) -> str:
    """Give in words what a field is."""
    if "$ref" in field:
        return _title(str(field["$ref"]).rpartition("/")[2])
    if "anyOf" in field:
        kinds = [_type(each) for each in field["anyOf"] if each.get("type") != "null"]
        return " or ".join(kinds)
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        shown = [f"`{each}`" for each in field["enum"]]
        return "one of " + ", ".join(shown) if len(shown) <= 12 else "id"
    kind = field.get("type")
    if kind == "array":
        return f"list of {_type(field.get('items', {}))}"
    if kind == "string":
        pattern = str(field.get("pattern", ""))
        return "story time" if "Mon|" in pattern else "id" if pattern.startswith("^[") else "text"
    if kind in ("integer", "number"):
        return ("whole number" if kind == "integer" else "number") + _bounds(field)
    return {"boolean": "`true` or `false`", "object": "mapping"}.get(str(kind), "any value")


def _bounds(field: dict[str, Any]) -> str:
    low, above = field.get("minimum"), field.get("exclusiveMinimum")
    high, below = field.get("maximum"), field.get("exclusiveMaximum")
    parts = []
    if low is not None or above is not None:
        parts.append(f"from {low:,g}" if low is not None else f"above {above:,g}")
    if high is not None or below is not None:
        parts.append(f"to {high:,g}" if high is not None else f"below {below:,g}")
    return f", {' '.join(parts)}" if parts else ""


def _faults() -> str:
    lines = ["## Faults", ""]
    for id_ in sorted(FAULTS):
        told = inspect.cleandoc(FAULTS[id_].__doc__ or "").partition("Args:")[0].strip()
        lines += [f"### `{id_}`", "", told, "", "| parameter | is | default | meaning |", "|---|---|---|---|"]
        for each in parameters(FAULTS[id_]):
            default = "needed" if each.required else _value(each.default)
            lines.append(f"| `{each.name}` | {each.kind} | {default} | {each.doc} |")
        lines.append("")
    return "\n".join(lines)


def _monitors() -> str:
    rows = []
    for kind, names in MONITOR_PARAMS.items():
        rows.append(f"| `{kind}` | {', '.join(f'`{name}`' for name in names) or 'none'} |")
    facts = ", ".join(f"`{{{name}}}`" for name in ALERT_FACTS)
    text = (
        "The alert of a monitor that watches sites has the site in front of the monitor's id: `down` fires"
        f" `dc2_down`. Its title may hold {facts}."
    )
    return "\n".join(["## Monitors", "", text, "", "| kind | numbers it takes |", "|---|---|", *rows, ""])


def _words() -> str:
    spoken = ", ".join(f"`{{{name}}}`" for name in WORLD_WORDS)
    templates = ", ".join(f"`{{{name}}}`" for name in TEMPLATE_WORDS)
    kinds = ", ".join(f"`{kind}`" for kind in KINDS)
    return "\n".join(
        [
            "## Placeholders",
            "",
            f"Spoken texts may hold the id of a person or persona in braces, for the name, and {spoken}.",
            f"Templates of updates may hold {templates}.",
            "",
            "## Kinds of items",
            "",
            f"A condition may wait for {kinds}.",
            "",
        ]
    )


def _operations() -> str:
    rows = []
    for id_ in sorted(OPERATIONS):
        times = ", ".join(f"`{id_}.{name}` ({value:g})" for name, value in OPERATIONS[id_].times.items())
        rows.append(f"| `{id_}` | {OPERATIONS[id_].title} | {times or 'none'} |")
    return "\n".join(
        [
            "## Operations",
            "",
            "| id | title | limits that `world.limits` may change |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _roles() -> str:
    lines = ["## Default roles", "", "| id | title | own | may not | commands |", "|---|---|---|---|---|"]
    for role in default_roles().values():
        commands = ", ".join(f"`{name}`" for name in role.permissions) or "none"
        lines.append(
            f"| `{role.id}` | {role.title} | {role.duties.own} | {role.duties.may_not} | {commands} |"
        )
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.stdout.write(render())
