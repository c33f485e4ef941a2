"""The office is closed when the law says so."""

from datetime import date

from tasuki.records.closed_days import HOLIDAYS, closed_days
from tasuki.rules.calendar import add_business_days


def test_holidays_substitutes_weekends_and_new_year_are_closed() -> None:
    closed = closed_days(2026)
    assert date(2026, 11, 3) in closed
    assert date(2026, 5, 6) in closed  # a Wednesday: the holiday of 3 May, a Sunday, moved here
    assert date(2026, 9, 22) in closed  # a Tuesday between two holidays
    assert date(2026, 12, 29) in closed
    assert date(2026, 1, 3) in closed
    assert date(2026, 1, 5) not in closed
    assert len(closed) == 125  # 104 weekend days, 17 holidays on weekdays, 4 of the new year


def test_business_days_pass_a_year_end() -> None:
    assert add_business_days(date(2026, 12, 28), 1, HOLIDAYS) == date(2027, 1, 4)
    assert add_business_days(date(2027, 4, 28), 1, HOLIDAYS) == date(2027, 4, 30)
