"""Seats and drills are kept apart: two tabs, two people on one seat, a place taken away, several drills."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from app.identity import FACILITATOR_COOKIE, SEAT_COOKIE
from app.routes.export import FILES
from tests.app.conftest import HEADER, SCENARIO, Served
from tests.app.routes.test_stream import hear, open_stream

MESSAGES_MOST = 100
"""Of a stream that goes on for ever no more is read."""


@contextmanager
def browser(served: Served) -> Iterator[httpx.Client]:
    """A browser of somebody else."""
    with httpx.Client(base_url=served.url, timeout=20) as client:
        yield client


def opened(served: Served, *, begun: bool = True) -> str:
    """Open a drill for a team as the client of `served`, its facilitator; give its id."""
    if FACILITATOR_COOKIE not in served.client.cookies:
        claim = {"claim": served.house.keys.open_claim()}
        assert served.client.post("/api/claim", json=claim, headers=HEADER).status_code == 200
    form = {"scenario": SCENARIO, "team": "none", "name": "Ruth"}
    drill = str(served.client.post("/open", data=form).headers["location"].split("d=")[1])
    if begun:
        assert served.client.post("/lobby", data={"d": drill, "act": "begin"}).status_code == 303
    return drill


def join(served: Served, client: httpx.Client, drill: str, seat: str, name: str = "Ada") -> httpx.Response:
    code = served.house.hall.lobby.picture(drill)["code"]
    return client.post(f"/join/{code}", data={"name": name, "seat": seat})


def say(client: httpx.Client, drill: str, text: str, command_id: str) -> httpx.Response:
    body = {"command_id": command_id, "command": "send_message", "data": {"text": text}}
    return client.post(f"/api/drills/{drill}/commands", json=body, headers=HEADER)


def tab(served: Served, client: httpx.Client, drill: str) -> ClientConnection:
    return open_stream(served, drill, cookie=client.cookies[SEAT_COOKIE])


def until(stream: ClientConnection, key: str, text: str) -> dict[str, Any]:
    """Read on until a key of the view holds a text; give the key's value."""
    for _ in range(MESSAGES_MOST):
        message = json.loads(stream.recv(20))
        part = message.get("state", message.get("set", {})).get(key)
        if text in json.dumps(part, ensure_ascii=False):
            return dict(part) if isinstance(part, dict) else {"lines": part}
    raise AssertionError(f"{text} did not come in {key}")


def closing_of(stream: ClientConnection) -> tuple[int, list[dict[str, Any]]]:
    """Read on until the server closes; give the code, and the messages before it."""
    heard: list[dict[str, Any]] = []
    try:
        while len(heard) < MESSAGES_MOST:
            heard.append(json.loads(stream.recv(20)))
    except ConnectionClosed as closed:
        return (closed.rcvd.code if closed.rcvd is not None else 0), heard
    raise AssertionError("the stream goes on")


def person_in(served: Served, drill: str, seat: str) -> str:
    seats = served.house.hall.lobby.picture(drill)["seats"]
    return str(next(each["person"] for each in seats if each["seat"] == seat))


def host_act(served: Served, drill: str, deed: str, **fields: str) -> httpx.Response:
    return served.client.post("/lobby", data={"d": drill, "act": deed, **fields})


# --- two tabs on one seat


def test_two_tabs_of_one_seat(served: Served) -> None:
    """Both see each act, whichever did it; a command that both send is done once; both see the end."""
    drill = opened(served)
    with browser(served) as ada:
        join(served, ada, drill, "tech_lead")
        with tab(served, ada, drill) as left, tab(served, ada, drill) as right:
            for number, text in enumerate(("From the left.", "From the right.")):
                assert say(ada, drill, text, f"tab-{number}").status_code == 200
                for each in (left, right):
                    until(each, "channel", text)
            with ThreadPoolExecutor(2) as pool:
                answers = list(pool.map(lambda _: say(ada, drill, "Once.", "the-same"), range(2)))
            assert [each.status_code for each in answers] == [200, 200]
            assert answers[0].json() == answers[1].json()
            for each in (left, right):
                lines = until(each, "channel", "Once.")["lines"]
                assert [line["text"] for line in lines].count("Once.") == 1
            served.stop(drill)
            for each in (left, right):
                assert until(each, "drill", '"ended"')["scorecard_url"] == f"/scorecard?d={drill}"


# --- two people on one seat


