"""保存と廃棄 in words: the list, and what may be done with one case now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tasuki.queries.choices import Choice
from tasuki.queries.keeping import KeepingPage, KeepingRow
from tasuki.records.asker import Asker
from tasuki.rules.calendar import day_of, wareki_short
from tasuki.rules.permission import P
from tasuki.web import words
from tasuki.web.household.listing import Column, Filter, Listing

COLUMNS = (
    Column("受付番号", "number"), Column("受け付けた機関", only_file=True), Column("いま", "stage"), Column("終わった日", "ended"),
    Column("保存する最後の日", "until"), Column("保存区分", only_file=True), Column("止め"), Column("廃棄の決裁", "disposed"),
)  # fmt: skip
NUMBERLESS = "（番号なし）"
URGENT = frozenset({"DUE", "PROPOSED"})
STOPPED = frozenset({"archive", "proposal", "disposal"})  # what a stay stops
# What can be done in each stage, by whom: slug of the act, words of its button.
STEPS: dict[str, list[tuple[str, str, P]]] = {
    "UNCLASSED": [("class", "保存区分を決める", P.PRIV)],
    "CLASSED": [("archive", "保存に移す", P.PRIV), ("class", "保存区分を決め直す", P.PRIV)],
    "KEPT": [],
    "DUE": [("proposal", "廃棄を起案する", P.PRIV)],
    "PROPOSED": [
        ("disposal", "廃棄を承認する", P.MGR), ("withdrawal", "起案を取り下げる", P.PRIV), ("withdrawal", "承認せず、取り下げる", P.MGR),
    ],
    "GONE": [],
}  # fmt: skip


def listing(classes: Sequence[Choice]) -> Listing:
    """Return the register: what waits for somebody comes first."""
    filters = (
        Filter("stage", "いま", [Choice(key, label) for key, label in words.STAGES.items()]),
        Filter("class", "保存区分", classes),
        Filter("stayed", "止め", (Choice("YES", "止めている"), Choice("NO", "止めていない"))),
    )
    return Listing(
        "keepings",
        "/keepings/",
        "保存と廃棄",
        COLUMNS,
        "stage",
        filters,
        empty="この条件に合う、終わったケースはありません。",
    )


def cells(row: KeepingRow) -> list[dict[str, Any]]:
    """Return an ended case as cells; its number leads to its page."""
    stage = words.STAGES[row.stage]
    gone = day_of(row.disposed_at) if row.disposed_at else None
    last = wareki_short(row.keep_until) if row.keep_until else "—"
    return [
        {"text": row.number or NUMBERLESS, "second": row.agency, "href": f"/keepings/{row.case}/", "strong": True, "plain": row.number or NUMBERLESS},
        {"text": row.agency},
        {"tag": stage, "tag_kind": "soon", "text": "", "plain": stage} if row.stage in URGENT else {"text": stage},
        {"text": wareki_short(row.ended_on)}, {"text": last, "second": row.class_name, "plain": last}, {"text": row.class_name or "—"},
        {"tag": "止めている", "tag_kind": "late", "text": "", "plain": "止めている"} if row.stayed else {"text": "—"},
        {"text": row.approval or "—", "second": f"{wareki_short(gone)}　{row.approver}" if gone else ""},
    ]  # fmt: skip


def buttons(by: Asker, found: KeepingPage) -> list[dict[str, Any]]:
    """Return what the asker may do with the case now: nothing that is stopped, and no approval for who proposed."""
    stopped = STOPPED if found.stayed else frozenset({"archive"} if found.remaining else ())
    steps = [
        (slug, label) for slug, label, who in STEPS[found.stage]
        if by.may(who) and slug not in stopped and not (slug == "disposal" and found.proposer == by.staff)
    ]  # fmt: skip
    if by.may(P.PRIV) and found.stage != "GONE":
        steps.append(("stays", "廃棄を止める（保全・開示請求）"))
    once = dict(reversed(steps))
    return [
        {"href": f"/keepings/{found.case}/{slug}/", "label": once[slug]}
        for slug in dict.fromkeys(one for one, _ in steps)
    ]


def history(found: KeepingPage) -> list[tuple[dt.datetime, str, str]]:
    """Return what happened to the case on its way, in order: when, what, by whom."""
    system = "たすき（自動）"
    told = [
        (found.set_at, f"保存区分を決めた　{found.class_name}", found.set_by),
        (found.archived_at, "保存に移した", found.archived_by or system),
        (found.proposed_at, "廃棄を起案した", found.proposed_by),
        (found.disposed_at, f"廃棄した　決裁 {found.approval}　{found.rows}行・{found.persons}人分", found.approved_by),
    ]
    return [(at, what, who) for at, what, who in told if at is not None]
