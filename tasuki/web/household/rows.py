"""Cases and people found, as the cells of a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tasuki.queries.choices import Choice
from tasuki.queries.household import CaseLine, Hit
from tasuki.rules.calendar import age_words, day_of, near_day, span_words, wareki_short
from tasuki.web import words
from tasuki.web.household.listing import Column, Filter, Listing

SOON_DAYS = 7
ROWS = "あかさたなはまやらわ"
UNNAMED = "（氏名は見えません）"
COLUMNS = (
    Column("世帯", "kana"), Column("状態", "state"), Column("いまの主担当", "holder"), Column("たすきはいつから", "since"),
    Column("圏域", "area"), Column("次の日付", "next"), Column("見える根拠"), Column("受付番号", only_file=True),
)  # fmt: skip
DUES = (Choice("LATE", "過ぎている"), Choice("WEEK", "7日のうち"), Choice("NONE", "決まっていない"))
OPEN = (Choice("OPEN", "続いている"), Choice("ENDED", "終わった"))


def listing(areas: Sequence[Choice], holders: Sequence[Choice]) -> Listing:
    """Return the list of cases: 圏域 first, and open cases at first."""
    states = [Choice(code, label) for code, label in words.STATES.items()]
    filters = (
        Filter("area", "圏域", areas), Filter("agency", "担当機関", holders), Filter("open", "続き", OPEN, "OPEN"),
        Filter("state", "状態", states), Filter("due", "期限", DUES),
    )  # fmt: skip
    return Listing(
        "households", "/households/", "世帯の一覧", COLUMNS, "kana", filters, hidden=("row",),
        empty="この条件に合う世帯で、あなたに見える根拠があるものはありません。",
    )  # fmt: skip


def ground_shown(ground: str) -> str:
    """Return the ground as the badge knows it: records of one's own that came later stand as one's own (settled 18)."""
    return "HOLDER" if ground == "WROTE" else ground


def next_tag(day: dt.date | None, today: dt.date) -> dict[str, Any]:
    """Return the cell of a date to come: past in red, within a week in yellow, and the day itself."""
    if day is None:
        return {"text": "—", "plain": ""}
    left = (day - today).days
    if left < 0:
        return {"tag": f"{-left}日 超過", "tag_kind": "late", "text": near_day(day, today), "plain": wareki_short(day)}
    if left <= SOON_DAYS:
        return {
            "tag": f"あと{left}日" if left else "今日",
            "tag_kind": "soon",
            "text": near_day(day, today),
            "plain": wareki_short(day),
        }
    return {"text": wareki_short(day)}


def case_cells(line: CaseLine, now: dt.datetime) -> list[dict[str, Any]]:
    """Return a case as cells: the household's name leads to its page."""
    others = f"ほか{line.unseen}名（氏名は見えません）" if line.unseen else ""
    held = day_of(line.holder_since) if line.holder_since else None
    return [
        {"text": words.household(line.names) or UNNAMED, "href": f"/cases/{line.id}/", "strong": True, "second": "　".join(one for one in (line.kana, others) if one),
         "plain": "・".join(line.names) or UNNAMED},
        {
            "text": words.STATES.get(line.state, line.state), "second": line.number, "keep": True,
            "plain": words.STATES.get(line.state, line.state),
        },
        {"text": line.holder or "—"},
        {"text": wareki_short(held) if held else "—", "beside": _days(line.holder_since, now)},
        {"text": line.area or "—"},
        next_tag(line.next_on, day_of(now)),
        {"ground": ground_shown(line.ground), "plain": GROUND_WORDS.get(ground_shown(line.ground), "")},
        {"text": line.number},
    ]  # fmt: skip


def _days(since: dt.datetime | None, now: dt.datetime) -> str:
    return span_words(now - since) if since else ""


def hit_cells(hit: Hit, today: dt.date) -> list[dict[str, Any]]:
    """Return a person found as cells: the name leads to the household's page, or to the person without a case."""
    beside = "、".join(hit.beside) + ("ほか" if len(hit.beside) > 3 else "")
    return [
        {"text": hit.name or "（名前なし）", "href": f"/cases/{hit.case}/" if hit.case else f"/people/{hit.id}/", "strong": True,
         "second": "　".join(one for one in (hit.kana, met(hit), hit.relation) if one)},
        {"text": age_words(hit.born, today), "beside": hit.sex},
        {"text": hit.area or "—"},
        {"text": beside or "—"},
        {"text": words.STATES.get(hit.state, "ケースなし"), "second": hit.holder},
        {"ground": ground_shown(hit.ground)},
    ]  # fmt: skip


def met(hit: Hit) -> str:
    """Say by which name somebody was found, where it is not the one that is shown; "" elsewhere."""
    return ("", f"通称・旧姓 {hit.alias}", "前の名で見つかりました")[hit.called]


HIT_COLUMNS = ("氏名", "年齢・性別", "圏域", "同じ世帯の人", "状態・主担当", "見える根拠")
GROUND_WORDS = {
    "HOLDER": "自機関の記録", "CONSENT": "同意", "ARTICLE_106_6": "支援会議 106条の6", "REFERRAL": "つなぎ", "INTERNAL": "庁内",
    "LAW": "法令", "OWN_NOTICE": "気づき", "EMERGENCY": "緊急",
}  # fmt: skip
