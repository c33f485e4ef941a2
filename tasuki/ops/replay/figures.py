"""Figures of a year, compared with what the file says; only the codes written are compared."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from tasuki.ops.replay import prompt
from tasuki.ops.replay.turn import Play
from tasuki.rules.contract.scenario import CountRow

JST = dt.timezone(dt.timedelta(hours=9))


def year_end(year: int) -> dt.datetime:
    """The last instant of a fiscal year."""
    return dt.datetime(year + 1, 4, 1, tzinfo=JST) - dt.timedelta(microseconds=1)


def compare(play: Play, row: CountRow, count: dict[str, Any]) -> list[dict[str, Any]]:
    """Compute the figures of the year, write them into `count`, and return every difference as a problem."""
    problems = []
    town = play.cast.towns[row.municipality]
    begins = dt.datetime(row.fiscal_year, 4, 1, tzinfo=JST)
    (found,) = prompt.look("SELECT figures(%s, %s, %s)", [town, begins, year_end(row.fiscal_year)])[0]
    actual = json.loads(found) if isinstance(found, str) else found
    for code, expected in row.expected.items():
        got = _part(actual.get(code), expected)
        count[f"{row.fiscal_year}.{code}"] = {"expected": expected, "actual": got}
        if got != expected:
            problems.append(
                {"at": year_end(row.fiscal_year).isoformat(), "row": row.number, "line": row.line,
                 "message": f"{row.fiscal_year}年度 {code}: {expected} のはずが {got}"}
            )  # fmt: skip
    return problems


def _part(actual: Any, expected: Any) -> Any:
    if isinstance(expected, dict) and isinstance(actual, dict):
        return {key: _part(actual.get(key, 0), value) for key, value in expected.items()}
    if isinstance(actual, dict):
        return next(iter(actual.values()), 0)
    return 0 if actual is None else actual
