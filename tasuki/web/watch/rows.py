"""見守り in words: the list as the twin of the ring, and the notice with the first step of the procedure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tasuki.pictures.watch_ring import SOON_SHARE, Watched
from tasuki.queries.choices import Choice
from tasuki.queries.watch import WatchRow
from tasuki.rules.calendar import age_words
from tasuki.web.household.listing import Column, Filter, Listing
from tasuki.web.household.rows import UNNAMED

DUES = (Choice("LATE", "約束を過ぎた"), Choice("SOON", "もうすぐ"))
COLUMNS = (
    Column("次の連絡", "left"), Column("氏名", "who"), Column("圏域", "area"), Column("連絡から", "since"),
    Column("当番"), Column(""), Column("最初に動く機関", only_file=True),
)  # fmt: skip


def listing(areas: Sequence[Choice], agencies: Sequence[Choice]) -> Listing:
    """Return the list of watches, the most silent first."""
    filters = (Filter("area", "圏域", areas), Filter("agency", "担当機関", agencies), Filter("due", "期限", DUES))
    return Listing(
        "watches",
        "/watches/",
        "見守り",
        COLUMNS,
        "silence",
        filters,
        down=True,
        empty="この条件に合う見守りはありません。",
    )


def who(row: WatchRow) -> str:
    """Return the names as far as they may be seen."""
    return "・".join(row.names) or UNNAMED


def _when(row: WatchRow) -> dict[str, Any]:
    if row.left < 0:
        return {"tag": f"{-row.left}日 超過", "tag_kind": "late", "text": ""}
    words = f"あと {row.left}日" if row.left else "今日"
    if row.silent >= row.every * SOON_SHARE:
        return {"tag": words, "tag_kind": "soon", "text": ""}
    return {"text": words}


def cells(row: WatchRow, today: dt.date) -> list[dict[str, Any]]:
    """Return a watch as cells; contact is written with one click."""
    home = "単身" if not row.beside else f"{row.beside + len(row.names)}人世帯"
    address = f"/cases/{row.case}/" if row.case else f"/people/{row.people[0]}/" if row.people else ""
    return [
        _when(row),
        {"text": who(row), "href": address, "strong": True, "beside": f"{age_words(row.born, today)}・{home}"},
        {"text": row.area or "—"},
        {"text": f"{row.silent}日", "beside": f"/ {row.every}日ごと", "strong": True},
        {"text": "・".join(row.watchers)},
        {"text": "連絡を書く", "href": f"/watches/{row.id}/checks/", "plain": ""},
        {"text": row.first_responder},
    ]


def in_ring(row: WatchRow) -> Watched:
    """Return a watch as a person of the ring."""
    return Watched(who(row), row.area or "圏域なし", row.silent, row.every, f"/watches/{row.id}/checks/")


def notice(found: Sequence[WatchRow]) -> dict[str, Any] | None:
    """Return the red notice: how many are beyond their promise, and the first step for the most silent of them."""
    late = [row for row in found if row.left < 0]
    if not late:
        return None
    first = late[0]
    signs = f"合図は「{'」「'.join(first.triggers)}」。" if first.triggers else ""
    text = f"{who(first)} さんは連絡から{first.silent}日。{signs}最初に動くのは {first.first_responder} です。"
    return {
        "title": f"約束の間隔を過ぎても連絡がない人が{len(late)}人います。", "text": text,
        "href": f"/watches/{first.id}/triggers/", "check": f"/watches/{first.id}/checks/",
    }  # fmt: skip
