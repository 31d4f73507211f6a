"""The world: sums, orders, cycles, monitors that cannot fire, parameters of faults."""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from scenarios.lint.sheet import Sheet, check_braces
from scenarios.problems import Problem, echo
from scenarios.yaml_nodes import Node
from simulator import faults
from simulator.errors import BadParameters
from simulator.operations import OPERATIONS
from simulator.registry import parameters

SUM_TOLERANCE = 1e-6
MAX_PARAMETER = 1e12
MONITOR_PARAMS: dict[str, tuple[str, ...]] = {
    "site_down": (),
    "standby_down": (),
    "index_lag": (),
    "saturation": ("load_above_frac", "share_above_frac", "for_s"),
    "fast_burn": ("rate",),
    "slow_burn": ("rate", "after_fast_s"),
    "threshold": ("for_s", "load_above_frac", "p99_above_ms", "served_below_frac"),
}
ALERT_FACTS = (
    "carrier",
    "carrier_load_pct",
    "failing",
    "lag_min",
    "load",
    "load15",
    "served_pct",
    "share_pct",
    "site",
)
POINTERS = {"site": "sites", "sites": "sites", "service": "services", "services": "services"}


def _shares(sheet: Sheet) -> None:
    """The shares of the traffic classes sum to 1, and at most one is essential."""
    classes = sheet.one("world.traffic.classes")
    if classes is None:
        return
    shares = [sheet.number("share", each) for each in classes.each()]
    known = [share for share in shares if share is not None]
    if known and len(known) == len(shares) and abs(sum(known) - 1) > SUM_TOLERANCE:
        sheet.say(classes, f"the shares of traffic sum to {sum(known):.4g}", "make them sum to 1")
    essential = [node for node in sheet.select("world.traffic.classes[].essential") if node.value is True]
    for node in essential[1:]:
        sheet.say(node, "a second class is essential", "a reserved standby admits one class alone")


def _day(sheet: Sheet) -> None:
    """The day's profile rises from hour 0 to hour 24."""
    day = sheet.one("world.traffic.day")
    nodes = [node for node in sheet.select("world.traffic.day[].hour") if isinstance(node.value, int | float)]
    if day is None or len(nodes) < 2:
        return
    for before, node in pairwise(nodes):
        if node.value <= before.value:
            sheet.say(node, f"hour {node.value} comes after hour {before.value}", "hours rise")
    if nodes[0].value != 0:
        sheet.say(nodes[0], "the day begins at hour 0", "add a point with hour 0")
    if nodes[-1].value != 24:
        sheet.say(nodes[-1], "the day ends at hour 24", "add a point with hour 24")


