"""Whole journeys by keyboard alone, and every stop of the Tab key seen where it is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.web.access.keys import choose, lost, press, to
from tests.web.access.looker import Looker
from tests.web.access.town import SPRING
from tests.web.conftest import Stage
from tests.web.crowd import offered, received
from tests.web.staff.door import PASSWORD, person

MAIN = {
    "hub": ("/", "/consultations/new/", "/referrals/", "/conferences/", "/households/", "/cases/{case}/", "/cases/{case}/agenda/",
            "/sittings/{sitting}/", "/plans/{plan}/", "/resources/", "/watches/"),
    "admin": ("/staff/",),
}  # fmt: skip


def at(stage: Stage) -> dict[str, object]:
    """Return the ids of the hardest things of the town."""
    return {
        "case": stage.id_of("SELECT id FROM records_case ORDER BY opened_at LIMIT 1"),
        "sitting": stage.id_of("SELECT id FROM records_sitting WHERE state <> 'HELD' ORDER BY at LIMIT 1"),
        "plan": stage.id_of("SELECT id FROM records_plan ORDER BY version DESC LIMIT 1"),
    }


# Fault planted: `:focus-visible { outline: none }`; a bar that is fixed over the foot of the page.
@pytest.mark.parametrize("width", [1366, 320])
def test_every_stop_of_the_tab_key_is_seen_and_under_nothing(looker: Looker, width: int) -> None:
    assert lost(looker, MAIN, at(looker.stage), width) == []


# Fault planted: the skip link made to lead nowhere.
def test_the_first_stop_leads_past_the_bar(looker: Looker) -> None:
    page = looker.window("hub")
    looker.open("hub", "/households/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


# Fault planted: `if (!act || writing(event.target)) return;` without writing(); the n of the bar without data-key.
def test_single_keys_search_write_and_explain_and_never_while_somebody_writes(looker: Looker) -> None:
    page = looker.window("hub")
    looker.open("hub", "/households/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("n?")
    assert page.input_value("#search") == "n?"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    with page.expect_navigation():
        page.keyboard.press("n")
    assert page.url.endswith("/consultations/new/")
    assert page.evaluate("document.activeElement.id") == "note"


# Fault planted: single?.checked not asked in house.js.
def test_single_keys_are_turned_off_and_stay_off_in_this_browser(looker: Looker) -> None:
    page = looker.window("hub")
    looker.open("hub", "/households/")
    page.keyboard.press("?")
    to(page, "1文字のキー（/ n j k ?）を使う")
    page.keyboard.press("Space")
    looker.open("hub", "/households/")
    page.keyboard.press("/")
    page.keyboard.press("n")
    assert page.url.endswith("/households/")
    assert page.evaluate("document.activeElement === document.body")


# Fault planted: the radios of the candidates without a name; the button of the note made a <div>.
def test_from_the_sign_in_to_a_note_that_is_handed_over_and_answered(looker: Looker) -> None:
    person(looker.stage, "hou3")
    page = looker.window("")
    looker.open("", "/sign-in/")
    page.keyboard.type("hou3-id")
    to(page, "password")
    page.keyboard.type(PASSWORD)
    press(page, "はじめる")
    assert page.url == looker.house + "/"
    with page.expect_navigation():
        page.keyboard.press("n")
    page.keyboard.type("隣の人から。夜ごと灯りがつき、声がする")
    to(page, "介護")
    page.keyboard.press("Space")
    choose(page, "route", "本人来所")
    to(page, "kana")
    page.keyboard.type("つきしろ まり")
    to(page, "氏名")
    page.keyboard.type("月城 鞠")
    press(page, "受付にする")
    assert "/cases/" in page.url, page.locator("main").inner_text()[:400]
    handed_on(page)
    answered(looker)


def handed_on(page: Page) -> None:
    """Screen the case that is open and offer it to the hub without consent."""
    press(page, "振り分け")
    to(page, "result")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    while page.evaluate("document.activeElement.value") != "REFER":
        page.keyboard.press("ArrowDown")
    to(page, "reason")
    page.keyboard.type("ひとつの機関では足りない")
    press(page, "振り分ける")
    press(page, "つなぐ")
    choose(page, "to", "福祉まるごと室")
    to(page, "basis")
    page.keyboard.press("Space")
    while page.evaluate("document.activeElement.value") != "NO_CONSENT":
        page.keyboard.press("ArrowDown")
    to(page, "reason")
    page.keyboard.type("まだたずねられていない")
    to(page, "tried")
    page.keyboard.type("訪問1回")
    choose(page, "wants", "会議付議")
    press(page, "つなぐ（たすきは相手が受けるまでここに残ります）")
    assert "つなぎました" in page.locator("#flash").inner_text()


def answered(looker: Looker) -> None:
    """Let the hub find the newest つなぎ on 今日 and accept it."""
    page = looker.window("hub")
    looker.open("hub", "/")
    first = (
        page.locator(".wait .button", has_text="月城")
        .or_(page.locator(".wait .button"))
        .first.inner_text()
        .replace("\n", "")
    )
    press(page, first)
    assert "/referrals/" in page.url
    press(page, "受ける、と答える")
    assert "受け" in page.locator("#flash").inner_text()


# Fault planted: the tick of an opinion drawn as a <span>.
def test_a_sitting_is_decided_by_keyboard(looker: Looker) -> None:
    sitting = at(looker.stage)["sitting"]
    looker.clock.at = SPRING.replace(day=11)
    page = looker.window("hub")
    looker.open("hub", f"/sittings/{sitting}/")
    to(page, "話し合ったこと")
    page.keyboard.type("泊まりは月1回から試す")
    to(page, "何を 1")
    page.keyboard.type("泊まりの下見に行く")
    choose(page, "だれが 1", "西地域")
    to(page, "いつまで 1")
    page.keyboard.type("R9.3.31")
    press(page, "会議を記録する")
    assert "会議を記録しました" in page.locator("#flash").inner_text()


# Fault planted: tabIndex left on every mark of the timeline.
def test_the_timeline_is_one_stop_and_the_arrow_keys_walk_along_it(looker: Looker) -> None:
    page = looker.window("hub")
    looker.open("hub", f"/cases/{at(looker.stage)['case']}/")
    marks = page.locator(".part-timeline a.mark")
    assert marks.count() > 20
    assert (
        page.evaluate(
            "[...document.querySelectorAll('.part-timeline a.mark')].filter(one => one.tabIndex === 0).length"
        )
        == 1
    )
    marks.last.focus()
    page.keyboard.press("ArrowLeft")
    said = page.evaluate("document.activeElement.textContent")
    assert said == marks.nth(marks.count() - 2).text_content()


# Fault planted: the j of house.js made to do nothing.
def test_j_and_k_walk_the_rows_of_a_list_and_enter_opens_one(looker: Looker) -> None:
    case, _ = received(8, SPRING)
    offered(case, SPRING)
    page = looker.window("hub")
    looker.open("hub", "/referrals/")
    rows = "[...document.querySelectorAll('[data-row]')].indexOf(document.activeElement.closest('[data-row]'))"
    for key, row in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        assert page.evaluate(rows) == row, key
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/cases/" in page.url or "open=" in page.url


# Fault planted: a form sent on `change` in house.js.
def test_choosing_in_a_list_changes_nothing_until_the_button_is_pressed(looker: Looker) -> None:
    page = looker.window("hub")
    for place in ("/households/", "/figures/", "/referrals/"):
        looker.open("hub", place)
        page.locator("main select").first.focus()
        before = page.evaluate("document.activeElement.value")
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(150)
        assert page.url == looker.house + place
        assert page.evaluate("document.activeElement.value") != before, place
