"""ケース: notes and their amendments, assessment, closing, suspension, reopening, transfer, death (T11, T24–T31)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from tasuki.records.asker import Asker, Invisible, ask, effect
from tasuki.records.journal import note_act
from tasuki.records.models import (
    Case,
    CasePerson,
    Issue,
    Person,
    Record,
    Strand,
    Subject,
    Task,
    Watch,
)
from tasuki.records.pen import (
    can_hold,
    case_for_update,
    keep_number,
    need_call,
    need_known,
    need_whole_case,
    pass_sash,
    people_of,
    refuse,
    set_state,
    take_on,
    today,
    write_record,
)
from tasuki.rules.case import (
    TRANSFER_BY_CONSENT,
    CaseState,
    is_over,
    why_not_check,
    why_not_close,
    why_not_follow_up,
    why_not_record_death,
    why_not_reopen,
    why_not_resume,
    why_not_suspend,
    why_not_transfer,
)
from tasuki.rules.codes import DataClass, Kind
from tasuki.rules.consultation import BY_TELEPHONE
from tasuki.rules.disclosure import why_not_amend, why_not_scope
from tasuki.rules.permission import CALLERS, WRITERS, P, why_not_role
from tasuki.rules.refusal import refused_if


@dataclass(frozen=True)
class Note:
    """支援経過記録 (F08): what happened, fact and judgement apart."""

    text: str = ""
    fact: str = ""
    opinion: str = ""
    method: str = ""
    note_kind: str = "DIRECT"
    minutes: int | None = None
    data_class: str = "BASIC"
    scope: str = "CASE_TEAM"
    informant_confidential: bool = False
    call: str = ""
    number: str = ""


@dataclass(frozen=True)
class Finding:
    """課題: a code of the list, for one person."""

    person: UUID
    code: str
    status: str = ""
    severity: int | None = None


@dataclass(frozen=True)
class Assessed:
    """アセスメント (F02): issues, 見立て, wishes."""

    issues: Sequence[Finding] = field(default_factory=tuple)
    formulation: str = ""
    wishes: str = ""
    by_hub: bool = False
    data_class: str = "BASIC"
    scope: str = "CASE_TEAM"


@transaction.atomic
def note(*, by: Asker, now: dt.datetime, case: UUID | None, people: Sequence[UUID], what: Note) -> Record:
    """Write a note about one or several persons whom the asker knows, of a case or of none."""
    refuse(why_not_role(by.sets, WRITERS, "NOT_A_WRITER"))
    if case is not None and not people:
        whole = case_for_update(case)
        need_whole_case(whole)
        people = people_of(whole)
    need_known(people)
    refuse(refused_if(not people, "NOBODY_NAMED"))
    refuse(why_not_scope(scope=what.scope, by_hub=by.is_hub))
    need_call(people, call=what.call, number=what.number, method=what.method)
    record = write_record(
        by, now, Kind.NOTE, people, case=case, text=what.text, fact=what.fact, opinion=what.opinion,
        details={"call": what.call} if what.call else {},
        method=BY_TELEPHONE if what.call else what.method, note_kind=what.note_kind, minutes=what.minutes, data_class=what.data_class,
        scope=what.scope, informant_confidential=what.informant_confidential,
    )  # fmt: skip
    keep_number(by, record, what.number)
    waits = (CaseState.PLAN_DECIDED, CaseState.MONITORING)  # T17, T18: support goes on with what is done
    found = Case.objects.select_for_update().filter(pk=case, state__in=waits).first() if case else None
    if found is not None:
        set_state(found, CaseState.SUPPORTING)
    note_act(by, now, "note", record.pk, case)
    return record


@transaction.atomic
def amend(*, by: Asker, now: dt.datetime, record: UUID, text: str, reason: str) -> Record:
    """訂正: the old words stay, struck through, with the reason; of a note that is locked it is added to them (追記, F08)."""
    old = Record.objects.filter(pk=record).first()
    if old is None:
        raise Invisible
    refuse(why_not_role(by.sets, WRITERS, "NOT_A_WRITER"))
    refuse(why_not_amend(reason=reason, text=text))
    people = list(Subject.objects.filter(record_id=record).order_by("pk").values_list("person_id", flat=True))
    written = write_record(
        by, now, Kind.AMENDMENT, people, case=old.case_id, text=text, amends_id=record,
        data_class=old.data_class, scope=old.scope, informant_confidential=old.informant_confidential,
        details={"reason": reason} | ({"added": True} if ask("note_is_locked", record) else {}),
    )  # fmt: skip
    note_act(by, now, "amend", written.pk, old.case_id)
    return written


@transaction.atomic
def assess(*, by: Asker, now: dt.datetime, case: UUID, people: Sequence[UUID], found: Assessed) -> Record:
    """アセスメント: by the agency, or by the hub itself (直接アセスメント, N09)."""
    refuse(why_not_role(by.sets, WRITERS, "NOT_A_WRITER"))
    held = case_for_update(case)
    refuse(refused_if(is_over(held.state), "CASE_ENDED"))
    people = people or people_of(held)
    need_known(people)
    refuse(why_not_scope(scope=found.scope, by_hub=by.is_hub))
    record = write_record(
        by, now, Kind.ASSESSMENT, people, case=case, text=found.formulation, data_class=found.data_class,
        scope=found.scope, details={"by_hub": found.by_hub, "wishes": found.wishes},
    )  # fmt: skip
    Issue.objects.bulk_create(
        Issue(
            municipality_id=by.municipality, record=record, person_id=one.person, code=one.code,
            status=one.status, severity=one.severity,
        )
        for one in found.issues
    )  # fmt: skip
    if held.state == CaseState.HUB_ACCEPTED:
        set_state(held, CaseState.ASSESSING)
    note_act(by, now, "assess", record.pk, case, by_hub=found.by_hub)
    return record


def _followed_up(by: Asker, now: dt.datetime, record: Record, agency: UUID | None, days: Sequence[dt.date]) -> None:
    Task.objects.bulk_create(
        Task(
            municipality_id=by.municipality, case_id=record.case_id, record=record, agency_id=agency or by.agency,
            text="フォロー", kind="FOLLOW_UP", due_on=day, opened_at=now,
        )
        for day in days
    )  # fmt: skip


def _settle_tasks(case: Case, now: dt.datetime) -> None:
    # A strand (outreach, participation) ends by itself, not with the case: domain 3.1.
    Task.objects.filter(case=case, done_at=None).exclude(kind="FOLLOW_UP").update(done_at=now)


@transaction.atomic
def close(
    *,
    by: Asker,
    now: dt.datetime,
    case: UUID,
    reason: str,
    lead_after: UUID | None = None,
    follow_ups: Sequence[dt.date] = (),
    no_lead_reason: str = "",
    notified: dt.date | None = None,
) -> Record:
    """T24 終結, confirmed by the decision officer. The hub's access ends; the たすき goes to who leads afterwards."""
    found = case_for_update(case)
    need_whole_case(found)
    refuse(
        why_not_close(
            state=found.state,
            may_decide=by.may(P.CITY) and not by.contractor,
            lead_and_follow_ups=lead_after is not None and bool(follow_ups),
            no_lead_reason=no_lead_reason,
            notified=notified is not None,
            evaluated=ask("was_evaluated", case, "CLOSE"),
            roles_done=ask("roles_are_done", case),
            item_held=ask("item_was_held", case, "終結評価"),
            lead_can_hold=lead_after is None or can_hold(lead_after, people_of(found), today(now)),
            a_day_is_past=any(one < today(now) for one in follow_ups),
        )
    )
    record = write_record(
        by, now, Kind.CLOSING, people_of(found), case=case, text=no_lead_reason,
        details={"reason": reason, "lead_after": str(lead_after or ""), "notified": str(notified or "")},
    )  # fmt: skip
    if lead_after is not None:
        pass_sash(found, lead_after, now, "CLOSED")
    _followed_up(by, now, record, lead_after, follow_ups)
    _settle_tasks(found, now)
    set_state(found, CaseState.CLOSED, ended_at=now, end_reason=reason)
    effect("end_hub_access", case)
    note_act(by, now, "close", record.pk, case, reason=reason)
    return record


