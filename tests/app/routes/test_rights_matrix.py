"""Every role by every command, over HTTP against a running server: what the table refuses is refused.

The table is `scenarios/roles.yaml`; nothing here repeats it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
import pytest

from app.identity import FACILITATOR_COOKIE, SEAT_COOKIE
from app.limits import RATES, Rate
from app.settings import Settings
from drills import Holder
from drills.acts import ACTS, CLOCK_COMMANDS
from drills.rights import ENGINE_ONLY, permissions
from scenarios import Role, default_roles
from tests.app.conftest import HEADER, SCENARIO, Served

ROLES: Mapping[str, Role] = default_roles()
BESIDE = ("facilitator", "observer")
SEATS = tuple(role.id for role in ROLES.values() if role.seat or role.id in BESIDE)
EVERY_SEAT = "every-seat"
EMPTY: dict[str, object] = {}


@dataclass(frozen=True)
class Team:
    """A running drill with one person in each seat it has."""

    served: Served
    drill: str
    tokens: Mapping[str, str]
    client: httpx.Client

    def command(self, token: str | None, command: str, drill: str | None = None) -> httpx.Response:
        """Send a command with empty data as whoever holds a token."""
        cookie = {"Cookie": f"{SEAT_COOKIE}={token}"} if token is not None else {}
        body = {"command_id": f"try-{command}", "command": command, "data": EMPTY}
        url = f"{self.served.url}/api/drills/{drill or self.drill}/commands"
        return self.client.post(url, json=body, headers={**HEADER, **cookie})

    def all_of(self, asked: list[tuple[str, str]]) -> list[tuple[str, str, httpx.Response]]:
        """Send many commands, (seat, command) each, eight at a time; give them with their answers."""
        with ThreadPoolExecutor(8) as pool:
            answers = pool.map(lambda each: self.command(self.tokens[each[0]], each[1]), asked)
            return [(*each, answer) for each, answer in zip(asked, answers, strict=True)]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The server's settings, with the starter in which every role that has a seat is cast."""
    assert settings.scenarios_dir is not None
    starter = (settings.scenarios_dir / "starter.yaml").read_text(encoding="utf-8")
    text = starter.replace(f"id: {SCENARIO}", f"id: {EVERY_SEAT}", 1)
    extra = [seat for seat in SEATS if seat not in BESIDE and f"seat: {seat}" not in starter]
    cast = "".join(f"  - {{id: extra_{seat}, name: Extra {seat}, seat: {seat}}}\n" for seat in extra)
    text = text.replace("people:\n", f"people:\n{cast}", 1)
    (settings.scenarios_dir / "every_seat.yaml").write_text(text, encoding="utf-8")
    return settings


@pytest.fixture
def team(served: Served) -> Iterator[Team]:
    """Everybody is in, the drill runs, and nobody is told to slow down."""
    object.__setattr__(served.house.limits, "rates", {**RATES, "command": Rate(1000, 1000)})
    hall = served.house.hall
    host = hall.open_for_team(EVERY_SEAT, "Ruth", seed=1)
    picture = hall.lobby.picture(host.drill_id)
    holders: list[Holder] = [host, hall.lobby.join(picture["code"], "Eye", "observer")]
    holders += [
        hall.lobby.join(picture["code"], f"Person {line['seat']}", line["seat"]) for line in picture["seats"]
    ]
    hall.begin(host)
    with httpx.Client(timeout=20) as client:
        yield Team(served, host.drill_id, {each.seat: each.token for each in holders}, client)


def test_the_whole_matrix(team: Team) -> None:
    """A command that a role may not is 403 and says who can; one that it may is never 403."""
    scenario = team.served.house.hall.scenario(team.drill)
    assert set(team.tokens) == set(SEATS)
    before = len(team.served.house.hall.journal(team.drill).entries)
    forbidden = [
        (seat, command)
        for seat in team.tokens
        for command in sorted(set(ACTS) - set(permissions(scenario, seat, solo=False)))
    ]
    wrong = []
    for seat, command, answer in team.all_of(forbidden):
        able = [role.title for role in scenario.role_table.values() if command in role.permissions]
        cure = answer.json()["cure"]
        if answer.status_code != 403 or not cure or not all(title in cure for title in able):
            wrong.append((seat, command, answer.status_code, cure))
    assert wrong == []
    assert len(forbidden) > len(team.tokens) * 20
    refused = team.served.house.hall.journal(team.drill).entries[before:]
    seats = {each.seat for each in refused if each.command_id.startswith("try-")}
    assert seats == set()


