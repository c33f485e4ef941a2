"""プラン: draft, judge, decide, progress, monitor, evaluate, re-plan (T12–T23)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from tasuki.records.asker import Asker, Invisible, ask, effect, row_of
from tasuki.records.journal import note_act
from tasuki.records.models import (
    Agency,
    AgendaItem,
    Case,
    Decision,
    Goal,
    Opinion,
    Plan,
    PlanRole,
    Record,
    Subject,
    Task,
)
from tasuki.records.pen import (
    agency_facts,
    can_hold,
    case_for_update,
    need_known,
    need_whole_case,
    people_of,
    refuse,
    set_state,
    setting,
    today,
    write_record,
)
from tasuki.rules.case import CaseState, is_over
from tasuki.rules.codes import Kind
from tasuki.rules.conference import quorum_needed
from tasuki.rules.permission import CALLERS, PLANNERS, WRITERS, why_not_role
from tasuki.rules.plan import (
    SUITABLE,
    Attendance,
    Decider,
    PlanKind,
    PlanState,
    deciders,
    why_not_decide,
    why_not_draft,
    why_not_judge,
    why_not_monitor,
    why_not_progress,
    why_not_replan,
)
from tasuki.rules.refusal import refused_if


@dataclass(frozen=True)
class Role:
    """What an agency takes on, and by when."""

    agency: UUID
    what: str
    due: dt.date | None = None


@dataclass(frozen=True)
class Draft:
    """プラン案 (F05–F07). `applied` is the day of the person's signature."""

    kind: str
    direction: str
    goals: Sequence[str]
    roles: Sequence[Role] = field(default_factory=tuple)
    participation: str = "不要"
    outreach: str = "不要"
    applied: dt.date | None = None
    data_class: str = "BASIC"
    scope: str = "CASE_TEAM"


def _use_undecided(by: Asker, case: Case) -> bool:
    if case.hub_id is None or case.use_decided_at is not None:
        return False
    written = str(setting(by.municipality, "decision").get("d1_decider") or "")
    return written == "city" if written else Agency.objects.filter(pk=case.hub_id, mode="委託").exists()


def _write_plan(
    by: Asker, now: dt.datetime, case: Case, people: Sequence[UUID], draft: Draft, previous: Plan | None
) -> Plan:
    record = write_record(
        by, now, Kind.PLAN, people, case=case.pk, text=draft.direction, data_class=draft.data_class, scope=draft.scope
    )
    plan = Plan(
        id=record.pk, municipality_id=by.municipality, record=record, case=case, kind=draft.kind,
        version=_version(case, people, draft.kind, previous), previous=previous, state=PlanState.DRAFT,
        direction=draft.direction, applied_on=draft.applied, participation=draft.participation, outreach=draft.outreach,
    )  # fmt: skip
    plan.save(force_insert=True)
    Goal.objects.bulk_create(
        Goal(municipality_id=by.municipality, plan=plan, number=number, text=text)
        for number, text in enumerate(draft.goals, start=1)
    )
    PlanRole.objects.bulk_create(
        PlanRole(
            municipality_id=by.municipality,
            plan=plan,
            agency=agency_facts(role.agency),
            what=role.what,
            due_on=role.due,
        )
        for role in draft.roles
    )
    return plan


def _version(case: Case, people: Sequence[UUID], kind: str, previous: Plan | None) -> int:
    """One more than the decided version before it, and one more for each draft that went back (T15)."""
    back = Plan.objects.filter(
        case=case, kind=kind, previous=previous, state=PlanState.DRAFT, judged_result="RECONSIDER"
    )
    about = Subject.objects.filter(person_id__in=list(people), kind=Kind.PLAN).values("record_id")
    return (previous.version if previous else 0) + 1 + back.filter(record_id__in=about).count()


@transaction.atomic
def draft_plan(*, by: Asker, now: dt.datetime, case: UUID, people: Sequence[UUID], draft: Draft) -> Plan:
    """T12 プラン案: after issues and 見立て, and where the city decides the use, after it did."""
    refuse(why_not_role(by.sets, PLANNERS[PlanKind(draft.kind)]))
    found = case_for_update(case)
    if not people:
        need_whole_case(found)
    about = list(people) or people_of(found)
    need_known(about)
    refuse(
        why_not_draft(
            case_over=is_over(found.state),
            assessed=ask("was_assessed", case),
            use_undecided=_use_undecided(by, found),
            goals=len(draft.goals),
            direction=draft.direction,
        )
    )
    plan = _write_plan(by, now, found, about, draft, None)
    if draft.kind == PlanKind.HUB and found.state in {CaseState.HUB_ACCEPTED, CaseState.ASSESSING}:
        set_state(found, CaseState.PLAN_DRAFT)
    note_act(by, now, "draft_plan", plan.pk, case, kind=draft.kind)
    return plan


