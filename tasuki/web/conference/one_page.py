"""一枚の紙 of an item: the family's picture, three lines of story, what was promised last time and what became of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tasuki.queries.sheet import Sheet
from tasuki.rules.calendar import day_of, wareki_short
from tasuki.web import words
from tasuki.web.case.pictures import family_picture


def one_page(sheet: Sheet, now: dt.datetime) -> dict[str, Any]:
    """Return the sheet as the template draws it; `story` are three lines at most."""
    today = day_of(now)
    return {
        "family": family_picture(sheet.members, today, sheet.kinship),
        "story": [line for line in (_began(sheet), _stands(sheet, today), _latest(sheet)) if line],
        "promised": [
            {
                "one": one,
                "state": _became(one.done_at, one.due_on, today),
                "late": _late(one.done_at, one.due_on, today),
            }
            for one in sheet.promised
        ],
    }


def _began(sheet: Sheet) -> str:
    about = "・".join(sheet.topics[:3])
    return f"{wareki_short(day_of(sheet.opened_at))} {sheet.received_by}が受付" + (f"（{about}）" if about else "")


def _stands(sheet: Sheet, today: dt.date) -> str:
    state = words.STATES.get(sheet.state, sheet.state)
    if sheet.holder_since is None:
        return f"いまは「{state}」"
    days = (today - day_of(sheet.holder_since)).days
    return (
        f"いまは「{state}」。たすきは{sheet.holder}（{days}日目）"
        if days
        else f"いまは「{state}」。たすきは{sheet.holder}（今日から）"
    )


def _latest(sheet: Sheet) -> str:
    if not sheet.latest:
        return ""
    one = sheet.latest[0]
    return f"{wareki_short(day_of(one.at))} {one.agency} {words.KINDS.get(one.kind, one.kind)}：{one.text}"


def _became(done_at: dt.datetime | None, due_on: dt.date | None, today: dt.date) -> str:
    if done_at is not None:
        return f"済（{wareki_short(day_of(done_at))}）"
    return "期限を過ぎています" if _late(done_at, due_on, today) else "まだ"


def _late(done_at: dt.datetime | None, due_on: dt.date | None, today: dt.date) -> bool:
    return done_at is None and due_on is not None and due_on < today
