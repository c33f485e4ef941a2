"""A list as a file for Excel: CSV with a BOM, or XLSX with every cell typed as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import xlsxwriter

BOM = "\ufeff"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 48


def as_csv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a CSV that Excel opens as UTF-8. A cell that Excel would calculate gets an apostrophe in front."""
    paper = io.StringIO(newline="")
    writer = csv.writer(paper, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_quiet(cell) for cell in row] for row in rows)
    return (BOM + paper.getvalue()).encode()


def _quiet(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def as_xlsx(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], made: str) -> bytes:
    """Return a workbook of one sheet: `made` (when and by whom) above the head, every cell a text."""
    paper = io.BytesIO()
    with xlsxwriter.Workbook(
        paper, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(title[:31])
        bold, text = (
            book.add_format({"bold": True, "bottom": 1}),
            book.add_format({"num_format": "@", "text_wrap": True}),
        )
        sheet.write_string(0, 0, made)
        for place, column in enumerate(columns):
            sheet.write_string(1, place, column, bold)
            sheet.set_column(place, place, _width(column, [row[place] for row in rows]), text)
        for line, row in enumerate(rows, start=2):
            for place, cell in enumerate(row):
                sheet.write_string(line, place, cell, text)
        sheet.freeze_panes(2, 0)
        sheet.repeat_rows(1)
        sheet.set_paper(9)
        sheet.set_footer("&L取扱注意&R&P / &N")
        if rows:
            sheet.autofilter(1, 0, len(rows) + 1, len(columns) - 1)
    return paper.getvalue()


def _width(column: str, cells: Sequence[str]) -> int:
    longest = max((max((len(line) for line in cell.split("\n")), default=0) for cell in [column, *cells]), default=0)
    return min(WIDEST, max(6, longest * 2 + 2))
