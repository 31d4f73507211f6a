"""What a scenario says of its troubles and of who can help with them, as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from drills.record import Item
from scenarios import Scenario
from scenarios.schema.response import Trouble

COMPLAINT = "complaint"
"""Inject named by reports of customers who really failed; they are about the main trouble."""
DEFAULT_TIERS: Mapping[str, int] = {"desk_1": 1, "desk_2": 2, "specialist": 3, "developer": 3, "tech_lead": 3}


@dataclass(frozen=True)
class Intake:
    """The troubles of a scenario, and the people around them.

    Args:
        reports: trouble by the inject that tells of it.
        contacts: how to reach a persona, by id.
        authorities: personas who can grant people or money, each with whom they send.
        tiers: tier of each seat that works on tickets: desk 1 and 2, all who repair 3.
        seat_of: seat in which a person sits at the start, by person.
    """

    troubles: tuple[Trouble, ...] = ()
    reports: Mapping[str, str] = field(default_factory=dict)
    contacts: Mapping[str, str] = field(default_factory=dict)
    authorities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tiers: Mapping[str, int] = field(default_factory=lambda: dict(DEFAULT_TIERS))
    seat_of: Mapping[str, str] = field(default_factory=dict)

    @property
    def main(self) -> Trouble | None:
        """The incident of the drill."""
        return next((trouble for trouble in self.troubles if trouble.main), None)

    def trouble_of(self, item: Item) -> Trouble | None:
        """Give the trouble that an alert or a report is about, or None."""
        if item.kind == "alert.fired":
            names = (item.data.get("monitor"), item.about)
            return next((one for one in self.troubles if any(name in one.monitors for name in names)), None)
        if item.kind != "report.received":
            return None
        inject = str(item.data.get("inject") or "")
        if inject == COMPLAINT:
            return self.main
        if inject in self.reports:
            return next((one for one in self.troubles if one.id == self.reports[inject]), None)
        return self._about_service(str(item.data.get("service") or ""))

    def _about_service(self, service: str) -> Trouble | None:
        """Give the trouble of a service that somebody in a seat reported; the main one before others."""
        ordered = sorted(self.troubles, key=lambda one: not one.main)
        return next((one for one in ordered if service in one.services), None)

    def seat(self, who: str) -> str:
        """Give the seat of a person, or the name itself where it is a seat or a persona."""
        return self.seat_of.get(who, who)


def of(scenario: Scenario) -> Intake:
    """Give the troubles of a scenario and who can help."""
    roles = scenario.role_table.values()
    repairs = {role.id for role in roles if role.may("start_operation")}
    closes = {role.id for role in roles if role.may("close_ticket")}
    return Intake(
        troubles=scenario.troubles,
        reports={each.id: each.report.trouble for each in scenario.injects if each.report is not None},
        contacts={each.id: each.contact for each in scenario.personas if each.contact},
        authorities={each.id: each.sends for each in scenario.personas if each.grants},
        tiers={
            role.id: 3 if role.id not in closes else 2 if role.id in repairs else 1
            for role in roles
            if role.id in repairs | closes
        },
        seat_of={person.id: person.seat for person in scenario.people if person.seat},
    )
