"""axe finds nothing on any page in any state: WCAG 2.0 to 2.2, A and AA, and its best practice."""

from __future__ import annotations

from tests.web.access.looker import Fact
from tests.web.access.walk import ELSEWHERE, pages


def where(fact: Fact) -> str:
    """Name a page and its state for whoever mends it."""
    return f"{fact['state']} {fact['who']} {fact['at']}"


# Fault planted: the label of the note taken off; the role of the blackened words taken off; <main> made a <div>.
def test_axe_finds_nothing_on_any_page_in_any_state(facts: list[Fact]) -> None:
    assert [f"{where(fact)}: {one}" for fact in facts for one in fact["axe"]] == []


# Fault planted: one address left out of the walk.
def test_the_walk_opens_every_page_of_the_table(facts: list[Fact]) -> None:
    opened = {fact["pattern"] for fact in facts if fact["status"] == 200}
    assert sorted({*pages(), *ELSEWHERE} - opened) == []


# Fault planted: the form with errors answered with 200.
def test_the_walk_sees_every_state(facts: list[Fact]) -> None:
    told = {"422": 422, "409": 409, "403": 403, "404": 404, "429": 429, "500": 500, "503": 503}
    assert {fact["state"] for fact in facts} == {"normal", "empty", "signed out", "expired", "refused", "opened", *told}
    assert [where(fact) for fact in facts if fact["status"] != told.get(fact["state"], fact["status"])] == []
    assert [where(fact) for fact in facts if fact["state"] in {"normal", "empty"} and fact["status"] != 200] == []


# Fault planted: a script in the page itself; a picture from another host.
def test_the_browser_complains_of_nothing_and_asks_nobody_else(facts: list[Fact]) -> None:
    assert [f"{where(fact)}: {fact['heard']}" for fact in facts if fact["heard"]] == []
    assert [f"{where(fact)}: {fact['foreign']}" for fact in facts if fact["foreign"]] == []
