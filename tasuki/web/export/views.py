"""The files of lists that take long: asked for, looked at, taken, given up."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from tempfile import SpooledTemporaryFile
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tasuki.actions import export as acts
from tasuki.paper.table import IN_MEMORY
from tasuki.queries import export as queries
from tasuki.rules.export import ExportState
from tasuki.web.export import desk, rows
from tasuki.web.household.listing import sent
from tasuki.web.household.long import from_form, opened
from tasuki.web.page import PageRequest, as_uuid, go, page


@require_http_methods(["GET", "POST"])
def exports(request: PageRequest) -> HttpResponse:
    """Show one's own files of this sign-in; begin one more."""
    if request.method == "POST":
        return _begun(request)
    found = [rows.shown(one, request.now) for one in queries.files(request.by)]
    return page(request, "export/list.html", files=found)


def _begun(request: PageRequest) -> HttpResponse:
    key = as_uuid(request.POST.get("form_key", ""))
    try:
        sealed = from_form(request.POST.get("asked", ""))
        asked = opened(request.by.staff, sealed)
    except LookupError as wrong:
        raise Http404 from wrong
    if key is None:
        raise Http404
    wanted = acts.Wanted(asked.title, asked.what, sealed)
    if acts.ask_export(by=request.by, now=request.now, export=key, wanted=wanted):
        session, moment = str(request.session.session_key), request.META.get("tasuki.now")
        errand = desk.Errand(key, session, request.by.terminal, asked, moment)
        transaction.on_commit(partial(desk.put, errand))
        request.session["exports"] = [*request.session.get("exports", []), str(key)]
    return HttpResponseRedirect(f"/exports/{key}/")


@require_GET
def export(request: PageRequest, export_id: UUID) -> HttpResponse:
    """Show how far a file is; the page looks again by itself until it is there."""
    return page(request, "export/one.html", file=rows.shown(queries.file(request.by, export_id), request.now))


@require_GET
def progress(request: PageRequest, export_id: UUID) -> HttpResponse:
    """Give the part of the page that changes."""
    return render(request, "export/state.html", {"file": rows.shown(queries.file(request.by, export_id), request.now)})


@require_GET
def file(request: PageRequest, export_id: UUID) -> HttpResponseBase:
    """Give the file, unless somebody in it may not be seen any more, or is seen less: then it is erased."""
    found = queries.file(request.by, export_id)
    if found.state(request.now) is not ExportState.READY or found.read_at is None:
        return HttpResponseRedirect(f"/exports/{export_id}/")
    if not queries.may_be_taken(export_id):
        return _ended(request, export_id, ExportState.OUTDATED)
    with ExitStack() as on_failure:
        paper = on_failure.enter_context(SpooledTemporaryFile(IN_MEMORY))
        for piece in queries.pieces(export_id):
            paper.write(piece)
        if paper.tell() != found.size:  # the database fell over since: what stands in no log does not come back
            return _ended(request, export_id, ExportState.FAILED)
        acts.take_export(by=request.by, now=request.now, export=export_id)
        on_failure.pop_all()
    return sent(paper, found.what, found.title, found.read_at)


def _ended(request: PageRequest, export_id: UUID, state: ExportState) -> HttpResponse:
    acts.end_export(by=request.by, now=request.now, export=export_id, state=state)
    return HttpResponseRedirect(f"/exports/{export_id}/")


@require_POST
def end(request: PageRequest, export_id: UUID) -> HttpResponse:
    """Give a file up: it is not made any further, and what is there of it is erased."""
    queries.file(request.by, export_id)
    acts.end_export(by=request.by, now=request.now, export=export_id)
    return go(request, f"/exports/{export_id}/")
