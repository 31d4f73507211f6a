"""The story in one screen: lanes over a time axis that is stretched where much happened."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from drills.record import Item
from scoring.practices.cadence import cadence
from scoring.reading import Night
from scoring.ribbons import Ribbon, who
from scoring.sentences import Voice
from scoring.timing import MIN_MS, duration

BIN_MS = 30 * MIN_MS
FLAP_MS = 2 * MIN_MS
QUIET_WEIGHT, ITEM_WEIGHT, MOST_WEIGHT = 0.35, 0.25, 3.0
TICK_SPACE_FRAC = 0.075
MOST_MOMENTS = 12
TELLING = (
    "site.",
    "alert.",
    "role.",
    "update.",
    "doc.",
    "operation.",
    "hypothesis.",
    "page.sent",
    "level.",
    "ticket.",
)
STATE_WORDS = {
    "up": "Up",
    "degraded": "Degraded",
    "down": "Down",
    "warming": "Warming",
    "idle": "",
    "out": "Out",
}


@dataclass(frozen=True)
class Axis:
    """A time axis in parts of its width: bin edges in ms and their places, 0..1."""

    edges_ms: tuple[int, ...]
    places: tuple[float, ...]

    def x(self, t_ms: float) -> float:
        """Give the place of a moment, 0..1."""
        if t_ms <= self.edges_ms[0]:
            return 0.0
        if t_ms >= self.edges_ms[-1]:
            return 1.0
        at = bisect_right(self.edges_ms, t_ms) - 1
        part = (t_ms - self.edges_ms[at]) / (self.edges_ms[at + 1] - self.edges_ms[at])
        return self.places[at] + part * (self.places[at + 1] - self.places[at])


@dataclass(frozen=True)
class Tick:
    """A labelled moment of the axis."""

    t_ms: int
    label: str


@dataclass(frozen=True)
class Span:
    """A stretch in a lane.

    Args:
        state: up, degraded, down, warming, idle, out; held, absent, silent, open, held_true, ruled_out.
        label: words inside the stretch.
    """

    from_ms: int
    to_ms: int
    state: str
    label: str = ""
    n: int | None = None


@dataclass(frozen=True)
class Lane:
    """A row of the picture."""

    id: str
    title: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class KeyMoment:
    """A numbered moment with its sentence; it opens its entry."""

    number: int
    t_ms: int
    story: str
    text: str
    n: int


@dataclass(frozen=True)
class Story:
    """All lanes of a night.

    Args:
        updates: moments at which the required list was told something, with their entries.
        silence: the longest silence in words, "" when none stood out.
    """

    from_ms: int
    to_ms: int
    axis: Axis
    ticks: tuple[Tick, ...]
    users: Lane
    sites: tuple[Lane, ...]
    command: Lane
    communications: Lane
    updates: tuple[tuple[int, int], ...]
    first_notice: str
    silence: str
    hypotheses: Lane
    moments: tuple[KeyMoment, ...]

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """All lanes from top to bottom."""
        return (self.users, *self.sites, self.command, self.communications, self.hypotheses)

    def as_json(self) -> dict[str, Any]:
        """Give the picture as plain data, places on the axis worked out."""
        return {
            "from_ms": self.from_ms,
            "to_ms": self.to_ms,
            "ticks": [{"t_ms": t.t_ms, "label": t.label, "x": self._x(t.t_ms)} for t in self.ticks],
            "lanes": [
                {"id": lane.id, "title": lane.title, "spans": [self._span(span) for span in lane.spans]}
                for lane in self.lanes
            ],
            "updates": [{"t_ms": t_ms, "n": n, "x": self._x(t_ms)} for t_ms, n in self.updates],
            "moments": [
                {
                    "number": m.number,
                    "t_ms": m.t_ms,
                    "story": m.story,
                    "text": m.text,
                    "n": m.n,
                    "x": self._x(m.t_ms),
                }
                for m in self.moments
            ],
        }

    def _x(self, t_ms: int) -> float:
        return round(self.axis.x(t_ms), 4)

    def _span(self, span: Span) -> dict[str, Any]:
        return {
            "from_ms": span.from_ms,
            "to_ms": span.to_ms,
            "x0": self._x(span.from_ms),
            "x1": self._x(span.to_ms),
            "state": span.state,
            "label": span.label,
            "n": span.n,
        }


def story(night: Night) -> Story:
    """Build the picture of a night from t = 0 to its end."""
    end_ms = max(night.end_ms, MIN_MS)
    axis = stretched_axis(night, end_ms)
    sites = [site for site in night.setting.sites if site.id in night.sites]
    updates = [item for item in night.items("update.sent") if night.setting.is_qualified(item.about)]
    return Story(
        from_ms=0,
        to_ms=end_ms,
        axis=axis,
        ticks=tuple(_ticks(night, axis)),
        users=Lane("users", "Users", tuple(_spans(night.levels))),
        sites=tuple(
            Lane(
                site.id,
                site.title,
                tuple(_spans(_standby(night, site.id) if site.standby else night.sites[site.id])),
            )
            for site in sorted(sites, key=lambda site: site.standby)
        ),
        command=Lane("command", "Command", tuple(_command(night))),
        communications=Lane("communications", "Communications", tuple(_silences(night))),
        updates=tuple((item.t_ms, item.n) for item in updates),
        first_notice=_first_notice(night, updates),
        silence=_silence_text(night),
        hypotheses=Lane("hypotheses", "Hypotheses", tuple(_hypotheses(night))),
        moments=key_moments(night),
    )


def stretched_axis(night: Night, end_ms: int) -> Axis:
    """Give an axis of half-hour bins, each as wide as what happened in it asks for."""
    edges = [*range(0, end_ms, BIN_MS), end_ms]
    counts = [0] * (len(edges) - 1)
    for item in night.record.items:
        if 0 <= item.t_ms < end_ms and item.kind.startswith(TELLING):
            counts[bisect_right(edges, item.t_ms) - 1] += 1
    weights = [
        min(MOST_WEIGHT, QUIET_WEIGHT + ITEM_WEIGHT * count) * (b - a) / BIN_MS
        for count, a, b in zip(counts, edges, edges[1:], strict=False)
    ]
    total, places = sum(weights), [0.0]
    for weight in weights:
        places.append(min(1.0, places[-1] + weight / total))
    places[-1] = 1.0
    return Axis(tuple(edges), tuple(places))


def _ticks(night: Night, axis: Axis) -> Iterable[Tick]:
    last, day = -1.0, night.setting.day(0)
    for t_ms in axis.edges_ms[:-1]:
        if axis.x(t_ms) - last < TICK_SPACE_FRAC or axis.x(t_ms) > 1 - TICK_SPACE_FRAC:
            continue
        is_new_day = night.setting.day(t_ms) != day
        yield Tick(t_ms, night.setting.story(t_ms) if is_new_day else night.setting.time(t_ms))
        last, day = axis.x(t_ms), night.setting.day(t_ms)
    end_ms = axis.edges_ms[-1]
    yield Tick(end_ms, night.setting.said(end_ms))


def _spans(ribbons: Iterable[Ribbon]) -> Iterable[Span]:
    for part in _smoothed(ribbons):
        if part.to_ms > 0:
            yield Span(
                max(0, part.from_ms), part.to_ms, part.state, STATE_WORDS.get(part.state, part.state), part.n
            )


def _standby(night: Night, site: str) -> list[Ribbon]:
    """Give a standby's stretches by its measured share: it comes and goes without anybody putting it in."""
    columns = night.record.metrics
    states = ["up" if share > 0 else "idle" for share in columns.get(f"{site}.share", ())]
    ends_ms = [int(t_ms) for t_ms in columns.get("t_ms", ())][: len(states)]
    if not states:
        return list(night.sites[site])
    parts: list[Ribbon] = []
    for end_ms, state in zip(ends_ms, states, strict=True):
        shown = "down" if state == "idle" and _is_down(night, site, end_ms) else state
        if parts and parts[-1].state == shown:
            parts[-1] = Ribbon(parts[-1].from_ms, end_ms, shown, parts[-1].n)
        else:
            parts.append(Ribbon(parts[-1].to_ms if parts else end_ms - MIN_MS, end_ms, shown))
    return parts


