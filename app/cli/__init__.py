"""The command line of Stormdrill: one module for each group of commands.

Exit codes: 0 fine, 1 the input is wrong, 2 usage, 3 the environment is in the way, 4 integrity is broken.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from app.cli import checking, playing, serving, verifying
from app.cli.faults import WRONG_INPUT, fault_of

app = typer.Typer(
    name="stormdrill",
    help="Rehearse an outage: play it, watch bots play it, and see every practice with its evidence.",
    epilog="Example: stormdrill serve",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command()(serving.serve)
app.command()(serving.link)
app.command("list")(checking.list_scenarios)
app.command()(checking.check)
app.command()(checking.schema)
app.command()(checking.new)
app.command()(playing.run)
app.command()(playing.replay)
app.command()(playing.score)
app.command()(playing.report)
app.command()(verifying.verify)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run one command; give its exit code. A user's mistake ends in a message, never in a traceback."""
    try:
        app(args=list(arguments), prog_name="stormdrill")
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else WRONG_INPUT
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        fault = fault_of(error)
        if fault is None:
            raise
        print(fault.message, file=sys.stderr)
        return fault.exit_code
    return 0
