"""Pages in the states that nobody wishes for: sent half filled, overtaken, refused, missing, closed, empty."""

from __future__ import annotations

import datetime as dt
import threading
from unittest.mock import patch

from django.db import OperationalError

from tasuki.web.household.long import Unwanted
from tests.web.access.looker import NIGHTLY, Looker
from tests.web.access.town import SPRING
from tests.web.export.conftest import at_rest
from tests.web.staff.door import PASSWORD, Person, person

LISTS = ("/", "/consultations/", "/consultations/new/", "/households/", "/referrals/", "/referrals/?tab=sent", "/conferences/",
         "/resources/", "/watches/", "/provisions/", "/moves/", "/search/?q=いない")  # fmt: skip
# A form of a page that is no longer so: sent to another address than the page's own.
SENT = """address => { const form = document.createElement("form"); form.method = "post"; form.action = address;
  form.innerHTML = `<input name=csrfmiddlewaretoken value="${document.querySelector('meta[name=csrf-token]').content}">`;
  document.body.append(form); form.submit(); }"""
GUARDED = ("/emergencies/", "/packs/", "/reads/", "/reads/unusual/")
RUN = ("/staff/", "/staff/accounts/", "/staff/resets/", "/settings/", "/settings/agencies/")


def empty(looker: Looker) -> None:
    """Look at every list as somebody new to whom nothing has come yet, and as those who guard and run the town."""
    for key, agency, sets in (
        ("newcomer", "JOSEI", ["DESK", "FIRST"]),
        ("priv", "CITY", ["PRIV"]),
        ("admin", "CITY", ["ADMIN"]),
    ):
        looker.stage.appoint(key, agency, sets)
    for who, places in (("newcomer", LISTS), ("priv", GUARDED), ("admin", RUN)):
        for place in places if NIGHTLY else places[::3]:
            looker.write_down(who, "empty", status=looker.open(who, place))


def errors(looker: Looker) -> None:
    """Look at forms with errors (422), at a page overtaken (409), refused (403, 422), slowed (429), missing (404), broken (500), away (503)."""
    stage = looker.stage
    case = stage.id_of("SELECT id FROM records_case ORDER BY opened_at LIMIT 1")
    one = stage.id_of("SELECT id FROM records_person ORDER BY registered_at, id LIMIT 1")
    plan = stage.id_of("SELECT id FROM records_plan ORDER BY version DESC LIMIT 1")
    sitting = stage.id_of("SELECT id FROM records_sitting WHERE state <> 'HELD' ORDER BY at LIMIT 1")
    few = {
        "hub": ("/consultations/new/", f"/cases/{case}/consents/", f"/cases/{case}/assessments/", f"/cases/{case}/agenda/",
                f"/plans/{plan}/evaluation/", f"/sittings/{sitting}/", "/resources/register/"),
        "hou3": (f"/cases/{case}/referrals/", "/pledges/sign/", "/emergencies/open/"),
        "admin": ("/staff/", "/staff/accounts/", "/settings/agencies/new/", "/settings/clocks/"),
        "priv": ("/packs/make/",),
    }  # fmt: skip
    for who, places in few.items():
        for place in places if NIGHTLY else places[:3]:
            assert looker.open(who, place) == 200, (who, place)
            looker.write_down(who, "422", status=looker.send_empty(who))
    _overtaken(looker, f"/people/{one}/change/")
    page = looker.window("hub")
    looker.open("hub", f"/people/{one}/change/")
    page.evaluate("document.querySelector('main [name=born]').value = 'S64.1.8'")
    page.fill("[name=reason]", "書きまちがい")
    with page.expect_navigation():
        page.locator("main form").evaluate("one => one.requestSubmit()")
    looker.write_down("hub", "422", status=422)
    looker.write_down("hub", "404", status=looker.open("hub", "/people/00000000-0000-4000-8000-000000000000/"))
    looker.open("hub", "/resources/")
    with looker.window("hub").expect_navigation():
        looker.window("hub").evaluate(SENT, f"/moves/{stage.id_of('SELECT id FROM records_staffmove')}/withdrawal/")
    looker.write_down("hub", "refused", status=looker.status("hub"))
    _opened(looker)
    _broken(looker)
    _away(looker)
    _slowed(looker)


def _opened(looker: Looker) -> None:
    """What opens over a page: the menu of one's post, the list of keys, the people found while a name is typed."""
    page = looker.window("hub")
    looker.open("hub", "/")
    page.locator(".bar-post summary").click()
    looker.write_down("hub", "opened")
    looker.open("hub", "/")
    page.keyboard.press("?")
    looker.write_down("hub", "opened")
    looker.open("hub", "/consultations/new/")
    page.locator("#kana").press_sequentially("いおき")
    page.locator("#candidates .candidates-list").wait_for()
    looker.write_down("hub", "opened")


def _broken(looker: Looker) -> None:
    with patch("tasuki.queries.today.waiting", side_effect=ZeroDivisionError):
        looker.write_down("hub", "500", status=looker.open("hub", "/"))


