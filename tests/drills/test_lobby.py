"""A drill for a team: the lobby, the door, seats that people and bots give each other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from drills import Hall, Holder, Refused, replay
from drills.codes import CODE_ALPHABET, read_code
from drills.store import Member, digest_token
from scenarios import Library
from tests.drills.live_drill import QUIET, quiet_library
from tests.handclock import HandClock


@pytest.fixture
def wall() -> HandClock:
    return HandClock()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return quiet_library(tmp_path / "mine")


@pytest.fixture
def hall(tmp_path: Path, library: Library, wall: HandClock) -> Iterator[Hall]:
    opened = Hall(tmp_path / "data", library, wall)
    yield opened
    opened.close()


@pytest.fixture
def host(hall: Hall) -> Holder:
    return hall.open_for_team(QUIET, "Ruth", seed=1)


def code_of(hall: Hall, host: Holder) -> str:
    return str(hall.lobby.picture(host.drill_id)["code"])


def play(hall: Hall, wall: HandClock, seconds: float) -> None:
    for _ in range(round(seconds * 5)):
        wall.now_s += 0.2
        hall.tick()


def replayed_as_played(hall: Hall, drill_id: str) -> bool:
    scenario, journal = hall.scenario(drill_id), hall.journal(drill_id)
    again = replay(scenario, journal.header.seed, journal)
    return again.as_json()["items"] == hall.record(drill_id).as_json()["items"][: len(again.items)]


def test_a_lobby_waits_and_begins_once(hall: Hall, host: Holder) -> None:
    """Nothing runs before the facilitator begins; then people sit where they chose and bots sit elsewhere."""
    assert hall.drills()[0]["state"] == "lobby"
    with pytest.raises(Refused, match="has not begun"):
        hall.drill(host.drill_id)
    ada = hall.lobby.join(code_of(hall, host), "Ada", "tech_lead")
    with pytest.raises(Refused, match="only the facilitator can") as refused:
        hall.begin(ada)
    assert refused.value.status == 403
    hall.begin(host)
    assert hall.drills()[0]["state"] == "running"
    assert hall.drills()[0]["seats"] == ["tech_lead"]
    assert not hall.drill(host.drill_id).play.solo
    assert hall.drill(host.drill_id).engine.seats["tech_lead"] is False
    with pytest.raises(Refused, match="begun already"):
        hall.begin(host)


def test_codes_are_read_as_people_write_them(hall: Hall, host: Holder) -> None:
    """Small letters, blanks, hyphens and the letters that look like digits are understood; others are not."""
    code = code_of(hall, host)
    assert len(code) == 9
    assert set(code.replace("-", "")) <= set(CODE_ALPHABET)
    assert hall.lobby.through(f" {code.lower().replace('-', ' ')} ") == host.drill_id
    assert read_code("oil0-1234") == "01101234"
    for wrong in ("", "0000-0000", "\u0660" * 8, "x" * 10_000):
        with pytest.raises(Refused) as refused:
            hall.lobby.through(wrong)
        assert refused.value.status == 403


def test_fifty_ask_for_one_seat(hall: Hall, host: Holder) -> None:
    """The database lets exactly one in, whatever order they come in; the others learn who to ask."""
    doors, outcomes = hall.lobby.store.doors, []
    start = threading.Barrier(50)

    def claim(number: int) -> None:
        token = digest_token(str(number))
        start.wait()
        try:
            doors.sit_down(Member(host.drill_id, f"p{number}", "tech_lead", f"Ada {number}", token))
        except Refused as refused:
            outcomes.append(refused.cure)
        else:
            outcomes.append("")

    threads = [threading.Thread(target=claim, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("") == 1
    assert outcomes.count("choose another seat, or ask the facilitator") == 49
    assert len([each for each in doors.members(host.drill_id) if each.seat == "tech_lead"]) == 1


def test_fifty_ask_for_a_bots_seat_while_it_runs(hall: Hall, host: Holder) -> None:
    """While the drill runs, one of fifty gets the seat too, and the journal tells of one."""
    hall.begin(host)
    code, outcomes = code_of(hall, host), []

    def join(number: int) -> None:
        try:
            outcomes.append(hall.lobby.join(code, f"Ada {number}", "tech_lead"))
        except Refused:
            outcomes.append(None)

    threads = [threading.Thread(target=join, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won = [each for each in outcomes if each is not None]
    assert len(won) == 1
    joins = [each for each in hall.journal(host.drill_id).entries if each.command_id.startswith("join:tech")]
    assert [each.person for each in joins[1:]] == [won[0].person]


def test_late_in_and_out_again(hall: Hall, host: Holder, wall: HandClock) -> None:
    """A person takes a bot's seat and gives it back; the journal says when, and replays."""
    hall.begin(host)
    play(hall, wall, 10)
    drill = hall.drill(host.drill_id)
    bots = [bot.seat for bot in drill.play.bots]
    ada = hall.lobby.join(code_of(hall, host), "Ada", "tech_lead")
    assert "tech_lead" not in [bot.seat for bot in drill.play.bots]
    assert drill.humans == ("tech_lead",)
    assert hall.holder(ada.token, host.drill_id) == Holder(host.drill_id, "tech_lead", ada.person)
    view = hall.view(host.drill_id, "tech_lead")
    assert view["me"]["name"] == "Ada"
    hall.submit(host.drill_id, ada.seat, ada.person, "c1", "send_message", {"text": "I am here"})
    play(hall, wall, 10)
    hall.lobby.leave(ada)
    assert [bot.seat for bot in drill.play.bots] == bots
    assert hall.holder(ada.token, host.drill_id) is None
    play(hall, wall, 10)
    entries = hall.journal(host.drill_id).entries
    swaps = [
        (each.kind, each.data["role"], each.person) for each in entries if each.command_id.startswith("join:")
    ]
    assert swaps[-2:] == [
        ("person.joined", "tech_lead", ada.person),
        ("person.left", "tech_lead", ada.person),
    ]
    assert drill.engine.seats["tech_lead"] is True
    assert replayed_as_played(hall, host.drill_id)
    said = next(
        item
        for item in hall.record(host.drill_id).items
        if item.kind == "message.sent" and item.person == ada.person
    )
    assert hall.record(host.drill_id).actor(said) == "Ada"


