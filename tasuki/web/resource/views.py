"""地域・資源: the directory, the gaps, and the directory as a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from tasuki.queries import household
from tasuki.queries import resource as queries
from tasuki.queries.household import Wish
from tasuki.rules.permission import WRITERS
from tasuki.web.household import listing as lists
from tasuki.web.page import PageRequest, page
from tasuki.web.resource import rows

FEW = 8


@require_GET
def resources(request: PageRequest) -> HttpResponse:
    """Show one page of the directory, and what is missing."""
    listing = rows.listing(household.areas(request.by), household.holders(request.by))
    wish, stale = lists.wish_of(request, listing), queries.stale_days(request.by)
    found = queries.resources(request.by, request.now, stale, wish)
    may = bool(request.by.sets & WRITERS)
    cells = [rows.cells(row, request.now, stale, may_confirm=may) for row in found]
    values = lists.shown(request, listing, wish, cells, found[0].total if found else 0)
    missing = queries.gaps(request.by, Wish(limit=FEW))
    return page(
        request, "resource/list.html", "resource", list=values, gaps=[rows.gap(row) for row in missing],
        missing=missing[0].total if missing else 0, stale=stale, may=may,
    )  # fmt: skip


@require_GET
def export(request: PageRequest, kind: str) -> HttpResponseBase:
    """Give the directory as CSV or XLSX; it names nobody."""
    listing = rows.listing(household.areas(request.by), household.holders(request.by))
    wish, stale = lists.wish_of(request, listing, everything=True), queries.stale_days(request.by)
    found = queries.each_resource(request.by, request.now, stale, wish)
    taken = ((rows.cells(row, request.now, stale, may_confirm=False), (), "") for row in found)
    return lists.file_of(request, listing, kind, taken)


@require_GET
def gaps(request: PageRequest) -> HttpResponse:
    """Show one page of what is missing."""
    listing = rows.gaps(household.areas(request.by), household.holders(request.by))
    wish, may = lists.wish_of(request, listing), bool(request.by.sets & WRITERS)
    found = queries.gaps(request.by, wish)
    cells = [rows.gap_cells(row, may=may) for row in found]
    values = lists.shown(request, listing, wish, cells, found[0].total if found else 0)
    return page(request, "resource/gaps.html", "resource", list=values, may=may)


@require_GET
def gaps_export(request: PageRequest, kind: str) -> HttpResponseBase:
    """Give what is missing as CSV or XLSX; it names nobody."""
    listing = rows.gaps(household.areas(request.by), household.holders(request.by))
    found = queries.each_gap(request.by, lists.wish_of(request, listing, everything=True))
    return lists.file_of(request, listing, kind, ((rows.gap_cells(row, may=False), (), "") for row in found))
