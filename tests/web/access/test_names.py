"""What a screen reader says: Japanese names for everything, a title for each page, headings in order, pictures with a twin."""

from __future__ import annotations

from collections import defaultdict

from tests.web.access.looker import Fact
from tests.web.access.test_axe import where

ALIAS = "/households/<uuid:household_id>/"  # shows the page of its case


# Fault planted: the label of the search taken off; an icon labelled in English.
def test_everything_has_a_name_in_japanese_in_chromium_s_own_tree(facts: list[Fact]) -> None:
    assert [f"{where(fact)}: {fact['names']}" for fact in facts if fact["names"]] == []


# Fault planted: lang="en" in house/page.html; tabindex=5 on the search.
def test_every_page_is_japanese_with_one_main_heading_and_no_level_left_out(facts: list[Fact]) -> None:
    wrong = [
        f"{where(fact)}: lang {fact['lang']}, {fact['h1']} × h1, levels {fact['levels']}, {fact['tabindex']} × tabindex"
        for fact in facts
        if fact["lang"] != "ja" or fact["h1"] != 1 or fact["levels"] or fact["tabindex"]
    ]
    assert wrong == []


# Fault planted: wareki_short left off the day of a decision.
def test_no_day_is_written_as_machines_write_it(facts: list[Fact]) -> None:
    assert [f"{where(fact)}: {fact['days'][:3]}" for fact in facts if fact["days"]] == []


# Fault planted: the title of a sitting made that of the list of conferences.
def test_no_two_addresses_have_the_same_title(facts: list[Fact]) -> None:
    titles: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if fact["state"] == "normal" and fact["pattern"] != ALIAS:
            titles[fact["title"]].add(fact["pattern"])
    assert {title: sorted(patterns) for title, patterns in titles.items() if len(patterns) > 1} == {}
    assert [where(fact) for fact in facts if not fact["title"].endswith(" | たすき")] == []
    assert [where(fact) for fact in facts if fact["state"] == "409" and not fact["title"].startswith("書き直し")] == []


# Fault planted: the title of a picture left out; the twin of the timeline taken out of ui/picture.html.
def test_every_picture_has_a_name_and_a_table_that_says_the_same(facts: list[Fact]) -> None:
    assert [f"{where(fact)}: {fact['pictures']}" for fact in facts if fact["pictures"]] == []
    assert [where(fact) for fact in facts if fact["untwinned"]] == []


# Fault planted: a transition on .button outside of prefers-reduced-motion.
def test_nothing_moves_by_itself(facts: list[Fact]) -> None:
    assert [where(fact) for fact in facts if fact["moving"]] == []
