"""つなぎ: refer, answer, withdraw, hand back, decide the use. The たすき moves only by an acceptance (T06–T08, T25)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from tasuki.records.asker import Asker, Invisible, ask, effect, uuids
from tasuki.records.closed_days import closed_days
from tasuki.records.journal import note_act
from tasuki.records.models import Case, Record, Referral, Subject, Task
from tasuki.records.numbering import next_number
from tasuki.records.pen import (
    Stale,
    agency_facts,
    case_for_update,
    contract_ended,
    need_known,
    need_whole_case,
    pass_sash,
    people_of,
    refuse,
    set_state,
    setting,
    standing,
    take_on,
    today,
    write_record,
)
from tasuki.rules.calendar import add_business_days, midnight
from tasuki.rules.case import CaseState
from tasuki.rules.codes import Kind
from tasuki.rules.permission import CALLERS, WRITERS, P, why_not_role
from tasuki.rules.referral import (
    ReferralState,
    why_not_answer,
    why_not_decide_use,
    why_not_decline,
    why_not_hand_back,
    why_not_refer,
    why_not_take,
    why_not_withdraw,
)


@dataclass(frozen=True)
class Sheet:
    """つなぐシート (F03): what is asked, what was tried, on which basis, how warmly it was announced."""

    wants: str = ""
    tried: str = ""
    text: str = ""
    basis: str = "CONSENT"
    no_consent_reason: str = ""
    warm: str = ""


def _answer_by(by: Asker, now: dt.datetime) -> dt.datetime:
    clocks = setting(by.municipality, "clocks")
    days = int(clocks.get("referral_answer_business_days", 1))
    day = add_business_days(today(now), days, closed_days(today(now).year) | closed_days(today(now).year + 1))
    return midnight(day) + dt.timedelta(hours=17, minutes=15)


@transaction.atomic
def refer(*, by: Asker, now: dt.datetime, case: UUID, to: UUID, sheet: Sheet, people: Sequence[UUID] = ()) -> Referral:
    """T06 つなぐ: an offer with its sheet. The たすき stays here until the other side accepts."""
    found = case_for_update(case)
    if not people:
        need_whole_case(found)
    refuse(why_not_role(by.sets, WRITERS))
    about = list(people) or people_of(found)
    need_known(about)
    receiver, day = agency_facts(to), today(now)
    refuse(
        why_not_refer(
            standing(by, found),
            basis=sheet.basis,
            reason=sheet.no_consent_reason,
            wants=sheet.wants,
            tried=sheet.tried,
            consent_reaches=all(ask("reaches", p, to, None, day) for p in about),
            receiver_contract_ended=contract_ended(receiver, day),
            receiver_barred=any(ask("agency_is_barred", to, p) for p in about),
            receiver_is_sender=to == by.agency,
            only_by_item=setting(by.municipality, "routing").get("no_consent_referral") == "item_only",
        )
    )
    made = _offer(by, now, found, "REFER", to, about, sheet)
    note_act(by, now, "refer", made.record_id, case, basis=sheet.basis)
    return made


def _offer(
    by: Asker, now: dt.datetime, case: Case, kind: str, to: UUID, people: Sequence[UUID], sheet: Sheet
) -> Referral:
    record = write_record(
        by, now, Kind.REFERRAL if kind == "REFER" else Kind.HAND_BACK, people, case=case.pk,
        text=sheet.text, addressee_id=to, details={"number": next_number(by, now, "つ")},
    )  # fmt: skip
    return Referral.objects.create(
        municipality_id=by.municipality, record=record, case=case, kind=kind, sender_id=by.agency, receiver_id=to,
        basis=sheet.basis, no_consent_reason=sheet.no_consent_reason, sheet=sheet.text, wants=sheet.wants,
        tried=sheet.tried, warm=sheet.warm, state=ReferralState.OFFERED, sent_at=now, answer_by=_answer_by(by, now),
    )  # fmt: skip


def _locked(referral: UUID, version: int | None) -> Referral:
    found = Referral.objects.select_for_update().filter(pk=referral).first()
    if found is None:
        raise Invisible
    if version is not None and found.version != version:
        raise Stale(found.state)
    return found


def _answer(
    by: Asker, now: dt.datetime, referral: UUID, state: ReferralState, text: str = "", version: int | None = None
) -> tuple[Referral, Case, Record]:
    found = _locked(referral, version)
    refuse(why_not_answer(state=found.state, to_asker=found.receiver_id == by.agency))
    refuse(why_not_role(by.sets, WRITERS))
    case = case_for_update(found.case_id)
    if state != ReferralState.DECLINED:
        refuse(why_not_take(case_state=case.state))
    people = list(Subject.objects.filter(record_id=found.record_id).order_by("pk").values_list("person_id", flat=True))
    need_known(people)
    record = write_record(
        by, now, Kind.ANSWER, people, case=case.pk, text=text, details={"answer": state, "kind": found.kind}
    )
    found.state, found.answered_at, found.answered_by_id = state, now, by.staff
    found.version += 1
    found.save(update_fields=["state", "answered_at", "answered_by_id", "version"])
    return found, case, record


def _enter_hub(by: Asker, now: dt.datetime, case: Case) -> None:
    state = CaseState.HUB_ACCEPTED
    set_state(case, state, hub_id=by.agency, hub_since=now, use_decided_at=None)


@transaction.atomic
def accept(*, by: Asker, now: dt.datetime, referral: UUID, text: str = "", version: int | None = None) -> Record:
    """受ける: the たすき moves here at this instant. A hand-back that is accepted ends the hub's access (T07, T25)."""
    found, case, record = _answer(by, now, referral, ReferralState.ACCEPTED, text, version)
    pass_sash(case, by.agency, now, "ACCEPTED" if found.kind == "REFER" else "HANDED_BACK")
    take_on(by, case, now)
    if found.kind == "HAND_BACK":
        set_state(case, CaseState.RETURNED, ended_at=now, end_reason="つなぎもどし", hub_id=None)
        _follow_up_later(by, now, case, record)
        effect("end_hub_access", case.pk)
    elif by.is_hub:
        _enter_hub(by, now, case)
    note_act(by, now, "accept", record.pk, case.pk, kind=found.kind, hub=by.is_hub)
    return record


