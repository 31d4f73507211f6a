"""SIGKILL at random moments: what was acknowledged is there, once, and time stood still."""

from __future__ import annotations

import random
import uuid
from pathlib import Path

import httpx

from drills import Hall, replay
from scenarios import Library
from tests.app.served import Served

ROUNDS = 4
CALM = {"X-Stormdrill": "1"}


def say(client: httpx.Client, served: Served, drill: str, number: int) -> str | None:
    """Send a message; give its command id when it was acknowledged."""
    command_id = str(uuid.uuid4())
    body = {"command_id": command_id, "command": "send_message", "data": {"text": f"message {number}"}}
    headers = {**CALM, "Origin": served.url}
    try:
        answer = client.post(
            f"{served.url}/api/drills/{drill}/commands", json=body, headers=headers, timeout=5.0
        )
    except httpx.TransportError:
        return None
    return command_id if answer.status_code == 200 else None


def test_every_acknowledged_act_survives_a_kill(tmp_path: Path) -> None:
    """After each kill every acknowledged command is there once, and the journal plays to the live record."""
    served = Served(tmp_path / "data")
    served.start()
    chance, acknowledged = random.Random(5), []
    try:
        with httpx.Client() as client:
            started = client.post(
                f"{served.url}/api/play",
                json={"scenario": "three-datacenter-outage", "seat": "tech_lead", "name": "Ines"},
                headers={**CALM, "Origin": served.url},
                timeout=30.0,
            )
            assert started.status_code == 200, started.text
            drill = httpx.URL(started.json()["url"]).params["d"]
            for _ in range(ROUNDS):
                acknowledged.extend(say(client, served, drill, n) for n in range(chance.randint(2, 6)))
                served.kill()
                served.start()
    finally:
        served.kill()
    sent = [command_id for command_id in acknowledged if command_id]
    assert len(sent) >= 2 * ROUNDS - 2
    hall = Hall(served.data, Library([]))
    journal = hall.journal(drill)
    ids = [entry.command_id for entry in journal.entries]
    assert len(ids) == len(set(ids))
    assert set(sent) <= set(ids)
    live = hall.record(drill)
    assert live.ended_ms < 120_000
    assert replay(hall.scenario(drill), live.header.seed, journal).items == tuple(
        item for item in live.items if item.t_ms <= journal.entries[-1].t_ms
    )
    hall.close()