def _is_down(night: Night, site: str, t_ms: int) -> bool:
    state = next((part.state for part in reversed(night.sites[site]) if part.from_ms <= t_ms), "")
    return state == "down"


def _smoothed(ribbons: Iterable[Ribbon]) -> list[Ribbon]:
    """Join stretches of one state that flapping shorter than two minutes cut apart."""
    parts: list[Ribbon] = []
    for part in ribbons:
        if len(parts) > 1 and parts[-2].state == part.state and parts[-1].to_ms - parts[-1].from_ms < FLAP_MS:
            before = parts[-2]
            parts[-2:] = [Ribbon(before.from_ms, part.to_ms, before.state, before.n)]
        else:
            parts.append(part)
    return parts


def _command(night: Night) -> Iterable[Span]:
    """Give who held command by seat, and the stretches in which it was called for and nobody commanded."""
    major = night.moments.major
    if major is not None:
        over_ms, at_ms = night.moments.lifecycle_end_ms, major.t_ms
        covered = sorted((part.from_ms, part.to_ms) for part in night.command_exercised)
        for from_ms, to_ms in [*(one for one in covered if one[0] < over_ms), (over_ms, night.end_ms)]:
            if from_ms - at_ms >= MIN_MS:
                yield Span(at_ms, from_ms, "absent", "", major.n)
            at_ms = max(at_ms, to_ms)
    for hold in night.command:
        title = next((seat.title for seat in night.record.seats if seat.id == hold.seat), hold.seat)
        for part in night.command_exercised:
            if part.n == hold.n:
                yield Span(part.from_ms, part.to_ms, "held", title.replace("_", " "), hold.n)


