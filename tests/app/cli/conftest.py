"""The command line in this process, with its exit code and what it printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from app import cli
from tests.app.conftest import copy_starter


@dataclass(frozen=True)
class Done:
    """What a command left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Command = Callable[..., Done]


@pytest.fixture
def stormdrill(capfd: pytest.CaptureFixture[str]) -> Command:
    """Run a command: `stormdrill("run", "file.yaml")`."""

    def run(*arguments: str | Path) -> Done:
        capfd.readouterr()
        code = cli.run([str(each) for each in arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Done(code, out, err)

    return run


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    """A small scenario in a file."""
    return copy_starter(tmp_path / "scenarios") / "starter.yaml"


@pytest.fixture
def left(stormdrill: Command, starter: Path, tmp_path: Path) -> Path:
    """The folder that a run of the small scenario left."""
    out = tmp_path / "left"
    assert stormdrill("run", starter, "--out", out).code == 0
    return out
