"""Reading YAML node by node: values, places, limits."""

from __future__ import annotations

import pytest
import yaml

from scenarios.yaml_nodes import MAX_BYTES, MAX_NODES, Node, read


def root_of(text: str | bytes) -> Node:
    root, problems = read(text, "x.yaml")
    assert problems == []
    assert root is not None
    return root


def first_of(text: str | bytes) -> str:
    _, problems = read(text, "x.yaml")
    return str(problems[0])


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        ("null", None),
        ("~", None),
        ("", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-12", -12),
        ("+3", 3),
        ("1.50", 1.5),
        (".5", 0.5),
        ("2e3", 2000.0),
        ("-1.5e-3", -0.0015),
        ("03:15", "03:15"),
        ("22:22", "22:22"),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("True", "True"),
        ("nan", "nan"),
        ("2026-13-45", "2026-13-45"),
        ("4.12", 4.12),
        ("4.12.1", "4.12.1"),
        ("'010'", "010"),
        ('"12"', "12"),
    ],
)
def test_plain_scalars(plain: str, value: object) -> None:
    """A plain scalar is a number, a truth value, nothing, or text; a quoted one is text."""
    got = root_of(f"a: {plain}\n").value["a"]
    assert got == value
    assert type(got) is type(value)


REFUSED = ("010", "0o10", "0x1F", "0b1", "-07", "01.5", "1_000", ".inf", "-.INF", ".NaN", "1e999")


@pytest.mark.parametrize("plain", REFUSED)
def test_refused_numbers(plain: str) -> None:
    """A number that could be read in two ways, or not counted with, is refused where it stands."""
    assert first_of(f"a:\n  - {plain}\n").startswith("x.yaml:2:5: ")


def test_keys_are_text() -> None:
    """A key is the text that stands there: `no` and `1` stay what they are."""
    assert root_of("no: 1\n1: 2\n~: 3\n").value == {"no": 1, "1": 2, "~": 3}


def test_places() -> None:
    """Every value and key knows its line and column, counted from 1, behind a byte order mark and CRLF."""
    root = root_of(b"\xef\xbb\xbfa:\r\n  - b: 1\r\n    c: [x, y]\r\n")
    node, line, column = root.place(("a", 0, "c", 1))
    assert (node.value, line, column) == ("y", 3, 12)
    assert root.place(("a", 0, "c"))[1:] == (3, 5)
    assert root.place(("a", 0, "nothing", "there"))[1:] == (2, 5)


def test_alias_costs_its_expansion() -> None:
    """An alias counts as all that it stands for, so that no bomb unfolds."""
    text = "a: &a [" + ", ".join(["1"] * 1000) + "]\nb: [" + ", ".join(["*a"] * 60) + "]\n"
    assert f"more than {MAX_NODES} values" in first_of(text)


def test_alias_is_the_value() -> None:
    """An alias within the limits is the value it names."""
    assert root_of("a: &a [1, 2]\nb: *a\n").value == {"a": (1, 2), "b": (1, 2)}


def test_too_many_bytes() -> None:
    """A file over the limit is refused before it is parsed."""
    assert "bytes" in first_of(b"# " + b"x" * MAX_BYTES)


def test_too_many_items() -> None:
    """A list of more values than the limit is refused."""
    assert "more than" in first_of("a: [" + "1," * (MAX_NODES + 10) + "]\n")


def test_many_anchors() -> None:
    """Twenty thousand anchors are read like any other values."""
    assert len(root_of("".join(f"k{i}: &a{i} {i}\n" for i in range(20_000))).value) == 20_000


def test_all_problems_at_once() -> None:
    """What does not stop the reading is told together."""
    _, problems = read("a: 010\na: 1\nb: .nan\n", "x.yaml")
    assert [(p.line, p.column) for p in problems] == [(1, 4), (2, 1), (3, 4)]


def test_duplicate_names_both_places() -> None:
    """A key that stands twice is told with both places."""
    assert first_of("a: 1\nb: 2\na: 3\n").startswith(
        'x.yaml:3:1: key "a" stands here twice (the first is at 1:1'
    )


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
def test_both_parsers(loader: type) -> None:
    """With and without libyaml the same text gives the same values and the same refusals."""
    text = 'a: &x {b: [1, "2", 03:15]}\nc: *x\n'
    root, problems = read(text, "x.yaml", loader)
    assert root is not None
    assert not problems
    assert root.value == {"a": {"b": (1, "2", "03:15")}, "c": {"b": (1, "2", "03:15")}}
    for bad in ("a: !!set {b}", "a: {<<: {b: 1}}", 'a: "\\ud800"', "a: 010", "[" * 3000, "a: *b", ""):
        assert read(bad, "x.yaml", loader)[1], bad
