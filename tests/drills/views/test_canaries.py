"""A hundred generated scenarios with a canary in every hidden text: none reaches a trainee's view.

92 grow from the starter, with hidden parts of all kinds put in, and 8 from the flagship; each is played, by
bots who speak or by none, and every trainee's view is read at several moments of the story.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from drills import Hall
from drills.live import LiveDrill
from drills.record import Item
from drills.views.projector_part import PROJECTOR, ProjectorView
from drills.views.seat_view import SeatView
from scenarios import Library
from tests.drills.canaries import CANARY, Canaries
from tests.handclock import HandClock

FOLDER = Path(__file__).resolve().parents[3] / "scenarios" / "library"
STARTERS, FLAGSHIPS = 92, 8
TRAINEES = (
    *("commander", "tech_lead", "communications", "desk_1", "desk_2", "specialist", "developer"),
    *("end_user", "observer", PROJECTOR),
)
MINUTE_MS = 60_000
GRAFTED: dict[str, Any] = yaml.safe_load(
    """
troubles:
  - {id: dark, title: West lost its feed, main: true, monitors: [down], services: [bookshop, west],
     ranks: [{priority: high}], solver: [tech_lead]}
  - {id: badge, title: A badge is blocked, kind: request, services: [shop], ranks: [{priority: low}]}
facts:
  - {subject: west, property: cause, values: [the feed of the street]}
groups:
  - {id: desk, title: Desk, seats: [desk_1]}
  - {id: response, title: Response, seats: [tech_lead, commander]}
shared_facts:
  - {id: pay, text: Who was paying is charged once, group: desk, to: [response],
     after: {kind: report.received}, properties: [impact]}
stages:
  - {id: full, title: East is full, at: "09:40", visible: {kind: alert.fired, about: west_down},
     subjects: [east], comes: {kind: site.ejected, about: east}}
debrief:
  factors: [{id: f1, kind: tooling, text: One feed for both racks.}]
  questions: ["Who saw the feed?"]
nudges:
  - {seat: commander, from: owner, texts: ["Who leads?", "What next?"]}
"""
)


@cache
def source(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


def grown(number: int) -> tuple[dict[str, Any], Canaries]:
    """Give the data of one scenario of the hundred, and its canaries."""
    rng, canaries = random.Random(number), Canaries(number)
    if number < STARTERS:
        data = {**source("starter"), **{key: part for key, part in GRAFTED.items() if _keeps(rng, key)}}
        data["injects"] = [*data["injects"], *_injects(rng, "troubles" in data)]
    else:
        data = dict(source("three_datacenter_outage"))
    return {**canaries.planted(data), "id": f"canary-{number}"}, canaries


def _keeps(rng: random.Random, key: str) -> bool:
    """Leave out a part now and then, but never the groups that others name."""
    return key in ("groups", "troubles") or rng.random() < 0.8


def _injects(rng: random.Random, has_troubles: bool) -> Iterator[dict[str, Any]]:
    for number in range(rng.randint(1, 6)):
        minute, to = rng.randint(2, 50), rng.choice(("desk_1", "commander", "communications", "tech_lead"))
        inject = {
            "id": f"more_{number}",
            "when": {"at": f"09:{minute:02d}"},
            "to": [to],
            "from": rng.choice(("owner", "reader")),
            "channel": rng.choice(("chat", "email", "phone", "text")),
            "text": "Is anybody there?",
            "within_min": rng.randint(3, 20),
            "handled": {"text": "They know.", "says": "Thank you."},
            "ignored": {"text": "They do not know.", "says": "Nobody answers."},
        }
        if has_troubles and to == "desk_1":
            inject["report"] = {"trouble": rng.choice(("dark", "badge"))}
        yield inject


def leaks(drill: LiveDrill, seat: str, canaries: Canaries) -> list[str]:
    """Give the canaries in a view that its seat may not read: kept ones, and spoken ones not said to it."""
    shown = ProjectorView(drill) if seat == PROJECTOR else SeatView(drill, seat)
    view = json.dumps(shown.build(), ensure_ascii=False)
    found = set(CANARY.findall(view))
    heard = "\n".join(_words(drill, item) for item in drill.engine.items if _hears(drill, seat, item))
    return sorted(
        f"{seat}: {canaries.fields[word]}" for word in found if word.endswith("k") or word not in heard
    )


def _hears(drill: LiveDrill, seat: str, item: Item) -> bool:
    """Whether an item is said to a seat; to an observer what is said to anybody, and to all what all hear."""
    responders = {role.id for role in drill.engine.scenario.role_table.values() if role.responder}
    return seat in item.sees or (seat == "observer" and bool(item.sees)) or responders <= set(item.sees)


def _words(drill: LiveDrill, item: Item) -> str:
    texts = (drill.engine.texts.get(digest, "") for digest in _digests(item.data))
    return "\n".join((str(dict(item.data)), *texts))


def _digests(data: Any) -> Iterator[str]:
    for value in data.values():
        if isinstance(value, dict) and "text" in value:
            yield str(value["text"])


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A hall with the hundred scenarios."""
    folder = tmp_path_factory.mktemp("canaries")
    for number in range(STARTERS + FLAGSHIPS):
        data, _ = grown(number)
        (folder / f"canary-{number}.yaml").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
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
        for seat in TRAINEES:
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
