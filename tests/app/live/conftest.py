"""A page with the live console alone: its files, and a stream and answers that the test holds in its hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.live import element

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route, WebSocketRoute

ORIGIN = "http://127.0.0.1:9"  # nothing listens there: every request is answered by the test
TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".md": "text/plain"}
HTML = """<!doctype html><html lang="en" data-theme="%s"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>Console</title>
<style>body{margin:0}</style></head><body><div id="here"></div><script type="module">
import { mount } from "/live/live.js";
window.element = await mount(document.getElementById("here"),
  { drill_id: "k3f9q2ab", view: "console", seat: "tech_lead" });
</script></body></html>"""
VIEW = json.loads((Path(__file__).parent / "view.json").read_text("utf-8"))


def view(**changes: Any) -> dict[str, Any]:
    """A seat's view without a page that rings; `changes` replace whole keys."""
    return {**deepcopy(VIEW), "pages": [], **changes}


class Console:
    """The console in a browser and the server's side of it.

    Attributes:
        page: the page it stands on.
        heard: messages the browser sent on the stream, oldest first.
        posted: bodies the browser posted, by the last part of the address.
        answers: status and body of the next answers to commands; a plain yes when empty.
    """

    def __init__(self, context: BrowserContext, theme: str) -> None:
        self.page: Page = context.new_page()
        self.heard: list[dict[str, Any]] = []
        self.posted: list[tuple[str, dict[str, Any]]] = []
        self.answers: list[tuple[int, dict[str, str]] | None] = []
        self.state = view()
        self._theme = theme
        self._sockets: list[WebSocketRoute] = []
        self.page.route("**/*", self._serve)
        self.page.route_web_socket("**/stream", self._open)

    def show(self, state: dict[str, Any]) -> None:
        """Open the page on a first full picture."""
        self.state = state
        self.page.goto(f"{ORIGIN}/")
        self.page.wait_for_selector(".bar")

    def send(self, message: dict[str, Any]) -> None:
        """Send a message on the newest stream."""
        self._sockets[-1].send(json.dumps(message))

    def cut(self) -> None:
        """Close the newest stream, as a server that is gone."""
        self._sockets[-1].close()

    def commands(self) -> list[dict[str, Any]]:
        """The commands that were posted, looks left out."""
        return [body for what, body in self.posted if what == "commands" and body["command"] != "take_look"]

    def _open(self, socket: WebSocketRoute) -> None:
        self._sockets.append(socket)
        socket.on_message(lambda text: self.heard.append(json.loads(text)))
        self.send({"type": "full", "rev": self.state["rev"], "state": self.state})

    def _serve(self, route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).split("?")[0]
        if path.startswith("/live/"):
            file = element.STATIC_DIR / path.removeprefix("/live/")
            route.fulfill(path=file, content_type=TYPES[file.suffix])
        elif path.startswith("/api/"):
            self._answer(route, path.rsplit("/", 1)[-1])
        elif path == "/":
            route.fulfill(body=HTML % self._theme, content_type="text/html")
        else:
            route.fulfill(status=204)

    def _answer(self, route: Route, what: str) -> None:
        if what == "logs":
            route.fulfill(json={"lines": []})
            return
        assert route.request.headers["x-stormdrill"] == "1"
        self.posted.append((what, route.request.post_data_json))
        if what == "writing":
            route.fulfill(json={})
            return
        answer = self.answers.pop(0) if self.answers else (200, {})
        if answer is None:
            route.abort()
        else:
            route.fulfill(status=answer[0], json=answer[1])


OpenConsole = Callable[..., Console]


@pytest.fixture
def open_console(browser: Browser) -> Iterator[OpenConsole]:
    """Opens consoles: `open_console(state, size=(390, 844), theme="dark")`; one that throws fails a test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_one(
        state: dict[str, Any] | None = None, *, size: tuple[int, int] = (1440, 900), theme: str = "light"
    ) -> Console:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
        contexts.append(context)
        console = Console(context, theme)
        console.page.on("pageerror", lambda error: errors.append(str(error)))
        console.show(state or view())
        return console

    yield open_one
    for context in contexts:
        context.close()
    assert not errors, "the page threw: " + "; ".join(errors)
