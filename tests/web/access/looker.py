"""Somebody who opens pages in a real browser and writes down what is wrong with each, at several widths."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, CDPSession, Page

from tasuki.ops.screenshots import WIDE, Clock, chromium, serving
from tests.web.access.town import FAMILY, SPRING
from tests.web.conftest import Stage

Fact = dict[str, Any]
HERE = Path(__file__).parent
LOOK, PAGE = ((HERE / name).read_text(encoding="utf-8").split("\n", 1)[1].strip() for name in ("look.js", "page.js"))
NIGHTLY = os.environ.get("TASUKI_NIGHTLY") == "1"
# 1366 is the office's screen, 820 the tablet; 683 is the office's screen at 200 %, 320 is 1280 at 400 %.
WIDTHS = (820, 683, 320) if NIGHTLY else (320,)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "preload": False}
ASKED = [
    "button",
    "link",
    "textbox",
    "searchbox",
    "combobox",
    "checkbox",
    "radio",
    "spinbutton",
    "switch",
    "tab",
    "menuitem",
    "image",
    "img",
    "group",
    "region",
]
READ = re.compile(r"[\u3005-\u30ff\u3400-\u9fff\uff10-\uff19\U00020000-\U0003ffff0-9]")
SPACED = """(on) => { const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }");
  document.adoptedStyleSheets = on ? [sheet] : []; }"""
# What Japanese says in letters, and who is called so.
SAID = {"DV", *(name for name, *_ in FAMILY if name.isascii())}
OPENED = "document.querySelectorAll('main details').forEach(one => { one.open = true; })"


@dataclass
class Looker:
    """A browser with one window for each who looks, and what was found so far."""

    stage: Stage
    browser: Browser
    house: str
    clock: Clock
    windows: dict[str, tuple[Page, CDPSession]] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    armed: set[str] = field(default_factory=set)

    def window(self, who: str, cookie: str = "", *, scripted: bool = True) -> Page:
        """Return somebody's window; `who` is a key of staff, or "" for nobody; a cookie is somebody at the door."""
        if who not in self.windows:
            context = self.browser.new_context(
                viewport=WIDE,  # type: ignore[arg-type]  # two numbers
                locale="ja-JP",
                java_script_enabled=scripted,
            )
            if who and not cookie:
                cookie = self.stage.browser(who, self.clock.at).cookies["tasuki_session"].value
            if cookie:
                context.add_cookies([{"name": "tasuki_session", "value": cookie, "url": self.house}])
            page = context.new_page()
            page.on("console", lambda said: self._hear(said.type, said.text))
            page.on("pageerror", lambda error: self.heard.append(str(error)))
            self.windows[who] = (page, context.new_cdp_session(page))
        return self.windows[who][0]

    def _hear(self, kind: str, text: str) -> None:
        # A browser calls every answer of 400 and more an error; here they are pages with words.
        if kind == "error" and "the server responded with a status of" not in text:
            self.heard.append(text)

    def open(self, who: str, path: str) -> int:
        """Open a page and return its status."""
        self.window(who).goto(self.house + path)
        return self.status(who)

    def status(self, who: str) -> int:
        """Return the status with which the page came that is open in somebody's window."""
        return int(self.window(who).evaluate("performance.getEntriesByType('navigation')[0].responseStatus"))

    def write_down(self, who: str, state: str, *, status: int = 200, pattern: str = "") -> Fact:
        """Write down what is wrong with the page that is open in somebody's window."""
        page, line = self.windows[who]
        page.evaluate(OPENED)
        fact: Fact = {
            "who": who,
            "state": state,
            "pattern": pattern,
            "status": status,
            "at": page.url.removeprefix(self.house),
        }
        fact |= page.evaluate(PAGE)
        fact["heard"], self.heard[:] = list(self.heard), []
        fact["names"] = unnamed(line)
        if who not in self.armed:
            # From now on each page of this window brings axe along: half a megabyte need not be sent each time.
            page.add_init_script(AXE_SCRIPT)
            page.evaluate(AXE_SCRIPT)
            self.armed.add(who)
        found = page.evaluate("options => axe.run(options)", AXE)
        fact["axe"] = [
            f"{one['id']}: {one['help']}: {node['target']}" for one in found["violations"] for node in one["nodes"][:3]
        ]
        fact["widths"] = {str(WIDE["width"]): page.evaluate(LOOK)}
        if NIGHTLY or not pattern or "<" not in pattern:
            page.evaluate(SPACED, "on")
            fact["widths"]["spaced"] = page.evaluate(LOOK)
            page.evaluate(SPACED, "")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 768})
            fact["widths"][str(width)] = page.evaluate(LOOK)
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # two numbers
        self.facts.append(fact)
        return fact

    def send_empty(self, who: str) -> int:
        """Send the page's own form as nobody should, and return the status of what came back."""
        page = self.window(who)
        with page.expect_navigation() as coming:
            page.evaluate(
                "() => { const form = document.querySelector('main form[method=post]:not([action*=sign-out])');"
                " form.noValidate = true;"
                " form.querySelectorAll('[required]').forEach(one => { if (one.matches('textarea, input:not([type=radio])')) one.value = ''; });"
                " delete form.dataset.draft; form.requestSubmit(); }"
            )
        return int(coming.value.status)


def unnamed(line: CDPSession) -> list[str]:
    """List what chromium would read aloud without a name, or with a name in which nothing is Japanese or a figure."""
    nodes = line.send("Accessibility.getFullAXTree")["nodes"]
    wrong = []
    for node in nodes:
        role = str(node.get("role", {}).get("value", ""))
        if node.get("ignored") or role not in ASKED:
            continue
        name = str(node.get("name", {}).get("value", ""))
        quiet = (
            role in {"group", "region"} and not name
        )  # <details> and <fieldset> without a legend are groups without a name
        if not quiet and not READ.search(name) and name not in SAID:
            wrong.append(f"{role} 「{name}」")
    return wrong


@contextmanager
def looking(stage: Stage) -> Iterator[Looker]:
    """Serve a stage on a real server, and open a browser on it."""
    clock = Clock(SPRING)
    with chromium() as browser, serving(clock) as house:
        yield Looker(stage, browser, house, clock)
