"""外部提供簿: the register as a list and as a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from tasuki.queries import household
from tasuki.queries import provision as queries
from tasuki.records.journal import note_list
from tasuki.rules.calendar import day_of, to_jst, wareki_short
from tasuki.web.household import listing as lists
from tasuki.web.household.rows import GROUND_WORDS, ground_shown
from tasuki.web.page import PageRequest, page

COLUMNS = (
    lists.Column("いつ", "at"), lists.Column("提供先", "to"), lists.Column("根拠の法令と条", "basis"), lists.Column("だれのこと"),
    lists.Column("提供した内容"), lists.Column("人数", "count", figures=True), lists.Column("提供した機関", "agency"),
    lists.Column("見える根拠"),
)  # fmt: skip


def _listing(request: PageRequest) -> lists.Listing:
    filters = (lists.Filter("agency", "機関", household.holders(request.by)),)
    return lists.Listing(
        "provisions", "/provisions/", "外部提供簿", COLUMNS, "at", filters, down=True,
        empty="外へ提供した記録は、まだありません。",
    )  # fmt: skip


def _cells(row: queries.ProvisionRow) -> list[dict[str, Any]]:
    ground = ground_shown(row.ground)
    return [
        {"text": f"{wareki_short(day_of(row.at))} {to_jst(row.at):%-H:%M}"},
        {"text": row.to, "strong": True}, {"text": row.basis}, {"text": "・".join(row.names) or "（人数だけが見えます）"},
        {"text": row.what or "—"}, {"text": f"{row.count}人", "figures": True}, {"text": row.agency, "second": row.staff},
        {"ground": ground, "plain": GROUND_WORDS.get(ground, "")},
    ]  # fmt: skip


@require_GET
def provisions(request: PageRequest) -> HttpResponse:
    """Show what was provided outside, the latest first."""
    listing = _listing(request)
    wish = lists.wish_of(request, listing)
    found = queries.provisions(request.by, wish)
    note_list(request.by, "provisions", [(row.people, row.ground) for row in found])
    values = lists.shown(request, listing, wish, [_cells(row) for row in found], found[0].total if found else 0)
    return page(request, "disclosure/provisions.html", "", list=values)


@require_GET
def export(request: PageRequest, kind: str) -> HttpResponseBase:
    """Give the register as CSV or XLSX."""
    listing = _listing(request)
    found = queries.each_provision(request.by, lists.wish_of(request, listing, everything=True))
    return lists.file_of(request, listing, kind, ((_cells(row), row.people, row.ground) for row in found))
