"""A list's file that takes long: asked for on a page, made beside the pages as its person, taken once or twice, then gone."""

from __future__ import annotations

import datetime as dt
import re
import threading
import time
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client

from tasuki.web.export import desk
from tasuki.web.household import long
from tests.web import crowd
from tests.web.conftest import AUTUMN, Stage
from tests.web.test_whole_exports import OCTOBER, file_at

FEW, MANY = 4, 23
LIST = "/households/export.csv?order=opened&down=1&open="


def form_of(page: str, action: str = "/exports/") -> dict[str, str]:
    """Return the hidden fields of the form that leads to an address."""
    form = page.split(f'action="{action}"')[1].split("</form>")[0]
    return dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))


def begun(client: Client, address: str = LIST) -> str:
    """Ask for a long list and press the button; return the page of its file."""
    asked = client.get(address)
    assert asked.status_code == 200
    sent = client.post("/exports/", form_of(asked.content.decode()))
    assert sent.status_code == 302, sent.content.decode()
    return str(sent.headers["Location"])


def over(client: Client, here: str) -> str:
    """Wait until nothing is made any more; return what the page says then."""
    for thread in [one for one in threading.enumerate() if one.name == "export"]:
        thread.join(30)
        assert not thread.is_alive()
    page = client.get(here)
    found = re.search(r'data-state="(\w+)"', page.content.decode())
    return found[1] if found else str(page.status_code)


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let few rows be many, and look often; leave no thread behind."""
    monkeypatch.setattr(long, "AT_ONCE", FEW)
    monkeypatch.setattr(desk, "EVERY_SECONDS", 0.05)
    yield
    for thread in [one for one in threading.enumerate() if one.name == "export"]:
        thread.join(30)


@pytest.fixture
def crowded(stage: Stage) -> Stage:
    """Give a town with more households than are given at once."""
    for number in range(MANY):
        crowd.received(number, OCTOBER + dt.timedelta(hours=number))
    return stage


def test_a_long_list_is_made_beside_the_pages_and_is_the_file_that_one_would_have_had_at_once(
    crowded: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = crowded.browser("hou3")
    here = begun(client)
    assert over(client, here) == "READY"
    made = file_at(client, f"{here}file")
    monkeypatch.setattr(long, "AT_ONCE", MANY * 9)
    assert made == file_at(client, LIST)
