"""Commands about scenarios."""

import json
from pathlib import Path

import jsonschema
import yaml

from tests.app.cli.conftest import Command


def test_the_list_names_what_can_be_played(stormdrill: Command, starter: Path) -> None:
    """A line a scenario, own ones too; as JSON for programs."""
    assert "three-datacenter-outage" in stormdrill("list").out
    rows = json.loads(stormdrill("list", "--json", "--scenarios", starter.parent).out)
    assert {"three-datacenter-outage", "my-first-drill"} <= {row["id"] for row in rows}


def test_check_says_fine_or_where(stormdrill: Command, starter: Path, tmp_path: Path) -> None:
    """A good file is fine and exits 0; a bad one gets file, line, column, message and cure, and exits 1."""
    assert stormdrill("check", starter).out == f"{starter}: fine\n"
    bad = tmp_path / "bad.yaml"
    bad.write_text(starter.read_text().replace("level: easy", "level: esay"))
    done = stormdrill("check", starter, bad)
    line = next(number for number, text in enumerate(bad.read_text().splitlines(), 1) if "esay" in text)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"{bad}:{line}:8: ")


def test_check_can_play(stormdrill: Command, starter: Path) -> None:
    """With --play bots play the file to its end."""
    done = stormdrill("check", starter, "--play")
    assert done.code == 0
    assert "played by bots" in done.out
    assert "ended: story over" in done.out


def test_the_schema_takes_the_starter(stormdrill: Command, starter: Path, tmp_path: Path) -> None:
    """The schema that editors get is itself valid, takes a good scenario, and can go to a file."""
    schema = json.loads(stormdrill("schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(yaml.safe_load(starter.read_text()), schema)
    assert stormdrill("schema", "--out", tmp_path / "s.json").out == ""
    assert json.loads((tmp_path / "s.json").read_text()) == schema


def test_new_writes_a_file_that_holds(stormdrill: Command, tmp_path: Path) -> None:
    """The new file has an id from its name, is fine as it is, and is never written over another."""
    mine = tmp_path / "My Night.yaml"
    assert stormdrill("new", mine).code == 0
    assert "id: my-night" in mine.read_text()
    assert stormdrill("check", mine).code == 0
    done = stormdrill("new", mine)
    assert done.code == 1
    assert "is there already" in done.err


def test_new_can_copy_the_flagship(stormdrill: Command, tmp_path: Path) -> None:
    """Any scenario of the library can be the one to begin with."""
    mine = tmp_path / "ours.yaml"
    assert stormdrill("new", mine, "--from", "three-datacenter-outage").code == 0
    assert stormdrill("check", mine).code == 0
