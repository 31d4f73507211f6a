"""The observer's view: all that comes to the team, and the notes of this place with their writers."""

from __future__ import annotations

from typing import Any, get_args

from drills.acts.control import Tag
from tests.drills.views.conftest import Seated, Sit


def view_of(seated: Seated, seat: str) -> dict[str, Any]:
    """Give what a seat sees now."""
    return seated.hall.drill(seated.me.drill_id).seat_view(seat).build()


def note(seated: Seated, seat: str, person: str, text: str) -> None:
    """Have somebody note something."""
    data = {"text": text, "tag": "stuck"}
    seated.hall.submit(seated.me.drill_id, seat, person, f"note-{text}", "note_observation", data)


def test_own_notes_with_their_writers(sit: Sit) -> None:
    """Two people who watch read each other's notes by name, and not the facilitator's."""
    seated = sit("commander", team="none")
    seated.hall.drill(seated.me.drill_id).names_given |= {"p1": "Olu", "p2": "Bea"}
    note(seated, "observer", "p1", "Nobody leads.")
    note(seated, "observer", "p2", "Still nobody.")
    note(seated, "facilitator", "p3", "Hold the mail.")
    view = view_of(seated, "observer")
    assert [(each["by"], each["text"], each["tag"]) for each in view["notes"]] == [
        ("Olu", "Nobody leads.", "stuck"),
        ("Bea", "Still nobody.", "stuck"),
    ]
    assert set(view["notes"][0]) == {"n", "t_ms", "story", "by", "seat", "tag", "text"}
    assert tuple(view["note_tags"]) == get_args(Tag)


def test_no_seat_of_the_team_reads_notes(sit: Sit) -> None:
    """Notes stay out of every view that is not the writer's."""
    seated = sit("commander", team="none")
    note(seated, "observer", "p1", "Nobody leads.")
    for seat in ("commander", "tech_lead", "desk_1", "end_user"):
        view = view_of(seated, seat)
        assert "notes" not in view
        assert "Nobody leads." not in str(view)


def test_an_observer_sees_what_the_team_sees(sit: Sit) -> None:
    """Alerts, the bridge and what came from outside, with whom it came to; and nothing waits for them."""
    seated = sit("commander", team="managed")
    seated.play_to(30)
    seated.do("send_message", text="I have command.")
    view, own = view_of(seated, "observer"), seated.view()
    assert view["channel"][-1]["text"] == "I have command."
    assert [each["title"] for each in view["alerts"]] == [each["title"] for each in own["alerts"]]
    assert view["sites"] == own["sites"]
    assert all(each["to"] for each in view["inbox"])
    assert (view["asked"], view["pages"], view["desk"]) == ([], [], None)
