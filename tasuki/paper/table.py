"""A list as a file for Excel: CSV with a BOM, or XLSX with every cell typed as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

BOM = "\ufeff"
# What Excel calculates or runs, the wide forms that its Japanese edition reads alike, and our own mark.
_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "'")
# No XML may hold these two; a single one would make the whole workbook unreadable.
_NO_LETTERS = str.maketrans({"\ufffe": "〓", "\uffff": "〓"})
LONGEST = 32_767
"""Letters of a cell of Excel."""
CUT = "…（以下略）"
WIDEST = 48


def as_csv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a CSV that Excel opens as UTF-8.

    A cell that Excel would calculate gets an apostrophe in front, and so does one that begins with an apostrophe: taking
    one away where there is one gives every cell as it was.
    """
    paper = io.StringIO(newline="")
    writer = csv.writer(paper, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_quiet(column) for column in columns])
    writer.writerows([_quiet(cell) for cell in row] for row in rows)
    return (BOM + paper.getvalue()).encode()


def _quiet(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_STARTS) else cell


def as_xlsx(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], made: str) -> bytes:
    """Return a workbook of one sheet: `made` (when and by whom) above the head, every cell a text.

    A text longer than a cell of Excel is cut, and says so; it stands whole in the CSV.
    """
    import xlsxwriter  # only who makes a workbook: it takes 11 MB of a worker

    paper = io.BytesIO()
    with xlsxwriter.Workbook(
        paper, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(title[:31])
        bold, text = (
            book.add_format({"bold": True, "bottom": 1}),
            book.add_format({"num_format": "@", "text_wrap": True}),
        )
        sheet.write_string(0, 0, _fitting(made))
        for place, column in enumerate(columns):
            sheet.write_string(1, place, _fitting(column), bold)
            sheet.set_column(place, place, _width(column, [row[place] for row in rows]), text)
        for line, row in enumerate(rows, start=2):
            for place, cell in enumerate(row):
                sheet.write_string(line, place, _fitting(cell), text)
        sheet.freeze_panes(2, 0)
        sheet.repeat_rows(1)
        sheet.set_paper(9)
        sheet.set_footer("&L取扱注意&R&P / &N")
        if rows:
            sheet.autofilter(1, 0, len(rows) + 1, len(columns) - 1)
    return paper.getvalue()


def _fitting(cell: str) -> str:
    plain = cell.translate(_NO_LETTERS)
    return plain if len(plain) <= LONGEST else plain[: LONGEST - len(CUT)] + CUT


def _width(column: str, cells: Sequence[str]) -> int:
    longest = max((max((len(line) for line in cell.split("\n")), default=0) for cell in [column, *cells]), default=0)
    return min(WIDEST, max(6, longest * 2 + 2))
