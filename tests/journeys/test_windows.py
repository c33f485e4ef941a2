"""A window of a play stays on its page, however far the clock jumps: a page that left by itself once raced with its person."""

from tests.journeys.people import People
from tests.journeys.test_s01 import people

__all__ = ["people"]


# Seen red: the session's account was none that exists (left: 0, the page left for the sign-in); without the hour, 20 asked at once.
def test_a_window_left_alone_for_months_of_the_story_stays_on_its_page(people: People) -> None:
    people.at("2026-05-11T09:00")
    people.window("jiritsu").clock.install()
    page = people.open("jiritsu", "/pledges/sign/")
    people.at("2026-10-14T10:00")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.clock.run_for(21_000)
    page.wait_for_timeout(500)
    assert [one.removeprefix(people.house) for one in asked if "/static/" not in one] == ["/session/"]
    assert page.url == f"{people.house}/pledges/sign/"
