"""The story's lanes as SVG: users, sites, command, communications, hypotheses, key moments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from scoring.story import KeyMoment, Lane, Span, Story

WIDTH, LEFT, RIGHT = 1380.0, 116.0, 10.0
LETTER_PX = 6.3
FILLED = ("down", "degraded")
SHAPES = {"degraded": "M-4 4L0 -4L4 4Z", "down": "M-4 -4H4V4H-4Z"}
HATCHED = ("absent", "silent")
BALL_PX = 19.0


def lanes_svg(story: Story) -> Markup:
    """Draw the story; colours come from the page's classes, so that light, dark and print agree."""
    y, parts = 22.0, list[str]()
    parts += _state_lane(story, story.users, y, 20.0, strong=True)
    y += 28
    for lane in story.sites:
        parts += _state_lane(story, lane, y, 16.0)
        y += 19
    y += 8
    parts += _command_lane(story, y)
    y += 32
    parts += _communications(story, y)
    y += 48
    rows = _rows(story, story.hypotheses.spans)
    parts += _hypotheses(story, rows, y)
    y += 17 * max(1, len(rows)) + 12
    parts += _moments(story, y)
    height = y + 42
    head = _grid(story, height - 16)
    label = f"Lanes over story time: {', '.join(lane.title for lane in story.lanes)}, key moments"
    body = "".join([*head, *parts])
    return Markup(  # noqa: S704 - every text below is escaped where it is put in
        f'<svg viewBox="0 0 {WIDTH:.0f} {height:.0f}" role="img" aria-label="{escape(label)}">'
        f"{_HATCH}{body}</svg>"
    )


_HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)">'
    '<line y2="6" class="hatch"/></pattern></defs>'
)


def _x(story: Story, t_ms: int) -> float:
    return LEFT + story.axis.x(t_ms) * (WIDTH - LEFT - RIGHT)


