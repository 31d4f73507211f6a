"""WS /api/drills/{id}/stream: a seat's view, whole at first, then what changed, at most ten times a second.

With `?watch=SEAT` a facilitator looks over a seat's shoulder: the same view, to look at only.

To the browser: `full {rev, state}`, `delta {base, rev, set}`, `pong`, `bye {why, final, reload}`.
From the browser: `ping`, `resync` (answered with a full). Nothing queues: the newest picture wins.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from app.guard import is_same_origin
from app.house import current
from app.identity import holder
from app.pictures import Picture, Pictures
from app.pump import Pump
from app.routes.asking import check_known
from drills.errors import Refused
from drills.hall import LOBBY

if TYPE_CHECKING:
    from drills import Holder

GAP_S = 0.1
HOLDER_CHECKED_EVERY_S = 5.0
ASKED_LIMIT = 1000
GIVEN_BACK = "This browser no longer holds the seat. Join by the code to come back."
CHANGED = "You have another seat now; the page goes there."
CLOSE_CODES = {401: 4401, 403: 4403, 404: 4404}


@dataclass(frozen=True)
class Viewer:
    """Who looks on: by which claim, and whose view it is."""

    holder: Holder
    seat: str
    is_watching: bool


@dataclass
class Wish:
    """What the reading half asks the writing half for."""

    full: bool = False
    pong: bool = False


class Stream:
    """Serves every stream of the process; `pump` tells when to look for a new picture."""

    def __init__(self, pump: Pump) -> None:
        self.pump = pump
        self._pictures: tuple[Pictures, Pictures] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one socket until either side ends it."""
        socket = WebSocket(scope, receive, send)
        await socket.accept()
        try:
            viewer = self._admit(socket)
        except Refused as refused:
            await socket.close(CLOSE_CODES[refused.status], refused.message)
            return
        await self._note(viewer, is_here=True)
        try:
            await self._serve(socket, viewer)
        finally:
            await self._note(viewer, is_here=False)

    async def _note(self, viewer: Viewer, *, is_here: bool) -> None:
        """Let the drill know who is there; a drill that is gone need not know."""
        with suppress(Refused):
            await asyncio.to_thread(current().hall.note_presence, viewer.holder, is_here=is_here)
        self.pump.wake()

    async def _serve(self, socket: WebSocket, viewer: Viewer) -> None:
        wish = Wish()
        halves = [
            asyncio.create_task(half)
            for half in (self._read(socket, wish), self._write(socket, viewer, wish))
        ]
        _, pending = await asyncio.wait(halves, return_when=asyncio.FIRST_COMPLETED)
        for half in pending:
            half.cancel()
        for outcome in await asyncio.gather(*halves, return_exceptions=True):
            if isinstance(outcome, Exception) and not isinstance(
                outcome, (WebSocketDisconnect, RuntimeError)
            ):
                raise outcome

    def _admit(self, socket: WebSocket) -> Viewer:
        if not is_same_origin(socket.headers.get("origin"), socket.headers.get("host", "")):
            raise Refused("the stream was asked for by another site", status=403)
        drill_id = socket.path_params["drill_id"]
        check_known(drill_id)
        found = holder(socket.cookies, drill_id)
        if found is None:
            raise Refused("this browser holds no seat in the drill", status=401)
        if current().hall.state(drill_id) == LOBBY:
            raise Refused("the drill has not begun", "wait in its lobby", status=404)
        watched = socket.query_params.get("watch", "")
        if watched:
            current().hall.demand_watchable(found, watched)
        return Viewer(found, watched or found.seat, bool(watched))

    async def _read(self, socket: WebSocket, wish: Wish) -> None:
        while True:
            asked = await socket.receive_text()
            kind = _kind(asked)
            wish.full |= kind == "resync"
            if kind == "ping":
                wish.pong = True
                self.pump.wake()

    async def _write(self, socket: WebSocket, viewer: Viewer, wish: Wish) -> None:
        pictures, clock_s = self._shared(viewer), asyncio.get_running_loop().time
        drill_id = viewer.holder.drill_id
        shown: Picture | None = None
        checked_s = clock_s()
        while socket.client_state is WebSocketState.CONNECTED:
            if clock_s() - checked_s > HOLDER_CHECKED_EVERY_S:
                checked_s = clock_s()
                # who was moved holds another seat: the stream of the old one must not go on
                if (now := holder(socket.cookies, drill_id)) != viewer.holder:
                    why = GIVEN_BACK if now is None else CHANGED
                    bye = {"type": "bye", "why": why, "final": True, "reload": now is not None}
                    await socket.send_text(json.dumps(bye))
                    await socket.close(4401)
                    return
            before, looked = shown, self.pump.beats
            shown = await self._show(socket, await pictures.newest(drill_id, viewer.seat), shown, wish)
            if shown is not before:
                await asyncio.sleep(GAP_S)
            await self.pump.next_beat(looked)

    async def _show(self, socket: WebSocket, newest: Picture, shown: Picture | None, wish: Wish) -> Picture:
        if wish.pong:
            wish.pong = False
            await socket.send_text('{"type":"pong"}')
        if shown is None or wish.full:
            wish.full = False
            await socket.send_text(newest.full())
            return newest
        message = newest.delta(shown)
        if message is None:
            return shown
        await socket.send_text(message)
        return newest

    def _shared(self, viewer: Viewer) -> Pictures:
        if self._pictures is None:
            hall = current().hall
            self._pictures = (Pictures(hall.rev, hall.view), Pictures(hall.rev, hall.watched))
        return self._pictures[viewer.is_watching]


def _kind(asked: str) -> str:
    if len(asked) > ASKED_LIMIT:
        return ""
    try:
        message = json.loads(asked)
    except (ValueError, RecursionError):
        return ""
    return str(message.get("type", "")) if isinstance(message, dict) else ""
