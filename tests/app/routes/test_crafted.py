"""A trainee with a crafted client: nothing they send gives them more than their seat, and nothing breaks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from app.identity import SEAT_COOKIE
from app.limits import RATES, Rate
from tests.app.conftest import HEADER, SCENARIO, Served
from tests.app.routes.test_stream import hear, open_stream

ODD_TEXTS = {
    "a lone surrogate": '"\\ud800"',
    "half an emoji": '"\\ude00 hello"',
    "no number": "NaN",
    "endless": "1e999",
    "too long a number": "9" * 5000,
}
NAMES = {
    "turned around": ("\u202eada\u202c", "ada"),
    "zero width": ("A\u200bd\u2060a", "Ada"),
    "only zero width": ("\u200b\u200d\u2060", None),
    "tags": ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
    "quotes": ("\" autofocus onfocus='x", "autofocus onfocus="),
    "emoji": ("👩🏽‍🚒 Ada", "👩🏽‍🚒 Ada"),
    "right to left": ("עדה", "עדה"),
    "line ends": ("Ada\r\nSet-Cookie: x=1", "Ada Set-Cookie: x=1"),
    "nothing": ("\x00\x00", None),
}


@pytest.fixture
def team(served: Served) -> str:
    """A running drill whose facilitator is the client of `served`; nobody is told to slow down."""
    quick = {kind: Rate(1000, 1000) for kind in RATES}
    object.__setattr__(served.house.limits, "rates", quick)
    served.client.post("/api/claim", json={"claim": served.house.keys.open_claim()}, headers=HEADER)
    answer = served.client.post("/open", data={"scenario": SCENARIO, "team": "none", "name": "Ruth"})
    drill = answer.headers["location"].split("d=")[1]
    served.client.post("/lobby", data={"d": drill, "act": "begin"})
    return drill


@contextmanager
def trainee(served: Served, drill: str, seat: str, name: str = "Ada") -> Iterator[httpx.Client]:
    """A browser that holds a seat."""
    code = served.house.hall.lobby.picture(drill)["code"]
    with httpx.Client(base_url=served.url, timeout=20) as client:
        assert client.post(f"/join/{code}", data={"name": name, "seat": seat}).status_code == 303
        yield client


def send(client: httpx.Client, drill: str, command: str, **more: object) -> httpx.Response:
    """Send a command whose body holds more than it should."""
    body = {"command_id": f"{command}-1", "command": command, "data": {}, **more}
    return client.post(f"/api/drills/{drill}/commands", json=body, headers=HEADER)


def test_the_seat_is_never_taken_from_what_is_sent(served: Served, team: str) -> None:
    """Another seat in the body, in the query or in a header changes nothing: the cookie alone decides."""
    with trainee(served, team, "communications") as ada:
        claims = {"seat": "facilitator", "person": "facilitator", "role": "facilitator", "solo": True}
        assert send(ada, team, "stop", **claims).status_code == 403
        assert send(ada, team, "start_operation", data={"seat": "tech_lead"}, **claims).status_code == 403
        said = send(ada, team, "send_message", data={"text": "Hello", "seat": "commander"}, **claims)
        assert said.status_code == 400
        headers = {**HEADER, "X-Seat": "facilitator", "X-Forwarded-User": "facilitator"}
        for query in ("?seat=facilitator", "?seat=tech_lead", "?person=x&seat=commander"):
            body = {"command_id": query, "command": "pause", "data": {}}
            answer = ada.post(f"/api/drills/{team}/commands{query}", json=body, headers=headers)
            assert answer.status_code == 403
            assert ada.get(f"/lobby?d={team}&{query[1:]}").headers["location"].endswith("seat=communications")
        form = {"d": team, "act": "begin", "seat": "facilitator", "person": "facilitator"}
        assert ada.post("/lobby", data=form).status_code in {303, 403}
        assert (
            ada.post("/lobby", data={**form, "act": "remove"})
            .headers.get("location", "")
            .endswith("seat=communications")
        )
    assert served.house.hall.state(team) == "running"
    entries = served.house.hall.journal(team).entries
    assert {each.kind for each in entries if each.seat == "facilitator"} == set()


def test_the_stream_is_the_cookies_seat(served: Served, team: str) -> None:
    """`?seat=` on the stream gives nothing; another site's page, a forged host and `null` get no stream."""
    with trainee(served, team, "desk_1") as ada:
        cookie = ada.cookies[SEAT_COOKIE]
        with open_stream(served, f"{team}/stream?seat=facilitator&x=", cookie=cookie) as stream:
            assert hear(stream, "full")["state"]["me"]["seat"] == "desk_1"
        for origin in ("https://evil.example", "null", "file://", "http://127.0.0.1:1", "http://127.0.0.1"):
            with open_stream(served, team, cookie=cookie, origin=origin) as stream:
                with pytest.raises(ConnectionClosed) as closed:
                    stream.recv(20)
                assert closed.value.rcvd is not None
                assert closed.value.rcvd.code == 4403


