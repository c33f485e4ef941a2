"""What people type stays text: markup in names and notes is shown, never obeyed; no address that was sent leads out of the house."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.http import HttpRequest
from django.test import Client, override_settings

from tasuki.web.footprint import terminal_of
from tasuki.web.staff.arrival import source_of
from tests.web.conftest import Stage
from tests.web.crawl import addresses, told
from tests.web.staff.door import person

EVIL = '<script>alert("霧")</script><b onmouseover=x>"\'&amp;'
PARTS = ("<script>alert", "<b onmouseover")
OUT = (
    "https://example.invalid/", "//example.invalid/", "/\\example.invalid/", "\\\\example.invalid", "javascript:alert(1)",
    "data:text/html,x", "https:example.invalid", "/\t/example.invalid", "http:///example.invalid", " //example.invalid", "///x.invalid",
)  # fmt: skip


# Fault planted: |safe behind the name in case/member.html and behind the text of a record.
@pytest.mark.parametrize("who", ["hub", "hou3"])
def test_markup_that_was_typed_is_shown_and_never_obeyed(stage: Stage, who: str) -> None:
    for table, column in (("person", "name"), ("person", "alias"), ("record", "text"), ("record", "fact"), ("referral", "sheet"),
                          ("plan", "direction"), ("task", "text"), ("agency", "name"), ("resource", "name"), ("agendaitem", "reason")):  # fmt: skip
        stage.run(f"UPDATE records_{table} SET {column} = %s", EVIL)
    client = stage.browser(who)
    shown = 0
    for address in addresses(stage, forms=1):
        status, said = told(client, address)
        if status == 200 and not address.endswith((".pdf", "csv", "xlsx")):
            assert [part for part in PARTS if part in said] == [], address
            shown += "&lt;script&gt;alert" in said
    assert shown > 10


# Fault planted: next_of() without url_has_allowed_host_and_scheme().
@pytest.mark.parametrize("way", OUT)
def test_no_address_that_was_sent_leads_out_of_the_house(stage: Stage, way: str) -> None:
    who = person(stage)
    answer = who.sign_in(next=way)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"
    chosen = Client().get("/sign-in/?" + urlencode({"next": way})).content.decode()
    assert f'value="{way}"' not in chosen
    refused = stage.browser("hub").post("/provisions/?" + urlencode({"next": way}))
    assert "example.invalid" not in refused.headers.get("Location", "")


# Fault planted: the first hop believed; the header read without a proxy.
def test_the_asking_machine_is_the_last_hop_and_only_behind_a_proxy() -> None:
    request = HttpRequest()
    request.META = {"REMOTE_ADDR": "10.0.0.9", "HTTP_X_FORWARDED_FOR": "203.0.113.66, 192.0.2.7"}
    assert (source_of(request), terminal_of(request)) == ("10.0.0.9", "10.0.0.9")
    with override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")):
        assert (source_of(request), terminal_of(request)) == ("192.0.2.7", "192.0.2.7")


# Fault planted: passwords cut at 64 letters; spaces stripped; too long ones cut instead of refused.
def test_a_password_is_taken_exactly_as_typed_up_to_a_thousand_letters(stage: Stage) -> None:
    who = person(stage)
    who.sign_in()
    for long in (" 霞の向こう " + "あ" * 60 + " ", "x" * 999 + "y"):
        assert who.post("/account/password/", new=long, again=long).status_code == 302
        who.client.post("/sign-out/")
        assert who.post("/sign-in/", login="hub-id", password=long.strip() + "z").status_code == 422
        assert who.post("/sign-in/", login="hub-id", password=long[:-1]).status_code == 422
        assert who.post("/sign-in/", login="hub-id", password=long).status_code == 302
    too_long = "x" * 1001
    assert who.post("/account/password/", new=too_long, again=too_long).status_code == 422


# Fault planted: the line of who was turned away left out of the door; the id that was asked for left out.
def test_who_is_turned_away_leaves_a_line_with_what_was_asked_for(stage: Stage) -> None:
    case = stage.id_of("SELECT id FROM records_case")
    stranger = stage.browser("hou2")
    assert stranger.get(f"/cases/{case}/").status_code == 404
    assert stage.browser("hub").post("/resources/register/", {"form_key": str(uuid4())}).status_code == 422
    told_lines = stage.column(
        "SELECT facts || jsonb_build_object('target', target) FROM records_journalline WHERE act = 'turned_away' ORDER BY at, id"
    )
    assert {"route": "case", "status": 404, "target": str(case)} in told_lines
    assert {"route": "resources-register", "status": 422, "target": None} in told_lines
