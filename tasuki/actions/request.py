"""資料提供依頼と回答 (F14): what is asked for a sealed item, and answered under it (法106条の6第3項, R7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from tasuki.records.asker import Asker, Invisible, ask, effect
from tasuki.records.journal import note_act
from tasuki.records.models import AgendaItem, ItemPerson, MaterialRequest
from tasuki.records.pen import agency_facts, contract_ended, refuse, today
from tasuki.rules.permission import CALLERS, READERS, why_not_role
from tasuki.rules.request import RequestState, why_not_answer, why_not_request


@transaction.atomic
def request_material(
    *, by: Asker, now: dt.datetime, item: UUID, agency: UUID, scope: str, reason: str, due: dt.date | None = None
) -> MaterialRequest:
    """資料提供依頼: the secretariat asks an agency, which need not sit at the item, for what the item needs."""
    refuse(why_not_role(by.sets, CALLERS))
    found = AgendaItem.objects.select_related("sitting").filter(pk=item).first()
    if found is None:
        raise Invisible
    asked = agency_facts(agency)
    people = list(ItemPerson.objects.filter(item=found).values_list("person_id", flat=True))
    refuse(
        why_not_request(
            basis=found.basis, secretariat=by.agency in found.sitting.secretariat, scope=scope, reason=reason,
            barred=any(ask("agency_is_barred", agency, p) for p in people),
            contract_ended=contract_ended(asked, today(now)), name=asked.name,
        )
    )  # fmt: skip
    made = MaterialRequest.objects.create(
        municipality_id=by.municipality, item=found, asking_id=by.agency, agency_id=agency,
        scope=scope.strip(), reason=reason.strip(), asked_at=now, asked_by_id=by.staff, due_on=due, state=RequestState.ASKED,
    )  # fmt: skip
    note_act(by, now, "request_material", made.pk, agency=str(agency))
    return made


@transaction.atomic
def answer_request(
    *, by: Asker, now: dt.datetime, request: UUID, answer: str, records: Sequence[UUID] = (), declines: bool = False
) -> MaterialRequest:
    """回答: own words and own records, kept under the item only; or why nothing can be given."""
    refuse(why_not_role(by.sets, READERS))
    found = MaterialRequest.objects.select_for_update(of=("self",)).filter(pk=request, agency_id=by.agency).first()
    if found is None:
        raise Invisible
    chosen = [] if declines else list(dict.fromkeys(records))
    refuse(why_not_answer(state=found.state, declines=declines, answer=answer, records=len(chosen)))
    put = effect("put_on_item", request, chosen) if chosen else 0
    found.state = RequestState.DECLINED if declines else RequestState.ANSWERED
    found.answered_at, found.answered_by_id, found.answer = now, by.staff, answer.strip()
    found.save(update_fields=["state", "answered_at", "answered_by_id", "answer"])
    note_act(by, now, "answer_request", request, records=put)
    return found
