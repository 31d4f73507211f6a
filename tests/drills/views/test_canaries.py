"""A hundred generated scenarios with a canary in every hidden text: none reaches a trainee's view.

92 grow from the starter, with hidden parts of all kinds put in, and 8 from the flagship; each is played, by
bots who speak or by none, and every trainee's view is read at several moments of the story.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drills import Hall
from drills.views.projector_part import PROJECTOR
from scenarios import Library
from tests.drills.hundred import FLAGSHIPS, STARTERS, TRAINEES, grown, leaks, write_all
from tests.handclock import HandClock

MINUTE_MS = 60_000


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A hall with the hundred scenarios."""
    folder = tmp_path_factory.mktemp("canaries")
    write_all(folder, range(STARTERS + FLAGSHIPS))
    hall = Hall(tmp_path_factory.mktemp("store"), Library([folder]), HandClock())
    yield hall
    hall.close()


def read_views(hall: Hall, number: int, team: str, minutes: tuple[int, ...]) -> set[str]:
    """Play one of the hundred, read every view on the way, and give what leaked."""
    _, canaries = grown(number)
    assert len(canaries.fields) >= 20
    drill = hall.drill(hall.play_alone(f"canary-{number}", "commander", team=team, seed=number).drill_id)
    found: set[str] = set()
    for minute in minutes:
        drill.play.pass_time(minute * MINUTE_MS)
        for seat in (*TRAINEES, PROJECTOR):
            found |= set(leaks(drill, seat, canaries))
    return found


def test_canaries_are_in_every_kind_of_hidden_text() -> None:
    """The walk reaches what it must: causes, notes, troubles, facts, stages, factors, consequences."""
    reached = {place for number in (1, 99) for place in grown(number)[1].fields.values()}
    assert {
        *("Story.cause", "Inject.note", "Consequence.text", "Trouble.title", "SharedFact.text"),
        *("Stage.title", "Factor.text", "Step.stale", "Persona.temper", "Persona.knows", "Person.note"),
        *("TrueFact.values", "Debrief.questions", "ActSpec.purpose", "Runbook.gap"),
    } <= reached


def test_the_walk_finds_a_leak(hall: Hall) -> None:
    """A view that is given a kept word by mistake is caught: the test is not blind."""
    _, canaries = grown(0)
    drill = hall.drill(hall.play_alone("canary-0", "commander", team="none", seed=1).drill_id)
    word = next(word for word, place in canaries.fields.items() if place == "Story.cause")
    drill.engine.emit("persona", "persona.said", "", {"from": "owner", "text": word}, ("*",))
    assert leaks(drill, "commander", canaries) == ["commander: Story.cause"]


@pytest.mark.parametrize("tens", range(4))
def test_no_canary_of_the_small_ones_is_seen(hall: Hall, tens: int) -> None:
    """92 scenarios grown from the starter, every second one played by bots."""
    numbers = range(tens, STARTERS, 4)
    leaked = {n: read_views(hall, n, ("none", "managed")[n // 4 % 2], (6, 20, 45, 60)) for n in numbers}
    assert {n: found for n, found in leaked.items() if found} == {}


@pytest.mark.parametrize("number", range(STARTERS, STARTERS + FLAGSHIPS))
def test_no_canary_of_the_flagship_is_seen(hall: Hall, number: int) -> None:
    """8 grown from the flagship: half with bots who work the night, half without."""
    team = ("managed", "none", "clumsy", "strong")[number % 4]
    assert read_views(hall, number, team, (90, 270, 480)) == set()
