"""Every page fits the window: at 1366, on the tablet (820), at 200 % (683) and at 400 % (320 CSS pixels)."""

from __future__ import annotations

import pytest

from tasuki.ops.screenshots import WIDE
from tests.web.access.looker import WIDTHS, Fact
from tests.web.access.test_axe import where

NARROW = tuple(str(width) for width in (WIDE["width"], *WIDTHS))
SPACED = (*NARROW, "spaced")  # and 1366 with the wide spacing of 1.4.12


def wrong(facts: list[Fact], width: str, what: str) -> list[str]:
    """List what was seen at one width, page by page."""
    seen = [fact for fact in facts if width in fact["widths"]]
    assert len(seen) > 20
    # What opens over a page lies on it on purpose.
    seen = [fact for fact in seen if fact["state"] != "opened" or what not in {"overlaps", "jumps"}]
    return [f"{where(fact)}: {one}" for fact in seen for one in fact["widths"][width][what]]


# Fault planted: .act-form with a width of 860px.
@pytest.mark.parametrize("width", SPACED)
def test_no_page_scrolls_sideways(facts: list[Fact], width: str) -> None:
    across = {where(fact): fact["widths"][width]["wide"] for fact in facts if width in fact["widths"]}
    assert {page: wide for page, wide in across.items() if wide > 0} == {}
    assert wrong(facts, width, "beyond") == []


# Fault planted: .tag with overflow: hidden and a width of 20px; the bar's search laid over the note button.
@pytest.mark.parametrize("width", SPACED)
def test_nothing_is_cut_off_or_laid_over_another(facts: list[Fact], width: str) -> None:
    for what in ("clipped", "bursting", "overlaps", "columns"):
        assert wrong(facts, width, what) == [], what


# Fault planted: the label taken off the scrolling place of ui/table.html.
@pytest.mark.parametrize("width", NARROW)
def test_what_scrolls_by_itself_has_a_name_and_takes_the_keyboard(facts: list[Fact], width: str) -> None:
    assert wrong(facts, width, "regions") == []


# Fault planted: `order: -1` on the search of the bar.
@pytest.mark.parametrize("width", NARROW)
def test_the_tab_key_follows_the_order_on_the_screen(facts: list[Fact], width: str) -> None:
    assert wrong(facts, width, "jumps") == []


# Fault planted: the links of the bar 12px high and under each other.
@pytest.mark.parametrize("width", NARROW)
def test_what_is_pressed_is_at_least_24_pixels_large(facts: list[Fact], width: str) -> None:
    assert wrong(facts, width, "small") == []