def _follow_up_later(by: Asker, now: dt.datetime, case: Case, record: Record) -> None:
    months = setting(by.municipality, "clocks").get("follow_up_months", [3, 6, 12])
    for count in months if isinstance(months, list) else [3]:
        due = today(now) + dt.timedelta(days=int(count) * 30)
        Task.objects.create(
            municipality_id=by.municipality, case=case, record=record, agency_id=by.agency,
            text="フォロー", kind="FOLLOW_UP", due_on=due, opened_at=now,
        )  # fmt: skip


@transaction.atomic
def accept_jointly(
    *, by: Asker, now: dt.datetime, referral: UUID, text: str = "", version: int | None = None
) -> Record:
    """一緒に受ける (settled 34): joins the team; the たすき stays with the sender, who may offer it again."""
    _, case, record = _answer(by, now, referral, ReferralState.JOINED, text, version)
    take_on(by, case, now)
    if by.is_hub:
        _enter_hub(by, now, case)
    note_act(by, now, "accept_jointly", record.pk, case.pk, hub=by.is_hub)
    return record


@transaction.atomic
def decline(
    *,
    by: Asker,
    now: dt.datetime,
    referral: UUID,
    advice: str = "",
    lead: UUID | None = None,
    follow_up: dt.date | None = None,
    version: int | None = None,
) -> Record:
    """T08 戻す: never plainly: with advice, a lead agency and a day to follow up. The たすき never left the sender."""
    refuse(
        why_not_decline(
            advice=advice, has_lead=lead is not None, has_follow_up=follow_up is not None,
            follow_up_is_past=follow_up is not None and follow_up < today(now),
        )
    )  # fmt: skip
    found, case, record = _answer(by, now, referral, ReferralState.DECLINED, advice, version)
    found.advice, found.lead_id, found.follow_up_on = advice, lead, follow_up
    found.save(update_fields=["advice", "lead_id", "follow_up_on"])
    Task.objects.create(
        municipality_id=by.municipality, case=case, record=record, agency_id=found.sender_id,
        text=advice, kind="AFTER_DECLINE", due_on=follow_up, opened_at=now,
    )  # fmt: skip
    note_act(by, now, "decline", record.pk, case.pk)
    return record


@transaction.atomic
def withdraw_referral(*, by: Asker, now: dt.datetime, referral: UUID, text: str = "") -> Record:
    """取り下げる: the sender takes an unanswered offer back."""
    found = _locked(referral, None)
    refuse(why_not_withdraw(state=found.state, by_sender=found.sender_id == by.agency))
    refuse(why_not_role(by.sets, WRITERS))
    people = list(Subject.objects.filter(record_id=found.record_id).order_by("pk").values_list("person_id", flat=True))
    need_known(people)
    record = write_record(by, now, Kind.ANSWER, people, case=found.case_id, text=text, details={"answer": "WITHDRAWN"})
    found.state, found.answered_at, found.answered_by_id = ReferralState.WITHDRAWN, now, by.staff
    found.version += 1
    found.save(update_fields=["state", "answered_at", "answered_by_id", "version"])
    note_act(by, now, "withdraw_referral", record.pk, found.case_id)
    return record


@transaction.atomic
def hand_back(*, by: Asker, now: dt.datetime, case: UUID, to: UUID, reason: str) -> Referral:
    """T25 つなぎもどし: an offer in the other direction; the receiver still has to accept."""
    found = case_for_update(case)
    need_whole_case(found)
    refuse(why_not_role(by.sets, WRITERS | CALLERS))
    about, receiver = people_of(found), agency_facts(to)
    refuse(
        why_not_hand_back(
            standing(by, found),
            by_hub=by.is_hub and found.hub_id == by.agency,
            has_decided_plan=ask("has_decided_plan", case),
            evaluated=ask("was_evaluated", case, "HAND_BACK"),
            item_held=ask("item_was_held", case, "つなぎもどし"),
            receiver_contract_ended=contract_ended(receiver, today(now)),
            receiver_barred=any(ask("agency_is_barred", to, p) for p in about),
            receiver_is_sender=to == by.agency,
        )
    )
    made = _offer(by, now, found, "HAND_BACK", to, about, Sheet(text=reason))
    note_act(by, now, "hand_back", made.record_id, case)
    return made


@transaction.atomic
def decide_use(*, by: Asker, now: dt.datetime, case: UUID, result: str, text: str = "") -> Record:
    """D1 受理・利用決定 by the city. Until USE no plan is drafted."""
    refuse(why_not_decide_use(may_decide=by.may(P.CITY), contractor=by.contractor, accepted=True))
    decided = effect("decide_use_of", case, result == "USE") > 0
    refuse(why_not_decide_use(may_decide=True, contractor=False, accepted=decided))
    record = write_record(
        by, now, Kind.USE_DECISION, uuids("people_of_case", case), case=case, text=text, details={"result": result}
    )
    note_act(by, now, "decide_use", record.pk, case, result=result)
    return record
