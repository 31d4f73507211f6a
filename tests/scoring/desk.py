"""A small scenario with troubles, and pieces of journals about them, in the notation."""

from __future__ import annotations

from dataclasses import replace

from scenarios.schema.response import Rank, Trouble
from scenarios.schema.script import Match
from scoring.setting_intake import Intake
from tests.scoring.notation import SETTING

MAIN = Trouble(
    id="larder",
    title="Larder loses its sites",
    main=True,
    monitors=("dc1_down", "dc2_down", "dc3_full", "fast_burn"),
    services=("larder", "dc1", "dc2"),
    ranks=(
        Rank(priority="medium", people=("some",), money=("some",), security=("no",), in_doubt=True),
        Rank(
            after=Match(kind="alert.fired", about="dc2_down"),
            priority="high",
            people=("some", "many"),
            money=("some", "much"),
            security=("no",),
            sla=("at_risk",),
        ),
    ),
    tier=3,
    solver=("tech_lead", "specialist", "developer"),
)
LISTS = Trouble(
    id="lists",
    title="Pick lists are blank",
    services=("larder",),
    ranks=(Rank(priority="high", people=("many",), money=("some",), security=("no",), sla=("safe",)),),
    tier=2,
    solver=("desk_2",),
)
PRICES = Trouble(
    id="prices",
    title="Old prices",
    services=("larder",),
    ranks=(Rank(priority="low"),),
    tier=3,
    solver=("specialist",),
)
PASSWORD = Trouble(
    id="password",
    title="No password",
    kind="request",
    services=("login",),
    ranks=(Rank(priority="low"),),
    solver=("desk_1",),
)
WIFI = Trouble(id="wifi", title="Slow Wi-Fi", services=("larder",), ranks=(Rank(priority="low"),))
INTAKE = Intake(
    troubles=(MAIN, LISTS, PRICES, PASSWORD, WIFI),
    reports={"i05": "larder", "i10": "lists", "i28": "prices", "i01": "password", "i11": "wifi"},
    contacts={"depot": "555-0120"},
    authorities={"boss": ("prod",)},
    seat_of={"marie": "developer", "david": "tech_lead"},
)
DESK = replace(SETTING, intake=INTAKE, names={"david": "David Moreno", "marie": "Marie Laurent"})
ONE_ALERT = """
    3   world    alert.fired dc1_down severity=page site=dc1
    3   director page.rang page-1 to=tech_lead alert=dc1_down
"""


def alone(*troubles: Trouble) -> Intake:
    """Give the people with some troubles only."""
    return replace(INTAKE, troubles=troubles)


def report(minute: float, inject: str, name: str = "r-1", to: str = "desk_1", **facts: object) -> str:
    """Give the line of a report that came in."""
    told = {"from": "ines", "channel": "phone", "contact": "555-0143", "service": "larder", **facts}
    words = " ".join(f"{key}={value}" for key, value in told.items())
    return f"{minute} director report.received {name} inject={inject} to={to} {words}\n"


def logged(minute: float, ticket: str = "INC-1", by: str = "desk_1", **facts: object) -> str:
    """Give the line of a ticket."""
    words = " ".join(f"{key}={value}" for key, value in facts.items())
    return f"{minute} {by} ticket.logged {ticket} ticket_kind=incident {words}\n"
