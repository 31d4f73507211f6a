"""The way in for a team, over HTTP: code, seat, cookie, lobby, a place taken up again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest

from app.identity import FACILITATOR_COOKIE, SEAT_COOKIE
from tests.app.conftest import HEADER, SCENARIO, Served

LEFT = ("scorecard.json", "report.html", "journal.jsonl", "record.json.gz")
TAKEN = "was taken a moment ago"


@contextmanager
def browser(served: Served) -> Iterator[httpx.Client]:
    """A browser of somebody else."""
    with httpx.Client(base_url=served.url, timeout=20) as client:
        yield client


@pytest.fixture
def drill(served: Served) -> str:
    """A drill in its lobby; the client of `served` is its facilitator."""
    claim = {"claim": served.house.keys.open_claim()}
    assert served.client.post("/api/claim", json=claim, headers=HEADER).status_code == 200
    form = {"scenario": SCENARIO, "team": "managed", "name": "Ruth"}
    answer = served.client.post("/open", data=form)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].split("d=")[1]


def code_of(served: Served, drill: str) -> str:
    return str(served.house.hall.lobby.picture(drill)["code"])


def join(client: httpx.Client, code: str, name: str, seat: str) -> httpx.Response:
    return client.post(f"/join/{code}", data={"name": name, "seat": seat})


def person_in(served: Served, drill: str, seat: str) -> str:
    seats = served.house.hall.lobby.picture(drill)["seats"]
    return str(next(each["person"] for each in seats if each["seat"] == seat))


def act(client: httpx.Client, drill: str, deed: str, **fields: str) -> httpx.Response:
    return client.post("/lobby", data={"d": drill, "act": deed, **fields})


def test_from_the_code_to_the_lobby_to_the_console(served: Served, drill: str) -> None:
    """Code, name and seat are all that is asked; the lobby leads on when the drill begins."""
    code = code_of(served, drill)
    with browser(served) as ada:
        asked = ada.get("/join", params={"code": code.lower().replace("-", " ")})
        assert asked.headers["location"] == f"/join/{code}"
        page = ada.get(f"/join/{code}")
        assert page.headers["cache-control"] == "no-store"
        assert "Tech lead" in page.text
        answer = join(ada, code, "Ada <b>", "tech_lead")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/lobby?d={drill}")
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Secure" not in cookie
        lobby = ada.get(f"/lobby?d={drill}")
        assert "Ada &lt;b&gt;" in lobby.text
        assert ada.cookies[SEAT_COOKIE] not in lobby.text + page.text
        assert code not in lobby.text
        assert ada.get(f"/join/{code}").headers["location"] == f"/lobby?d={drill}"
        begun = act(served.client, drill, "begin")
        assert begun.headers["location"] == f"/console?d={drill}&seat=facilitator"
        assert ada.get(f"/lobby?d={drill}").headers["location"] == f"/console?d={drill}&seat=tech_lead"
        assert ada.get(f"/api/drills/{drill}/logs").status_code == 200


def test_behind_https_the_cookie_is_secure(served: Served, drill: str) -> None:
    """When a proxy on this machine says https, the seat never travels in the clear."""
    form = {"name": "Ada", "seat": "tech_lead"}
    with browser(served) as ada:
        headers = {"X-Forwarded-Proto": "https", "Origin": served.url}
        answer = ada.post(f"/join/{code_of(served, drill)}", data=form, headers=headers)
        assert "Secure" in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({"name": "", "seat": "tech_lead"}, 400, "A name is missing"),
        ({"name": "x" * 41, "seat": "tech_lead"}, 400, "longer than 40"),
        ({"name": "Ada"}, 400, "No seat was chosen"),
        ({"name": "Ada", "seat": "pope"}, 404, "choose one of"),
        ({"name": "Ada", "seat": "facilitator"}, 404, "choose one of"),
        ({"name": "Ada", "seat": "commander"}, 409, TAKEN),
    ],
)
def test_a_wrong_form_comes_back(
    served: Served, drill: str, form: dict[str, str], status: int, said: str
) -> None:
    """Each mistake is told above the form, which keeps what was typed; nobody sits down."""
    code = code_of(served, drill)
    with browser(served) as ben, browser(served) as ada:
        join(ben, code, "Ben", "commander")
        answer = ada.post(f"/join/{code}", data=form)
        assert answer.status_code == status
        assert said.lower() in answer.text.lower()
        assert 'role="alert"' in answer.text
        assert "set-cookie" not in answer.headers
        if form.get("name") == "Ada":
            assert 'value="Ada"' in answer.text


def test_another_site_cannot_post(served: Served, drill: str) -> None:
    """A form that another site sends is refused, for who joins and for who leads."""
    foreign = {"Origin": "https://evil.example"}
    form = {"name": "Ada", "seat": "tech_lead"}
    with browser(served) as ada:
        refused = ada.post(f"/join/{code_of(served, drill)}", data=form, headers=foreign)
        assert refused.status_code == 403
    begin = {"d": drill, "act": "begin"}
    assert served.client.post("/lobby", data=begin, headers=foreign).status_code == 403
    assert served.house.hall.drills()[0]["state"] == "lobby"


def test_guessing_is_slow(served: Served, drill: str) -> None:
    """Ten wrong codes at once from one address, then 429, for a right code too; right codes cost nothing."""
    code = code_of(served, drill)
    served.no_time_passes()
    with browser(served) as guesser:
        assert [guesser.get(f"/join/{code}").status_code for _ in range(15)] == [200] * 15
        wrong = [guesser.get(f"/join/0000-{number:04}").status_code for number in range(12)]
        assert wrong == [403] * 10 + [429] * 2
        late = guesser.get(f"/join/{code}")
        assert late.status_code == 429
        assert late.headers["retry-after"]


def test_one_machine_shuts_nobody_out(served: Served) -> None:
    """However often one address guesses, it uses up only what it may try itself."""
    served.no_time_passes()
    with browser(served) as guesser:
        answers = [guesser.get("/join/0000-0000").status_code for _ in range(120)]
    assert answers.count(429) > 100
    assert [served.house.limits.wait_s("join_all", "server") for _ in range(80)] == [0] * 80


def test_the_facilitators_briefing_is_the_lobby(served: Served, drill: str) -> None:
    """There is nothing for them to take over; the control room is behind the lobby."""
    act(served.client, drill, "begin")
    answer = served.client.get(f"/briefing?d={drill}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/lobby?d={drill}")


def test_facilitators_do_not_slow_each_other_down(served: Served, drill: str) -> None:
    """How often one may ask is counted by person: many may have the place beside the cast."""
    act(served.client, drill, "begin")
    with browser(served) as other:
        other.cookies.set(FACILITATOR_COOKIE, served.client.cookies[FACILITATOR_COOKIE])
        other.post("/drills", data={"d": drill})
        served.no_time_passes()
        hints = [served.command(drill, "fly", {}, f"a{number}").status_code for number in range(12)]
        assert hints[-1] == 429
        body = {"command_id": "b1", "command": "fly", "data": {}}
        answer = other.post(f"/api/drills/{drill}/commands", json=body, headers=HEADER)
    assert answer.status_code == 404


def test_two_hundred_come_at_once(served: Served, drill: str) -> None:
    """All of them get in from one address, none is told to slow down."""
    code = code_of(served, drill)
    with browser(served) as crowd, ThreadPoolExecutor(50) as pool:
        form = [{"name": f"Eye {number}", "seat": "observer"} for number in range(200)]
        answers = list(
            pool.map(lambda each: httpx.post(f"{served.url}/join/{code}", data=each, timeout=30), form)
        )
        assert {answer.status_code for answer in answers} == {303}
        assert crowd.get(f"/join/{code}").status_code == 200
    assert len(served.house.hall.lobby.picture(drill)["guests"]) == 201


def test_the_facilitators_buttons(served: Served, drill: str) -> None:
    """Move, close, open, a new link and remove work from the page; a trainee's browser is refused each."""
    code = code_of(served, drill)
    with browser(served) as ada, browser(served) as phone:
        join(ada, code, "Ada", "tech_lead")
        ada_id = person_in(served, drill, "tech_lead")
        for deed in ("begin", "close", "open", "move", "remove", "reissue"):
            refused = act(ada, drill, deed, person=ada_id, seat="commander")
            assert refused.status_code == 403, deed
            assert "only the facilitator can" in refused.text.lower()
        page = served.client.get(f"/lobby?d={drill}").text
        assert f"/join/{code}" in page
        assert "<svg" in page
        assert act(served.client, drill, "close").status_code == 303
        assert phone.get(f"/join/{code}").status_code == 403
        act(served.client, drill, "open")
        act(served.client, drill, "move", person=ada_id, seat="commander")
        assert person_in(served, drill, "commander") == ada_id
        shown = act(served.client, drill, "reissue", person=ada_id).text
        link = re.search(r"http://[\w.:]+(/place/[\w-]+)", shown)
        assert link
        assert link[1] not in served.client.get(f"/lobby?d={drill}").text
        assert phone.get(link[1]).status_code == 200
        assert phone.post(link[1]).headers["location"] == f"/lobby?d={drill}"
        assert phone.get(f"/lobby?d={drill}").status_code == 200
        assert ada.get(f"/lobby?d={drill}").status_code == 401
        assert ada.post(link[1]).status_code == 403
        act(served.client, drill, "remove", person=ada_id)
        assert phone.get(f"/lobby?d={drill}").status_code == 401
        assert act(served.client, drill, "dance").status_code == 404


