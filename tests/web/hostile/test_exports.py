"""T23 at the door: every list that leaves as a file, of a town whose names are formulas."""

from __future__ import annotations

import csv
import io

import pytest

from tests.paper.test_table import CALCULATED, read_csv, read_xlsx
from tests.web.conftest import Stage
from tests.web.crawl import TABLE
from tests.web.test_acts import appointed

FORMULA = "=1+1 "
# Every word that people write and that a list may show.
WRITTEN = {
    "person": ("name", "kana", "area"), "agency": ("name",), "staff": ("name",), "resource": ("name", "kind", "area", "conditions"),
    "gap": ("need", "area"), "referral": ("sheet", "wants", "tried"), "record": ("text",), "consultation": ("number",),
    "conference": ("name",), "sitting": ("place",),
}  # fmt: skip
# Who has rows in each list, and what of theirs stands in it.
LISTS = {
    "/conferences/export.<str:kind>": ("hub", True), "/households/export.<str:kind>": ("hub", True), "/referrals/export.<str:kind>?tab=sent": ("hou3", True), "/resources/export.<str:kind>": ("hub", False),
    "/provisions/export.<str:kind>": ("priv", False), "/reads/export.<str:kind>": ("priv", True), "/reads/unusual/export.<str:kind>": ("priv", False),
    "/gaps/export.<str:kind>": ("hub", False), "/emergencies/export.<str:kind>": ("priv", False), "/packs/export.<str:kind>": ("priv", False),
    "/consultations/export.<str:kind>": ("hou3", True), "/notices/export.<str:kind>": ("hou3", False),
    "/records/export.<str:kind>?q=1%2B1": ("hou3", True), "/keepings/export.<str:kind>": ("priv", False), "/watches/export.<str:kind>": ("hub", False), "/figures/export.<str:kind>": ("hub", False),
}  # fmt: skip


@pytest.fixture
def formulas(stage: Stage) -> Stage:
    """Give a town in which everything that people wrote begins like a formula."""
    appointed(stage)
    for table, columns in WRITTEN.items():
        told = ", ".join(f"{column} = left('{FORMULA}' || {column}, 60)" for column in columns)
        stage.run(f"UPDATE records_{table} SET {told}")
    return stage


# Fault planted: a file made past as_csv(), with a writer of its own; write() for write_string().
@pytest.mark.parametrize("pattern", LISTS)
def test_no_cell_of_any_file_is_a_formula(formulas: Stage, pattern: str) -> None:
    who, has_rows = LISTS[pattern]
    client = formulas.browser(who)
    as_text, as_book = (client.get(pattern.replace("<str:kind>", kind)) for kind in ("csv", "xlsx"))
    assert as_text.status_code == as_book.status_code == 200
    text, book = as_text.content, as_book.content
    for row in csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")):
        assert [cell for cell in row if cell.startswith(CALCULATED)] == []
    rows, kinds = read_xlsx(book)
    assert kinds == {"inlineStr"}
    assert [row for row in read_csv(text) if row not in rows] == []  # the second one may have a reading more
    assert any(FORMULA.strip() in cell for row in rows[2:] for cell in row) or not has_rows
    assert 'attachment; filename="' in as_text["Content-Disposition"]


# Fault planted: a list left out of LISTS.
def test_every_list_that_leaves_is_tried() -> None:
    assert {pattern for pattern in TABLE if "/export." in pattern} == {pattern.partition("?")[0] for pattern in LISTS}
