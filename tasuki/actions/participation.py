"""参加支援: matching a person and a host, step by step, with follow-up of both (T20)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from tasuki.records.asker import Asker, Invisible, ask
from tasuki.records.journal import note_act
from tasuki.records.models import Match, Record, Resource
from tasuki.records.pen import need_known, refuse, write_record
from tasuki.rules.codes import Kind
from tasuki.rules.permission import WRITERS, why_not_role
from tasuki.rules.support import why_not_participation

PROGRAMME = "2"  # 社会福祉法106条の4第2項第2号
STEPS = ("propose_match", "visit_host", "trial", "start_participation", "retain", "end_participation")
_STATE = {
    "propose_match": "PROPOSED", "visit_host": "VISITED", "trial": "TRIAL", "start_participation": "STARTED",
    "retain": "RETAINED", "end_participation": "ENDED",
}  # fmt: skip


@transaction.atomic
def take_step(
    *,
    by: Asker,
    now: dt.datetime,
    step: str,
    people: Sequence[UUID],
    resource: UUID,
    case: UUID | None = None,
    text: str = "",
) -> Record:
    """One of STEPS: 提案, 見学, 体験, 開始, 定着支援, 終了. All but the last need a decided plan with 参加支援 要."""
    refuse(why_not_role(by.sets, WRITERS))
    need_known(people)
    host = Resource.objects.filter(pk=resource).first()
    if host is None:
        raise Invisible
    if step != "end_participation":
        planned = all(ask("participation_is_planned", p) for p in people)
        runs = all(ask("programme_runs", PROGRAMME, p) for p in people)
        refuse(why_not_participation(plan_wants_it=planned, programme_runs=runs))
    record = write_record(
        by, now, Kind.PARTICIPATION, people, case=case, text=text,
        details={"step": step, "resource": str(resource), "name": host.name},
    )  # fmt: skip
    for person in people:
        _move(by, now, step, person, resource, case)
    note_act(by, now, step, record.pk, case)
    return record


def _move(by: Asker, now: dt.datetime, step: str, person: UUID, resource: UUID, case: UUID | None) -> None:
    found = (
        Match.objects.filter(person_id=person, resource_id=resource, ended_at=None)
        .order_by("-proposed_at", "pk")
        .first()
    )
    if found is None:
        found = Match.objects.create(
            municipality_id=by.municipality, person_id=person, case_id=case, resource_id=resource,
            agency_id=by.agency, state="PROPOSED", proposed_at=now,
        )  # fmt: skip
    found.state = _STATE[step]
    if step == "start_participation":
        found.started_at = now
    if step == "end_participation":
        found.ended_at = now
    found.save(update_fields=["state", "started_at", "ended_at"])


@transaction.atomic
def follow_host(*, by: Asker, now: dt.datetime, resource: UUID, text: str = "") -> Record:
    """受け入れ先のフォロー: the host is looked after as well (no person is named)."""
    refuse(why_not_role(by.sets, WRITERS))
    host = Resource.objects.filter(pk=resource).first()
    if host is None:
        raise Invisible
    record = write_record(
        by, now, Kind.PARTICIPATION, [], text=text, details={"step": "host_follow_up", "resource": str(resource)}
    )
    note_act(by, now, "host_follow_up", record.pk)
    return record
