"""数字: all figures of a fiscal year with their definitions, and the rows behind one."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from tasuki.queries import figure as queries
from tasuki.records.asker import Invisible
from tasuki.records.journal import note_list
from tasuki.rules.permission import READERS
from tasuki.web.figure import rows
from tasuki.web.figure.definitions import BY_CODE
from tasuki.web.household import listing as lists
from tasuki.web.page import PageRequest, page


@require_GET
def figures(request: PageRequest) -> HttpResponse:
    """Show every figure of a fiscal year beside last year's, with what it counts."""
    period = rows.period_of(request.GET.get("year", ""), request.now)
    this = queries.figures(request.by, period.since, period.until)
    last = queries.figures(request.by, *period.before)
    lines = rows.lines(this, last, queries.targets(request.by, period.year))
    zeros = [{"name": one["name"], "code": one["code"], "chain": rows.why_zero(BY_CODE[one["code"]], this),
              "next": BY_CODE[one["code"]].next_step} for one in lines if one["zero"]]  # fmt: skip
    return page(
        request, "figure/list.html", "figure", lines=lines, zeros=zeros, period=period,
        years=rows.years(request.now, period.year),
    )  # fmt: skip


@require_GET
def export(request: PageRequest, kind: str) -> HttpResponseBase:
    """Give all figures of a fiscal year as CSV or XLSX."""
    period = rows.period_of(request.GET.get("year", ""), request.now)
    this = queries.figures(request.by, period.since, period.until)
    last = queries.figures(request.by, *period.before)
    return lists.file_of(request, rows.listing(period), kind, ((cells, (), "") for cells in rows.cells(this, last)))


@require_GET
def one(request: PageRequest, code: str) -> HttpResponse:
    """Open a figure: its definition, why it is 0, and the rows that the asker may see of it."""
    if code not in BY_CODE:
        raise Invisible
    period, chosen = rows.period_of(request.GET.get("year", ""), request.now), BY_CODE[code]
    this = queries.figures(request.by, period.since, period.until)
    last = queries.figures(request.by, *period.before)
    found = queries.behind(request.by, code, period.since, period.until)
    note_list(request.by, f"figure-{code}", [(row.people, row.ground) for row in found])
    table = {"caption": f"{chosen.name}の行", "columns": [{"label": c.label} for c in rows.ROW_COLUMNS],
             "rows": [{"cells": rows.row_cells(row)} for row in found], "total": len(found)}  # fmt: skip
    return page(
        request, "figure/one.html", "figure", figure=rows.line(chosen, this, last, ""), table=table, period=period,
        chain=rows.why_zero(chosen, this) if chosen.chain else [], next_step=chosen.next_step,
        reads=bool(request.by.sets & READERS), years=rows.years(request.now, period.year),
    )  # fmt: skip
