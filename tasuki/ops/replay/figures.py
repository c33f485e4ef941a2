"""Figures of a year, compared with what the file says; only the codes written are compared."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from tasuki.ops.replay import prompt
from tasuki.ops.replay.acts import Play
from tasuki.rules.contract.scenario import CountRow

if TYPE_CHECKING:
    from tasuki.ops.replay.performance import Tally

JST = dt.timezone(dt.timedelta(hours=9))


def year_end(year: int) -> dt.datetime:
    """The last instant of a fiscal year."""
    return dt.datetime(year + 1, 4, 1, tzinfo=JST) - dt.timedelta(microseconds=1)


def compare(play: Play, row: CountRow, tally: Tally) -> None:
    """Compute the figures of the year and note every difference."""
    town = play.cast.towns[row.municipality]
    begins = dt.datetime(row.fiscal_year, 4, 1, tzinfo=JST)
    (found,) = prompt.look("SELECT figures(%s, %s, %s)", [town, begins, year_end(row.fiscal_year)])[0]
    actual = json.loads(found) if isinstance(found, str) else found
    for code, expected in row.expected.items():
        got = _part(actual.get(code), expected)
        tally.count[f"{row.fiscal_year}.{code}"] = {"expected": expected, "actual": got}
        if got != expected:
            tally.problems.append(
                {"at": year_end(row.fiscal_year).isoformat(), "row": row.number, "line": row.line,
                 "message": f"{row.fiscal_year}年度 {code}: {expected} のはずが {got}"}
            )  # fmt: skip


def _part(actual: Any, expected: Any) -> Any:
    if isinstance(expected, dict) and isinstance(actual, dict):
        return {key: _part(actual.get(key, 0), value) for key, value in expected.items()}
    if isinstance(actual, dict):
        return next(iter(actual.values()), 0)
    return 0 if actual is None else actual
