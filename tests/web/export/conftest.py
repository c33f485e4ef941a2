"""A town with more households than are given at once, and a gate at which the making of a file can be held."""

from __future__ import annotations

import datetime as dt
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from django.test import Client

from tasuki.paper import table as tables
from tasuki.web.export import desk
from tasuki.web.household import long
from tests.web import crowd
from tests.web.conftest import AUTUMN, Stage
from tests.web.test_whole_exports import OCTOBER

FEW, MANY, HELD = 4, 13, 7
EVERY = desk.EVERY_SECONDS
LIST = "/households/export.csv?order=opened&down=1&open="
PIECES = "SELECT count(*) FROM records_exportpiece"
NOTED = "SELECT count(*) FROM records_readline WHERE door = 'export'"


def form_of(page: str, action: str = "/exports/") -> dict[str, str]:
    """Return the hidden fields of the form that leads to an address."""
    form = page.split(f'action="{action}"')[1].split("</form>", maxsplit=1)[0]
    return dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))


def begun(client: Client, address: str = LIST) -> str:
    """Ask for a long list and press the button; return where its page is."""
    asked = client.get(address)
    assert asked.status_code == 200
    sent = client.post("/exports/", form_of(asked.content.decode()))
    assert sent.status_code == 302, sent.content.decode()
    return str(sent.headers["Location"])


def state(client: Client, here: str) -> str:
    """Return where a file stands, as its page says."""
    page = client.get(here).content.decode()
    found = re.search(r'data-state="(\w+)"', page)
    assert found, page
    return found[1]


def at(client: Client, *, minutes: float = 0) -> None:
    """Let a browser be at a moment, so many minutes after the usual one."""
    client.defaults["tasuki.now"] = AUTUMN + dt.timedelta(minutes=minutes)  # type: ignore[assignment]  # read from the environment


def at_rest() -> None:
    """Wait until nothing is made any more."""
    for thread in [one for one in threading.enumerate() if one.name == "export"]:
        thread.join(30)
        assert not thread.is_alive()


def over(client: Client, here: str) -> str:
    """Wait until nothing is made any more; return where a file stands then."""
    at_rest()
    return state(client, here)


def soon(is_so: Callable[[], object], seconds: float = 5) -> None:
    """Wait until something is so, five seconds at most (P4)."""
    last = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < last
        time.sleep(0.02)


@dataclass
class Gate:
    """Holds whoever makes a file once some of its rows are read."""

    reached: threading.Event = field(default_factory=threading.Event)
    open: threading.Event = field(default_factory=threading.Event)

    def hold(self) -> None:
        """Say that they are here, and let them wait."""
        self.reached.set()
        assert self.open.wait(30)

    @property
    def stopped(self) -> bool:
        """Whether the file that is made here is told to stop."""
        return desk._errands[0].making.over


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """Hold the making of every file at a row that is behind those which are given at once."""
    found, add = Gate(), tables.PutAside.add

    def held(self: tables.PutAside, row: list[str]) -> None:
        add(self, row)
        if self.count == HELD:
            found.hold()

    monkeypatch.setattr(tables.PutAside, "add", held)
    yield found
    found.open.set()
    at_rest()


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let few rows be many, and look often; leave no thread behind."""
    monkeypatch.setattr(long, "AT_ONCE", FEW)
    monkeypatch.setattr(desk, "EVERY_SECONDS", 0.05)
    yield
    at_rest()


@pytest.fixture
def unhurried(short: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Look as often as the product does."""
    monkeypatch.setattr(desk, "EVERY_SECONDS", EVERY)


@pytest.fixture
def crowded(stage: Stage) -> Stage:
    """Give a town with more households than are given at once."""
    for number in range(MANY):
        crowd.received(number, OCTOBER + dt.timedelta(hours=number))
    return stage


@dataclass(frozen=True)
class Reached:
    """The same town, and somebody of another agency whom consents reach: all of a file of theirs stands on them."""

    stage: Stage
    client: Client
    person: UUID


@pytest.fixture
def reached(crowded: Stage) -> Reached:
    """Let the consent of everybody reach another agency, for the class HEALTH too."""
    crowded.appoint("reader", "JOSEI", ["DESK"])
    for data_class in ("BASIC", "HEALTH"):
        crowded.run(
            "INSERT INTO records_consentreach SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(),"
            " 'agency_id', g.id, 'person_id', p.id, 'data_class', %s::text))).* FROM records_consentreach r, records_agency g,"
            " records_person p WHERE g.key = 'JOSEI' AND r.id = (SELECT id FROM records_consentreach LIMIT 1)",
            data_class,
        )
    who = crowded.id_of("SELECT id FROM records_person WHERE name = '葛霞 さより' LIMIT 1")
    return Reached(crowded, crowded.browser("reader", AUTUMN + dt.timedelta(minutes=1)), who)
