"""`stormdrill serve` as a process of its own: what it prints, what it serves, how it ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from threading import Thread

import httpx
import pytest

from app.guard import CONTENT_SECURITY_POLICY
from app.settings import free_port
from tests.app.conftest import HEADER, SCENARIO, copy_starter

ROOT = Path(__file__).resolve().parents[2]
START_S = 120
DATA = {"STORMDRILL_DATA": "data"}


class Server:
    """A server process whose lines can be read as they come.

    Args:
        process: writes its errors where it writes everything else.
    """

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        self._queue: Queue[str] = Queue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._queue.put(line.rstrip("\n"))

    def until(self, begins: str) -> str:
        """Read on to a line that begins so, and give the rest of it."""
        while True:
            line = self._queue.get(timeout=START_S)
            self.lines.append(line)
            if line.startswith(begins):
                return line.removeprefix(begins).strip()

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        """Stop it; give its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(60)
        self._reader.join(10)
        while not self._queue.empty():
            self.lines.append(self._queue.get())
        if self.process.stdout is not None:
            self.process.stdout.close()
        return code


Serve = Callable[..., Server]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Start servers; whatever still runs at the end is ended."""
    running: list[Server] = []

    def start(*options: str) -> Server:
        command = [sys.executable, "-c", "from app.cli import main; main()", "serve", *options]
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "STORMDRILL_DATA": "data",
        }
        process = subprocess.Popen(
            command,
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        server = Server(process)
        running.append(server)
        return server

    yield start
    for server in running:
        server.end(signal.SIGKILL)


def test_a_night_from_the_printed_address_to_ctrl_c(serve: Serve, tmp_path: Path) -> None:
    """The printed address answers under its policy, a drill can be played, Ctrl-C ends with 0."""
    copy_starter(tmp_path / "mine")
    server = serve("--port", str(free_port("127.0.0.1", 18801)), "--scenarios", "mine")
    url = server.until("Play alone: ")
    link = server.until("Facilitator (works once): ")
    with httpx.Client(base_url=url, timeout=30) as browser:
        page = browser.get("/")
        assert "<title>Streamlit</title>" in page.text
        assert page.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
        assert browser.get("/_stcore/metrics").status_code == 404
        assert browser.get("/_stcore/health").text == "ok"
        body = {"scenario": SCENARIO, "seat": "tech_lead"}
        drill = browser.post("/api/play", json=body, headers=HEADER).json()["drill"]
        stop = {"command_id": "s", "command": "stop", "data": {}}
        assert browser.post(f"/api/drills/{drill}/commands", json=stop, headers=HEADER).status_code == 200
        assert browser.get(f"/api/drills/{drill}/scorecard.json").json()["scenario"] == SCENARIO
        claim = {"claim": link.split("#claim=")[1]}
        assert browser.post("/api/claim", json=claim, headers=HEADER).status_code == 200
        secrets = [claim["claim"], *browser.cookies.values()]
    assert server.end() == 0
    assert server.lines[-1].startswith("stopped")
    later = "\n".join(server.lines[server.lines.index(f"Facilitator (works once): {link}") + 1 :])
    assert not any(secret in later for secret in secrets)
    assert len(server.lines) <= 4, server.lines


def test_the_link_is_printed_once(serve: Serve, tmp_path: Path) -> None:
    """A second start prints no link; `stormdrill link` prints the open one again."""
    port = str(free_port("127.0.0.1", 18821))
    first = serve("--port", port)
    link = first.until("Facilitator (works once): ")
    assert re.fullmatch(rf"http://127\.0\.0\.1:{port}/#claim=[\w-]{{43}}", link)
    assert first.end() == 0
    again = serve("--port", port)
    again.until("Ctrl-C")
    assert not [line for line in again.lines if "claim" in line]
    command = [
        sys.executable,
        "-c",
        "from app.cli import main; main()",
        "link",
        "--data",
        str(tmp_path / "data"),
    ]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True).stdout
    assert printed.strip() == link
    assert again.end(signal.SIGTERM) in {0, -signal.SIGTERM}


def test_the_network_is_let_in(serve: Serve) -> None:
    """With `--lan` the address for others is printed with a code, and what plain http lacks is said."""
    port = str(free_port("0.0.0.0", 18881))
    server = serve("--lan", "--port", port)
    address = server.until("From other machines: ").split(" ")[0]
    assert address.endswith(f":{port}")
    assert "https or localhost" in server.until("Plain http: ")
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as browser:
        assert browser.get("/join", headers={"Host": "192.0.2.7"}).status_code == 200
    assert server.end() == 0


def test_a_taken_port_and_a_taken_folder(serve: Serve) -> None:
    """The next free port is taken, with a word; a second server on the same drills ends with 3."""
    port = free_port("127.0.0.1", 18841)
    first = serve("--port", str(port))
    first.until("Play alone: ")
    other = serve("--port", str(port), "--data", "other")
    assert other.until(f"port {port} is taken, using ").isdigit()
    assert other.until("Play alone: ") != f"http://127.0.0.1:{port}"
    refused = serve("--port", str(port))
    assert refused.process.wait(60) == 3
    refused.until("a server already runs on data")


def test_a_drill_outlives_the_server(serve: Serve, tmp_path: Path) -> None:
    """After a restart the same cookie opens the same drill."""
    copy_starter(tmp_path / "mine")
    options = ("--port", str(free_port("127.0.0.1", 18861)), "--scenarios", "mine")
    first = serve(*options)
    url = first.until("Play alone: ")
    with httpx.Client(base_url=url, timeout=30) as browser:
        body = {"scenario": SCENARIO, "seat": "tech_lead"}
        drill = browser.post("/api/play", json=body, headers=HEADER).json()["drill"]
        assert first.end() == 0
        serve(*options).until("Play alone: ")
        assert browser.get(f"/api/drills/{drill}/logs").status_code == 200