def test_a_late_joiner_is_briefed(served: Served, drill: str) -> None:
    """Who takes a bot's seat while the drill runs reads duty, lead and what is open, then the console."""
    act(served.client, drill, "begin")
    with browser(served) as ada:
        answer = join(ada, code_of(served, drill), "Ada", "tech_lead")
        assert answer.headers["location"] == f"/briefing?d={drill}"
        page = ada.get(f"/briefing?d={drill}").text
        for words in ("You take over: tech lead", "You answer for", "Leads", "Asked of your seat"):
            assert words in page
        assert f"/console?d={drill}&amp;seat=tech_lead" in page
        assert act(ada, drill, "leave").headers["location"] == "/join"
        assert ada.get(f"/briefing?d={drill}").status_code == 401


def test_the_code_ends_with_the_drill(served: Served, drill: str) -> None:
    """After the end the code opens nothing, and the lobby leads to the scorecard."""
    act(served.client, drill, "begin")
    served.stop(drill)
    with browser(served) as late:
        assert late.get(f"/join/{code_of(served, drill)}").status_code == 403
    assert served.client.get(f"/lobby?d={drill}").headers["location"] == f"/scorecard?d={drill}"


def test_the_list_is_for_who_leads(served: Served, drill: str) -> None:
    """It names drills, states and roles and no person; others are told how to come to see it."""
    with browser(served) as ada:
        join(ada, code_of(served, drill), "Ada Quill", "tech_lead")
        for path in ("/drills", "/open"):
            refused = ada.get(path)
            assert refused.status_code == 401
            assert "stormdrill link" in refused.text
        assert ada.post("/drills", data={"d": drill}).status_code == 401
        assert ada.post("/open", data={"scenario": SCENARIO, "name": "Ada"}).status_code == 401
    page = served.client.get("/drills").text
    assert "In its lobby" in page
    assert "Tech lead" in page
    assert "Ada Quill" not in page
    with browser(served) as second:
        second.cookies.set(FACILITATOR_COOKIE, served.client.cookies[FACILITATOR_COOKIE])
        assert second.post("/drills", data={"d": drill}).headers["location"] == f"/lobby?d={drill}"
        assert act(second, drill, "begin").status_code == 303


