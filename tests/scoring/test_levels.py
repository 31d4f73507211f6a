"""Levels of several opportunities, and bands over lines."""

from __future__ import annotations

import pytest

from scoring.bands import band_of
from scoring.catalogue import Dimension, dimensions, lines
from scoring.levels import Judgement, Level, mean_level, not_tested

ESCALATION = dimensions()[5]


@pytest.mark.parametrize(
    ("levels", "level"),
    [
        (["met"] * 4 + ["missed"], "met"),
        (["met"] * 3 + ["partly", "missed"], "partly"),
        (["met", "met", "missed", "missed", "missed"], "partly"),
        (["met", "partly", "missed", "missed"], "missed"),
        ([], "not_tested"),
    ],
)
def test_the_mean_of_opportunities(levels: list[Level], level: Level) -> None:
    """0.8 is met, 0.4 is partly, below is missed."""
    assert mean_level(levels) == level


def test_the_catalogue_has_57_lines_in_eight_dimensions_and_24_are_core() -> None:
    """Ids are unique and in order."""
    assert len(dimensions()) == 8
    assert len(lines()) == 57
    assert sum(line.core for line in lines().values()) == 24
    assert [line.id for d in dimensions() for line in d.lines] == list(lines())


def _band(levels: dict[str, Level], dimension: Dimension = ESCALATION) -> str:
    judged = {line.id: not_tested("no trigger") for line in dimension.lines}
    judged |= {id_: Judgement(level) for id_, level in levels.items()}
    return band_of(dimension, judged).band


def test_bands_of_escalation() -> None:
    """Five lines, ESC-1, 4 and 5 core: solid needs 0.8 and no core line missed."""
    four: dict[str, Level] = {"ESC-1": "met", "ESC-2": "met", "ESC-3": "met", "ESC-4": "met"}
    assert _band({**four, "ESC-5": "met"}) == "Solid"
    assert _band({**four, "ESC-2": "missed", "ESC-5": "met"}) == "Solid"
    assert _band({**four, "ESC-5": "missed"}) == "Growing", "a core line was missed"
    assert _band({"ESC-1": "met", "ESC-2": "missed"}) == "Growing"
    assert _band({"ESC-1": "partly", "ESC-2": "missed"}) == "Thin"
    assert _band({"ESC-1": "met"}) == "Too little seen"


def test_under_a_third_of_the_lines_is_too_little() -> None:
    """Three of ten lines of command and roles."""
    command = dimensions()[1]
    three: dict[str, Level] = {"CMD-1": "met", "CMD-2": "met", "CMD-3": "met"}
    assert _band(three, command) == "Too little seen"
    assert _band({**three, "CMD-4": "met"}, command) == "Solid"


def test_a_band_names_one_strength_and_one_area_core_lines_first() -> None:
    """And its counts."""
    communication = dimensions()[2]
    judged = {line.id: not_tested("no trigger") for line in communication.lines}
    judged |= {
        "COM-3": Judgement("met"),
        "COM-2": Judgement("met"),
        "COM-4": Judgement("missed"),
        "COM-1": Judgement("partly"),
    }
    found = band_of(communication, judged)
    assert (found.strength, found.area) == ("COM-2", "COM-4")
    assert found.counts() == "2 met, 1 partly, 1 missed, 3 not tested"
