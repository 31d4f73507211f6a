"""What stands before every request: host names, security headers, paths that are nobody's business."""

from __future__ import annotations

import ipaddress
import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.settings import LOOPBACK_HOSTS


def inline_scripts() -> str:
    """Give the policy's words for the scripts that stand in Streamlit's own index page: their hashes."""
    import streamlit

    index = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
    bodies = re.findall(r"<script>(.*?)</script>", index, flags=re.DOTALL)
    return " ".join(f"'sha256-{b64encode(sha256(body.encode()).digest()).decode()}'" for body in bodies)


CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        # blob: because Streamlit loads the script of an inline component from a blob of its own making;
        # 'wasm-unsafe-eval' because Graphviz runs as WebAssembly.
        f"script-src 'self' blob: 'wasm-unsafe-eval' {inline_scripts()}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ]
)
HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "content-security-policy": CONTENT_SECURITY_POLICY,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }
)
CLOSED_PATHS = ("/_stcore/metrics", "/_stcore/agent")


def host_name(authority: str) -> str:
    """Give the host of an authority such as `localhost:8501` or `[::1]:8501`, in lower case."""
    return (urlsplit(f"//{authority}").hostname or "").lower()


def is_same_origin(origin: str | None, host: str) -> bool:
    """Say whether a request's Origin is the server's own; a request without one passes."""
    if origin is None:
        return True
    return bool(host) and urlsplit(origin).netloc.lower() == host.lower()


class Guard:
    """Refuses foreign host names and closed paths, and adds the security headers to every answer.

    Args:
        any_host: True when bound wider than loopback; then numeric addresses and any name are let in,
            and rights come from the seat's cookie alone.
    """

    def __init__(self, app: ASGIApp, *, any_host: bool = False) -> None:
        self.app = app
        self.any_host = any_host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is None:
            await self.app(scope, receive, _with_headers(scope, send))
        elif scope["type"] == "http":
            await refusal(scope, receive, _with_headers(scope, send))
        else:
            await receive()
            await send({"type": "websocket.close", "code": 4403, "reason": "this host name is not served"})

    def _refusal(self, scope: Scope) -> JSONResponse | None:
        host = host_name(Headers(scope=scope).get("host", ""))
        if not (self.any_host or host in LOOPBACK_HOSTS or _is_loopback(host)):
            body = {
                "error": "this host name is not served here",
                "cure": "open the address that was printed at the start",
            }
            return JSONResponse(body, status_code=400)
        if scope["path"].startswith(CLOSED_PATHS):
            return JSONResponse({"error": "not found", "cure": ""}, status_code=404)
        return None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _with_headers(scope: Scope, send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if scope["path"].startswith("/api/"):
                headers["cache-control"] = "no-store"
        await send(message)

    return sending
