"""Seats by cookie."""

from app import identity
from app.house import House
from tests.app.conftest import sit_down


def test_a_browser_keeps_its_newest_seats() -> None:
    """A new seat stands in front, is never doubled, and the oldest fall off."""
    cookies = {}
    for number in range(20):
        cookies[identity.SEAT_COOKIE] = identity.with_token(cookies, f"t{number}")
    assert identity.tokens(cookies) == [f"t{number}" for number in range(19, 7, -1)]
    assert identity.with_token(cookies, "t12").split(".")[:2] == ["t12", "t19"]


def test_a_cookie_opens_its_own_seats_alone(a_house: House) -> None:
    """Two drills of one browser are both open to it, and to no other browser."""
    mine: dict[str, str] = {}
    first, second = sit_down(a_house, mine), sit_down(a_house, mine, "commander")
    found = [identity.holder(mine, each.drill_id) for each in (first, second)]
    assert [each.seat for each in found if each] == ["tech_lead", "commander"]
    assert identity.holder({}, first.drill_id) is None
    assert identity.holder({identity.SEAT_COOKIE: "guess"}, first.drill_id) is None
    assert identity.holder(mine, "nowhere") is None


def test_the_facilitator_is_who_used_the_link(a_house: House) -> None:
    """A cookie that was given for the link makes a facilitator; nothing else does."""
    token = a_house.keys.exchange(a_house.keys.open_claim())
    assert identity.is_facilitator({identity.FACILITATOR_COOKIE: str(token)})
    assert not identity.is_facilitator({})
