"""What the team sees of itself: tasks with their times, whom one can turn to, what was said aloud."""

from __future__ import annotations

from tests.drills.views.conftest import MINUTE_MS, Sit


def test_a_task_says_when_it_was_done_whoever_did_it(sit: Sit) -> None:
    """A bot that reports minutes later closes it then, not when it was given."""
    commander = sit("commander")
    commander.play_to(17)
    commander.do("assign_task", to="tech_lead", text="Look at DC1.", minutes=10)
    asked = commander.view()["tasks"][-1]
    assert (asked["asked_ms"], asked["reported_ms"]) == (17 * MINUTE_MS, None)
    commander.play_to(20)
    lead = {"seat": "tech_lead", "result": "done"}
    commander.engine.emit("journal", "task.reported", asked["task"], lead, ("*",))
    done = commander.view()["tasks"][-1]
    assert (done["state"], done["asked_ms"], done["reported_ms"]) == ("done", 17 * MINUTE_MS, 20 * MINUTE_MS)
