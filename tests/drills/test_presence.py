"""Who is there: by an open stream, by a look of late, by what they do."""

from __future__ import annotations

import pytest

from drills.presence import IDLE_AFTER_S, SEEN_FOR_S, Here, Presence
from tests.handclock import HandClock


@pytest.fixture
def wall() -> HandClock:
    return HandClock()


@pytest.fixture
def presence(wall: HandClock) -> Presence:
    return Presence(wall.monotonic_s)


def test_who_was_never_seen_is_not_called_away(presence: Presence) -> None:
    """After a restart nobody has been seen yet."""
    assert presence.of("ana") == Here("never")


def test_somebody_is_here_until_the_last_tab_closes(presence: Presence, wall: HandClock) -> None:
    """Two tabs are one person; away counts from when the last one closed."""
    presence.arrive("ana")
    presence.arrive("ana")
    presence.leave("ana")
    assert presence.of("ana") == Here("here")
    presence.leave("ana")
    wall.now_s += 41
    assert presence.of("ana") == Here("away", 41)


def test_who_does_nothing_is_idle_until_they_do(presence: Presence, wall: HandClock) -> None:
    """Idle counts from the last deed, or from when they came."""
    presence.arrive("ana")
    wall.now_s += IDLE_AFTER_S + 5
    assert presence.of("ana") == Here("idle", int(IDLE_AFTER_S) + 5)
    presence.act("ana")
    assert presence.of("ana") == Here("here")


def test_who_comes_back_has_come_now(presence: Presence, wall: HandClock) -> None:
    """A phone that slept for an hour is not idle for an hour when it wakes."""
    presence.arrive("ana")
    presence.leave("ana")
    wall.now_s += 3600
    presence.arrive("ana")
    assert presence.of("ana") == Here("here")


def test_a_page_that_looks_again_counts_where_no_stream_is(presence: Presence, wall: HandClock) -> None:
    """In a lobby a look of late is enough; in a console only a stream is."""
    presence.look("ana")
    assert presence.of("ana", by_stream=False) == Here("here")
    assert presence.of("ana").state == "away"
    wall.now_s += SEEN_FOR_S + 1
    assert presence.of("ana", by_stream=False) == Here("away", int(SEEN_FOR_S) + 1)
