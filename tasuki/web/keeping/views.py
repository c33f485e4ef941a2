"""保存と廃棄: the register as a list and as a file, and one case of it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from tasuki.queries import keeping as queries
from tasuki.web import words
from tasuki.web.household import listing as lists
from tasuki.web.keeping import rows
from tasuki.web.page import PageRequest, page


@require_GET
def keepings(request: PageRequest) -> HttpResponse:
    """Show every ended case on its way to disposal, what waits for somebody first."""
    queries.need_keeper(request.by)
    listing = rows.listing(queries.classes(request.by))
    wish = lists.wish_of(request, listing)
    found = queries.keepings(request.by, wish)
    values = lists.shown(request, listing, wish, [rows.cells(row) for row in found], found[0].total if found else 0)
    counted = queries.counts(request.by)
    stages = [{"key": key, "label": label, "count": counted.get(key, 0)} for key, label in words.STAGES.items()]
    return page(request, "keeping/list.html", "", list=values, stages=stages)


@require_GET
def export(request: PageRequest, kind: str) -> HttpResponseBase:
    """Give the register as CSV or XLSX."""
    queries.need_keeper(request.by)
    listing = rows.listing(queries.classes(request.by))
    found = queries.each_keeping(request.by, lists.wish_of(request, listing, everything=True))
    return lists.file_of(request, listing, kind, ((rows.cells(row), (), "") for row in found))


@require_GET
def keeping(request: PageRequest, case_id: UUID) -> HttpResponse:
    """Show one case of the register: what was done, what holds it back, what can be done now."""
    found = queries.keeping(request.by, case_id)
    stays = [(one, words.STAYS[one.kind]) for one in queries.stays(case_id)]
    return page(
        request, "keeping/one.html", "", one=found, stage=words.STAGES[found.stage], stays=stays,
        remains=words.REMAINS[found.remaining], buttons=rows.buttons(request.by, found), history=rows.history(found),
        readable=found.stage in {"KEPT", "DUE", "PROPOSED"} and "PRIV" in request.by.sets,
    )  # fmt: skip
