"""Receptions and notices in words: the lists and their files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tasuki.queries.choices import Choice
from tasuki.queries.consultation import NoticeLine, ReceptionLine
from tasuki.web import words
from tasuki.web.act import offers
from tasuki.web.household.listing import Column, Filter, Listing, when, whole, years
from tasuki.web.household.rows import GROUND_WORDS, UNNAMED, ground_shown

COLUMNS = (
    Column("受付番号"), Column("日時", "at"), Column("だれのこと"), Column("困りごと"), Column("どうやって"), Column("いま"),
    Column("受けた機関"), Column("根拠"),
)  # fmt: skip
NOTICE_COLUMNS = (Column("日時", "at"), Column("気づいたこと"), Column("場所", "place"), Column("残した機関", "agency"))


def _choices(offered: Sequence[tuple[str, str]]) -> list[Choice]:
    return [Choice(value, label) for value, label in offered]


def listing(agencies: Sequence[Choice], now: dt.datetime) -> Listing:
    """Return the list of receptions, the newest first."""
    filters = (
        Filter("agency", "受けた機関", agencies), Filter("topic", "困りごと", _choices(offers.TOPICS)),
        Filter("urgency", "急ぎ", _choices(offers.URGENCY)), years(now),
    )  # fmt: skip
    return Listing(
        "receptions", "/consultations/", "受付の一覧", COLUMNS, "at", filters, down=True,
        empty="この条件に合う受付はありません。見る根拠のない人は、ここにも出ません。",
    )  # fmt: skip


def cells(line: ReceptionLine) -> list[dict[str, Any]]:
    """Return a reception as cells; its number leads to the household's page."""
    ground, state = ground_shown(line.ground), words.STATES.get(line.state, "")
    return [
        whole(line.number) | {"href": f"/cases/{line.case}/" if line.case else ""}, when(line.at),
        {"text": words.household(line.names) or UNNAMED, "strong": True, "plain": "・".join(line.names) or UNNAMED},
        {"text": "・".join(line.topics)}, {"text": line.route},
        {"text": state} | ({"tag": "至急", "tag_kind": "late"} if line.urgency == "至急" else {}), {"text": line.agency},
        {"ground": ground, "sign": True, "plain": GROUND_WORDS.get(ground, "")},
    ]  # fmt: skip


def notices(agencies: Sequence[Choice], now: dt.datetime) -> Listing:
    """Return the list of notices, the newest first."""
    return Listing(
        "notices", "/notices/", "気づき", NOTICE_COLUMNS, "at", (Filter("agency", "残した機関", agencies), years(now)), down=True,
        empty="この条件に合う気づきはありません。",
    )  # fmt: skip


def notice_cells(line: NoticeLine) -> list[dict[str, Any]]:
    """Return a notice as cells."""
    return [when(line.at), {"text": line.text}, {"text": line.place or "—"}, {"text": line.agency}]
