"""Figures in words: this year and last, shares, the bar, and why a figure is 0."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tasuki.queries.figure import FigureRow
from tasuki.rules.calendar import day_of, fiscal_year, fiscal_year_bounds, fiscal_year_words, midnight, wareki_short
from tasuki.web import words
from tasuki.web.figure.definitions import DEFINITIONS, Definition, Part
from tasuki.web.household.listing import Column, Listing
from tasuki.web.household.rows import GROUND_WORDS, ground_shown

BAR = 360
YEARS = 5
SUMMED = frozenset({"N03", "N05"})  # figures that are all of their parts together


@dataclass(frozen=True)
class Period:
    """A fiscal year up to its end, or up to now while it runs; `before` is the same stretch one year earlier."""

    year: int
    since: dt.datetime
    until: dt.datetime
    before: tuple[dt.datetime, dt.datetime]
    running: bool


def period_of(text: str, now: dt.datetime) -> Period:
    """Read a fiscal year of the last five; anything else is the one that runs."""
    this = fiscal_year(day_of(now))
    year = int(text) if text.isdecimal() and len(text) == 4 and this - YEARS < int(text) <= this else this
    first, last = fiscal_year_bounds(year)
    end = midnight(last) + dt.timedelta(days=1) - dt.timedelta(microseconds=1)
    earlier = fiscal_year_bounds(year - 1)[0]
    until = min(now, end)
    same = (
        midnight(earlier) + (until - midnight(first)) if until < end else midnight(first) - dt.timedelta(microseconds=1)
    )
    return Period(year, midnight(first), until, (midnight(earlier), same), until < end)


def years(now: dt.datetime, chosen: int) -> list[dict[str, Any]]:
    """Return the fiscal years that may be chosen."""
    this = fiscal_year(day_of(now))
    return [
        {"value": year, "label": fiscal_year_words(year), "chosen": year == chosen}
        for year in range(this, this - YEARS, -1)
    ]


def number(found: Mapping[str, Any], code: str, key: str) -> int:
    """Return one number of the figures; a missing one is 0."""
    figure = found.get(code)
    inner = figure.get(key) if isinstance(figure, Mapping) else figure
    return int(inner or 0)


def _value(found: Mapping[str, Any], one: Definition, part: Part) -> str:
    return f"{number(found, one.code, part.key):,}"


def _main(found: Mapping[str, Any], one: Definition) -> tuple[int, str]:
    first = number(found, one.code, one.parts[0].key)
    if not one.of:
        return (
            sum(number(found, one.code, part.key) for part in one.parts) if one.code in SUMMED else first
        ), one.parts[0].unit
    whole = number(found, one.code, one.of)
    return (round(100 * first / whole), "%") if whole else (0, "%")


def lines(this: Mapping[str, Any], last: Mapping[str, Any], targets: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return every figure with its parts, last year's value beside and its bar."""
    return [line(one, this, last, targets.get(one.code, "")) for one in DEFINITIONS]


def line(one: Definition, this: Mapping[str, Any], last: Mapping[str, Any], target: str) -> dict[str, Any]:
    """Return one figure as the page shows it."""
    (now, unit), (before, _) = _main(this, one), _main(last, one)
    longest = max(now, before, 1) * (1.15 if not one.of else 1)
    scale = BAR / (100 if one.of else longest)
    parts = [
        {"word": p.word, "now": _value(this, one, p), "before": _value(last, one, p), "unit": p.unit} for p in one.parts
    ]
    return {
        "code": one.code, "name": one.name, "counts": one.counts, "now": f"{now:,}", "unit": unit, "before": f"{before:,}",
        "bar": round(now * scale), "mark": round(before * scale), "width": BAR, "target": target,
        "parts": parts if len(one.parts) > 1 else [], "zero": now == 0 and bool(one.chain), "word": one.parts[0].word,
    }  # fmt: skip


def why_zero(one: Definition, found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the chain of counted causes up to the first that is 0, and the next step there."""
    links: list[dict[str, Any]] = []
    for code, key, said in one.chain:
        count = number(found, code, key)
        links.append({"said": said, "count": count, "code": code})
        if count == 0:
            return links
    return [*links, {"said": one.name, "count": _main(found, one)[0], "code": one.code}]


COLUMNS = (
    Column("コード"), Column("指標"), Column("うち"), Column("単位"), Column("値"), Column("前年度の同じ日まで"), Column("数え方"),
)  # fmt: skip


def listing(period: Period) -> Listing:
    """Return the list that goes into the file."""
    return Listing("figures", "/figures/", f"数字 {fiscal_year_words(period.year)}", COLUMNS)


def cells(this: Mapping[str, Any], last: Mapping[str, Any]) -> list[list[dict[str, Any]]]:
    """Return every number of every figure as a row of a file."""
    return [
        [{"text": one.code}, {"text": one.name}, {"text": part.word}, {"text": part.unit},
         {"text": str(number(this, one.code, part.key))}, {"text": str(number(last, one.code, part.key))}, {"text": one.counts}]
        for one in DEFINITIONS for part in one.parts
    ]  # fmt: skip


_PARTS = {**words.NOTE_KINDS, **words.VISITS, **words.STEPS, **words.VERDICTS}
_WHAT = {**words.KINDS, **words.STATES, **words.PLAN_KINDS, "ITEM": "議題", "RESOURCE": "社会資源", "GAP": "足りない資源",
         "REFER": "つなぎ"}  # fmt: skip


def _part(text: str) -> str:
    first, _, rest = text.partition("　")
    return "　".join(one for one in (_PARTS.get(first, first), rest) if one)


def row_cells(row: FigureRow) -> list[dict[str, Any]]:
    """Return a row behind a figure as cells; the name leads to the household."""
    names = words.household(row.names)
    return [
        {"text": wareki_short(day_of(row.at)) if row.at else "—"},
        {"text": _WHAT.get(row.what, row.what), "second": _part(row.part)},
        {
            "text": names or "—",
            "href": f"/cases/{row.case}/" if row.case and names else "",
            "strong": bool(names),
            "plain": "・".join(row.names) or "—",
        },
        {"text": row.agency},
        {"ground": ground_shown(row.ground), "plain": GROUND_WORDS.get(ground_shown(row.ground), "個人情報なし")},
    ]


ROW_COLUMNS: Sequence[Column] = (
    Column("日付"),
    Column("こと"),
    Column("世帯・人"),
    Column("機関"),
    Column("見える根拠"),
)
