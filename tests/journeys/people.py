"""The people of a story, each with a browser window of their own, using the screens as a person does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Locator, Page

from tasuki.ops.replay.stage import Cast
from tasuki.ops.screenshots import Clock, visitor
from tasuki.rules.calendar import JST
from tests.conftest import Copy

Filled = Mapping[str, Any]


@dataclass
class People:
    """A story being lived: the house's address, the clock, one window for each who acts, and what went wrong in them."""

    copy: Copy
    cast: Cast
    browser: Browser
    house: str
    clock: Clock
    windows: dict[str, Page] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def at(self, moment: str) -> None:
        """Let the clock stand at a moment in Japan."""
        self.clock.at = dt.datetime.fromisoformat(moment).replace(tzinfo=JST)

    def window(self, who: str) -> Page:
        """Return somebody's window, opened and signed in when they first act."""
        if who not in self.windows:
            page = visitor(self.browser, self.house, self.cast.staff[who], self.clock.at)
            page.on("console", lambda said: self._heard(said.type, said.text))
            page.on("pageerror", lambda error: self.broken.append(str(error)))
            page.on("request", lambda one: self.broken.append(one.url) if not one.url.startswith(self.house) else None)
            self.windows[who] = page
        return self.windows[who]

    def _heard(self, kind: str, text: str) -> None:
        # A browser calls every 422 an error; here it is a refusal with words.
        if kind == "error" and "status of 422" not in text:
            self.broken.append(text)

    def open(self, who: str, path: str) -> Page:
        """Let somebody open a page that must be there."""
        page = self.window(who)
        answer = page.goto(self.house + path)
        assert answer is not None
        assert answer.status == 200, f"{who} {path}: {answer.status}"
        return page

    def status(self, who: str, path: str) -> int:
        """Return what a page answers somebody."""
        answer = self.window(who).request.get(self.house + path)
        return answer.status

    def do(self, who: str, path: str, button: str, **filled: Any) -> str:
        """Let somebody fill in a form and press its button; return the path to which it led."""
        page = self.open(who, path)
        fill(page, filled)
        page.locator("main").get_by_role("button", name=button, exact=True).click()
        page.wait_for_load_state()
        refusal = page.locator("main .refusal, main .notice-late, main .error")
        assert refusal.count() == 0, f"{who} {path}: {refusal.all_inner_texts()}"
        return page.url.removeprefix(self.house)

    def refused(self, who: str, path: str, button: str, **filled: Any) -> str:
        """Let somebody press a button that must be refused; return the sentence."""
        page = self.open(who, path)
        fill(page, filled)
        page.locator("main").get_by_role("button", name=button, exact=True).click()
        page.wait_for_load_state()
        return page.locator("main .refusal").inner_text()

    def truth(self, statement: str, *values: object) -> list[Any]:
        """Return what is really there, past every policy."""
        return [row[0] if len(row) == 1 else row for row in self.copy.past_all(statement, values)]


def fill(page: Page, filled: Filled) -> None:
    """Fill in fields by name: text is typed, words are chosen, a list is ticked and everything else is not."""
    for name, value in filled.items():
        fields = page.locator(f'main [name="{name}"]')
        kind = fields.first.evaluate("one => one.tagName === 'INPUT' ? one.type : one.tagName.toLowerCase()")
        if kind == "select":
            _choose(fields.first, str(value))
        elif kind == "checkbox":
            _tick(page, name, value if isinstance(value, list) else [value])
        elif kind == "radio":
            page.locator(f'main label:has(input[name="{name}"])').filter(has_text=str(value)).first.click()
        else:
            fields.first.fill(str(value))


def _choose(field_: Locator, words: str) -> None:
    options = field_.locator("option")
    there = [index for index, text in enumerate(options.all_inner_texts()) if words in text]
    assert there, f"{words} is not among {options.all_inner_texts()}"
    field_.select_option(index=there[0])


def _tick(page: Page, name: str, wanted: list[str]) -> None:
    labels = page.locator(f'main label:has(input[name="{name}"])')
    found = {label.inner_text().strip(): label.locator("input") for label in labels.all()}
    assert all(any(one in text for text in found) for one in wanted), f"{wanted} are not among {[*found]}"
    for text, box in found.items():
        box.set_checked(any(one in text for one in wanted))
