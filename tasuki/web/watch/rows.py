"""見守り in words: the list as the twin of the ring, and the notice with the first step of the procedure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tasuki.pictures.watch_ring import SOON_SHARE, Watched
from tasuki.queries.choices import Choice
from tasuki.queries.watch import WatchRow, watch_card
from tasuki.records.asker import Asker
from tasuki.rules.calendar import age_words, day_of, midnight, near_day
from tasuki.rules.support import OpenTurn, turns_ahead
from tasuki.web import words
from tasuki.web.household.listing import Column, Filter, Listing
from tasuki.web.household.rows import UNNAMED

ROTA_SHOWN = 4  # turns: the open one and three more
DUES = (Choice("LATE", "約束を過ぎた"), Choice("SOON", "もうすぐ"))
COLUMNS = (
    Column("次の連絡", "left"), Column("氏名", "who"), Column("圏域", "area"), Column("連絡から", "since"),
    Column("当番"), Column(""), Column("次の当番", only_file=True),
    Column("前回の連絡", only_file=True), Column("最初に動く機関", only_file=True),
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
    return words.household(row.names) or UNNAMED


def _when(row: WatchRow) -> dict[str, Any]:
    if row.left < 0:
        return {"tag": f"{-row.left}日 超過", "tag_kind": "late", "text": ""}
    left = f"あと {row.left}日" if row.left else "今日"
    if row.silent >= row.every * SOON_SHARE:
        return {"tag": left, "tag_kind": "soon", "text": ""}
    return {"text": left}


def last_contact(row: WatchRow) -> str:
    """Return who looked in last; who does not stand on the card is not named."""
    return row.last_by or ("ほかの機関" if row.last_contact_at else "")


def ahead(row: WatchRow, count: int) -> list[str]:
    """Return whose turns come, the open one first."""
    names = {**dict(zip(row.rota, row.watchers, strict=True)), row.turn: row.turn_name}
    return [names[one] for one in turns_ahead(row.rota, OpenTurn(row.turn, row.taken_from), count)]


def _turn(row: WatchRow) -> dict[str, Any]:
    """Whose turn it is; who is on the card takes it over from here, and takes up the turn that was missed."""
    said = f"{row.taken_from_name}から引き継ぎ" if row.taken_from else ""
    after = f"つぎ {ahead(row, 2)[1]}" if len(row.rota) > 1 else ""
    cell = {"text": row.turn_name, "strong": row.mine, "second": "　".join(x for x in (said, after) if x)}
    if row.on_card and not row.mine:
        cell |= {"also_href": f"/watches/{row.id}/turn/", "also": "引き継ぐ"}
    return cell


def rota_lines(by: Asker, watch: UUID, today: dt.date) -> list[tuple[str, str]]:
    """Return the rota of a watch in words: who looked in last, who should by when, and who after."""
    row = watch_card(by, midnight(today), watch)
    due = today + dt.timedelta(days=row.left)
    after = max(due, today)  # a missed turn moves those after it: the promise counts from the contact
    days = [due, *(after + dt.timedelta(days=row.every * n) for n in range(1, ROTA_SHOWN))]
    turns = [f"{near_day(day, today)}まで　{name}" for day, name in zip(days, ahead(row, ROTA_SHOWN), strict=True)]
    late = f"　{-row.left}日 超過" if row.left < 0 else ""
    last = (
        f"{near_day(day_of(row.last_contact_at), today)}　{last_contact(row)}"
        if row.last_contact_at
        else "まだありません"
    )
    return [
        ("前回の連絡", last), ("いまの当番", turns[0] + late), ("その後の当番", "\n".join(turns[1:]) + f"\n（{row.every}日ごと）"),
        ("動く合図", "・".join(row.triggers)), ("最初に動く機関", row.first_responder),
    ]  # fmt: skip


def cells(row: WatchRow, today: dt.date) -> list[dict[str, Any]]:
    """Return a watch as cells; contact is written with one click."""
    home = "単身" if row.beside + len(row.names) < 2 else f"{row.beside + len(row.names)}人世帯"
    beside = f"{age_words(row.born, today)}・{home}"
    last = last_contact(row)
    address = f"/cases/{row.case}/" if row.case else f"/people/{row.people[0]}/" if row.people else ""
    return [
        _when(row),
        {
            "text": who(row),
            "href": address,
            "strong": True,
            "beside": beside,
            "plain": f"{'・'.join(row.names) or UNNAMED}　{beside}",
        },
        {"text": row.area or "—"},
        {
            "text": f"{row.silent}日",
            "beside": f"/ {row.every}日ごと",
            "strong": True,
            "second": f"前回 {last}" if last else "",
        },
        _turn(row),
        {"text": "連絡を書く", "href": f"/watches/{row.id}/checks/", "plain": ""},
        {"text": ahead(row, 2)[1]},
        {"text": last},
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
    text = f"{who(first)} さんは連絡から{first.silent}日。当番は {first.turn_name}。{signs}最初に動くのは {first.first_responder} です。"
    return {
        "title": f"約束の間隔を過ぎても連絡がない人が{len(late)}人います。", "text": text,
        "href": f"/watches/{first.id}/triggers/", "check": f"/watches/{first.id}/checks/",
    }  # fmt: skip
