"""Every address of the front door stands in routes.toml with who may use it; nothing opens without a session."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tasuki.ops.routes import routes, table
from tasuki.rules.permission import Permission
from tasuki.web.act.catalogue import ACTS
from tests.web.conftest import Stage

TABLE: dict[str, dict[str, Any]] = table()
PART = re.compile(r"<(\w+):\w+>")
SOMETHING = {"uuid": str(uuid4()), "str": "csv", "slug": "N01", "int": "1"}


def address(pattern: str) -> str:
    """Return an address that the pattern takes."""
    return PART.sub(lambda found: SOMETHING[found[1]], pattern)


def used_by(who: str) -> list[str]:
    """Return the patterns that `who` may use."""
    return [pattern for pattern, route in TABLE.items() if route["who"] == who]


# Fault planted: a route added to web/today/urls.py; one taken out; one renamed.
def test_every_route_is_in_the_table_and_none_is_missing() -> None:
    assert dict(routes()) == {pattern: route["name"] for pattern, route in TABLE.items()}


# Fault planted: an unknown set, an empty one and a misspelt method in routes.toml.
def test_every_route_names_who_may_use_it_and_how() -> None:
    for pattern, route in TABLE.items():
        counted = {"statements"} if "GET" in route["methods"] and route["who"] != "anybody" else set()
        assert set(route) == {"name", "methods", "who", *counted}, pattern
        assert route["methods"] in (["GET"], ["POST"], ["GET", "POST"]), pattern
        assert route["who"] in {"anybody", "signed in"} or set(route["who"].split()) <= set(Permission), pattern


# Fault planted: P.DESK added to the act cases:closing.
@pytest.mark.parametrize("key", ACTS, ids=":".join)
def test_an_act_is_used_by_those_whom_the_table_names(key: tuple[str, str]) -> None:
    routed = [route for route in TABLE.values() if route["name"] in {":".join(key), "-".join(key)}]
    assert [route["who"] for route in routed] == [" ".join(sorted(ACTS[key].who)) or "signed in"]


# Fault planted: "/households/" added to the addresses that need no session.
@pytest.mark.usefixtures("stage")
def test_without_a_session_every_address_leads_to_the_sign_in() -> None:
    for pattern in set(TABLE) - set(used_by("anybody")):
        for ask in (Client().get, Client().post, Client().put, Client().delete):
            answer = ask(address(pattern))
            assert answer.status_code == 302, pattern
            assert answer.headers["Location"].startswith("/sign-in/?next="), pattern
            assert answer.content == b"", pattern


# Fault planted: the session of somebody who left is bound without asking for their post.
def test_a_session_whose_post_has_ended_leads_to_the_sign_in(stage: Stage) -> None:
    client = stage.browser("hou3")
    assert client.get("/").status_code == 200
    stage.run(
        "UPDATE records_post SET until = '2026-11-01' WHERE staff_id = (SELECT id FROM records_staff WHERE key = 'hou3')"
    )
    assert client.get("/").status_code == 302


# Fault planted: require_POST taken off keep_draft().
def test_what_only_takes_a_form_cannot_be_opened(stage: Stage) -> None:
    client = stage.browser("hub")
    for pattern in [one for one, route in TABLE.items() if route["methods"] == ["POST"]]:
        assert client.get(address(pattern)).status_code == 405, pattern


# Fault planted: require_GET taken off today() and person().
def test_what_is_only_read_takes_no_form(stage: Stage) -> None:
    client = stage.browser("hub")
    for pattern in [one for one, route in TABLE.items() if route["methods"] == ["GET"]]:
        assert client.post(address(pattern)).status_code == 405, pattern


# Fault planted: Cache-Control set for the sign-in only; the header of the content policy left out.
def test_nothing_of_the_front_door_is_kept_in_a_cache_or_shown_in_a_frame(stage: Stage) -> None:
    client = stage.browser("hub")
    for pattern in TABLE:
        answer = client.get(address(pattern))
        assert answer.status_code in {200, 302, 404, 405}, pattern
        assert answer.headers["Cache-Control"] == "no-store", pattern
        assert answer.headers["X-Frame-Options"] == "DENY", pattern
        assert "unsafe" not in answer.headers["Content-Security-Policy"], pattern
