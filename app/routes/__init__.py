"""HTTP and WebSocket routes beside the Streamlit pages, in the order they are tried."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route, WebSocketRoute

from app.pump import Pump
from app.routes import (
    claim,
    command,
    drills,
    export,
    health,
    join,
    lobby,
    logs,
    play,
    preview,
    static,
    stream,
    writing,
)


def all_routes(pump: Pump) -> list[BaseRoute]:
    """Give every route of the console; `pump` wakes the streams."""
    drill = "/api/drills/{drill_id}"
    return [
        Route("/healthz", health.health),
        Route("/api/play", play.play, methods=["POST"]),
        Route("/api/claim", claim.claim, methods=["POST"]),
        Route(f"{drill}/commands", command.Commands(pump), methods=["POST"]),
        Route(f"{drill}/preview", preview.preview, methods=["POST"]),
        Route(f"{drill}/inject-preview", preview.preview_inject, methods=["POST"]),
        Route(f"{drill}/writing", writing.writing, methods=["POST"]),
        Route(f"{drill}/logs", logs.logs),
        Route(f"{drill}/{{name:str}}", export.export),
        WebSocketRoute(f"{drill}/stream", stream.Stream(pump)),
        static.live_files(),
        *doors(),
    ]


def doors() -> list[BaseRoute]:
    """Give the routes of the plain pages: the way into a drill for a team."""
    return [
        Route("/join", join.join),
        Route("/join/{code}", join.seat, methods=["GET", "POST"]),
        Route("/place/{ticket}", join.place, methods=["GET", "POST"]),
        Route("/briefing", join.briefing),
        Route("/lobby", lobby.lobby),
        Route("/lobby", lobby.act, methods=["POST"]),
        Route("/door.js", lobby.script),
        Route("/drills", drills.drills, methods=["GET", "POST"]),
        Route("/open", drills.opening, methods=["GET", "POST"]),
    ]
