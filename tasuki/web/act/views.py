"""One view for every act: show the form with what was drafted, read it, call the action, say what happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tasuki.actions import draft as drafting
from tasuki.queries import case as case_queries
from tasuki.queries.choices import Target, target
from tasuki.queries.draft import draft_at
from tasuki.records.journal import note_reading
from tasuki.records.pen import Refused, aloud
from tasuki.rules.calendar import Unread, day_of, read_date, wareki
from tasuki.web import words
from tasuki.web.act.act import Act
from tasuki.web.act.catalogue import ACTS
from tasuki.web.act.fields import MANY, offered, read, shown
from tasuki.web.household.candidates import candidates
from tasuki.web.page import PageRequest, as_uuid, go, page


@require_http_methods(["GET", "POST"])
def act(request: PageRequest, noun: str, slug: str, target_id: UUID | None = None) -> HttpResponse:
    """Show or send the form of one act."""
    chosen = ACTS[noun, slug]
    about = target(noun, target_id)
    shown_here = [UUID(one.value) for one in about.people]
    note_reading(request.by, request.now, f"{noun}-{slug}", shown_here, "", target=target_id, case=about.case)
    if request.method == "GET":
        draft = draft_at(request.by, request.path)
        return _form(request, chosen, about, draft, {})
    return _send(request, chosen, about)


def _send(request: PageRequest, chosen: Act, about: Target) -> HttpResponse:
    key = as_uuid(request.POST.get("form_key", "")) or uuid4()
    if answer := drafting.claim(by=request.by, now=request.now, key=key):
        return go(request, answer)
    asked = chosen.asks(request.by, about)
    offers = offered(asked, request.by, about)
    reading = read(asked, request.POST, request.now, offers)
    if reading.errors:
        return _form(request, chosen, about, request.POST, reading.errors, status=422)
    if chosen.creates_person and "sure" not in request.POST:
        same = candidates(request, {name: request.POST.get(name, "") for name in request.POST}).people
        if same:
            return _form(request, chosen, about, request.POST, {}, same=same, status=422)
    try:
        with aloud():
            to = chosen.run(request.by, request.now, about, reading.values) or about.back
    except Refused as refused:
        return _form(request, chosen, about, request.POST, {}, refused=refused, status=422)
    drafting.sent(by=request.by, now=request.now, key=key, answer=to, place=request.path)
    return go(request, to, chosen.done)


def _form(
    request: PageRequest,
    chosen: Act,
    about: Target,
    data: QueryDict | dict[str, Any],
    errors: dict[str, str],
    refused: Refused | None = None,
    same: Sequence[dict[str, Any]] = (),
    status: int = 200,
) -> HttpResponse:
    asked = chosen.asks(request.by, about)
    fields, offers = [], offered(asked, request.by, about)
    for one in asked:
        preset = one.default(request.by, about) if callable(one.default) else one.default
        listed = offers[one.name]
        if listed or one.required or not (one.kind in MANY and one.offers):  # nothing to tick is no question
            fields.append(shown(one, data, listed, errors.get(one.name, ""), preset))
    sees, unseen = case_queries.who_would_see([UUID(c.value) for c in about.people]) if chosen.sees else ([], [])
    lines = chosen.about(request.by, about.id, day_of(request.now)) if chosen.about and about.id else ()
    return page(
        request, "act/form.html", "household", status=status, act=chosen, target=about, fields=fields, lines=lines,
        form_key=request.POST.get("form_key") or uuid4(), errors=len(errors), draft_address=f"/drafts/?place={request.path}",
        why=words.sentence(refused.refusal) if refused else "", code=refused.refusal.code if refused else "",
        same=same, warnings=chosen.warns(request.by, about) if chosen.warns else (), sees="・".join(sees), not_seen_by="・".join(unseen),
    )  # fmt: skip


@require_POST
def keep_draft(request: PageRequest) -> HttpResponse:
    """Keep what is being written, every few seconds, for this person in this post."""
    place = request.GET.get("place", "")[:200]
    body = {name: request.POST.getlist(name) if len(request.POST.getlist(name)) > 1 else request.POST.get(name, "")
            for name in request.POST if name not in {"csrfmiddlewaretoken", "form_key", "password"}}  # fmt: skip
    drafting.keep(by=request.by, now=request.now, place=place, body=body, title=_title(body))
    return HttpResponse(status=204)


def _title(body: dict[str, Any]) -> str:
    texts = [v for k, v in body.items() if isinstance(v, str) and len(v) > 3 and as_uuid(v) is None]
    return (max(texts, key=len) if texts else "書きかけ")[:60]


@require_POST
def drop_draft(request: PageRequest, draft_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    drafting.drop(by=request.by, now=request.now, draft=draft_id)
    return go(request, "/", "書きかけを消しました。")


@require_GET
def read_day(request: HttpRequest) -> HttpResponse:
    """Read a typed day aloud beside the field."""
    found = read_date(request.GET.get("text", ""), from_day=request.now.date())  # type: ignore[attr-defined]  # set by Moment
    return HttpResponse(
        found.sentence if isinstance(found, Unread) else wareki(found), content_type="text/plain; charset=utf-8"
    )
