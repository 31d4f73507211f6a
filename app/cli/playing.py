"""Commands that play and judge: run, replay, score, report."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import summary
from app.cli.faults import Stop
from app.cli.sources import played, scenario_of

if TYPE_CHECKING:
    from drills import Journal, Record
    from scoring import Scorecard

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output, and nothing else.")]
JournalFile = Annotated[Path, typer.Argument(help="A journal.jsonl.", show_default=False)]


class Form(StrEnum):
    """Forms of a report."""

    HTML = "html"
    JSON = "json"


def run(
    scenario: Annotated[str, typer.Argument(help="Id of the library, or a file.", show_default=False)],
    team: Annotated[str, typer.Option(help="Team of bots: none, unmanaged or managed.")] = "managed",
    seed: Annotated[int, typer.Option(min=0, help="Seed of the noise and of the bots.")] = 7,
    as_json: AsJson = False,
    out: Annotated[
        Path | None, typer.Option(help="Folder for journal, record, scorecard and report.")
    ] = None,
) -> None:
    """Let a team of bots play a scenario, and show its scorecard.

    Example: stormdrill run three-datacenter-outage --team managed --seed 7 --json
    """
    from app import verdict
    from drills import run_headless

    plan = scenario_of(scenario)
    check_team(team)
    if out is not None:
        _make_folder(out)
    with _progress(f"{plan.title}, team {team}, seed {seed}") as on_progress:
        journal, record = run_headless(plan, team, seed, on_progress)
    _finish(journal, record, verdict.scored(record, plan), as_json=as_json, out=out)


def replay(journal: JournalFile, as_json: AsJson = False) -> None:
    """Play a journal again and show the scorecard; the same journal always gives the same record.

    Example: stormdrill replay runs/journal.jsonl --json
    """
    _finish(*played(journal), as_json=as_json, out=None)


def score(journal: JournalFile, as_json: AsJson = False) -> None:
    """Judge a journal: every practice with its level, its evidence and what to do next.

    Example: stormdrill score runs/journal.jsonl --json
    """
    from app import verdict

    _, _, card = played(journal)
    if as_json:
        sys.stdout.write(verdict.as_text(card))
        return
    for line in summary.practices(verdict.as_json(card)):
        print(line)


def report(
    journal: JournalFile,
    form: Annotated[Form, typer.Option("--format", help="Form of the report.")] = Form.HTML,
    out: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
) -> None:
    """Write the report of a journal: one page that can be kept and sent.

    Example: stormdrill report runs/journal.jsonl --format html --out report.html
    """
    from app import verdict

    _, _, card = played(journal)
    text = verdict.as_text(card) if form is Form.JSON else verdict.report_html(card)
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8")


def check_team(team: str) -> None:
    """Refuse a team that there is not, as a mistake of usage."""
    from drills.bots import TEAMS

    if team not in TEAMS:
        raise typer.BadParameter(f"no team {team!r}; choose one of {', '.join(TEAMS)}", param_hint="--team")


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise Stop(f"{out}: is a file (name a folder)") from None


def _finish(journal: Journal, record: Record, card: Scorecard, *, as_json: bool, out: Path | None) -> None:
    from app import verdict

    if out is not None:
        _leave(out, journal, record, card)
    if as_json:
        sys.stdout.write(verdict.as_text(card))
        return
    for line in summary.short(verdict.as_json(card)):
        print(line)
    if out is not None:
        print(f"left in {out}: journal.jsonl, record.json.gz, scorecard.json, report.html")


def _leave(out: Path, journal: Journal, record: Record, card: Scorecard) -> None:
    from app import verdict

    with (out / "journal.jsonl").open("w", encoding="utf-8") as file:
        journal.write(file)
    (out / "record.json.gz").write_bytes(record.sealed())
    (out / "scorecard.json").write_text(verdict.as_text(card), encoding="utf-8")
    (out / "report.html").write_text(verdict.report_html(card), encoding="utf-8")


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show progress on standard error while the block runs; gone when it ends."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[hours]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, hours="")

        def on_progress(done_ms: int, all_ms: int) -> None:
            bar.update(task, completed=done_ms, total=all_ms, hours=f"{done_ms / 3_600_000:.0f} h of story")

        yield on_progress
