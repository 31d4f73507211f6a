"""Commands as bots give them, and the claims that go with their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from drills.bots.bot import Command, draw
from drills.eyes import Eyes
from drills.record import Item

MINUTE_MS = 60_000
Claims = Sequence[Mapping[str, str]]


def say(text: str, claims: Claims = (), tags: Sequence[str] = ()) -> Command:
    """Say something on the channel."""
    return ("send_message", {"text": text, "claims": list(claims), "tags": list(tags)})


def write(section: str, text: str, claims: Claims = (), links: Sequence[str] = ()) -> Command:
    """Write a section of the document."""
    return ("edit_document", {"section": section, "text": text, "claims": list(claims), "links": list(links)})


def look(target: str, signal: str) -> Command | None:
    """Look at an instrument; nowhere to look is no act."""
    return ("take_look", {"target": target, "signal": signal}) if target else None


def give(to: str, text: str, operation: str, *, minutes: int = 20, **params: Any) -> Command:
    """Give a task that names an operation."""
    return (
        "assign_task",
        {"to": to, "text": text, "minutes": minutes, "operation": operation, "params": params},
    )


def claim(subject: str, property_: str, value: str, *, believed: bool = False) -> dict[str, str]:
    """Make a claim."""
    return {
        "subject": subject,
        "property": property_,
        "value": value[:200],
        "certainty": "believed" if believed else "known",
    }


def chance(eyes: Eyes, what: str) -> float:
    """Give a number of [0, 1) that belongs to the seed, the seat and what is decided."""
    return draw(f"{eyes.seed}:choice:{eyes.seat}:{what}")


# --- claims from what the seat sees


def service(eyes: Eyes) -> str:
    """Give the id of the service that was promised."""
    return eyes.scenario.world.level.id


def state_claims(eyes: Eyes) -> list[dict[str, str]]:
    """Say how the service is, which sites are out, and since when."""
    reading = eyes.reading()
    claims = [claim(service(eyes), "state", reading.level)]
    down = [site.id for site in reading.sites if not site.in_rotation and not site.standby]
    if down:
        claims.append(claim(service(eyes), "impact", f"out: {', '.join(down)}"))
    alerts = eyes.site_alerts()
    if alerts:
        claims.append(claim(service(eyes), "since", eyes.scenario.story(alerts[0].t_ms)))
    return claims


def lead_claims(eyes: Eyes) -> list[dict[str, str]]:
    """Say who leads."""
    lead = eyes.commander()
    return [claim("response", "lead", lead)] if lead else []


def now_claims(eyes: Eyes) -> list[dict[str, str]]:
    """Say what is being done and how far it is: news for the list as long as work goes on."""
    done_jobs = {str(item.data.get("job_id")) for item in eyes.all("operation.finished")}
    begun = eyes.all("operation.started")
    running = [item for item in begun if str(item.data.get("job_id")) not in done_jobs]
    item = running[-1] if running else eyes.last("operation.finished")
    if item is None:
        return []
    what = f"{item.data['operation']} {item.data.get('target') or ''}".strip().replace("_", " ")
    how = f"{(eyes.now_ms - item.t_ms) // MINUTE_MS} min in" if running else str(item.data.get("result"))
    return [claim("response", "now", f"{what}, {how}")]


def clock_claims(eyes: Eyes) -> list[dict[str, str]]:
    """Say what is left of the SLA while its clock runs, and of the month's budget."""
    started, stopped = eyes.first("sla.started"), eyes.first("sla.stopped")
    if started is None:
        return []
    until_ms = stopped.t_ms if stopped is not None else eyes.now_ms
    left_min = (int(started.data["due_ms"]) - until_ms) // MINUTE_MS
    budget = claim(service(eyes), "budget_left", f"{round(100 * eyes.reading().budget_left_frac)} %")
    return (
        [claim(service(eyes), "sla_left", f"{max(0, left_min)} min"), budget] if stopped is None else [budget]
    )


def tried_claim(item: Item) -> dict[str, str]:
    """Say that an operation did not help."""
    target = str(item.data.get("target") or "all")
    return claim(target, "tried", f"{item.data['operation']}: no help")


def next_step_claims(eyes: Eyes) -> list[dict[str, str]]:
    """Name the next open task as the next step, with its owner; else to hold and watch."""
    open_ = [task for task in eyes.all_tasks() if task.state in ("asked", "acknowledged")]
    if not open_:
        return [claim("response", "next_step", f"watch load and hold, {eyes.commander() or eyes.seat}")]
    what = str(open_[0].item.data.get("operation") or open_[0].id).replace("_", " ")
    return [claim("response", "next_step", f"{what}, {open_[0].to}")]


def forecast_claims(eyes: Eyes) -> list[dict[str, str]]:
    """Say what comes if nothing is done: each stage by its subject, in the commander's own words."""
    return [
        claim(
            stage.subjects[0],
            "forecast",
            f"if nothing is done then {_title(eyes, stage.subjects[0])} gets worse, about {stage.at}",
            believed=True,
        )
        for stage in eyes.scenario.stages
    ]


def _title(eyes: Eyes, subject: str) -> str:
    """Give a site or a service by the name on the screens."""
    world = eyes.scenario.world
    named = {site.id: site.title for site in world.sites}
    named |= {service.id: service.title for service in world.services}
    return {**named, world.level.id: world.level.title}.get(subject, subject)
