"""A house with the real hall and the starter scenario, and a server around it on a port of its own."""

from __future__ import annotations

import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware

from app import house, identity, server
from app.guard import Guard
from app.house import House
from app.pump import Pump
from app.routes import all_routes
from app.settings import Settings
from drills import Hall, Holder
from scenarios import Library
from scenarios.library import built_in_folder

SCENARIO = "my-first-drill"
HEADER = {"X-Stormdrill": "1"}


def copy_starter(folder: Path) -> Path:
    """Put the starter scenario into a folder; give the folder."""
    folder.mkdir(exist_ok=True)
    (folder / "starter.yaml").write_bytes((built_in_folder() / "starter.yaml").read_bytes())
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A loopback server's settings, its data and its scenarios in a folder of the test."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    return Settings(data_dir=data, scenarios_dir=copy_starter(tmp_path / "scenarios"))


@pytest.fixture
def a_house(settings: Settings) -> Iterator[House]:
    """An open house with the real hall."""
    assert settings.scenarios_dir is not None
    library = Library([settings.scenarios_dir])
    hall = Hall(settings.data_dir, library)
    try:
        with house.opened(House(settings, hall, library, server.keys_of(settings.data_dir))) as opened:
            yield opened
    finally:
        hall.close()


@dataclass
class Served:
    """A running server with a browser's client."""

    url: str
    house: House
    client: httpx.Client

    def play(self, seat: str = "tech_lead") -> str:
        """Start a drill as this client; give the drill's id."""
        answer = self.client.post("/api/play", json={"scenario": SCENARIO, "seat": seat}, headers=HEADER)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["drill"])

    def command(
        self, drill: str, command: str, data: dict[str, object], command_id: str = "c1"
    ) -> httpx.Response:
        """Send a command as this client."""
        body = {"command_id": command_id, "command": command, "data": data}
        return self.client.post(f"/api/drills/{drill}/commands", json=body, headers=HEADER)

    def no_time_passes(self) -> None:
        """Let no bucket of the rate limits fill up: what a test sends comes at one moment, however slow."""
        now_s = self.house.limits.clock_s()
        self.house.limits.clock_s = lambda: now_s

    def stop(self, drill: str) -> None:
        """End a drill."""
        answer = self.command(drill, "stop", {}, "stop")
        assert answer.status_code == 200, answer.text


@contextmanager
def in_thread(app: Starlette) -> Iterator[str]:
    """Serve an app from a thread; give its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        config = uvicorn.Config(app, log_level="warning", ws="websockets-sansio", timeout_graceful_shutdown=5)
        running = uvicorn.Server(config)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            running.should_exit = True
            thread.join(15)


@pytest.fixture
def served(a_house: House) -> Iterator[Served]:
    """The routes, guard and pump of the console, without the pages."""
    pump = Pump()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with pump.running(a_house.hall.tick):
            yield

    app = Starlette(routes=all_routes(pump), middleware=[Middleware(Guard)], lifespan=lifespan)
    with in_thread(app) as url, httpx.Client(base_url=url, timeout=20) as client:
        yield Served(url, a_house, client)


@pytest.fixture
def cookies(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The cookies of the browser that an app test plays; fill them before the run."""
    jar: dict[str, str] = {}
    monkeypatch.setattr(identity, "page_cookies", lambda: jar)
    return jar


def sit_down(a_house: House, cookies: dict[str, str], seat: str = "tech_lead") -> Holder:
    """Start a drill whose seat these cookies hold."""
    holder = a_house.hall.play_alone(SCENARIO, seat, name="Ada", seed=1)
    cookies[identity.SEAT_COOKIE] = identity.with_token(cookies, holder.token)
    return holder


def stop(a_house: House, holder: Holder) -> None:
    """End a drill."""
    a_house.hall.submit(holder.drill_id, holder.seat, holder.person, "stop", "stop", {})
