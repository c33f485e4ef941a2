"""プラン: one version with its goals, roles, judgement and decision, and what may be done with it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from tasuki.queries.plan import plan_page
from tasuki.records.journal import note_reading
from tasuki.rules.calendar import wareki_short
from tasuki.rules.codes import Ground
from tasuki.web import words
from tasuki.web.act.catalogue import ACTS
from tasuki.web.page import PageRequest, page

STEPS = ("judgement", "decision", "progress", "monitoring", "evaluation", "revision")


@require_GET
def plan(request: PageRequest, plan_id: UUID) -> HttpResponse:
    """Show a plan."""
    found = plan_page(plan_id)
    note_reading(request.by, request.now, "plan", found.people_ids, Ground(found.ground).shown, target=plan_id)
    acts = [(ACTS["plans", slug].title, ACTS["plans", slug].address(plan_id)) for slug in STEPS]
    return page(
        request, "plan/plan.html", "household", plan=found, acts=acts, kind=words.PLAN_KINDS[found.kind],
        state=words.PLAN_STATES[found.state], judged=words.JUDGEMENTS.get(found.judged_result, ""),
        verdict=words.VERDICTS.get(found.verdict, ""), roles=[{**r, "state": words.ROLE_STATES[r["state"]], "due": _day(r["due"])} for r in found.roles],
        ground=Ground(found.ground).shown,
        unheard="、".join(dict.fromkeys(r["agency"] for r in found.roles if not r["heard"])) if found.state == "DRAFT" else "",
    )  # fmt: skip


def _day(text: str | None) -> str:
    return wareki_short(dt.date.fromisoformat(text)) if text else ""
