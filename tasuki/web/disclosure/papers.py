"""The official papers as files: each is read once, printed, and leaves its footprint."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from tasuki.paper.consent import consent_pdf
from tasuki.paper.minutes import consent_form, copy_of, minutes_pdf, sealed_form
from tasuki.paper.plan import evaluation_pdf, plan_pdf
from tasuki.paper.sheet import sheet_pdf
from tasuki.paper.transfer import transfer_pdf
from tasuki.queries import export
from tasuki.queries import transfer as transfers
from tasuki.records.journal import note_reading
from tasuki.web import words
from tasuki.web.page import PageRequest


def _by(request: PageRequest) -> dict[str, Any]:
    return {"town": request.by.town, "made_by": f"{request.by.agency_name}　{request.by.name}", "now": request.now}


def _file(
    request: PageRequest, what: str, made: bytes, people: Iterable[Any], ground: str, target: UUID
) -> HttpResponse:
    ids = list(dict.fromkeys(one if isinstance(one, UUID) else UUID(one["id"]) for one in people))
    note_reading(request.by, request.now, what, ids, ground, "print", target=target)
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{what}.pdf"'
    return answer


@require_GET
def sheet(request: PageRequest, referral_id: UUID) -> HttpResponse:
    """Print a つなぐシート."""
    found = export.sheet(request.by, referral_id)
    named = [*found.people, *(one for one in found.others if one["known"])]
    return _file(request, "referral-sheet", sheet_pdf(found, **_by(request)), named, found.ground, referral_id)


@require_GET
def minutes_consent(request: PageRequest, sitting_id: UUID) -> HttpResponse:
    """Print part 1 of the minutes."""
    sitting, items = export.minutes(request.by, sitting_id, sealed=False)
    people = [one for item in items for one in item.people]
    return _file(
        request,
        "minutes-consent",
        minutes_pdf(consent_form(sitting, items, **_by(request))),
        people,
        "CONSENT",
        sitting_id,
    )


@require_GET
def minutes_sealed(request: PageRequest, sitting_id: UUID) -> HttpResponse:
    """Print the asker's numbered copy of part 2."""
    sitting, items = export.minutes(request.by, sitting_id, sealed=True)
    form = sealed_form(sitting, items, copy_of(sitting, items, request.by.staff), **_by(request))
    people = [one for item in items for one in item.people]
    return _file(request, "minutes-sealed", minutes_pdf(form), people, "ARTICLE_106_6", sitting_id)


@require_GET
def plan(request: PageRequest, plan_id: UUID) -> HttpResponse:
    """Print a plan."""
    found = export.plan(request.by, plan_id)
    return _file(request, "plan", plan_pdf(found, **_by(request)), found.people, found.ground, plan_id)


@require_GET
def evaluation(request: PageRequest, plan_id: UUID) -> HttpResponse:
    """Print the evaluation of a plan."""
    found = export.plan(request.by, plan_id)
    return _file(request, "evaluation", evaluation_pdf(found, **_by(request)), found.people, found.ground, plan_id)


@require_GET
def consent(request: PageRequest, consent_id: UUID) -> HttpResponse:
    """Print a consent."""
    found = export.consent(request.by, consent_id)
    return _file(request, "consent-form", consent_pdf(found, **_by(request)), [found.person], found.ground, consent_id)


@require_GET
def transfer(request: PageRequest, record_id: UUID) -> HttpResponse:
    """Print the papers that go with somebody to another municipality."""
    found = transfers.transfer(request.by, record_id)
    made = transfer_pdf(found, words.KINDS, **_by(request))
    return _file(request, "transfer", made, found.people, found.ground, record_id)
