"""Starting a drill, and claiming the facilitator's chair."""

import httpx
import pytest

from app.identity import FACILITATOR_COOKIE, SEAT_COOKIE
from tests.app.conftest import HEADER, SCENARIO, Served

BODY = {"scenario": SCENARIO, "seat": "tech_lead", "name": "Ada"}


def test_a_start_gives_a_cookie_and_an_address(served: Served) -> None:
    """The token stands in a cookie that scripts cannot read, and never in the address."""
    answer = served.client.post("/api/play", json=BODY, headers=HEADER)
    drill = answer.json()["drill"]
    assert answer.json()["url"] == f"/console?d={drill}&seat=tech_lead"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert served.client.cookies[SEAT_COOKIE] not in answer.text


def test_behind_https_the_cookie_is_secure(served: Served) -> None:
    """When a proxy on this machine says https, the cookie never travels in the clear."""
    headers = {**HEADER, "X-Forwarded-Proto": "https"}
    assert "Secure" in served.client.post("/api/play", json=BODY, headers=headers).headers["set-cookie"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"X-Stormdrill": "0"}, 403),
        ({"X-Stormdrill": "1", "Origin": "https://evil.example"}, 403),
        ({"X-Stormdrill": "1", "Origin": "null"}, 403),
    ],
)
def test_only_an_own_page_may_start(served: Served, headers: dict[str, str], status: int) -> None:
    """A request without the header, or from another site, starts nothing."""
    answer = served.client.post("/api/play", json=BODY, headers=headers)
    assert answer.status_code == status
    assert answer.json()["cure"]
    assert served.house.hall.drills() == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({**BODY, "scenario": "nowhere"}, 404),
        ({**BODY, "seat": "pope"}, 404),
        ({**BODY, "team": "dream"}, 400),
        ({**BODY, "seed": "7"}, 400),
        ({**BODY, "seed": -1}, 400),
        ({**BODY, "seed": True}, 400),
        ({**BODY, "name": "x" * 61}, 400),
        ({**BODY, "name": 7}, 400),
        ({"seat": "tech_lead"}, 400),
        ([], 400),
    ],
)
def test_a_wrong_start_says_what_is_wrong(served: Served, body: object, status: int) -> None:
    """Each mistake has its answer, and none opens a drill."""
    answer = served.client.post("/api/play", json=body, headers=HEADER)
    assert answer.status_code == status, answer.text
    assert answer.json()["error"]
    assert served.house.hall.drills() == []


def test_no_json_and_too_much(served: Served) -> None:
    """A body that is no JSON is refused, and one that is too large is not read to its end."""
    assert served.client.post("/api/play", content=b"{", headers=HEADER).status_code == 400
    assert served.client.post("/api/play", content=b"[" * 100_000, headers=HEADER).status_code == 413
    assert served.client.post("/api/play", content=b"[" * 60_000, headers=HEADER).status_code == 400


def test_starts_are_limited(served: Served) -> None:
    """After ten starts at once from one address the next has to wait."""
    wrong = {**BODY, "scenario": "nowhere"}
    served.no_time_passes()
    found = [served.client.post("/api/play", json=wrong, headers=HEADER).status_code for _ in range(11)]
    assert found == [404] * 10 + [429]


def test_the_facilitators_claim(served: Served) -> None:
    """The claim is exchanged once for a cookie; a second browser with the same link is refused."""
    claim = {"claim": served.house.keys.open_claim()}
    assert served.client.post("/api/claim", json=claim).status_code == 403
    answer = served.client.post("/api/claim", json=claim, headers=HEADER)
    assert answer.json() == {"url": "/drills"}
    assert served.client.cookies[FACILITATOR_COOKIE] != claim["claim"]
    with httpx.Client(base_url=served.url) as other:
        refused = other.post("/api/claim", json=claim, headers=HEADER)
        assert refused.status_code == 403
        assert "stormdrill link" in refused.json()["cure"]
