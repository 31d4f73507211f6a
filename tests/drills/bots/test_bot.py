"""A bot's attention: one thing at a time, torn out by interruptions, slow when tired."""

from __future__ import annotations

from collections.abc import Sequence

from drills.bots.bot import RESUME_MIN, Attention, Bot, Command, Rule
from drills.engine import Engine
from drills.eyes import Eyes
from drills.journal import Header
from scenarios import Scenario

MINUTE_MS = 60_000


def bot_of(scenario: Scenario, rules: Sequence[Rule], attention: Attention | None = None) -> Bot:
    """Give a tech lead's bot that acts by some rules on a fresh engine."""
    header = Header(drill="test", scenario=scenario.text, seed=7)
    engine = Engine(scenario, header, grid_s=60, texts={})
    return Bot("tech_lead", rules, Eyes(engine, "tech_lead"), attention)


def talk(eyes: Eyes, key: str) -> Command:
    return ("send_message", {"text": key})


def acts_by(bot: Bot, until_min: float) -> list[tuple[float, str]]:
    """Let a bot live alone, a quarter of a minute at a time; give when it acted, in minutes."""
    done = []
    for quarter in range(int(until_min * 4) + 1):
        move = bot.poll(quarter * 15_000)
        if move is not None:
            done.append((quarter / 4, move.name))
        bot.go_on(quarter * 15_000)
    return done


def test_one_thing_at_a_time(flagship: Scenario) -> None:
    """The second act begins when the first is done."""
    rules = [Rule("a", 3, lambda eyes: "once", talk), Rule("b", 2, lambda eyes: "once", talk)]
    assert acts_by(bot_of(flagship, rules), 10) == [(3.0, "a:once"), (5.0, "b:once")]


def test_an_interruption_costs_itself_and_the_way_back(flagship: Scenario) -> None:
    """The act after a call takes the minutes of resuming on top."""
    rules = [
        Rule("call", 1, lambda eyes: "once", talk, interrupts=True),
        Rule("work", 3, lambda eyes: "once", talk),
        Rule("more", 3, lambda eyes: "once", talk),
    ]
    acted = acts_by(bot_of(flagship, rules), 20)
    assert acted == [(1.0, "call:once"), (4.0 + RESUME_MIN, "work:once"), (7.0 + RESUME_MIN, "more:once")]


def test_a_tired_bot_is_slower(flagship: Scenario) -> None:
    """After the moment of fatigue an act takes at least 30 % longer."""
    rules = [Rule("work", 10, lambda eyes: "once", talk)]
    fresh = acts_by(bot_of(flagship, rules, Attention(tired_from_ms=None)), 30)
    tired = acts_by(bot_of(flagship, rules, Attention(tired_from_ms=0)), 30)
    assert fresh == [(10.0, "work:once")]
    assert tired[0][0] >= 13.0


def test_a_reason_is_acted_on_once(flagship: Scenario) -> None:
    """The same key never brings the same act again; a new key does."""
    keys = iter(["a", "a", "b"] + ["b"] * 100)
    rules = [Rule("work", 1, lambda eyes: next(keys), talk)]
    assert [name for _, name in acts_by(bot_of(flagship, rules), 10)] == ["work:a", "work:b"]


def test_a_bot_takes_up_its_seat_again(flagship: Scenario) -> None:
    """What stands in the journal by its name is not done a second time."""
    rules = [Rule("a", 1, lambda eyes: "once", talk), Rule("b", 1, lambda eyes: "once", talk)]
    bot = bot_of(flagship, rules)
    bot.remember({"bot:tech_lead:a:once", "bot:commander:b:once"})
    assert [name for _, name in acts_by(bot, 5)] == ["b:once"]
