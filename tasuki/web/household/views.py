"""The list of households, the search for people, the candidates for the intake form."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tasuki.queries import household as queries
from tasuki.records.journal import note_list
from tasuki.rules.calendar import day_of
from tasuki.rules.name import query_keys
from tasuki.rules.permission import RECEIVERS
from tasuki.web import words
from tasuki.web.household import rows
from tasuki.web.household.candidates import candidates
from tasuki.web.household.listing import file_of, shown, wish_of
from tasuki.web.page import PageRequest, page
from tasuki.web.sought import IN_HEADER


@require_GET
def households(request: PageRequest) -> HttpResponse:
    """Show the cases that the asker may see, one page of them."""
    listing = rows.listing(queries.areas(request.by), queries.holders(request.by))
    wish = wish_of(request, listing)
    found = queries.cases(request.by, wish)
    note_list(request.by, "households", [(line.people, line.ground) for line in found])
    cells = [rows.case_cells(line, request.now) for line in found]
    values = shown(request, listing, wish, cells, found[0].total if found else 0)
    jumps = [{"label": row, "current": wish.of("row") == row} for row in rows.ROWS]
    return page(request, "household/list.html", "household", list=values, jumps=jumps, row=wish.of("row"))


@require_GET
def export(request: PageRequest, kind: str) -> HttpResponseBase:
    """Give the same list, all its pages, as CSV or XLSX."""
    listing = rows.listing(queries.areas(request.by), queries.holders(request.by))
    found = queries.each_case(request.by, wish_of(request, listing, everything=True))
    taken = ((rows.case_cells(line, request.now), line.people, line.ground) for line in found)
    return file_of(request, listing, kind, taken)


@require_GET
def search(request: PageRequest) -> HttpResponse:
    """Find people by name, kana, birthday, telephone tail, and cases by number."""
    text = request.GET.get("q", "").strip()[:120]
    found = queries.people(request.by, text, queries.SEARCH_AT_MOST + 1) if text else []
    hits, today = found[: queries.SEARCH_AT_MOST], day_of(request.now)
    note_list(request.by, "search", [([hit.id], hit.ground) for hit in hits], door="search")
    return page(
        request, "household/search.html", "household", search_text=text, count=len(hits), more=len(found) > len(hits),
        folded="・".join(query_keys(text)), may_inquire=bool(request.by.sets & RECEIVERS), cases=_numbered(request, text),
        table={"caption": "見つかった人", "columns": [{"label": label} for label in rows.HIT_COLUMNS],
               "rows": [{"cells": rows.hit_cells(hit, today)} for hit in hits], "total": None},
    )  # fmt: skip


def _numbered(request: PageRequest, text: str) -> list[dict[str, str]]:
    found = queries.by_number(request.by, text) if any(letter.isdecimal() for letter in text) else []
    return [
        {"href": f"/cases/{one.id}/", "number": one.number, "state": words.STATES.get(one.state, "")} for one in found
    ]


@require_GET
def suggest(request: PageRequest) -> HttpResponse:
    """Give at most eight possible same people as a fragment of the intake form; nobody without a ground is among them."""
    asked = QueryDict(request.headers.get(IN_HEADER, ""))
    found = candidates(request, {name: asked.get(name, "") for name in asked})
    return render(request, "household/candidates.html", {"possible": found})