def test_a_command_id_of_another_seat_gives_nothing(served: Served, team: str) -> None:
    """Who sends another seat's command id again neither repeats its deed nor learns where it stands."""
    with trainee(served, team, "tech_lead") as ada, trainee(served, team, "commander") as ben:
        done = send(ada, team, "send_message", data={"text": "Mine."}, command_id="shared")
        assert done.status_code == 200
        stolen = send(ben, team, "send_message", data={"text": "Not mine."}, command_id="shared")
        assert (stolen.status_code, "another seat" in stolen.json()["error"]) == (409, True)
        assert "seq" not in stolen.json()
        for taken in ("bot:tech_lead:x", "clock:1", "join:commander:x", "", "x" * 81):
            answer = send(ben, team, "send_message", data={"text": "Hello"}, command_id=taken)
            assert answer.status_code == 400, taken
    said = [e for e in served.house.hall.journal(team).entries if e.kind == "message.sent"]
    assert len(said) == 1


PLACES = {
    "command_id": ("commands", '{"command_id": %s, "command": "send_message", "data": {"text": "Hello"}}'),
    "command": ("commands", '{"command_id": "c1", "command": %s, "data": {}}'),
    "data": ("commands", '{"command_id": "c2", "command": "send_message", "data": %s}'),
    "text": ("commands", '{"command_id": "c3", "command": "send_message", "data": {"text": %s}}'),
    "key": ("commands", '{"command_id": "c4", "command": "send_message", "data": {"text": "x", "y": %s}}'),
    "operation": ("preview", '{"operation": %s, "params": {}}'),
    "params": ("preview", '{"operation": "roll_back", "params": {"x": %s}}'),
    "open": ("writing", '{"open": %s}'),
}


def test_odd_json_is_refused_in_words(served: Served, team: str) -> None:
    """What JSON lets pass and nobody can keep is a 400 with a cure, wherever it stands."""
    before = len(served.house.hall.journal(team).entries)
    with trainee(served, team, "tech_lead") as ada:
        joined = len(served.house.hall.journal(team).entries)
        for where, (path, body) in PLACES.items():
            for what, odd in ODD_TEXTS.items():
                answer = ada.post(f"/api/drills/{team}/{path}", content=body % odd, headers=HEADER)
                assert (answer.status_code, where, what) == (400, where, what), answer.text
                assert answer.json()["cure"]
    assert len(served.house.hall.journal(team).entries) == joined == before + 1


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/play", '{"scenario": "my-first-drill", "seat": "tech_lead", "name": "\\ud800"}'),
        ("/api/play", '{"scenario": "\\ud800", "seat": "tech_lead"}'),
        ("/api/claim", '{"claim": "\\ud800"}'),
    ],
)
def test_odd_json_before_anybody_sits(served: Served, team: str, path: str, body: str) -> None:
    """Half a character is refused at the first door too."""
    answer = served.client.post(path, content=body, headers=HEADER)
    assert answer.status_code == 400
    assert answer.json()["cure"]


NO_OBJECTS = (b"\xff\xfe", b"{", b"[]", b"null", b"{" * 2000, b'{"a":' * 5000)


def test_what_is_no_json_object(served: Served, team: str) -> None:
    """Invalid UTF-8, deep nesting and other shapes are refused with 400."""
    with trainee(served, team, "tech_lead") as ada:
        for path in ("commands", "preview", "writing"):
            for content in NO_OBJECTS:
                answer = ada.post(f"/api/drills/{team}/{path}", content=content, headers=HEADER)
                assert (answer.status_code, bool(answer.json()["cure"])) == (400, True), content[:9]


