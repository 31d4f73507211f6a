"""The plain page's side of the benchmark: Streamlit with its defaults, and viewers by its protocol."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import asdict
from pathlib import Path

import httpx
from websockets.exceptions import WebSocketException

from tests.app.served import ROOT, START_S, free_port
from tests.bench.browser_session import BrowserSession
from tests.bench.marks import Marks
from tests.bench.plan import ACTOR, DATA_VARIABLE, PLAN_VARIABLE, Plan
from tests.bench.process import cpu_s, rss_mb
from tests.bench.tally import Figures
from tests.bench.window import watch

DEFAULTS = {
    "server.address": "127.0.0.1",
    "server.headless": "true",
    "browser.gatherUsageStats": "false",
}
"""What a start without a person and without the network needs; all else is as Streamlit has it."""
NO_COLLECTION = {"runner.postScriptGC": "false"}
"""What spares each run a collection of all garbage: the least that somebody would set who looks for speed."""


class PlainServer:
    """`streamlit run` of the plain page."""

    def __init__(self, folder: Path, plan: Plan, options: Mapping[str, str]) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        flags = [f"--{name}={value}" for name, value in {**DEFAULTS, **options}.items()]
        page = str(Path(__file__).with_name("plain_page.py"))
        with (folder / "plain.log").open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", page, f"--server.port={self.port}", *flags],
                stdout=log,
                stderr=log,
                cwd=folder,
                env={
                    **os.environ,
                    "PYTHONPATH": str(ROOT),
                    PLAN_VARIABLE: json.dumps(asdict(plan)),
                    DATA_VARIABLE: str(folder / "plain"),
                },
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait(self) -> None:
        """Come back when it answers."""
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            try:
                if httpx.get(f"{self.url}/_stcore/health", timeout=2.0).status_code == 200:
                    return
            except httpx.TransportError:
                continue
        raise RuntimeError(f"the plain page did not answer within {START_S:.0f} s")

    def kill(self) -> None:
        """End it; a server that no longer answers would not heed less."""
        self._process.kill()
        self._process.wait(20)


class PlainSide:
    """The plain page with everybody who has it open."""

    def __init__(self, url: str, marks: Marks) -> None:
        self.url = url
        self.marks = marks
        self.actor = BrowserSession("", f"seat={ACTOR}")
        self.viewers: list[BrowserSession] = []

    async def come(self, plan: Plan) -> list[float]:
        """Let the viewers open the page within some seconds; give how long each took who came in."""
        each = (self._join(number, plan) for number in range(plan.viewers))
        return [took_s for took_s in await asyncio.gather(*each) if took_s is not None]

    async def _join(self, number: int, plan: Plan) -> float | None:
        await asyncio.sleep(plan.join_s * number / plan.viewers)
        session = BrowserSession("", f"seat={plan.seat_of(number)}", self.marks)
        begun_s = time.perf_counter()
        self.viewers.append(session)
        try:
            async with asyncio.timeout(plan.patience_s):
                await session.open(self.url)
        except (TimeoutError, OSError, WebSocketException):
            return None
        return time.perf_counter() - begun_s

    def total(self) -> tuple[int, int]:
        return sum(each.bytes for each in self.viewers), sum(each.runs for each in self.viewers)

    def story_ms(self) -> int:
        return max(each.story_ms for each in [self.actor, *self.viewers])

    async def act(self) -> None:
        await self.actor.run(said=self.marks.send(time.perf_counter()))

    async def close(self) -> None:
        await asyncio.gather(*(each.close() for each in [self.actor, *self.viewers]))


async def measure(folder: Path, plan: Plan, options: Mapping[str, str], name: str) -> Figures:
    """Serve the page, open it for everybody, watch it for a while, and give what it took."""
    marks = Marks()
    async with AsyncExitStack() as stack:
        server = PlainServer(folder, plan, options)
        stack.callback(server.kill)
        await asyncio.to_thread(server.wait)
        side = PlainSide(server.url, marks)
        stack.push_async_callback(side.close)
        await side.actor.open(server.url)
        await asyncio.sleep(plan.settle_s)
        empty_mb, cpu = rss_mb(server.pid), cpu_s(server.pid)
        joins = await side.come(plan)
        join_cpu_s = cpu_s(server.pid) - cpu
        await asyncio.sleep(plan.settle_s)
        full_mb = rss_mb(server.pid)
        window = await watch(server.pid, plan, side)
        wanted = plan.acts * plan.viewers
        await marks.all_seen(wanted, plan.grace_s)
        return Figures(
            name=name,
            viewers=plan.viewers,
            seen_s=tuple(marks.waits_s),
            seen_wanted=wanted,
            joins_s=tuple(joins),
            joins_wanted=plan.viewers,
            join_cpu_ms=1000.0 * join_cpu_s / plan.viewers,
            viewer_mb=(full_mb - empty_mb) / plan.viewers,
            window=window,
        )
