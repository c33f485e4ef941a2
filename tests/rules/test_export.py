"""取り出し: how long a file is there, when nobody makes it any more, how many somebody may have."""

from __future__ import annotations

import datetime as dt

import pytest

from tasuki.rules.calendar import JST
from tasuki.rules.export import LIVES, MOST, ONCE_TAKEN, SILENT, ExportState, state_at, until_when, why_not_export
from tests.rules.relay_tables import Table, Turned

NOON = dt.datetime(2026, 11, 24, 12, 0, tzinfo=JST)
SECOND = dt.timedelta(seconds=1)


# Faults planted: `>=` for SILENT; SILENT asked of READY too; READY that never goes.
@pytest.mark.parametrize(
    ("written", "silent", "until", "expected"),
    [
        ("WAITING", SILENT, None, "WAITING"), ("WAITING", SILENT + SECOND, None, "LOST"), ("MAKING", SILENT, None, "MAKING"),
        ("MAKING", SILENT + SECOND, None, "LOST"), ("READY", LIVES, NOON + SECOND, "READY"), ("READY", SECOND, NOON, "GONE"),
        ("STOPPED", LIVES, NOON, "STOPPED"), ("OUTDATED", LIVES, NOON, "OUTDATED"), ("FAILED", LIVES, None, "FAILED"),
    ],
)  # fmt: skip
def test_a_file_stands_where(written: str, silent: dt.timedelta, until: dt.datetime | None, expected: str) -> None:
    assert state_at(written, heard_at=NOON - silent, until=until, now=NOON) is ExportState(expected)


# Fault planted: max() for min() → a file taken in the last minutes of its hour stays longer.
def test_a_file_stays_for_an_hour_and_once_taken_a_little_while_of_it() -> None:
    assert until_when(NOON) == NOON + LIVES
    assert until_when(NOON, NOON + SECOND) == NOON + SECOND + ONCE_TAKEN
    assert until_when(NOON, NOON + LIVES - SECOND) == NOON + LIVES


TABLES = [
    Table(why_not_export, {"there": MOST - 1}, [Turned("as many as may be", {"there": MOST}, "MANY_EXPORTS")]),
]


# Fault planted: `>` for `>=`.
def test_so_many_are_there_at_a_time() -> None:
    assert why_not_export(there=MOST - 1) is None
    refused = why_not_export(there=MOST)
    assert refused is not None
    assert (refused.code, refused.facts) == ("MANY_EXPORTS", {"most": MOST})
