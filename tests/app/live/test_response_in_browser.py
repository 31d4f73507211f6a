"""The response in a real browser, over a drill whose clock stands: desk, command, handoff, retrospective."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, expect

from drills import Hall, Refused
from scenarios import Library
from tests.app.live.conftest import Console
from tests.app.live.test_console_in_browser import DESK, PHONE, violations
from tests.drills.views.conftest import FLAGSHIP, HandClock, Seated

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Route

pytestmark = pytest.mark.browser


class PlayedConsole(Console):
    """A console whose commands go to a drill, and whose stream shows what came of them."""

    def __init__(self, context: BrowserContext, theme: str, seated: Seated) -> None:
        super().__init__(context, theme)
        self.seated = seated
        self.rev = 1

    def picture(self) -> dict[str, Any]:
        """Give the whole picture as the stream would."""
        view = {**self.seated.view(), "rev": self.rev, "refused": []}
        view["clock"] |= {"state": "paused", "freeze": None}
        shown: dict[str, Any] = json.loads(json.dumps(view))
        return shown

    def follow(self) -> None:
        """Send the picture as it is now."""
        self.rev += 1
        self.send({"type": "full", "rev": self.rev, "state": self.picture()})

    def _answer(self, route: Route, what: str) -> None:
        if what != "commands":
            super()._answer(route, what)
            return
        body = route.request.post_data_json
        self.posted.append((what, body))
        me = self.seated.me
        try:
            self.seated.hall.submit(
                me.drill_id, me.seat, me.person, body["command_id"], body["command"], body["data"]
            )
        except Refused as refused:
            route.fulfill(status=refused.status, json={"error": refused.message, "cure": refused.cure})
            return
        route.fulfill(json={})
        self.follow()


Play = Callable[..., PlayedConsole]


@pytest.fixture
def play(browser: Browser, tmp_path: Path) -> Iterator[Play]:
    """Opens a console on a drill: `play("desk_1", minute=24, size=PHONE, theme="dark")`."""
    hall = Hall(tmp_path, Library([]), HandClock())
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_one(
        seat: str,
        *,
        minute: int = 0,
        before: Callable[[Seated], None] | None = None,
        size: tuple[int, int] = DESK,
        theme: str = "light",
        team: str = "managed",
    ) -> PlayedConsole:
        seated = Seated(hall, hall.play_alone(FLAGSHIP, seat, name="Ada Berg", team=team, seed=7))
        seated.play_to(minute)
        if before is not None:
            before(seated)
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
        contexts.append(context)
        console = PlayedConsole(context, theme, seated)
        console.page.on("pageerror", lambda error: errors.append(str(error)))
        console.show(console.picture())
        return console

    yield open_one
    for context in contexts:
        context.close()
    hall.close()
    assert not errors, "the page threw: " + "; ".join(errors)


def tab(console: Console, name: str) -> None:
    """Go to a view."""
    console.page.locator(".tabs").get_by_role("button", name=re.compile(f"^{name}")).click()


def part(console: Console, name: str) -> Locator:
    """Find a part of the screen."""
    return console.page.locator(f"[data-part={name}]")


def button(within: Locator, name: str) -> Locator:
    """Find a button by the start of its name."""
    return within.get_by_role("button", name=re.compile(f"^{name}"))


# --- the service desk


def phone_rings(desk: Seated) -> None:
    """A customer rings the desk; another one has written about the same."""
    desk.report(1, "odile", "email", "No basket opens here since ten past three.", service="larder")
    desk.say("phone.rang", "phone-90", {"call": "phone-90", "from": "ines", "to": "desk_1", "inject": "x"})


def test_a_desk_takes_a_call_to_a_ticket_and_up(play: Play) -> None:
    """Answer, log with what the caller says, category, priority, the mail linked, passed on with findings."""
    console = play("desk_1", minute=24, before=phone_rings)
    desk = console.seated
    ringing = part(console, "queue").locator(".rings").filter(has_text="Ines Duarte")
    button(ringing, "Answer").click()
    expect(ringing).to_have_count(0)
    desk.report(2, "ines", "phone", "The shop's page does not open.", contact="555-0111")
    console.follow()
    part(console, "queue").get_by_text("The shop's page does not open.").click()
    form = part(console, "logform")
    expect(form.get_by_label("Contact")).to_have_value("")
    form.get_by_label("In one line").fill("Shop page does not open")
    form.get_by_label("Contact").fill("555-0111")
    form.get_by_label("Reported at").fill("03:20")
    form.get_by_label("What is not working").fill("The page stays white, since twenty past three.")
    form.get_by_label("Service affected").select_option("larder")
    button(form, "Log ticket").click()
    ticket = part(console, "ticket")
    expect(ticket).to_contain_text("Shop page does not open")
    assert console.commands()[-1]["data"]["reported_ms"] == 20 * 60_000

    ticket.get_by_label("Category", exact=True).select_option("application")
    ticket.get_by_label("Sub-category").select_option("app_unavailable")
    button(ticket, "Many customers").click()
    button(ticket, "Not clear").click()
    button(ticket, "High").click()
    button(ticket, "Save ticket").click()
    expect(button(ticket, "Save ticket")).to_be_disabled()
    mine = next(each for each in desk.engine.board.tickets.values() if each.reporter == "ines")
    assert (mine.category, mine.sub, mine.priority) == ("application", "app_unavailable", "high")

    part(console, "queue").get_by_text("No basket opens here").click()
    part(console, "logform").get_by_label("Or the same trouble as").select_option(mine.id)
    button(part(console, "logform"), f"Link to {mine.id}").click()
    expect(part(console, "ticket")).to_contain_text("2 reports")

    button(part(console, "articles"), "KB-1").click()
    up = part(console, "escalate")
    up.get_by_label("To", exact=True).select_option("tech_lead")
    up.get_by_text(re.compile("read KB-1")).click()
    up.get_by_label("In your words").fill("KB-1 does not fit: every account is hit.")
    button(up, "Escalate with").click()
    expect(part(console, "ticket")).to_contain_text("not accepted yet")
    sent = console.commands()[-1]["data"]
    assert (sent["to"], sent["tried"]) == ("tech_lead", ["kb-1"])
    assert {claim["property"] for claim in sent["claims"]} == {"impact", "since", "priority"}


def ready_to_end(desk: Seated) -> None:
    """A ticket of a customer that somebody has resolved."""
    desk.report(1, "odile", "email", "We cannot order.", service="larder")
    desk.do("log_ticket", title="Kitchens cannot order", reporter="odile", report="told-1", service="larder")
    desk.do("resolve_ticket", ticket="INC-1", text="Traffic moved.")


def test_a_desk_brings_a_ticket_to_its_end(play: Play) -> None:
    """A look as a customer, the confirmation, the question to the reporter, their answer, and closed."""
    console = play("desk_1", before=ready_to_end)
    end = part(console, "ending")
    button(end, "Look as a customer").click()
    button(end, "Confirm").click()
    button(end, "Ask the reporter").click()
    expect(end).to_contain_text("no answer yet")
    answer = {"ticket": "INC-1", "satisfied": True, "text": "It works.", "from": "odile"}
    console.seated.say("user.answered", "INC-1", answer)
    console.follow()
    expect(end).to_contain_text("They say it works.")
    button(end, "Close ticket").click()
    expect(part(console, "ticket")).to_contain_text("Closed")
    looked = [body["data"] for _, body in console.posted if body["command"] == "take_look"]
    assert {"target": "larder", "signal": "user_side"} in looked


# --- command


def test_a_commander_opens_gives_and_calls(play: Play) -> None:
    """One act opens the incident; a task goes to a name; a call runs, is hung up, and is noted."""
    console = play("commander", minute=20)
    page = console.page
    page.get_by_role("button", name="Open incident").click()
    page.get_by_role("dialog").get_by_label(re.compile("David Moreno")).check()
    button(page.get_by_role("dialog"), "Open it").click()
    expect(page.locator(".pairs")).to_contain_text("in 30:00")
    assert console.seated.engine.board.document.opened_ms is not None

    page.get_by_role("button", name="Assign task").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Who").select_option("tech_lead")
    form.get_by_label("What, in one sentence").fill("Cap retries, read the result aloud")
    form.get_by_label("Operation it asks for").select_option("cap_retries")
    form.get_by_label("Share, %").fill("20")
    button(form, "Assign").click()
    expect(part(console, "tasks")).to_contain_text("Cap retries, read the result aloud")
    assert console.commands()[-1]["data"]["params"] == {"frac": 0.2}

    page.get_by_role("button", name="Call", exact=True).click()
    form = page.get_by_role("dialog")
    button(form, "Video").click()
    form.get_by_label(re.compile("Odile Mercier")).check()
    form.get_by_role("button", name="Call").click()
    expect(part(console, "calls")).to_contain_text("Odile Mercier")
    button(part(console, "calls"), "Hang up").click()
    expect(part(console, "calls")).to_have_count(0)
    button(part(console, "waiting"), "Note it").click()
    form = page.get_by_role("dialog")
    form.get_by_label("What was decided or learned").fill(
        "Breakfast is at seven; she waits for word at five."
    )
    button(form, "Note it").click()
    expect(part(console, "channel")).to_contain_text("she waits for word at five")
    expect(part(console, "waiting")).not_to_contain_text("is not noted yet")


def test_a_step_goes_on_the_record_by_a_tick(play: Play) -> None:
    """What was done stands beside the document; ticked, it is written there, linked, with what came of it."""

    def operate(lead: Seated) -> None:
        for page in lead.view()["pages"]:
            lead.do("acknowledge_page", page=page["id"])
        lead.do("open_document")
        lead.do("start_operation", operation="restart", params={"site": "dc1"})
        lead.play_to(50)
        for page in lead.view()["pages"]:
            lead.do("acknowledge_page", page=page["id"])

    console = play("tech_lead", minute=30, before=operate, team="none")  # bots would write it down
    tab(console, "Document")
    todo = part(console, "tonote")
    todo.get_by_label(re.compile("Restart DC1")).first.check()
    todo.get_by_label(re.compile("What came of it")).select_option("none")
    button(todo, "Write 1 down").click()
    expect(part(console, "document")).to_contain_text(re.compile("Restart DC1: done.*It changed nothing"))
    sent = console.commands()[-1]["data"]
    assert sent["links"] == ["op-1"]
    assert sent["claims"] == [
        {"subject": "restart dc1", "property": "tried", "value": "none", "certainty": "known"}
    ]


# --- handoff, runbooks, retrospective


def relief_agreed(commander: Seated) -> None:
    """A relief was asked and has said yes."""
    commander.do("seek_staff", role="commander", person="relief3")
    yes = {"person": "relief3", "role": "commander", "accepts": True, "text": "Yes, from five."}
    commander.say("staff.answered", "relief3", yes)


def test_a_role_changes_hands_and_everyone_hears_it(play: Play) -> None:
    """Written, met, said back with one answer that differs, handed over, announced."""
    console = play("commander", before=relief_agreed)
    tab(console, "Handoff")
    part(console, "handed").get_by_role("textbox", name="Do not touch").fill(
        "The retry cap stays until DC1 is warm."
    )
    button(part(console, "handed"), "Save").click()
    expect(part(console, "handed")).to_contain_text("1 of 8 written")
    button(part(console, "takeover"), "Meet face to face").click()
    expect(part(console, "calls")).to_contain_text("Hana Sato")
    answers = {"rb_sites": "DC3 alone", "rb_harmful": "Lift the cap at six"}
    back = {
        "role": "commander",
        "who": "relief3",
        "answers": answers,
        "wrong": ["rb_harmful"],
        "right": 1,
        "of": 2,
    }
    console.seated.say("handoff.read_back", "commander", back)
    console.follow()
    expect(part(console, "readback").locator(".bad")).to_contain_text("Lift the cap at six")
    expect(part(console, "readback")).to_contain_text("1 of 2 right")
    button(part(console, "takeover"), "Hand over to Hana Sato").click()
    part(console, "takeover").get_by_label("And who does what now").fill("David keeps repairing.")
    button(part(console, "takeover"), "Say it aloud").click()
    expect(part(console, "takeover")).to_contain_text("Everyone was told.")
    assert console.commands()[-1]["data"]["holder"] == "relief3"


def over(commander: Seated) -> None:
    """The incident is resolved, and a runbook lies open."""
    commander.do("open_runbook", page="rb-2")
    commander.do("resolve_ticket", ticket=commander.incident(), text="Sites are back.")


def test_a_team_looks_back_without_blame(play: Play) -> None:
    """The meeting, a factor that points at a person and is reworded, a follow-up, a step written anew."""
    console = play("commander", before=over)
    page = console.page
    tab(console, "Retrospective")
    button(part(console, "meeting"), "Hold the retrospective").click()
    factors = part(console, "factors")
    factors.get_by_label("What contributed").fill("David rolled back all sites.")
    button(factors, "Add the factor").click()
    button(factors, "Factor 1 points at a person").click()
    expect(factors).to_contain_text("word it anew")
    button(factors, "Reword factor 1").click()
    factors.locator(".reviewed").get_by_label("What contributed").fill("The runbook re-admits cold sites.")
    button(factors, "Word it so").click()
    expect(factors).not_to_contain_text("word it anew")
    todo = part(console, "followups")
    todo.get_by_label("What will be done").fill("Rewrite step 4.")
    todo.get_by_label("Owner").select_option("tech_lead")
    button(todo, "Add the follow-up").click()
    expect(todo.locator(".reviewed")).to_contain_text("7 days")
    tab(console, "Runbooks")
    page.get_by_role("button", name="Rewrite step 4").click()
    page.get_by_label("The step as it should read").fill("Roll back one site and look.")
    button(part(console, "runbook"), "Write it so").click()
    expect(part(console, "runbook")).to_contain_text("rewritten")


# --- the clock


def test_a_freeze_holds_the_screen_until_it_is_answered(play: Play) -> None:
    """The question takes the focus, Tab stays inside, and the answer carries its id."""
    console = play("commander")
    frozen = console.picture()
    frozen["clock"]["freeze"] = {
        "id": "freeze-1",
        "question": "Who commands?",
        "left_s": 60,
        "may_answer": True,
    }
    console.send({"type": "full", "rev": 9, "state": frozen})
    answer = console.page.get_by_label("Your answer")
    expect(answer).to_be_focused()
    answer.fill("I do.")
    console.page.keyboard.press("Tab")
    console.page.keyboard.press("Tab")
    expect(answer).to_be_focused()
    button(part(console, "freeze"), "Answer").click()
    console.page.wait_for_function("() => true")
    assert console.commands()[-1] | {"command_id": ""} == {
        "command_id": "",
        "command": "answer_freeze",
        "data": {"freeze": "freeze-1", "text": "I do."},
    }


def test_a_skip_takes_its_card_along(play: Play) -> None:
    """Before time is skipped the card says who watches, when the next word is due, and what stops it."""
    console = play("commander")
    quiet = console.picture()
    quiet["clock"]["skip"]["needs_card"] = True
    console.send({"type": "full", "rev": 9, "state": quiet})
    console.page.get_by_title(re.compile("^Skip to")).click()
    form = console.page.get_by_role("dialog")
    form.get_by_label("Who watches").select_option("tech_lead")
    form.get_by_label("Stop if").fill("DC3 passes 90 %")
    button(form, "Skip to").click()
    expect(form).to_have_count(0)
    assert console.commands()[-1]["data"]["card"] == {
        "watches": "tech_lead",
        "next_update_min": 30,
        "stop_if": "DC3 passes 90 %",
    }


# --- for everyone


def all_at_once(seated: Seated) -> None:
    """Something to see on every screen."""
    phone_rings(seated)
    if seated.me.seat == "commander":
        relief_agreed(seated)
        seated.do("open_incident", severity="high", runbook="rb-1")
        seated.do("start_call", to=["odile"], medium="phone")
        over(seated)
        seated.do("hold_retro", present=["commander"])
        seated.do("add_factor", factor_kind="process", text="The runbook is stale.", link="rb-2")
        seated.do("flag_blame", item="factor-1")


SIGHTS = [
    (seat, theme, size)
    for seat in ("desk_1", "commander")
    for theme, size in (("light", DESK), ("dark", DESK), ("light", PHONE))
]
VIEWS = {
    "desk_1": ["Tickets"],
    "commander": ["Document", "Tickets", "Runbooks", "Handoff", "Retrospective"],
}


def test_every_form_opens_on_a_phone(play: Play) -> None:
    """Each short form shows on a small screen, its send button within reach, nothing sticking out."""
    console = play("commander", minute=20, before=relief_agreed, size=PHONE)
    names = ["Open incident", "Assign task", "Page someone", "Call", "Record decision", "Update timer"]
    found: list[str] = []
    for name in names:
        go(console, name, phone=True)
        form = console.page.get_by_role("dialog")
        form.locator(".btn").last.scroll_into_view_if_needed()
        expect(form.locator(".btn").last).to_be_in_viewport()
        found.extend(f"{name}: {line}" for line in violations(console))
        if console.page.evaluate("() => document.documentElement.scrollWidth - innerWidth") > 0:
            found.append(f"{name}: it scrolls sideways")
        console.page.keyboard.press("Escape")
        expect(form).to_have_count(0)
    assert found == []


@pytest.mark.parametrize(("seat", "theme", "size"), SIGHTS)
def test_no_barrier_on_any_screen(play: Play, seat: str, theme: str, size: tuple[int, int]) -> None:
    """No WCAG A or AA violation and nothing to scroll sideways on any screen of the response."""
    console = play(seat, before=all_at_once, size=size, theme=theme)
    found: list[str] = []
    for name in VIEWS[seat]:
        go(console, name, phone=size == PHONE)
        found.extend(f"{name}: {line}" for line in violations(console))
        if console.page.evaluate("() => document.documentElement.scrollWidth - innerWidth") > 0:
            found.append(f"{name}: it scrolls sideways")
    assert found == []


def go(console: Console, name: str, *, phone: bool) -> None:
    """Go to a view, on a phone by its list of acts where it has no tab of its own."""
    tabs = console.page.locator(".tabs4").get_by_role("button", name=re.compile(f"^{name}"))
    if not phone:
        tab(console, name)
    elif tabs.count():
        tabs.click()
    else:
        console.page.locator(".tabs4 button").last.click()
        named = re.compile(rf"^{name}\s*\d*$")  # some carry the number of what is new
        console.page.locator(".actlist").get_by_role("button", name=named).click()