def _calls(sheet: Sheet) -> None:
    """Services do not call each other in a circle."""
    services = sheet.ids["services"]
    graph = {
        id_: [str(call.value) for call in sheet.select("calls[]", node) if str(call.value) in services]
        for id_, node in services.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = list(reversed(error.args[1]))
        first = min(circle, key=list(services).index)
        turned = circle[circle.index(first) : -1] + circle[: circle.index(first)]
        shown = " -> ".join([*turned, first])
        calls = services[first].get("calls")
        sheet.say(calls or services[first], f"services call in a circle: {echo(shown)}", "take one call out")


def _sites(sheet: Sheet) -> None:
    """There is a primary site."""
    sites = sheet.one("world.sites")
    if sites is None or not sites.kids:
        return
    if all(site.get("standby") is not None and site.kids["standby"].value is True for site in sites.each()):
        sheet.say(sites, "every site is a standby", "one site at least carries traffic from the start")


def _orders(sheet: Sheet) -> None:
    """Numbers that bound each other are in order."""
    for low, high, what in (
        ("world.level.degraded_loss_frac", "world.level.down_loss_frac", "down begins at or above degraded"),
        ("world.level.need_min", "world.level.of_min", "need_min is at most of_min"),
        ("cost.per_hour_low_usd", "cost.per_hour_high_usd", "the low end is at most the high end"),
        ("sla.acknowledge_min", "sla.restore_min", "acknowledging comes before restoring"),
        ("sla.penalty_frac_per_h", "sla.penalty_max_frac", "the hour's part is at most the whole penalty"),
    ):
        first, second = sheet.number(low), sheet.number(high)
        if first is not None and second is not None and first > second:
            node = sheet.one(low)
            sheet.say(node or sheet.root, f"{low} ({first:g}) is above {high} ({second:g})", what)


def _monitors(sheet: Sheet) -> None:
    """A monitor can fire."""
    standby = any(node.value is True for node in sheet.select("world.sites[].standby"))
    index = any(isinstance(node.value, dict) for node in sheet.select("world.services[].index"))
    for node in sheet.select("world.monitors[].kind"):
        if node.value == "standby_down" and not standby:
            sheet.say(
                node, "this monitor can never fire: no site is a standby", "take it out, or add a standby"
            )
        if node.value == "index_lag" and not index:
            sheet.say(
                node, "this monitor can never fire: no service has an index", "take it out, or add an index"
            )


def _monitor_params(sheet: Sheet) -> None:
    """A monitor takes the numbers of its kind, and its title the facts of an alert."""
    for monitor in sheet.select("world.monitors[]"):
        kind, params, title = monitor.text("kind"), monitor.get("params"), monitor.get("title")
        if title is not None:
            check_braces(sheet, title, ALERT_FACTS)
        if kind not in MONITOR_PARAMS:
            continue
        known = MONITOR_PARAMS[kind]
        given = list(params.keys) if params is not None else []
        for key in given:
            if key not in known and params is not None:
                message = f'a {kind} monitor takes no "{echo(key)}"'
                sheet.say_key(
                    params, key, message, sheet.suggest(key, known, "it takes") if known else "take it out"
                )
        if kind == "threshold" and not any(key in known[1:] for key in given):
            sheet.say(
                monitor, "this monitor can never fire: it has no limit", f"add one of {', '.join(known[1:])}"
            )


def _faults(sheet: Sheet) -> None:
    """A fault's parameters are what it takes, and its sites and services are there."""
    for node in sheet.select("world.faults[]"):
        id_, params = node.text("fault"), node.get("params")
        if id_ is None or id_ not in faults.FAULTS:
            continue
        if params is not None and not isinstance(params.value, dict):
            continue
        taken = [each.name for each in parameters(faults.FAULTS[id_])]
        for name in params.kids if params is not None else ():
            if name not in taken and params is not None:
                cure = sheet.suggest(str(name), taken, "it takes")
                sheet.say_key(params, str(name), f'{id_} takes no "{echo(name)}"', cure)
            elif params is not None:
                _sane(sheet, params.kids[name])
        values = {name: kid.value for name, kid in params.kids.items() if name in taken} if params else {}
        try:
            faults.parse(id_, {str(name): value for name, value in values.items()})
        except BadParameters as error:
            for part in str(error).split("; "):
                sheet.found.append(_at_parameter(sheet, params or node, part))
        for name, collection in POINTERS.items():
            _pointer(sheet, params.get(name) if params is not None else None, collection)


def _sane(sheet: Sheet, node: Node) -> None:
    """No parameter of a fault is negative or absurd, and no list is empty or names one thing twice."""
    value = node.value
    if isinstance(value, int | float) and not 0 <= value <= MAX_PARAMETER:
        sheet.say(node, f"{value:g} is no sensible number here", f"write one from 0 to {MAX_PARAMETER:g}")
    if isinstance(value, tuple):
        names = [str(each) for each in value]
        if not names:
            sheet.say(node, "this list is empty", "name at least one")
        elif len(set(names)) < len(names):
            sheet.say(node, "this list names one thing twice", "name each once")


def _at_parameter(sheet: Sheet, params: Node, message: str) -> Problem:
    named = re.search(r"[. ](\w+)\(=", message)
    name = named[1] if named else ""
    line, column = params.keys.get(name, (params.line, params.column))
    return Problem(sheet.file, line, column, message[:200])


def _pointer(sheet: Sheet, node: Node | None, collection: str) -> None:
    if node is None:
        return
    for each in list(node.each()) or [node]:
        if isinstance(each.value, str) and each.value not in sheet.ids[collection]:
            what = collection.removesuffix("s")
            sheet.say(
                each,
                f'unknown {what} "{echo(each.value)}"',
                sheet.suggest(each.value, sheet.ids[collection], "known"),
            )


def _limits(sheet: Sheet) -> None:
    """Limits belong to operations."""
    limits = sheet.one("world.limits")
    if limits is None:
        return
    operations = sheet.ids["operations"]
    for key in limits.keys:
        operation, dot, name = key.partition(".")
        if not dot or not name:
            sheet.say_key(
                limits, key, f'"{echo(key)}" is no limit', "write operation.field: roll_back.lead_s"
            )
        elif operation not in operations:
            cure = sheet.suggest(operation, operations, "known")
            sheet.say_key(limits, key, f'unknown operation "{echo(operation)}"', cure)
        elif name not in OPERATIONS[operation].times:
            cure = sheet.suggest(name, OPERATIONS[operation].times, "it has")
            sheet.say_key(limits, key, f'{operation} has no limit "{echo(name)}"', cure)


rules = (_shares, _day, _calls, _sites, _orders, _monitors, _monitor_params, _faults, _limits)