@transaction.atomic
def suspend(*, by: Asker, now: dt.datetime, case: UUID, reason: str, next_check: dt.date | None) -> Record:
    """T26 中断, with a day for the next check: nothing sleeps for ever."""
    found = case_for_update(case)
    need_whole_case(found)
    refuse(why_not_role(by.sets, WRITERS | CALLERS))
    past = next_check is not None and next_check < today(now)
    refuse(why_not_suspend(state=found.state, reason=reason, has_next_check=next_check is not None, check_is_past=past))
    record = write_record(by, now, Kind.SUSPENSION, people_of(found), case=case, text=reason)
    _check_on(by, now, record, next_check)
    set_state(found, CaseState.SUSPENDED, before_suspension=found.state, next_check_on=next_check, end_reason=reason)
    note_act(by, now, "suspend", record.pk, case)
    return record


def _check_on(by: Asker, now: dt.datetime, record: Record, day: dt.date | None) -> None:
    Task.objects.create(
        municipality_id=by.municipality, case_id=record.case_id, record=record, agency_id=by.agency,
        text="中断中の確認", kind="SUSPENSION_CHECK", due_on=day, opened_at=now,
    )  # fmt: skip


def _checked(by: Asker, now: dt.datetime, case: Case) -> None:
    Task.objects.filter(case=case, kind="SUSPENSION_CHECK", done_at=None).update(done_at=now, done_by_id=by.staff)


