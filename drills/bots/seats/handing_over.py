"""Relief and handoff, by the rules that a commander and a tech lead share."""

from __future__ import annotations

from typing import Any

from drills.bots.bot import Command, Rule
from drills.bots.commands import (
    MINUTE_MS,
    claim,
    clock_claims,
    forecast_claims,
    lead_claims,
    next_step_claims,
    state_claims,
    tried_claim,
)
from drills.bots.finding import Find, after, at, both, commanding, failed_tries, resolved, unless
from drills.bots.policy import Policy
from drills.eyes import Eyes
from drills.record import Item


def commander_hands_over(policy: Policy, story: Any) -> list[Rule]:
    """Give the rules by which a commander finds relief, writes the handoff and hands over in a call."""
    if policy.relief == "never":
        return []
    seek = story("14:30" if policy.relief == "in time" else "15:30")
    shift_end = story("17:00")
    call = [
        Rule("handoff-call", 0.5, commanding(both(at(shift_end), _found)), _video(policy)),
        Rule("hand-off", 0.5, accepted("commander"), hand_off("commander")),
    ]
    return [
        Rule("seek", 5, unless(commanding(_to_ask(seek)), resolved), _seek),
        Rule(
            "handoff-note",
            2,
            unless(commanding(sections(policy, "commander", shift_end - 25 * MINUTE_MS)), resolved),
            write_section("commander"),
        ),
        *(call if policy.handoff else []),
        *handed_over("commander", policy),
    ]


def handed_over(role: str, policy: Policy) -> list[Rule]:
    """Give the rules of whoever has just taken over a role: confirm it, and say aloud who holds what."""

    def fresh(eyes: Eyes) -> Item | None:
        return next((item for item in eyes.all("role.handed_off") if item.about == role), None)

    def announce(eyes: Eyes, _: str) -> Command | None:
        item = fresh(eyes)
        return (
            ("announce_role", {"role": role, "holder": str(item.data["to"]), "text": TAKEN})
            if item is not None
            else None
        )

    confirm = Rule("confirm-role", 0.5, after(fresh, 0), lambda eyes, _: ("confirm_role", {"role": role}))
    return [confirm, *([Rule("announce-role", 0.5, after(fresh, 0.5), announce)] if policy.announces else [])]


def _to_ask(from_ms: int) -> Find:
    """The next name on the rota, until somebody for each of the two roles has said yes."""

    def find(eyes: Eyes) -> str:
        if eyes.now_ms < from_ms:
            return ""
        asked = {str(item.data.get("person")): item for item in eyes.all("staff.sought")}
        for person in eyes.scenario.people:
            if person.seat or person.id in asked:
                continue
            role = "tech_lead" if "command" not in person.skills else "commander"
            if not agreed(eyes, role):
                return f"{role}/{person.id}"
        return ""

    return find


def agreed(eyes: Eyes, role: str) -> str:
    """Give the person who said yes to a role, or nothing."""
    answers = eyes.handoff(role).answers
    return next((who for who, item in answers.items() if item.data["accepts"]), "")


def _found(eyes: Eyes) -> str:
    return "once" if agreed(eyes, "commander") else ""


def _seek(eyes: Eyes, key: str) -> Command:
    role, person = key.split("/")
    return ("seek_staff", {"role": role, "person": person, "text": SEEK})


def sections(policy: Policy, role: str, from_ms: int) -> Find:
    """Find the sections of a role's handoff to write, once somebody has said yes to it."""

    def find(eyes: Eyes) -> list[str]:
        spec = eyes.scenario.handoff
        if spec is None or eyes.now_ms < from_ms or not agreed(eyes, role):
            return []
        return [section.id for section in spec.sections[: policy.handoff_sections]]

    return find


def write_section(role: str) -> Any:
    """Write a section of a role's handoff."""

    def act(eyes: Eyes, section: str) -> Command:
        claims = _handoff_claims(eyes, section)
        return ("write_handoff", {"role": role, "section": section, "text": HANDOFF, "claims": claims})

    return act


def _handoff_claims(eyes: Eyes, section: str) -> list[dict[str, str]]:
    """Give the claims that belong into a section of the handoff."""
    sites = [claim(site.id, "state", "up" if site.in_rotation else "down") for site in eyes.reading().sites]
    tried = [tried_claim(item) for item in failed_tries(eyes)[-2:]]
    promised = [claim("larder_major", "next_update", "every 30 min, larder_major")]
    found = {
        "state": [*state_claims(eyes), *sites, *clock_claims(eyes)],
        "story": tried,
        "tried": tried,
        "tasks": next_step_claims(eyes),
        "plan": [*forecast_claims(eyes), *next_step_claims(eyes)],
        "do_not_touch": tried,
        "promises": promised,
        "people": lead_claims(eyes),
    }
    return found.get(section, state_claims(eyes))


def _video(policy: Policy) -> Any:
    def act(eyes: Eyes, _: str) -> Command:
        relief = [who for role in ("commander", "tech_lead") if (who := agreed(eyes, role))]
        others = ["tech_lead", "communications"] if policy.handoff == "video" else ["tech_lead"]
        return ("start_call", {"to": [*others, *relief], "medium": policy.handoff, "text": HANDOFF})

    return act


def accepted(role: str) -> Find:
    """Find a reason once the relief has said yes in the call, or has not spoken for half an hour in it."""

    def find(eyes: Eyes) -> str:
        who = agreed(eyes, role)
        call = next((c for c in eyes.calls() if who and who in c.to), None)
        if call is None or is_handed(eyes, role):
            return ""
        waited = eyes.now_ms - call.started_ms >= 30 * MINUTE_MS
        return "once" if eyes.handoff(role).accepted is not None or waited else ""

    return find


def is_handed(eyes: Eyes, role: str) -> bool:
    """Say whether a role has changed hands."""
    return any(item.about == role for item in eyes.all("role.handed_off"))


def hand_off(role: str) -> Any:
    """Give a role to whoever said yes to it, announced."""

    def act(eyes: Eyes, _: str) -> Command:
        return ("hand_off_role", {"role": role, "to": agreed(eyes, role), "announced": True})

    return act


# --- words

SEEK = "Our shift ends at five. Can you take over, by video, with our document open?"
HANDOFF = (
    "What serves, what failed and must not be done again, what may come, who does what, what we promised."
)
TAKEN = "Everybody: this role has changed hands. Questions about it go to the new holder."
