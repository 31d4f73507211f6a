"""The speed of a drill: the book's, a person's, and slower for each reason the scenario names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from drills.engine import Engine
from drills.journal import Journal
from drills.pace import Pace
from drills.replaying import new_header
from tests.drills.live_drill import QUIET, quiet_library


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    scenario = quiet_library(tmp_path / "library").get(QUIET)
    assert scenario is not None
    header = new_header(scenario, 7, "d", "2026-11-23T03:00:00Z")
    return Engine(scenario, header, grid_s=5, texts=Journal(header).texts)


def tell(engine: Engine, kind: str, about: str, **data: Any) -> None:
    engine.emit("director", kind, about, data, ("*",))


def ring_page(engine: Engine, to: str = "commander") -> None:
    tell(engine, "page.rang", "page-1", to=to, title="Call", **{"from": "tech_lead"})


def ring_phone(engine: Engine, to: str = "commander") -> None:
    tell(engine, "phone.rang", "phone-1", call="phone-1", to=to, **{"from": "reader"})


def start_call(engine: Engine, to: str = "commander") -> None:
    tell(engine, "call.started", "call-1", call="call-1", to=[to], medium="phone")


def fire_alert(engine: Engine, to: str = "commander") -> None:
    tell(engine, "alert.fired", "west_down", site="west", title="West down", severity="page")


@pytest.mark.parametrize(
    ("happen", "speed", "because"),
    [
        (ring_page, 2.0, "a page is waiting"),
        (ring_phone, 2.0, "a phone is ringing"),
        (fire_alert, 3.0, "a new alert"),
        (start_call, 5.0, "a call is running"),
    ],
)
def test_each_reason_has_its_speed(engine: Engine, happen: Any, speed: float, because: str) -> None:
    """A page, a phone, an alert or a call slows to what the scenario says, and the screen says why."""
    pace = Pace(engine, ("commander",))
    assert (pace.wanted(100.0).speed, pace.because) == (20.0, "")
    happen(engine)
    wanted = pace.wanted(100.2)
    assert (wanted.speed, wanted.why, pace.because) == (speed, "slowdown", because)


@pytest.mark.parametrize("happen", [ring_page, ring_phone, start_call])
def test_what_calls_others_slows_nobody(engine: Engine, happen: Any) -> None:
    """A bot's page, phone or call leaves the speed as it is."""
    pace = Pace(engine, ("commander",))
    happen(engine, to="tech_lead")
    assert pace.wanted(100.0).speed == 20.0


def test_the_lowest_wins_and_each_ends_for_itself(engine: Engine) -> None:
    """In a call, a phone slows further; when it is answered the call's speed comes back, then the book's."""
    pace = Pace(engine, ("commander",))
    start_call(engine)
    assert pace.wanted(100.0).speed == 5.0
    ring_phone(engine)
    assert pace.wanted(101.0).speed == 2.0
    tell(engine, "phone.answered", "phone-1")
    assert pace.wanted(120.9).speed == 2.0
    assert pace.wanted(121.1).speed == 5.0
    tell(engine, "call.ended", "phone-1")
    tell(engine, "call.ended", "call-1")
    assert pace.wanted(130.0).speed == 5.0
    assert (pace.wanted(141.2).speed, pace.because) == (20.0, "")


def test_an_alert_slows_once(engine: Engine) -> None:
    """The same alert slows for the quiet while only."""
    pace = Pace(engine, ("commander",))
    fire_alert(engine)
    assert pace.wanted(100.0).speed == 3.0
    assert pace.wanted(120.1).speed == 20.0


def test_nothing_speeds_up(engine: Engine) -> None:
    """Who plays slower than the reason asks stays slow, and is not told that anything slowed."""
    pace = Pace(engine, ("commander",))
    pace.choose(1.0)
    ring_page(engine)
    assert (pace.wanted(100.0).speed, pace.because) == (1.0, "")


def test_a_form_is_forgotten(engine: Engine) -> None:
    """A form counts for a minute after it was last noted, or until it is closed; a bot's does not count."""
    pace = Pace(engine, ("commander",))
    pace.note_form("tech_lead", 100.0, is_open=True)
    assert pace.wanted(100.0).speed == 20.0
    pace.note_form("commander", 100.0, is_open=True)
    assert pace.wanted(159.0).speed == 8.0
    pace.note_form("commander", 159.0, is_open=True)
    assert pace.wanted(218.0).speed == 8.0
    pace.note_form("commander", 218.0, is_open=False)
    assert pace.wanted(237.0).speed == 8.0
    assert pace.wanted(238.1).speed == 20.0
