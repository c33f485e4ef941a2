"""The busiest rooms by keyboard alone: つなぎ given back, words found, a turn of a watch taken, a case put away and erased."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.web.access.keys import choose, lost, press, to
from tests.web.access.looker import Looker
from tests.web.access.town import SPRING
from tests.web.conftest import Stage
from tests.web.crowd import offered, received

WORD = "手紙は封を切らずに"
ROOMS = {
    "hub": ("/notices/", "/gaps/", "/search/?q=", f"/records/?q={quote(WORD)}", "/referrals/?tab=sent", "/watches/{watch}/turn/", "/watches/{watch}/checks/",
            "/watches/{watch}/triggers/", "/cases/{case}/referrals/"),
    "priv": ("/emergencies/", "/packs/", "/keepings/", "/keepings/{over}/", "/keepings/{over}/stays/", "/keepings/{over}/class/", "/reads/"),
}  # fmt: skip


def ids(stage: Stage) -> dict[str, object]:
    """Return a watch with a rota of two, the case of the hub, and the case that has ended."""
    stage.run("UPDATE records_watch SET watchers = watchers || (SELECT id FROM records_agency WHERE key = 'HUB')")
    return {
        "watch": stage.id_of("SELECT id FROM records_watch ORDER BY started_at DESC LIMIT 1"),
        "case": stage.id_of("SELECT id FROM records_case WHERE hub_id IS NOT NULL ORDER BY opened_at LIMIT 1"),
        "over": stage.id_of("SELECT case_id FROM records_keeping LIMIT 1"),
    }


# Faults planted: `:focus-visible { outline: none }`; the head of every table fixed over the top of the window.
@pytest.mark.parametrize("width", [1366, 320])
def test_every_stop_in_these_rooms_is_seen_and_under_nothing(looker: Looker, width: int) -> None:
    assert lost(looker, ROOMS, ids(looker.stage), width) == []


def said(page: Page) -> str:
    """Return what the page says of the deed just done."""
    return page.locator("#flash").inner_text()


# Fault planted: the select of the agency in charge with tabindex=-1.
def test_an_offer_is_given_back_with_advice(looker: Looker) -> None:
    case, _ = received(8, SPRING)
    offered(case, SPRING)
    page = looker.window("hub")
    looker.open("hub", "/")
    words = page.evaluate(
        "document.querySelector('nav a[href=\"/referrals/\"]').textContent.trim().replace(/\\s+/g, ' ')"
    )
    press(page, words)
    to(page, "advice")
    page.keyboard.type("先に地域包括の訪問を2回")
    choose(page, "lead", "西地域")
    to(page, "follow_up")
    page.keyboard.type("R9.3.31")
    press(page, "戻す、と答える")
    assert "戻し" in said(page)


# Fault planted: the button that goes on to the records with tabindex=-1.
def test_a_word_is_found_in_all_records_narrowed_and_opened(looker: Looker) -> None:
    page = looker.window("hub")
    looker.open("hub", "/")
    page.keyboard.press("/")
    page.keyboard.type(WORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press(page, f"「{WORD}」を記録の文章の中でさがす")
    choose(page, "span", "1年")
    press(page, "さがす")
    assert WORD in page.locator("tbody").inner_text()
    press(page, page.locator("tbody a").first.inner_text())
    assert "/records/" in page.url
    assert WORD in page.locator("main").inner_text()


# Fault planted: 引き継ぐ drawn without an address.
def test_a_missed_turn_is_taken_over_and_the_contact_written(looker: Looker) -> None:
    ids(looker.stage)
    page = looker.window("hub")
    looker.open("hub", "/households/")
    press(page, "見守り")
    press(page, "引き継ぐ")
    press(page, "当番を引き継ぐ")
    assert "当番を引き継ぎました" in said(page)
    press(page, "連絡を書く")
    to(page, "result")
    page.keyboard.type("玄関で会えた。変わりない")
    press(page, "記録する")
    assert "見守りの連絡を記録しました" in said(page)


def register(looker: Looker, who: str, number: str, days: int) -> Page:
    """Sign in so many days later and open a case of the register."""
    looker.clock.at += dt.timedelta(days=days)
    looker.windows.pop(who, None)
    looker.open(who, "/keepings/")
    page = looker.window(who)
    press(page, number)
    return page


# Faults planted: the number of the register without an address; 止めを外す drawn as a <span>.
def test_a_case_goes_its_whole_way_from_the_stay_to_the_disposal(looker: Looker) -> None:
    number = str(looker.stage.value(
        "SELECT n.number FROM records_keeping k JOIN records_record r ON r.case_id = k.case_id"
        " JOIN records_consultation n ON n.record_id = r.id WHERE r.kind = 'RECEIVE'"
    ))  # fmt: skip
    officer = register(looker, "priv", number, 60)
    press(officer, "止めを外す")
    to(officer, "reason")
    officer.keyboard.type("開示を終えた")
    press(officer, "止めを外す")
    assert "止めを外しました" in said(officer)
    officer = register(looker, "priv", number, 0)
    for link, button, told in (
        ("保存に移す", "保存に移す", "保存に移しました"),
        ("廃棄を起案する", "廃棄を起案する", "起案しました"),
    ):
        press(officer, link)
        press(officer, button)
        assert told in said(officer)
        officer = register(looker, "priv", number, 12 * 366)
    manager = register(looker, "mgr", number, 0)
    press(manager, "廃棄を承認する")
    to(manager, "approval")
    manager.keyboard.type("令和21年度 福第12号")
    to(manager, "number")
    manager.keyboard.type(number)
    press(manager, "承認して、消す")
    assert "廃棄しました" in said(manager)
