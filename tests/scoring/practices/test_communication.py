"""COM-1 and COM-2: the first notice, and no long silence; worked example first."""

from __future__ import annotations

import pytest

from tests.scoring.judging import judged, with_limits
from tests.scoring.nights import MANAGED, TRIGGER, UNMANAGED
from tests.scoring.notation import SETTING, record, renamed, without

FULL = "larder state degraded; larder since 03:10; response lead commander"
COMMAND = "20 commander role.assumed commander announced\n22 commander decision.made\n"


def notice(minute: float, claims: str = FULL, *, to: str = "major", next_min: int | None = 30) -> str:
    promised = f" next_update_min={next_min}" if next_min else ""
    return f"{minute} communications update.sent {to}{promised} | {claims}\n"


# --- COM-1 ---


def test_a_full_notice_in_time_is_met() -> None:
    """Command at 20, N = 15: due at 35."""
    found = judged("COM-1", TRIGGER + COMMAND + notice(30))
    assert (found.level, found.numbers["carried"], found.numbers["due_min"]) == ("met", 4, 23)


def test_no_notice_is_missed() -> None:
    """And the trigger is shown."""
    night = record(UNMANAGED, end=600)
    found = judged("COM-1", night)
    assert found.level == "missed"
    assert [night.items[n].kind for n in found.evidence] == ["site.ejected", "alert.fired"]


@pytest.mark.parametrize(
    ("minute", "level"), [(35, "met"), (35.1, "partly"), (50, "partly"), (50.1, "missed")]
)
def test_n_after_command_just_inside_and_outside(minute: float, level: str) -> None:
    """Due N = 15 after command at 20; partly up to twice as long."""
    assert judged("COM-1", TRIGGER + COMMAND + notice(minute)).level == level


@pytest.mark.parametrize(
    ("minute", "level"), [(42, "met"), (42.1, "partly"), (72, "partly"), (72.1, "missed")]
)
def test_without_command_it_is_due_c_plus_n_after_the_trigger(minute: float, level: str) -> None:
    """12 + 15 + 15 = 42."""
    assert judged("COM-1", TRIGGER + notice(minute)).level == level


def test_late_command_does_not_move_the_last_limit() -> None:
    """Command at 60; still due at 42."""
    late = "60 commander role.assumed commander announced\n61 commander decision.made\n"
    assert judged("COM-1", TRIGGER + late + notice(45)).level == "partly"


@pytest.mark.parametrize(
    ("claims", "next_min", "level"),
    [
        (FULL, None, "met"),
        ("larder state degraded; larder since 03:10", 30, "met"),
        ("larder state degraded; larder since 03:10", None, "partly"),
        ("larder state degraded", None, "partly"),
        ("larder now restarting", None, "missed"),
    ],
)
def test_three_of_four_parts_make_it_met(claims: str, next_min: int | None, level: str) -> None:
    """What is affected, since when, who leads, when the next word comes."""
    assert judged("COM-1", TRIGGER + COMMAND + notice(30, claims, next_min=next_min)).level == level


def test_other_recipients_are_partly() -> None:
    """The pre-arranged list reaches the audiences required; a list of friends does not."""
    assert judged("COM-1", TRIGGER + COMMAND + notice(30, to="friends")).level == "partly"


def test_gamed_an_empty_note_to_the_list_is_not_met() -> None:
    """Claims count, not the sending."""
    assert judged("COM-1", TRIGGER + COMMAND + "30 communications update.sent major\n").level == "missed"


def test_gamed_a_state_that_the_trace_contradicts_does_not_count() -> None:
    """Said "up" while users were hit: two parts are left."""
    claims = "larder state up; larder since 03:10; response lead commander"
    found = judged("COM-1", TRIGGER + COMMAND + notice(30, claims, next_min=None))
    assert (found.level, found.numbers["carried"]) == ("partly", 2)
    lagging = (
        "12 communications update.sent major | larder state up; larder since 03:10; response lead commander\n"
    )
    assert judged("COM-1", TRIGGER + lagging).numbers["carried"] == 3, "five minutes of lag are allowed"


