"""The room of public holidays: which days the office is closed in a year, from the published list."""

from datetime import date, timedelta
from functools import cache

import jpholiday

from tasuki.rules.calendar import is_closed


@cache
def holidays(year: int) -> frozenset[date]:
    """List the public holidays of a calendar year (国民の祝日に関する法律), substitutes included."""
    return frozenset(day for day, _ in jpholiday.year_holidays(year))


@cache
def closed_days(year: int) -> frozenset[date]:
    """List every day of a calendar year on which the office is closed, weekends included."""
    first = date(year, 1, 1)
    days = (first + timedelta(days=count) for count in range((date(year + 1, 1, 1) - first).days))
    return frozenset(day for day in days if is_closed(day, holidays(year)))


class Holidays:
    """All public holidays of all years, to be passed to `tasuki.rules.calendar` as a container."""

    def __contains__(self, day: object) -> bool:
        """Tell whether a day is a public holiday."""
        return isinstance(day, date) and day in holidays(day.year)


HOLIDAYS = Holidays()
