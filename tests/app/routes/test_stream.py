"""The stream of a seat."""

import json
from contextlib import ExitStack
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.app.conftest import Served


def open_stream(
    served: Served, drill: str, *, cookie: str | None = None, origin: str | None = None
) -> ClientConnection:
    """Open a stream as this client, or with another cookie."""
    given = served.client.cookies.get("stormdrill_seat", "") if cookie is None else cookie
    url = f"{served.url.replace('http', 'ws', 1)}/api/drills/{drill}/stream"
    headers = {"Cookie": f"stormdrill_seat={given}"} | ({"Origin": origin} if origin else {})
    return connect(url, additional_headers=headers, max_size=None)


def hear(stream: ClientConnection, kind: str) -> dict[str, Any]:
    """Give the next message of a kind."""
    while True:
        message = json.loads(stream.recv(20))
        if message["type"] == kind:
            return dict(message)


def test_a_full_view_then_what_changed(served: Served) -> None:
    """The first message is the whole view; each delta goes on from the one before."""
    drill = served.play()
    with open_stream(served, drill) as stream:
        message = hear(stream, "full")
        state, rev = message["state"], message["rev"]
        assert state["me"]["seat"] == "tech_lead"
        served.command(drill, "send_message", {"text": "Looking at West."})
        while not any(line["text"] == "Looking at West." for line in state["channel"]):
            delta = hear(stream, "delta")
            assert delta["base"] == rev
            assert delta["set"]
            state |= delta["set"]
            rev = delta["rev"]


def test_a_paused_drill_is_silent_and_answers(served: Served) -> None:
    """A ping gets its pong, and a resync the whole view again."""
    drill = served.play()
    served.command(drill, "pause", {})
    with open_stream(served, drill) as stream:
        assert hear(stream, "full")["state"]["clock"]["state"] == "paused"
        stream.send('{"type":"ping"}')
        hear(stream, "pong")
        stream.send('{"type":"resync"}')
        hear(stream, "full")


@pytest.mark.parametrize("said", ["", "{", "[]", '{"type":7}', "x" * 5000, "[" * 900])
def test_noise_is_passed_over(served: Served, said: str) -> None:
    """What is no message changes nothing; the stream goes on."""
    drill = served.play()
    with open_stream(served, drill) as stream:
        stream.send(said)
        stream.send('{"type":"ping"}')
        hear(stream, "pong")


def test_the_door_of_the_stream(served: Served) -> None:
    """A wrong cookie is closed with 4401, an unknown drill 4404, another site 4403, with reasons."""
    drill = served.play()
    for opened, code in (
        (open_stream(served, drill, cookie="guess"), 4401),
        (open_stream(served, "nowhere"), 4404),
        (open_stream(served, drill, origin="https://evil.example"), 4403),
    ):
        with opened as stream, pytest.raises(ConnectionClosed) as closed:
            stream.recv(20)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == code
        assert closed.value.rcvd.reason


def test_many_viewers_see_the_same(served: Served) -> None:
    """Twelve tabs of one seat are live at once."""
    drill = served.play()
    with ExitStack() as tabs:
        streams = [tabs.enter_context(open_stream(served, drill)) for _ in range(12)]
        assert {hear(stream, "full")["state"]["drill"]["id"] for stream in streams} == {drill}