def _away(looker: Looker) -> None:
    """The database gone: for who looks, and for who has written and gets it back."""
    with patch("tasuki.queries.today.waiting", side_effect=OperationalError):
        looker.write_down("hub", "503", status=looker.open("hub", "/"))
    page = looker.window("hub")
    looker.open("hub", "/gaps/register/")
    page.fill("main textarea, main input[type=text]", "夕方に過ごせる場所がない。" * 8)
    with patch("tasuki.actions.draft.claim", side_effect=OperationalError), page.expect_navigation() as coming:
        page.locator("main form").first.evaluate("one => one.requestSubmit()")
    assert page.locator("main textarea").input_value() == "夕方に過ごせる場所がない。" * 8
    looker.write_down("hub", "503", status=coming.value.status)


def _slowed(looker: Looker) -> None:
    looker.stage.run(
        "INSERT INTO records_setting (id, municipality_id, section, body, since, changed_by, reason) SELECT gen_random_uuid(),"
        " id, 'audit', '{\"slow_persons\": 1}', %s, '', '' FROM records_municipality", SPRING - dt.timedelta(days=1),
    )  # fmt: skip
    case = looker.stage.id_of("SELECT id FROM records_case ORDER BY opened_at LIMIT 1")
    looker.write_down("hub", "429", status=looker.open("hub", f"/cases/{case}/"))


def _overtaken(looker: Looker, place: str) -> None:
    page = looker.window("hub")
    looker.open("hub", place)
    page.evaluate("document.querySelector('main [name=version]').value = '77'")
    page.fill("[name=reason]", "聞きなおした")
    with page.expect_navigation() as coming:
        page.locator("main form").evaluate("one => one.requestSubmit()")
    looker.write_down("hub", "409", status=coming.value.status)


def export(looker: Looker) -> None:
    """Look at a long list's file: offered, being made, ready, told on another page, in its list, erased."""
    page, one, over = looker.window("hub"), "/exports/<uuid:export_id>/", threading.Event()

    def begin(until: str) -> None:
        assert looker.open("hub", "/households/export.csv?open=") == 200
        looker.write_down("hub", "normal")
        page.get_by_role("button", name="作りはじめる").click()
        page.get_by_role("heading", name=until).wait_for()
        looker.write_down("hub", "normal", pattern=one)

    def held(*_: object) -> None:
        over.wait(60)
        raise Unwanted

    with patch("tasuki.web.household.long.AT_ONCE", 1):
        with patch("tasuki.web.export.desk._written", side_effect=held):
            begin("作っています")
            over.set()
            at_rest()
        begin("できました")
        at_rest()
    here = page.url.removeprefix(looker.house)
    for place in ("/gaps/", "/exports/"):
        looker.write_down("hub", "normal", status=looker.open("hub", place), pattern=place)
    looker.open("hub", here)
    page.get_by_role("button", name="消す").click()
    page.get_by_role("heading", name="やめました").wait_for()
    looker.write_down("hub", "normal", pattern=one)


def door(looker: Looker) -> None:
    """Look at the door: signed out, wrong, without a token, expired, and one's own account with a second factor."""
    looker.window("")
    looker.write_down("", "signed out", status=looker.open("", "/sign-in/"), pattern="/sign-in/")
    page = looker.window("")
    page.fill("#login", "だれでもない")
    page.fill("#password", "ちがうパスワード")
    with page.expect_navigation() as coming:
        page.keyboard.press("Enter")
    looker.write_down("", "422", status=coming.value.status)
    page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').value = 'x'.repeat(64)")
    with page.expect_navigation() as coming:
        page.locator("main form").first.evaluate("one => { one.noValidate = true; one.requestSubmit(); }")
    looker.write_down("", "403", status=coming.value.status)
    _account(looker)
    looker.open("hou3", "/households/")
    looker.clock.at += dt.timedelta(hours=3)
    looker.write_down("hou3", "expired", status=looker.open("hou3", "/households/"))
    looker.clock.at = SPRING


def _account(looker: Looker) -> None:
    who = person(looker.stage, "hub", ways='{"second_factor": true, "second_factor_grace_days": 14}')
    who.now = SPRING
    who.sign_in()
    looker.window("account", who.key_of_session())
    for place in ("/account/", "/posts/", "/account/totp/", "/account/password/", "/account/proof/"):
        looker.write_down("account", "normal", status=looker.open("account", place), pattern=place)
    secret = who.set_up_app()
    who.post("/sign-out/")
    again = Person(looker.stage, "hub", who.account, SPRING)
    again.sign_in()
    looker.window("second", again.key_of_session())
    looker.write_down("second", "normal", status=looker.open("second", "/sign-in/second/"), pattern="/sign-in/second/")
    assert secret
    assert PASSWORD
    _secrecy(looker)


def _secrecy(looker: Looker) -> None:
    worker = person(looker.stage, "hou3")
    looker.stage.run("DELETE FROM records_acknowledgment")
    worker.now = SPRING
    worker.sign_in()
    looker.window("secrecy", worker.key_of_session())
    looker.write_down("secrecy", "normal", status=looker.open("secrecy", "/posts/secrecy/"), pattern="/posts/secrecy/")
    worker.post("/posts/secrecy/")
