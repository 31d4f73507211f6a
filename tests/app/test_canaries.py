"""Scenarios with canaries at a running server: its streams, pages, refusals, downloads and log.

In each, each seat of a trainee and an observer come in over HTTP, open their streams and ask for all they
can get. In every second one bots play the first minutes, and the people come late.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field

import httpx
import pytest
from websockets.sync.client import ClientConnection

from app import house, server
from app.house import House
from app.identity import FACILITATOR_COOKIE, SEAT_COOKIE
from app.limits import RATES, Rate
from app.routes.export import FILES
from app.settings import Settings
from drills import Hall
from drills.live import LiveDrill
from scenarios import Library
from tests.app.conftest import HEADER, Served
from tests.app.routes.test_stream import open_stream
from tests.drills.canaries import CANARY, Canaries
from tests.drills.hundred import FLAGSHIPS, STARTERS, TRAINEES, grown, leaks_in, write_all
from tests.handclock import HandClock

MINUTE_MS = 60_000
PARTS = 10
TAKEN = (1, 2, 3)
"""Of ten parts those that are played: 30 of the hundred, two of them grown from the flagship."""
RAISED = 60.0
STEPS = 8
STEP_S = 0.8
MESSAGES_MOST = 500
QUESTIONS = (
    ("commands", {"command_id": "n1", "command": "trigger_inject", "data": {"inject": "more_1"}}),
    ("commands", {"command_id": "n2", "command": "send_message", "data": {"wrong": 1}}),
    ("commands", {"command_id": "n3", "command": "join_call", "data": {"call": "call-9"}}),
    ("preview", {"operation": "restart", "params": {"site": "west", "service": "shop"}}),
    ("preview", {"operation": "restart", "params": {"site": "nowhere"}}),
)


@dataclass
class Night:
    """One of the hundred being played: its facilitator, its people, what each of them was sent."""

    served: Served
    number: int
    host: httpx.Client
    canaries: Canaries
    drill_id: str = ""
    seats: dict[str, httpx.Client] = field(default_factory=dict)
    streams: dict[str, ClientConnection] = field(default_factory=dict)
    leaks: set[str] = field(default_factory=set)
    read: int = 0
    statuses: set[tuple[str, int]] = field(default_factory=set)

    @property
    def drill(self) -> LiveDrill:
        return self.served.house.hall.drill(self.drill_id)

    @property
    def comes_late(self) -> bool:
        return self.number % 2 == 1

    @property
    def is_flagship(self) -> bool:
        return self.number >= STARTERS

    def look(self, seat: str, text: str) -> None:
        """Keep the canaries in a text that a seat was sent and may not read; before it begins, any."""
        self.read += 1
        if not CANARY.search(text):
            return
        if self.served.house.hall.state(self.drill_id) == "lobby":
            self.leaks |= {f"{seat}: {self.canaries.fields[word]}" for word in CANARY.findall(text)}
        else:
            self.leaks |= set(leaks_in(text, self.drill, seat, self.canaries))

    def get(self, seat: str, path: str) -> httpx.Response:
        answer = self.seats[seat].get(path)
        self.look(seat, f"{answer.headers}\n{answer.text}")
        self.statuses.add((path.rsplit("/", maxsplit=1)[-1].split("?", maxsplit=1)[0], answer.status_code))
        return answer

    def command(self, command: str, **data: object) -> None:
        """Do something as the facilitator."""
        body = {"command_id": f"{command}-{data}"[:80], "command": command, "data": data}
        answer = self.host.post(f"/api/drills/{self.drill_id}/commands", json=body, headers=HEADER)
        assert answer.status_code == 200, answer.text

    # --- the night
    def open(self) -> None:
        """Open it, and let the people in who come before it begins."""
        team = "managed" if self.comes_late else "none"
        form = {"scenario": f"canary-{self.number}", "team": team, "name": "Ruth"}
        opened = self.host.post("/open", data=form)
        assert opened.status_code == 303, opened.text
        self.drill_id = opened.headers["location"].split("d=")[1]
        if not self.comes_late:
            self.come_in()
        assert self.host.post("/lobby", data={"d": self.drill_id, "act": "begin"}).status_code == 303
        if self.comes_late:
            self.command("skip", to_ms=(90 if self.is_flagship else 20) * MINUTE_MS)

    def come_in(self) -> None:
        """Let a person into each seat, who reads every page on the way."""
        code = self.served.house.hall.lobby.picture(self.drill_id)["code"]
        for seat in TRAINEES:
            client = self.seats[seat] = httpx.Client(base_url=self.served.url, timeout=30)
            self.get(seat, f"/join/{code}")
            answer = client.post(f"/join/{code}", data={"name": f"Person {seat}", "seat": seat})
            assert answer.status_code == 303, answer.text
            self.get(seat, answer.headers["location"])

    def listen(self, stack: ExitStack) -> None:
        """Open every stream and read its first picture."""
        for seat, client in self.seats.items():
            cookie = client.cookies[SEAT_COOKIE]
            self.streams[seat] = stack.enter_context(open_stream(self.served, self.drill_id, cookie=cookie))
        for seat, stream in self.streams.items():
            self.read_on(seat, stream)

    def read_on(self, seat: str, stream: ClientConnection) -> None:
        """Read a stream up to the next whole picture."""
        for _ in range(MESSAGES_MOST):
            text = str(stream.recv(30))
            self.look(seat, text)
            if text.startswith('{"type":"full"'):
                return
        raise AssertionError(f"{seat} of {self.number} got no whole picture")

    def ask(self) -> None:
        """Ask for all that a trainee can ask for while it runs."""
        api = f"/api/drills/{self.drill_id}"
        for seat, client in self.seats.items():
            self.get(seat, f"/briefing?d={self.drill_id}")
            self.get(seat, f"{api}/logs?minutes=600&limit=500")
            number = TRAINEES.index(seat) + self.number
            assert self.get(seat, f"{api}/{list(FILES)[number % len(FILES)]}").status_code == 409
            for path, body in (QUESTIONS[number % 3], QUESTIONS[3 + number % 2]):
                sent = {**body, "command_id": f"{seat}-{body['command_id']}"} if path == "commands" else body
                answer = client.post(f"{api}/{path}", json=sent, headers=HEADER)
                self.look(seat, answer.text)
                self.statuses.add((path, answer.status_code))

    def end(self) -> None:
        """Ask once more after the end; what it leaves is there for who sat in it."""
        api = f"/api/drills/{self.drill_id}"
        for seat, client in self.seats.items():
            answer = client.post(f"{api}/commands", json=QUESTIONS[1][1], headers=HEADER)
            assert answer.status_code == 409 or seat == "observer"
            self.look(seat, answer.text)
            self.get(seat, f"/lobby?d={self.drill_id}")
            self.get(seat, f"/briefing?d={self.drill_id}")
        kept = self.seats["observer"].get(f"{api}/journal.jsonl")
        assert kept.status_code == 200
        assert set(self.canaries.fields) & set(CANARY.findall(kept.text))
        for client in self.seats.values():
            client.close()
        self.host.close()


@pytest.fixture(params=TAKEN)
def numbers(request: pytest.FixtureRequest) -> list[int]:
    """A tenth of the hundred."""
    return list(range(request.param, STARTERS + FLAGSHIPS, PARTS))


@pytest.fixture
def settings(settings: Settings, numbers: list[int]) -> Settings:
    """The server's settings, with its tenth of the hundred beside the starter."""
    assert settings.scenarios_dir is not None
    write_all(settings.scenarios_dir, numbers, everybody=True)
    return settings


