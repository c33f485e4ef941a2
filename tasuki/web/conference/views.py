"""会議: the list, the cockpit of a sitting, and its record."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_GET, require_http_methods

from tasuki.actions import conference as acts
from tasuki.queries import choices
from tasuki.queries import conference as queries
from tasuki.records.journal import note_reading
from tasuki.records.pen import Refused
from tasuki.rules.calendar import Unread, read_date
from tasuki.web import words
from tasuki.web.page import PageRequest, as_uuid, go, page

ROWS = (1, 2, 3)


@require_GET
def conferences(request: PageRequest) -> HttpResponse:
    """Show the sittings that the asker may see and the asker's own pledges."""
    found = queries.sittings(request.by)
    return page(
        request, "conference/list.html", "conference", coming=[s for s in found if s.state != "HELD"],
        held=[s for s in found if s.state == "HELD"], pledges=queries.my_pledges(request.by),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def sitting(request: PageRequest, sitting_id: UUID) -> HttpResponse:
    """The cockpit: agenda, seats by ground, sheet per item; on POST the record of the sitting."""
    head = queries.sitting_page(request.by, sitting_id)
    items = queries.items_of(sitting_id)
    _note(request, sitting_id, items)
    if request.method == "GET":
        return _cockpit(request, head, items)
    try:
        decisions, opinions = _written(request.POST, items)
        present = [p for p in map(as_uuid, request.POST.getlist("present")) if p]
        acts.hold(
            by=request.by, now=request.now, sitting=sitting_id, present=present, decisions=decisions, opinions=opinions,
            discussion={i.id: request.POST.get(f"said-{i.id}", "") for i in items},
        )  # fmt: skip
    except Refused as refused:
        return _cockpit(request, head, items, why=words.sentence(refused.refusal), data=request.POST, status=422)
    except _Unreadable as trouble:
        return _cockpit(request, head, items, why=str(trouble), data=request.POST, status=422)
    return go(
        request, f"/sittings/{sitting_id}/", "会議を記録しました。決めたことは、それぞれの機関の「今日」に出ます。"
    )


def _note(request: PageRequest, sitting_id: UUID, items: list[queries.ItemPage]) -> None:
    for item in items:
        people = [UUID(one["id"]) for one in item.people]
        note_reading(request.by, request.now, "sitting", people, item.ground, target=sitting_id, case=item.case)
    if not items:
        note_reading(request.by, request.now, "sitting", [], "", target=sitting_id)


def _written(data: QueryDict, items: list[queries.ItemPage]) -> tuple[list[acts.Agreed], list[acts.Said]]:
    decisions, opinions = [], []
    for item in items:
        for n in ROWS:
            text = data.get(f"d-{item.id}-{n}-text", "").strip()
            if not text:
                continue
            agency = as_uuid(data.get(f"d-{item.id}-{n}-agency", ""))
            decisions.append(acts.Agreed(item.id, text, agency, _due(data.get(f"d-{item.id}-{n}-due", ""))))
        for seat in {s["agency_id"] for s in item.seats}:
            answer, said = data.get(f"o-{item.id}-{seat}", ""), data.get(f"o-{item.id}-{seat}-text", "").strip()
            if answer or said:
                opinions.append(acts.Said(item.id, UUID(seat), {"yes": True, "no": False}.get(answer), said))
    return decisions, opinions


class _Unreadable(Exception):
    """A day on the form that is none; the text says what to write."""


def _due(text: str) -> dt.date | None:
    found = read_date(text) if text.strip() else None
    if isinstance(found, Unread):
        raise _Unreadable(found.sentence)
    return found


def _cockpit(
    request: PageRequest, head: queries.SittingPage, items: list[queries.ItemPage], why: str = "",
    data: QueryDict | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    seats: dict[str, dict[str, Any]] = {}
    for item in items:
        for seat in item.seats:
            seats.setdefault(seat["staff"], seat)
    desk = [one for one in queries.secretariat_staff(head.id) if one[0] not in seats]
    shown = [
        {
            "item": i,
            "basis": i.basis,
            "said": data.get(f"said-{i.id}", "") if data else "",
            "agencies": sorted({(s["agency_id"], s["agency"]) for s in i.seats}, key=lambda a: a[1]),
        }
        for i in items
    ]
    return page(
        request, "conference/sitting.html", "conference", status=status, sitting=head, items=shown, seats=list(seats.values()),
        desk=desk, rows=ROWS, agencies=choices.agencies(request.by), why=why, data=data or {}, kinds=words.KINDS,
    )  # fmt: skip
