"""A person at a real browser: a passkey made and used, a warning before the session closes, the same field afterwards."""

from __future__ import annotations

import datetime as dt
import re

from playwright.sync_api import Browser, Page, expect

from tasuki.ops.screenshots import WIDE, Clock, chromium, serving
from tests.web.conftest import AUTUMN, Stage
from tests.web.staff.door import PASSWORD, person

GRACE = '{"second_factor": true, "second_factor_grace_days": 14}'
NOTE = "/consultations/new/"


def window(browser: Browser, broken: list[str]) -> Page:
    """Open a window with a key that asks for a finger, as a laptop's does."""
    page = browser.new_context(viewport=WIDE, locale="ja-JP").new_page()  # type: ignore[arg-type]  # two numbers
    page.on("console", lambda said: broken.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: broken.append(str(error)))
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    line.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**kind, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    return page


def look(page: Page) -> None:
    """Let the page ask now how long its session lives, as it does when one comes back to its tab."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


# Fault planted: a way back to the sign-in that forgets the page.
def test_a_passkey_lets_in_and_nothing_typed_is_lost_when_the_session_closes(stage: Stage) -> None:
    person(stage, "hou3", ways=GRACE)
    broken: list[str] = []
    clock = Clock(AUTUMN)
    with chromium() as browser, serving(clock) as served:
        house = served.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, not to a number
        page = window(browser, broken)
        page.goto(house + NOTE)
        page.fill("#login", "hou3-id")
        page.fill("#password", PASSWORD)
        page.get_by_role("button", name="はじめる", exact=True).click()
        page.fill("[data-passkey-name]", "市の貸与ノート")
        page.get_by_role("button", name="パスキーを足す").click()
        expect(page.get_by_text("パスキーを足しました。")).to_be_visible()
        expect(page.get_by_text("市の貸与ノート")).to_be_visible()
        page.get_by_role("button", name="終わる（サインアウト）").click()

        page.goto(house + NOTE)
        page.get_by_role("button", name="パスキーではじめる").click()
        page.wait_for_url(f"**{NOTE}")
        page.fill("[name=note]", "夜だけ明かりのつく家がある")
        expect(page.get_by_text(re.compile("保存しました"))).to_be_visible()

        clock.at += dt.timedelta(minutes=58, seconds=30)
        look(page)
        expect(page.get_by_text("あと2分で、安全のために閉じます。")).to_be_visible()
        page.get_by_role("button", name="続ける").click()
        expect(page.locator("#session")).to_be_hidden()

        page.focus("[name=note]")
        clock.at += dt.timedelta(minutes=61)
        look(page)
        expect(page.get_by_text("しばらく操作がなかったので")).to_be_visible()
        page.get_by_role("button", name="パスキーではじめる").click()
        page.wait_for_url(f"**{NOTE}")
        expect(page.locator("[name=note]")).to_have_value("夜だけ明かりのつく家がある")
        expect(page.locator("[name=note]")).to_be_focused()
    assert broken == []
