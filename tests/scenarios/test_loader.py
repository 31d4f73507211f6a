"""Loading scenarios: every wrong file is told with place and cure, and nothing is ever raised."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenarios import check, load, load_text
from scenarios.loader import Loaded
from scenarios.problems import Problem
from scenarios.yaml_nodes import read

BROKEN = Path(__file__).parents[1] / "broken"
LIBRARY = Path(__file__).parents[2] / "scenarios" / "library"
FLAGSHIP = (LIBRARY / "three_datacenter_outage.yaml").read_text(encoding="utf-8")
EXPECTED = dict(
    line.split("\t", 1) for line in (BROKEN / "expected.tsv").read_text(encoding="utf-8").splitlines() if line
)
LONGEST_S = 2.0


def assert_sound(loaded: Loaded) -> None:
    """Either a scenario, or problems with a place."""
    assert (loaded.scenario is None) == bool(loaded.problems)
    for problem in loaded.problems:
        assert isinstance(problem, Problem)
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message
        assert str(problem).isprintable()


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_broken_files(name: str) -> None:
    """A broken file gives its first problem, soon."""
    started_s = time.process_time()
    problems = check(BROKEN / name)
    assert time.process_time() - started_s < LONGEST_S
    assert str(problems[0]).removeprefix(f"{BROKEN / name}:") == EXPECTED[name]
    assert_sound(load(BROKEN / name))


def test_every_broken_file_is_expected() -> None:
    """The table names every broken file, and no other."""
    assert sorted(EXPECTED) == sorted(path.name for path in BROKEN.glob("*.yaml"))
    assert len(EXPECTED) >= 45


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_broken_without_libyaml(name: str) -> None:
    """The parser written in Python finds the same text broken, or leaves it to the schema too."""
    data = (BROKEN / name).read_bytes()
    assert bool(read(data, name, yaml.SafeLoader)[1]) == bool(read(data, name)[1])


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("*.yaml")), ids=lambda path: path.name)
def test_library_files(path: Path) -> None:
    """Every file of the library is right."""
    loaded = load(path)
    assert loaded.problems == ()
    assert loaded.scenario is not None
    assert loaded.scenario.text == path.read_text(encoding="utf-8")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A file that cannot be read is a problem, not an exception; so is a folder, and an impossible name."""
    for path in (tmp_path / "none.yaml", tmp_path, Path("a\0b")):
        assert "cannot be read" in check(path)[0].message


def test_schema_and_lint_together() -> None:
    """What is wrong with one node and what is wrong between nodes is told at once."""
    text = FLAGSHIP.replace("retries: 3", "retries: -3").replace("critical: web", "critical: wed")
    messages = [str(problem) for problem in load_text(text).problems]
    assert any("retries" in message for message in messages)
    assert any('did you mean "web"?' in message for message in messages)


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"k{i}: &a{i} {i}\n" for i in range(20_000)),
        "injects:\n"
        + "".join(f"  - {{id: inject_number_{i}, to: [inject_numbr_{i}]}}\n" for i in range(5_000)),
        "world: {services: [" + ", ".join(f"{{id: s{i}, calls: [s{i + 1}]}}" for i in range(5_000)) + "]}",
        "categories: [" + "{subs: [{}, {}, {}]}, " * 5_000 + "]",
    ],
    ids=["keys", "injects", "chain", "empty"],
)
def test_large_nonsense(text: str) -> None:
    """A large file full of mistakes is answered with a list that ends."""
    loaded = load_text(text)
    assert_sound(loaded)
    assert len(loaded.problems) <= 1_000


LINES = FLAGSHIP.splitlines(keepends=True)
PIECES = st.sampled_from(
    [
        *(
            "[",
            "]",
            "{",
            "}",
            ":",
            "- ",
            "&a ",
            "*a",
            "!!x ",
            "<<: ",
            "\t",
            '"',
            "'",
            "#",
            "\0",
            "\u202e",
            "null",
        ),
        *("-1", "1e400", "[]", "{}", "true", "Thu 06:00", "{site}", "{x!r}", "id: dc1\n", "    ", "\n", "é"),
        *("\ud800", "010", "x" * 300),
    ]
)


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """The flagship with a few cuts, doublings and insertions."""
    text = "".join(LINES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(text) - 1)))
        match draw(st.sampled_from(["cut", "double", "insert", "swap", "drop_line"])):
            case "cut":
                text = text[:at] + text[at + draw(st.integers(1, 40)) :]
            case "double":
                text = text[:at] + text[max(0, at - draw(st.integers(1, 200))) :]
            case "insert":
                text = text[:at] + draw(PIECES) + text[at:]
            case "swap":
                to = draw(st.integers(0, max(0, len(text) - 1)))
                text = text[:at] + text[to : to + 30] + text[at + 30 :]
            case _:
                start = text.rfind("\n", 0, at) + 1
                text = text[:start] + text[text.find("\n", at) + 1 or len(text) :]
    return text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutations())
def test_mutated_flagship(text: str) -> None:
    """Whatever is done to the flagship, it gives problems or a scenario that compiles, and never raises."""
    loaded = load_text(text, "mutated.yaml")
    assert_sound(loaded)
    if loaded.scenario is not None:
        loaded.scenario.world_plan()
        assert loaded.scenario.act_spans
        loaded.scenario.speed_at(loaded.scenario.end_ms)


ODD = st.sampled_from(
    [
        *(None, True, 0, -1, 0.5, 10**9, "", "x", "{site}", "Thu 06:00", "25:00", "dc1", {}, {"a": 1}),
        *([], [[]], [{}], [[{}]], [None], {"id": {}}, {"id": "x", "params": []}, [{"id": [{}]}]),
    ]
)


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """All paths into a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(each for key, kid in inner for each in places(kid, (*path, key)))]


def replaced(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """The value with another one at a path."""
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = replaced(value[path[0]], path[1:], new)
    return copy


@pytest.mark.parametrize("name", ["three_datacenter_outage.yaml", "starter.yaml"])
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_value_anywhere(name: str, data: st.DataObject) -> None:
    """Whatever stands in place of a value, there are problems or a scenario that compiles."""
    root, _ = read((LIBRARY / name).read_bytes(), name)
    assert root is not None
    value = json.loads(json.dumps(root.value))
    for _ in range(data.draw(st.integers(1, 3))):
        value = replaced(value, data.draw(st.sampled_from(places(value))), data.draw(ODD))
    loaded = load_text(json.dumps(value))
    assert_sound(loaded)
    if loaded.scenario is not None:
        loaded.scenario.world_plan()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    """Any bytes give problems with a place."""
    assert_sound(load_text(data))
