"""だれに何が見えるか: the matrix of agencies and classes of data for the people of a case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from tasuki.queries import case as case_queries
from tasuki.queries import sight as queries
from tasuki.records.journal import note_reading
from tasuki.rules.calendar import wareki_short
from tasuki.rules.codes import Ground
from tasuki.web import words
from tasuki.web.page import PageRequest, page

ORDER = [one.value for one in Ground]


@require_GET
def sight(request: PageRequest, case_id: UUID) -> HttpResponse:
    """Show for each person of the case which agency sees which class, on which ground, until when."""
    head = case_queries.head(case_id)
    found = queries.matrix(case_id)
    people = list(dict.fromkeys(one.person for one in found))
    note_reading(request.by, request.now, "case-sight", people, "", target=case_id, case=case_id)
    tables = [_table([one for one in found if one.person == person]) for person in people]
    return page(request, "case/sight.html", "household", head=head, tables=tables, classes=list(words.CLASSES.values()))


def _table(found: list[queries.Sight]) -> dict[str, Any]:
    agencies = list(dict.fromkeys((one.agency, one.agency_name) for one in found))
    return {
        "name": found[0].name or "名前不明",
        "rows": [
            {"agency": name, "cells": [_cell([s for s in found if s.agency == agency and s.data_class == code]) for code in words.CLASSES]}
            for agency, name in agencies
        ],
    }  # fmt: skip


def _cell(found: list[queries.Sight]) -> list[dict[str, str]]:
    ordered = sorted(found, key=lambda one: ORDER.index(one.ground))
    return [{"ground": one.ground, "until": f"〜{wareki_short(one.until)}" if one.until else ""} for one in ordered]
