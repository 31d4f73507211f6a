"""HTTP and WebSocket routes beside the Streamlit pages, in the order they are tried."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route, WebSocketRoute

from app.pump import Pump
from app.routes import claim, command, export, health, logs, play, preview, static, stream, writing


def all_routes(pump: Pump) -> list[BaseRoute]:
    """Give every route of the console; `pump` wakes the streams."""
    drill = "/api/drills/{drill_id}"
    return [
        Route("/healthz", health.health),
        Route("/api/play", play.play, methods=["POST"]),
        Route("/api/claim", claim.claim, methods=["POST"]),
        Route(f"{drill}/commands", command.Commands(pump), methods=["POST"]),
        Route(f"{drill}/preview", preview.preview, methods=["POST"]),
        Route(f"{drill}/writing", writing.writing, methods=["POST"]),
        Route(f"{drill}/logs", logs.logs),
        Route(f"{drill}/{{name:str}}", export.export),
        WebSocketRoute(f"{drill}/stream", stream.Stream(pump)),
        static.live_files(),
    ]
