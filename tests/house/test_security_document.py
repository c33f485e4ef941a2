"""docs/security.md says of the code what is so."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from tasuki.actions import disclosure
from tasuki.config import rsgi
from tasuki.ops import files
from tasuki.paper import table as tables
from tasuki.queries import household
from tasuki.rules import audit, calendar, export, sign_in
from tasuki.rules.codes import DataClass
from tasuki.web.act import fields
from tasuki.web.household import long
from tests.house.source import ROOT

TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
LIMITS = {
    "one form": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20,
    "one request body with its files": rsgi.MOST_BYTES // 2**20,
    "seconds until it must be whole": rsgi.SECONDS,
    "digits of a figure in a form": fields.DIGITS,
    "the last year that a form takes": calendar.LAST_YEAR,
    "bytes of a profile or scenario": files.MOST_BYTES,
    "values in it": files.MOST_VALUES,
    "rows of one sheet of a workbook (more stand on further sheets; a list file has no end of its own)": tables.MOST_ROWS,
    "rows of a page": household.PAGE,
    "people found by one search": household.SEARCH_AT_MOST,
    "rows of a list's file that is made while somebody waits": long.AT_ONCE,
    "seconds for which its next rows are waited for": int(long.PATIENCE),
    "files of one sign-in that are made or lie there": export.MOST,
    "minutes for which such a file lies there": export.LIVES.seconds // 60,
    "minutes once it was taken": export.ONCE_TAKEN.seconds // 60,
    "failures until an account is closed": sign_in.FAILURES,
    "minutes for which it is closed": sign_in.LOCK.seconds // 60,
    "failures of one address before it waits": sign_in.FREE_KNOCKS,
    "days for which a browser is known": sign_in.KNOWN_BROWSER.days,
    "letters of a password at least": sign_in.SHORTEST_PASSWORD,
    "letters of a password at most": sign_in.LONGEST_PASSWORD,
    "days for which a password for the first time is taken": sign_in.FIRST_PASSWORD.days,
    "hours of a break-glass at most": disclosure.LONGEST_HOURS,
    "persons opened before a reason is asked": audit.USUAL.slow_persons,
    "minutes in which they are counted": audit.USUAL.slow_minutes,
}


def rows(chapter: str) -> list[list[str]]:
    """Return the cells of a chapter's table."""
    part = TEXT.split(f"## {chapter}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


# Fault planted: 60 written as 50; a limit left out.
def test_every_limit_is_as_the_code_has_it() -> None:
    told = {what: int(re.sub(r"\D", "", limit)) for what, limit, _ in rows("Limits")}
    assert told == LIMITS


# Fault planted: HEALTH left out of the classes.
def test_every_class_of_data_and_every_table_of_logs_is_written_down() -> None:
    classes = " ".join(row[0] for row in rows("Data by class"))
    assert [one for one in DataClass if one not in classes] == []
    for table in ("records_journalline", "records_readline", "records_doorline"):
        assert table in TEXT


# Fault planted: a chapter renamed.
@pytest.mark.parametrize("chapter", ["Input", "Limits", "Context of access", "Keys and cryptography", "Data by class",
                                     "Costly functions", "Updates", "Logs"])  # fmt: skip
def test_what_an_auditor_asks_for_in_writing_is_written(chapter: str) -> None:
    assert f"\n## {chapter}\n" in TEXT