@transaction.atomic
def check_suspended(*, by: Asker, now: dt.datetime, case: UUID, text: str, next_check: dt.date | None) -> Record:
    """中断中の確認 (T26): what was found out, and when it is asked again. The case stays suspended."""
    found = case_for_update(case)
    need_whole_case(found)
    refuse(why_not_role(by.sets, WRITERS | CALLERS))
    past = next_check is not None and next_check < today(now)
    refuse(why_not_check(state=found.state, text=text, has_next_check=next_check is not None, check_is_past=past))
    people = people_of(found)
    need_known(people)
    record = write_record(by, now, Kind.NOTE, people, case=case, text=text, note_kind="LIAISON")
    _checked(by, now, found)
    _check_on(by, now, record, next_check)
    found.next_check_on = next_check
    found.save(update_fields=["next_check_on"])
    note_act(by, now, "check_suspended", record.pk, case)
    return record


@transaction.atomic
def resume(*, by: Asker, now: dt.datetime, case: UUID, reason: str = "") -> Record:
    """中断からの再開: back to where it was (settled 2)."""
    found = case_for_update(case)
    need_whole_case(found)
    refuse(why_not_role(by.sets, WRITERS | CALLERS))
    refuse(why_not_resume(state=found.state))
    record = write_record(by, now, Kind.RESUMPTION, people_of(found), case=case, text=reason)
    set_state(found, found.before_suspension, before_suspension="", next_check_on=None, end_reason="")
    _checked(by, now, found)
    note_act(by, now, "resume", record.pk, case)
    return record


@transaction.atomic
def reopen(*, by: Asker, now: dt.datetime, case: UUID, reason: str, consent: str) -> Record:
    """T30 再開: the same case goes on, after a new look at the consent; it is screened anew."""
    found = case_for_update(case)
    need_whole_case(found)
    refuse(why_not_role(by.sets, WRITERS))
    people, day = people_of(found), today(now)
    refuse(
        why_not_reopen(
            state=found.state,
            reason=reason,
            consent=consent,
            stands=any(ask("has_any_consent", p, None, day) for p in people),
            renewed=any(ask("has_any_consent", p, found.ended_at, day) for p in people),
        )
    )
    record = write_record(by, now, Kind.REOPENING, people, case=case, text=reason, details={"consent": consent})
    set_state(
        found, CaseState.REOPENED, ended_at=None, end_reason="", screened_as="", reopened_at=now,
        hub_id=None, hub_since=None, use_decided_at=None,
    )  # fmt: skip
    pass_sash(found, by.agency, now, "REOPENED")
    take_on(by, found, now)
    note_act(by, now, "reopen", record.pk, case)
    return record


@transaction.atomic
def follow_up(*, by: Asker, now: dt.datetime, case: UUID, result: str, text: str = "") -> Record:
    """T29 フォロー: 安定, 不安, 再悪化, 連絡不能."""
    found = case_for_update(case)
    need_whole_case(found)
    refuse(why_not_role(by.sets, WRITERS))
    refuse(why_not_follow_up(state=found.state))
    record = write_record(by, now, Kind.FOLLOW_UP, people_of(found), case=case, text=text, details={"result": result})
    due = Task.objects.filter(case=found, kind="FOLLOW_UP", done_at=None).order_by("due_on", "pk").first()
    if due is not None:
        due.done_at, due.done_by_id = now, by.staff
        due.save(update_fields=["done_at", "done_by_id"])
    note_act(by, now, "follow_up", record.pk, case, result=result)
    return record


