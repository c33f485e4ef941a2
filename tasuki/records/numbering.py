"""Numbers that mean nothing personal: per municipality and fiscal year, with a check digit for the telephone."""

from __future__ import annotations

import datetime as dt

from tasuki.records.asker import Asker, effect
from tasuki.rules.calendar import day_of, fiscal_year


def check_digit(digits: str) -> int:
    """Return the Luhn digit of a number, so that a misheard number is noticed."""
    doubled = [int(d) * (2 if place % 2 == 0 else 1) for place, d in enumerate(reversed(digits))]
    return -sum(d - 9 if d > 9 else d for d in doubled) % 10


def next_number(by: Asker, now: dt.datetime, series: str) -> str:
    """Return the next number of a series, such as 受2026-000041-7."""
    year = fiscal_year(day_of(now))
    digits = f"{effect('next_in_series', series, year):06d}"
    return f"{series}{year}-{digits}-{check_digit(f'{year}{digits}')}"