def test_the_sealed_record_of_a_night_with_swaps(hall: Hall, host: Holder, wall: HandClock) -> None:
    """An ended drill in which people came and went replays to the record that was sealed."""
    hall.begin(host)
    play(hall, wall, 5)
    hall.lobby.join(code_of(hall, host), "Ada", "tech_lead")
    play(hall, wall, 5)
    hall.submit(host.drill_id, host.seat, host.person, "s", "stop", {})
    journal = hall.journal(host.drill_id)
    again = replay(hall.scenario(host.drill_id), journal.header.seed, journal)
    assert again.sha256() == hall.record(host.drill_id).sha256()
    assert {seat.id: seat.bot for seat in again.seats}["tech_lead"] is False
    with pytest.raises(Refused, match="opens no drill"):
        hall.lobby.through(code_of(hall, host))


def test_the_facilitator_moves_removes_and_lets_in_again(hall: Hall, host: Holder) -> None:
    """Moved, a browser stays; removed, it holds nothing; with a ticket another browser takes up the place."""
    code = code_of(hall, host)
    ada, ben = hall.lobby.join(code, "Ada", "tech_lead"), hall.lobby.join(code, "Ben", "commander")
    with pytest.raises(Refused, match="only the facilitator"):
        hall.lobby.remove(ben, ada.person)
    with pytest.raises(Refused, match="a person has that seat"):
        hall.lobby.move(host, ada.person, "commander")
    for begun in (False, True):
        if begun:
            hall.begin(host)
        hall.lobby.move(host, ada.person, "communications")
        assert hall.holder(ada.token, host.drill_id) == Holder(host.drill_id, "communications", ada.person)
        hall.lobby.move(host, ada.person, "tech_lead")
    ticket = hall.lobby.reissue(host, ada.person)
    again = hall.lobby.redeem(ticket)
    assert (again.seat, again.person) == ("tech_lead", ada.person)
    assert hall.holder(ada.token, host.drill_id) is None
    assert hall.holder(again.token, host.drill_id) is not None
    with pytest.raises(Refused, match="was used"):
        hall.lobby.redeem(ticket)
    hall.lobby.remove(host, ada.person)
    assert hall.holder(again.token, host.drill_id) is None
    assert hall.drill(host.drill_id).humans == ("commander",)


