"""The facilitator's window, over HTTP: control room, a seat as it sees itself, an inject looked at."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from app.identity import SEAT_COOKIE
from drills.rights import HOST_SEAT
from tests.app.conftest import HEADER, SCENARIO, Served
from tests.app.routes.test_stream import hear


@pytest.fixture
def drill(served: Served) -> str:
    """A running drill; the client of `served` is its facilitator, nobody else is there yet."""
    claim = {"claim": served.house.keys.open_claim()}
    assert served.client.post("/api/claim", json=claim, headers=HEADER).status_code == 200
    form = {"scenario": SCENARIO, "team": "managed", "name": "Ruth"}
    drill = served.client.post("/open", data=form).headers["location"].split("d=")[1]
    assert served.client.post("/lobby", data={"d": drill, "act": "begin"}).status_code == 303
    return str(drill)


@pytest.fixture
def trainee(served: Served, drill: str) -> Iterator[httpx.Client]:
    """Somebody who joined the running drill as tech lead."""
    code = served.house.hall.lobby.picture(drill)["code"]
    with httpx.Client(base_url=served.url, timeout=20) as client:
        answer = client.post(f"/join/{code}", data={"name": "Tariq", "seat": "tech_lead"})
        assert answer.status_code == 303, answer.text
        yield client


def stream(served: Served, client: httpx.Client, drill: str, watch: str = "") -> ClientConnection:
    """Open a stream with a client's cookies."""
    query = f"?watch={watch}" if watch else ""
    url = f"{served.url.replace('http', 'ws', 1)}/api/drills/{drill}/stream{query}"
    cookie = f"{SEAT_COOKIE}={client.cookies.get(SEAT_COOKIE, '')}"
    return connect(url, additional_headers={"Cookie": cookie}, max_size=None)


def test_the_control_room_has_the_whole_clock(served: Served, drill: str) -> None:
    """Its stream carries the script and the truth, and every command of the clock with what a skip offers."""
    with stream(served, served.client, drill) as room:
        state = hear(room, "full")["state"]
    assert state["me"]["seat"] == HOST_SEAT
    assert {"pause", "resume", "set_speed", "skip", "stop"} <= set(state["clock"]["may"])
    assert state["clock"]["watchers"]
    assert {"timeline", "world", "roster", "milestones", "notes", "choices"} <= set(state)


def test_a_seat_is_seen_as_it_sees_itself(served: Served, drill: str, trainee: httpx.Client) -> None:
    """The same picture, with nothing to press."""
    served.command(drill, "pause", {})
    with (
        stream(served, trainee, drill) as own,
        stream(served, served.client, drill, watch="tech_lead") as over,
    ):
        mine, seen = hear(own, "full")["state"], hear(over, "full")["state"]
    assert seen["read_only"]
    assert (seen["me"]["may"], seen["clock"]["may"]) == ([], [])
    assert seen["sites"] == mine["sites"]
    assert seen["asked"] == mine["asked"]


@pytest.mark.parametrize(("who", "seat", "code"), [("trainee", "commander", 4403), ("host", "nobody", 4404)])
def test_over_whose_shoulder(
    served: Served, drill: str, trainee: httpx.Client, who: str, seat: str, code: int
) -> None:
    """Only the facilitator looks over a shoulder, and only where there is one."""
    client = trainee if who == "trainee" else served.client
    with stream(served, client, drill, watch=seat) as closed, pytest.raises(ConnectionClosed) as ended:
        closed.recv(20)
    assert ended.value.rcvd is not None
    assert ended.value.rcvd.code == code


def test_an_inject_is_looked_at_before_it_is_sent(served: Served, drill: str, trainee: httpx.Client) -> None:
    """The facilitator hears whom it would reach; nobody else may ask, and nothing is written."""
    inject = {"sender": "owner", "to": ["tech_lead"], "channel": "chat", "text": "Is it safe to sell?"}
    path, entries = f"/api/drills/{drill}/inject-preview", len(served.house.hall.journal(drill).entries)
    shown = served.client.post(path, json=inject, headers=HEADER)
    assert shown.status_code == 200, shown.text
    assert [each["name"] for each in shown.json()["reaches"]] == ["Tariq"]
    assert len(served.house.hall.journal(drill).entries) == entries
    refused = trainee.post(path, json=inject, headers=HEADER)
    assert (refused.status_code, refused.json()["cure"]) == (403, "only the facilitator can")
    nobody = served.client.post(path, json={**inject, "to": ["nobody"]}, headers=HEADER)
    assert (nobody.status_code, "nobody" in nobody.text) == (404, True)


def test_the_roster_says_who_is_there(served: Served, drill: str, trainee: httpx.Client) -> None:
    """A bot plays; a person is here while their console is open, and away after it."""

    def presence(room: ClientConnection, wanted: str) -> None:
        while True:
            message = json.loads(room.recv(20))
            roster = (message.get("state") or message.get("set") or {}).get("roster") or []
            found = {each["seat"]: each["presence"]["state"] for each in roster}
            if found.get("tech_lead") == wanted:
                return

    with stream(served, served.client, drill) as room:
        presence(room, "never")
        with stream(served, trainee, drill) as own:
            hear(own, "full")
            presence(room, "here")
        presence(room, "away")
