"""The managed night: command at the second alert, one list told, one record kept, load shed in time.

After the source article's second story. Commander and communications decide and tell; the tech lead operates,
on tasks that name an operation. The world's answers set the pace: every rule waits for something its seat has
seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from drills.board import Task
from drills.bots.bot import Command, Rule
from drills.bots.finding import (
    MINUTE_MS,
    Find,
    after,
    at,
    both,
    done,
    fallen,
    new_task,
    nth_site,
    ringing,
    saturation,
)
from drills.engine import Engine
from drills.eyes import Eyes
from drills.record import Item

UPDATE_EVERY_MIN = 30
SECOND, THIRD = nth_site(2), saturation


def book(engine: Engine) -> dict[str, Sequence[Rule]]:
    """Give the rules of every seat of the managed team."""
    story = engine.scenario.at
    major = next((each.id for each in engine.scenario.lists), "")
    return {
        "commander": [*_commander(), *_commander_plan(story)],
        "communications": _communications(major),
        "tech_lead": _tech_lead(),
        "developer": _developer(),
        "desk_1": _desk(story),
    }


# --- commander


def _commander() -> list[Rule]:
    return [
        Rule("ack", 1, ringing, _acknowledge),
        Rule(
            "command",
            0.5,
            _leaderless,
            lambda eyes, _: ("assume_role", {"role": "commander", "announced": True}),
        ),
        Rule(
            "rundown",
            3,
            _commanding(after(SECOND, 5)),
            lambda eyes, _: _say(RUNDOWN, claims=_state_claims(eyes)),
        ),
        Rule(
            "severity",
            0.5,
            _commanding(after(SECOND, 6)),
            lambda eyes, _: ("declare_severity", {"level": "high"}),
        ),
        Rule("document", 0.5, _commanding(after(SECOND, 7)), lambda eyes, _: ("open_document", {})),
        Rule(
            "doc-state",
            2,
            _written(after(SECOND, 8)),
            lambda eyes, _: _write("state", STATE, _state_claims(eyes)),
        ),
        Rule(
            "doc-roles",
            2,
            _written(after(SECOND, 11)),
            lambda eyes, _: _write("roles", ROLES, _lead_claim(eyes)),
        ),
        Rule(
            "forecast",
            3,
            _written(after(SECOND, 17)),
            lambda eyes, _: _write("forecast", FORECAST, FORECAST_CLAIM),
        ),
        Rule(
            "answer",
            2,
            _question,
            lambda eyes, question: ("answer_question", {"question": question, "text": ANSWER}),
        ),
        Rule("tried", 2, _failures, _write_failure),
    ]


def _commander_plan(story: Callable[[str], int]) -> list[Rule]:
    """Tasks in the order in which the night calls for them."""

    def two(minutes: float) -> Find:
        return after(SECOND, minutes)

    def three(minutes: float) -> Find:
        return after(THIRD, minutes)

    return [
        _task(
            "roll-back-1", two(22), "Roll back the first site, keep it out after.", "roll_back", 1, held=True
        ),
        _task(
            "roll-back-2",
            two(22.5),
            "Roll back the second too, keep it out after.",
            "roll_back",
            2,
            held=True,
        ),
        _task("fix-1", two(42), "Try the second site back.", "readmit", 2, weight_frac=1.0),
        _task(
            "repoint-1",
            at(story("04:18")),
            "Point the first site's pinned clients at the rest.",
            "repoint",
            1,
        ),
        _task("repoint-2", at(story("04:28")), "And those of the second site.", "repoint", 2),
        _task("shed-1", three(1), "Shed the crawlers.", "shed", 0, traffic_class="crawler", frac=1.0),
        _task("cap", three(1.5), "Cap retries at 10 %.", "cap_retries", 0, frac=0.10),
        Rule(
            "page-developer",
            0.5,
            three(3),
            lambda eyes, _: ("page_someone", {"to": "developer", "text": NEED_YOU}),
        ),
        _task("reserve", three(3.5), "Reserve the standby for checkout.", "reserve_standby", 0, on=True),
        _task(
            "shed-2", three(8), "Shed background traffic.", "shed", 0, traffic_class="background", frac=1.0
        ),
        Rule("ask-product", 2, three(46), lambda eyes, _: ("page_someone", {"to": "prod", "text": ASK_YES})),
        _task("degraded", three(56), "Degraded mode on, we have the yes.", "degraded_mode", 0, on=True),
        _task("fix-2", three(68), "Try the first site back at half weight.", "readmit", 1, weight_frac=0.5),
        _task("fix-3", three(93), "Catch up the second site's index.", "catch_up", 2),
        _task("rebuild-2", three(118), "Then rebuild the second site's index.", "rebuild_index", 2),
        Rule(
            "build-fix", 1, three(133), lambda eyes, _: _give("developer", "Build a fix of it.", "build_fix")
        ),
        Rule(
            "test-fix",
            1,
            after(done("build_fix", 0), 0),
            lambda eyes, _: _give("developer", "Test it before it goes anywhere.", "test_fix"),
        ),
        Rule(
            "deploy-fix",
            1,
            after(done("test_fix", 0), 0),
            lambda eyes, _: _give("developer", "It is tested: deploy it, site by site.", "deploy_fix"),
        ),
        _task(
            "rebuild-1", after(done("rebuild_index", 2), 0), "Now the first site's index.", "rebuild_index", 1
        ),
        *_return(2, "second"),
        _task(
            "degraded-off",
            after(done("staged_return", 2), 7),
            "Degraded mode off.",
            "degraded_mode",
            0,
            on=False,
        ),
        _task(
            "unshed-2",
            after(done("staged_return", 2), 22),
            "Background back.",
            "shed",
            0,
            traffic_class="background",
            frac=0.0,
        ),
        *_return(1, "first"),
        _task(
            "unshed-1",
            after(done("staged_return", 1), 2),
            "Crawlers back.",
            "shed",
            0,
            traffic_class="crawler",
            frac=0.0,
        ),
        _task("cap-off", after(done("staged_return", 1), 16), "Retry cap off.", "cap_retries", 0, frac=0.0),
        _task(
            "reserve-off",
            after(done("staged_return", 1), 16.5),
            "Standby reserve off.",
            "reserve_standby",
            0,
            on=False,
        ),
        Rule("resolve", 2, both(_ticket_open, after(done("staged_return", 1), 30)), _resolve),
        Rule(
            "return",
            1,
            _ticket_resolved,
            lambda eyes, _: ("return_ticket", {"ticket": eyes.ticket(), "text": RETURNED}),
        ),
    ]


def _return(which: int, name: str) -> list[Rule]:
    warmed = done("warm", which)
    return [
        _task(
            f"warm-{which}",
            after(done("rebuild_index", which), 4),
            f"Warm the {name} site.",
            "warm",
            which,
            rate_rps=400.0,
        ),
        _task(
            f"staged-{which}",
            after(warmed, 1),
            f"Bring the {name} site back by stages.",
            "staged_return",
            which,
        ),
    ]


def _task(name: str, when: Find, text: str, operation: str, which: int, **params: Any) -> Rule:
    """Give a rule that asks the tech lead for an operation; `which`: the n-th site that fell, 0 for none."""

    def act(eyes: Eyes, _: str) -> Command | None:
        site = fallen(eyes, which) if which else ""
        if which and not site:
            return None
        return _give("tech_lead", text, operation, **({"site": site} if site else {}), **params)

    return Rule(f"task-{name}", 0.5, _commanding(when), act)


def _give(to: str, text: str, operation: str, **params: Any) -> Command:
    return ("assign_task", {"to": to, "text": text, "minutes": 20, "operation": operation, "params": params})


# --- communications


def _communications(major: str) -> list[Rule]:
    def update(eyes: Eyes, _: str) -> Command | None:
        if not major:
            return None
        claims = [*_state_claims(eyes), *_now_claims(eyes), *_lead_claim(eyes)]
        return (
            "send_update",
            {"list": major, "text": UPDATE, "claims": claims, "next_update_min": UPDATE_EVERY_MIN},
        )

    return [
        Rule("ack", 1, ringing, _acknowledge),
        Rule(
            "answer",
            2,
            _question,
            lambda eyes, question: ("answer_question", {"question": question, "text": ANSWER}),
        ),
        Rule("first-notice", 5, both(after(SECOND, 8), _led), update),
        Rule("third-alert", 2, both(after(THIRD, 0), _led), update),
        Rule("cadence", 5, _update_due, update),
    ]


def _update_due(eyes: Eyes) -> str:
    last = eyes.last("update.sent")
    if last is None or eyes.ticket_state() in ("resolved", "returned", "closed"):
        return ""
    due_ms = last.t_ms + (UPDATE_EVERY_MIN - 7) * MINUTE_MS
    return str(last.n) if eyes.now_ms >= due_ms else ""


# --- tech lead, developer, desk


def _tech_lead() -> list[Rule]:
    return [
        Rule("ack", 1, ringing, _acknowledge),
        Rule("here", 0.5, after(nth_site(1), 0.5), lambda eyes, _: _say(HERE)),
        Rule("logs-1", 3, after(nth_site(1), 1), lambda eyes, _: _look(fallen(eyes, 1), "logs")),
        Rule(
            "ask-command",
            0.5,
            both(after(SECOND, 1), _unled),
            lambda eyes, _: ("page_someone", {"to": "commander", "text": WILL_YOU}),
        ),
        Rule("told", 2, both(after(SECOND, 4), _led), lambda eyes, _: _say(HANDS)),
        Rule("cause", 2, after(nth_site(1), 8), lambda eyes, _: ("record_hypothesis", {"text": LEAK})),
        Rule("take-task", 0.5, new_task, lambda eyes, task: ("acknowledge_task", {"task": task})),
        Rule("operate", 0.5, _tasks_to_start, _start_task, if_refused=_report_failed),
        Rule("look-after", 2, _finished_unseen, _look_after),
        Rule("say-result", 0.5, _finished_unseen, _say_result),
        Rule("unclear", 1, _tasks_without_operation, lambda eyes, _: _say(UNCLEAR)),
        Rule("report", 0.5, _tasks_finished, _report),
    ]


def _developer() -> list[Rule]:
    return [
        Rule("ack", 4, ringing, _acknowledge),
        Rule(
            "read",
            6,
            after(_own_acknowledgement, 0),
            lambda eyes, _: ("view_document", {}) if eyes.document_open() else None,
        ),
        Rule("take-task", 1, new_task, lambda eyes, task: ("acknowledge_task", {"task": task})),
        Rule("operate", 1, _tasks_to_start, _start_task, if_refused=_report_failed),
        Rule("report", 1, _tasks_finished, _report),
    ]


def _desk(story: Callable[[str], int]) -> list[Rule]:
    return [
        Rule("ack", 1, ringing, _acknowledge),
        Rule("log", 3, after(nth_site(1), 0), _log_ticket),
        Rule(
            "answer",
            2,
            _question,
            lambda eyes, question: ("answer_question", {"question": question, "text": HEARD}),
        ),
        Rule(
            "ask-reporter",
            3,
            both(_ticket_returned, at(story("Thu 06:12"))),
            lambda eyes, _: ("ask_reporter", {"ticket": eyes.ticket()}),
        ),
        Rule("close", 2, _reporter_content, lambda eyes, _: ("close_ticket", {"ticket": eyes.ticket()})),
    ]


# --- reasons


def _leaderless(eyes: Eyes) -> str:
    """Somebody asked, or nobody leads five minutes after the second site fell."""
    if eyes.commander():
        return ""
    asked = any(item.about == "commander" for item in eyes.all("page.sent"))
    return "once" if (asked and nth_site(2)(eyes)) or after(SECOND, 5)(eyes) else ""


def _commanding(when: Find) -> Find:
    return both(when, lambda eyes: "once" if eyes.commander() == eyes.seat else "")


def _led(eyes: Eyes) -> str:
    return "once" if eyes.commander() else ""


def _unled(eyes: Eyes) -> str:
    return "" if eyes.commander() else "once"


def _written(when: Find) -> Find:
    return _commanding(both(when, lambda eyes: "once" if eyes.document_open() else ""))


def _question(eyes: Eyes) -> str:
    return next((question.id for question in eyes.questions()), "")


def _failures(eyes: Eyes) -> list[str]:
    """Tries that did not work, to be written down once there is a document."""
    if not eyes.document_open():
        return []
    return [str(item.n) for item in eyes.all("operation.finished") if item.data.get("result") == "failed"]


def _tasks_to_start(eyes: Eyes) -> list[str]:
    return [
        task.id
        for task in eyes.tasks()
        if task.state == "acknowledged" and task.item.data.get("operation") and _job_of(eyes, task) is None
    ]


def _job_of(eyes: Eyes, task: Task) -> Item | None:
    """The start of the operation that a task asked for, or None."""
    wanted = task.item
    return next(
        (
            item
            for item in eyes.all("operation.started")
            if item.t_ms >= wanted.t_ms
            and item.data["operation"] == wanted.data["operation"]
            and _same(item.data["params"], wanted.data["params"])
        ),
        None,
    )


def _same(found: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(found.get(name) == value for name, value in wanted.items())


def _tasks_without_operation(eyes: Eyes) -> list[str]:
    return [t.id for t in eyes.tasks() if t.state == "acknowledged" and not t.item.data.get("operation")]


def _tasks_finished(eyes: Eyes) -> list[str]:
    finished = {str(item.data.get("job_id")) for item in eyes.all("operation.finished")}
    found = []
    for task in eyes.tasks():
        job = (
            _job_of(eyes, task) if task.state == "acknowledged" and task.item.data.get("operation") else None
        )
        if job is not None and str(job.data["job_id"]) in finished:
            found.append(task.id)
    return found


def _finished_unseen(eyes: Eyes) -> str:
    item = eyes.last("operation.finished")
    return str(item.n) if item is not None else ""


def _ticket_open(eyes: Eyes) -> str:
    return eyes.ticket() if eyes.ticket_state() == "open" else ""


def _ticket_resolved(eyes: Eyes) -> str:
    return eyes.ticket() if eyes.ticket_state() == "resolved" else ""


def _ticket_returned(eyes: Eyes) -> str:
    return eyes.ticket() if eyes.ticket_state() == "returned" else ""


def _reporter_content(eyes: Eyes) -> str:
    answer = eyes.last("user.answered")
    return (
        eyes.ticket()
        if answer is not None and answer.data.get("satisfied") and _ticket_returned(eyes)
        else ""
    )


# --- acts


def _acknowledge(eyes: Eyes, page: str) -> Command:
    return ("acknowledge_page", {"page": page})


def _say(text: str, claims: Sequence[dict[str, str]] = ()) -> Command:
    return ("send_message", {"text": text, "claims": list(claims)})


def _write(section: str, text: str, claims: Sequence[dict[str, str]]) -> Command:
    return ("edit_document", {"section": section, "text": text, "claims": list(claims)})


def _write_failure(eyes: Eyes, n: str) -> Command | None:
    item = next((item for item in eyes.all("operation.finished") if str(item.n) == n), None)
    if item is None:
        return None
    what = f"{item.data['operation']} on {item.data.get('target') or 'all'}"
    claim = {
        "subject": str(item.data.get("target") or "all"),
        "property": "tried",
        "value": f"{what}: no help",
    }
    return _write("tried", f"Tried: {what}. It did not help.", [claim])


def _look(site: str, signal: str) -> Command | None:
    return ("take_look", {"target": site, "signal": signal}) if site else None


def _say_result(eyes: Eyes, n: str) -> Command | None:
    item = next((item for item in eyes.all("operation.finished") if str(item.n) == n), None)
    note = str(item.data.get("note") or "") if item is not None else ""
    return _say(f"{note[0].upper()}{note[1:]}.") if note else None


def _look_after(eyes: Eyes, n: str) -> Command | None:
    item = next((item for item in eyes.all("operation.finished") if str(item.n) == n), None)
    return (
        ("take_look", {"target": str(item.data.get("target") or "sites"), "signal": "dashboard"})
        if item
        else None
    )


def _start_task(eyes: Eyes, task: str) -> Command | None:
    wanted = next((each for each in eyes.tasks() if each.id == task), None)
    if wanted is None:
        return None
    return (
        "start_operation",
        {"operation": wanted.item.data["operation"], "params": dict(wanted.item.data["params"])},
    )


def _report(eyes: Eyes, task: str) -> Command:
    wanted = next(each for each in eyes.tasks() if each.id == task)
    started = _job_of(eyes, wanted)
    ended = {str(item.data["job_id"]): item for item in eyes.all("operation.finished")}
    job = ended.get(str(started.data["job_id"])) if started is not None else None
    result = "done" if job is not None and job.data.get("result") == "done" else "failed"
    return ("report_task", {"task": task, "result": result})


def _report_failed(eyes: Eyes, task: str) -> Command:
    return ("report_task", {"task": task, "result": "failed"})


def _log_ticket(eyes: Eyes, _: str) -> Command | None:
    alert = nth_site(1)(eyes)
    if alert is None or eyes.ticket():
        return None
    title = str(alert.data["title"])[:200]
    return (
        "log_ticket",
        {
            "title": title,
            "reporter": "monitor",
            "description": title,
            "priority": "high",
            "alert": alert.about,
        },
    )


def _resolve(eyes: Eyes, ticket: str) -> Command:
    return ("resolve_ticket", {"ticket": ticket, "code": "restored", "text": RETURNED})


def _state_claims(eyes: Eyes) -> list[dict[str, str]]:
    level = eyes.first("sla.started")
    since = str(level.data.get("story") or "") if level is not None else ""
    down = [str(item.data["site"]) for item in eyes.site_alerts()]
    state = eyes.reading().level if eyes.can_see("dashboards") else "degraded"
    claims = [{"subject": "service", "property": "state", "value": state, "certainty": "known"}]
    if down:
        claims.append({"subject": "service", "property": "impact", "value": f"down: {', '.join(down)}"[:200]})
        claims.append(
            {
                "subject": "service",
                "property": "since",
                "value": since or f"T+{eyes.site_alerts()[0].t_ms // 60_000} min",
            }
        )
    return claims


def _own_acknowledgement(eyes: Eyes) -> Item | None:
    """Mark: this seat has answered its first page."""
    return next((item for item in eyes.all("page.acknowledged") if item.seat == eyes.seat), None)


def _now_claims(eyes: Eyes) -> list[dict[str, str]]:
    """Say what is being done and how far it is: news for the list as long as work goes on."""
    done_jobs = {str(item.data.get("job_id")) for item in eyes.all("operation.finished")}
    begun = eyes.all("operation.started")
    running = [item for item in begun if str(item.data.get("job_id")) not in done_jobs]
    item = running[-1] if running else eyes.last("operation.finished")
    if item is None:
        return []
    what = f"{item.data['operation']} {item.data.get('target') or ''}".strip().replace("_", " ")
    how = f"{(eyes.now_ms - item.t_ms) // MINUTE_MS} min in" if running else str(item.data.get("result"))
    return [{"subject": "response", "property": "now", "value": f"{what}, {how}"[:200]}]


def _lead_claim(eyes: Eyes) -> list[dict[str, str]]:
    lead = eyes.commander()
    return [{"subject": "response", "property": "lead", "value": lead}] if lead else []


# --- words

WILL_YOU = "Second site is down and I am deep in the logs. Will you command?"
HERE = "First site is out. I have the page and look at its logs."
UNCLEAR = "I have the task. For a change, name the operation, under Operations, so that I do just that."
HANDS = (
    "Rundown: the new release fills the heap, both sites fall and come back cold. "
    "I stay on repair; questions go to you."
)
LEAK = "The release rolled out at two keeps memory with every request."
RUNDOWN = (
    "I have command. One plan: the rest must hold the morning. David repairs, I ask for each change by task."
)
STATE = "Two sites down, the third carries everything. Not known yet when they come back."
ROLES = "Commander, tech lead and communications are named; the developer is on call."
FORECAST = (
    "If traffic grows past what one site holds, about half past seven, all of it goes. Shed load before that."
)
FORECAST_CLAIM = [
    {
        "subject": "service",
        "property": "forecast",
        "value": "if load passes one site's limit about 07:30 then all sites are lost",
        "certainty": "believed",
    }
]
NEED_YOU = "Two sites down, the third nearly full. We need you to bring sites back. Read the document first."
ASK_YES = "May we switch to fixed slots? Customers lose the choice of slot, this afternoon we take it back."
UPDATE = "Ordering is limited. We work on bringing the sites back; next word at the time named."
ANSWER = "Sites are down, the rest holds. We shed load and bring them back one by one. Next word by update."
HEARD = "Noted, you have a number. I come back to you with what we find."
RETURNED = "Both sites back at full weight, caches warm, nothing shed."