@transaction.atomic
def transfer_out(
    *, by: Asker, now: dt.datetime, case: UUID, to: str, basis: str, text: str = "", covered: Sequence[UUID] | None = None,
    classes: Sequence[str] = (DataClass.BASIC,),
) -> Record:  # fmt: skip
    """T31 転出: closes the case with the reason 転出; the たすき stays with its last holder, marked as ended.

    `covered` are those whom the papers for the other municipality tell of, `classes` what they tell; when nobody says who, by
    consent those who have one, by law the household. What goes out stands in the 外部提供簿.
    """
    found = case_for_update(case)
    need_whole_case(found)
    refuse(why_not_role(by.sets, WRITERS | CALLERS))
    people = people_of(found)
    need_known(people)
    moving = [p for p in people if covered is None or p in covered]
    without = [p for p in moving if basis == TRANSFER_BY_CONSENT and not ask("has_any_consent", p, None, today(now))]
    names = Person.objects.filter(pk__in=without if covered else []).order_by("pk").values_list("name", flat=True)
    refuse(why_not_transfer(state=found.state, basis=basis, without_consent=list(names)))
    told = _told_of([p for p in moving if p not in without])
    details = {"to": to, "basis": basis, "people": [str(p) for p in told], "classes": list(classes)}
    record = write_record(by, now, Kind.TRANSFER, people, case=case, text=text, details=details)
    if told:
        what = {"text": "転出の引継書", "details": {"to": to, "basis": basis, "of": str(record.pk)}}
        write_record(by, now, Kind.PROVISION, told, case=case, **what)
    _settle_tasks(found, now)
    set_state(found, CaseState.CLOSED, ended_at=now, end_reason="転出")
    effect("end_hub_access", case)
    note_act(by, now, "transfer_out", record.pk, case)
    return record


def _told_of(moving: Sequence[UUID]) -> list[UUID]:
    """Leave out the dead, and whom a protection of another one names as the danger: one paper never tells of both (R13)."""
    return [
        p for p in moving if not ask("has_died", p) and not any(ask("is_alleged", other, p) for other in moving if other != p)
    ]  # fmt: skip


@transaction.atomic
def record_death(*, by: Asker, now: dt.datetime, people: Sequence[UUID], died: str) -> Record:
    """死亡の記録 (settled 13): stops the person's clocks; the case closes when no living member is supported."""
    refuse(why_not_role(by.sets, WRITERS))
    need_known(people)
    refuse(why_not_record_death(is_to_come=died > today(now).isoformat()))
    record = write_record(by, now, Kind.DEATH, people, details={"died": died})
    for person in people:
        Person.objects.filter(pk=person).update(died_on=died)
        Strand.objects.filter(person_id=person, ended_at=None).update(ended_at=now, end_reason="死亡")
        about = Subject.objects.filter(person_id=person, kind=Kind.WATCH).values("record_id")
        Watch.objects.filter(record_id__in=about, ended_at=None).update(ended_at=now, end_reason="死亡")
        _close_without_living(by, now, person)
    note_act(by, now, "record_death", record.pk)
    return record


def _close_without_living(by: Asker, now: dt.datetime, person: UUID) -> None:
    own = CasePerson.objects.filter(person_id=person, left_at=None).values("case_id")
    for case in Case.objects.select_for_update().filter(pk__in=own, ended_at=None).order_by("pk"):
        living = Person.objects.filter(pk__in=people_of(case), died_on="")
        if living.exists():
            Task.objects.create(
                municipality_id=by.municipality, case=case, agency_id=by.agency, kind="ROLES_AFTER_DEATH",
                text="亡くなった方についての役割を決め直す", opened_at=now,
            )  # fmt: skip
            continue
        _settle_tasks(case, now)
        set_state(case, CaseState.CLOSED, ended_at=now, end_reason="死亡")
        effect("end_hub_access", case.pk)
