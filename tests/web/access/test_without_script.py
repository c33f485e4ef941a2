"""Everything also works where no script runs: the way from the sign-in to a note, a filter, a search and an answer."""

from __future__ import annotations

from tests.web.access.looker import Looker
from tests.web.staff.door import PASSWORD, person


# Fault planted: the button of the filters taken out; the reception sent by a script only.
def test_a_morning_without_any_script(looker: Looker) -> None:
    person(looker.stage, "hou3")
    page = looker.window("", scripted=False)
    page.goto(looker.house + "/")
    page.fill("#login", "hou3-id")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="はじめる", exact=True).click()
    page.get_by_role("link", name="受付メモ").first.click()
    page.fill("#note", "紙に書いたことを写した")
    page.check("[name=topics] >> nth=0")
    page.select_option("#route", index=1)
    page.fill("#name", "朝霧 ことは")
    page.get_by_role("button", name="受付にする").click()
    page.get_by_role("heading", name="同じ人かもしれない人がいます").wait_for()  # 「どちらでもない」 is chosen
    page.get_by_role("button", name="受付にする").click()
    page.get_by_role("heading", name="朝霧 ことは さん世帯").wait_for()
    page.fill("#write", "折り返しの電話")
    page.get_by_role("button", name="記録する", exact=True).click()
    page.get_by_text("記録しました。").wait_for()
    page.goto(looker.house + "/households/")
    page.locator("main select").first.select_option(index=1)
    page.get_by_role("button", name="さがす").last.click()
    page.fill("#search", "あさぎり")
    page.locator("#search").press("Enter")
    page.get_by_text("「あさぎり」").first.wait_for()
    page.locator("details.bar-post summary").click()
    page.get_by_role("button", name="終わる（サインアウト）").click()
    page.get_by_role("heading", name="サインイン").wait_for()


# Fault planted: defer taken off house.js; a script written into the head of the page.
def test_no_page_waits_for_a_script(looker: Looker) -> None:
    for who, place in (("hub", "/"), ("", "/sign-in/")):
        looker.open(who, place)
        scripts = looker.window(who).evaluate(
            "[...document.scripts].map(one => [one.getAttribute('src') ?? '', one.defer || one.type === 'module'])"
        )
        assert scripts
        assert [one for one in scripts if not one[0] or not one[1]] == []
