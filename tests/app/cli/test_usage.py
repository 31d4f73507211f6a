"""Help, usage and exit codes."""

import subprocess
import sys
from pathlib import Path

import pytest

from app import cli
from app.cli.reference import help_of, names_of, render
from tests.app.cli.conftest import Command

NAMES = ("serve", "link", "list", "check", "schema", "new", "run", "replay", "score", "report", "verify")


def test_every_command_is_there() -> None:
    """The contract's commands, and no others."""
    assert tuple(names_of(cli.app)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_help_has_an_example(name: str) -> None:
    """Each command's help says in a sentence what it does, and shows one way to call it."""
    shown = help_of(cli.app, name)
    assert shown.startswith(f"Usage: stormdrill {name}")
    assert f"Example: stormdrill {name}" in shown


def test_the_reference_page_is_current(root: Path) -> None:
    """The page in the docs is what the help says now; `python -m app.cli.reference` writes it anew."""
    assert (root / "docs" / "reference" / "commands.md").read_text(encoding="utf-8") == render(cli.app)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "Usage: stormdrill"),
        (("fly",), 2, "No such command"),
        (("run",), 2, "Missing argument"),
        (("run", "x", "--seed", "-1"), 2, "--seed"),
        (("run", "three-datacenter-outage", "--team", "dream"), 2, "choose one of none, unmanaged, clumsy"),
        (("serve", "--port", "0"), 2, "--port"),
        (("serve", "--scenarios", "nowhere"), 2, "is no folder"),
        (("serve", "--lan", "--host", "192.0.2.7"), 2, "--host on 192.0.2.7 alone: leave one of them out"),
        (("run", "nowhere"), 1, 'unknown scenario "nowhere"'),
        (("run", "nowhere.yaml"), 1, "nowhere.yaml:1:1: the file cannot be read"),
        (("check", "nowhere.yaml"), 1, "nowhere.yaml:1:1:"),
        (("replay", "nowhere.jsonl"), 1, "nowhere.jsonl: cannot be read"),
        (("verify", "nowhere"), 1, "nowhere: cannot be read"),
        (("new", "9.yaml"), 1, "makes no id"),
        (("link", "--data", "nowhere"), 3, "nowhere is not there"),
    ],
)
def test_a_mistake_has_its_code_and_its_message(
    stormdrill: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    """Usage is 2, wrong input 1, the machine 3; the message is on standard error, and never a traceback."""
    monkeypatch.chdir(tmp_path)
    done = stormdrill(*arguments)
    assert (done.code, done.out if arguments else "") == (code, "")
    assert said in (done.err + done.out).replace("\n", " ")


def test_the_exit_code_reaches_the_shell(root: Path) -> None:
    """What a command ends with is what the shell sees."""
    command = [sys.executable, "-c", "from app.cli import main; main()", "check", "nowhere.yaml"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("nowhere.yaml:1:1:")
