"""What README and docs show is run: `stormdrill` commands with their output, and Python blocks."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
CONSOLE = re.compile(r"^```console\n(.*?)^```$", flags=re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """One command of a page and the output the page shows for it."""

    place: str
    command: str
    output: str


def _examples(page: Path) -> Iterator[Example]:
    """The page's `stormdrill` commands; what fetches, installs or serves is tried elsewhere."""
    text = page.read_text(encoding="utf-8")
    for block in CONSOLE.finditer(text):
        line = text.count("\n", 0, block.start()) + 1
        for part in re.split(r"^\$ ", block.group(1), flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            program, *rest = shlex.split(command)
            if Path(program).name == "stormdrill" and rest[:1] != ["serve"]:
                yield Example(f"{page.relative_to(ROOT)}:{line}", shlex.join(rest), output)


EXAMPLES = [example for page in PAGES for example in _examples(page)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.place} {example.command}")
def test_console_examples(example: Example, tmp_path: Path) -> None:
    """A command shown in a page ends well and prints what the page shows; `...` stands for anything."""
    result = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from app.cli import main; sys.exit(main())",
            *shlex.split(example.command),
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "120", "NO_COLOR": "1"},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    assert result.returncode == 0, result.stdout
    pattern = ".*".join(re.escape(part) for part in _plain(example.output).split("..."))
    assert re.fullmatch(pattern, _plain(result.stdout), flags=re.DOTALL), f"it printed:\n{result.stdout}"


def _plain(text: str) -> str:
    """The text without blanks at line ends, as an editor saves it."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_python_examples(page: Path) -> None:
    """The Python blocks of a page run as they stand, one after the other."""
    for block in Sybil(parsers=[PythonCodeBlockParser()]).parse(page).examples():
        block.evaluate()
