"""The reference page of acts and rights: what each command says, who may give it, who sees it.

`python -m drills.reference > docs/reference/acts.md` writes it; a test keeps it current.
"""

from __future__ import annotations

import inspect

from drills.acts import ACTS, CLOCK_COMMANDS, Act
from drills.rights import ANYBODYS, DEEDS, ENGINE_ONLY
from scenarios import Role, default_roles

HEAD = """# Acts and rights

What people and bots can do in a drill. Written by `python -m drills.reference`; a change goes into the
classes of `drills/acts.py` and into `scenarios/roles.yaml`.

A command that no role has is refused to everybody. The clock's commands belong to the facilitator, and to
somebody who plays alone. Commands are given from the first entry of a drill to its last: while it runs, skips
or stands paused; a drill in its lobby has none, and one that has ended is sealed.
"""


def page() -> str:
    """Give the whole page as Markdown."""
    roles = default_roles()
    acts = [_act(act, roles) for command, act in sorted(ACTS.items()) if command not in ENGINE_ONLY]
    return "\n".join([HEAD, *acts, _table(roles), _deeds(roles)])


def _act(act: type[Act], roles: dict[str, Role]) -> str:
    first = (inspect.getdoc(act) or "").splitlines()[0]
    fields = ", ".join(f"`{name}`" for name in act.model_fields) or "none"
    may = ", ".join(role.title.lower() for role in roles.values() if act.command in role.permissions)
    who = "facilitator, lone player" if act.command in CLOCK_COMMANDS else may or "nobody"
    if act.command in ANYBODYS:
        who = "whoever sits in the drill"
    sees = {"*": "all responders", "self": "the seat that acted"}
    seen = ", ".join(sees.get(name, name) for name in act.sees)
    return (
        f"## {act.command}\n\n{first}\n\n"
        f"- entry: `{act.kind}`\n- fields: {fields}\n- may: {who}\n- sees: {seen}\n"
    )


def _table(roles: dict[str, Role]) -> str:
    seats = [role for role in roles.values() if role.seat or role.id == "facilitator"]
    lines = [
        "## Role by command and phase\n",
        f"| command | {' | '.join([*(role.title for role in seats), 'when'])} |",
        f"| --- | {' | '.join('---' for _ in [*seats, 'when'])} |",
    ]
    for command in sorted(set(ACTS) - ENGINE_ONLY):
        always = command in ANYBODYS
        marks = ["yes" if always or command in role.permissions else "" for role in seats]
        lines.append(f"| `{command}` | {' | '.join([*marks, ', '.join(ACTS[command].phases)])} |")
    return "\n".join([*lines, ""])


def _deeds(roles: dict[str, Role]) -> str:
    """Give the table of what is done at a drill's door and stands in no journal, or not in these words."""
    lines = [
        "## At the door of a drill for a team\n",
        "| deed | what it does | who | when |",
        "| --- | --- | --- | --- |",
    ]
    for deed, right in DEEDS.items():
        who = roles[right.who].title if right.who in roles else "everybody who holds a seat"
        lines.append(f"| `{deed}` | {right.what} | {who} | {', '.join(right.phases)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(page())  # noqa: T201 - the page is what this prints