def test_guests_beside_the_team(hall: Hall, host: Holder) -> None:
    """Observers share their place and see; a second facilitator may what the first may."""
    code = code_of(hall, host)
    eyes = [hall.lobby.join(code, f"Eye {number}", "observer") for number in range(2)]
    second = hall.lobby.host(host.drill_id, "Tom")
    hall.begin(second)
    for guest in (*eyes, host, second):
        assert hall.holder(guest.token, host.drill_id) is not None
        assert hall.view(host.drill_id, guest.seat)["me"]["seat"] == guest.seat
    hall.submit(host.drill_id, second.seat, second.person, "p", "pause", {})
    assert hall.drill(host.drill_id).state == "paused"
    with pytest.raises(Refused) as refused:
        hall.submit(host.drill_id, "observer", eyes[0].person, "m", "send_message", {"text": "psst"})
    assert refused.value.status == 403
    hall.lobby.leave(eyes[0])
    assert hall.holder(eyes[0].token, host.drill_id) is None
    alone = hall.play_alone(QUIET, "tech_lead")
    with pytest.raises(Refused, match="played alone"):
        hall.lobby.host(alone.drill_id, "Tom")


def test_customers_beside_the_team(hall: Hall, host: Holder) -> None:
    """Where a scenario casts no reporter, anybody may come in as one, report and leave."""
    code = code_of(hall, host)
    ines, rosa = (hall.lobby.join(code, name, "end_user") for name in ("Ines", "Rosa"))
    assert {(each["title"], each["name"]) for each in hall.lobby.picture(host.drill_id)["guests"]} >= {
        ("Reporter", "Ines"),
        ("Reporter", "Rosa"),
    }
    hall.begin(host)
    level = hall.scenario(host.drill_id).world.level.id
    data = {"service": level, "text": "No page came."}
    hall.submit(host.drill_id, "end_user", ines.person, "r", "file_report", data)
    (row,) = hall.view(host.drill_id, "end_user")["shop"]["my_tickets"]
    assert (row["text"], row["state"]) == ("No page came.", "sent")
    with pytest.raises(Refused, match="guests have no seat"):
        hall.lobby.move(host, rosa.person, "commander")
    hall.lobby.leave(ines)
    assert hall.holder(ines.token, host.drill_id) is None
    assert hall.holder(rosa.token, host.drill_id) is not None


def test_a_closed_door(hall: Hall, host: Holder) -> None:
    """Nobody comes in by a closed door, who is in stays in, and it can be opened again."""
    code, ada = code_of(hall, host), hall.lobby.join(code_of(hall, host), "Ada", "tech_lead")
    with pytest.raises(Refused, match="only the facilitator"):
        hall.lobby.set_open(ada, False)
    hall.lobby.set_open(host, False)
    with pytest.raises(Refused, match="is closed"):
        hall.lobby.join(code, "Ben", "commander")
    assert hall.holder(ada.token, host.drill_id) is not None
    hall.lobby.set_open(host, True)
    hall.lobby.join(code, "Ben", "commander")


def test_a_lobby_and_a_late_seat_outlive_a_restart(tmp_path: Path, library: Library, wall: HandClock) -> None:
    """After a restart the lobby waits with its people, and a seat taken late is still a person's."""
    first = Hall(tmp_path / "data", library, wall)
    host = first.open_for_team(QUIET, "Ruth", seed=1)
    code = code_of(first, host)
    ada = first.lobby.join(code, "Ada", "tech_lead")
    first.close()
    second = Hall(tmp_path / "data", library, wall)
    assert second.drills()[0]["state"] == "lobby"
    assert second.holder(ada.token, host.drill_id) is not None
    second.begin(host)
    ben = second.lobby.join(code, "Ben", "commander")
    second.close()
    third = Hall(tmp_path / "data", library, wall)
    try:
        assert third.holder(ben.token, host.drill_id) is not None
        assert third.drill(host.drill_id).humans == ("commander", "tech_lead")
        assert third.view(host.drill_id, "commander")["me"]["name"] == "Ben"
    finally:
        third.close()
