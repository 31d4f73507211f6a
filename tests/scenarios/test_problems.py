"""Problems: place, message, cure."""

from __future__ import annotations

from scenarios.problems import Problem, echo, nearest, report, suggest


def test_a_problem_reads_as_place_message_cure() -> None:
    """A problem is told as file, line, column, message, and how to mend it."""
    assert (
        str(Problem("a.yaml", 3, 5, "no such thing", "name another"))
        == "a.yaml:3:5: no such thing (name another)"
    )
    assert str(Problem("a.yaml", 3, 5, "no such thing")) == "a.yaml:3:5: no such thing"


def test_twenty_and_the_rest() -> None:
    """Twenty problems are shown, sorted by place, and the rest are counted; the same one is told once."""
    many = [Problem("a", line, 1, "x") for line in range(30, 0, -1)]
    lines = report([*many, many[0]])
    assert lines[0] == "a:1:1: x"
    assert len(lines) == 21
    assert lines[-1] == "and 10 more"


def test_echo_is_short_and_printable() -> None:
    """What a file says is echoed in at most sixty visible characters."""
    assert echo("a\x1b[31m\u202eb") == "a\ufffd[31m\ufffdb"
    assert len(echo("x" * 500)) == 60


def test_did_you_mean() -> None:
    """The nearest known word is offered, over case and dashes; else the known ones are listed."""
    assert nearest("Link-Los", ["link_loss", "site_loss"]) == "link_loss"
    assert suggest("sitte_loss", ["site_loss"]) == 'did you mean "site_loss"?'
    assert suggest("zzz", ["a", "b"]) == "known: a, b"
    assert suggest("zzz", []) == "there is no known one in this file"
