"""Everything that is registered can be read about, made from plain parameters, and is tested."""

import inspect
from pathlib import Path
from typing import Any

import pytest

from simulator import FAULTS, OPERATIONS, BadParameters, parameters
from simulator import faults as fault_registry
from simulator import operations as operation_registry

PIECES = [*OPERATIONS.values(), *FAULTS.values()]
HEADINGS = ("First sign:", "Ends:", "Source:")


@pytest.mark.parametrize("piece", PIECES, ids=lambda p: p.id)
def test_documents_are_whole(piece: type[Any]) -> None:
    """Every fault and operation says in its document what is seen first, how it ends, whence it is."""
    text = inspect.getdoc(piece) or ""
    assert text.splitlines()[0].endswith(".")
    assert [h for h in HEADINGS if h not in text] == []
    assert [p.name for p in parameters(piece) if not p.doc] == []


@pytest.mark.parametrize("piece", OPERATIONS.values(), ids=lambda p: p.id)
def test_operations_say_what_people_read(piece: type[Any]) -> None:
    """Every operation has a title, a summary, a purpose, a risk, a way back and its usual time."""
    assert all((piece.title, piece.summary, piece.way_back, piece.usual_minutes))
    assert piece.purpose in ("mitigate", "restore", "diagnose", "fix")
    assert piece.risk in ("low", "medium", "high")


@pytest.mark.parametrize("piece", PIECES, ids=lambda p: p.id)
def test_each_has_a_module_of_its_name(piece: type[Any]) -> None:
    """A piece lives in the module named like its id."""
    assert piece.__module__.rsplit(".", 1)[1] == piece.id


def test_every_operation_is_tested() -> None:
    """Every operation is named in the tests of refusals and of effects."""
    text = (Path(__file__).parent / "test_operations.py").read_text(encoding="utf-8")
    assert [name for name in OPERATIONS if f'"{name}"' not in text] == []


@pytest.mark.parametrize(
    ("id", "params", "message"),
    [
        ("rol_back", {}, "did you mean 'roll_back'"),
        ("roll_back", {}, "roll_back needs site"),
        ("roll_back", {"site": "dc1", "hold": True}, "did you mean 'held'"),
        ("roll_back", {"site": "dc1", "held": "yes"}, "must be true or false"),
        ("readmit", {"site": "dc1", "weight_frac": 1.5}, "must lie between 0 and 1"),
        ("warm", {"site": "dc1", "rate_rps": "fast"}, "must be a number"),
        ("shed", {"traffic_class": ""}, "must be a name"),
    ],
)
def test_wrong_parameters_teach(id: str, params: dict[str, Any], message: str) -> None:  # noqa: A002
    """Wrong parameters are refused with what is wrong and what is near."""
    with pytest.raises(BadParameters, match=message):
        operation_registry.parse(id, params)


def test_all_problems_at_once() -> None:
    """All that is wrong is said in one go."""
    with pytest.raises(BadParameters) as caught:
        operation_registry.parse("readmit", {"weight_frac": "much", "speed": 1})
    assert all(part in str(caught.value) for part in ("needs site", "must be a number", "no 'speed'"))


def test_lists_and_whole_numbers() -> None:
    """A fault takes a list of names from plain data, and refuses what is none."""
    leak = fault_registry.parse("memory_leak", {"service": "web", "sites": ["dc1", "dc2"], "timed_waves": 1})
    assert leak == FAULTS["memory_leak"](service="web", sites=("dc1", "dc2"), timed_waves=1)
    with pytest.raises(BadParameters, match="list of names"):
        fault_registry.parse("memory_leak", {"service": "web", "sites": "dc1"})
    with pytest.raises(BadParameters, match="whole number"):
        fault_registry.parse("memory_leak", {"service": "web", "sites": [], "timed_waves": 1.5})
