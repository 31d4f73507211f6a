"""Views over the wire."""

import asyncio
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.pictures import Pictures, picture
from tests.app.loops import in_a_loop

VIEWS = st.dictionaries(
    st.sampled_from(["clock", "pages", "sites", "ärger"]), st.integers() | st.text() | st.none()
)


def test_a_full_message_carries_the_view() -> None:
    """The first message is the whole view with its revision."""
    view = {"rev": 3, "clock": {"story": "Wed 03:00 · ü"}, "pages": []}
    assert json.loads(picture(3, view).full()) == {"type": "full", "rev": 3, "state": view}


def test_a_delta_names_only_what_changed() -> None:
    """Keys that stay the same are not sent again; the revision alone is no news."""
    before = picture(1, {"rev": 1, "clock": 1, "pages": [1]})
    after = picture(2, {"rev": 2, "clock": 2, "pages": [1]})
    message = after.delta(before)
    assert message is not None
    assert json.loads(message) == {"type": "delta", "base": 1, "rev": 2, "set": {"rev": 2, "clock": 2}}
    assert picture(3, {"rev": 3, "clock": 2, "pages": [1]}).delta(after) is None


@given(st.lists(VIEWS, min_size=1, max_size=6))
def test_deltas_lead_to_the_newest_view(views: list[dict[str, Any]]) -> None:
    """Whoever takes a full and every delta after it holds the newest view; a key that went is null."""
    shown = picture(0, views[0])
    state = json.loads(shown.full())["state"]
    for rev, view in enumerate(views[1:], start=1):
        newest = picture(rev, view)
        message = newest.delta(shown)
        if message is not None:
            state |= json.loads(message)["set"]
            shown = newest
    assert {key: value for key, value in state.items() if value is not None} == {
        key: value for key, value in views[-1].items() if value is not None
    }


def test_a_view_is_built_once_for_all_who_ask() -> None:
    """Ten sockets of one seat at one revision cost one view; the next revision costs one more."""
    built: list[str] = []
    rev = [1]

    def view(drill: str, seat: str) -> dict[str, Any]:
        built.append(f"{drill}/{seat}")
        return {"rev": rev[0]}

    pictures = Pictures(lambda drill: rev[0], view)

    async def ask() -> None:
        await asyncio.gather(*(pictures.newest("d", "tech_lead") for _ in range(10)))
        assert built == ["d/tech_lead"]
        rev[0] = 2
        assert (await pictures.newest("d", "tech_lead")).rev == 2
        assert len(built) == 2

    in_a_loop(ask())
