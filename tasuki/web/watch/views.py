"""見守り: the ring, its list, and the file of it."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from tasuki.pictures.watch_ring import watch_ring
from tasuki.queries import household
from tasuki.queries import watch as queries
from tasuki.records.journal import note_list
from tasuki.rules.calendar import day_of
from tasuki.web.household import listing as lists
from tasuki.web.page import PageRequest, page
from tasuki.web.watch import rows

RING = 400


@require_GET
def watches(request: PageRequest) -> HttpResponse:
    """Show whom we have not heard from: the ring of all, and one page of the list."""
    listing = rows.listing(household.areas(request.by), household.holders(request.by))
    wish = lists.wish_of(request, listing)
    everybody = queries.watches(request.by, request.now, replace(wish, limit=RING, offset=0))
    shown = everybody[wish.offset : wish.offset + wish.limit]
    note_list(request.by, "watches", [(row.people, row.ground) for row in everybody])
    cells = [rows.cells(row, day_of(request.now)) for row in shown]
    total = everybody[0].total if everybody else 0
    values = lists.shown(request, listing, wish, cells, total)
    ring = watch_ring([rows.in_ring(row) for row in everybody]) if everybody else None
    by_silence = sorted(everybody, key=lambda row: row.left)
    return page(
        request, "watch/list.html", "household", list=values, ring=ring, notice=rows.notice(by_silence), total=total
    )


@require_GET
def export(request: PageRequest, kind: str) -> HttpResponseBase:
    """Give the list of watches as CSV or XLSX."""
    listing = rows.listing(household.areas(request.by), household.holders(request.by))
    found = queries.each_watch(request.by, request.now, lists.wish_of(request, listing, everything=True))
    taken = ((rows.cells(row, day_of(request.now)), row.people, row.ground) for row in found)
    return lists.file_of(request, listing, kind, taken)
