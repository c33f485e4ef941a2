"""The privacy officer's room: break-glass to review, disclosure packs, who read whom. To all others it does not exist."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from tasuki.queries import disclosure as queries
from tasuki.queries import household
from tasuki.records.journal import note_reading
from tasuki.rules.calendar import day_of, midnight, read_born, read_date, wareki_short
from tasuki.web.disclosure import rows
from tasuki.web.household import listing as lists
from tasuki.web.page import PageRequest, page

FIELDS = (("name", "氏名またはかな（全部）"), ("born", "生年月日"), ("from", "この日から"), ("to", "この日まで"))


RECENT = dt.timedelta(days=90)


@require_GET
def emergencies(request: PageRequest) -> HttpResponse:
    """Show the break-glass openings that wait for their review, and those that were reviewed."""
    waiting = [rows.waiting(row, request.now) for row in queries.waiting(request.by)]
    listing = rows.reviewed(household.holders(request.by), request.now)
    wish = lists.wish_of(request, listing)
    found = queries.reviewed(request.by, wish)
    cells = [rows.reviewed_cells(row) for row in found]
    values = lists.shown(request, listing, wish, cells, found[0].total if found else 0)
    return page(request, "disclosure/emergencies.html", "", unreviewed=waiting, list=values)


@require_GET
def emergencies_export(request: PageRequest, kind: str) -> HttpResponseBase:
    """Give the openings that were reviewed as CSV or XLSX; whom they opened is a number."""
    queries.need_officer(request.by)
    listing = rows.reviewed(household.holders(request.by), request.now)
    found = queries.each_reviewed(request.by, lists.wish_of(request, listing, everything=True))
    return lists.file_of(request, listing, kind, ((rows.reviewed_cells(row), (), "") for row in found))


@require_GET
def packs(request: PageRequest) -> HttpResponse:
    """Show the disclosure packs."""
    listing = rows.packs(request.now)
    wish = lists.wish_of(request, listing)
    found = queries.packs(request.by, wish)
    cells = [rows.pack_cells(row) for row in found]
    values = lists.shown(request, listing, wish, cells, found[0].total if found else 0)
    return page(request, "disclosure/packs.html", "", list=values, begun=bool(found) or values["chosen"])


@require_GET
def packs_export(request: PageRequest, kind: str) -> HttpResponseBase:
    """Give the list of packs as CSV or XLSX: when each was made, and how large it is."""
    queries.need_officer(request.by)
    listing = rows.packs(request.now)
    found = queries.each_pack(request.by, lists.wish_of(request, listing, everything=True))
    return lists.file_of(request, listing, kind, ((rows.pack_cells(row), (), "") for row in found))


@require_GET
def pack(request: PageRequest, pack_id: UUID) -> HttpResponse:
    """Show a pack as it is handed out, others blacked out."""
    head, lines = queries.pack(request.by, pack_id)
    note_reading(request.by, request.now, "pack", [head.requester], "LAW", target=pack_id)
    return page(request, "disclosure/pack.html", "", pack=head, lines=[rows.pack_line(line) for line in lines])


def _wanted(request: PageRequest) -> tuple[queries.Wanted, dict[str, str]]:
    typed = {name: request.GET.get(name, "").strip()[:80] for name, _ in FIELDS}
    today = day_of(request.now)
    if not any(typed.values()):
        typed["from"] = wareki_short(today - RECENT)  # without a question, not the whole book
    first, last = (read_date(typed[name], from_day=today) if typed[name] else None for name in ("from", "to"))
    born = read_born(typed["born"]) if typed["born"] else ""
    person = queries.person_of(request.by, typed["name"], born) if typed["name"] and isinstance(born, str) else None
    wanted = queries.Wanted(
        midnight(first) if isinstance(first, dt.date) else None,
        midnight(last) + dt.timedelta(days=1) if isinstance(last, dt.date) else None,
        bool(typed["name"] or typed["born"]), person,
    )  # fmt: skip
    return wanted, typed


@require_GET
def reads(request: PageRequest) -> HttpResponse:
    """Show who read what and whom: by person, by staff, by day."""
    queries.need_officer(request.by)
    wanted, typed = _wanted(request)
    listing = rows.listing(queries.everybody(request.by), household.holders(request.by))
    listing = replace(listing, keep={"from": typed["from"], "to": typed["to"]})
    wish = lists.wish_of(request, listing)
    note_reading(request.by, request.now, "reads", [wanted.person] if wanted.person else [], "LAW", "list")
    found = queries.reads(request.by, wish, wanted)
    values = lists.shown(
        request, listing, wish, [rows.read_cells(row) for row in found], found[0].total if found else 0
    )
    fields = [{"name": name, "label": label, "value": typed[name]} for name, label in FIELDS]
    nobody = wanted.asked and wanted.person is None
    span = urlencode({"from": typed["from"], "to": typed["to"]})
    report = f"/reads/people/{wanted.person}/?{span}" if wanted.person else ""
    return page(request, "disclosure/reads.html", "", list=values, fields=fields, nobody=nobody, report=report)


@require_GET
def export(request: PageRequest, kind: str) -> HttpResponseBase:
    """Give the readings as CSV or XLSX, for the person's own access report."""
    queries.need_officer(request.by)
    listing = rows.listing(queries.everybody(request.by), household.holders(request.by))
    wanted, _ = _wanted(request)
    found = queries.each_read(request.by, lists.wish_of(request, listing, everything=True), wanted)
    about = [([wanted.person], "LAW")] if wanted.person else []
    return lists.file_of(request, listing, kind, ((rows.read_cells(row), (), "") for row in found), about)
