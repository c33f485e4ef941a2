"""Resources and gaps as cells, with the staleness clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tasuki.queries.choices import Choice
from tasuki.queries.resource import GapRow, ResourceRow
from tasuki.rules.calendar import day_of, wareki_short
from tasuki.web.household.listing import Column, Filter, Listing

KINDS = (Choice("HOST", "受け入れ先"), Choice("OTHER", "社会資源"))
DUES = (Choice("STALE", "確かめ直しが要る"), Choice("SURE", "確かめてある"))
COLUMNS = (
    Column("確かめた日", "sure"), Column("名前", "name"), Column("種類", "kind"), Column("圏域", "area"),
    Column("空き", "slots", figures=True), Column("条件"), Column("登録した機関", "agency"), Column(""),
)  # fmt: skip
SOON = 30
STEPS = (Choice("NOTICED", "届け"), Choice("PROJECT", "資源開発"), Choice("LAUNCHED", "生まれた"))
GAP_COLUMNS = (
    Column("届けた日", "at"), Column("足りないもの", "need"), Column("圏域", "area"), Column("届けた機関", "agency"),
    Column("どこまで", "step"), Column(""), Column("資源開発を始めた日", only_file=True), Column("生まれた日", only_file=True),
)  # fmt: skip


def listing(areas: Sequence[Choice], agencies: Sequence[Choice]) -> Listing:
    """Return the directory, the least certain first."""
    filters = (
        Filter("area", "圏域", areas), Filter("agency", "登録した機関", agencies), Filter("kind", "種類", KINDS),
        Filter("due", "期限", DUES),
    )  # fmt: skip
    return Listing(
        "resources", "/resources/", "社会資源", COLUMNS, "sure", filters, empty="この条件に合う資源はありません。"
    )


def _sure(row: ResourceRow, now: dt.datetime, stale: int) -> dict[str, Any]:
    days, day = (now - row.assured_at).days, wareki_short(day_of(row.assured_at))
    if days > stale:
        return {"tag": f"{days}日前", "tag_kind": "late", "text": day, "plain": day}
    if days > stale - SOON:
        return {"tag": f"{days}日前", "tag_kind": "soon", "text": day, "plain": day}
    return {"text": day, "beside": f"{days}日前" if days else "今日", "plain": day}


def cells(row: ResourceRow, now: dt.datetime, stale: int, *, may_confirm: bool) -> list[dict[str, Any]]:
    """Return a resource as cells; making sure of it is one click."""
    room = f"{max(0, row.slots - row.taken)} / {row.slots}人" if row.slots is not None else "—"
    return [
        _sure(row, now, stale),
        {"text": row.name, "strong": True, "second": f"「{row.gap}」から生まれた" if row.gap else ""},
        {"text": row.kind or "—", "beside": "受け入れ先" if row.is_host else ""},
        {"text": row.area or "町の全部"},
        {"text": room, "figures": True},
        {"text": row.conditions or "—"},
        {"text": row.agency},
        _deed(row) if may_confirm else {"text": ""},
    ]


def _deed(row: ResourceRow) -> dict[str, Any]:
    sure = {"text": "確かめた", "href": f"/resources/{row.id}/confirmation/", "plain": ""}
    follow = {"also": "様子を書く", "also_href": f"/resources/{row.id}/host-follow-up/"}
    return {**sure, **follow} if row.is_host else sure


def gaps(areas: Sequence[Choice], agencies: Sequence[Choice]) -> Listing:
    """Return the list of what is missing, what nobody has begun with first."""
    filters = (
        Filter("area", "圏域", areas),
        Filter("agency", "届けた機関", agencies),
        Filter("step", "どこまで", STEPS),
    )
    return Listing(
        "gaps",
        "/gaps/",
        "足りない資源",
        GAP_COLUMNS,
        "step",
        filters,
        empty="この条件に合う、足りない資源の届けはありません。",
    )


def gap_cells(row: GapRow, *, may: bool) -> list[dict[str, Any]]:
    """Return a gap as cells; a project begins with one click where nobody has begun."""
    begun, born = (wareki_short(day_of(at)) if at else "" for at in (row.project_at, row.launched_at))
    reached = STEPS[2 if born else 1 if begun else 0].label
    deed = (
        {"text": "資源開発を始める", "href": f"/gaps/{row.id}/project/"}
        if may and not begun and not born
        else {"text": ""}
    )
    return [
        {"text": wareki_short(day_of(row.registered_at))}, {"text": row.need, "strong": True}, {"text": row.area or "町の全部"},
        {"text": row.agency}, {"text": reached, "second": born or begun, "plain": reached}, deed, {"text": begun}, {"text": born},
    ]  # fmt: skip


def gap(row: GapRow) -> dict[str, Any]:
    """Return a gap as the backlog shows it: noticed, project, born."""
    steps = (("届け", row.registered_at), ("資源開発", row.project_at), ("生まれた", row.launched_at))
    reached = sum(1 for _, at in steps if at)
    return {
        "id": row.id, "need": row.need, "area": row.area or "町の全部", "agency": row.agency,
        "steps": [
            {"word": word, "on": wareki_short(day_of(at)) if at else "", "state": "passed" if at else "", "here": n == reached - 1}
            for n, (word, at) in enumerate(steps)
        ],
        "open": row.project_at is None and row.launched_at is None,
    }  # fmt: skip
