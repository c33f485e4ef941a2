"""Sittings that were held, in words: the list and its file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tasuki.queries.choices import Choice
from tasuki.queries.conference import ItemPage, SittingLine
from tasuki.rules.conference import Quorum, quorum_needed
from tasuki.web import words
from tasuki.web.household.listing import Column, Filter, Listing, when, years

BASES = ("CONSENT", "ARTICLE_106_6", "NONE")
COLUMNS = (
    Column("日時", "at"), Column("会議", "conference"), Column("場所", "place"), Column("見られる議題", figures=True), Column("根拠"),
)  # fmt: skip


def listing(conferences: Sequence[Choice], now: dt.datetime) -> Listing:
    """Return the list of the sittings that were held, the latest first."""
    bases = [Choice(one, words.BASES[one]) for one in BASES]
    filters = (Filter("conference", "会議体", conferences), Filter("basis", "根拠", bases), years(now))
    return Listing(
        "conferences", "/conferences/", "終わった会議", COLUMNS, "at", filters, down=True,
        empty="この条件に合う、終わった会議はありません。",
    )  # fmt: skip


def cells(line: SittingLine) -> list[dict[str, Any]]:
    """Return a sitting as cells; its moment leads to its page. It names nobody whom it is about."""
    return [
        when(line.at) | {"href": f"/sittings/{line.id}/"},
        {"text": line.conference, "strong": True}, {"text": line.place or "—"},
        {"text": f"{line.items}件", "figures": True},
        {"grounds": line.bases, "text": "", "plain": "・".join(words.BASES[one] for one in line.bases)},
    ]  # fmt: skip


def quorum(item: ItemPage) -> dict[str, Any] | None:
    """Say the quorum of an item about a plan: the rule, how many agencies it needs, and once it was held how many came."""
    if item.quorum is None:
        return None
    found = item.quorum
    needed = quorum_needed(found["quorum"], number=found["number"], counted=found["counted"])
    rule = "" if found["quorum"] == Quorum.NUMBER else f"の{words.QUORUMS[found['quorum']]}"
    return {
        "rule": f"{words.QUORUM_OF[found['of']]}{rule}", "source": found["source"], "needed": needed, "here": found["here"],
        "short": found["here"] is not None and found["here"] < needed,
    }  # fmt: skip
