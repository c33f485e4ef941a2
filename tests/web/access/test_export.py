"""The page of a file that is being made: it goes on by itself, with a script and without, and takes nobody's place away."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from playwright.sync_api import Page

from tasuki.paper import table as tables
from tasuki.web.export import desk
from tests.web.access.looker import Looker
from tests.web.export.conftest import at_rest

LIST = "/households/export.csv?open="


@pytest.fixture
def held() -> Iterator[threading.Event]:
    """Hold every file at its second row, until the event is set; give long lists of one row."""
    go_on, add = threading.Event(), tables.PutAside.add

    def held(self: tables.PutAside, row: list[str]) -> None:
        add(self, row)
        if self.count == 2:
            assert go_on.wait(60)

    with (
        patch("tasuki.web.household.long.AT_ONCE", 1),
        patch.object(tables.PutAside, "add", held),
        patch.object(desk, "EVERY_SECONDS", 0.2),
    ):
        yield go_on
        go_on.set()
        at_rest()


def begun(looker: Looker, page: Page) -> None:
    """Ask for a list as a file and begin it."""
    page.goto(looker.house + LIST)
    page.get_by_role("button", name="作りはじめる").click()
    page.get_by_role("heading", name=re.compile("作っています|順番を待っています")).wait_for()


# Faults planted: data-again left out → never ready; the whole part replaced each time → the focus set anew each time, and told
# by a screen reader.
def test_the_page_goes_on_by_itself_and_nobody_loses_their_place(looker: Looker, held: threading.Event) -> None:
    page = looker.window("hub")
    begun(looker, page)
    page.get_by_role("button", name="やめる").focus()
    page.get_by_text("2件 まで読みました").wait_for()
    page.evaluate("window.moved = 0; document.addEventListener('focusin', () => { window.moved += 1; })")
    with page.expect_response("**/progress/?itself="):
        pass
    with page.expect_response("**/progress/?itself="):
        pass
    assert page.evaluate("[document.activeElement.textContent, window.moved]") == ["やめる", 0]
    page.evaluate("window.same = true")
    held.set()
    page.get_by_role("heading", name="できました").wait_for()
    assert page.evaluate("window.same") is True
    assert page.locator("[data-told]").text_content() == "できました"
    assert page.evaluate("document.activeElement.textContent") == "消す"
    with page.expect_download() as coming:
        page.get_by_role("link", name="ファイルを受け取る").click()
    assert coming.value.suggested_filename.startswith("世帯の一覧_")


# Fault planted: the refresh left out of the page.
def test_without_a_script_the_browser_opens_it_anew(looker: Looker, held: threading.Event) -> None:
    looker.window("hub")
    cookie = looker.window("hub").context.cookies()[0]["value"]
    page = looker.window("plain", str(cookie), scripted=False)
    begun(looker, page)
    held.set()
    page.get_by_role("heading", name="できました").wait_for()
    page.get_by_role("link", name="ファイルを受け取る").wait_for()
