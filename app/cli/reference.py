"""The reference page of the command line, made from the commands' own help.

`python -m app.cli.reference > docs/reference/commands.md` writes it anew.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typer import Typer

WIDTH = 92
HEAD = """# Commands

This page is made from the commands' own help. Exit codes are the same everywhere: 0 fine, 1 the input is
wrong, 2 the command was used wrongly, 3 something on the machine is in the way (disk, port, permission), 4 a
journal or record does not hold together. Errors go to standard error; with `--json`, standard output carries
JSON alone.
"""


def render(app: Typer) -> str:
    """Give the whole page as Markdown."""
    parts = [HEAD]
    for name in ["", *names_of(app)]:
        title = f"stormdrill {name}".strip()
        parts.append(f"## {title}\n\n```text\n{help_of(app, name)}\n```\n")
    return "\n".join(parts)


def names_of(app: Typer) -> list[str]:
    """Give the names of all commands, in order."""
    return [str(each.name or each.callback.__name__) for each in app.registered_commands if each.callback]


def help_of(app: Typer, name: str) -> str:
    """Give the help of one command, or of the whole with an empty name."""
    from typer.testing import CliRunner

    arguments = [name, "--help"] if name else ["--help"]
    runner = CliRunner(env={"COLUMNS": str(WIDTH), "NO_COLOR": "1"})
    found = runner.invoke(app, arguments, prog_name="stormdrill", terminal_width=WIDTH)
    return "\n".join(line.rstrip() for line in found.stdout.strip().splitlines())


if __name__ == "__main__":
    from app.cli import app as commands

    sys.stdout.write(render(commands))
