"""The scorecard as a whole: its JSON, its evidence, and that it is the same each time."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest

from scoring.scorecard import score
from scoring.sentences import SENTENCES, evidence_rows
from tests.scoring.nights import MANAGED, TRIGGER, UNMANAGED
from tests.scoring.notation import SETTING, record

SCHEMA = json.loads((files("scoring") / "scorecard.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "end"), [(MANAGED, 400), (UNMANAGED, 600), (TRIGGER, 20), ("", 1)])
def test_the_json_fits_its_schema(text: str, end: float) -> None:
    """All keys of the contract and no others; also of a drill in which nothing happened."""
    body = json.loads(json.dumps(score(record(text, end=end), SETTING).as_json(), allow_nan=False))
    jsonschema.Draft202012Validator(SCHEMA).validate(body)


def test_the_same_record_gives_the_same_scorecard() -> None:
    """Byte for byte."""
    first, second = (json.dumps(score(record(MANAGED), SETTING).as_json()) for _ in range(2))
    assert first == second


def test_counts_of_a_dimension_are_its_lines() -> None:
    """57 in all."""
    body = score(record(MANAGED), SETTING).as_json()
    levels = ("met", "partly", "missed", "not_tested")
    assert sum(dimension[level] for dimension in body["dimensions"] for level in levels) == 57


def test_evidence_rows_say_when_who_and_what() -> None:
    """Once each, in order, with names."""
    night = record(MANAGED)
    rows = evidence_rows(night, [*score(night, SETTING).line("CMD-1").judgement.evidence, 9999], SETTING)
    assert [(row.story, row.who, row.sentence) for row in rows] == [
        ("Wed 03:12", "the world", "DC2 is out: health checks took it out of rotation"),
        ("Wed 03:12", "the world", "Alert: DC2_down"),
        ("Wed 03:17", "Name Of Commander", "Name Of Commander took the role of commander, aloud"),
        ("Wed 03:24", "Name Of Commander", "Name Of Commander gave Name Of Tech lead a task"),
    ]


def test_every_item_of_both_nights_has_a_sentence() -> None:
    """No kind is left to its bare name."""
    for text, end in ((MANAGED, 400), (UNMANAGED, 600)):
        night = record(text, end=end)
        assert {item.kind for item in night.items} <= set(SENTENCES)
        for row in evidence_rows(night, range(len(night.items)), SETTING):
            assert row.sentence
            assert "None" not in row.sentence
