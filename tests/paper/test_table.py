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

from tasuki.paper.table import CUT, LONGEST, as_csv, as_xlsx

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


def read_csv(made: bytes) -> list[list[str]]:
    """Read a CSV back: an apostrophe in front of a cell is a mark of the file, not of the text."""
    return [
        [cell.removeprefix("'") for cell in row]
        for row in csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""))
    ]


def read_xlsx(made: bytes) -> tuple[list[list[str]], set[str]]:
    """Read a workbook back, and the types of its cells."""
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        strings = ET.fromstring(packed.read("xl/sharedStrings.xml"))  # noqa: S314  as above
        sheet = ET.fromstring(packed.read("xl/worksheets/sheet1.xml"))  # noqa: S314  as above
    texts = ["".join(part.text or "" for part in one.iter(f"{SPACE}t")) for one in strings.iter(f"{SPACE}si")]
    rows = [[meant(texts[int(cell.findtext(f"{SPACE}v") or 0)]) for cell in row] for row in sheet.iter(f"{SPACE}row")]
    assert sheet.find(f".//{SPACE}f") is None
    return rows, {cell.get("t", "number") for cell in sheet.iter(f"{SPACE}c")}


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
    assert kinds == {"s"}


# Fault planted: a text longer than a cell left to the writer, which leaves the cell empty.
def test_a_text_longer_than_a_cell_is_cut_aloud_and_stands_whole_in_the_csv() -> None:
    long = "長" * (LONGEST + 1)
    rows, _ = read_xlsx(as_xlsx("一覧", ["a"], [[long]], "作成"))
    assert len(rows[2][0]) == LONGEST
    assert rows[2][0].endswith(CUT)
    assert read_csv(as_csv(["a"], [[long]])) == [["a"], [long]]


@pytest.mark.parametrize("text", ["_x0041_", "a_x000D_b"])
def test_what_looks_like_a_letter_of_xml_is_text(text: str) -> None:
    assert read_xlsx(as_xlsx("一覧", ["a"], [[text]], "作成"))[0][2] == [text]
