"""A real server in a process of its own, on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
START_S = 90.0


def free_port() -> int:
    """Give a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """`stormdrill serve` on a data folder; can be killed and started again on the same port."""

    def __init__(self, data: Path, *options: str) -> None:
        self.data = data
        self.port = free_port()
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """Give the id of the running process."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start, and come back when it answers."""
        command = [
            sys.executable,
            "-c",
            "from app.cli import main; main()",
            "serve",
            "--data",
            str(self.data),
            "--port",
            str(self.port),
            *self._options,
        ]
        log = (self.data.parent / "serve.log").open("ab")
        self._process = subprocess.Popen(
            command, stdout=log, stderr=log, env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=self.data.parent
        )
        log.close()
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            if self._process.poll() is not None:
                raise RuntimeError((self.data.parent / "serve.log").read_text())
            try:
                if httpx.get(f"{self.url}/healthz", timeout=2.0).status_code == 200:
                    return
            except httpx.TransportError:
                continue
        raise RuntimeError(
            f"no answer within {START_S:.0f} s: {(self.data.parent / 'serve.log').read_text()}"
        )

    def kill(self) -> None:
        """End it without warning: SIGKILL."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(20)
        self._process = None
