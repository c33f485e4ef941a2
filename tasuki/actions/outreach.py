"""アウトリーチ: a strand of its own, which may begin before consent and before the hub (T09, T21, S0-24)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from tasuki.records.asker import Asker, ask
from tasuki.records.journal import note_act
from tasuki.records.models import AgendaItem, Case, Record, Seat, Strand, Task
from tasuki.records.pen import (
    agency_facts,
    contract_ended,
    need_known,
    refuse,
    today,
    write_record,
)
from tasuki.rules.case import is_over
from tasuki.rules.codes import Kind
from tasuki.rules.permission import WRITERS, why_not_role
from tasuki.rules.refusal import Refusal
from tasuki.rules.support import why_not_outreach, why_not_visit


@transaction.atomic
def start_outreach(
    *,
    by: Asker,
    now: dt.datetime,
    case: UUID | None,
    people: Sequence[UUID],
    to: UUID,
    basis: str,
    item: UUID | None = None,
    text: str = "",
) -> Record:
    """T09, T21: on consent, on an item of 支援会議 to which the body was invited, or for one's own purpose."""
    refuse(why_not_role(by.sets, WRITERS))
    need_known(people)
    found = Case.objects.filter(pk=case).first() if case is not None else None
    is_open = found is not None and not is_over(found.state)
    refuse(_why_not(by, now, people, to, basis, item, has_case=is_open))
    record = write_record(
        by, now, Kind.OUTREACH, people, case=case, text=text, addressee_id=to, details={"basis": basis}
    )
    if found is not None:
        _open_strands(by, now, found, people, to, basis, item)
    Task.objects.create(
        municipality_id=by.municipality, case_id=case, record=record, agency_id=to, text="訪問を始める",
        kind="OUTREACH", opened_at=now,
    )  # fmt: skip
    note_act(by, now, "start_outreach", record.pk, case, basis=basis)
    return record


def _why_not(
    by: Asker, now: dt.datetime, people: Sequence[UUID], to: UUID, basis: str, item: UUID | None, *, has_case: bool
) -> Refusal | None:
    body, day = agency_facts(to), today(now)
    on_item = item is not None and AgendaItem.objects.filter(pk=item, basis="ARTICLE_106_6").exists()
    return why_not_outreach(
        has_case=has_case,
        basis=basis,
        to_own_agency=to == by.agency,
        consent_reaches=all(ask("reaches", p, to, None, day) for p in people),
        invited=on_item and Seat.objects.filter(item_id=item, agency_id=to).exists(),
        can_be_asked=not contract_ended(body, day) and not any(ask("agency_is_barred", to, p) for p in people),
    )


def _open_strands(
    by: Asker, now: dt.datetime, case: Case, people: Sequence[UUID], to: UUID, basis: str, item: UUID | None
) -> None:
    Strand.objects.bulk_create(
        Strand(
            municipality_id=by.municipality, case=case, person_id=p, kind="OUTREACH", agency_id=to, basis=basis,
            item_id=item, stage="把握", opened_at=now,
        )
        for p in people
    )  # fmt: skip


@transaction.atomic
def visit(  # noqa: PLR0913  what was met at the door
    *,
    by: Asker,
    now: dt.datetime,
    case: UUID | None,
    people: Sequence[UUID],
    result: str,
    stage: str = "",
    text: str = "",
    fact: str = "",
    opinion: str = "",
    data_class: str = "BASIC",
    scope: str = "CASE_TEAM",
) -> Record:
    """訪問: 不在, 手紙, ドア越し, 会えた, 断られた; the stage of the relation moves with it."""
    refuse(why_not_role(by.sets, WRITERS))
    need_known(people)
    refuse(why_not_visit(has_strand=all(ask("has_strand", p, by.agency) for p in people)))
    record = write_record(
        by, now, Kind.VISIT, people, case=case, text=text, fact=fact, opinion=opinion, method="訪問",
        data_class=data_class, scope=scope, details={"result": result, "stage": stage},
    )  # fmt: skip
    if stage:
        Strand.objects.filter(person_id__in=list(people), agency_id=by.agency, kind="OUTREACH", ended_at=None).update(
            stage=stage
        )
    if case is not None:
        waiting = Task.objects.filter(case_id=case, agency_id=by.agency, kind="OUTREACH", done_at=None)
        waiting.update(done_at=now, done_by_id=by.staff)
    note_act(by, now, "visit", record.pk, case, result=result)
    return record
