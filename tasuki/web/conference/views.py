"""会議: the list, the cockpit of a sitting, and its record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_http_methods

from tasuki.actions import conference as acts
from tasuki.actions import draft as drafting
from tasuki.queries import choices, sheet
from tasuki.queries import conference as queries
from tasuki.queries.draft import draft_at
from tasuki.records.journal import note_reading
from tasuki.records.pen import Refused, aloud
from tasuki.web import words
from tasuki.web.conference import rows, typed
from tasuki.web.conference.one_page import one_page
from tasuki.web.household import listing as lists
from tasuki.web.page import PageRequest, as_uuid, go, page

# The part of the minutes for the items by consent, and for the sealed ones.
MINUTES = {
    False: ("minutes-consent.pdf", "会議録（同意の議題）"),
    True: ("minutes-sealed.pdf", "会議録（支援会議・封）"),
}


@require_GET
def conferences(request: PageRequest) -> HttpResponse:
    """Show the sittings to come, those that were held, and the asker's own pledges."""
    listing = rows.listing(queries.conferences(request.by), request.now)
    wish = lists.wish_of(request, listing)
    found = queries.held(request.by, wish)
    values = lists.shown(request, listing, wish, [rows.cells(one) for one in found], found[0].total if found else 0)
    return page(
        request, "conference/list.html", "conference", coming=queries.coming(request.by), list=values,
        pledges=queries.my_pledges(request.by),
    )  # fmt: skip


@require_GET
def export(request: PageRequest, kind: str) -> HttpResponseBase:
    """Give the sittings that were held as CSV or XLSX; they name nobody."""
    listing = rows.listing(queries.conferences(request.by), request.now)
    found = queries.each_held(request.by, lists.wish_of(request, listing, everything=True))
    return lists.file_of(request, listing, kind, ((rows.cells(one), (), "") for one in found))


@require_http_methods(["GET", "POST"])
def sitting(request: PageRequest, sitting_id: UUID) -> HttpResponse:
    """The cockpit: agenda, seats by ground, sheet per item; on POST the record of the sitting."""
    head = queries.sitting_page(request.by, sitting_id)
    items = queries.items_of(sitting_id)
    sheets = {one.item: one for one in sheet.sheets(sitting_id)}
    _note(request, sitting_id, items, sheets)
    if request.method == "GET":
        return _cockpit(request, head, items, sheets, draft_at(request.by, request.path))
    try:
        with aloud():
            _hold(request, sitting_id, items)
    except Refused as refused:
        return _cockpit(request, head, items, sheets, request.POST, words.sentence(refused.refusal))
    except typed.Unfinished as trouble:
        return _cockpit(request, head, items, sheets, request.POST, str(trouble))
    text = "会議を記録しました。決めたことは、それぞれの機関の「今日」に出ます。"
    return go(request, f"/sittings/{sitting_id}/", text)


def _hold(request: PageRequest, sitting_id: UUID, items: list[queries.ItemPage]) -> None:
    decisions, opinions = typed.read(request.POST, items)
    acts.hold(
        by=request.by, now=request.now, sitting=sitting_id, decisions=decisions, opinions=opinions,
        present=[p for p in map(as_uuid, request.POST.getlist("present")) if p],
        discussion={i.id: request.POST.get(f"said-{i.id}", "") for i in items},
    )  # fmt: skip
    key = as_uuid(request.POST.get("form_key", "")) or uuid4()
    drafting.sent(by=request.by, now=request.now, key=key, answer=request.path, place=request.path)


def _note(
    request: PageRequest, sitting_id: UUID, items: list[queries.ItemPage], sheets: Mapping[UUID, sheet.Sheet]
) -> None:
    for item in items:
        people = [UUID(one["id"]) for one in item.people]
        note_reading(request.by, request.now, "sitting", people, item.ground, target=sitting_id, case=item.case)
        if item.id in sheets:
            family = [one.id for one in sheets[item.id].members if one.id not in people]
            if family:  # each on their own ground; nobody more than the item's people is no reading
                note_reading(request.by, request.now, "sitting", family, "", target=sitting_id, case=item.case)
    if not items:
        note_reading(request.by, request.now, "sitting", [], "", target=sitting_id)


def _cockpit(
    request: PageRequest, head: queries.SittingPage, items: list[queries.ItemPage], sheets: Mapping[UUID, sheet.Sheet],
    data: QueryDict | dict[str, Any], why: str = "",
) -> HttpResponse:  # fmt: skip
    seats: dict[str, dict[str, Any]] = {}
    for item in items:
        for seat in item.seats:
            seats.setdefault(seat["staff"], seat)
    desk = [one for one in queries.secretariat_staff(head.id) if one[0] not in seats]
    chosen = data.getlist("present") if isinstance(data, QueryDict) else data.get("present")
    came = {chosen} if isinstance(chosen, str) else set(chosen or ()) if data else set(seats)
    shown = [
        {
            "item": i, "key": str(i.id), "quorum": rows.quorum(i), "basis": i.basis, "said": data.get(f"said-{i.id}", ""), "lines": typed.decisions_typed(data, i.id),
            "opinions": typed.opinions_typed(data, i), "sheet": one_page(sheets[i.id], request.now) if i.id in sheets else None,
        }
        for i in items
    ]  # fmt: skip
    planned, sealed = sum(i.minutes_planned for i in items), {i.basis == "ARTICLE_106_6" for i in items}
    return page(
        request, "conference/sitting.html", "conference", status=422 if why else 200, sitting=head, items=shown,
        seats=list(seats.values()), desk=desk, came=came, agencies=choices.agencies(request.by), why=why,
        draft_address=f"/drafts/?place={request.path}", form_key=uuid4(), planned=planned,
        until=head.at + dt.timedelta(minutes=planned), minutes=[MINUTES[one] for one in sorted(sealed)] if head.state == "HELD" else [],
    )  # fmt: skip