def test_the_notice_is_cut_short_when_the_drill_ends_first() -> None:
    """Due at 42; four fifths of 30 min after 12 is 36."""
    assert judged("COM-1", TRIGGER, end=35.9).reason == "cut short"
    assert judged("COM-1", TRIGGER, end=36).level == "missed"


def test_nothing_major_calls_for_no_notice() -> None:
    """Law 1: the world calls, not the team's own deed."""
    assert judged("COM-1", notice(30)).reason == "no trigger"
    assert judged("COM-2", notice(30)).reason == "no trigger"


def test_a_person_gets_the_time_to_write() -> None:
    """150 s on the wall at x8 are 20 min: allowed 15, widened to 20."""
    night = TRIGGER + COMMAND + notice(39)
    found = judged("COM-1", night, people=["communications"], speed=8.0)
    assert (found.level, found.numbers["allowed_min"]) == ("met", 20)
    assert "15 min, widened to 20 min at speed ×8" in found.finding
    assert judged("COM-1", night, speed=8.0).level == "partly"


def test_at_a_speed_nobody_can_write_at_it_is_not_tested() -> None:
    """x40 asks for 100 min, and the third site falls 48 min after the trigger."""
    night = TRIGGER + COMMAND + "60 world site.ejected dc3\n"
    found = judged("COM-1", night, people=["communications"], speed=40.0)
    assert (found.level, found.reason) == ("not_tested", "too fast for people")


def test_deleting_the_notice_takes_the_level_away() -> None:
    """And nothing else keeps it up."""
    night = record(TRIGGER + COMMAND + notice(30))
    sent = next(item.n for item in night.items if item.kind == "update.sent")
    assert sent in judged("COM-1", night).evidence
    assert judged("COM-1", without(night, sent)).level == "missed"


# --- COM-2 ---

# Command at 25, N = 15: the first notice is due at 40, as in the worked example.
EXAMPLE = TRIGGER + (
    "25 commander role.assumed commander announced\n26 commander decision.made\n"
    "200 world mitigation.reached larder\n250 commander ticket.resolved INC-1 code=restored\n"
)
TIMES = (38, 66, 97, 121, 158, 214, 249)


def worked_example() -> str:
    return EXAMPLE + "".join(notice(minute, f"larder now step-{i}") for i, minute in enumerate(TIMES))


def test_worked_example_six_of_seven_windows_is_met() -> None:
    """U = 30, due at 40, resolved at 250; one window is empty, the longest silence is 56 min (158-214)."""
    found = judged("COM-2", worked_example())
    assert found.level == "met"
    assert (found.numbers["windows"], found.numbers["covered"], found.numbers["share"]) == (7, 6, 0.857)
    assert found.numbers["longest_silence_min"] == 56
    assert "longest silence 56 min (05:38-06:34)" in found.finding


def test_worked_example_with_nothing_new_in_three_is_missed() -> None:
    """Same claims, no next-update time: 3 of 7 counting."""
    said = dict(zip(TIMES, ("a", "b", "b", "c", "c", "d", "d"), strict=True))
    updates = "".join(
        notice(minute, f"larder now step-{value}", next_min=None if value == said.get(before) else 30)
        for before, (minute, value) in zip((0, *TIMES), said.items(), strict=False)
    )
    found = judged("COM-2", EXAMPLE + updates)
    assert (found.level, found.numbers["covered"], found.numbers["windows"]) == ("missed", 3, 7)


def test_an_honest_no_change_counts_twice_in_a_row_at_most() -> None:
    """Claims repeated with the next time; the third window in a row does not count."""
    same = "".join(notice(minute, "larder now waiting") for minute in (38, 66, 97, 121, 158, 180, 214, 249))
    assert judged("COM-2", EXAMPLE + same).numbers["covered"] == 2
    broken = same + notice(130.5, "larder now found_it")
    assert judged("COM-2", EXAMPLE + broken).numbers["covered"] == 5


