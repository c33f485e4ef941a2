"""The clock of an answer, in office hours: a weekend takes no time from anybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass

from tasuki.rules.calendar import JST, day_of, is_closed, span_words, to_jst

OPENS, CLOSES = dt.time(8, 30), dt.time(17, 15)
OFFICE_DAY = dt.timedelta(hours=8, minutes=45)
LAST_QUARTER = 75


@dataclass(frozen=True)
class Clock:
    """How it is said: the time left or past, the moment it ends, "" | soon | late, the part that is spent (0–100)."""

    words: str
    until: str
    state: str
    spent: int


def office_time(start: dt.datetime, end: dt.datetime, holidays: Container[dt.date]) -> dt.timedelta:
    """Return how much of the span lies in office hours (8:30–17:15 on open days)."""
    if end <= start:
        return dt.timedelta()
    total, day, last = dt.timedelta(), day_of(start), day_of(end)
    while day <= last:
        if not is_closed(day, holidays):
            opens = dt.datetime.combine(day, OPENS, tzinfo=JST)
            closes = closing(day)
            total += max(dt.timedelta(), min(to_jst(end), closes) - max(to_jst(start), opens))
        day += dt.timedelta(days=1)
    return total


def closing(day: dt.date) -> dt.datetime:
    """Return the moment at which the office closes on a day."""
    return dt.datetime.combine(day, CLOSES, tzinfo=JST)


def _long(span: dt.timedelta) -> str:
    days, rest = divmod(span, OFFICE_DAY)
    if not days:
        return span_words(span)
    return f"{days}開庁日" + (f"と{span_words(rest)}" if days == 1 and rest >= dt.timedelta(hours=1) else "")


def clock(sent: dt.datetime, until: dt.datetime | None, now: dt.datetime, holidays: Container[dt.date]) -> Clock | None:
    """Return the clock of an answer due at `until`; None when none was set."""
    if until is None:
        return None
    here = to_jst(until)
    day = "" if here.date() == day_of(now) else f"{here.month}/{here.day} "
    end = f"{day}{here.hour}:{here.minute:02} まで"
    if now > until:
        return Clock(f"{span_words(now - until)} 超過", end, "late", 100)
    whole = office_time(sent, until, holidays) or dt.timedelta(minutes=1)
    left = office_time(now, until, holidays)
    spent = max(0, min(100, round(100 * (1 - left / whole))))
    return Clock(f"残り {_long(left)}", end, "soon" if spent >= LAST_QUARTER else "", spent)
