"""What the page of one family shows, part by part, from what its asker may see."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from tasuki.queries import case as queries
from tasuki.queries import record as records
from tasuki.queries.possible import acts_on_case
from tasuki.queries.today import closed_about
from tasuki.records.asker import Invisible
from tasuki.rules.calendar import day_of, days_left
from tasuki.rules.codes import Ground
from tasuki.rules.kinship import FEELINGS, Kin
from tasuki.web import words
from tasuki.web.act.catalogue import ACTS
from tasuki.web.act.on_family import WORDS as KINS
from tasuki.web.case import lines, pictures
from tasuki.web.page import PageRequest

NOT_BUTTONS = frozenset({"notes"})
OTHERS = (
    "kinship", "people", "consents", "withdrawals", "refusals", "protection", "bars", "household-split", "provisions",
    "deaths", "advice",
)  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """A family as its asker sees it: today's, those of the day asked for, every mark, the newest records."""

    family: queries.Family
    were: list[queries.Member]
    then: pictures.Then
    marks: list[records.MarkLine]
    newest: list[records.RecordLine]

    @property
    def head(self) -> queries.CaseHead:
        """The case."""
        return self.family.head

    @property
    def people(self) -> list[queries.Member]:
        """Today's people of the household."""
        return self.family.members

    @property
    def around(self) -> queries.Surroundings:
        """What stands around the case."""
        return self.family.around


def look(request: PageRequest, case: UUID, newest: int = 0) -> Seen:
    """Read a case, what stands around it, so many of its newest records. Raises Invisible when there is none, or its ground was withdrawn meanwhile."""
    family = queries.family(case, closed_about(request.now))
    head = family.head
    then = pictures.day_shown(request.GET.get("at", ""), day_of(request.now), day_of(head.opened_at))
    were = queries.members_on(head.id, head.household, then.day) if then.past else family.members
    if not family.around.holdings:  # every case has a holder: its ground was withdrawn while this page was being read
        raise Invisible
    return Seen(family, were, then, *records.opened(head.id, [m.id for m in family.members], newest))


def family_values(request: PageRequest, seen: Seen) -> dict[str, Any]:
    """Return the family and who supports it, on the day asked for."""
    kinship, day = seen.around.kinship, seen.then.day
    feelings = {"there": any(Kin(one.kin) in FEELINGS for one in kinship), "shown": request.GET.get("feelings") == "1"}
    return {
        "head": seen.head, "people": seen.people, "members": with_homes(seen.people), "title": words.household([m.name for m in seen.people]), "then": seen.then, "feelings": feelings, "kins": KINS,
        "family": pictures.family_picture(seen.were, day, kinship, feelings=feelings["shown"]),
        "support": pictures.support_picture(seen.were, seen.around, seen.marks, day),
    }  # fmt: skip


def with_homes(people: list[queries.Member]) -> list[tuple[queries.Member, str]]:
    """Give each with the given name of whoever stands before them at the same address and telephone: what all share is written once.

    The name is said, not "above": between the two there may stand somebody whose address is not shown.
    """
    first: dict[tuple[str | None, str | None], queries.Member] = {}
    found = []
    for one in people:
        before = first.setdefault((one.address, one.phone), one)
        shared = before is not one and (one.address or one.phone)
        found.append((one, before.name.split(" ")[-1] if shared else ""))
    return found


def story_values(request: PageRequest, seen: Seen, chosen: records.Chosen) -> dict[str, Any]:
    """Return the part of the timeline asked for, and what records may be chosen by."""
    head, around, today = seen.head, seen.around, day_of(request.now)
    if chosen.person:
        marks = records.marks(head.id, [m.id for m in seen.people], chosen)
    else:
        marks = [m for m in seen.marks if chosen.kind in ("", m.kind) and chosen.agency in (None, m.agency_id)]
    span = pictures.span_shown(request.GET.get("span", ""), request.GET.get("until", ""), today, day_of(head.opened_at))
    asked = {
        name: value
        for name, value in (("kind", chosen.kind), ("agency", chosen.agency), ("person", chosen.person))
        if value
    }
    agencies = {one.agency_id: one.agency for one in seen.marks}
    kinds = {one.kind for one in seen.marks}
    return {
        "story": pictures.story_picture(head, around.holdings, marks, around.items, around.tasks, today, span.window),
        "story_href": f"/cases/{head.id}/story/?{urlencode(asked | span.asked)}", "span": span, "chosen": chosen, "asked": urlencode(asked), "agencies": sorted(agencies.items(), key=lambda one: one[1]),
        "kinds": [(code, label) for code, label in words.choices(words.KINDS) if code in kinds],
    }  # fmt: skip


def side_values(request: PageRequest, seen: Seen) -> dict[str, Any]:
    """Return who holds the たすき, what may be done, what was planned and promised, and why all this can be seen."""
    head, around = seen.head, seen.around
    assessed = any(one.kind == "ASSESSMENT" for one in seen.marks)
    possible = acts_on_case(request.by, head, around.plans, around.referrals, assessed=assessed)
    last = max((one.at for one in seen.marks if one.agency == head.holder_name), default=None)
    return {
        "holdings": [(h, words.HOLDING_REASONS.get(h.reason, h.reason)) for h in reversed(around.holdings)],
        "dates": _dates(around, day_of(request.now)), "plans": [_plan(p) for p in around.plans], "consents": lines.consents(around.consents),
        "items": [_item(i) for i in around.items], "strands": around.strands,
        "referrals": [(r, words.REFERRAL_STATES[r.state]) for r in around.referrals],
        "state": words.STATES[head.shown], "ground": Ground(head.ground).shown,
        "buttons": _buttons(head.id, possible), "sees": "・".join(seen.family.sees), "not_seen_by": "・".join(seen.family.not_seen_by),
        "held_days": (request.now - head.holder_since).days if head.holder_since else 0,
        "silent_days": (request.now - last).days if last else None,
        "grounds": sorted({Ground(m.ground).shown for m in seen.people}),
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
    named = OTHERS if possible else ()  # nothing is offered on a case that is put away
    others = [{"text": ACTS["cases", slug].title, "href": ACTS["cases", slug].address(case_id)} for slug in named]
    return {"now": open_now, "closed": closed, "others": others}


def _dates(around: queries.Surroundings, today: dt.date) -> list[dict[str, Any]]:
    """Every promise and every clock of the case, the next first; what has no day last."""
    promised: list[dict[str, Any]] = [
        {"on": t.due_on, "agency": t.agency, "text": t.text, "task": t.id} for t in around.tasks
    ]
    clocks: list[dict[str, Any]] = [
        {"on": c.due_on, "agency": c.agency, "text": words.CLOCKS[c.kind], "task": None} for c in around.clocks
    ]
    found = sorted([*promised, *clocks], key=lambda one: (one["on"] is None, one["on"] or today))
    return [{**one, "left": days_left(one["on"], today) if one["on"] else ""} for one in found]


def _plan(plan: queries.PlanLine) -> dict[str, Any]:
    roles = [{**r, "state": words.ROLE_STATES[r["state"]]} for r in plan.roles]
    return {"plan": plan, "kind": words.PLAN_KINDS[plan.kind], "state": words.PLAN_STATES[plan.state], "roles": roles}


def _item(item: queries.ItemLine) -> dict[str, Any]:
    return {"item": item, "basis": "ARTICLE_106_6" if item.basis == "ARTICLE_106_6" else "CONSENT"}
