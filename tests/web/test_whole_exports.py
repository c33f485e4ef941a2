"""A list as a file ends where its rows end: every row once, in the order of the screen, with everybody in the footprint."""

from __future__ import annotations

import datetime as dt
import re
from itertools import chain

import pytest
from django.test import Client

from tasuki.paper import table as tables
from tasuki.queries import rows
from tasuki.rules.calendar import JST
from tasuki.web.household import listing
from tests.paper.test_table import read_csv, read_sheets
from tests.web import crowd
from tests.web.conftest import Stage

OCTOBER = dt.datetime(2026, 10, 5, 9, 0, tzinfo=JST)
MANY = 23
NUMBERS = """
    SELECT n.number FROM records_consultation n JOIN records_record r ON r.id = n.record_id
    JOIN records_case c ON c.id = r.case_id WHERE r.kind = 'RECEIVE' ORDER BY c.opened_at DESC, c.id
"""


def file_at(client: Client, address: str) -> bytes:
    """Return a file, sent whole or piece by piece."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.getvalue()


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few rows be in the memory together, and few on a sheet and before the disk."""
    monkeypatch.setattr(rows, "AT_ONCE", 4)
    monkeypatch.setattr(tables, "MOST_ROWS", 10)
    for room in (tables, listing):
        monkeypatch.setattr(room, "IN_MEMORY", 256)


# Faults planted: EVERYTHING of 20 rows → the others are missing; each() that stops after the first fetchmany(); ORDER BY c.id
# in _CASES; note_list() of the first rows only.
@pytest.mark.usefixtures("pages")
def test_every_row_is_in_the_file_once_in_the_order_of_the_screen_and_everybody_in_the_footprint(stage: Stage) -> None:
    people = [crowd.received(number, OCTOBER + dt.timedelta(hours=number))[1] for number in range(MANY)]
    client = stage.browser("hou3")
    asked = "order=opened&down=1"
    wanted = list(chain(*(families(client, f"/households/?{asked}&open=&page={page}") for page in (1, 2))))
    text = read_csv(file_at(client, f"/households/export.csv?{asked}&open="))
    assert len(wanted) == len(text) - 1 >= MANY
    assert all(seen.startswith("".join(row[0].split())) for seen, row in zip(wanted, text[1:], strict=True))
    told = [row[-1] for row in text[1:]]
    assert told == [number for number in stage.column(NUMBERS) if number in told]  # each case once, the newest first
    sheets = [rows for rows, _ in read_sheets(file_at(client, f"/households/export.xlsx?{asked}&open="))]
    assert list(chain(*(rows[2:] for rows in sheets))) == text[1:]
    assert f"　{len(text) - 1}件　{len(sheets)}枚のうち1枚目" in sheets[0][0][0]
    for kind in ("csv", "xlsx"):
        noted = stage.column("SELECT unnest(persons) FROM records_readline WHERE what = %s", f"households.{kind}")
        assert set(people) <= set(noted)


def families(client: Client, address: str) -> list[str]:
    """Return the first cells of a page's rows, without spaces."""
    page = client.get(address).content.decode()
    first = re.findall(r"<tr data-row><td[^>]*>(.*?)</td>", page, re.DOTALL)
    return ["".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in first]


# Fault planted: the file sent as one answer whatever its size.
def test_a_small_file_is_sent_as_a_page_is_and_a_large_one_piece_by_piece(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = stage.browser("hub")
    assert client.get("/households/export.csv").content.startswith(b"\xef\xbb\xbf")
    monkeypatch.setattr(listing, "IN_MEMORY", 16)
    sent = client.get("/households/export.csv")
    assert sent.streaming
    pieces = list(sent)
    assert max(map(len, pieces)) <= 16
    assert len(b"".join(pieces)) == int(sent.headers["Content-Length"])


# Fault planted: search_people() that gives list_cases() the first 10 people only.
@pytest.mark.usefixtures("pages")
def test_whoever_is_found_by_a_word_is_in_the_list_however_many_they_are(stage: Stage) -> None:
    for number in range(MANY):
        crowd.received(number, OCTOBER + dt.timedelta(hours=number))
    stage.run("UPDATE records_searchkey SET key = 'ナミノ' || key WHERE kind = 'KANA'")
    text = read_csv(file_at(stage.browser("hou3"), "/households/export.csv?open=&q=なみの"))
    assert len(text) - 1 >= MANY


# Fault planted: a row that cannot be kept taken for the end → half a file is sent as if it were whole.
@pytest.mark.usefixtures("pages")
def test_a_file_that_fails_on_its_way_is_no_file_and_shows_nobody(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd.received(0, OCTOBER)
    crowd.received(1, OCTOBER)

    def full(self: tables.PutAside, row: list[str]) -> None:
        raise OSError

    monkeypatch.setattr(tables.PutAside, "add", full)
    client = stage.browser("hou3")
    assert client.get("/households/export.csv").status_code == 500
    assert stage.value("SELECT count(*) FROM records_readline WHERE door = 'export'") == 0
