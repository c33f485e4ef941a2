"""A list as a file for Excel: CSV with a BOM, or XLSX with every cell typed as text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from tempfile import SpooledTemporaryFile, TemporaryDirectory
from typing import IO, Any, Self

IN_MEMORY = 1024 * 1024
"""Bytes of a file, or of rows put aside, before they wait on the disk."""
MOST_ROWS = 1_048_576 - 2
"""Rows of a sheet of Excel, below what stands above them."""
# What Excel calculates or runs, the wide forms that its Japanese edition reads alike, and our own mark.
_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "'")
# No XML may hold these two; a single one would make the whole workbook unreadable.
_NO_LETTERS = str.maketrans({"\ufffe": "〓", "\uffff": "〓"})
LONGEST = 32_767
"""Letters of a cell of Excel."""
CUT = "…（以下略）"
WIDEST = 48


class PutAside:
    """Rows on their way into a file, which may be more than the memory holds: how many they are is known when all are there.

    Few of them stay in the memory; many wait in a file without a name, which nobody else can open and which is gone with
    the process.
    """

    def __init__(self) -> None:
        self._kept = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  closed by __exit__
        self.count = 0

    def add(self, row: Sequence[str]) -> None:
        """Put one more row behind the others."""
        self._kept.write(json.dumps(row).encode() + b"\n")
        self.count += 1

    def __iter__(self) -> Iterator[list[str]]:
        """Give the rows in their order."""
        self._kept.seek(0)
        yield from map(json.loads, self._kept)

    def __enter__(self) -> Self:
        """Take rows."""
        return self

    def __exit__(self, *_: object) -> None:
        """Forget the rows."""
        self._kept.close()


def write_csv(paper: IO[bytes], columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a CSV that Excel opens as UTF-8.

    A cell that Excel would calculate gets an apostrophe in front, and so does one that begins with an apostrophe: taking
    one away where there is one gives every cell as it was.
    """
    text = io.TextIOWrapper(paper, "utf-8-sig", newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_quiet(column) for column in columns])
    writer.writerows([_quiet(cell) for cell in row] for row in rows)
    text.detach()


def _quiet(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_STARTS) else cell


def write_xlsx(
    paper: IO[bytes], title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], count: int, made: str
) -> None:
    """Write a workbook of `count` rows: `made` (when and by whom) above the head, every cell a text.

    What is more than a sheet of Excel holds stands on further sheets, and each says which of how many it is. A text longer
    than a cell of Excel is cut, and says so; it stands whole in the CSV.
    """
    import xlsxwriter  # only who makes a workbook: it takes 11 MB of a worker

    sheets, left = max(1, -(-count // MOST_ROWS)), iter(rows)
    with (
        TemporaryDirectory() as folder,  # its files are gone with it, also when a row cannot be written
        xlsxwriter.Workbook(
            paper,
            {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False},
        ) as book,
    ):
        bold = book.add_format({"bold": True, "bottom": 1})
        text = book.add_format({"num_format": "@", "text_wrap": True})
        for number in range(1, sheets + 1):
            sheet = book.add_worksheet(title[:31] if sheets == 1 else f"{title[:24]} {number}")
            told = made if sheets == 1 else f"{made}　{sheets}枚のうち{number}枚目"
            sheet.write_string(0, 0, _fitting(told))
            _write_rows(sheet, columns, islice(left, MOST_ROWS), bold, text)


def _write_rows(sheet: Any, columns: Sequence[str], rows: Iterable[Sequence[str]], bold: Any, text: Any) -> None:
    widths, last = [_width(column) for column in columns], 1
    for place, column in enumerate(columns):
        sheet.write_string(1, place, _fitting(column), bold)
    for last, row in enumerate(rows, start=2):
        for place, cell in enumerate(row):
            sheet.write_string(last, place, _fitting(cell), text)
            widths[place] = max(widths[place], _width(cell))
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width, text)
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(1)
    sheet.set_paper(9)
    sheet.set_footer("&L取扱注意&R&P / &N")
    if last > 1:
        sheet.autofilter(1, 0, last, len(columns) - 1)


def _fitting(cell: str) -> str:
    plain = cell.translate(_NO_LETTERS)
    if plain.startswith("<r>") and plain.endswith("</r>"):
        plain += " "  # the writer would take it for marked-up text and put it into the file as it is
    return plain if len(plain) <= LONGEST else plain[: LONGEST - len(CUT)] + CUT


def _width(cell: str) -> int:
    return min(WIDEST, max(6, 2 * max(map(len, cell.split("\n"))) + 2))
