"""世帯・ケース: one page for one family."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from tasuki.queries import case as queries
from tasuki.queries import record as records
from tasuki.records.asker import Invisible
from tasuki.records.journal import note_reading
from tasuki.rules.codes import Ground
from tasuki.web.case import lines
from tasuki.web.case.one_family import family_values, look, side_values, story_values
from tasuki.web.page import PageRequest, as_uuid, page, page_number

PER_PAGE = 25


@require_GET
def case(request: PageRequest, case_id: UUID) -> HttpResponse:
    """Show one family: pictures, people, records, holder, plan, dates, and why this can be seen."""
    chosen = _chosen(request)
    seen = look(request, case_id, PER_PAGE + 1)
    found = seen.newest
    if chosen != records.Chosen() or _offset(request):
        found = records.records(
            case_id, [m.id for m in seen.people], chosen, limit=PER_PAGE + 1, offset=_offset(request)
        )
    read = list(dict.fromkeys(one.id for one in [*seen.people, *seen.were]))
    note_reading(request.by, request.now, "case", read, "", target=case_id, case=case_id)
    values = {**family_values(request, seen), **story_values(request, seen, chosen), **side_values(request, seen)}
    return page(
        request, "case/case.html", "household", rows=[lines.row(r, len(seen.people)) for r in found[:PER_PAGE]], more=len(found) > PER_PAGE,
        number=_offset(request) // PER_PAGE + 1, **values,
    )  # fmt: skip


def _chosen(request: PageRequest) -> records.Chosen:
    agency, person = (as_uuid(request.GET.get(name, "")) for name in ("agency", "person"))
    return records.Chosen(request.GET.get("kind", "")[:40], agency, person)


@require_GET
def story(request: PageRequest, case_id: UUID) -> HttpResponse:
    """Show what the timeline draws as a table: the same part, chosen in the same way."""
    seen = look(request, case_id)
    note_reading(request.by, request.now, "case-story", [m.id for m in seen.people], "", target=case_id, case=case_id)
    values = {**family_values(request, seen), **story_values(request, seen, _chosen(request))}
    return page(request, "case/story.html", "household", **values)


def _offset(request: PageRequest) -> int:
    return (page_number(request) - 1) * PER_PAGE


@require_GET
def household(request: PageRequest, household_id: UUID) -> HttpResponse:
    """Lead from a household to its case that matters now."""
    found = queries.latest_case(household_id)
    if found is None:
        raise Invisible
    return case(request, found)


@require_GET
def record(request: PageRequest, record_id: UUID) -> HttpResponse:
    """Show one record with its history and the ground of sight."""
    found = records.record(record_id)
    ground = Ground(found.ground).shown
    note_reading(request.by, request.now, "record", records.subjects(record_id), ground, target=record_id)
    return page(request, "case/record.html", "household", row=lines.row(found), line=found, ground=ground)
