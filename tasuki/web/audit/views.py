"""足あとの見張り: the report to a person on who read them, unusual reading, and the question after very many people."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from tasuki.actions import audit as acts
from tasuki.paper.access_report import access_report_pdf
from tasuki.queries import audit as queries
from tasuki.records.closed_days import closed_days
from tasuki.records.journal import note_reading
from tasuki.records.pen import Refused
from tasuki.rules.audit import Thresholds
from tasuki.rules.calendar import day_of, midnight, read_date, wareki_short
from tasuki.web import words
from tasuki.web.act.fields import Field, shown
from tasuki.web.audit import rows
from tasuki.web.household import listing as lists
from tasuki.web.page import PageRequest, go, page

YEAR = dt.timedelta(days=365)
SPANS = {"1": "今日", "7": "7日", "30": "30日", "90": "90日"}


def _days(request: PageRequest) -> tuple[dt.date, dt.date]:
    """Return the asked span; without one, a year up to today."""
    today = day_of(request.now)
    first, last = (read_date(request.GET.get(name, ""), from_day=today) for name in ("from", "to"))
    until = last if isinstance(last, dt.date) else today
    return (first if isinstance(first, dt.date) else until - YEAR), until


def _report(request: PageRequest, person_id: UUID, door: str) -> queries.Report:
    since, until = _days(request)
    end = midnight(until) + dt.timedelta(days=1)
    found = queries.report(request.by, person_id, since, until, midnight(since), end)
    note_reading(request.by, request.now, "access-report", [person_id], "LAW", door, target=person_id)
    return found


@require_GET
def report(request: PageRequest, person_id: UUID) -> HttpResponse:
    """Show what the report to a person would say."""
    found = _report(request, person_id, "list")
    span = {"from": wareki_short(found.since), "to": wareki_short(found.until)}
    return page(
        request, "audit/report.html", "", report=found, table=rows.report_table(found), span=span,
        paper=f"/reads/people/{person_id}/report.pdf?{urlencode(span)}", cut=len(found.rows) > rows.PREVIEW,
    )  # fmt: skip


@require_GET
def report_paper(request: PageRequest, person_id: UUID) -> HttpResponse:
    """Print the report to a person."""
    found = _report(request, person_id, "print")
    listed = [rows.report_words(one, names=found.names) for one in found.rows]
    made_by = f"{request.by.agency_name}　{request.by.name}"
    made = access_report_pdf(found, listed, town=request.by.town, made_by=made_by, now=request.now)
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="access-report.pdf"'
    return answer


def _span(request: PageRequest) -> tuple[str, dt.datetime, dt.datetime]:
    asked = request.GET.get("days", "7")
    chosen = asked if asked in SPANS else "7"
    until = midnight(day_of(request.now)) + dt.timedelta(days=1)
    return chosen, until - dt.timedelta(days=int(chosen)), until


def _unusual(request: PageRequest) -> tuple[list[queries.Finding], Thresholds]:
    _, since, until = _span(request)
    limits = queries.town_thresholds(request.by)
    years = {day_of(since).year, day_of(until).year}
    closed = sorted(day for year in years for day in closed_days(year) if day_of(since) <= day <= day_of(until))
    return queries.unusual(request.by, since, until, closed, limits), limits


@require_GET
def unusual(request: PageRequest) -> HttpResponse:
    """Show unusual reading of the last days: kinds, by whom, and every finding with its readings."""
    (found, limits), (chosen, since, until) = _unusual(request), _span(request)
    names = rows.pattern_words(limits)
    table = {
        "id": "unusual", "caption": "ふだんと違う見方", "columns": [{"label": one.label, "figures": one.figures} for one in rows.COLUMNS],
        "rows": [{"cells": rows.finding_cells(one, names)} for one in found[: rows.ON_SCREEN]], "total": len(found),
        "shown": f"1〜{rows.ON_SCREEN}件目。ファイルには全部載ります" if len(found) > rows.ON_SCREEN else "",
        "empty": "この期間に、ふだんと違う見方はありません。",
        "exports": [{"label": f"{kind.upper()}で取り出す", "href": f"/reads/unusual/export.{kind}?days={chosen}"} for kind in ("csv", "xlsx")],
    }  # fmt: skip
    return page(
        request, "audit/unusual.html", "", table=table, kinds=rows.kinds(found, limits), people=rows.people(found),
        reasons=[rows.reason(one) for one in queries.going_on(request.by, since, until)],
        unreviewed=queries.waiting_openings(request.by),
        spans=[{"value": value, "label": label, "chosen": value == chosen} for value, label in SPANS.items()],
    )  # fmt: skip


@require_GET
def unusual_export(request: PageRequest, kind: str) -> HttpResponseBase:
    """Give the unusual readings as CSV or XLSX; whom they read stands in no file."""
    found, limits = _unusual(request)
    names = rows.pattern_words(limits)
    taken = ((rows.finding_cells(one, names), (), "") for one in found)
    return lists.file_of(request, rows.unusual_listing(), kind, taken)


@require_http_methods(["GET", "POST"])
def go_on(request: PageRequest) -> HttpResponse:
    """Ask for a reason before more people are opened; with one, lead on to the page that was asked for."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    to = wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/"
    if request.method == "GET":
        return question(request, to)
    limits = queries.town_thresholds(request.by)
    persons = queries.opened_lately(request.by, limits)
    try:
        acts.go_on_reading(by=request.by, now=request.now, reason=request.POST.get("reason", ""), persons=persons)
    except Refused as refused:
        return question(request, to, words.sentence(refused.refusal), request.POST.get("reason", ""), status=422)
    return go(request, to)


def question(request: PageRequest, to: str, error: str = "", typed: str = "", status: int = 200) -> HttpResponse:
    """Render the question; it names nobody."""
    limits = queries.town_thresholds(request.by)
    field = shown(Field("reason", "続けるわけ", "textarea", required=True, rows=3), {"reason": typed}, [], error, "")
    return page(
        request, "audit/go_on.html", "", status=status, to=to, field=field, minutes=limits.slow_minutes,
        persons=queries.opened_lately(request.by, limits),
    )  # fmt: skip