def _locked(plan: UUID) -> Plan:
    found = Plan.objects.select_for_update().filter(pk=plan).first()
    if found is None:
        raise Invisible
    return found


def _people(plan: Plan) -> list[UUID]:
    return list(Subject.objects.filter(record_id=plan.record_id).order_by("pk").values_list("person_id", flat=True))


@transaction.atomic
def replan(*, by: Asker, now: dt.datetime, plan: UUID, people: Sequence[UUID], draft: Draft) -> Plan:
    """T23 再プラン: a new version, drafted after an evaluation that says so (settled 6)."""
    old = _locked(plan)
    refuse(why_not_role(by.sets, PLANNERS[PlanKind(draft.kind or old.kind)]))
    found = case_for_update(old.case_id)
    refuse(why_not_replan(case_over=is_over(found.state), verdict=old.verdict))
    about = list(people) or _people(old)
    need_known(about)
    new = _write_plan(by, now, found, about, draft, old)
    set_state(found, CaseState.PLAN_DRAFT)
    note_act(by, now, "replan", new.pk, found.pk)
    return new


@transaction.atomic
def judge_plan(*, by: Asker, now: dt.datetime, plan: UUID, item: UUID, result: str, text: str = "") -> Record:
    """会議での適切性の判断, once the item was held and every agency with a role agreed; 再検討 with an opinion, here or at the item."""
    refuse(why_not_role(by.sets, CALLERS))
    found = _locked(plan)
    on = AgendaItem.objects.filter(pk=item).select_related("sitting__conference").first()
    if on is None:
        raise Invisible
    agreed = set(Opinion.objects.filter(item=on, agrees=True).values_list("agency_id", flat=True))
    missing = PlanRole.objects.filter(plan=found).exclude(agency_id__in=agreed).order_by("pk")
    names = list(dict.fromkeys(missing.values_list("agency__name", flat=True)))
    refuse(
        why_not_judge(
            result=result, item_held=on.sitting.state == "HELD", of_this_plan=on.plan_id == found.pk, missing=names,
            attendance=_attendance(on), opinion=bool(text.strip()) or _opinion_at(on),
        )
    )  # fmt: skip
    record = write_record(
        by, now, Kind.JUDGEMENT, _people(found), case=found.case_id, text=text.strip(), details={"result": result}
    )
    found.judged_result, found.judged_item_id = result, item
    if result in SUITABLE:
        found.state = PlanState.JUDGED if found.state == PlanState.DRAFT else found.state  # or decided before (D2)
        found.judged_at = now
    found.save(update_fields=["judged_result", "judged_item_id", "state", "judged_at"])
    note_act(by, now, "judge_plan", record.pk, found.case_id, result=result)
    return record


def _attendance(item: AgendaItem) -> Attendance:
    body = item.sitting.conference
    counted, here = row_of("quorum_facts", item.pk) or (0, 0)
    return Attendance(here, quorum_needed(body.quorum, number=body.quorum_number, counted=counted))


def _opinion_at(item: AgendaItem) -> bool:
    said = Opinion.objects.filter(item=item).exclude(text="").exists()
    return said or bool(item.discussion) or Decision.objects.filter(item=item).exclude(text="").exists()


@transaction.atomic
def decide_support(*, by: Asker, now: dt.datetime, plan: UUID, lead: UUID | None) -> Record:
    """T16 支援決定 (D2). A hub plan gives the たすき to its lead agency; the old version ends."""
    found = Plan.objects.select_for_update().filter(pk=plan).first()
    decider = str(setting(by.municipality, "decision").get("d2_decider") or Decider.CITY_AFTER)
    before = decider == Decider.CITY_BEFORE
    refuse(
        why_not_decide(
            may_decide=bool(by.sets & deciders(decider)),
            contractor=by.contractor,
            judged=found is not None and (before or found.judged_at is not None),
            applied=found is not None and found.applied_on is not None,
            state=found.state if found is not None else "",
            case_over=found is not None and ask("case_has_ended", found.case_id),
            lead_can_hold=found is None or lead is None or can_hold(lead, _people(found), today(now)),
        )
    )
    if found is None:
        raise Invisible
    record = write_record(by, now, Kind.DECISION, _people(found), case=found.case_id, details={"lead": str(lead or "")})
    old = Plan.objects.filter(case_id=found.case_id, kind=found.kind, state=PlanState.DECIDED)
    old.update(state=PlanState.ENDED, ended_at=now)
    months = int(setting(by.municipality, "clocks").get("monitoring_months", 3))
    found.state, found.decided_at, found.decided_by_id, found.lead_id = PlanState.DECIDED, now, by.staff, lead
    found.monitor_by = today(now) + dt.timedelta(days=30 * months)
    found.save(update_fields=["state", "decided_at", "decided_by_id", "lead_id", "monitor_by"])
    _after_decision(by, now, found, record, lead)
    note_act(by, now, "decide_support", record.pk, found.case_id, kind=found.kind, version=found.version)
    return record


