"""The script: conditions that can never hold, questions that cannot be answered, placeholders."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.kinds import ABOUT, DATA, KINDS
from scenarios.lint.sheet import Sheet, check_braces
from scenarios.problems import echo
from scenarios.times import MINUTE_MS
from scenarios.yaml_nodes import Node

FRACTIONS = ("served_frac", "share", "cache", "pinned_failed", "sla_left_frac")
SITE_METRICS = ("share", "load", "p99", "retries", "cache", "index_lag_s", "pinned_failed")
WORLD_WORDS = ("carrier", "due", "left", "load", "load15", "site", "state", "t", "ticket")
TEMPLATE_WORDS = ("changed", "doc", "guess", "ic", "now", "state", "t", "t2", "who", "workaround")
MATCHES = (
    "injects[].unless",
    "injects[].clears",
    "injects[].spoils",
    "skills[].visible",
    "shared_facts[].after",
    "stages[].visible",
    "stages[].comes",
    "troubles[].ranks[].after",
)
CONDITIONS = ("injects[].when", "slow_down.freezes[].when", "end.early")
SPOKEN = (
    "injects[].text",
    "injects[].title",
    "injects[].repeat.texts[]",
    "injects[].ask.answered",
    "injects[].ask.ignored",
    "injects[].handled.says",
    "injects[].ignored.says",
    "complaints.texts[]",
    "nudges[].texts[]",
    "people[].relief.text",
    "people[].relief.late",
    "personas[].says_yes",
    "personas[].says_no",
    "approvals[].asks",
    "approvals[].text",
    "personas[].ladder.calm[]",
    "personas[].ladder.firm[]",
    "personas[].ladder.angry[]",
)
MAX_NESTED = 8


def _flat(condition: Node, level: int = 0) -> Iterator[Node]:
    """Give a condition and those it holds under `any`."""
    yield condition
    inner = condition.get("any")
    if inner is not None and level < MAX_NESTED:
        for each in inner.each():
            yield from _flat(each, level + 1)


def _conditions(sheet: Sheet) -> None:
    """A condition can hold: its time lies in the story, its kind and what it is about are there."""
    for path in CONDITIONS:
        for top in sheet.select(path):
            for node in _flat(top):
                _time(sheet, node)
                _metric(sheet, node)
                after = node.get("after")
                if after is not None:
                    _match(sheet, after)
    for path in MATCHES:
        for node in sheet.select(path):
            _match(sheet, node)


def _time(sheet: Sheet, node: Node) -> None:
    clock, at, minutes = sheet.clock, node.get("at"), node.get("minutes")
    if clock is None:
        return
    end_ms = clock.minutes * MINUTE_MS
    for moment in (at, node.get("not_before")):
        t_ms = sheet.time(moment)
        if moment is not None and t_ms is not None and not 0 <= t_ms <= end_ms:
            span = f"{clock.story(0)} to {clock.story(end_ms)}"
            message = f'this can never happen: "{echo(moment.value)}" is outside the story'
            sheet.say(moment, message, f"it runs from {span}")
    if minutes is not None and isinstance(minutes.value, int) and minutes.value > clock.minutes:
        sheet.say(minutes, "this can never happen: the story is shorter", f"it lasts {clock.minutes} minutes")


def _metric(sheet: Sheet, node: Node) -> None:
    metric, site = node.text("metric"), node.get("site")
    if site is not None and isinstance(site.value, str) and site.value not in sheet.ids["sites"]:
        cure = sheet.suggest(site.value, sheet.ids["sites"], "known")
        sheet.say(site, f'unknown site "{echo(site.value)}"', cure)
    if metric in SITE_METRICS and site is None:
        sheet.say(node, f"{metric} belongs to a site", "add site: and its id")
    if metric == "pinned_failed" and not sheet.number("world.clients.pinned_frac"):
        sheet.say(node, "this can never happen: no clients are pinned", "set world.clients.pinned_frac")
    if metric in FRACTIONS:
        above, below = sheet.number("above", node), sheet.number("below", node)
        if (above is not None and above >= 1) or (below is not None and below <= 0):
            sheet.say(node, f"this can never happen: {metric} lies between 0 and 1", "change the limit")


def _match(sheet: Sheet, node: Node) -> None:
    kind, about, data = node.get("kind"), node.get("about"), node.get("data")
    if kind is None or not isinstance(kind.value, str):
        return
    if kind.value not in KINDS:
        sheet.say(kind, f'unknown kind "{echo(kind.value)}"', sheet.suggest(kind.value, KINDS, "known"))
        return
    collections = ("alerts",) if kind.value.startswith("alert.") else ABOUT.get(kind.value, ())
    if about is not None and isinstance(about.value, str) and collections:
        known = sheet.known(*collections)
        if about.value not in known:
            message = f'this can never happen: {kind.value} is never about "{echo(about.value)}"'
            sheet.say(about, message, sheet.suggest(about.value, known, "known"))
    for name, value in data.kids.items() if data is not None else ():
        known = sheet.known(*DATA.get(str(name), ()))
        if known and isinstance(value.value, str) and value.value not in known:
            sheet.say(
                value, f'unknown {name} "{echo(value.value)}"', sheet.suggest(value.value, known, "known")
            )


def _shape(node: Node) -> tuple[object, ...]:
    return (
        node.text("kind"),
        node.text("about"),
        repr(node.kids["data"].value) if "data" in node.kids else "{}",
    )


def _injects(sheet: Sheet) -> None:
    """An inject is not ruled out by what brings it on, and its question can be answered."""
    for node in sheet.select("injects[]"):
        when, unless = node.get("when"), node.get("unless")
        after = when.get("after") if when is not None else None
        if after is not None and unless is not None and _shape(after) == _shape(unless):
            sheet.say(
                unless, "this inject can never come: what brings it on also keeps it away", "change one"
            )
        need, wants = sheet.number("ask.need", node), sheet.one("ask.wants", node)
        if need is not None and wants is not None and need > len(wants.kids) > 0:
            cure = f"ask for {len(wants.kids)} at most"
            sheet.say(wants, f"the question needs {need:g} answers, but wants {len(wants.kids)}", cure)
        times, texts = sheet.number("repeat.times", node), sheet.one("repeat.texts", node)
        if times is not None and texts is not None and len(texts.kids) > times:
            sheet.say(
                texts,
                f"{len(texts.kids)} texts for {times:g} times",
                "take texts out, or let it come more often",
            )


def _personas(sheet: Sheet) -> None:
    """A persona that waits has both a timer and words for it, and waits from an inject of its own."""
    senders = {node.text("id"): node.text("from") for node in sheet.select("injects[]")}
    for node in sheet.select("personas[]"):
        first = node.get("waits_from")
        if first is not None and senders.get(node.text("waits_from"), node.text("id")) != node.text("id"):
            message = f'inject "{echo(first.value)}" is not from persona "{echo(node.text("id"))}"'
            sheet.say(first, message, "name one of theirs")
    for node in sheet.select("personas[]"):
        if ("timer_min" in node.kids) != ("ladder" in node.kids):
            sheet.say(
                node, f'persona "{echo(node.text("id"))}" has a timer or a ladder, not both', "add the other"
            )


def _handoff(sheet: Sheet) -> None:
    """The read-back has as many questions as are needed."""
    asked = len(list(sheet.select("handoff.read_back[]")))
    for path in ("handoff.need", "handoff.accept"):
        node, need = sheet.one(path), sheet.number(path)
        if node is not None and need is not None and need > asked:
            message = f"{need:g} answers are needed, but {asked} questions asked"
            sheet.say(node, message, "ask more, or need fewer")


def _outcomes(sheet: Sheet) -> None:
    """What follows from an inject can come: something decides about it."""
    for node in sheet.select("injects[]"):
        decided = {"within_min", "clears", "spoils", "ask", "report"} & set(node.kids)
        stands_for_handoff = node.text("id") == getattr(sheet.one("handoff.inject"), "value", None)
        for name in ("handled", "ignored"):
            follows = node.get(name)
            if follows is not None and not decided and not stands_for_handoff:
                cure = "add clears, spoils or within_min"
                sheet.say(follows, f"nothing decides whether this inject is {name}", cure)


def _texts(sheet: Sheet) -> None:
    """Texts hold only placeholders that somebody fills."""
    words = [*WORLD_WORDS, *sheet.known("people", "personas")]
    for path in SPOKEN:
        for node in sheet.select(path):
            check_braces(sheet, node, words)
    for path in ("updates.internal", "updates.external"):
        for node in sheet.select(path):
            check_braces(sheet, node, TEMPLATE_WORDS)


rules = (_conditions, _injects, _personas, _handoff, _outcomes, _texts)
