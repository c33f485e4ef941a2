"""What is typed into a field: figures, days and moments as people write them, or a sentence that says what to write."""

from __future__ import annotations

import datetime as dt

import pytest
from django.http import QueryDict

from tasuki.rules.calendar import JST
from tasuki.web.act.fields import Field, read

NOW = dt.datetime(2026, 11, 24, 10, 5, tzinfo=JST)


def typed(kind: str, text: str) -> tuple[object, str]:
    """Return the value of a field of this kind, and the sentence about it."""
    sent = QueryDict(mutable=True)
    sent["x"] = text
    found = read([Field("x", "欄", values=kind)], sent, NOW, {})
    return found.values.get("x"), found.errors.get("x", "")


# Faults planted: isdigit() for isdecimal() → int("²") fails; no most of digits → a day too far for the calendar.
@pytest.mark.parametrize("text", ["²", "③", "1.5", "-1", "1e9", "NaN", "1234567", "9" * 5000, "一"])
def test_what_is_no_figure_is_told(text: str) -> None:
    assert typed("number", text) == (None, "「欄」は6けたまでの数字で書いてください。")


@pytest.mark.parametrize(
    ("text", "value"), [("14", 14), ("１４", 14), ("0", 0), (" 7 ", 7), ("", None), ("999999", 999999)]
)
def test_a_figure_is_read_in_either_width(text: str, value: int | None) -> None:
    assert typed("number", text) == (value, "")


# Fault planted: any hour taken → datetime() fails.
@pytest.mark.parametrize(
    "text", ["R8.11.26 一:30", "R8.11.26 24:00", "R8.11.26", "13:30", "R8.11.26 -1:00", "9999-12-31 23:59"]
)
def test_what_is_no_moment_is_told(text: str) -> None:
    assert typed("moment", text) == (None, "日と時刻を「R8.11.26 13:30」のように書いてください。")


@pytest.mark.parametrize(
    "text", ["R8.11.26 13:30", "Ｒ８．１１．２６　１３：３０", "2026-11-26T13:30", "R8.11.26 13時30分"]
)
def test_a_moment_is_read_however_it_is_typed(text: str) -> None:
    assert typed("moment", text) == (dt.datetime(2026, 11, 26, 13, 30, tzinfo=JST), "")


# Fault planted: LAST_YEAR not asked → the day after it has no name in the calendar.
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("9999-12-31", "9999年は先すぎます。年を確かめてください。"),
        ("2200-01-01", "2200年は先すぎます。年を確かめてください。"),
    ],
)
def test_a_day_out_of_this_world_is_told(text: str, said: str) -> None:
    assert typed("date", text) == (None, said)
    assert typed("date", "令和99年12月31日") == (dt.date(2117, 12, 31), "")
