"""The room of days and moments: 和暦 out and in, ages, 年度, 閉庁日 and Japanese time.

Nothing here reads a clock: the day or the moment always comes in.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

JST = timezone(timedelta(hours=9), "JST")
WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True, slots=True)
class Era:
    """One 元号: its name, its letter and its first day (元号法; 太政官布告 for the older ones)."""

    name: str
    letter: str
    first: date


# Newest first. 明治 starts for us on 明治6年1月1日: before that Japan kept a lunar calendar,
# and the same figures mean another day.
ERAS = (
    Era("令和", "R", date(2019, 5, 1)),
    Era("平成", "H", date(1989, 1, 8)),
    Era("昭和", "S", date(1926, 12, 25)),
    Era("大正", "T", date(1912, 7, 30)),
    Era("明治", "M", date(1868, 1, 25)),
)
SOLAR_FROM = date(1873, 1, 1)
HALF_A_YEAR = timedelta(days=183)
LAST_YEAR = 2199  # a later year is a slip of the pen, and days are still counted onward from what is read
NEW_YEAR_CLOSED = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that is no day, with the Japanese sentence that says why and what to write instead."""

    sentence: str


def era_of(day: date) -> Era | None:
    """Give the 元号 of a day; None before 明治6年, where no solar 和暦 exists."""
    if day < SOLAR_FROM:
        return None
    return next(era for era in ERAS if day >= era.first)


def era_year(day: date) -> str:
    """「令和8年」「令和元年」; the western year where there is no 元号."""
    era = era_of(day)
    if era is None:
        return f"{day.year}年"
    year = day.year - era.first.year + 1
    return f"{era.name}{'元' if year == 1 else year}年"


def wareki(day: date, *, weekday: bool = True) -> str:
    """「令和8年11月22日(日)」; without the weekday for days of birth."""
    tail = f"({WEEKDAYS[day.weekday()]})" if weekday else ""
    return f"{era_year(day)}{day.month}月{day.day}日{tail}"


def wareki_short(day: date) -> str:
    """「R8.11.22」 for narrow cells; the ISO form where there is no 元号."""
    era = era_of(day)
    if era is None:
        return day.isoformat()
    return f"{era.letter}{day.year - era.first.year + 1}.{day.month}.{day.day}"


def near_day(day: date, today: date) -> str:
    """「11/22(日)」 within half a year of today; 「R8.11.22」 beyond, where the year would have to be guessed."""
    near = f"{day.month}/{day.day}({WEEKDAYS[day.weekday()]})"
    return near if abs(day - today) <= HALF_A_YEAR else wareki_short(day)


def born_words(born: str) -> str:
    """「昭和18年5月2日」 from 1943-05-02; unknown parts stand as 「月日不明」「日不明」.

    `born` is what `read_born` gives. The words of a year alone name both eras of a year in
    which the 元号 changed, because one of them would be a guess.
    """
    year, month, day = (int(part) for part in born.split("-"))
    if month and day:
        return wareki(date(year, month, day), weekday=False)
    if month:
        first, last = era_year(date(year, month, 1)), era_year(_last_of_month(year, month))
        shown = first if first == last else f"{first}・{last}"
        return f"{shown}{month}月(日不明)"
    first, last = era_year(date(year, 1, 1)), era_year(date(year, 12, 31))
    shown = first if first == last else f"{first}・{last}"
    return f"{shown}(月日不明)" if not day else f"{shown}(月不明){day}日"


_ERA_WORDS = {era.name: era for era in ERAS}
_ERA_WORDS |= {era.name[0]: era for era in ERAS} | {era.letter: era for era in ERAS}
_ERA = "|".join(sorted(_ERA_WORDS, key=len, reverse=True))
_TAIL = r"(?:\((?P<weekday>[日月火水木金土])\))?"
_FORMS = tuple(
    re.compile(form + _TAIL)
    for form in (
        rf"(?P<era>{_ERA})(?P<year>元|\d{{1,2}})年(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日",
        rf"(?P<era>{_ERA})(?P<year>元|\d{{1,2}})(?P<sep>[./-])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})",
        rf"(?P<era>{_ERA})(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日",
        r"(?P<year>\d{4})(?P<sep>[./-])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
    )
)
_YEAR_ONLY = tuple(
    re.compile(form)
    for form in (
        rf"(?P<era>{_ERA})(?P<year>元|\d{{1,2}})年(?:(?P<month>\d{{1,2}})月)?",
        r"(?P<year>\d{4})年(?:(?P<month>\d{1,2})月)?",
    )
)
_NO_YEAR = re.compile(r"(?P<month>\d{1,2})(?:/|月)(?P<day>\d{1,2})日?")
_HOW = "「S25.3.4」「昭和25年3月4日」「19500304」のように書いてください。"


