"""The console's side of the benchmark: a real server, a team's drill, and its viewers as browsers come in.

A viewer is what an open console is to the server: a Streamlit session that has run once, and a stream.
"""

from __future__ import annotations

import asyncio
import re
import time
import uuid
from contextlib import AsyncExitStack
from http.cookiejar import CookieJar, DefaultCookiePolicy
from http.cookies import SimpleCookie
from pathlib import Path

import httpx

from app.identity import FACILITATOR_COOKIE, SEAT_COOKIE
from app.keys import LinkKeys
from tests.app.served import Served
from tests.bench.browser_session import BrowserSession
from tests.bench.marks import Marks
from tests.bench.plan import ACTOR, OTHERS, SEATS, Plan
from tests.bench.process import cpu_s, rss_mb
from tests.bench.stream_reader import StreamReader
from tests.bench.tally import Figures
from tests.bench.window import watch

OWN_PAGE = {"X-Stormdrill": "1"}
HOST = "facilitator"
PATIENT_S = 60.0


class Viewer:
    """One open console."""

    def __init__(self, cookie: str, drill: str, seat: str, marks: Marks | None) -> None:
        self.cookie = cookie
        self.session = BrowserSession("console", f"d={drill}&seat={seat}")
        self.stream = StreamReader(marks, keeps_view=seat == HOST)
        self._drill = drill

    async def open(self, url: str) -> None:
        """Open the page, then what the page opens."""
        await self.session.open(url, self.cookie)
        await self.stream.open(url, self._drill, self.cookie)

    async def close(self) -> None:
        await self.stream.close()
        await self.session.close()


