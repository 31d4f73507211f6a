"""The world on the screen, as its instruments show it: numbers, sites, charts, changes, operations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from drills.errors import Refused
from drills.views import words
from simulator import (
    OPERATIONS,
    BadParameters,
    Job,
    Parameter,
    Reading,
    ServiceReading,
    SiteReading,
    parameters,
)
from simulator.operations import parse as parse_operation

if TYPE_CHECKING:
    from drills.views.seat_view import SeatView

CHART_MINUTES = 90
WORDS = {"up": "Up", "degraded": "Degraded", "down": "Down", "warming": "Warming"}
JOBS_SHOWN = 8


class WorldPart:
    """Builds the world's keys of a seat's view."""

    def __init__(self, view: SeatView) -> None:
        self._view = view
        self._copied: tuple[int, dict[str, npt.NDArray[np.float64]]] = (-1, {})
        self._charts: tuple[tuple[int, int], dict[str, Any]] | None = None

    def build(self) -> dict[str, Any]:
        eyes = self._view.eyes
        built: dict[str, Any] = {
            "alerts": self._alerts(),
            "changes": self._changes() if eyes.can_see("changes") else None,
            "operations": self._operations() if eyes.can_see("operations") else None,
            "running": self._running() if eyes.can_see("operations") else None,
            "approvals": self._approvals() if eyes.can_see("operations") else None,
        }
        if not eyes.can_see("dashboards"):
            return built
        reading = eyes.reading()
        return {
            **built,
            "situation": self._situation(reading),
            "numbers": self._numbers(reading),
            "services": [{"id": each.id, "title": each.title} for each in self._view.scenario.world.services],
            "traffic": {"rps": round(reading.rps), "failed_rps": round(reading.failed_rps)},
            "sites": [self._site(site) for site in reading.sites],
            "charts": self._chart_columns(),
        }

    # --- sentence and numbers
    def _situation(self, reading: Reading) -> dict[str, Any]:
        """The team's own sentence where a person wrote one, else what the map shows, said plainly."""
        view = self._view
        written = view.board.document.sections.get("state")
        if written is not None and view.text(written) and not view.by_bot(written):
            return {
                "text": view.text(written),
                "by": view.name(written.seat),
                "t_ms": written.t_ms,
                "source": "document",
            }
        return {"text": self._plain(reading), "by": "", "t_ms": reading.t_ms, "source": "dashboard"}

    @staticmethod
    def _plain(reading: Reading) -> str:
        out = [site.title for site in reading.sites if not site.standby and not site.in_rotation]
        serving = [site for site in reading.sites if site.in_rotation and site.share_frac > 0.0]
        if not out:
            return "All sites take traffic."
        if not serving:
            return "No site takes traffic."
        most = max(serving, key=lambda site: site.share_frac)
        verb = "takes" if len(out) == 1 else "take"
        return f"{_and(out)} {verb} no traffic. {most.title} carries {round(100 * most.share_frac)} %."

    def _numbers(self, reading: Reading) -> list[dict[str, Any]]:
        numbers = [self._served(reading), self._fullest(reading), self._sla(reading), self._budget(reading)]
        cost = self._cost()
        return [*numbers, cost] if cost else numbers

    def _served(self, reading: Reading) -> dict[str, Any]:
        state = "up" if reading.served_frac > 0.99 else "degraded" if reading.served_frac > 0.5 else "down"
        note = f"{words.grouped(reading.failed_rps)} requests/s fail"
        if reading.shed_rps > 0.5:
            note += f", {words.grouped(reading.shed_rps)} shed"
        return {
            "id": "served",
            "label": "Customers served",
            "value": words.percent(reading.served_frac),
            "note": note,
            "state": state,
        }

    @staticmethod
    def _fullest(reading: Reading) -> dict[str, Any]:
        serving = [site for site in reading.sites if site.in_rotation and site.share_frac > 0.0]
        if not serving:
            return {
                "id": "load",
                "label": "Load",
                "value": "-",
                "note": "no site takes traffic",
                "state": "down",
            }
        most = max(serving, key=lambda site: site.load_frac)
        state = "down" if most.load_frac > 1.0 else "degraded" if most.load_frac > 0.85 else "up"
        return {
            "id": "load",
            "label": f"{most.title} load",
            "value": f"{round(100 * most.load_frac)} %",
            "note": f"{words.grouped(most.rps)} of {words.grouped(most.capacity_rps)} requests/s",
            "state": state,
        }

    def _sla(self, reading: Reading) -> dict[str, Any]:
        restore_ms = self._view.scenario.sla.restore_min * words.MINUTE_MS
        label, of = "SLA, time to restore", f"of {words.span(restore_ms)}"
        if reading.sla_breached:
            return {"id": "sla", "label": label, "value": "breached", "note": of, "state": "down"}
        if reading.sla_due_ms is None:
            value = "met" if reading.sla_stopped_ms is not None else "not running"
            return {"id": "sla", "label": label, "value": value, "note": of, "state": "up"}
        left_ms = reading.sla_due_ms - self._view.now_ms
        state = "down" if left_ms <= 0 else "degraded" if left_ms < restore_ms / 4 else "up"
        note = f"{of} · due {self._view.hour(reading.sla_due_ms)}"
        return {"id": "sla", "label": label, "value": words.span(left_ms), "note": note, "state": state}

    @staticmethod
    def _budget(reading: Reading) -> dict[str, Any]:
        used = 1.0 - reading.budget_left_frac
        burns = reading.burn_rate
        note = f"used · burns {burns:.0f}× too fast" if burns >= 1.5 else "used"
        state = "down" if used >= 1.0 else "degraded" if burns >= 6.0 else "up"
        value = f"{100 * used:.1f} %" if used < 0.1 else f"{round(100 * used)} %"
        return {"id": "budget", "label": "Error budget, month", "value": value, "note": note, "state": state}

    def _cost(self) -> dict[str, Any] | None:
        cost = self._view.scenario.cost
        if cost is None:
            return None
        columns = self._columns()
        lost = (columns["fresh"] - columns["good"] - columns["shed"]).clip(min=0.0)
        share = lost / columns["fresh"].clip(min=1.0)
        hours = float(share[columns["t_ms"] > 0].sum()) / 60.0
        low, high = hours * cost.per_hour_low_usd, hours * cost.per_hour_high_usd
        note = f"at {words.money(cost.per_hour_low_usd, cost.per_hour_high_usd)} an hour, by share"
        return {
            "id": "cost",
            "label": "Cost so far",
            "value": words.money(low, high),
            "note": note,
            "state": "up",
        }

    # --- sites
    def _site(self, site: SiteReading) -> dict[str, Any]:
        capacity = f"{words.grouped(site.rps)} of {words.grouped(site.capacity_rps)} requests/s"
        return {
            "id": site.id,
            "title": site.title,
            "standby": site.standby,
            "state": site.state,
            "word": WORDS[site.state],
            "detail": site.detail,
            "since_ms": site.since_ms,
            "share_frac": round(site.share_frac, 4),
            "load_frac": round(site.load_frac, 4),
            "load_text": capacity if site.share_frac > 0.0 else "takes no traffic",
            "cells": [self._cell(site, service) for service in site.services],
        }

    @staticmethod
    def _cell(site: SiteReading, service: ServiceReading) -> dict[str, Any]:
        if service.p99_ms is None:
            title = f"{service.title} at {site.title}: takes no traffic"
            return {"service": service.id, "state": service.state, "value": "", "title": title}
        value = f"{service.p99_ms:.0f}" if service.p99_ms < 1000 else f"{service.p99_ms / 1000:.1f} s"
        unit = "" if value.endswith("s") else " ms"
        title = f"{service.title} at {site.title}: 99 of 100 answers are faster than {value}{unit}"
        return {"service": service.id, "state": service.state, "value": value, "title": title}

    # --- charts
    def _chart_columns(self) -> dict[str, Any]:
        key = (len(self._view.engine.world.metrics), len(self._view.items))
        if self._charts is None or self._charts[0] != key:
            self._charts = (key, self._new_charts())
        return self._charts[1]

    def _new_charts(self) -> dict[str, Any]:
        columns = {name: column[-CHART_MINUTES:] for name, column in self._columns().items()}
        times = columns["t_ms"]
        series = [
            {
                "id": "answered",
                "title": "Requests answered per second",
                "unit": "requests/s",
                "site": None,
                "values": [round(float(value) / 60.0, 1) for value in columns["good"]],
            }
        ]
        for site in self._view.scenario.world.sites:
            series.extend(_site_series(columns, site.id, site.title))
        return {
            "t0_ms": int(times[0]) if len(times) else 0,
            "step_ms": words.MINUTE_MS,
            "series": series,
            "marks": self._marks(),
        }

    def _columns(self) -> dict[str, npt.NDArray[np.float64]]:
        """The metrics so far, copied once a minute."""
        metrics = self._view.engine.world.metrics
        if self._copied[0] != len(metrics):
            self._copied = (len(metrics), metrics.columns())
        return self._copied[1]

    def _marks(self) -> list[dict[str, Any]]:
        marks = []
        for item in self._view.items:
            if not self._view.eyes.saw(item):
                continue
            if item.kind == "alert.fired" and item.data.get("severity") == "page":
                marks.append((item.t_ms, str(item.data["title"]).split(":")[0], "alert"))
            elif item.kind == "operation.finished" and item.data.get("result") == "done":
                marks.append((item.t_ms, self._job_words(item.data), "operation"))
        return [
            {"t_ms": t_ms, "n": n, "text": text, "kind": kind}
            for n, (t_ms, text, kind) in enumerate(marks, 1)
        ]

    def _job_words(self, data: Mapping[str, Any]) -> str:
        title = OPERATIONS[str(data["operation"])].title
        target = data.get("target")
        return f"{title} {self._view.site_title(str(target))} done" if target else f"{title} done"

    # --- lists
    def _alerts(self) -> list[dict[str, Any]]:
        view = self._view
        pages = {page.alert: page for page in view.board.pages.values() if page.alert}
        rows = []
        for item in view.eyes.all("alert.fired")[-20:]:
            page = pages.get(item.about)
            done = page is not None and page.state == "acknowledged"
            rows.append(
                {
                    "alert": item.about,
                    "title": item.data["title"],
                    "t_ms": item.t_ms,
                    "story": view.hour(item.t_ms),
                    "severity": item.data["severity"],
                    "acknowledged_ms": page.acknowledged_ms if page and done else None,
                    "by": view.name(page.to) if page and done else None,
                }
            )
        return rows

    def _changes(self) -> list[dict[str, Any]]:
        view = self._view
        return [
            {
                "t_ms": change.t_ms,
                "story": view.story(change.t_ms),
                "site": view.site_title(change.site) if change.site else None,
                "service": change.service,
                "text": change.text,
                "who": view.name(change.who),
            }
            for change in reversed(view.engine.world.changes(view.now_ms)[-40:])
        ]

    def logs(
        self, site: str | None, service: str | None, text: str | None, minutes: int, limit: int
    ) -> list[dict[str, Any]]:
        """Search the logs of the last minutes, newest first."""
        view, now_ms = self._view, self._view.engine.world.now_ms
        lines = view.engine.world.logs(
            now_ms - minutes * words.MINUTE_MS, now_ms, site=site, service=service, text=text, limit=limit
        )
        return [
            {
                "t_ms": line.t_ms,
                "story": view.hour(line.t_ms),
                "level": line.level,
                "source": line.source,
                "site": line.site,
                "text": line.text,
                "count": line.count,
            }
            for line in reversed(lines)
        ]

    # --- operations
    def _approvals(self) -> list[dict[str, Any]]:
        view = self._view
        return [
            {
                "operation": each.operation,
                "who": each.persona,
                "name": view.name(each.persona),
                "given": view.engine.world.approved(each.operation),
            }
            for each in view.scenario.approvals
        ]

    def _operations(self) -> list[dict[str, Any]]:
        return [
            {
                "id": id_,
                "title": cls.title,
                "summary": cls.summary,
                "minutes": cls.usual_minutes,
                "undo": cls.way_back,
                "risk": cls.risk,
                "purpose": cls.purpose,
                "params": [self._param(each) for each in parameters(cls)],
            }
            for id_, cls in sorted(OPERATIONS.items(), key=lambda each: each[1].title)
        ]

    def _param(self, parameter: Parameter) -> dict[str, Any]:
        kind = {"switch": "bool", "number": "number", "whole": "number"}.get(parameter.kind, "text")
        choices = self._choices(parameter)
        default = parameter.default
        if choices and default is None:
            default = choices[0][0]
        return {
            "name": parameter.name,
            "title": TITLES.get(parameter.name, parameter.name.replace("_", " ").capitalize()),
            "help": parameter.doc,
            "kind": "choice" if choices else kind,
            "choices": choices,
            "default": default,
        }

    def _choices(self, parameter: Parameter) -> list[list[str]]:
        world = self._view.scenario.world
        if parameter.name in ("site", "from_site"):
            return [[site.id, site.title] for site in world.sites]
        if parameter.name == "traffic_class":
            return [[each.id, each.title] for each in reversed(world.traffic.classes)]
        if parameter.name == "service":
            return [[each.id, each.title] for each in world.services]
        if parameter.name == "change":
            return [[change.id, change.text] for change in self._view.engine.world.changes(self._view.now_ms)]
        return [[choice, choice.replace("_", " ")] for choice in parameter.choices]

    def _running(self) -> list[dict[str, Any]]:
        jobs = self._view.eyes.jobs()
        open_first = sorted(jobs, key=lambda job: (job.state != "running", -job.started_ms))
        return [self._job(job) for job in open_first[:JOBS_SHOWN]]

    def _job(self, job: Job) -> dict[str, Any]:
        view = self._view
        return {
            "job_id": job.job_id,
            "operation": job.operation,
            "title": OPERATIONS[job.operation].title,
            "target": view.site_title(job.target) if job.target else None,
            "by": "you" if job.by == view.seat else view.name(job.by),
            "seat": job.by,
            "started_ms": job.started_ms,
            "ends_ms": job.ends_ms,
            "progress_frac": round(job.progress_frac, 3),
            "state": job.state,
            "phase": job.phase,
            "result": job.result,
            "note": job.note,
            "can_cancel": job.can_cancel,
        }

    def preview(self, operation: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """Say what an operation would do.

        Raises:
            Refused: there is no such operation, or its parameters are wrong.
        """
        try:
            wanted = parse_operation(operation, dict(params))
        except BadParameters as error:
            raise Refused(
                f"{operation[:40]} is not understood: {error}", "choose from the form", status=400
            ) from None
        preview = self._view.engine.world.preview(wanted)
        return {
            "what": preview.what,
            "expected": preview.expected,
            "price": preview.price,
            "needs": [[ok, text] for ok, text in preview.needs],
            "way_back": preview.way_back,
            "minutes": preview.minutes,
            "refusal": preview.refusal,
        }


TITLES = {
    "site": "Where",
    "from_site": "From which site",
    "traffic_class": "Which traffic",
    "weight_frac": "Weight, 1 is a fair share",
    "rate_rps": "Requests a second",
    "frac": "Share",
    "held": "Keep out of rotation after",
    "on": "On",
    "service": "Service",
    "change": "Change",
}


def _site_series(
    columns: Mapping[str, npt.NDArray[np.float64]], site: str, title: str
) -> list[dict[str, Any]]:
    def series(name: str, words_: str, unit: str, factor: float, digits: int) -> dict[str, Any]:
        values = [round(float(value) * factor, digits) for value in columns[f"{site}.{name}"]]
        return {
            "id": f"{site}.{name.removesuffix('_ms')}",
            "title": f"{title} {words_}",
            "unit": unit,
            "site": site,
            "values": values,
        }

    return [
        {**series("load", "load", "% of capacity", 100.0, 1), "limit": 100},
        series("p99_ms", "99th percentile", "ms", 1.0, 0),
        series("retries", "retries", "per first try", 1.0, 2),
    ]


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
