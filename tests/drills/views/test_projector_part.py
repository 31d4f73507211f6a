"""The projector's view: exactly what is named here, and only for a facilitator to open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from drills import Hall, Holder, Refused
from drills.views.projector_part import PROJECTOR
from scenarios import Library
from tests.drills.views.conftest import FLAGSHIP, MINUTE_MS, Sit
from tests.handclock import HandClock

LIMIT_BYTES = 8_000
KEYS = {
    "": {
        *("screen", "read_only", "drill", "clock", "situation", "served", "sites", "charts", "seats"),
        *("next_update_ms", "door"),
    },
    "drill": {"id", "title", "marker", "state", "end_reason"},
    "clock": {"t_ms", "story", "t_plus", "speed", "state", "slowed_because"},
    "served": {"value", "state"},
    "charts": {"t0_ms", "step_ms", "series"},
    "door": {"open", "code"},
}
SITE = {"id", "title", "standby", "state", "word", "detail", "since_ms", "share_frac", "load_frac"}


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    opened = Hall(tmp_path, Library([]), HandClock())
    yield opened
    opened.close()


@pytest.fixture
def host(hall: Hall) -> Holder:
    """The facilitator of a running drill for a team."""
    host = hall.open_for_team(FLAGSHIP, "Ruth", seed=7)
    hall.begin(host)
    return host


def test_it_has_exactly_these_keys(hall: Hall, host: Holder) -> None:
    """An hour into the outage nothing stands on it but what is named here, and it is small."""
    hall.drill(host.drill_id).play.pass_time(60 * MINUTE_MS)
    view = hall.watched(host.drill_id, PROJECTOR)
    assert view.pop("rev") > 0
    assert {name: set(view[name] if name else view) for name in KEYS} == KEYS
    assert all(set(site) == SITE for site in view["sites"])
    assert all(set(seat) == {"seat", "title", "name", "initials", "bot"} for seat in view["seats"])
    assert [each["id"] for each in view["charts"]["series"]] == ["answered"]
    assert (view["screen"], view["read_only"]) == ("projector", True)
    assert len(json.dumps(view, ensure_ascii=False).encode()) < LIMIT_BYTES


def test_it_says_what_every_console_says(sit: Sit) -> None:
    """Sentence, share of users served, sites and the next update are those of a responder's own screen."""
    seated = sit("commander")
    seated.play_to(60)
    own, room = seated.view(), seated.room()
    assert room["situation"] == own["situation"]["text"]
    assert room["served"]["value"] == own["numbers"][0]["value"]
    assert [site["state"] for site in room["sites"]] == [site["state"] for site in own["sites"]]
    assert room["next_update_ms"] == own["incident"]["next_update_ms"]
    assert [seat["name"] for seat in room["seats"] if not seat["bot"]] == ["Ada Berg"]
    assert room["door"] == {"open": False, "code": ""}


def test_the_code_stands_there_while_it_opens(hall: Hall, host: Holder) -> None:
    """A door that is closed, or a drill that has ended, takes the code off the wall at once."""
    drill = hall.drill(host.drill_id)
    code, rev = hall.lobby.picture(host.drill_id)["code"], drill.rev
    assert drill.watched(PROJECTOR)["door"] == {"open": True, "code": code}
    hall.lobby.set_open(host, False)
    assert drill.rev > rev
    assert drill.watched(PROJECTOR)["door"] == {"open": False, "code": ""}
    hall.lobby.set_open(host, True)
    hall.submit(host.drill_id, host.seat, host.person, "end", "stop", {"reason": "real world"})
    ended = drill.watched(PROJECTOR)
    assert (ended["door"]["open"], ended["drill"]["state"]) == (False, "ended")


def test_only_a_facilitator_opens_it(hall: Hall, host: Holder) -> None:
    """A trainee and an observer are refused; the facilitator of the drill is not."""
    code = hall.lobby.picture(host.drill_id)["code"]
    hall.demand_watchable(host, PROJECTOR)
    for seat in ("commander", "observer"):
        guest = hall.lobby.join(code, f"Guest {seat}", seat)
        with pytest.raises(Refused) as refused:
            hall.demand_watchable(guest, PROJECTOR)
        assert refused.value.status == 403