def _text(x: float, y: float, words: str, css: str = "", anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{css}" text-anchor="{anchor}">{escape(words)}</text>'


def _cut(words: str, width_px: float) -> str:
    """Give as much of some words as fits into a width, "" when not even a few letters do."""
    room = int(width_px / LETTER_PX)
    if len(words) <= room:
        return words
    return f"{words[: room - 1]}…" if room >= 8 else ""


def _grid(story: Story, bottom: float) -> list[str]:
    parts = []
    for index, tick in enumerate(story.ticks):
        x = _x(story, tick.t_ms)
        anchor = "start" if index == 0 else "end" if index == len(story.ticks) - 1 else "middle"
        parts.append(f'<line class="gl" x1="{x:.1f}" x2="{x:.1f}" y1="18" y2="{bottom:.1f}"/>')
        parts.append(_text(x, 12, tick.label, "mono", anchor))
    return parts


def _rect(x: float, y: float, width: float, height: float, css: str) -> str:
    return f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{height}" rx="2" class="{css}"/>'


def _box(story: Story, span: Span, y: float, height: float, css: str) -> tuple[str, float, float]:
    x = _x(story, span.from_ms)
    width = max(1.5, _x(story, span.to_ms) - x - 1)
    return _rect(x, y, width, height, css), x, width


def _state_lane(story: Story, lane: Lane, y: float, height: float, *, strong: bool = False) -> list[str]:
    parts = [_text(0, y + height / 2 + 4, lane.title, "b")]
    for span in lane.spans:
        full = strong and span.state in FILLED
        rect, x, width = _box(story, span, y, height, f"{span.state}-{'fill' if full else 'soft'}")
        parts.append(rect)
        if span.state in FILLED and not full:
            parts.append(_rect(x, y + height - 2.5, width, 2.5, f"{span.state}-fill"))
        ink = f"on-{span.state}" if full else f"{span.state}-ink"
        shape, has_words = SHAPES.get(span.state), width > 58
        if shape and width > 11:
            at = x + 9 if has_words else x + width / 2
            parts.append(
                f'<path d="{shape}" transform="translate({at:.1f} {y + height / 2})" class="{ink}"/>'
            )
        if has_words and span.label:
            parts.append(_text(x + (17 if shape else 6), y + height / 2 + 4, span.label, f"md {ink}"))
    return parts


def _command_lane(story: Story, y: float) -> list[str]:
    parts = [_text(0, y + 15, story.command.title, "b"), _base(y, 22)]
    for span in story.command.spans:
        rect, x, width = _box(story, span, y, 22, "hatched" if span.state in HATCHED else "act-soft")
        parts.append(rect)
        words = _cut(span.label, width - 10)
        if words:
            parts.append(_text(x + 6, y + 15, words, "md ink"))
    return parts


def _base(y: float, height: float) -> str:
    return _rect(LEFT, y, WIDTH - LEFT - RIGHT, height, "idle-soft")


def _communications(story: Story, y: float) -> list[str]:
    parts = [_text(0, y + 13, story.communications.title, "b")]
    parts.append(f'<line class="base" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y + 9}" y2="{y + 9}"/>')
    widest: tuple[float, float, str] = (0.0, 0.0, "")
    for span in story.communications.spans:
        rect, x, width = _box(story, span, y, 18, "hatched")
        parts.append(rect)
        widest = max(widest, (width, x, span.label))
    for t_ms, _ in story.updates:
        parts.append(f'<path d="M{_x(story, t_ms):.1f} {y + 2}l7 7l-7 7l-7-7z" class="act"/>')
    notice_end = 0.0
    if story.updates and story.first_notice:
        x = _x(story, story.updates[0][0])
        parts.append(_text(x, y + 32, story.first_notice))
        notice_end = x + len(story.first_notice) * LETTER_PX
    if widest[2]:
        x = min(max(widest[1], notice_end + 10), WIDTH - RIGHT - len(widest[2]) * LETTER_PX)
        if x >= notice_end:
            parts.append(_text(x, y + 32, widest[2]))
    return parts


def _rows(story: Story, spans: Sequence[Span]) -> list[list[Span]]:
    """Lay spans into as few rows as keep them apart."""
    rows: list[list[Span]] = []
    for span in spans[:8]:
        free = next((row for row in rows if _x(story, row[-1].to_ms) + 8 < _x(story, span.from_ms)), None)
        if free is None:
            rows.append([span])
        else:
            free.append(span)
    return rows[:4]


def _hypotheses(story: Story, rows: Iterable[Sequence[Span]], y: float) -> list[str]:
    parts = [_text(0, y + 12, story.hypotheses.title, "b")]
    for index, row in enumerate(rows):
        for span in row:
            css = {"held_true": "lvl-box", "ruled_out": "out-box"}.get(span.state, "open-box")
            rect, x, width = _box(story, span, y + 17 * index, 14, css)
            parts.append(rect.replace('rx="2"', 'rx="7"'))
            words = _cut(span.label, width - 14)
            if words:
                parts.append(_text(x + 8, y + 17 * index + 11, words))
    return parts


def _moments(story: Story, y: float) -> list[str]:
    parts, last = [_text(0, y + 14, "Key moments", "b")], -99.0
    for moment in story.moments:
        x, low = _x(story, moment.t_ms), 0.0
        x = min(max(x, LEFT + 9), WIDTH - RIGHT - 9)
        if x - last < BALL_PX:
            low, last = 19.0, -99.0
        else:
            last = x
        parts += _ball(moment, x, y + 10 + low)
    return parts


def _ball(moment: KeyMoment, x: float, y: float) -> list[str]:
    return [
        f'<line class="pin" x1="{x:.1f}" x2="{x:.1f}" y1="18" y2="{y - 9:.1f}"/>',
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" class="ball"/>',
        _text(x, y + 4, str(moment.number), "no-in", "middle"),
    ]
