"""How heavy a page is for an old office machine: its own HTML, style and script, and the fonts that it really loads."""

from __future__ import annotations

import re

from django.conf import settings
from django.test import Client

from tests.web.access.looker import Fact
from tests.web.access.test_axe import where

MOST = 150_000  # bytes, as written and not as packed for the line
MOST_FONTS = 2_500_000  # bytes: both weights of every page's characters, and the slices of a few rare names


# Fault planted: a comment of 60 kB in house.js.
def test_no_page_weighs_more_than_150_kilobytes(facts: list[Fact]) -> None:
    heavy = {}
    for fact in facts:
        code = dict(fact["code"])
        assert {"house.js", "6-components.css"} <= set(code), where(fact)
        if (weight := fact["html"] + sum(code.values())) > MOST:
            heavy[where(fact)] = weight
    assert heavy == {}


# Fault planted: a second @font-face of the same file under another address.
def test_a_page_loads_each_font_once_and_none_that_it_does_not_need(facts: list[Fact]) -> None:
    for fact in facts:
        names = [name for name, _ in fact["fonts"]]
        assert len(names) == len(set(names)), where(fact)
    plain = [fact for fact in facts if fact["at"] == "/sign-in/"]
    assert plain
    assert [name for fact in plain for name, _ in fact["fonts"] if name.startswith("noto")] == []


# Seen red with a limit of 2,000,000, which the pages of the hard town pass; the whole families were 5,600,000.
def test_rare_names_cost_their_slices_and_not_every_character_there_is(facts: list[Fact]) -> None:
    heavy = {where(fact): weight for fact in facts if (weight := sum(size for _, size in fact["fonts"])) > MOST_FONTS}
    assert heavy == {}
    assert any(name.startswith("noto-sans-jp-2") for fact in facts for name, _ in fact["fonts"])


# Fault planted: WHITENOISE_IMMUTABLE_FILE_TEST left out.
def test_what_never_changes_is_kept_by_the_browser_for_ever() -> None:
    assert re.fullmatch(r"/static/[0-9a-f]{12}/", settings.STATIC_URL)
    answer = Client().get(f"{settings.STATIC_URL}css/6-components.css")
    answer.close()
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert Client().get("/static/0123456789ab/css/6-components.css").status_code == 404
