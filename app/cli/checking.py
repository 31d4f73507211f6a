"""Commands about scenarios: list, check, schema, new."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated

import typer

from app.cli.faults import WRONG_INPUT, Stop

ID = re.compile(r"^[a-z][a-z0-9_-]{0,63}$")
STARTER = "starter"


def list_scenarios(
    scenarios: Annotated[Path | None, typer.Option(help="Folder of your own scenarios.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the scenarios that can be played.

    Example: stormdrill list
    """
    from scenarios import Library

    rows = Library([scenarios] if scenarios else []).catalogue()
    if as_json:
        print(json.dumps([row.model_dump(mode="json") for row in rows], indent=2))
        return
    width = max((len(row.id) for row in rows), default=0)
    for row in rows:
        print(f"{row.id:<{width}}  {row.title} ({row.level}, {row.minutes} minutes, {len(row.seats)} seats)")


def check(
    files: Annotated[list[Path], typer.Argument(help="Scenario files.", show_default=False)],
    play: Annotated[bool, typer.Option("--play", help="Let bots play it too.")] = False,
) -> None:
    """Check scenario files; one line for each problem, with its place and its cure.

    Example: stormdrill check my-night.yaml --play
    """
    from scenarios import check as problems_of
    from scenarios import report

    found = [problem for path in files for problem in problems_of(path)]
    for line in report(found):
        typer.echo(line, err=True)
    if found:
        raise typer.Exit(WRONG_INPUT)
    for path in files:
        print(f"{path}: fine{_played(path) if play else ''}")


def _played(path: Path) -> str:
    from app.cli.sources import scenario_of
    from drills import run_headless

    journal, record = run_headless(scenario_of(str(path)), "managed", 1)
    counts = f"{len(journal.entries)} entries, {len(record.items)} items"
    return f", played by bots: {counts}, ended: {record.end_reason}"


def schema(out: Annotated[Path | None, typer.Option(help="Write to this file.")] = None) -> None:
    """Print the JSON Schema of scenario files, for editors.

    Example: stormdrill schema --out stormdrill-scenario.schema.json
    """
    from scenarios.json_schema import json_schema

    text = json.dumps(json_schema(), indent=2)
    if out is None:
        print(text)
    else:
        out.write_text(text + "\n", encoding="utf-8")


def new(
    file: Annotated[Path, typer.Argument(help="File to write, such as my-night.yaml.", show_default=False)],
    like: Annotated[
        str, typer.Option("--from", help="Scenario to copy: starter, or an id of the library.")
    ] = STARTER,
) -> None:
    """Write a scenario file to begin with: one that works, with an id of its own.

    Example: stormdrill new my-night.yaml
    """
    from scenarios import Library
    from scenarios.library import built_in_folder

    scenario_id = re.sub(r"[^a-z0-9_]+", "-", file.stem.lower()).strip("-")
    if not ID.match(scenario_id):
        raise Stop(f"{file}: the file's name makes no id (begin it with a letter: my-night.yaml)")
    path = built_in_folder() / "starter.yaml" if like == STARTER else Library().path(like)
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"^id: .*$", f"id: {scenario_id}", text, count=1, flags=re.MULTILINE)
    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError:
        raise Stop(f"{file}: is there already (choose another name)") from None
    print(f"{file}: written. Change it, then: stormdrill check {file}")
