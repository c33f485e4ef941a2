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
        return page(request, "referral/loose.html", "referral", **values, **_loose(request, tab, (times, days)))
    return page(request, "referral/list.html", "referral", **values, **_list(request, tab))


def _list(request: PageRequest, tab: str) -> dict[str, Any]:
    listing = _listing(request, tab)
    wish = lists.wish_of(request, listing)
    found = queries.referrals(request.by, request.now, tab, wish)
    note_list(request.by, f"referrals-{tab}", [(one.people, one.ground) for one in found])
    opened = request.GET.get("open") or (str(found[0].id) if tab == "mine" and found else "")
    drawn = [rows.shown(one, request.now, opened) for one in found]
    answering = any(one["answers"] for one in drawn)
    made = lists.shown(request, listing, wish, [], found[0].total if found else 0)
    return {
        "rows": drawn, "list": made,
        "agencies": choices.agencies(request.by) if answering else [], "empty": rows.NOTHING if made["chosen"] or made["words"] else rows.EMPTY[tab],
        "heads": {one.order: head for one, head in zip(listing.columns, made["table"]["columns"], strict=True) if one.order},
    }  # fmt: skip


def _loose(request: PageRequest, tab: str, often: tuple[int, int]) -> dict[str, Any]:
    listing = _listing(request, tab)
    wish = lists.wish_of(request, listing)
    found = queries.loose(request.by, request.now, tab, often, wish)
    note_list(request.by, f"referrals-{tab}", [(one.people, one.ground) for one in found])
    cells = [rows.loose_cells(one, request.now) for one in found]
    return {"list": lists.shown(request, listing, wish, cells, found[0].total if found else 0)}


def _listing(request: PageRequest, tab: str) -> lists.Listing:
    made = rows.loose if tab in LOOSE else rows.listing
    return made(tab, household.areas(request.by), household.holders(request.by))


@require_GET
def export(request: PageRequest, kind: str) -> HttpResponseBase:
    """Give the tab as CSV or XLSX."""
    tab = request.GET.get("tab", "mine")
    tab = tab if tab in rows.TABS else "mine"
    listing = _listing(request, tab)
    wish = lists.wish_of(request, listing, everything=True)
    if tab in LOOSE:
        cases = queries.each_loose(request.by, request.now, tab, queries.ping_pong(request.by), wish)
        return lists.file_of(
            request, listing, kind, ((rows.loose_cells(x, request.now), x.people, x.ground) for x in cases)
        )
    found = queries.each_referral(request.by, request.now, tab, wish)
    taken = ((rows.cells(one, request.now), one.people, one.ground) for one in found)
    return lists.file_of(request, listing, kind, taken)
