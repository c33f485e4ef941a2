"""T21: whatever stands behind the question mark or in a header, a page answers with a page, never with a fault."""

from __future__ import annotations

import os
from collections.abc import Iterator
from random import Random
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.test import Client

from tests.web.crawl import IDS, TABLE, filled
from tests.web.hostile.conftest import Ground, wrong_with
from tests.web.hostile.nasty import VALUES, Sent
from tests.web.test_acts import appointed

NIGHTLY = os.environ.get("TASUKI_NIGHTLY") == "1"
SEED = os.environ.get("TASUKI_SEED", "21")
A_PAGE = 120 if NIGHTLY else 1
# Every name that an address of this house takes, and some that none does.
NAMES = ("page", "q", "order", "down", "tab", "row", "area", "agency", "open", "state", "due", "next", "from", "to", "person", "born",
         "year", "span", "until", "at", "kind", "who", "kana", "name", "topics", "text", "place", "first", "field", "stale", "no_such")  # fmt: skip
PAGES = ("-1", "0", "²", "1e3", "99999", "999999999999", "9" * 5000, "NaN", "1; DROP TABLE x")
USUAL = "page=%C2%B2&q=%00&order=no_such&down=2&tab=x"
LONG = 7_000  # letters: a longer address does not come through the server


def asked(chance: Random) -> str:
    """Give what stands behind the question mark."""
    pairs = [(chance.choice(NAMES), chance.choice(list(VALUES.values()))[:LONG]) for _ in range(chance.randint(1, 5))]
    pairs += [("page", chance.choice(PAGES).encode())] if chance.random() < 0.5 else []
    return urlencode(pairs) if chance.random() < 0.9 else "&&=;%ff%00%zz" + urlencode(pairs)


def places(ground: Ground) -> Iterator[tuple[str, str]]:
    """Give every page that somebody signed in may open, with an id that is there where there is one."""
    ids = {noun: sorted(str(one) for one in ground.stage.column(question))[:1] for noun, question in IDS.items()}
    for pattern, route in TABLE.items():
        if "GET" in route["methods"]:
            yield pattern, next(iter(filled(pattern, ids, 1)), "")


# Fault planted: isdigit() for isdecimal() in page_number() → int("²") fails.
def test_no_question_behind_an_address_breaks_a_page(ground: Ground) -> None:
    appointed_once(ground)
    wrong = []
    for pattern, address in places(ground):
        chance = Random(f"{SEED} {pattern}")
        for query in [USUAL, *(asked(chance) for _ in range(A_PAGE))] if address else []:
            client = ground.browser(chance.choice(("hub", "priv", "admin")))
            with transaction.atomic():
                answer = client.get(f"{address}?{query}")
                transaction.set_rollback(True)
            wrong += [f"{address}?{query[:300]}: {one}" for one in wrong_with(answer, Sent("", b""))]
    assert not wrong, "\n".join(wrong)


HEADERS: dict[str, tuple[bytes | str, ...]] = {
    "HTTP_HOST": ("evil.example", "localhost:99999", "localhost:x", "[::1", "a b", "", "localhost\\@evil", "x" * 5000, "例え.jp"),
    "HTTP_COOKIE": ("tasuki_session=" + "x" * 4000, "tasuki_session=\0", "tasuki_session='; DROP--", '=;;=;"', "\xff\xfe" * 50,
                    "tasuki_session=" + quote("港"), "tasuki_csrf=" + "é" * 32),
    "HTTP_X_FORWARDED_FOR": ("'; DROP--", "999.1.1.1, ::ffff:1", "x" * 4000), "HTTP_USER_AGENT": ("\0\xff", "Windows" * 2000),
    "HTTP_REFERER": ("http://[", "//evil", "javascript:alert(1)"), "HTTP_ACCEPT_LANGUAGE": ("x" * 3000, "ja;q=NaN,*;q=-1"),
    "HTTP_ACCEPT_ENCODING": ("gzip;q=99999999999999999999", "\xff"), "HTTP_HX_REQUEST": ("true", "\0"), "HTTP_ORIGIN": ("null", "http://["),
    "HTTP_RANGE": ("bytes=0-9999999999999999999", "bytes=--1"), "HTTP_IF_MODIFIED_SINCE": ("Fri, 99 Foo 99999 99:99:99 GMT",),
    "REMOTE_ADDR": ("", "not an address", "::1%eth0"), "CONTENT_LENGTH": ("-1", "x", "99999999999"),
}  # fmt: skip
DOORS = (
    "/",
    "/households/",
    "/sign-in/",
    "/session/",
    "/no-such/",
    "/cases/\xff/",
    "/static/none.css",
    "//evil.example/",
    "/%00/",
)


# Faults planted: an asking machine's address that is none not caught in terminal_of() → 500; no handler400 → 400 in English.
@pytest.mark.parametrize("header", HEADERS)
def test_no_header_breaks_a_page(ground: Ground, header: str) -> None:
    wrong = []
    for address in DOORS:
        for value in HEADERS[header]:
            for client in (Client(raise_request_exception=False), ground.browser("hub")):
                with transaction.atomic():
                    told = {header: value}
                    answer = client.generic("GET", "/", **told, PATH_INFO=address)  # type: ignore[arg-type]  # as the server says it
                    transaction.set_rollback(True)
                wrong += [f"{address!r} {header}={value[:60]!r}: {one}" for one in wrong_with(answer, Sent("", b""))]
    assert not wrong, "\n".join(wrong)


def appointed_once(ground: Ground) -> None:
    """Give the town those whom the story lacks."""
    if not ground.stage.column("SELECT id FROM records_staff WHERE key = 'priv'"):
        appointed(ground.stage)