@pytest.mark.parametrize("begun", [False, True])
def test_a_second_person_gets_no_seat_that_is_taken(served: Served, begun: bool) -> None:
    """In the lobby and while it runs: 409, the first keeps the seat, the second's browser gets nothing."""
    drill = opened(served, begun=begun)
    with browser(served) as ada, browser(served) as ben:
        assert join(served, ada, drill, "tech_lead").status_code == 303
        refused = join(served, ben, drill, "tech_lead", "Ben")
        assert (refused.status_code, "set-cookie" in refused.headers) == (409, False)
        assert "taken a moment ago" in refused.text
        assert ben.get(f"/lobby?d={drill}").status_code == 401
        assert ada.get(f"/lobby?d={drill}").status_code in {200, 303}


@pytest.mark.parametrize("begun", [False, True])
def test_of_many_who_press_at_once_one_sits_down(served: Served, begun: bool) -> None:
    """Twelve ask for one seat at the same moment: one cookie is given, the others are told 409."""
    drill = opened(served, begun=begun)
    code = served.house.hall.lobby.picture(drill)["code"]

    def press(number: int) -> httpx.Response:
        form = {"name": f"Person {number}", "seat": "commander"}
        return httpx.post(f"{served.url}/join/{code}", data=form, timeout=30)

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(press, range(12)))
    won = [number for number, answer in enumerate(answers) if answer.status_code == 303]
    assert len(won) == 1
    assert sorted(answer.status_code for answer in answers) == [303] + [409] * 11
    assert ["set-cookie" in answer.headers for answer in answers].count(True) == 1
    token = answers[won[0]].cookies[SEAT_COOKIE]
    holder = served.house.hall.holder(token, drill)
    assert holder is not None
    assert (holder.seat, holder.person) == ("commander", person_in(served, drill, "commander"))
    line = next(e for e in served.house.hall.lobby.picture(drill)["seats"] if e["seat"] == "commander")
    assert line["name"] == f"Person {won[0]}"


def test_two_hundred_keep_their_own_places(served: Served) -> None:
    """Of 200 who come at once each gets a token of its own; each seat has one person, and knows whom."""
    drill = opened(served, begun=False)
    lobby = served.house.hall.lobby
    code, seats = lobby.picture(drill)["code"], [each["seat"] for each in lobby.picture(drill)["seats"]]
    wanted = [*seats, *seats, *(["observer"] * (200 - 2 * len(seats)))]

    def come(number: int) -> tuple[str, str, httpx.Response]:
        form = {"name": f"Person {number}", "seat": wanted[number]}
        answer = httpx.post(f"{served.url}/join/{code}", data=form, timeout=60)
        return f"Person {number}", wanted[number], answer

    with ThreadPoolExecutor(50) as pool:
        came = list(pool.map(come, range(200)))
    sat = [(name, seat, answer.cookies[SEAT_COOKIE]) for name, seat, answer in came if answer.is_redirect]
    refused = [(seat, answer) for _, seat, answer in came if not answer.is_redirect]
    assert [answer.status_code for _, answer in refused] == [409] * len(seats)
    assert sorted(seat for seat, _ in refused) == sorted(seats)
    assert not any("set-cookie" in answer.headers for _, answer in refused)
    assert len({token for _, _, token in sat}) == len(sat) == 200 - len(seats)
    holders = [(name, seat, served.house.hall.holder(token, drill)) for name, seat, token in sat]
    names = lobby.names(drill)
    assert all(each is not None and each.seat == seat for _, seat, each in holders)
    assert all(each is not None and names[each.person] == name for name, _, each in holders)
    assert len({each.person for _, _, each in holders if each is not None}) == len(sat)


# --- a place taken away


def test_a_reissued_place_leaves_the_old_browser_nothing(served: Served) -> None:
    """The old browser's stream is closed and its command is 401; the ticket opens one browser, once."""
    drill = opened(served)
    with browser(served) as ada, browser(served) as phone:
        join(served, ada, drill, "tech_lead")
        person = person_in(served, drill, "tech_lead")
        shown = host_act(served, drill, "reissue", person=person).text
        link = re.search(r"http://[\w.:]+(/place/[\w-]+)", shown)
        assert link
        with tab(served, ada, drill) as old:
            hear(old, "full")
            with ThreadPoolExecutor(4) as pool:
                answers = list(pool.map(lambda _: httpx.post(f"{served.url}{link[1]}"), range(4)))
            assert sorted(answer.status_code for answer in answers) == [303, 403, 403, 403]
            phone.cookies.set(SEAT_COOKIE, next(a.cookies[SEAT_COOKIE] for a in answers if a.is_redirect))
            assert say(ada, drill, "Still here?", "old-1").status_code == 401
            assert ada.get(f"/api/drills/{drill}/logs").status_code == 401
            assert say(phone, drill, "From the phone.", "new-1").status_code == 200
            code, heard = closing_of(old)
        assert (code, heard[-1]["type"], heard[-1]["final"]) == (4401, "bye", True)
        with tab(served, ada, drill) as again:
            assert closing_of(again)[0] == 4401


