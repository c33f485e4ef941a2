"""No page leads to where there is nothing: from 今日 on, every link that somebody is shown opens for them."""

from __future__ import annotations

import os
import re
from collections import Counter
from html import unescape

import pytest
from django.urls import Resolver404, resolve

from tests.web.conftest import Stage

NIGHTLY = bool(os.environ.get("TASUKI_NIGHTLY"))
WHO = ("hub", "hou3", "city", "out", "admin", "priv") if NIGHTLY else ("hub", "hou3", "out", "admin")
MOST = 99 if NIGHTLY else 5  # addresses of one kind: lists lead to themselves in every order
LINK = re.compile(r'<a\b[^>]*href="(/[^"#]*)')


def kind_of(link: str) -> str:
    """Return the pattern of an address; its own text where none fits, "" for what is no page."""
    if link.startswith("/static/"):
        return ""
    try:
        return resolve(link.partition("?")[0]).route
    except Resolver404:
        return link


# Faults planted: both parts of the minutes linked from every sitting; the figures, the register and a promise without a case
# linked for everybody.
@pytest.mark.parametrize("who", WHO)
def test_every_link_that_is_shown_opens(stage: Stage, who: str) -> None:
    if not stage.column("SELECT id FROM records_staff WHERE key = %s", who):
        stage.appoint(who, "CITY", [{"priv": "PRIV", "admin": "ADMIN"}[who]])
    client, dead, seen = stage.browser(who), list[tuple[str, str, int]](), {"/"}
    waiting, kinds = [("", "/")], Counter[str]()
    while waiting:
        shown_on, address = waiting.pop(0)
        answer = client.get(address)
        if answer.status_code not in {200, 302}:
            dead.append((shown_on, address, answer.status_code))
        if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
            continue
        for link in sorted({unescape(one) for one in LINK.findall(answer.content.decode())} - seen):
            kind = kind_of(link)
            if kind and kinds[kind] < MOST:
                kinds[kind] += 1
                waiting.append((address, link))
            seen.add(link)
    assert dead == []
    assert len(kinds) > 15