def test_what_a_role_may_is_not_forbidden(team: Team) -> None:
    """Each role's own commands come through to the check of their data, which empty data may fail."""
    scenario = team.served.house.hall.scenario(team.drill)
    own = [
        (seat, command)
        for seat in team.tokens
        for command in permissions(scenario, seat, solo=False)
        if command != "stop"
    ]
    outcomes = [(seat, command, answer.status_code) for seat, command, answer in team.all_of(own)]
    assert [each for each in outcomes if each[2] not in {200, 400, 404, 409}] == []
    assert "unknown command" not in "".join(answer.text for _, _, answer in team.all_of(own[:40]))


def test_the_clock_is_the_facilitators(team: Team) -> None:
    """In a drill for a team nobody but the facilitator moves or ends the clock."""
    scenario = team.served.house.hall.scenario(team.drill)
    for seat in team.tokens:
        clock = set(CLOCK_COMMANDS) & set(permissions(scenario, seat, solo=False))
        assert clock == (set(CLOCK_COMMANDS) if seat == "facilitator" else set()), seat
    trainees = {seat: token for seat, token in team.tokens.items() if seat != "facilitator"}
    for token in trainees.values():
        assert team.command(token, "stop").status_code == 403
    assert team.command(team.tokens["facilitator"], "pause").status_code == 200
    assert team.command(team.tokens["facilitator"], "stop").status_code == 200


def test_who_sits_nowhere_may_nothing(team: Team) -> None:
    """A team lead reads and acts in no drill: the role has no seat and no command."""
    assert ROLES["lead"].permissions == ()
    assert "lead" not in SEATS
    answer = httpx.post(
        f"{team.served.url}/join/{team.served.house.hall.lobby.picture(team.drill)['code']}",
        data={"name": "Lea", "seat": "lead"},
    )
    assert answer.status_code == 404


def test_forged_and_expired_tokens(team: Team) -> None:
    """No token, a made-up one, one of another drill, or one of a seat given back: 401 for every command."""
    hall = team.served.house.hall
    other = hall.play_alone(SCENARIO, "tech_lead")
    gone = Holder(team.drill, "tech_lead", _person(team, "tech_lead"), team.tokens["tech_lead"])
    hall.lobby.leave(gone)
    cut = team.tokens["commander"][:-1]
    for token in (None, "", "x" * 43, cut, other.token, gone.token, "../" * 10):
        for command in ("send_message", "pause", "no_such_command"):
            answer = team.command(token, command)
            assert answer.status_code == 401, (token, command)
            assert answer.json()["cure"]
    facilitator = httpx.post(
        f"{team.served.url}/api/drills/{team.drill}/commands",
        json={"command_id": "x", "command": "pause", "data": {}},
        headers={**HEADER, "Cookie": f"{FACILITATOR_COOKIE}=forged"},
    )
    assert facilitator.status_code == 401


def test_unknown_drills_and_commands(team: Team) -> None:
    """A drill that is not there is 404 whoever asks; a command that is not there is refused with the list."""
    for token in (None, *team.tokens.values()):
        assert team.command(token, "send_message", drill="nowhere0").status_code == 404
    for token in team.tokens.values():
        unknown = team.command(token, "no_such_command")
        assert unknown.status_code == 404
        assert "acts.md" in unknown.json()["cure"]
        for command in ENGINE_ONLY:
            assert team.command(token, command).status_code == 403


def _person(team: Team, seat: str) -> str:
    seats = team.served.house.hall.lobby.picture(team.drill)["seats"]
    return str(next(each["person"] for each in seats if each["seat"] == seat))
