"""What somebody looks for stands in no address (ASVS 14.2.1), and pages, order and files still go on with it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from django.test import Client

import tasuki.web
from tasuki.web.sought import NAMES
from tests.web import crowd
from tests.web.conftest import Stage
from tests.web.test_lists import OCTOBER, body

TEMPLATES = Path(tasuki.web.__file__).parent / "templates"
LINK = re.compile(r'(?:href|action|value)="(/[^"]*)"')
SURNAME = "雲居"
SEARCHES = {
    "/search/": {"q": SURNAME}, "/households/": {"q": SURNAME, "open": ""}, "/consultations/": {"q": SURNAME},
    "/provisions/": {"q": SURNAME}, "/resources/": {"q": SURNAME}, "/records/": {"q": SURNAME},
}  # fmt: skip


def asked(client: Client, to: str, **fields: str) -> str:
    """Send the form of a search and return the address to which it leads."""
    answer = client.post("/sought/", {"to": to, **fields})
    assert answer.status_code == 302, answer.content.decode()[:300]
    return str(answer["Location"])


def links(page: str) -> list[str]:
    return [unquote(one) for one in LINK.findall(page)]


# Faults planted: "q" left out of NAMES; the link of the next receptions with q=; _column() that asks with the words.
@pytest.mark.parametrize("to", SEARCHES)
def test_no_address_says_whom_somebody_looks_for(stage: Stage, to: str) -> None:
    for number in range(60 if to == "/consultations/" else 2):
        crowd.received(number, OCTOBER)
    client = stage.browser("hou3")
    address = asked(client, to, **SEARCHES[to])
    assert "sought=" in address
    page = body(client, address)
    assert SURNAME in page
    assert [one for one in [address, *links(page)] if SURNAME in unquote(one)] == []


# Fault planted: carried() that carries nothing.
def test_order_pages_and_files_go_on_with_what_is_sought(stage: Stage) -> None:
    crowd.received(0, OCTOBER)
    crowd.received(7, OCTOBER)
    client = stage.browser("hou3")
    page = body(client, asked(client, "/households/", q=SURNAME, open=""))
    assert "薄氷" not in page
    order = next(one for one in re.findall(r'href="([^"]+)"', page) if "order=kana" in one)
    file = next(one for one in re.findall(r'href="([^"]+)"', page) if "export.csv" in one)
    for address in (order, file):
        again = body(client, address.replace("&amp;", "&"))
        assert SURNAME in again
        assert "薄氷" not in again


# Fault planted: sealed for the post's agency instead of the member of staff.
def test_an_address_that_was_taken_away_tells_somebody_else_nothing(stage: Stage) -> None:
    crowd.received(0, OCTOBER)
    address = asked(stage.browser("hou3"), "/search/", q=SURNAME)
    stage.appoint("colleague", "HOU3", ["FIRST"])
    assert SURNAME in body(stage.browser("hou3"), address)
    assert SURNAME not in body(stage.browser("colleague"), address)


# Fault planted: a broken seal that is not caught.
@pytest.mark.parametrize("broken", ["x", "MQ==", "あ", "M" * 4000])
def test_a_broken_address_seeks_nothing(stage: Stage, broken: str) -> None:
    page = body(stage.browser("hou3"), f"/households/?sought={quote(broken)}")
    assert 'name="q" type="search" value=""' in page
    assert [one for one in links(page) if "order=" in one and "sought" in one] == []


# Fault planted: OWN that lets anything through.
@pytest.mark.parametrize(
    "to", ["//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example", "", "search/"]
)
def test_a_search_leads_nowhere_else(stage: Stage, to: str) -> None:
    assert stage.browser("hou3").post("/sought/", {"to": to, "q": "x"}).status_code == 404


# Fault planted: the form of the bar sent by GET again.
def test_no_form_that_may_name_somebody_is_sent_in_an_address() -> None:
    forms = [
        (path.name, form)
        for path in TEMPLATES.rglob("*.html")
        for form in re.findall(r"<form\b.*?</form>", path.read_text(encoding="utf-8"), re.DOTALL)
    ]
    assert len(forms) > 20
    names = re.compile(rf'name="(?:{"|".join(NAMES)}|kana|text|note)"')
    assert [name for name, form in forms if 'method="get"' in form and names.search(form)] == []
    # A form without a method is sent by GET.
    assert [name for name, form in forms if "method=" not in form.split(">", 1)[0] and names.search(form)] == []