def _after_decision(by: Asker, now: dt.datetime, plan: Plan, record: Record, lead: UUID | None) -> None:
    effect("enact_decision", plan.pk, lead if plan.kind == PlanKind.HUB else None)
    roles = PlanRole.objects.filter(plan=plan).order_by("pk").values_list("agency_id", "what", "due_on")
    Task.objects.bulk_create(
        Task(
            municipality_id=by.municipality, case_id=plan.case_id, record=record, agency_id=agency, text=what,
            kind="ROLE", due_on=due, opened_at=now,
        )
        for agency, what, due in roles
    )  # fmt: skip


@transaction.atomic
def role_progress(*, by: Asker, now: dt.datetime, plan: UUID, agency: UUID, state: str) -> Record:
    """役割の進み: 未着手, 実施中, 導入済, 中止."""
    refuse(why_not_role(by.sets, WRITERS))
    found = _locked(plan)
    roles = PlanRole.objects.filter(plan=found, agency_id=agency)
    refuse(why_not_progress(has_role=roles.exists(), decided=found.decided_at is not None))
    people = _people(found)
    need_known(people)
    record = write_record(
        by, now, Kind.PROGRESS, people, case=found.case_id, details={"agency": str(agency), "state": state}
    )
    roles.update(state=state, since=now)
    if state in {"INTRODUCED", "STOPPED"}:
        Task.objects.filter(case_id=found.case_id, agency_id=agency, kind="ROLE", done_at=None).update(
            done_at=now, done_by_id=by.staff
        )
    note_act(by, now, "role_progress", record.pk, found.case_id, state=state)
    return record


@transaction.atomic
def monitor(*, by: Asker, now: dt.datetime, plan: UUID, findings: str) -> Record:
    """T18 モニタリング: what was found; the next one is due after the town's interval."""
    refuse(why_not_role(by.sets, WRITERS))
    found = _locked(plan)
    refuse(why_not_monitor(decided=found.decided_at is not None))
    people = _people(found)
    need_known(people)
    record = write_record(by, now, Kind.MONITORING, people, case=found.case_id, text=findings)
    months = int(setting(by.municipality, "clocks").get("monitoring_months", 3))
    found.monitor_by = today(now) + dt.timedelta(days=30 * months)
    found.save(update_fields=["monitor_by"])
    case = case_for_update(found.case_id)
    if case.state in {CaseState.PLAN_DECIDED, CaseState.SUPPORTING}:
        set_state(case, CaseState.MONITORING)
    note_act(by, now, "monitor", record.pk, found.case_id)
    return record


@transaction.atomic
def evaluate(
    *,
    by: Asker,
    now: dt.datetime,
    plan: UUID,
    attained: Mapping[int, str],
    changes: Sequence[str],
    verdict: str,
    burden: int | None = None,
    text: str = "",
) -> Record:
    """T22 評価 (F10): each goal, the changes seen, the burden on the supporters (1–5), and the verdict."""
    refuse(why_not_role(by.sets, WRITERS))
    found = _locked(plan)
    refuse(why_not_monitor(decided=found.decided_at is not None))
    people = _people(found)
    need_known(people)
    goals = dict(Goal.objects.filter(plan=found).values_list("number", "pk"))
    refuse(refused_if(not set(attained) <= set(goals), "NO_SUCH_GOAL"))
    record = write_record(
        by, now, Kind.EVALUATION, people, case=found.case_id, text=text,
        details={
            "goals": {str(n): word for n, word in attained.items()}, "changes": list(changes),
            "burden": burden, "verdict": verdict, "plan": str(plan),
        },
    )  # fmt: skip
    for number, word in attained.items():
        Goal.objects.filter(pk=goals[number]).update(attained=word)
    found.evaluated_at, found.verdict = now, verdict
    found.save(update_fields=["evaluated_at", "verdict"])
    case = case_for_update(found.case_id)
    if not is_over(case.state):
        set_state(case, CaseState.EVALUATING)
    note_act(by, now, "evaluate", record.pk, found.case_id, verdict=verdict)
    return record
