"""世帯・ケース: one page for one family."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from tasuki.queries import case as queries
from tasuki.queries.possible import acts_on_case
from tasuki.records.asker import Invisible
from tasuki.records.journal import note_reading
from tasuki.rules.calendar import day_of
from tasuki.rules.codes import Ground
from tasuki.web import words
from tasuki.web.act.catalogue import ACTS
from tasuki.web.case import lines, pictures
from tasuki.web.page import PageRequest, page

PER_PAGE = 60
FIRST_ROW = ("agenda", "referrals", "notes")
NOT_BUTTONS = frozenset({"notes"})


@require_GET
def case(request: PageRequest, case_id: UUID) -> HttpResponse:
    """Show one family: pictures, people, records, holder, plan, dates, and why this can be seen."""
    head = queries.head(case_id)
    people = queries.members(case_id, head.household)
    ids = [m.id for m in people]
    number = max(int(request.GET.get("page", "1") or 1), 1) if request.GET.get("page", "1").isdigit() else 1
    chosen = {"kind": request.GET.get("kind", ""), "agency": request.GET.get("agency", "")}
    records = queries.records(case_id, ids, limit=PER_PAGE + 1, offset=(number - 1) * PER_PAGE, **chosen)
    family = _family(request, head, people)
    note_reading(request.by, request.now, "case", family.pop("ids"), "", target=case_id, case=case_id)
    values = {**_parts(request, head, people, records), **family}
    return page(
        request, "case/case.html", "household", head=head, people=people, title=_title(people), rows=[lines.row(r) for r in records[:PER_PAGE]],
        more=len(records) > PER_PAGE, number=number, chosen=chosen, kinds=words.choices(words.KINDS), **values,
    )  # fmt: skip


def _title(people: list[queries.Member]) -> str:
    names = [m.name or "名前不明" for m in people]
    family = names[0].split(" ")[0] if names else ""
    rest = [name.removeprefix(f"{family} ") for name in names[1:4]]
    return "・".join([*names[:1], *rest]) + (" ほか" if len(names) > 4 else "")


def _family(request: PageRequest, head: queries.CaseHead, people: list[queries.Member]) -> dict[str, Any]:
    """The family on the day asked for, and everybody whose name is read with it."""
    then = pictures.day_shown(request.GET.get("at", ""), day_of(request.now), day_of(head.opened_at))
    were = queries.members_on(head.id, head.household, then.day) if then.past else people
    ids = list(dict.fromkeys([*(m.id for m in people), *(m.id for m in were)]))
    return {"family": pictures.family_picture(were, then.day), "then": then, "ids": ids}


def _parts(
    request: PageRequest, head: queries.CaseHead, people: list[queries.Member], records: list[queries.RecordLine]
) -> dict[str, Any]:
    around = queries.surroundings(head.id, [m.id for m in people])
    if not around.holdings:  # every case has a holder: its ground was withdrawn while this page was being read
        raise Invisible
    sees, unseen = queries.who_would_see([m.id for m in people if m.in_case])
    today = day_of(request.now)
    possible = acts_on_case(
        request.by, head, around.plans, around.referrals, assessed=any(r.kind == "ASSESSMENT" for r in records)
    )
    last = max((r.at for r in records if r.agency == head.holder_name), default=None)
    return {
        "support": pictures.support_picture(people, head.holder_name, records, around.consents),
        "story": pictures.story_picture(head, around.holdings, records, around.items, around.tasks, today),
        "holdings": [(h, words.HOLDING_REASONS.get(h.reason, h.reason)) for h in reversed(around.holdings)],
        "tasks": around.tasks, "plans": [_plan(p) for p in around.plans], "consents": around.consents,
        "items": [_item(i) for i in around.items],
        "referrals": [(r, words.REFERRAL_STATES[r.state]) for r in around.referrals], "strands": around.strands,
        "state": words.STATES.get(head.state, head.state), "ground": Ground(head.ground).shown,
        "buttons": _buttons(head.id, possible), "sees": "・".join(sees), "not_seen_by": "・".join(unseen),
        "held_days": (request.now - head.holder_since).days if head.holder_since else 0,
        "silent_days": (request.now - last).days if last else None,
        "classes": words.CLASSES, "grounds": sorted({Ground(m.ground).shown for m in people}),
    }  # fmt: skip


def _buttons(case_id: UUID, possible: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    open_now: list[dict[str, Any]] = []
    closed: list[dict[str, Any]] = []
    for slug, refusal in possible.items():
        if slug in NOT_BUTTONS:
            continue
        act = ACTS["cases", slug]
        one = {"text": act.title, "href": act.address(case_id), "why": words.sentence(refusal) if refusal else ""}
        (closed if refusal else open_now).append(one)
    rest = (
        "people",
        "consents",
        "withdrawals",
        "refusals",
        "protection",
        "bars",
        "household-split",
        "provisions",
        "deaths",
        "advice",
    )
    others = [{"text": ACTS["cases", slug].title, "href": ACTS["cases", slug].address(case_id)} for slug in rest]
    return {"now": open_now, "closed": closed, "others": others}


def _plan(plan: queries.PlanLine) -> dict[str, Any]:
    roles = [{**r, "state": words.ROLE_STATES[r["state"]]} for r in plan.roles]
    return {"plan": plan, "kind": words.PLAN_KINDS[plan.kind], "state": words.PLAN_STATES[plan.state], "roles": roles}


def _item(item: queries.ItemLine) -> dict[str, Any]:
    return {"item": item, "basis": "ARTICLE_106_6" if item.basis == "ARTICLE_106_6" else "CONSENT"}


@require_GET
def household(request: PageRequest, household_id: UUID) -> HttpResponse:
    """Lead from a household to its case that matters now."""
    found = queries.latest_case(household_id)
    if found is None:
        raise Invisible
    return case(request, found)


@require_GET
def record(request: PageRequest, record_id: UUID) -> HttpResponse:
    """Show one record with its history and the ground of sight."""
    found = queries.record(record_id)
    ground = Ground(found.ground).shown
    note_reading(request.by, request.now, "record", queries.subjects(record_id), ground, target=record_id)
    return page(request, "case/record.html", "household", row=lines.row(found), line=found, ground=ground)
