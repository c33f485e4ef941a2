"""T23: a list as a file: no cell is calculated, and each reads back as it was written."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasuki.paper import table as tables
from tasuki.paper.table import CUT, LONGEST, PutAside, write_csv, write_xlsx

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
    "'",
    "=HYPERLINK(",
    "=cmd|' /C calc'!A0",
    '"=',
    " =",
    "\ufeff=",
    "\ufffe",
)
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
CELLS = st.builds(str.__add__, st.sampled_from(STARTS) | st.just(""), WORDS)
TABLES = st.integers(1, 4).flatmap(
    lambda wide: st.lists(st.lists(CELLS, min_size=wide, max_size=wide), min_size=1, max_size=5)
)
CALCULATED = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def as_csv(columns: list[str], rows: list[list[str]]) -> bytes:
    """Return a CSV."""
    paper = io.BytesIO()
    write_csv(paper, columns, rows)
    return paper.getvalue()


def as_xlsx(title: str, columns: list[str], rows: list[list[str]], made: str) -> bytes:
    """Return a workbook."""
    paper = io.BytesIO()
    write_xlsx(paper, title, columns, rows, len(rows), made)
    return paper.getvalue()


def read_csv(made: bytes) -> list[list[str]]:
    """Read a CSV back: an apostrophe in front of a cell is a mark of the file, not of the text."""
    return [
        [cell.removeprefix("'") for cell in row]
        for row in csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""))
    ]


def read_xlsx(made: bytes) -> tuple[list[list[str]], set[str]]:
    """Read the first sheet of a workbook back, and the types of its cells."""
    return read_sheets(made)[0]


def read_sheets(made: bytes) -> list[tuple[list[list[str]], set[str]]]:
    """Read the sheets of a workbook back, and the types of their cells."""
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        places = sorted(name for name in packed.namelist() if name.startswith("xl/worksheets/sheet"))
        sheets = [ET.fromstring(packed.read(place)) for place in places]  # noqa: S314  what we made ourselves
    found = []
    for sheet in sheets:
        assert sheet.find(f".//{SPACE}f") is None
        rows = [
            [meant("".join(part.text or "" for part in cell.iter(f"{SPACE}t"))) for cell in row]
            for row in sheet.iter(f"{SPACE}row")
        ]
        found.append((rows, {cell.get("t", "number") for cell in sheet.iter(f"{SPACE}c")}))
    return found


def meant(text: str) -> str:
    """Read the letters that XML cannot hold, as Excel does."""
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)


# Faults planted: only "=" taken for the start of a formula; the wide signs left out; an apostrophe not doubled; the head
# written as it is.
@given(TABLES)
def test_no_cell_of_a_csv_is_calculated_and_each_reads_back_as_it_was(table: list[list[str]]) -> None:
    made = as_csv(table[0], table[1:])
    assert read_csv(made) == table
    for row in csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")):
        assert [cell for cell in row if cell.startswith(CALCULATED)] == []


# Faults planted: write() instead of write_string(); U+FFFE left in.
@given(TABLES)
def test_every_cell_of_a_workbook_is_a_text_and_reads_back_as_it_was(table: list[list[str]]) -> None:
    rows, kinds = read_xlsx(as_xlsx("一覧", table[0], table[1:], "=作成"))
    wanted = [
        [cell.replace("\ufffe", "〓").replace("\uffff", "〓").replace("\r", "\n") for cell in row] for row in table
    ]
    assert [[cell.replace("\r", "\n") for cell in row] for row in rows] == [["=作成"], *wanted]
    assert kinds == {"inlineStr"}


# Fault planted: a text longer than a cell left to the writer, which leaves the cell empty.
def test_a_text_longer_than_a_cell_is_cut_aloud_and_stands_whole_in_the_csv() -> None:
    long = "長" * (LONGEST + 1)
    rows, _ = read_xlsx(as_xlsx("一覧", ["a"], [[long]], "作成"))
    assert len(rows[2][0]) == LONGEST
    assert rows[2][0].endswith(CUT)
    assert read_csv(as_csv(["a"], [[long]])) == [["a"], [long]]


# Fault planted: _fitting() without the sentence on <r> → a workbook that no program opens.
@pytest.mark.parametrize("text", ["_x0041_", "a_x000D_b", "<r><t>太</t></r>", "<r>&</r>"])
def test_what_looks_like_a_letter_of_xml_is_text(text: str) -> None:
    assert read_xlsx(as_xlsx("一覧", ["a"], [[text]], "作成"))[0][2][0].rstrip() == text


# Faults planted: one sheet for all → what is past its end is left out without a word; each sheet begun with the first row
# again; a last sheet without rows when they fill the one before.
@pytest.mark.parametrize("count", [0, 1, 3, 4, 6, 7])
def test_what_one_sheet_does_not_hold_stands_on_the_next_and_each_says_which_it_is(
    monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    rows = [[f"{number}"] for number in range(count)]
    sheets = [rows for rows, _ in read_sheets(as_xlsx("世帯の一覧", ["番号"], rows, "作成"))]
    assert [row for sheet in sheets for row in sheet[2:]] == rows
    of = max(1, -(-count // 3))
    assert [sheet[:2] for sheet in sheets] == [
        [["作成" if of == 1 else f"作成　{of}枚のうち{number}枚目"], ["番号"]] for number in range(1, of + 1)
    ]


# Fault planted: PutAside that forgets what stood in the memory when it goes to the disk.
def test_rows_put_aside_come_back_in_their_order_and_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "IN_MEMORY", 100)
    rows = [[f"一\n{number}", '"', "\u2028", ""] for number in range(30)]
    with PutAside() as kept:
        for row in rows:
            kept.add(row)
        assert kept.count == 30
        assert list(kept) == list(kept) == rows
