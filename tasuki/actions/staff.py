"""人事異動: dated posts, successors; nothing is unassigned on 1 April (settled 31)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from tasuki.records.asker import Asker, Invisible, ask_number, effect
from tasuki.records.journal import note_act
from tasuki.records.models import Post, RoleName, Staff
from tasuki.records.pen import agency_facts, refuse
from tasuki.rules.disclosure import why_not_move_staff
from tasuki.rules.permission import P, why_not_role


@transaction.atomic
def move_staff(
    *, by: Asker, now: dt.datetime, staff: UUID, to: UUID | None, successor: UUID | None = None,
    roles: Sequence[str] | None = None,
) -> Post | None:  # fmt: skip
    """Move somebody to another agency, or out (`to` None). Pledges and sealed items do not pass on."""
    refuse(why_not_role(by.sets, frozenset({P.CITY, P.ADMIN})))
    if not Staff.objects.filter(pk=staff).exists():
        raise Invisible
    open_cases = ask_number("open_cases_of_worker", staff)
    refuse(why_not_move_staff(open_cases=open_cases, has_successor=successor is not None))
    old = Post.objects.select_for_update().filter(staff_id=staff, until=None).order_by("-since", "pk").first()
    if successor is not None:
        next_post = Post.objects.filter(staff_id=successor, until=None).order_by("-since", "pk").first()
        if next_post is None:
            raise Invisible
        effect("hand_over_cases", staff, successor, next_post.agency_id)
    if old is not None:
        Post.objects.filter(staff_id=staff, until=None).update(until=now)
    made = _new_post(by, now, staff, to, list(roles if roles is not None else old.roles if old else [])) if to else None
    note_act(by, now, "move_staff", staff, moved=open_cases)
    return made


def _new_post(by: Asker, now: dt.datetime, staff: UUID, to: UUID, roles: list[str]) -> Post:
    agency_facts(to)
    sets = {one for row in RoleName.objects.filter(key__in=roles).values_list("sets", flat=True) for one in row}
    return Post.objects.create(
        municipality_id=by.municipality, staff_id=staff, agency_id=to, roles=roles, sets=sorted(sets), since=now
    )
