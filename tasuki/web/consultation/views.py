"""受付: the sixty-second note, the list of receptions, the candidates while a name is typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from tasuki.actions import consultation as acts
from tasuki.actions import draft as drafting
from tasuki.actions import person as person_acts
from tasuki.actions import task
from tasuki.queries import consultation as queries
from tasuki.queries.draft import draft_at
from tasuki.queries.household import Wish, areas, holders
from tasuki.queries.municipality import in_force
from tasuki.records.asker import Invisible
from tasuki.records.journal import note_list
from tasuki.records.pen import Refused, aloud
from tasuki.rules.calendar import Unread, read_born
from tasuki.rules.prompts import SECTION, prompts_for
from tasuki.web import words
from tasuki.web.act import offers
from tasuki.web.consultation import rows
from tasuki.web.household import listing as lists
from tasuki.web.household.candidates import candidates
from tasuki.web.page import PageRequest, as_uuid, go, page

LATEST = 5
MORE_PEOPLE = (2, 3, 4)


@require_GET
def receptions(request: PageRequest) -> HttpResponse:
    """Show the receptions, and the latest notices."""
    listing = rows.listing(holders(request.by), request.now)
    wish = lists.wish_of(request, listing)
    found = queries.receptions(request.by, replace(wish, limit=wish.limit + 1))
    onpage = found[: wish.limit]
    note_list(request.by, "receptions", [(one.people, one.ground) for one in onpage])
    values = lists.endless(request, listing, wish, [rows.cells(one) for one in onpage], more=len(found) > len(onpage))
    latest = queries.notices(request.by, Wish(order="at", down=True, limit=LATEST))
    if latest:
        note_list(request.by, "notices", [(one.people, one.ground) for one in latest])
    begun = bool(onpage or wish.words or values["chosen"])
    return page(request, "consultation/list.html", "intake", list=values, begun=begun, notices=latest)


@require_GET
def export(request: PageRequest, kind: str) -> HttpResponseBase:
    """Give the receptions as CSV or XLSX."""
    listing = rows.listing(holders(request.by), request.now)
    found = queries.each_reception(request.by, lists.wish_of(request, listing, everything=True))
    return lists.file_of(request, listing, kind, ((rows.cells(one), one.people, one.ground) for one in found))


@require_GET
def notices(request: PageRequest) -> HttpResponse:
    """Show what was noticed, as far as the asker sees it."""
    listing = rows.notices(holders(request.by), request.now)
    wish = lists.wish_of(request, listing)
    found = queries.notices(request.by, wish)
    note_list(request.by, "notices", [(one.people, one.ground) for one in found])
    cells = [rows.notice_cells(one) for one in found]
    values = lists.shown(request, listing, wish, cells, found[0].total if found else 0)
    return page(request, "consultation/notices.html", "intake", list=values)


@require_GET
def notices_export(request: PageRequest, kind: str) -> HttpResponseBase:
    """Give the notices as CSV or XLSX."""
    listing = rows.notices(holders(request.by), request.now)
    found = queries.each_notice(request.by, lists.wish_of(request, listing, everything=True))
    return lists.file_of(request, listing, kind, ((rows.notice_cells(one), one.people, one.ground) for one in found))


@require_GET
def prompts(request: PageRequest) -> HttpResponse:
    """Give what is good to ask about the topics that are ticked, as a fragment of the note."""
    return render(request, "consultation/prompts.html", {"prompts": _prompts(request.GET.getlist("topics"))})


def _prompts(topics: list[str]) -> list[tuple[str, list[str]]]:
    return prompts_for(topics[:20], in_force(SECTION)) if topics else []


@require_http_methods(["GET", "POST"])
def note(request: PageRequest) -> HttpResponse:
    """The sixty-second note: nobody is created before the choice; nothing is required to keep a draft."""
    if request.method == "GET":
        return _form(request, draft_at(request.by, request.path), {})
    key = as_uuid(request.POST.get("form_key", "")) or uuid4()
    if answer := drafting.claim(by=request.by, now=request.now, key=key):
        return go(request, answer)
    errors = _errors(request.POST)
    if errors:
        return _form(request, request.POST, errors, status=422)
    if "person" not in request.POST and (asked := _before_creating(request)):
        return asked
    try:
        with aloud():
            to = _receive(request)
    except Refused as refused:
        return _form(request, request.POST, {"form": words.sentence(refused.refusal)}, status=422)
    drafting.sent(by=request.by, now=request.now, key=key, answer=to, place=request.path)
    return go(request, to, "受け付けました。たすきはこの機関にあります。")


def _before_creating(request: PageRequest) -> HttpResponse | None:
    """T02: nobody is created before the people who may be meant were shown, also where no script showed them."""
    typed = {name: request.POST.get(name, "") for name in request.POST}
    possible = candidates(request, typed)
    others = [(n, one) for n in MORE_PEOPLE for one in candidates(request, typed, n).people]
    if not (possible.people or others):
        return None
    return _form(request, request.POST, {}, status=422, possible=possible, others=others)


def _errors(data: QueryDict) -> dict[str, str]:
    errors = {}
    if not data.getlist("topics"):
        errors["topics"] = words.REFUSALS["TOPIC_MISSING"]
    if not data.get("route"):
        errors["route"] = words.REFUSALS["ROUTE_MISSING"]
    if data.get("call", "") not in {"", *words.CALLS}:
        errors["call"] = "「電話のとき」の選び直しが要ります。"
    for n in ("", *MORE_PEOPLE):
        born = data.get(f"born{n}", "").strip()
        if born and isinstance(found := read_born(born), Unread):
            errors[f"born{n}"] = found.sentence
    return errors


def _identity(data: QueryDict, suffix: object) -> person_acts.Identity:
    born = read_born(data.get(f"born{suffix}", "")) if data.get(f"born{suffix}", "").strip() else ""
    return person_acts.Identity(
        name=data.get(f"name{suffix}", "").strip(), kana=data.get(f"kana{suffix}", "").strip(),
        born="" if isinstance(born, Unread) else born, sex=data.get(f"sex{suffix}", ""),
        relation=data.get(f"relation{suffix}", "").strip(), area=data.get("area", ""),
        address=data.get("address", "").strip(), phone=data.get(f"phone{suffix}", "").strip(),
    )  # fmt: skip


def _receive(request: PageRequest) -> str:
    data = request.POST
    first = _first_person(request)
    people = [first]
    household = queries.household_of(first)
    named = [n for n in MORE_PEOPLE if data.get(f"name{n}", "").strip() or data.get(f"kana{n}", "").strip()]
    people += [
        person_acts.register_person(by=request.by, now=request.now, who=_identity(data, n), household=household).pk
        for n in named
    ]
    heard = acts.Reception(
        route=data.get("route", ""), topics=data.getlist("topics"), text=data.get("note", "").strip(),
        referrer=data.get("referrer", ""), pressing=data.get("pressing", ""), urgency=data.get("urgency", ""),
        call=data.get("call", ""), number=data.get("number", "").strip(),
    )  # fmt: skip
    if data.get("inquiry") and (about := data.get("kana") or data.get("name")):
        task.inquire(by=request.by, now=request.now, words=about)
    made = acts.receive(by=request.by, now=request.now, people=people, heard=heard)
    return f"/cases/{made.record.case_id}/"


def _first_person(request: PageRequest) -> UUID:
    known = as_uuid(request.POST.get("person", ""))
    if known is None:
        return person_acts.register_person(by=request.by, now=request.now, who=_identity(request.POST, "")).pk
    if queries.household_of(known) is None:
        raise Invisible
    return known


def _form(
    request: PageRequest,
    data: QueryDict | dict[str, Any],
    errors: dict[str, str],
    status: int = 200,
    **more_values: Any,
) -> HttpResponse:
    def listed(name: str) -> list[str]:
        found: Any = data.getlist(name) if isinstance(data, QueryDict) else data.get(name, [])
        return found if isinstance(found, list) else [found]

    more = [
        {"n": n, **{key: data.get(f"{key}{n}", "") for key in ("name", "kana", "born", "relation")}}
        for n in MORE_PEOPLE
    ]
    topics = [{"value": w, "label": w, "chosen": w in listed("topics")} for w, _ in offers.TOPICS]
    return page(
        request, "consultation/note.html", "intake", status=status, data=data, errors=errors, topics=topics,
        routes=offers.ROUTES, referrers=offers.REFERRERS, urgencies=offers.URGENCY, more_people=more,
        prompts=_prompts(listed("topics")), more_open=any(value for one in more for key, value in one.items() if key != "n"), areas=areas(request.by),
        form_key=request.POST.get("form_key") or uuid4(), draft_address=f"/drafts/?place={request.path}", **more_values,
    )  # fmt: skip
