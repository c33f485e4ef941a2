"""終わった会議: found by name, place, basis and 年度, turned, paged, taken along; and nothing of an item that is not seen."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.paper.test_table import read_csv
from tests.web.conftest import Stage
from tests.web.test_lists import body, rows_of
from tests.web.test_lists_papers import OPEN, SEALED

MEETINGS = """
    INSERT INTO records_sitting (id, municipality_id, conference_id, secretariat, called_by_id, at, state, held_at, agenda, minutes,
                                 place, present, version)
    SELECT gen_random_uuid(), k.municipality_id, k.id, ARRAY[g.id], g.id, moment, %s,
           CASE %s WHEN 'HELD' THEN moment END, '[]', '', %s || n, '{}', 1
    FROM records_conference k, records_agency g, generate_series(1, %s) n,
         LATERAL (SELECT timestamptz '2024-04-01 00:00+09' + n * interval '1 day' AS moment) m
    WHERE k.key = %s AND g.key = 'HUB'
"""


def met(stage: Stage, count: int, place: str, conference: str = "JUSO", state: str = "HELD") -> None:
    """Let a conference have met on so many days from 令和6年4月2日 on, without an item."""
    stage.run(MEETINGS, state, state, place, count, conference)


def held(page: str) -> list[str]:
    """Return the rows of the sittings that were held, in their order."""
    table = page[page.index('id="conferences"') :]
    return re.findall(r"<tr data-row>(.*?)</tr>", table[: table.index("</table>")], re.DOTALL)


def taken(client: Client, asked: str) -> list[list[str]]:
    return read_csv(client.get(f"/conferences/export.csv?{asked}").getvalue())[1:]


# Faults planted: LIMIT 200 in _HELD → the file ends; the total counted after LIMIT; a sitting to come listed with those held.
def test_fifty_stand_on_a_page_and_all_of_them_in_the_file(stage: Stage) -> None:
    before = len(held(body(stage.browser("hub"), "/conferences/")))
    met(stage, 230, "大会議室")
    met(stage, 3, "小会議室", state="SUMMONED")
    client = stage.browser("hub")
    first, last = body(client, "/conferences/"), body(client, "/conferences/?page=5")
    assert (len(held(first)), len(held(last))) == (50, 30 + before)
    assert f"{230 + before}件のうち 1〜50件目" in first
    assert "小会議室" not in "".join(held(first))
    assert (
        rows_of(first) - 50 == rows_of(body(client, "/conferences/?page=2")) - 50 >= 3
    )  # those to come, on every page
    rows = taken(client, "")
    assert len(rows) == 230 + before
    assert len({row[2] for row in rows}) >= 230
    assert "大会議室1" in {row[2] for row in rows}


# Faults planted: the place not looked at; the text compared as it was typed, in full width.
@pytest.mark.parametrize("text", ["b棟", "Ｂ棟2", "重層"])
def test_a_sitting_is_found_by_its_place_and_by_the_name_of_its_conference(stage: Stage, text: str) -> None:
    stage.run("UPDATE records_conference SET name = '重層的な会議' WHERE key = 'JUSO'")
    stage.run("UPDATE records_conference SET name = 'ほかの会議' WHERE key = 'SHIEN'")
    met(stage, 2, "Ｂ棟")
    met(stage, 1, "本庁", "SHIEN")
    rows = taken(stage.browser("hub"), f"q={text}")
    assert "Ｂ棟2" in {row[2] for row in rows}
    assert not {"本庁1"} & {row[2] for row in rows}


# Faults planted: the 年度 begun in January; its last day left out; conference and basis not looked at.
def test_conference_basis_and_year_narrow_the_list(stage: Stage) -> None:
    met(stage, 365, "年度の部屋")  # up to 令和7年4月1日
    client = stage.browser("hub")
    days = [row[0] for row in taken(client, "year=2024&order=at&down=0")]
    assert (days[0], days[-1], len(days)) == ("R6.4.2 0:00", "R7.3.31 0:00", 364)
    assert [row[0] for row in taken(client, "year=2025&order=at&down=0")][:1] == ["R7.4.1 0:00"]
    which = stage.id_of("SELECT id FROM records_conference WHERE key = 'SHIEN'")
    assert "年度の部屋1" not in {row[2] for row in taken(client, f"conference={which}&year=")}
    sealed = taken(client, "basis=ARTICLE_106_6&conference=&year=")
    assert len(sealed) == stage.value(
        "SELECT count(DISTINCT sitting_id) FROM records_agendaitem WHERE basis = 'ARTICLE_106_6'"
    )
    assert {row[4] for row in sealed} == {"支援会議 106条の6"}
    assert '<option value="ARTICLE_106_6" selected>' in body(client, "/conferences/")


# Fault planted: the direction left out.
def test_the_days_are_turned_by_their_head(stage: Stage) -> None:
    met(stage, 4, "部屋")
    client = stage.browser("hub")
    up, down = ([row[0] for row in taken(client, f"order=at&down={way}")] for way in "01")
    assert up == down[::-1]
    assert up[0] == "R6.4.2 0:00"
    assert taken(client, "") == taken(client, "order=at&down=1")


# Fault planted: every sitting shown to the whole town by its policy.
def test_who_has_no_seat_neither_sees_a_sealed_sitting_nor_finds_it_by_its_basis(stage: Stage) -> None:
    sealed, consented = stage.id_of(SEALED), stage.id_of(OPEN)
    stage.run("UPDATE records_agendaitem SET sitting_id = %s WHERE sitting_id = %s", consented, sealed)
    stage.run(
        "UPDATE records_sitting SET secretariat = '{}', called_by_id = (SELECT id FROM records_agency WHERE key = 'CITY')"
    )
    stage.run(
        "DELETE FROM records_seat WHERE item_id IN (SELECT id FROM records_agendaitem WHERE basis = 'ARTICLE_106_6')"
    )
    client = stage.browser("hub")
    page = body(client, "/conferences/")
    assert f"/sittings/{consented}/" in page
    assert "ground-sealed" not in "".join(held(page))
    assert taken(client, "basis=ARTICLE_106_6") == []
    assert held(body(stage.browser("hou2"), "/conferences/?basis=")) == []


# Fault planted: the file not noted.
def test_who_takes_the_list_away_leaves_a_line_that_the_officer_reads_in_words(stage: Stage) -> None:
    stage.browser("hub").get("/conferences/export.xlsx")
    stage.appoint("priv", "HUB", ["PRIV"])
    assert "終わった会議（XLSX）" in body(stage.browser("priv"), "/reads/?from=R8.11.1")
