"""T27: every answer of every route tells the browser to trust nothing but this house, keep nothing, and frame nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.web.conftest import Stage
from tests.web.staff.door import person
from tests.web.test_routes import TABLE, address

POLICY = {
    "default-src": "'self'", "img-src": "'self' data:", "object-src": "'none'", "base-uri": "'none'", "form-action": "'self'",
    "frame-ancestors": "'none'",
}  # fmt: skip
INLINE = re.compile(
    r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=[\"']|javascript:|(?:src|href)=[\"'](?:https?:)?//(?!www\.w3\.org)"
)


def policy(answer: Any) -> dict[str, str]:
    """Read the content policy."""
    parts = [part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";") if part.strip()]
    return {name: value for name, _, value in parts}


def told(answer: Any, pattern: str) -> None:
    """Assert what every answer tells."""
    assert policy(answer) == POLICY, pattern
    assert answer["X-Content-Type-Options"] == "nosniff", pattern
    assert answer["X-Frame-Options"] == "DENY", pattern
    assert answer["Referrer-Policy"] == "same-origin", pattern
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin", pattern
    assert answer["Cache-Control"] == "no-store", pattern
    assert "Access-Control-Allow-Origin" not in answer, pattern
    kind = answer["Content-Type"]
    assert not kind.startswith("text/") or "charset=utf-8" in kind, pattern
    if kind.startswith("text/html"):
        assert INLINE.search(answer.content.decode()) is None, (pattern, INLINE.search(answer.content.decode()))


def real(stage: Stage) -> Iterator[str]:
    """Give the addresses of things that are there, so that whole pages are looked at and not only 404s."""
    for table, noun in (
        ("case", "cases"),
        ("plan", "plans"),
        ("sitting", "sittings"),
        ("household", "households"),
        ("person", "people"),
    ):
        found = stage.value(f"SELECT id FROM records_{table} ORDER BY id LIMIT 1")
        for pattern in TABLE:
            if pattern.startswith(f"/{noun}/<uuid:"):
                yield re.sub(r"<uuid:\w+>", str(found), pattern)


# Fault planted: SECURE_CONTENT_TYPE_NOSNIFF = False.
def test_every_answer_of_every_route_tells_the_browser_what_it_may_do(stage: Stage) -> None:
    inside, outside = stage.browser("hub"), Client()
    for pattern in TABLE:
        for client in (inside, outside):
            told(client.get(address(pattern)), pattern)
            told(client.post(address(pattern)), pattern)
    for found in real(stage):
        told(inside.get(found), found)


@pytest.mark.parametrize("key", ["hou3", "city", "out"])
def test_the_pages_that_people_live_on_are_without_inline_code(stage: Stage, key: str) -> None:
    client = stage.browser(key)
    for found in (
        "/",
        "/households/",
        "/referrals/?tab=sent",
        "/conferences/",
        "/watches/",
        "/figures/",
        "/resources/",
        *real(stage),
    ):
        told(client.get(found), found)


def test_the_pages_of_ones_own_way_in_as_well(stage: Stage) -> None:
    who = person(stage, ways='{"second_factor": true}')
    who.sign_in()
    for found in ("/account/", "/account/totp/", "/account/password/", "/posts/", "/sign-in/"):
        told(who.get(found), found)
    worker = person(stage, "hou3")
    stage.run("DELETE FROM records_acknowledgment")
    worker.sign_in()
    told(worker.get("/posts/secrecy/"), "/posts/secrecy/")
    told(who.post("/account/recovery/"), "/account/recovery/")


def test_a_missing_page_and_a_broken_one_tell_it_too(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    client = stage.browser("hub")
    told(client.get("/no/such/page/"), "404")

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("tasuki.queries.today.waiting", broken)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    told(answer, "500")
    assert "ZeroDivision" not in answer.content.decode()


def test_behind_tls_the_browser_is_held_to_it_for_a_year(stage: Stage) -> None:
    with override_settings(
        SECURE_HSTS_SECONDS=365 * 24 * 3600, SECURE_HSTS_INCLUDE_SUBDOMAINS=True, SECURE_SSL_REDIRECT=True
    ):
        plain = Client().get("/sign-in/")
        assert plain.status_code == 301
        assert plain["Location"].startswith("https://")
        safe = Client().get("/sign-in/", secure=True)
    assert safe["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_methods_that_no_route_has_are_not_answered(stage: Stage) -> None:
    client = stage.browser("hub")
    for method in ("TRACE", "PUT", "DELETE", "PATCH"):
        assert client.generic(method, "/sign-in/").status_code == 405, method
    assert settings.DEBUG is False


def test_a_strange_host_is_not_answered(stage: Stage) -> None:
    with override_settings(ALLOWED_HOSTS=["localhost"]):
        assert (
            Client(raise_request_exception=False).get("/sign-in/", headers={"host": "elsewhere.example"}).status_code
            == 400
        )
