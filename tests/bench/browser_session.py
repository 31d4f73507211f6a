"""A browser's side of a Streamlit session, by its protocol: asks for runs and reads what comes."""

from __future__ import annotations

import asyncio
import re
import time
from contextlib import suppress

from streamlit.proto.AutoRerun_pb2 import AutoRerun
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.bench.marks import Marks

PATIENT_S = 60.0
CLOCK = re.compile(rb"clock (\d+)")


class BrowserSession:
    """One open page.

    Args:
        page: its url path, "" for the only one.
        query: what stands behind the question mark.
        marks: those to look for in what comes.
    """

    def __init__(self, page: str, query: str, marks: Marks | None = None) -> None:
        self.page = page
        self.query = query
        self.marks = marks
        self.runs = 0
        self.bytes = 0
        self.last_mark = -1
        self.chat_input = ""
        self.story_ms = 0
        self.first_run = asyncio.Event()
        self._hash = ""
        self._socket: ClientConnection | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._timed: set[str] = set()

    async def open(self, url: str, cookie: str = "") -> None:
        """Connect and come back when the page has run for the first time."""
        address = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
        headers = {"Cookie": cookie} if cookie else {}
        self._socket = await connect(
            address, additional_headers=headers, max_size=None, open_timeout=PATIENT_S, ping_interval=None
        )
        self._tasks.append(asyncio.create_task(self._read(self._socket)))
        await self.run()
        await self.first_run.wait()

    async def run(self, *, fragment: str = "", said: str = "") -> None:
        """Ask for a run of the page, or of a fragment whose time has come; `said` is for the chat."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name, state.page_script_hash = self.query, self.page, self._hash
        if fragment:
            state.fragment_id, state.is_auto_rerun = fragment, True
        if said:
            widget = state.widget_states.widgets.add()
            widget.id, widget.chat_input_value.data = self.chat_input, said
        assert self._socket is not None
        await self._socket.send(message.SerializeToString())

    async def close(self) -> None:
        """Leave the page."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
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
                if shown := CLOCK.search(raw):
                    self.story_ms = int(shown[1])
                self._take(ForwardMsg.FromString(raw))

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._hash = message.new_session.page_script_hash
        elif kind == "auto_rerun" and message.auto_rerun.fragment_id not in self._timed:
            self._timed.add(message.auto_rerun.fragment_id)
            self._tasks.append(asyncio.create_task(self._repeat(message.auto_rerun)))
        elif kind == "delta" and message.delta.new_element.HasField("chat_input"):
            self.chat_input = message.delta.new_element.chat_input.id
        elif kind == "script_finished":
            self.runs += 1
            self.first_run.set()

    async def _repeat(self, timer: AutoRerun) -> None:
        """Ask for a fragment again and again, as the browser's timer does, whatever came of the last time."""
        with suppress(ConnectionClosed):
            while True:
                await asyncio.sleep(timer.interval)
                await self.run(fragment=timer.fragment_id)
