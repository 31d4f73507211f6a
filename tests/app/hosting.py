"""The facilitator's browser without a window, for tests that need somebody to open and begin a drill."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from app.keys import LinkKeys
from tests.app.conftest import HEADER, SCENARIO
from tests.app.served import Served

# a connection kept idle while a page opens may be closed by the server just when it is used again
FRESH = httpx.Limits(max_keepalive_connections=0)


@contextmanager
def facilitator_of(server: Served) -> Iterator[httpx.Client]:
    """Exchange the server's open claim for the facilitator's cookie."""
    claim = LinkKeys(server.data / "facilitator.json").open_claim()
    with httpx.Client(base_url=server.url, timeout=30, limits=FRESH) as client:
        assert client.post("/api/claim", json={"claim": claim}, headers=HEADER).status_code == 200
        yield client


def open_lobby(host: httpx.Client, scenario: str = SCENARIO) -> tuple[str, str]:
    """Open a drill for a team; give its id and code."""
    answer = host.post("/open", data={"scenario": scenario, "team": "managed", "name": "Ruth"})
    drill = answer.headers["location"].split("d=")[1]
    code = re.search(r'bigcode">([\w-]+)<', host.get(f"/lobby?d={drill}").text)
    assert code
    return drill, code[1]