def _plain(text: str) -> str:
    """Half-width, upper-case, one kind of dash, no spaces: the form the patterns expect."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return re.sub(r"\s", "", folded.translate(dict.fromkeys(map(ord, "−‐‑–—―ー"), "-")))


def _matched(text: str, forms: tuple[re.Pattern[str], ...]) -> dict[str, str] | None:
    for form in forms:
        if found := form.fullmatch(text):
            return {key: word for key, word in found.groupdict().items() if word is not None}
    return None


def _western(parts: dict[str, str]) -> int:
    year = 1 if parts["year"] == "元" else int(parts["year"])
    if "era" not in parts:
        return year
    return _ERA_WORDS[parts["era"]].first.year + year - 1


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _outside_era(parts: dict[str, str], first: date, last: date) -> Unread | None:
    """Refuses a span of days of which none lies in the 元号 that was written."""
    if first < SOLAR_FROM:
        return Unread("明治6年より前の日付は、暦がちがうため読み取れません。")
    if last.year > LAST_YEAR:
        return Unread(f"{last.year}年は先すぎます。年を確かめてください。")
    if "era" not in parts:
        return None
    era = _ERA_WORDS[parts["era"]]
    newer = next((e.first for e in reversed(ERAS) if e.first > era.first), date.max)
    if parts["year"] != "元" and int(parts["year"]) == 0:
        return Unread(f"{era.name}0年はありません。1年目は「{era.name}元年」と書いてください。")
    if last < era.first:
        edge, meant = f"{wareki(era.first, weekday=False)}から", last
    elif first >= newer:
        edge, meant = f"{wareki(newer - timedelta(days=1), weekday=False)}まで", first
    else:
        return None
    return Unread(f"{era.name}は{edge}です。その日は{wareki(meant, weekday=False)}にあたります。")


def _whole_day(parts: dict[str, str]) -> date | Unread:
    year, month, day = _western(parts), int(parts["month"]), int(parts["day"])
    try:
        value = date(year, month, day)
    except ValueError:
        return Unread(f"{month}月{day}日という日は、その年({year}年)にはありません。")
    if wrong := _outside_era(parts, value, value):
        return wrong
    if parts.get("weekday", WEEKDAYS[value.weekday()]) != WEEKDAYS[value.weekday()]:
        return Unread(f"曜日が合いません。{wareki(value)}です。")
    return value


def read_date(text: str, *, from_day: date | None = None) -> date | Unread:
    """Read a day as people write it, or say in Japanese why not; never guess.

    Accepts 全角 and 半角: S25.3.4 · 昭25/3/4 · S250304 · 昭和25年3月4日 · 令和元年5月1日 ·
    19500304 · 1950-03-04 · 1950年3月4日, each with an optional weekday in brackets, which must fit.
    With `from_day`, 「8/27」 means the first such day on or after it; without, a year is asked for.
    """
    plain = _plain(text)
    if not plain:
        return Unread("日付が書かれていません。")
    if parts := _matched(plain, _FORMS):
        return _whole_day(parts)
    if parts := _matched(plain, (_NO_YEAR,)):
        return _coming(parts, from_day)
    if re.fullmatch(r"\d{1,2}([./-])\d{1,2}\1\d{1,2}|\d{6}", plain):
        return Unread("年が元号か西暦かわかりません。" + _HOW)
    return Unread("日付として読み取れません。" + _HOW)


def _coming(parts: dict[str, str], from_day: date | None) -> date | Unread:
    if from_day is None:
        return Unread("年が書かれていません。" + _HOW)
    month, day = int(parts["month"]), int(parts["day"])
    for year in range(from_day.year, from_day.year + 9):  # a 29 February may be eight years away
        try:
            value = date(year, month, day)
        except ValueError:
            continue
        if value >= from_day:
            return value
    return Unread(f"{month}月{day}日という日はありません。")


def read_born(text: str) -> str | Unread:
    """Read a day of birth into 「YYYY-MM-DD」 text, with 00 for a month or day nobody knows.

    Accepts what `read_date` accepts, 00 as month or day in each form, and 「昭和25年」「1950年3月」.
    The text is what is stored: a day that is not known must not become a day.
    """
    plain = re.sub(r"\((?:月日|日)?不明\)|頃不明", "", _plain(text))
    parts = _matched(plain, _FORMS) or _matched(plain, _YEAR_ONLY)
    if parts is None:
        refused = read_date(text)
        return refused if isinstance(refused, Unread) else refused.isoformat()
    month, day = int(parts.get("month", "0")), int(parts.get("day", "0"))
    if month and day:
        value = _whole_day(parts)
        return value if isinstance(value, Unread) else value.isoformat()
    year = _western(parts)
    if not 1 <= year <= 9999 or month > 12 or day > 31:
        return Unread("日付として読み取れません。" + _HOW)
    first = date(year, month or 1, 1)
    last = _last_of_month(year, month) if month else date(year, 12, 31)
    return _outside_era(parts, first, last) or f"{year:04}-{month:02}-{day:02}"


def is_born(text: str) -> bool:
    """Tell whether stored text is 「YYYY-MM-DD」 whose known parts exist in the calendar."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text, re.ASCII)
    if not found:
        return False
    year, month, day = (int(part) for part in found.groups())
    if not year or month > 12:
        return False
    if month:
        return day <= monthrange(year, month)[1]
    return day <= 31


