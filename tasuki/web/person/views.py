"""人: one person's page, with what may be done for them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from tasuki.actions import person as acts
from tasuki.queries import record as record_queries
from tasuki.queries.person import PersonPage, guards, person_page
from tasuki.records.journal import note_reading
from tasuki.records.pen import Refused, Stale, aloud
from tasuki.rules.calendar import Unread, born_words, read_born
from tasuki.rules.codes import Ground
from tasuki.web import words
from tasuki.web.case import lines
from tasuki.web.page import PageRequest, go, page

_KNOWN = ("name", "kana", "alias", "sex", "relation", "address", "phone")


@require_GET
def person(request: PageRequest, person_id: UUID) -> HttpResponse:
    """Show a person: identity, labels, their own records, the ground."""
    found = person_page(person_id)
    records = record_queries.records(UUID(int=0), [person_id], record_queries.Chosen(), limit=100)
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
        return _change(request, found)
    typed = {name: request.POST.get(name, "").strip() for name in (*_KNOWN, "born", "labels", "reason")}
    who, errors = _read(typed)
    if errors:
        return _change(request, found, typed, errors, status=422)
    version = int(asked) if (asked := request.POST.get("version", "")).isdecimal() and len(asked) < 9 else 0
    try:
        with aloud():
            acts.change_person(
                by=request.by, now=request.now, person=person_id, version=version, who=who, reason=typed["reason"]
            )
    except Stale:
        return _change(request, found, typed, status=409, stale=True)
    except Refused as refused:
        return _change(request, found, typed, {"form": words.sentence(refused.refusal)}, status=422)
    return go(request, f"/people/{person_id}/", "直しました。")


def _read(typed: dict[str, str]) -> tuple[acts.Identity, dict[str, str]]:
    born = read_born(typed["born"]) if typed["born"] else ""
    errors = {"born": born.sentence} if isinstance(born, Unread) else {}
    if not typed["reason"]:
        errors["reason"] = words.REFUSALS["REASON_MISSING"]
    labels = [line.strip() for line in typed["labels"].splitlines() if line.strip()]
    known: dict[str, Any] = {name: typed[name] for name in _KNOWN}
    return acts.Identity(**known, born="" if isinstance(born, Unread) else born, labels=labels), errors


def _change(
    request: PageRequest, found: PersonPage, typed: dict[str, str] | None = None, errors: dict[str, str] | None = None,
    *, status: int = 200, stale: bool = False,
) -> HttpResponse:  # fmt: skip
    known = {name: getattr(found, name) or "" for name in _KNOWN} | {"labels": "\n".join(found.labels)}
    known["born"] = born_words(found.born) if found.born else ""
    return page(
        request, "person/change.html", "household", status=status, one=found, errors=errors or {}, typed=typed or known,
        stale=stale, sexes=("男", "女", "その他"),
    )  # fmt: skip
