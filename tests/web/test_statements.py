"""How many SQL statements each page costs: as many as routes.toml says, no more and no fewer, however many rows there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from tasuki.ops.database import Server
from tasuki.web.household import long
from tests.web.conftest import AUTUMN, Stage, open_stage
from tests.web.crawl import IDS, TABLE, filled
from tests.web.export.conftest import at_rest, begun
from tests.web.test_acts import PLAN, TARGETS, places, send
from tests.web.test_lists import town_of
from tests.web.test_lists_papers import OPEN, SEALED, moves_away

GET = {pattern: route for pattern, route in TABLE.items() if "GET" in route["methods"] and route["who"] != "anybody"}
# Who opens a page that is no act's: the first whose beginning fits.
WHO = {
    "/records/<uuid:record_id>/transfer.pdf": "hou3", "/settings/": "admin", "/staff/": "admin", "/moves/": "admin", "/packs/": "priv", "/provisions/": "priv",
    "/emergencies/": "priv", "/keepings/": "priv", "/reads/": "priv", "": "hub",
}  # fmt: skip
# Which of several: always the same one, and one that its opener sees.
ONE = {
    "/records/<uuid:record_id>/transfer.pdf": "SELECT id FROM records_record WHERE kind = 'TRANSFER'",
    "/people/": TARGETS["people"], "/reads/people/": TARGETS["people"], "/plans/": PLAN, "/records/": "SELECT id FROM records_record WHERE kind = 'ASSESSMENT'",
    "/referrals/": "SELECT id FROM records_referral ORDER BY sent_at", "/consents/": "SELECT id FROM records_consent ORDER BY given_at",
    "/sittings/<uuid:sitting_id>/minutes-sealed.pdf": SEALED, "/sittings/": OPEN, "/moves/": "SELECT id FROM records_staffmove",
    "/settings/": "SELECT id FROM records_agency WHERE key = 'OUT'", "/packs/": IDS["packs"], "/keepings/": IDS["keepings"], "/exports/": "SELECT id FROM records_export", "/cases/": TARGETS["cases"], "/households/": IDS["households"],
}  # fmt: skip
OF_THE_TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
MOST = 11


def cost(client: Client, address: str) -> int:
    """Return the statements of a page that this browser has opened before, with who asks and the footprint."""
    client.get(address)
    with CaptureQueriesContext(connection) as told:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len([one for one in told.captured_queries if not one["sql"].startswith(OF_THE_TRANSACTION)])


@pytest.fixture(scope="module")
def town(server: Server, played: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """Give a town for this whole file: pages are only opened in it."""
    with open_stage(server, played, django_db_blocker) as stage:
        yield stage


@pytest.fixture(scope="module")
def pages(town: Stage) -> dict[str, tuple[Client, str]]:
    """Give for each page a browser that opens it, and one address of it; every list has rows."""
    of_acts = {"-".join(key): place for key, place in places(town).items()}
    work_elsewhere(town)
    browsers = {who: town.browser(who) for who in {who for who, _ in of_acts.values()} | set(WHO.values())}
    with pytest.MonkeyPatch.context() as now:
        now.setattr(long, "AT_ONCE", 0)
        now.setitem(
            browsers["hub"].defaults, "tasuki.now", AUTUMN + dt.timedelta(minutes=1)
        )  # after what the acts ended
        begun(browsers["hub"])
        at_rest()
    found = {}
    for pattern, route in GET.items():
        who = next(who for start, who in WHO.items() if pattern.startswith(start))
        noun = pattern.strip("/").split("/")[0]
        question = next((asked for start, asked in ONE.items() if pattern.startswith(start)), "SELECT 1")
        who, address = of_acts.get(route["name"]) or (
            who,
            next(filled(pattern, {noun: [str(town.value(question))]}, 1)),
        )
        found[pattern] = (browsers[who], address)
    town_of(2)
    return found


def work_elsewhere(town: Stage) -> None:
    """Leave a move to prepare, a copy for a person and a household that moves away, which the acts do not."""
    who = {"name": "潮騒原 源造", "born": "S17.9.14"}
    send(town.browser("priv"), "/packs/make/", **who, text="受付番号17。運転免許証で確かめた")
    town.appoint("heir", "HOU3", ["FIRST"])
    post = town.value("SELECT p.id FROM records_post p JOIN records_staff s ON s.id = p.staff_id WHERE s.key = 'hou3'")
    heir = town.id_of("SELECT id FROM records_staff WHERE key = 'heir'")
    with transaction.atomic():
        moves_away("hou3", AUTUMN)
    send(town.browser("admin"), "/staff/", step="one", on="R9.4.1", post=post, heir=heir)


# Faults planted: a statement more in page() → every page of the frame; one less (who would see it not asked for a form);
# a statement for each row of a list; the list of agencies asked for again by each field that offers it.
def test_every_page_costs_as_many_statements_as_stated_however_many_rows(
    town: Stage, pages: dict[str, tuple[Client, str]]
) -> None:
    stated = {pattern: route["statements"] for pattern, route in GET.items()}
    assert {pattern: cost(*place) for pattern, place in pages.items()} == stated
    town_of(9)
    assert {pattern: cost(*place) for pattern, place in pages.items()} == stated


# Fault planted: 今日 stated with 12.
def test_no_page_costs_more_than_eleven_but_the_one_that_offers_six_lists() -> None:
    assert {pattern for pattern, route in GET.items() if route["statements"] > MOST} == {
        "/cases/<uuid:target_id>/agenda/"
    }
