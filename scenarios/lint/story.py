"""The story: its times, its acts one after the other, its skips, its end."""

from __future__ import annotations

from scenarios.lint.sheet import Sheet
from scenarios.times import MINUTE_MS
from scenarios.yaml_nodes import Node

# Times that must lie in the story, and those that may also lie in the pre-roll.
INSIDE = (
    "duty.soft",
    "duty.hard",
    "duty.seek_by",
    "end.at",
    "people[].relief.asked_by",
    "personas[].complains_at",
    "scoring.forecast_by",
    "stages[].at",
)
BEFORE = ("world.faults[].at", "changes[].at")
SPANS = ("people[]", "facts[]")


def _inside(sheet: Sheet) -> None:
    """Times lie in the story; faults and changes may lie in the pre-roll."""
    clock = sheet.clock
    if clock is None:
        return
    end_ms, first_ms = clock.minutes * MINUTE_MS, -clock.preroll_min * MINUTE_MS
    for paths, from_ms in ((INSIDE, 0), (BEFORE, first_ms)):
        for node in (node for path in paths for node in sheet.select(path)):
            t_ms = sheet.time(node)
            if t_ms is not None and not from_ms <= t_ms <= end_ms:
                span = f"{clock.story(from_ms)} to {clock.story(end_ms)}"
                sheet.say(node, f'"{node.value}" is outside the story', f"it runs from {span}")


def _acts(sheet: Sheet) -> None:
    """Acts follow each other without gap or overlap, from the start to the end of the story."""
    clock = sheet.clock
    if clock is None:
        return
    previous_ms = 0
    for act in sheet.select("acts[]"):
        begins, ends = act.get("from"), act.get("to")
        from_ms, to_ms = sheet.time(begins), sheet.time(ends)
        if begins is None or ends is None or from_ms is None or to_ms is None:
            return
        if from_ms != previous_ms:
            word = "overlaps the act before it" if from_ms < previous_ms else "leaves a gap before it"
            if previous_ms == 0:
                word = "does not begin where the story does"
            sheet.say(begins, f'act "{act.text("id")}" {word}', f'begin it at "{clock.story(previous_ms)}"')
        if to_ms <= from_ms:
            sheet.say(
                ends,
                f'act "{act.text("id")}" ends before it begins',
                "name the weekday if it ends another day",
            )
        elif to_ms > clock.minutes * MINUTE_MS:
            sheet.say(
                ends,
                f'act "{act.text("id")}" leaves the story',
                "make story.minutes longer, or the act shorter",
            )
        _speeds(sheet, act, from_ms, to_ms)
        _skips(sheet, act, from_ms, to_ms)
        previous_ms = max(to_ms, from_ms)
    _end(sheet, previous_ms)


def _speeds(sheet: Sheet, act: Node, from_ms: int, to_ms: int) -> None:
    last_ms, last = from_ms, None
    for stretch in sheet.select("speeds[].until", act):
        t_ms = sheet.time(stretch)
        if t_ms is None:
            return
        if not last_ms < t_ms <= to_ms:
            sheet.say(
                stretch, "this stretch does not lie in its act after the one before", "let the times rise"
            )
            return
        last_ms, last = t_ms, stretch
    if last is not None and last_ms != to_ms:
        sheet.say(last, "the last speed ends before its act", f'let it last until "{act.text("to")}"')


def _skips(sheet: Sheet, act: Node, from_ms: int, to_ms: int) -> None:
    last_ms = from_ms
    for skip in sheet.select("skips[]", act):
        begins_ms, ends_ms = sheet.time(skip.get("from")), sheet.time(skip.get("to"))
        if begins_ms is None or ends_ms is None:
            return
        if not last_ms <= begins_ms < ends_ms <= to_ms:
            sheet.say(skip, "this skip does not lie in its act after the one before", "let the times rise")
            return
        last_ms = ends_ms


def _end(sheet: Sheet, acts_end_ms: int) -> None:
    node = sheet.one("end.at")
    end_ms = sheet.time(node)
    if node is None or end_ms is None or acts_end_ms == 0 or sheet.clock is None:
        return
    if end_ms != acts_end_ms:
        cure = f'end at "{sheet.clock.story(acts_end_ms)}", or change the last act'
        sheet.say(node, "the drill does not end with its last act", cure)


def _spans(sheet: Sheet) -> None:
    """What is from one time until another is in that order; so are the limits of duty."""
    for path in SPANS:
        for node in sheet.select(path):
            begins_ms, ends = sheet.time(node.get("from")), node.get("until")
            ends_ms = sheet.time(ends)
            if ends is not None and begins_ms is not None and ends_ms is not None and ends_ms <= begins_ms:
                sheet.say(ends, "this ends before it begins", "name the weekday if it ends another day")
    soft, hard = sheet.time(sheet.one("duty.soft")), sheet.one("duty.hard")
    hard_ms = sheet.time(hard)
    if hard is not None and soft is not None and hard_ms is not None and hard_ms < soft:
        sheet.say(hard, "the hard limit of duty comes before the soft one", "exchange them")


rules = (_inside, _acts, _spans)
