"""The JSON Schema for editors, and the reference page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from scenarios import reference
from scenarios.json_schema import json_schema
from scenarios.yaml_nodes import read
from simulator.faults import FAULTS

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "scenarios" / "library"


def plain(path: Path) -> Any:
    """The file's values as JSON has them."""
    root, problems = read(path.read_bytes(), path.name)
    assert not problems
    assert root is not None
    return json.loads(json.dumps(root.value))


def test_it_is_a_schema() -> None:
    """The schema is right by its own dialect."""
    Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("*.yaml")), ids=lambda path: path.name)
def test_the_library_fits(path: Path) -> None:
    """Every file of the library fits the schema."""
    assert list(Draft202012Validator(json_schema()).iter_errors(plain(path))) == []


def test_it_refuses_what_the_check_refuses() -> None:
    """An unknown key, a wrong parameter of a fault and a number out of bounds do not fit."""
    validator = Draft202012Validator(json_schema())
    good = plain(LIBRARY / "starter.yaml")
    assert not validator.is_valid({**good, "author": "me"})
    good["world"]["faults"][0]["params"]["last_s"] = 3
    assert not validator.is_valid(good)


def test_every_fault_is_in_it() -> None:
    """A registered fault is in the schema at once, with its parameters."""
    definitions = json_schema()["$defs"]
    assert set(definitions["FaultSpec"]["properties"]["fault"]["enum"]) == set(FAULTS)
    for id_ in FAULTS:
        assert definitions[f"fault_{id_}"]["properties"]


def test_every_field_says_who_sees_it() -> None:
    """Each field in the schema carries its visibility."""
    for name, body in json_schema()["$defs"].items():
        for field, value in body.get("properties", {}).items():
            assert "visibility" in value, f"{name}.{field}"


def test_the_page_is_current() -> None:
    """The committed page is what the schema gives; `python -m scenarios.reference` writes it anew."""
    page = (ROOT / "docs" / "reference" / "scenario.md").read_text(encoding="utf-8")
    assert page == reference.render()