def test_who_is_moved_sees_the_old_seat_no_more(served: Served) -> None:
    """The stream of the seat they had ends; the next one, with the same cookie, is that of the new seat."""
    drill = opened(served)
    with browser(served) as ada:
        join(served, ada, drill, "tech_lead")
        with tab(served, ada, drill) as old:
            assert hear(old, "full")["state"]["me"]["seat"] == "tech_lead"
            moved = host_act(
                served, drill, "move", person=person_in(served, drill, "tech_lead"), seat="communications"
            )
            assert moved.status_code in {200, 303}
            code, heard = closing_of(old)
        assert (code, heard[-1]["type"]) == (4401, "bye")
        with tab(served, ada, drill) as new:
            assert hear(new, "full")["state"]["me"]["seat"] == "communications"


# --- several drills at once


def test_a_seat_of_one_drill_is_nothing_in_another(served: Served) -> None:
    """All that is asked of another drill is 401 before its end and after; of one that is not there, 404."""
    one, other = opened(served), opened(served)
    with browser(served) as ada:
        join(served, ada, one, "tech_lead")
        for _ in range(2):
            assert say(ada, other, "Hello", "x1").status_code == 401
            for path, body in (
                ("preview", {"operation": "eject_site", "params": {}}),
                ("writing", {"open": True}),
            ):
                answer = ada.post(f"/api/drills/{other}/{path}", json=body, headers=HEADER)
                assert answer.status_code == 401, path
            for path in ("logs", *FILES):
                assert ada.get(f"/api/drills/{other}/{path}").status_code == 401, path
                unknown = ada.get(f"/api/drills/nowhere0/{path}").status_code
                assert unknown == 404, path
            for path in (f"/lobby?d={other}", f"/briefing?d={other}"):
                assert ada.get(path).status_code == 401, path
            assert ada.post("/lobby", data={"d": other, "act": "leave"}).status_code == 401
            with tab(served, ada, other) as stream:
                assert closing_of(stream)[0] == 4401
            if served.house.hall.state(other) != "ended":
                served.stop(other)
        assert say(ada, one, "Here I may.", "x2").status_code == 200


def test_a_facilitator_of_one_drill_does_not_lead_another(served: Served) -> None:
    """The facilitator's seat in one drill opens no other's door: for that one needs the link's cookie."""
    one, other = opened(served), opened(served)
    with browser(served) as ruth:
        host = served.house.hall.lobby.host(one, "Ruth")
        ruth.cookies.set(SEAT_COOKIE, host.token)
        for deed in ("begin", "close", "remove", "move", "reissue"):
            assert ruth.post("/lobby", data={"d": other, "act": deed}).status_code == 401
        person = person_in(served, other, "tech_lead")
        body = {"d": one, "act": "remove", "person": person}
        assert ruth.post("/lobby", data=body).status_code == 404
        assert ruth.post("/drills", data={"d": other}).status_code == 401


def test_streams_carry_nothing_of_another_drill(served: Served) -> None:
    """Two drills of the same scenario in one browser: each stream, command and page is of its own drill."""
    one, other = opened(served), opened(served)
    with browser(served) as ada, browser(served) as ben:
        join(served, ada, one, "tech_lead")
        join(served, ada, other, "commander")
        join(served, ben, other, "tech_lead", "Ben")
        with (
            tab(served, ada, one) as first,
            tab(served, ada, other) as second,
            tab(served, ben, other) as third,
        ):
            seats = [hear(each, "full")["state"]["me"]["seat"] for each in (first, second, third)]
            assert seats == ["tech_lead", "commander", "tech_lead"]
            assert say(ada, one, "Word of the one.", "c1").status_code == 200
            assert say(ben, other, "Word of the other.", "c1").status_code == 200
            said = [
                until(first, "channel", "Word of the"),
                *(until(s, "channel", "Word of the") for s in (second, third)),
            ]
            lines = [[line["text"] for line in each["lines"]] for each in said]
            assert lines == [["Word of the one."], ["Word of the other."], ["Word of the other."]]
            assert say(ada, other, "As commander.", "c2").status_code == 200
            until(third, "channel", "As commander.")
        by = {e.seat for e in served.house.hall.journal(other).entries if e.kind == "message.sent"}
        assert by == {"tech_lead", "commander"}
        assert ada.get(f"/lobby?d={one}").headers["location"] == f"/console?d={one}&seat=tech_lead"
        assert ada.get(f"/lobby?d={other}").headers["location"] == f"/console?d={other}&seat=commander"
        served.stop(one)
        assert ada.get(f"/api/drills/{one}/scorecard.json").status_code == 200
        assert ada.get(f"/api/drills/{other}/scorecard.json").status_code == 409
        assert ben.get(f"/api/drills/{one}/scorecard.json").status_code == 401
