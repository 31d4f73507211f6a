"""The facilitator is gone: the socket, the browser or the whole server; the drill waits and can be led on."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from websockets.sync.client import ClientConnection, connect

from app.identity import SEAT_COOKIE
from app.keys import LinkKeys
from tests.app.conftest import HEADER, SCENARIO, copy_starter
from tests.app.routes.test_stream import hear
from tests.app.served import ROOT, Served


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    """A console in a process of its own, which can be killed."""
    served = Served(tmp_path / "data", "--scenarios", str(copy_starter(tmp_path / "mine")))
    served.start()
    yield served
    served.kill()


def browser(server: Served) -> httpx.Client:
    return httpx.Client(base_url=server.url, timeout=30)


def command(client: httpx.Client, drill: str, name: str, **data: object) -> httpx.Response:
    body = {"command_id": f"{name}-{data}", "command": name, "data": data}
    return client.post(f"/api/drills/{drill}/commands", json=body, headers=HEADER)


def stream(server: Served, client: httpx.Client, drill: str) -> ClientConnection:
    url = f"{server.url.replace('http', 'ws', 1)}/api/drills/{drill}/stream"
    cookie = f"{SEAT_COOKIE}={client.cookies[SEAT_COOKIE]}"
    return connect(url, additional_headers={"Cookie": cookie}, max_size=None)


def clock(server: Served, client: httpx.Client, drill: str) -> dict[str, object]:
    with stream(server, client, drill) as opened:
        return dict(hear(opened, "full")["state"]["clock"])


def printed_claim(server: Served) -> str:
    """Give the claim of the link that `stormdrill link` prints beside the running server."""
    code = "from app.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "link", "--data", str(server.data)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.strip().split("#claim=")[1]


def test_a_lost_facilitator_loses_nothing(server: Served) -> None:
    """Socket gone: it runs on. Server killed: it stands where it was saved, and two can lead it on."""
    with browser(server) as ruth, browser(server) as ada, browser(server) as omar:
        claim = {"claim": LinkKeys(server.data / "facilitator.json").open_claim()}
        assert ruth.post("/api/claim", json=claim, headers=HEADER).status_code == 200
        form = {"scenario": SCENARIO, "team": "managed", "name": "Ruth"}
        drill = ruth.post("/open", data=form).headers["location"].split("d=")[1]
        code = re.search(r'bigcode">([\w-]+)<', ruth.get(f"/lobby?d={drill}").text)
        assert code
        assert ada.post(f"/join/{code[1]}", data={"name": "Ada", "seat": "tech_lead"}).status_code == 303
        assert ruth.post("/lobby", data={"d": drill, "act": "begin"}).status_code == 303
        with stream(server, ruth, drill) as opened:
            hear(opened, "full")
            assert command(ruth, drill, "set_speed", speed=20).status_code == 200
        # the facilitator's socket is gone; the drill runs on for the others
        with stream(server, ada, drill) as opened:
            before_ms = int(hear(opened, "full")["state"]["clock"]["t_ms"])
            for _ in range(12):
                hear(opened, "delta")
        told_ms = int(str(clock(server, ada, drill)["t_ms"]))
        assert told_ms > before_ms
        server.kill()
        server.start()
        for client in (ada, ruth):
            stands = clock(server, client, drill)
            assert stands["state"] == "paused"
            assert before_ms <= int(str(stands["t_ms"])) <= told_ms + 60_000, "saved each second, at speed 20"
        assert command(ada, drill, "resume").status_code == 403
        assert command(omar, drill, "resume").status_code == 401
        # the first facilitator's cookie still leads; a second comes by a new link
        assert ruth.get(f"/lobby?d={drill}").status_code == 200
        assert omar.post("/drills", data={"d": drill}).status_code == 401
        claimed = omar.post("/api/claim", json={"claim": printed_claim(server)}, headers=HEADER)
        assert claimed.status_code == 200
        assert omar.post("/drills", data={"d": drill}).headers["location"] == f"/lobby?d={drill}"
        assert command(omar, drill, "resume").status_code == 200
        assert clock(server, ada, drill)["state"] == "running"
        assert command(ruth, drill, "pause").status_code == 200
        assert clock(server, omar, drill)["state"] == "paused"