def test_gamed_spam_fills_one_window_only() -> None:
    """Ten updates in one half-hour are one window of seven."""
    spam = "".join(notice(41 + i, f"larder now step-{i}") for i in range(10))
    found = judged("COM-2", EXAMPLE + spam)
    assert (found.level, found.numbers["covered"]) == ("missed", 1)


def test_only_the_required_list_counts() -> None:
    """Friends told on time leave the audiences required in silence."""
    friends = "".join(notice(minute, f"larder now step-{i}", to="friends") for i, minute in enumerate(TIMES))
    assert judged("COM-2", EXAMPLE + friends).level == "missed"


def test_five_of_seven_is_partly() -> None:
    """0.71 is at least 0.55 and below 0.85."""
    some = "".join(notice(m, f"larder now step-{i}") for i, m in enumerate((38, 66, 97, 121, 158, 214)))
    found = judged("COM-2", EXAMPLE + some)
    assert (found.level, found.numbers["covered"]) == ("partly", 5)


@pytest.mark.parametrize(("last", "level"), [(218, "met"), (218.1, "partly")])
def test_the_longest_silence_just_inside_and_outside(last: float, level: str) -> None:
    """2U = 60: from 158 to 218 is met, a little longer is not."""
    minutes = (38, 66, 97, 121, 158, last, 249)
    updates = "".join(notice(minute, f"larder now step-{i}") for i, minute in enumerate(minutes))
    assert judged("COM-2", EXAMPLE + updates).level == level


def test_the_last_window_counts_when_four_fifths_have_passed() -> None:
    """Ending at 244 leaves 24 of 30 min of the seventh window, ending at 243.9 does not."""
    open_end = EXAMPLE.replace("250 commander ticket.resolved INC-1 code=restored\n", "")
    assert judged("COM-2", open_end, end=244).numbers["windows"] == 7
    assert judged("COM-2", open_end, end=243.9).numbers["windows"] == 6


def test_a_resolve_before_users_are_served_does_not_end_the_waiting() -> None:
    """A false resolve must not cut off the windows in which nothing was said."""
    early = EXAMPLE.replace("250 commander ticket.resolved", "60 commander ticket.resolved")
    assert judged("COM-2", early, end=400).numbers["windows"] == 12


def test_windows_that_open_in_a_skip_are_no_opportunities() -> None:
    """A skip from 95 to 215 leaves two windows before it and one after."""
    played = [(0.0, 95.0, 5.0), (95.0, 215.0, -1.0), (215.0, 400.0, 5.0)]
    found = judged("COM-2", EXAMPLE, stretches=played)
    assert found.numbers["windows"] == 3


def test_a_drill_that_ends_before_the_first_window_is_cut_short() -> None:
    """Nothing was waited for long enough."""
    assert judged("COM-2", EXAMPLE, end=60).reason == "cut short"


def test_a_scenario_may_set_the_interval() -> None:
    """U = 60 makes four windows, all of them filled."""
    found = judged("COM-2", worked_example(), with_limits(update_min=60))
    assert (found.level, found.numbers["windows"]) == ("met", 3)


def test_evidence_of_the_cadence_are_its_updates() -> None:
    """Every update within the windows, none outside."""
    night = record(worked_example())
    found = judged("COM-2", night)
    assert [night.items[n].t_ms // 60_000 for n in found.evidence] == [66, 97, 121, 158, 214, 249]


def test_deleting_two_updates_lowers_the_line() -> None:
    """5 of 7 is partly."""
    night = record(worked_example())
    sent = [item.n for item in night.items if item.kind == "update.sent"]
    assert judged("COM-2", without(without(night, sent[-1]), sent[2])).level == "partly"


@pytest.mark.parametrize("line", ["COM-1", "COM-2"])
def test_other_names_change_nothing(line: str) -> None:
    """The team is judged."""
    night = record(MANAGED)
    other = renamed(night, {f"person-{seat.id}": f"x{i}" for i, seat in enumerate(night.seats)})
    assert judged(line, night, SETTING) == judged(line, other, SETTING)