def test_huge_bodies_are_cut_off(served: Served, team: str) -> None:
    """Over 64 KiB is 413 for commands and forms, sent at once or in pieces; the server reads no further."""
    large = b"x" * (1 << 20)
    with trainee(served, team, "tech_lead") as ada:
        for path in ("commands", "preview", "writing"):
            url = f"/api/drills/{team}/{path}"
            assert ada.post(url, content=large, headers=HEADER).status_code == 413
            assert ada.post(url, content=iter([large] * 3), headers=HEADER).status_code == 413
        assert ada.post("/lobby", content=large).status_code == 413
        many = "&".join(f"a{number}=1" for number in range(200))
        assert ada.post("/lobby", content=many.encode()).status_code == 400
        assert ada.post("/lobby", content=b"d=\xff\xfe").status_code == 400


ODD_PATHS = (
    *("..%2f..%2fetc%2fpasswd", "journal.jsonl%00.html", "%2e%2e/journal.jsonl", "stream/", "journal.jsonl/"),
    *("JOURNAL.JSONL", "journal.jsonl;x", "logs%2f..%2fjournal.jsonl", "journal.jsonl", "record.json.gz"),
)


def test_paths_lead_nowhere_else(served: Served, team: str) -> None:
    """No spelling of a path gives a file, or a running drill's journal; static files end at their folder."""
    with trainee(served, team, "tech_lead") as ada:
        for path in ODD_PATHS:
            answer = ada.get(f"/api/drills/{team}/{path}")
            assert answer.status_code in {404, 409, 307}, path
            assert "root:" not in answer.text
            assert "stormdrill-journal" not in answer.text
        for path in ("/live/..%2f..%2fkeys.py", "/live/%2e%2e/element.py", "/live//etc/passwd"):
            assert ada.get(path).status_code == 404, path


def test_a_doubled_cookie_opens_one_seat(served: Served, team: str) -> None:
    """Two cookies of one name, many guesses, a seat's token as a facilitator's: none gives more."""
    with trainee(served, team, "desk_1") as ada:
        own = ada.cookies[SEAT_COOKIE]
        url = f"{served.url}/api/drills/{team}/commands"
        body = {"command_id": "x", "command": "pause", "data": {}}
        doubled = f"{SEAT_COOKIE}={own}; {SEAT_COOKIE}=guess; stormdrill_facilitator={own}"
        for cookie, status in (
            (doubled, {401, 403}),
            (f"{SEAT_COOKIE}=guess.{own}", {403}),
            (f"{SEAT_COOKIE}=" + ".".join(["guess"] * 50 + [own]), {401}),
            (f"{SEAT_COOKIE}=%; ;;={own}", {401}),
            (f"stormdrill_facilitator={own}", {401}),
        ):
            answer = httpx.post(url, json=body, headers={**HEADER, "Cookie": cookie})
            assert answer.status_code in status, cookie
        odd = {**HEADER, "Cookie": f"{SEAT_COOKIE}=".encode() + b"\xff\xfe\xed\xa0\x80"}
        raw = {
            name.encode(): value if isinstance(value, bytes) else value.encode()
            for name, value in odd.items()
        }
        assert httpx.post(url, json=body, headers=raw).status_code == 401


def test_names_are_only_names(served: Served, team: str) -> None:
    """A name reaches every page and view as text that turns nothing around, also for who plays alone."""
    for name, shown in NAMES.values():
        alone(served, name)
        in_a_team(served, name, shown)


def alone(served: Served, name: str) -> None:
    """Play alone under a name, or be refused."""
    body = {"scenario": SCENARIO, "seat": "tech_lead", "name": name, "team": "none"}
    answer = served.client.post("/api/play", json=body, headers=HEADER)
    if answer.status_code == 200:
        view = json.dumps(served.house.hall.view(answer.json()["drill"], "tech_lead"), ensure_ascii=False)
        assert not set("\u202e\u202c\u200b\u2060\x00\r") & set(view)
    else:
        assert answer.status_code == 400


def in_a_team(served: Served, name: str, shown: str | None) -> None:
    """Join under a name, or be refused; the form that comes back keeps it as text."""
    host = served.house.hall.open_for_team(SCENARIO, "Ruth")
    code = served.house.hall.lobby.picture(host.drill_id)["code"]
    with httpx.Client(base_url=served.url, timeout=20) as client:
        again = client.post(f"/join/{code}", data={"name": name}).text
        assert "<img src=x" not in again
        assert 'value="" autofocus' not in again
        joined = client.post(f"/join/{code}", data={"name": name, "seat": "tech_lead"})
        assert joined.status_code == (400 if shown is None else 303)
        assert "x=1" not in str(joined.headers.get_list("set-cookie"))
        if shown is not None:
            page = client.get(f"/lobby?d={host.drill_id}").text
            assert shown in page
            assert "<img src=x" not in page
