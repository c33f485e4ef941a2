"""人事異動: dated posts, successors; nothing is unassigned on 1 April (settled 31)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from tasuki.records.asker import Asker, Invisible, ask_number, effect
from tasuki.records.journal import note_act
from tasuki.records.models import CaseWorker, Post, RoleName, Staff, StaffMove
from tasuki.records.pen import Refused, agency_facts, case_for_update, refuse, today
from tasuki.rules.calendar import midnight
from tasuki.rules.disclosure import why_not_move_staff
from tasuki.rules.permission import WRITERS, P, why_not_role
from tasuki.rules.refusal import Refusal, refused_if
from tasuki.rules.staff import why_not_plan_move, why_not_withdraw_move

MOVERS = frozenset({P.CITY, P.ADMIN})


@dataclass(frozen=True)
class Move:
    """One line of the list: a post that ends (None for who comes new, under `name`), where to, and who takes the cases.

    `to` None is leaving. `heir` is somebody of the town; `heir_name` somebody who comes new in the same list.
    """

    post: UUID | None
    name: str = ""
    to: UUID | None = None
    roles: tuple[str, ...] = ()
    heir: UUID | None = None
    heir_name: str = ""


@transaction.atomic
def move_staff(
    *, by: Asker, now: dt.datetime, staff: UUID, to: UUID | None, successor: UUID | None = None,
    roles: Sequence[str] | None = None,
) -> Post | None:  # fmt: skip
    """Move somebody now to another agency, or out (`to` None). Pledges and sealed items do not pass on."""
    refuse(why_not_role(by.sets, MOVERS))
    if not Staff.objects.filter(pk=staff).exists():
        raise Invisible
    open_cases = ask_number("open_cases_of_worker", staff)
    refuse(why_not_move_staff(open_cases=open_cases, has_successor=successor is not None))
    old = _in_force(staff, now).select_for_update().first()
    if successor is not None:
        next_post = _in_force(successor, now).first()
        # One's own cases go along to where one goes.
        there = to if successor == staff else next_post and next_post.agency_id
        if there is None:
            raise Invisible
        effect("hand_over_cases", staff, successor, there)
    if old is not None:
        _end_all(staff, now)
    made = _new_post(by, now, staff, to, list(roles if roles is not None else old.roles if old else [])) if to else None
    note_act(by, now, "move_staff", staff, moved=open_cases)
    return made


def _in_force(staff: UUID, at: dt.datetime) -> Any:
    posts = Post.objects.filter(staff_id=staff, since__lte=at).filter(Q(until=None) | Q(until__gt=at))
    return posts.order_by("-since", "pk")


def _end_all(staff: UUID, now: dt.datetime) -> None:
    """End what is in force, and what was planned for the same person: the move of today is the later word."""
    StaffMove.objects.filter(staff_id=staff, done_at=None, withdrawn_at=None).update(withdrawn_at=now)
    for post in Post.objects.select_for_update().filter(staff_id=staff).exclude(until__lte=now):
        post.until = max(now, post.since)
        post.save(update_fields=["until"])


def _new_post(by: Asker, since: dt.datetime, staff: UUID, to: UUID, roles: Iterable[str]) -> Post:
    agency_facts(to)
    named = list(roles)
    sets = {one for row in RoleName.objects.filter(key__in=named).values_list("sets", flat=True) for one in row}
    return Post.objects.create(
        municipality_id=by.municipality, staff_id=staff, agency_id=to, roles=named, sets=sorted(sets), since=since
    )


def why_not_moves(*, by: Asker, now: dt.datetime, on: dt.date | None, moves: Sequence[Move]) -> list[Refusal | None]:
    """Say what stands against each move, one by one; nothing is written."""
    refuse(why_not_role(by.sets, MOVERS))
    at = midnight(on) if on else now
    posts = Post.objects.in_bulk([one.post for one in moves if one.post])
    arriving = {posts[one.post].staff_id for one in moves if one.post in posts and one.to}
    new = {one.name for one in moves if one.post is None and one.to}
    ending = {one.post for one in moves if one.post}
    found: list[Refusal | None] = []
    for one in moves:
        heir_here = one.heir_name in new if one.heir_name else one.heir in arriving or _stays(one.heir, at, ending)
        planned = one.post is not None and StaffMove.objects.filter(post_id=one.post, withdrawn_at=None).exists()
        found.append(
            why_not_plan_move(
                on=on, today=today(now), planned=planned,
                open_cases=ask_number("open_cases_in_post", one.post) if one.post else 0,
                has_successor=bool(one.heir or one.heir_name), heir_in_office=heir_here,
            )
            or refused_if(one.post is not None and posts.get(one.post) is None, "NOBODY")
            or refused_if(one.post is None and not (one.name.strip() and one.to), "NAME_MISSING")
        )  # fmt: skip
    return found


def _stays(heir: UUID | None, at: dt.datetime, ending: set[UUID]) -> bool:
    return heir is not None and _in_force(heir, at).exclude(pk__in=ending).exists()


@transaction.atomic
def plan_moves(*, by: Asker, now: dt.datetime, on: dt.date | None, moves: Sequence[Move]) -> list[StaffMove]:
    """人事異動を前もって入れる: posts end and begin at midnight of the day, the cases go to the successor at that moment.

    All of the list or nothing; the first move that may not be raises Refused. A list for today counts from now.
    """
    for refusal in why_not_moves(by=by, now=now, on=on, moves=moves):
        if refusal is not None:
            raise Refused(refusal)
    at = max(midnight(on), now) if on else now
    newcomers = {one.name: _arrive(by, at, one) for one in moves if one.post is None}
    made = [_plan(by, now, at, one, newcomers) for one in moves if one.post is not None]
    note_act(by, now, "plan_moves", moves=len(made), newcomers=len(newcomers))
    return made


def _arrive(by: Asker, at: dt.datetime, one: Move) -> UUID:
    who = Staff.objects.create(
        municipality_id=by.municipality, key=f"staff-{uuid4().hex[:8]}", name=one.name.strip()[:80]
    )
    if one.to is not None:
        _new_post(by, at, who.pk, one.to, one.roles)
    return who.pk


def _plan(by: Asker, now: dt.datetime, at: dt.datetime, one: Move, newcomers: dict[str, UUID]) -> StaffMove:
    post = Post.objects.select_for_update().get(pk=one.post or uuid4())
    post.until = at
    post.save(update_fields=["until"])
    after = _new_post(by, at, post.staff_id, one.to, one.roles or post.roles) if one.to else None
    return StaffMove.objects.create(
        municipality_id=by.municipality, staff_id=post.staff_id, post=post, next_post=after,
        successor_id=newcomers.get(one.heir_name) if one.heir_name else one.heir,
        at=at, planned_at=now, planned_by_id=by.staff,
    )  # fmt: skip


@transaction.atomic
def withdraw_move(*, by: Asker, now: dt.datetime, move: UUID) -> StaffMove:
    """異動の予定を取り消す before its day: the post goes on, the next one never begins."""
    refuse(why_not_role(by.sets, MOVERS))
    found = StaffMove.objects.filter(pk=move, withdrawn_at=None).first()
    if found is None:
        raise Invisible
    refuse(why_not_withdraw_move(done=found.done_at is not None or found.at <= now))
    found.withdrawn_at = now
    found.save(update_fields=["withdrawn_at"])
    Post.objects.filter(pk=found.post_id, until=found.at).update(until=None)
    if found.next_post_id is not None:
        Post.objects.filter(pk=found.next_post_id, since=found.at).update(until=found.at)
    note_act(by, now, "withdraw_move", found.staff_id)
    return found


@transaction.atomic
def assign_worker(*, by: Asker, now: dt.datetime, case: UUID, worker: UUID) -> CaseWorker:
    """受け持つ人を決める: somebody in office in the asker's own agency works on the case from now on."""
    refuse(why_not_role(by.sets, WRITERS))
    held = case_for_update(case)
    if not _in_force(worker, now).filter(agency_id=by.agency).exists():
        raise Refused(Refusal("SUCCESSOR_NOT_IN_OFFICE"))
    there = CaseWorker.objects.filter(case=held, staff_id=worker, agency_id=by.agency, until=None).first()
    made = there or CaseWorker.objects.create(
        municipality_id=by.municipality, case=held, staff_id=worker, agency_id=by.agency, since=now
    )
    note_act(by, now, "assign_worker", worker, case)
    return made
