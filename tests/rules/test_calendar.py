"""Days and moments as people write and read them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasuki.rules.calendar import (
    JST,
    Unread,
    add_business_days,
    age_on,
    age_range,
    age_words,
    born_words,
    business_days_between,
    day_of,
    era_year,
    fiscal_year,
    fiscal_year_bounds,
    fiscal_year_words,
    is_born,
    is_closed,
    midnight,
    moment_words,
    near_day,
    near_moment,
    next_open_day,
    read_born,
    read_date,
    read_moment,
    span_words,
    wareki,
    wareki_short,
)

SOLAR_DAYS = st.dates(min_value=date(1873, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2026, 11, 22), "令和8年11月22日(日)", "R8.11.22"),
        (date(2019, 5, 1), "令和元年5月1日(水)", "R1.5.1"),
        (date(2019, 4, 30), "平成31年4月30日(火)", "H31.4.30"),
        (date(1989, 1, 8), "平成元年1月8日(日)", "H1.1.8"),
        (date(1989, 1, 7), "昭和64年1月7日(土)", "S64.1.7"),
        (date(1926, 12, 25), "昭和元年12月25日(土)", "S1.12.25"),
        (date(1912, 7, 30), "大正元年7月30日(火)", "T1.7.30"),
        (date(1873, 1, 1), "明治6年1月1日(水)", "M6.1.1"),
    ],
)
def test_a_day_is_shown_in_its_era(day: date, long: str, short: str) -> None:
    assert (wareki(day), wareki_short(day)) == (long, short)


def test_a_day_before_the_solar_calendar_is_shown_in_western_years() -> None:
    assert era_year(date(1872, 12, 31)) == "1872年"
    assert wareki_short(date(1872, 12, 31)) == "1872-12-31"


@pytest.mark.parametrize(
    "typed",
    [
        "S25.3.4",
        "s25.3.4",
        "S25-03-04",
        "昭25/3/4",
        "昭25.3.4",
        "S250304",
        "昭250304",
        "昭和25年3月4日",
        "昭和 25年 3月 4日",
        "Ｓ２５．３．４",
        "昭和２５年３月４日",
        "㍼25年3月4日",
        "19500304",
        "１９５００３０４",
        "1950-03-04",
        "1950−03−04",
        "1950/3/4",
        "1950年3月4日",
        "昭和25年3月4日(土)",
        "昭和25年3月4日（土）",
    ],
)
def test_every_way_of_typing_one_day_gives_that_day(typed: str) -> None:
    assert read_date(typed) == date(1950, 3, 4)
    assert read_born(typed) == "1950-03-04"


def test_the_first_year_may_be_written_as_gannen() -> None:
    assert read_date("令和元年5月1日") == date(2019, 5, 1)
    assert read_date("R元.5.1") == date(2019, 5, 1)
    assert read_date("R1.5.1") == date(2019, 5, 1)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("S64.1.8", "昭和は昭和64年1月7日までです。その日は平成元年1月8日にあたります。"),
        ("H31.5.1", "平成は平成31年4月30日までです。その日は令和元年5月1日にあたります。"),
        ("R1.4.30", "令和は令和元年5月1日からです。その日は平成31年4月30日にあたります。"),
        ("M45.7.30", "その日は大正元年7月30日"),
        ("S0.1.1", "昭和0年はありません"),
        ("M5.12.31", "明治6年より前"),
        ("R8.2.29", "2月29日という日は"),
        ("2026-13-01", "13月1日という日は"),
        ("25.3.4", "元号か西暦かわかりません"),
        ("250304", "元号か西暦かわかりません"),
        ("8/27", "年が書かれていません"),
        ("令和8年11月22日(月)", "曜日が合いません。令和8年11月22日(日)です。"),
        ("きのう", "読み取れません"),
        ("1950-3/4", "読み取れません"),
        ("1995-00-00", "0月0日"),
        ("  ", "書かれていません"),
    ],
)
def test_what_is_no_day_is_refused_with_a_sentence_and_never_guessed(typed: str, says: str) -> None:
    refused = read_date(typed)
    assert isinstance(refused, Unread)
    assert says in refused.sentence


def test_a_day_without_year_is_the_first_one_that_comes() -> None:
    assert read_date("8/27", from_day=date(2026, 8, 27)) == date(2026, 8, 27)
    assert read_date("8月27日", from_day=date(2026, 8, 28)) == date(2027, 8, 27)
    assert read_date("2/29", from_day=date(2097, 1, 1)) == date(2104, 2, 29)
    assert isinstance(read_date("2/30", from_day=date(2026, 1, 1)), Unread)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1995-00-00", "1995-00-00"),
        ("19950000", "1995-00-00"),
        ("1995-03-00", "1995-03-00"),
        ("H7.0.0", "1995-00-00"),
        ("平成7年", "1995-00-00"),
        ("平成7年3月", "1995-03-00"),
        ("1995年(月日不明)", "1995-00-00"),
        ("昭和64年", "1989-00-00"),
        ("H31.4.0", "2019-04-00"),
    ],
)
def test_an_unknown_month_or_day_of_birth_stays_unknown(typed: str, kept: str) -> None:
    assert read_born(typed) == kept
    assert is_born(kept)


@pytest.mark.parametrize(
    "typed", ["昭和65年", "S64.2.0", "H31.5.0", "1995-13-00", "0000-00-00", "M5.0.0", "1995-02-30"]
)
def test_a_birth_that_cannot_be_is_refused(typed: str) -> None:
    assert isinstance(read_born(typed), Unread)


def test_a_birth_before_the_solar_calendar_is_told_why() -> None:
    first, none = read_born("0001-00-00"), read_born("0000-00-00")
    assert isinstance(first, Unread)
    assert first.sentence.startswith("明治6年より前の日付は")
    assert isinstance(none, Unread)
    assert none.sentence.startswith("日付として読み取れません")


@pytest.mark.parametrize("text", ["1995-02-30", "1995-13-01", "0000-01-01", "1995-1-1", "9999-12-32", "", "1995-00-32"])
def test_text_that_is_no_birth_is_known_as_such(text: str) -> None:
    assert not is_born(text)


def test_a_birth_is_said_with_what_is_unknown() -> None:
    assert born_words("1943-05-02") == "昭和18年5月2日"
    assert born_words("1995-00-00") == "平成7年(月日不明)"
    assert born_words("1995-03-00") == "平成7年3月(日不明)"
    assert born_words("1989-00-00") == "昭和64年・平成元年(月日不明)"
    assert born_words("1989-01-00") == "昭和64年・平成元年1月(日不明)"


@given(SOLAR_DAYS)
def test_every_day_shown_can_be_typed_back(day: date) -> None:
    for shown in (
        wareki(day),
        wareki(day, weekday=False),
        wareki_short(day),
        day.isoformat(),
        day.strftime("%Y%m%d"),
    ):
        assert read_date(shown) == day


@given(st.text(max_size=14))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert isinstance(read_date(text), date | Unread)
    born = read_born(text)
    assert isinstance(born, Unread) or is_born(born)


def test_age_turns_on_the_birthday() -> None:
    assert age_on("1943-05-02", date(2026, 5, 1)) == 82
    assert age_on("1943-05-02", date(2026, 5, 2)) == 83
    assert age_on(date(2004, 2, 29), date(2026, 2, 28)) == 21
    assert age_on(date(2004, 2, 29), date(2026, 3, 1)) == 22
    assert age_on("2026-07-20", date(2026, 6, 1)) is None
    assert age_words("2026-07-20", date(2026, 6, 1)) == "出生前"


def test_age_of_a_half_known_birth_is_a_range_or_none() -> None:
    assert age_range("1995-00-00", date(2026, 6, 1)) == (30, 31)
    assert age_on("1995-00-00", date(2026, 6, 1)) is None
    assert age_on("1995-00-00", date(2026, 12, 31)) == 31
    assert age_words("1995-00-00", date(2026, 6, 1)) == "30〜31歳"
    assert age_words("1995-03-00", date(2026, 6, 1)) == "31歳"
    assert age_words(None, date(2026, 6, 1)) == "年齢不明"
    assert age_range("2026-00-00", date(2026, 6, 1)) == (0, 0)


def test_the_fiscal_year_runs_from_april_to_march() -> None:
    assert fiscal_year(date(2027, 3, 31)) == 2026
    assert fiscal_year(date(2027, 4, 1)) == 2027
    assert fiscal_year_bounds(2026) == (date(2026, 4, 1), date(2027, 3, 31))
    assert fiscal_year_words(2026) == "令和8年度"
    assert fiscal_year_words(2019) == "令和元年度"


@given(SOLAR_DAYS)
def test_every_day_lies_in_its_fiscal_year(day: date) -> None:
    first, last = fiscal_year_bounds(fiscal_year(day))
    assert first <= day <= last


HOLIDAYS = {date(2026, 11, 23), date(2026, 11, 3), date(2027, 1, 1)}


def test_the_office_is_closed_on_weekends_holidays_and_over_new_year() -> None:
    assert is_closed(date(2026, 11, 22), HOLIDAYS)
    assert is_closed(date(2026, 11, 23), HOLIDAYS)
    assert not is_closed(date(2026, 12, 28), HOLIDAYS)
    assert not is_closed(date(2027, 1, 4), HOLIDAYS)
    for year in range(2020, 2032):  # so many that each of the six days was a working day otherwise
        assert all(is_closed(date(year, 12, 29) + timedelta(days=n), set()) for n in range(6))


def test_business_days_skip_what_is_closed() -> None:
    friday = date(2026, 11, 20)
    assert add_business_days(friday, 1, HOLIDAYS) == date(2026, 11, 24)
    assert add_business_days(friday, 0, HOLIDAYS) == friday
    assert add_business_days(date(2026, 11, 21), 0, HOLIDAYS) == date(2026, 11, 24)
    assert add_business_days(date(2026, 12, 28), 1, HOLIDAYS) == date(2027, 1, 4)
    assert add_business_days(date(2026, 11, 24), -1, HOLIDAYS) == friday
    assert next_open_day(date(2026, 12, 29), HOLIDAYS) == date(2027, 1, 4)
    assert business_days_between(friday, date(2026, 11, 25), HOLIDAYS) == 2
    assert business_days_between(date(2026, 11, 25), friday, HOLIDAYS) == -2


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 1, 1)), st.integers(1, 40))
def test_adding_and_counting_business_days_agree(day: date, count: int) -> None:
    end = add_business_days(day, count, HOLIDAYS)
    assert not is_closed(end, HOLIDAYS)
    assert business_days_between(day, end, HOLIDAYS) == count


def test_a_moment_belongs_to_the_japanese_day() -> None:
    utc = datetime(2027, 3, 31, 15, 0, tzinfo=UTC)
    assert day_of(utc) == date(2027, 4, 1)
    assert day_of(utc - timedelta(seconds=1)) == date(2027, 3, 31)
    assert midnight(date(2027, 4, 1)) == utc
    assert moment_words(utc) == "令和9年4月1日(木)0:00"
    assert read_moment("2026-04-08T10:00") == datetime(2026, 4, 8, 10, 0, tzinfo=JST)


# Faults planted: HALF_A_YEAR of a whole year; only days before today looked at; the space left out.
def test_a_day_of_which_the_year_would_be_guessed_is_said_with_it() -> None:
    today = date(2026, 11, 22)
    assert near_day(today, today) == "11/22(日)"
    assert near_day(date(2026, 5, 23), today) == "5/23(土)"
    assert near_day(date(2026, 5, 22), today) == "R8.5.22"
    assert near_day(date(2027, 5, 24), today) == "5/24(月)"
    assert near_day(date(2027, 5, 25), today) == "R9.5.25"
    assert near_moment(datetime(2026, 11, 24, 1, 5, tzinfo=UTC), today) == "11/24(火)10:05"
    assert near_moment(datetime(2025, 11, 23, 15, 5, tzinfo=UTC), today) == "R7.11.24 0:05"


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        day_of(datetime(2026, 1, 1, tzinfo=JST).replace(tzinfo=None))


def test_spans_are_said_as_people_say_them() -> None:
    assert span_words(timedelta(minutes=-50)) == "50分"
    assert span_words(timedelta(hours=3, minutes=10)) == "3時間10分"
    assert span_words(timedelta(hours=6, minutes=5)) == "6時間05分"
    assert span_words(timedelta(minutes=60)) == "1時間00分"
    assert span_words(timedelta(hours=23, minutes=59)) == "23時間59分"
    assert span_words(timedelta(hours=24)) == "1日"
    assert span_words(timedelta(days=20, hours=5)) == "20日"
