"""The hundred: generated scenarios with a canary in every hidden text, and what of them a seat may know.

92 grow from the starter, with hidden parts of all kinds put in, and 8 from the flagship.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from drills.live import LiveDrill
from drills.record import Item
from drills.views.projector_part import PROJECTOR, ProjectorView
from drills.views.seat_view import SeatView
from tests.drills.canaries import CANARY, Canaries

FOLDER = Path(__file__).resolve().parents[2] / "scenarios" / "library"
STARTERS, FLAGSHIPS = 92, 8
TRAINEES = (
    *("commander", "tech_lead", "communications", "desk_1", "desk_2", "specialist", "developer"),
    *("end_user", "observer"),
)
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
    return leaks_in(json.dumps(shown.build(), ensure_ascii=False), drill, seat, canaries)


def leaks_in(text: str, drill: LiveDrill, seat: str, canaries: Canaries) -> list[str]:
    """Give the canaries in any text that reached a seat by now and that it may not read."""
    found = set(CANARY.findall(text))
    if not found:
        return []
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


def write_all(folder: Path, numbers: Iterable[int], *, everybody: bool = False) -> None:
    """Write scenarios of the hundred as files into a folder; with `everybody`, each seat there is is cast."""
    for number in numbers:
        data, _ = grown(number)
        if everybody:
            data = {**data, "people": [*data["people"], *_rest(data["people"])]}
        (folder / f"canary-{number}.yaml").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def _rest(people: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    cast = {person.get("seat") for person in people}
    for seat in TRAINEES:
        if seat not in cast and seat != "observer":
            yield {"id": f"more_{seat}", "name": f"More {seat}", "seat": seat}
