"""A reader of one seat's stream: counts what comes, looks for marks, and keeps the view when asked to."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.bench.marks import Marks

PATIENT_S = 60.0


class StreamReader:
    """One open stream.

    Args:
        keeps_view: put the deltas together; costs the reader more than counting.
    """

    def __init__(self, marks: Marks | None = None, *, keeps_view: bool = False) -> None:
        self.marks = marks
        self.view: dict[str, Any] = {}
        self.bytes = 0
        self.last_mark = -1
        self.whole = asyncio.Event()
        self._keeps_view = keeps_view
        self._socket: ClientConnection | None = None
        self._task: asyncio.Task[None] | None = None

    async def open(self, url: str, drill: str, cookie: str) -> None:
        """Connect and come back with the first whole view."""
        address = f"{url.replace('http', 'ws', 1)}/api/drills/{drill}/stream"
        self._socket = await connect(
            address,
            additional_headers={"Cookie": cookie},
            max_size=None,
            open_timeout=PATIENT_S,
            ping_interval=None,
        )
        self._task = asyncio.create_task(self._read(self._socket))
        await self.whole.wait()

    async def close(self) -> None:
        """Leave."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._socket is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._socket.close(), 2.0)

    async def _read(self, socket: ClientConnection) -> None:
        with suppress(ConnectionClosed):
            while True:
                raw = await socket.recv(decode=False)
                self.bytes += len(raw)
                if self.marks is not None:
                    self.last_mark = self.marks.see(raw, self.last_mark, time.perf_counter())
                if self._keeps_view:
                    message = json.loads(raw)
                    self.view |= message.get("state") or message.get("set") or {}
                if raw.startswith(b'{"type":"full"'):
                    self.whole.set()