def _earliest_latest(born: str) -> tuple[date, date]:
    year, month, day = (int(part) for part in born.split("-"))
    if month and day:
        return date(year, month, day), date(year, month, day)
    if month:
        return date(year, month, 1), _last_of_month(year, month)
    return date(year, 1, 1), date(year, 12, 31)


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_on(born: date | str, day: date) -> int | None:
    """Completed years on a day; None before the birth or when the known parts leave two answers.

    A person of 29 February is a year older on 1 March of a common year.
    """
    span = age_range(born, day)
    return span[0] if span and span[0] == span[1] else None


def age_range(born: date | str, day: date) -> tuple[int, int] | None:
    """Youngest and oldest possible age on a day; None when certainly not yet born."""
    earliest, latest = _earliest_latest(born) if isinstance(born, str) else (born, born)
    if day < earliest:
        return None
    return max(_age(latest, day), 0), _age(earliest, day)


def age_words(born: date | str | None, day: date) -> str:
    """「83歳」「30〜31歳」, 「年齢不明」 without a birth, 「出生前」 before it."""
    if not born:
        return "年齢不明"
    span = age_range(born, day)
    if span is None:
        return "出生前"
    return f"{span[0]}歳" if span[0] == span[1] else f"{span[0]}〜{span[1]}歳"


def fiscal_year(day: date) -> int:
    """Give the 年度 of a day: April to March, named by the year of its April (地方自治法 208条)."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_bounds(year: int) -> tuple[date, date]:
    """First and last day of a 年度, both inside."""
    return date(year, 4, 1), date(year + 1, 3, 31)


def fiscal_year_words(year: int) -> str:
    """「令和8年度」; the 年度 in which the 元号 changed bears the new one, as the state does."""
    return era_year(date(year, 12, 31)) + "度"


def is_closed(day: date, holidays: Container[date]) -> bool:
    """Weekends, the holidays passed in, and 12/29–1/3 (地方自治法 4条の2)."""
    return day.weekday() >= 5 or (day.month, day.day) in NEW_YEAR_CLOSED or day in holidays


def next_open_day(day: date, holidays: Container[date]) -> date:
    """Give the day itself when the office is open, else the next open one."""
    while is_closed(day, holidays):
        day += timedelta(days=1)
    return day


def add_business_days(day: date, count: int, holidays: Container[date]) -> date:
    """Give the open day `count` open days after `day`, before it when negative; `day` is not counted.

    0 gives the day itself when open, else the next open day.
    """
    if count == 0:
        return next_open_day(day, holidays)
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= not is_closed(day, holidays)
    return day


def business_days_between(start: date, end: date, holidays: Container[date]) -> int:
    """Open days after `start` up to and with `end`; negative when `end` lies before `start`."""
    if end < start:
        return -business_days_between(end, start, holidays)
    days = ((start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
    return sum(not is_closed(day, holidays) for day in days)


def to_jst(moment: datetime) -> datetime:
    """Put a moment on a Japanese clock. Raises ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(JST)


def day_of(moment: datetime) -> date:
    """Give the Japanese calendar day of a moment."""
    return to_jst(moment).date()


def read_moment(text: str) -> datetime:
    """Read an ISO text as a moment; without a zone it is Japanese time. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=JST) if moment.tzinfo is None else moment.astimezone(JST)


def midnight(day: date) -> datetime:
    """Give the first moment of a Japanese day."""
    return datetime(day.year, day.month, day.day, tzinfo=JST)


def clock_words(moment: datetime) -> str:
    """「10:00」, where the day is plain from the place."""
    here = to_jst(moment)
    return f"{here.hour}:{here.minute:02}"


def moment_words(moment: datetime) -> str:
    """「令和8年11月24日(火)10:00」."""
    here = to_jst(moment)
    return f"{wareki(here.date())}{here.hour}:{here.minute:02}"


def near_moment(moment: datetime, today: date) -> str:
    """「11/24(火)10:00」 within half a year of today, 「R8.11.24 10:00」 beyond."""
    here = to_jst(moment)
    day = near_day(here.date(), today)
    return f"{day}{'' if day.endswith(')') else ' '}{here.hour}:{here.minute:02}"


def span_words(span: timedelta) -> str:
    """How long, as a person says it: 「50分」「3時間10分」「20日」; always positive."""
    minutes = abs(int(span.total_seconds())) // 60
    if minutes < 60:
        return f"{minutes}分"
    if minutes < 24 * 60:
        return f"{minutes // 60}時間{minutes % 60:02}分"
    return f"{minutes // (24 * 60)}日"


def days_left(day: date, today: date) -> str:
    """How far a day is, as a person says it: 「あと 3日」「今日」「2日 超過」."""
    days = (day - today).days
    return f"あと {days}日" if days > 0 else "今日" if days == 0 else f"{-days}日 超過"
