"""人: one person's page, with what may be done for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_GET, require_http_methods

from tasuki.actions import person as acts
from tasuki.queries import case as case_queries
from tasuki.queries.person import PersonPage, guards, person_page
from tasuki.records.journal import note_reading
from tasuki.records.pen import Stale
from tasuki.rules.calendar import Unread, read_born
from tasuki.rules.codes import Ground
from tasuki.web.case import lines
from tasuki.web.page import PageRequest, go, page


@require_GET
def person(request: PageRequest, person_id: UUID) -> HttpResponse:
    """Show a person: identity, labels, their own records, the ground."""
    found = person_page(person_id)
    records = case_queries.records(UUID(int=0), [person_id], limit=100)
    note_reading(request.by, request.now, "person", [person_id], Ground(found.ground).shown, target=person_id)
    return page(
        request, "person/person.html", "household", one=found, rows=[lines.row(r) for r in records],
        ground=Ground(found.ground).shown, guards=guards(person_id),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def change(request: PageRequest, person_id: UUID) -> HttpResponse:
    """Correct what is known of a person; somebody else's change meanwhile is shown, not overwritten."""
    found = person_page(person_id)
    note_reading(request.by, request.now, "person-change", [person_id], Ground(found.ground).shown, target=person_id)
    if request.method == "GET":
        return _change(request, found, {})
    born = read_born(request.POST.get("born", "")) if request.POST.get("born", "").strip() else ""
    if isinstance(born, Unread):
        return _change(request, found, {"born": born.sentence}, status=422)
    names = ("name", "kana", "alias", "sex", "relation", "address", "phone")
    who = acts.Identity(
        **_texts(request.POST, names), born=born,
        labels=[x.strip() for x in request.POST.get("labels", "").splitlines() if x.strip()],
    )  # fmt: skip
    version = int(request.POST.get("version", "0")) if request.POST.get("version", "0").isdigit() else 0
    reason = request.POST.get("reason", "")
    try:
        acts.change_person(by=request.by, now=request.now, person=person_id, version=version, who=who, reason=reason)
    except Stale:
        return _change(request, found, {}, status=409, stale=True)
    return go(request, f"/people/{person_id}/", "直しました。")


def _change(
    request: PageRequest, found: PersonPage, errors: dict[str, str], *, status: int = 200, stale: bool = False
) -> HttpResponse:
    return page(
        request,
        "person/change.html",
        "household",
        status=status,
        one=found,
        errors=errors,
        typed=request.POST,
        stale=stale,
    )


def _texts(data: QueryDict, names: Sequence[str]) -> dict[str, Any]:
    return {name: data.get(name, "").strip() for name in names}
