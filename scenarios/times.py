"""Times of the story: "Wed 03:52" and the milliseconds since the drill's start that they stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS
WEEK_MS = 7 * DAY_MS

_TIME = re.compile(r"(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?")


class StoryTimeError(ValueError):
    """A text is no time of the story."""


def _parse(text: str) -> tuple[str | None, int]:
    match = _TIME.fullmatch(text)
    if match is None:
        raise StoryTimeError(f'"{text[:40]}" is no story time; write "03:15" or "Thu 06:00"')
    day, hour, minute, second = match.groups()
    return day, (int(hour) * 60 + int(minute)) * MINUTE_MS + int(second or 0) * 1000


@dataclass(frozen=True)
class StoryClock:
    """Turns story times into drill times and back.

    Args:
        starts: weekday and time of the drill's start, "Wed 03:00".
        minutes: length of the longest drill; with `preroll_min` it decides which week a weekday means.
    """

    starts: str
    minutes: int
    preroll_min: int = 90

    def _start_ms(self) -> int:
        day, of_day_ms = _parse(self.starts)
        if day is None:
            raise StoryTimeError(f'"{self.starts[:40]}" names no weekday; write "Wed 03:00"')
        return DAYS.index(day) * DAY_MS + of_day_ms

    @property
    def hour(self) -> float:
        """Hour of the day at the start, 0..24."""
        return (self._start_ms() % DAY_MS) / (60 * MINUTE_MS)

    def at(self, text: str) -> int:
        """Give milliseconds since the start, negative before it.

        A time without a weekday is on the day on which the story starts.

        Raises:
            StoryTimeError: the text is no story time.
        """
        start = self._start_ms()
        day, of_day_ms = _parse(text)
        if day is None:
            return start // DAY_MS * DAY_MS + of_day_ms - start
        t_ms = DAYS.index(day) * DAY_MS + of_day_ms - start
        before_ms = -self.preroll_min * MINUTE_MS
        while t_ms < before_ms:
            t_ms += WEEK_MS
        if t_ms > self.minutes * MINUTE_MS and t_ms - WEEK_MS >= before_ms:
            t_ms -= WEEK_MS
        return t_ms

    def story(self, t_ms: int) -> str:
        """Give weekday, hour and minute of a drill time: "Wed 03:52"."""
        minutes = (self._start_ms() + t_ms) // MINUTE_MS
        return f"{DAYS[minutes // 1440 % 7]} {minutes % 1440 // 60:02d}:{minutes % 60:02d}"
