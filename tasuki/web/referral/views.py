"""つなぎ: the tabs, the open row with its three answers, the list as a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from tasuki.queries import choices, household
from tasuki.queries import referral as queries
from tasuki.records.journal import note_list
from tasuki.web.household import listing as lists
from tasuki.web.page import PageRequest, page
from tasuki.web.referral import rows

LOOSE = ("loose", "to_and_fro")


@require_GET
def referrals(request: PageRequest) -> HttpResponse:
    """Show one tab of the hand-offs."""
    tab = request.GET.get("tab", "mine")
    tab = tab if tab in rows.TABS else "mine"
    times, days = queries.ping_pong(request.by)
    counted = queries.counts(request.by, request.now, times, days)
    values: dict[str, Any] = {
        "tab": tab,
        "title": rows.TABS[tab],
        "tabs": rows.tabs(counted, tab),
        "times": times,
        "days": days,
    }
    if tab in LOOSE:
        return page(request, "referral/loose.html", "referral", **values, **_loose(request, tab, times, days))
    return page(request, "referral/list.html", "referral", **values, **_list(request, tab))


def _list(request: PageRequest, tab: str) -> dict[str, Any]:
    listing = rows.listing(tab, household.areas(request.by), household.holders(request.by))
    wish = lists.wish_of(request, listing)
    found = queries.referrals(request.by, request.now, tab, wish)
    note_list(request.by, f"referrals-{tab}", [(one.people, one.ground) for one in found])
    opened = request.GET.get("open") or (str(found[0].id) if tab == "mine" and found else "")
    drawn = [rows.shown(one, request.now, opened) for one in found]
    answering = any(one["answers"] for one in drawn)
    return {
        "rows": drawn, "list": lists.shown(request, listing, wish, [], found[0].total if found else 0),
        "agencies": choices.agencies(request.by) if answering else [], "empty": rows.EMPTY[tab],
    }  # fmt: skip


def _loose(request: PageRequest, tab: str, times: int, days: int) -> dict[str, Any]:
    by, now = request.by, request.now
    found = queries.unassigned(by, now) if tab == "loose" else queries.going_to_and_fro(by, now, times, days)
    note_list(by, f"referrals-{tab}", [(one.people, one.ground) for one in found])
    return {
        "table": {"caption": rows.TABS[tab], "columns": rows.LOOSE_COLUMNS, "rows": [rows.loose(one, now) for one in found],
                  "total": len(found), "empty": "ありません。"},
    }  # fmt: skip


@require_GET
def export(request: PageRequest, kind: str) -> HttpResponseBase:
    """Give the tab as CSV or XLSX."""
    tab = request.GET.get("tab", "mine")
    tab = tab if tab in rows.EMPTY else "mine"
    listing = rows.listing(tab, household.areas(request.by), household.holders(request.by))
    wish = lists.wish_of(request, listing, everything=True)
    found = queries.each_referral(request.by, request.now, tab, wish)
    taken = ((rows.cells(one, request.now), one.people, one.ground) for one in found)
    return lists.file_of(request, listing, kind, taken)
