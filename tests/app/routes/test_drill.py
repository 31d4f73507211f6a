"""What a seat asks of its drill: commands, preview, logs, files."""

import gzip
import json
import time

import httpx
import pytest

from drills.journal import read
from tests.app.conftest import HEADER, Served


def test_a_command_is_carried_out_once(served: Served) -> None:
    """The answer names the entry; the same id again gives the same entry."""
    drill = served.play()
    first = served.command(drill, "send_message", {"text": "Who commands?"})
    assert first.status_code == 200, first.text
    assert first.json().keys() == {"seq", "t_ms"}
    assert served.command(drill, "send_message", {"text": "Who commands?"}).json() == first.json()


def test_a_refusal_says_why_and_who_can(served: Served) -> None:
    """A command that the drill refuses comes back with the reason, and nothing is written."""
    drill = served.play()
    before = len(served.house.hall.journal(drill).entries)
    answer = served.command(drill, "fly", {})
    assert 400 <= answer.status_code < 500
    assert answer.json().keys() == {"error", "cure"}
    assert not [
        entry for entry in served.house.hall.journal(drill).entries[before:] if entry.command_id == "c1"
    ]


@pytest.mark.parametrize(
    "body",
    [
        {"command": "pause", "data": {}},
        {"command_id": "x", "data": {}},
        {"command_id": "x", "command": "pause", "data": []},
        {"command_id": "x" * 81, "command": "pause", "data": {}},
        {"command_id": 7, "command": "pause", "data": {}},
    ],
)
def test_a_garbled_command_is_refused(served: Served, body: dict[str, object]) -> None:
    """A body without its fields is a mistake of the sender, not a fault of the server."""
    drill = served.play()
    answer = served.client.post(f"/api/drills/{drill}/commands", json=body, headers=HEADER)
    assert answer.status_code == 400


def test_the_door(served: Served) -> None:
    """Without the header 403, without the seat's cookie 401, without such a drill 404."""
    drill = served.play()
    body = {"command_id": "c", "command": "pause", "data": {}}
    assert served.client.post(f"/api/drills/{drill}/commands", json=body).status_code == 403
    assert served.command("nowhere", "pause", {}).status_code == 404
    with httpx.Client(base_url=served.url, cookies={"stormdrill_seat": "guess"}) as other:
        for method, path in (
            ("POST", "commands"),
            ("POST", "preview"),
            ("POST", "writing"),
            ("GET", "logs"),
            ("GET", "record.json.gz"),
        ):
            answer = other.request(method, f"/api/drills/{drill}/{path}", headers=HEADER, json=body)
            assert answer.status_code == 401, path


def test_the_drill_hears_that_somebody_writes(served: Served) -> None:
    """An open form is noted until it is closed; anything else than true or false is a mistake."""
    drill = served.play()
    pace = served.house.hall.drill(drill).pace

    def write(**body: object) -> int:
        path = f"/api/drills/{drill}/writing"
        return served.client.post(path, json=body, headers=HEADER).status_code

    assert write(open=True) == 200
    assert pace.is_writing(time.monotonic())
    assert write(open=False) == 200
    assert not pace.is_writing(time.monotonic())
    assert write(open="yes") == 400
    assert write() == 400


def test_commands_are_limited(served: Served) -> None:
    """A seat that sends without a breath is told to wait, with 429."""
    drill = served.play()
    served.no_time_passes()
    found = [served.command(drill, "fly", {}, f"c{number}").status_code for number in range(12)]
    assert found == [404] * 10 + [429] * 2


def test_a_preview_comes_before_the_deed(served: Served) -> None:
    """What an operation would do is told, and nothing is journaled."""
    drill = served.play()
    view = served.house.hall.view(drill, "tech_lead")
    operation = view["operations"][0]
    params = {
        each["name"]: each["default"] for each in operation["params"] if each.get("default") is not None
    }
    body = {"operation": operation["id"], "params": params}
    answer = served.client.post(f"/api/drills/{drill}/preview", json=body, headers=HEADER)
    assert answer.status_code == 200, answer.text
    assert {"what", "expected", "price", "needs", "way_back", "minutes", "refusal"} <= answer.json().keys()
    assert served.client.post(f"/api/drills/{drill}/preview", json=body).status_code == 403


def test_logs_are_searched(served: Served) -> None:
    """Lines come as a list; numbers that are none are refused."""
    drill = served.play()
    lines = served.client.get(f"/api/drills/{drill}/logs", params={"minutes": 30}).json()["lines"]
    assert isinstance(lines, list)
    for minutes in ("0", "x", "-1", "99999", "１"):
        answer = served.client.get(f"/api/drills/{drill}/logs", params={"minutes": minutes})
        assert answer.status_code == 400, minutes


def test_files_are_there_when_the_drill_has_ended(served: Served) -> None:
    """A running drill gives none, since its journal carries the story; an ended one gives all four."""
    drill = served.play()
    for name in ("journal.jsonl", "record.json.gz", "scorecard.json", "report.html"):
        assert served.client.get(f"/api/drills/{drill}/{name}").status_code == 409
    served.stop(drill)
    journal = served.client.get(f"/api/drills/{drill}/journal.jsonl")
    assert read(journal.text.splitlines()).header.drill == drill
    card = served.client.get(f"/api/drills/{drill}/scorecard.json").json()
    record = json.loads(gzip.decompress(served.client.get(f"/api/drills/{drill}/record.json.gz").content))
    assert card["record_sha256"] == record["record_sha256"]
    report = served.client.get(f"/api/drills/{drill}/report.html")
    assert "<html" in report.text
    assert report.headers["content-disposition"] == f'attachment; filename="stormdrill-{drill}-report.html"'
    assert served.client.get(f"/api/drills/{drill}/secrets.txt").status_code == 404


def test_the_facilitator_may_take_every_file(served: Served) -> None:
    """Who used the facilitator's link gets what an ended drill left, without a seat in it."""
    drill = served.play()
    served.stop(drill)
    with httpx.Client(base_url=served.url) as other:
        assert other.get(f"/api/drills/{drill}/scorecard.json").status_code == 401
        other.post("/api/claim", json={"claim": served.house.keys.open_claim()}, headers=HEADER)
        assert other.get(f"/api/drills/{drill}/scorecard.json").status_code == 200


def test_health(served: Served) -> None:
    """The probe says how many drills there are and how many run."""
    assert served.client.get("/healthz").json() == {"status": "ok", "drills": 0, "running": 0}
    served.play()
    assert served.client.get("/healthz").json() == {"status": "ok", "drills": 1, "running": 1}


def test_live_files_are_cached_by_their_tag(served: Served) -> None:
    """A module is asked for again and answered 304 while it is the same; a font is kept for a year."""
    first = served.client.get("/live/live.js")
    assert first.headers["content-type"].startswith(("text/javascript", "application/javascript"))
    assert first.headers["cache-control"] == "no-cache"
    again = served.client.get("/live/live.js", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    font = served.client.get("/live/vendor/fonts/inter-latin-wght-normal.woff2")
    assert "immutable" in font.headers["cache-control"]
    assert served.client.get("/live/../element.py").status_code == 404
    assert served.client.get("/live/%2e%2e/element.py").status_code == 404