def _silences(night: Night) -> Iterable[Span]:
    """Give the stretches in which updates were due and none came, longer than U."""
    major = night.moments.major
    if major is None:
        return
    end_ms, allowed_ms = night.moments.lifecycle_end_ms, night.setting.thresholds.update * MIN_MS
    told = [i.t_ms for i in night.items("update.sent") if night.setting.is_qualified(i.about)]
    points = [major.t_ms, *(t for t in told if major.t_ms < t < end_ms), end_ms]
    for from_ms, to_ms in pairwise(points):
        if to_ms - from_ms > allowed_ms + MIN_MS:
            yield Span(from_ms, to_ms, "silent", f"{duration((to_ms - from_ms) / MIN_MS)} silent")


def _first_notice(night: Night, updates: Sequence[Item]) -> str:
    major = night.moments.major
    if not updates or major is None:
        return ""
    after_min = (updates[0].t_ms - major.t_ms) / MIN_MS
    return f"first notice, {duration(after_min)} after the trigger" if after_min > 0 else "first notice"


def _silence_text(night: Night) -> str:
    major = night.moments.major
    if major is None:
        return ""
    seen = cadence(night, major.t_ms, night.moments.lifecycle_end_ms, human=False)
    return f"{duration(seen.longest_silence_min)} silent" if seen.longest_silence_min > 0 else ""


def _hypotheses(night: Night) -> Iterable[Span]:
    for item in night.items("hypothesis.recorded"):
        same: Callable[[Item], bool] = lambda later, id_=item.about: later.about == id_  # type: ignore[misc]  # noqa: E731
        closed = night.first("hypothesis.ruled_out", "hypothesis.confirmed", where=same)
        text = night.record.text(item) or item.about
        if closed is None:
            yield Span(item.t_ms, night.end_ms, "open", f"{text}: open", item.n)
        elif closed.kind == "hypothesis.confirmed":
            yield Span(item.t_ms, closed.t_ms, "held_true", f"{text}: held true", item.n)
        else:
            yield Span(item.t_ms, closed.t_ms, "ruled_out", f"{text}: ruled out", item.n)


# --- key moments


def key_moments(night: Night) -> tuple[KeyMoment, ...]:
    """Give the eight to twelve moments to agree on first; the earlier in the list of wishes the surer."""
    chosen: dict[int, tuple[int, str]] = {}
    for n, t_ms, text in _wishes(night):
        if len(chosen) == MOST_MOMENTS:
            break
        chosen.setdefault(n, (t_ms, text))
    ordered = sorted(chosen.items(), key=lambda pair: (pair[1][0], pair[0]))
    return tuple(
        KeyMoment(number, t_ms, night.said(t_ms), text, n)
        for number, (n, (t_ms, text)) in enumerate(ordered, start=1)
    )


def _wishes(night: Night) -> Iterable[tuple[int, int, str]]:
    voice, marks = Voice(night.record, night.setting), night.moments
    for index, mark in enumerate(marks.outs[:3]):
        title = night.setting.site_title(mark.why)
        yield mark.n, mark.t_ms, (f"{title} lost", f"{title} lost too", f"{title} lost as well")[index]
    for kind, text in (
        ("total_outage.began", "Nobody served"),
        ("sla.breached", "Service level agreement breached"),
    ):
        item = night.first(kind)
        if item:
            yield item.n, item.t_ms, text
    taken = next(iter(night.command), None)
    if taken:
        yield taken.n, taken.from_ms, f"{voice.name(taken.seat)} takes command"
    for text, found in _deeds(night, voice):
        if found:
            yield found.n, found.t_ms, text
    for mark_or_none, text in (
        (marks.mitigated, "Users served again"),
        (marks.recovered, "Everything back as before"),
        (marks.closed, "Ticket closed"),
    ):
        if mark_or_none:
            yield mark_or_none.n, mark_or_none.t_ms, text


def _deeds(night: Night, voice: Voice) -> Iterable[tuple[str, Item | None]]:
    yield (
        "First notice to the list",
        night.first("update.sent", where=lambda i: night.setting.is_qualified(i.about)),
    )
    yield "Document opened", night.first("doc.opened")
    yield (
        "Forecast written down",
        night.first(
            "doc.edited",
            where=lambda i: any(c.get("property") == "forecast" for c in i.data.get("claims", ())),
        ),
    )
    paged = night.first("page.sent", where=lambda i: i.about in ("developer", "specialist"))
    yield (f"{voice.name(paged.about)} paged" if paged else "", paged)
    tried = night.first("operation.started", where=lambda i: i.origin == "journal" and bool(who(i)))
    yield (f"First change: {str(tried.data.get('operation')).replace('_', ' ')}" if tried else "", tried)
    yield "Handed over", night.first("role.handed_off")
