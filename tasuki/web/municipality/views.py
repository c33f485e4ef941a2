"""自治体のやり方, for the administrator: sections, their entries, their history, one form for each change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_GET, require_http_methods

from tasuki.actions import draft as drafting
from tasuki.actions import municipality as acts
from tasuki.queries import municipality as queries
from tasuki.queries.choices import Target
from tasuki.records.asker import Invisible
from tasuki.records.pen import Refused, aloud, one_at_a_time
from tasuki.web import words
from tasuki.web.act.fields import Field, offered, shown
from tasuki.web.act.fields import read as read_fields
from tasuki.web.municipality import leaves
from tasuki.web.municipality.sections import BY_KEY, SECTIONS, Section, changes, entry_id, mark, said
from tasuki.web.page import PageRequest, as_uuid, go, page

NOWHERE = Target("settings", None, "", "/settings/", None, [])
REASON = Field(
    "reason",
    "変更の理由",
    "textarea",
    required=True,
    rows=2,
    support="履歴に残ります。人の名前や相談の内容は書きません。",
)


@dataclass(frozen=True)
class Before:
    """What a form was drawn from: its mark; and what somebody else saved meanwhile, to be laid beside what was typed."""

    seen: str = ""
    theirs: Sequence[tuple[str, str]] = ()


NOTHING = Before()


@require_GET
def settings(request: PageRequest) -> HttpResponse:
    """List the sections with who changed each last."""
    states = {one.section: one for one in queries.sections(request.by)}
    tables = [{"key": s.key, "title": s.title, "lead": s.lead, "state": states.get(s.key)} for s in SECTIONS]
    ways = [
        {"key": key, "title": title, "lead": lead, "state": states.get(key)}
        for key, (title, lead) in leaves.TITLES.items()
    ]
    return page(request, "municipality/index.html", "", tables=tables, ways=ways)


@require_GET
def section(request: PageRequest, key: str) -> HttpResponse:
    """Show the entries of a section and how they came to be, or a setting as its form."""
    if key in leaves.TITLES:
        return _way(request, key, {}, {})
    found = _section(key)
    rows = [
        {
            "cells": [said(name, entry.values.get(name)) for _, name in found.columns],
            "id": entry.id,
            "ended": entry.ended,
        }
        for entry in queries.entries(request.by, key)
    ]
    return page(
        request, "municipality/section.html", "", section=found, rows=rows, history=_history(request, key),
        can_end=found.end is not None,
    )  # fmt: skip


def _section(key: str) -> Section:
    if key not in BY_KEY:
        raise Invisible
    return BY_KEY[key]


def _history(request: PageRequest, key: str) -> list[dict[str, Any]]:
    found = queries.history(request.by, key)
    told: list[dict[str, Any]] = []
    for place, one in enumerate(found):
        older = found[place + 1].body if place + 1 < len(found) else None
        told.append(
            {
                "since": one.since,
                "by": one.changed_by,
                "reason": one.reason or "最初の設定",
                "changes": changes(one.body, older),
            }
        )
    return told


@require_http_methods(["GET", "POST"])
def entry(request: PageRequest, key: str, row: str) -> HttpResponse:
    """Add or change one entry; 変更の理由 is asked every time."""
    found, chosen = _section(key), entry_id(row)
    if request.method == "POST":
        one_at_a_time(request.by, key)
    listed = {one.id: one.values for one in queries.entries(request.by, key)}
    if (chosen is None and row != "new") or (chosen and (str(chosen) not in listed or not found.edits)):
        raise Invisible
    fields = [*found.fields, REASON]
    title, now = f"{found.title}を{'直す' if chosen else '加える'}", listed.get(str(chosen), {})
    if request.method == "GET":
        return _form(request, found, title, fields, now, before=Before(_mark(fields, now)))
    return _send(
        request, found, title, fields, lambda v: found.save(request.by, request.now, chosen, v, v["reason"]), now
    )


@require_http_methods(["GET", "POST"])
def end(request: PageRequest, key: str, row: UUID) -> HttpResponse:
    """End one entry; nothing is ever deleted."""
    found = _section(key)
    ending = found.end
    names = {one.id: one.values.get("name", "") for one in queries.entries(request.by, key)}
    if ending is None or str(row) not in names:
        raise Invisible
    fields, title = [*found.end_fields, REASON], f"{names[str(row)]}を終える"
    if request.method == "GET":
        return _form(request, found, title, fields, {})
    return _send(request, found, title, fields, lambda v: ending(request.by, request.now, row, v, v["reason"]))


def _send(
    request: PageRequest, found: Section, title: str, fields: list[Field], act: Any, now: dict[str, Any] | None = None
) -> HttpResponse:
    key, before = as_uuid(request.POST.get("form_key", "")) or uuid4(), Before(request.POST.get("seen", ""))
    if answer := drafting.claim(by=request.by, now=request.now, key=key):
        return go(request, answer)
    offers = offered(fields, request.by, NOWHERE)
    reading = read_fields(fields, request.POST, request.now, offers)
    if reading.errors:
        return _form(request, found, title, fields, request.POST, reading.errors, before=before)
    if now and before.seen not in {"", _mark(fields, now)}:
        theirs = [(one.label, said(one.name, now.get(one.name))) for one in fields if one is not REASON]
        return _form(request, found, title, fields, request.POST, before=Before(_mark(fields, now), theirs))
    try:
        with aloud():
            act(reading.values)
    except Refused as refused:
        return _form(request, found, title, fields, request.POST, why=words.sentence(refused.refusal), before=before)
    drafting.sent(by=request.by, now=request.now, key=key, answer=f"/settings/{found.key}/", place=request.path)
    return go(request, f"/settings/{found.key}/", "変えました。履歴に残しました。")


def _form(
    request: PageRequest, found: Section, title: str, fields: list[Field], typed: QueryDict | dict[str, Any],
    errors: dict[str, str] | None = None, why: str = "", before: Before = NOTHING,
) -> HttpResponse:  # fmt: skip
    wrong = errors or {}
    drawn = []
    offers = offered(fields, request.by, NOWHERE)
    for one in fields:
        value = typed if isinstance(typed, QueryDict) else {**typed, one.name: _preset(typed.get(one.name))}
        drawn.append(shown(one, value, offers[one.name], wrong.get(one.name, ""), ""))
    return page(
        request, "municipality/form.html", "", status=409 if before.theirs else 422 if wrong or why else 200, section=found, title=title,
        fields=drawn, why=why, errors=len(wrong), form_key=request.POST.get("form_key") or uuid4(),
        before=before,
    )  # fmt: skip


def _mark(fields: Sequence[Field], now: dict[str, Any]) -> str:
    return mark({one.name: now.get(one.name) for one in fields})


def _preset(value: Any) -> Any:
    return [str(one) for one in value] if isinstance(value, list) else "" if value is None else str(value)


@require_http_methods(["POST"])
def way(request: PageRequest, key: str) -> HttpResponse:
    """Change a setting: clocks, decision, routing, words."""
    if key not in leaves.TITLES:
        raise Invisible
    form_key = as_uuid(request.POST.get("form_key", "")) or uuid4()
    if answer := drafting.claim(by=request.by, now=request.now, key=form_key):
        return go(request, answer)
    one_at_a_time(request.by, key)
    body, typed = _in_force(request, key), {name: request.POST.get(name, "") for name in request.POST}
    new, errors = leaves.read(key, body, typed)
    if not typed.get("reason", "").strip():
        errors["reason"] = "「変更の理由」を書いてください。"
    theirs = leaves.differences(body, new) if typed.get("seen", "") not in {"", mark({"body": body})} else ()
    if errors or theirs:
        return _way(request, key, typed, errors, theirs=() if errors else theirs)
    reason = typed["reason"].strip()
    acts.change_setting(by=request.by, now=request.now, section=key, body=new, reason=reason)
    drafting.sent(by=request.by, now=request.now, key=form_key, answer=f"/settings/{key}/", place=request.path)
    return go(request, f"/settings/{key}/", "変えました。履歴に残しました。")


def _in_force(request: PageRequest, key: str) -> Any:
    found = queries.history(request.by, key)
    return found[0].body if found else {}


def _way(
    request: PageRequest, key: str, typed: dict[str, str], errors: dict[str, str], theirs: Sequence[str] = ()
) -> HttpResponse:
    body = _in_force(request, key)
    title, lead = leaves.TITLES[key]
    fields = leaves.fields(key, body)
    for one in fields:
        one["error"] = errors.get(one["name"], "")
        if one["name"] in typed:
            one["value"] = typed[one["name"]]
            one["choices"] = [{**word, "chosen": word["value"] == one["value"]} for word in one.get("choices", ())]
    return page(
        request, "municipality/way.html", "", status=409 if theirs else 422 if errors else 200, key=key, title=title, theirs=theirs,
        seen=typed.get("seen") if errors else mark({"body": body}), lead=lead, note=leaves.note(key), fields=fields,
        history=_history(request, key), errors=len(errors), reason=typed.get("reason", ""), reason_error=errors.get("reason", ""),
        form_key=request.POST.get("form_key") or uuid4(),
    )  # fmt: skip