@pytest.fixture
def wall() -> HandClock:
    """The clock on the wall, moved by hand."""
    return HandClock()


@pytest.fixture
def a_house(settings: Settings, wall: HandClock) -> Iterator[House]:
    """An open house whose hall goes by that clock; nobody is told to slow down."""
    assert settings.scenarios_dir is not None
    library = Library([settings.scenarios_dir])
    hall = Hall(settings.data_dir, library, wall)
    rooms = House(settings, hall, library, server.keys_of(settings.data_dir))
    object.__setattr__(rooms.limits, "rates", {kind: Rate(10_000, 10_000) for kind in RATES})
    try:
        with house.opened(rooms) as opened:
            yield opened
    finally:
        hall.close()


def facilitator(served: Served) -> httpx.Client:
    """A browser of its own for each drill's facilitator."""
    if FACILITATOR_COOKIE not in served.client.cookies:
        claim = {"claim": served.house.keys.open_claim()}
        assert served.client.post("/api/claim", json=claim, headers=HEADER).status_code == 200
    host = httpx.Client(base_url=served.url, timeout=30)
    host.cookies.set(FACILITATOR_COOKIE, served.client.cookies[FACILITATOR_COOKIE])
    return host


def catch_up(nights: list[Night]) -> None:
    """Read every stream up to the present picture: of two that come whole the second was made after now."""
    for _ in range(2):
        for night in nights:
            for stream in night.streams.values():
                stream.send('{"type":"resync"}')
        next(iter(nights[0].streams.values())).send('{"type":"ping"}')
        for night in nights:
            for seat, stream in night.streams.items():
                night.read_on(seat, stream)


def settle(served: Served, nights: list[Night]) -> None:
    """Let skips run to their end."""
    for _ in range(1000):
        if not any(night.drill.state == "skipping" for night in nights):
            return
        served.house.hall.tick()
    raise AssertionError("a skip does not end")


def test_no_canary_leaves_a_running_server(
    served: Served,
    wall: HandClock,
    numbers: list[int],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Full pictures and changes, pages, answers and refusals of every seat: nothing kept from it; no log."""
    caplog.set_level(logging.INFO)
    nights = [Night(served, number, facilitator(served), grown(number)[1]) for number in numbers]
    with ExitStack() as stack:
        for night in nights:
            night.open()
        settle(served, nights)
        with ThreadPoolExecutor(len(nights)) as pool:
            list(pool.map(Night.come_in, [night for night in nights if night.comes_late]))
        for night in nights:
            night.command("set_speed", speed=RAISED)
            night.listen(stack)
        for _ in range(STEPS):
            wall.now_s += STEP_S
            served.house.hall.tick()
        catch_up(nights)
        with ThreadPoolExecutor(len(nights)) as pool:
            list(pool.map(Night.ask, nights))
        for night in nights:
            with night.drill.locked():
                night.drill.play.pass_time((270 if night.is_flagship else 45) * MINUTE_MS)
            night.command("set_speed", speed=RAISED / 2)
        catch_up(nights)
        for night in nights:
            night.command("stop")
        catch_up(nights)
        with ThreadPoolExecutor(len(nights)) as pool:
            list(pool.map(Night.end, nights))
    assert {night.number: night.leaks for night in nights if night.leaks} == {}
    assert min(night.read for night in nights) > len(TRAINEES) * 12
    statuses = set().union(*(night.statuses for night in nights))
    assert {
        ("commands", 403),
        ("commands", 400),
        ("preview", 200),
        ("preview", 403),
        ("logs", 200),
    } <= statuses
    assert not [each for each in statuses if each[1] >= 500]
    out, err = capfd.readouterr()
    assert CANARY.findall(f"{out}\n{err}\n{caplog.text}") == []