def test_a_lead_reads_and_runs_nothing(served: Served, drill: str) -> None:
    """A lead's link opens the list and the scorecards; not the lobby, not the journal, no drill."""
    act(served.client, drill, "begin")
    served.stop(drill)
    with browser(served) as lead:
        claim = {"claim": served.house.leads.open_claim()}
        assert lead.post("/api/claim", json=claim, headers=HEADER).json() == {"url": "/drills"}
        assert lead.post("/api/claim", json=claim, headers=HEADER).status_code == 403
        page = lead.get("/drills")
        assert (page.status_code, "/scorecard?d=" in page.text) == (200, True)
        assert "Open a drill" not in page.text
        assert "Facilitate" not in page.text
        files = {name: lead.get(f"/api/drills/{drill}/{name}").status_code for name in LEFT}
        for path in ("/open", f"/lobby?d={drill}"):
            assert lead.get(path).status_code == 401
        assert lead.post("/drills", data={"d": drill}).status_code == 401
    assert files == {"scorecard.json": 200, "report.html": 200, "journal.jsonl": 401, "record.json.gz": 401}


def test_strangers_and_unknown_drills(served: Served, drill: str) -> None:
    """A browser without a seat learns nothing of a drill, not even that it is there."""
    with browser(served) as stranger:
        for path in (f"/lobby?d={drill}", "/lobby?d=nowhere", "/lobby", f"/briefing?d={drill}", "/briefing"):
            answer = stranger.get(path)
            assert answer.status_code == 401, path
            assert drill not in answer.text
        assert act(stranger, drill, "begin").status_code == 401
    for deed in ("/join", "/door.js"):
        assert served.client.get(deed).status_code == 200
    assert served.client.post("/open", data={"scenario": "nowhere", "name": "Ruth"}).status_code == 404
    assert served.client.post("/open", data={"scenario": SCENARIO, "name": " "}).status_code == 400
