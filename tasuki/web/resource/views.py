"""地域・資源: the directory, the gaps, and the directory as a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from tasuki.queries import household
from tasuki.queries import resource as queries
from tasuki.rules.permission import WRITERS
from tasuki.web.household import listing as lists
from tasuki.web.page import PageRequest, page
from tasuki.web.resource import rows


@require_GET
def resources(request: PageRequest) -> HttpResponse:
    """Show one page of the directory, and what is missing."""
    listing = rows.listing(household.areas(request.by), household.holders(request.by))
    wish, stale = lists.wish_of(request, listing), queries.stale_days(request.by)
    found = queries.resources(request.by, request.now, stale, wish)
    may = bool(request.by.sets & WRITERS)
    cells = [rows.cells(row, request.now, stale, may_confirm=may) for row in found]
    values = lists.shown(request, listing, wish, cells, found[0].total if found else 0)
    gaps = [rows.gap(row) for row in queries.gaps(request.by)]
    return page(request, "resource/list.html", "resource", list=values, gaps=gaps, stale=stale, may=may)


@require_GET
def export(request: PageRequest, kind: str) -> HttpResponseBase:
    """Give the directory as CSV or XLSX; it names nobody."""
    listing = rows.listing(household.areas(request.by), household.holders(request.by))
    wish, stale = lists.wish_of(request, listing, everything=True), queries.stale_days(request.by)
    found = queries.each_resource(request.by, request.now, stale, wish)
    taken = ((rows.cells(row, request.now, stale, may_confirm=False), (), "") for row in found)
    return lists.file_of(request, listing, kind, taken)
