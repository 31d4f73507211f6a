"""The story in one screen."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from scoring.reading import Night
from scoring.story import story
from tests.scoring.nights import MANAGED, UNMANAGED
from tests.scoring.notation import SETTING, record


def _story(text: str, end: float):  # type: ignore[no-untyped-def]
    return story(Night(record(text, end=end), SETTING))


def test_lanes_are_users_sites_standby_command_communications_hypotheses() -> None:
    """In this order, the standby last among the sites."""
    found = _story(MANAGED, 400)
    assert [lane.id for lane in found.lanes] == [
        "users", "dc1", "dc2", "dc3", "s0", "command", "communications", "hypotheses",
    ]  # fmt: skip
    assert [span.state for span in found.users.spans] == ["up", "degraded", "up"]
    assert [span.label for span in found.command.spans] == ["", "Commander"]


def test_what_was_called_for_and_absent_is_hatched() -> None:
    """Command and communications of the unmanaged night, from the trigger on."""
    found = _story(UNMANAGED, 600)
    assert [(span.state, span.from_ms // 60_000) for span in found.command.spans] == [("absent", 12)]
    assert [(span.state, span.label) for span in found.communications.spans] == [("silent", "9 h 48 silent")]


def test_flapping_is_one_stretch() -> None:
    """A site that came in for seconds stays down in the picture."""
    found = _story(UNMANAGED, 600)
    first_site = next(lane for lane in found.sites if lane.id == "dc1")
    assert [span.state for span in first_site.spans] == ["up", "down"]


@given(st.lists(st.floats(0, 36_000_000), min_size=2, max_size=20))
def test_the_axis_never_goes_back(moments: list[float]) -> None:
    """Later is never further left, and all of the night fits."""
    axis = _story(UNMANAGED, 600).axis
    places = [axis.x(t_ms) for t_ms in sorted(moments)]
    assert all(a <= b for a, b in pairwise(places))
    assert axis.x(0) == 0
    assert axis.x(36_000_000) == 1


def test_much_happening_makes_an_hour_wide() -> None:
    """The first half-hour takes more room than a quiet one."""
    axis = _story(UNMANAGED, 600).axis
    assert axis.x(30 * 60_000) > 2 * (axis.x(510 * 60_000) - axis.x(480 * 60_000))


def test_key_moments_are_numbered_in_order_and_twelve_at_most() -> None:
    """Each with its entry."""
    night = record(MANAGED)
    found = story(Night(night, SETTING)).moments
    assert [moment.number for moment in found] == list(range(1, len(found) + 1))
    assert 8 <= len(found) <= 12
    assert all(night.items[moment.n].t_ms <= moment.t_ms for moment in found)
    assert [m.t_ms for m in found] == sorted(m.t_ms for m in found)


def test_the_story_is_plain_data_for_a_screen() -> None:
    """Places are parts of the width."""
    found = _story(MANAGED, 400).as_json()
    assert all(0 <= span["x0"] <= span["x1"] <= 1 for lane in found["lanes"] for span in lane["spans"])
    assert len(found["updates"]) == 7


def test_a_standby_is_up_while_it_carries_traffic() -> None:
    """By its measured share; nobody puts it in."""
    minutes = [60_000.0 * minute for minute in range(1, 401)]
    share = [0.06 if 13 <= minute <= 100 else 0.0 for minute in range(1, 401)]
    night = record(MANAGED, metrics={"t_ms": minutes, "s0.share": share})
    standby = story(Night(night, SETTING)).sites[-1]
    assert [(span.state, span.from_ms // 60_000) for span in standby.spans] == [
        ("idle", 0),
        ("up", 12),
        ("idle", 100),
    ]