class LiveSide:
    """A drill on a server, with everybody in it.

    Args:
        client: keeps no cookies: each request carries those of who makes it.
    """

    def __init__(self, url: str, client: httpx.AsyncClient, marks: Marks) -> None:
        self.url = url
        self.marks = marks
        self.drill = self.code = ""
        self.seats: dict[str, Viewer] = {}
        self.viewers: list[Viewer] = []
        self._client = client

    # --- a drill at some moment of its night
    async def open_drill(self, claim: str, plan: Plan) -> None:
        """Open, begin and bring the drill to its moment, then let people take the seats."""
        key = await self._post("/api/claim", "", json={"claim": claim}, headers=OWN_PAGE)
        form = {"scenario": plan.scenario, "team": plan.team, "name": "Ruth"}
        opened = await self._post("/open", _cookie_of(key, FACILITATOR_COOKIE), data=form)
        self.drill, host = opened.headers["location"].split("d=")[1], _cookie_of(opened, SEAT_COOKIE)
        lobby = await self._client.get(f"/lobby?d={self.drill}", headers={"Cookie": host})
        found = re.search(r'bigcode">([\w-]+)<', lobby.text)
        assert found, lobby.text
        self.code = found[1]
        await self._post("/lobby", host, data={"d": self.drill, "act": "begin"})
        await self._sit(HOST, host)
        await self._pass_to(plan.from_ms)
        for number, seat in enumerate(SEATS):
            form = {"name": f"Player {number}", "seat": seat}
            joined = await self._post(f"/join/{self.code}", "", data=form)
            await self._sit(seat, _cookie_of(joined, SEAT_COOKIE))

    async def _sit(self, seat: str, cookie: str) -> None:
        heard = None if seat == ACTOR else self.marks
        self.seats[seat] = viewer = Viewer(cookie, self.drill, seat, heard)
        await viewer.open(self.url)

    async def _pass_to(self, to_ms: int) -> None:
        """Skip until the drill stands there: what calls somebody ends a skip before."""
        clock = self.seats[HOST].stream.view["clock"]
        while clock["t_ms"] < to_ms:
            if clock["state"] == "running":
                await self.do(HOST, "skip", {"to_ms": to_ms})
            await asyncio.sleep(0.3)
            clock = self.seats[HOST].stream.view["clock"]

    async def do(self, seat: str, command: str, data: dict[str, object]) -> None:
        """Send a command as who sits there."""
        await self._post(
            f"/api/drills/{self.drill}/commands",
            self.seats[seat].cookie,
            json={"command_id": str(uuid.uuid4()), "command": command, "data": data},
            headers=OWN_PAGE,
        )

    # --- those who join
    async def open_forms(self, plan: Plan) -> None:
        """Open the form once for each; what comes after is measured, typing a name is no machine's time."""
        for _ in range(plan.viewers):
            await self._get(f"/join/{self.code}", "")

    async def come(self, plan: Plan) -> list[float]:
        """Let the viewers join one after the other within some seconds; give how long each took."""
        each = (self._join(number, plan) for number in range(plan.viewers))
        return list(await asyncio.gather(*each))

    async def _join(self, number: int, plan: Plan) -> float:
        """All that a machine does for somebody who sends the form, to the first whole view."""
        await asyncio.sleep(plan.join_s * number / plan.viewers)
        begun_s = time.perf_counter()
        form = {"name": f"Viewer {number}", "seat": "observer"}
        joined = await self._post(f"/join/{self.code}", "", data=form)
        cookie = _cookie_of(joined, SEAT_COOKIE)
        await self._get(joined.headers["location"], cookie)
        await self._get(f"/console?d={self.drill}&seat=observer", cookie)
        viewer = Viewer(cookie, self.drill, "observer", self.marks)
        self.viewers.append(viewer)
        await viewer.open(self.url)
        return time.perf_counter() - begun_s

    async def _get(self, path: str, cookie: str) -> httpx.Response:
        answer = await self._client.get(path, headers={"Cookie": cookie} if cookie else {})
        return answer.raise_for_status()

    async def _post(
        self,
        path: str,
        cookie: str,
        *,
        data: dict[str, str] | None = None,
        json: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        given = {**(headers or {}), **({"Cookie": cookie} if cookie else {})}
        answer = await self._client.post(path, data=data, json=json, headers=given)
        assert answer.status_code in {200, 303}, answer.text
        return answer

    async def change_places(self, plan: Plan) -> None:
        """Let half of those who joined leave, and open as many more windows on the seats' own cookies."""
        wanted = [plan.seat_of(number) for number in range(plan.viewers)]
        stay = wanted.count("observer")
        gone, self.viewers = self.viewers[stay:], self.viewers[:stay]
        await asyncio.gather(*(each.close() for each in gone))
        for seat in wanted[stay:]:
            window = Viewer(self.seats[seat].cookie, self.drill, seat, self.marks)
            await window.open(self.url)
            self.viewers.append(window)

    # --- the window
    def total(self) -> tuple[int, int]:
        """Give the bytes on the viewers' streams and sessions so far, and their script runs."""
        sent = sum(each.stream.bytes + each.session.bytes for each in self.viewers)
        return sent, sum(each.session.runs for each in self.viewers)

    def story_ms(self) -> int:
        """Give the simulated time that the facilitator sees."""
        return int(self.seats[HOST].stream.view["clock"]["t_ms"])

    async def act(self) -> None:
        """Say the next mark on the channel."""
        words = self.marks.send(time.perf_counter())
        await self.do(ACTOR, "send_message", {"text": words})

    async def close(self) -> None:
        await asyncio.gather(*(each.close() for each in [*self.viewers, *self.seats.values()]))


async def measure(folder: Path, plan: Plan) -> Figures:
    """Serve, fill the drill, watch it for a while, and give what it took."""
    marks = Marks()
    async with AsyncExitStack() as stack:
        served = Served(folder / "data")
        stack.callback(served.stop)
        await asyncio.to_thread(served.start)
        side = LiveSide(served.url, await stack.enter_async_context(_client(served.url)), marks)
        stack.push_async_callback(side.close)
        await side.open_drill(LinkKeys(served.data / "facilitator.json").open_claim(), plan)
        await side.open_forms(plan)
        await asyncio.sleep(plan.settle_s)
        empty_mb, cpu = rss_mb(served.pid), cpu_s(served.pid)
        joins = await side.come(plan)
        join_cpu_s = cpu_s(served.pid) - cpu
        await asyncio.sleep(plan.settle_s)
        full_mb = rss_mb(served.pid)
        await side.change_places(plan)
        await asyncio.sleep(plan.settle_s)
        window = await watch(served.pid, plan, side)
        wanted = plan.acts * (len([*OTHERS, HOST]) + plan.viewers)
        await marks.all_seen(wanted, plan.grace_s)
        return Figures(
            name=f"console, {plan.viewers} viewers",
            viewers=plan.viewers,
            seen_s=tuple(marks.waits_s),
            seen_wanted=wanted,
            joins_s=tuple(joins),
            joins_wanted=plan.viewers,
            join_cpu_ms=1000.0 * join_cpu_s / plan.viewers,
            viewer_mb=(full_mb - empty_mb) / plan.viewers,
            window=window,
        )


def _client(url: str) -> httpx.AsyncClient:
    """A client for many people: it keeps no cookie that an answer sets."""
    jar = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=200)
    return httpx.AsyncClient(base_url=url, timeout=PATIENT_S, cookies=jar, limits=limits)


def _cookie_of(answer: httpx.Response, name: str) -> str:
    return f"{name}={SimpleCookie(answer.headers['set-cookie'])[name].value}"
