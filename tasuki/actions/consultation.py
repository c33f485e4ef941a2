"""受付: notices, receptions, screenings, advice between agencies (T01–T05)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from tasuki.records.asker import Asker, Invisible, ask, uuids
from tasuki.records.journal import note_act
from tasuki.records.models import Case, CasePerson, Consultation, Record, Task
from tasuki.records.numbering import next_number
from tasuki.records.pen import (
    agency_facts,
    case_for_update,
    holder_of,
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
from tasuki.rules.case import CaseState
from tasuki.rules.codes import Kind
from tasuki.rules.consultation import BY_TELEPHONE, ENDS, Screening, why_not_receive, why_not_screen
from tasuki.rules.permission import RECEIVERS, WRITERS, why_not_role
from tasuki.rules.refusal import refused_if
from tasuki.rules.support import why_not_advise

_AFTER_SCREENING = {
    Screening.SINGLE: CaseState.SINGLE,
    Screening.NETWORK: CaseState.NETWORK,
    Screening.WATCH: CaseState.WATCH,
    Screening.INFO_ONLY: CaseState.ENDED,
    Screening.DROPPED: CaseState.ENDED,
}


@dataclass(frozen=True)
class Reception:
    """What was heard (F01). `topics` are words of the list or one's own; `pressing` is the one with ◎."""

    route: str
    topics: Sequence[str]
    text: str = ""
    referrer: str = ""
    pressing: str = ""
    urgency: str = ""
    visited_before: int | None = None
    visitor: UUID | None = None
    data_class: str = "BASIC"
    scope: str = "CASE_TEAM"
    call: str = ""
    number: str = ""


@transaction.atomic
def notice(
    *, by: Asker, now: dt.datetime, text: str, place: str = "", people: Sequence[UUID] = (), data_class: str = "BASIC"
) -> Record:
    """T01 気づき・随時相談: anybody may leave one, also without a person. It is no case."""
    refuse(refused_if(any(ask("asker_is_barred", p) for p in people), "NOBODY"))
    record = write_record(
        by, now, Kind.NOTICE, people, text=text, data_class=data_class, details={"place": place} if place else {}
    )
    note_act(by, now, "notice", record.pk)
    return record


@transaction.atomic
def receive(*, by: Asker, now: dt.datetime, people: Sequence[UUID], heard: Reception) -> Consultation:
    """T02 相談受付: nobody is refused. The receiving agency holds the たすき from this instant.

    A second reception by the same agency, while its own case of these persons is open, belongs to that
    case and is not counted as new (N01).
    """
    refuse(why_not_role(by.sets, RECEIVERS))
    refuse(refused_if(any(ask("asker_is_barred", p) for p in people), "NOBODY"))
    refuse(why_not_receive(people=len(people), topics=len(heard.topics), route=heard.route))
    need_call(people, call=heard.call, number=heard.number)
    case = _own_open_case(by, people)
    again = case is not None
    if case is None:
        case = _open_case(by, now, people)
    record = write_record(
        by, now, Kind.RECEIVE, people, case=case.pk, text=heard.text, data_class=heard.data_class, scope=heard.scope,
        details={"call": heard.call} if heard.call else {}, method=BY_TELEPHONE if heard.call else "",
    )  # fmt: skip
    keep_number(by, record, heard.number)
    consultation = Consultation.objects.create(
        municipality_id=by.municipality, record=record, number=next_number(by, now, "受"), route=heard.route,
        referrer=heard.referrer, topics=list(heard.topics), pressing=heard.pressing, urgency=heard.urgency,
        visited_before=heard.visited_before, visitor_id=heard.visitor, again=again,
    )  # fmt: skip
    note_act(by, now, "receive", record.pk, case.pk, again=again)
    return consultation


def _own_open_case(by: Asker, people: Sequence[UUID]) -> Case | None:
    wanted = set(people)
    of_the_first = CasePerson.objects.filter(person_id=people[0], left_at=None).values("case_id")
    own = Case.objects.filter(pk__in=of_the_first, agency_id=by.agency, ended_at=None).order_by("-opened_at", "pk")
    return next((case for case in own if wanted <= set(people_of(case))), None)


def _open_case(by: Asker, now: dt.datetime, people: Sequence[UUID]) -> Case:
    home = uuids("household_of", people[0])
    if not home:
        raise Invisible
    case = Case(
        municipality_id=by.municipality,
        household_id=home[0],
        agency_id=by.agency,
        state=CaseState.INTAKE,
        opened_at=now,
    )
    case.save(force_insert=True)
    CasePerson.objects.bulk_create(
        CasePerson(municipality_id=by.municipality, case=case, person_id=p, joined_at=now)
        for p in dict.fromkeys(people)
    )
    pass_sash(case, by.agency, now, "RECEIVED")
    take_on(by, case, now)
    return case


@transaction.atomic
def screen(
    *, by: Asker, now: dt.datetime, case: UUID, result: str, reason: str = "", lead: UUID | None = None
) -> Record:
    """T03–T05 振り分け. SINGLE names a lead agency; INFO_ONLY and DROPPED say why and end the case.

    A lead among several agencies (NETWORK) is written down; the たすき goes to it when it accepts a つなぎ, not before.
    """
    found = case_for_update(case)
    need_whole_case(found)
    refuse(why_not_role(by.sets, WRITERS))
    people = people_of(found)
    need_known(people)
    refuse(
        why_not_screen(
            state=found.state, held_by_asker=holder_of(case) == by.agency, result=result, reason=reason,
            has_lead=lead is not None, lead_is_holder=lead == by.agency,
        )
    )  # fmt: skip
    record = write_record(
        by, now, Kind.SCREENING, people, case=case, text=reason,
        details={"result": result, "lead": str(lead) if lead else ""},
    )  # fmt: skip
    state = _AFTER_SCREENING.get(Screening(result), CaseState.SCREENED)
    ended = {"ended_at": now, "end_reason": result} if result in ENDS else {}
    set_state(found, state, screened_as=result, **ended)
    if lead is not None:
        agency_facts(lead)
    note_act(by, now, "screen", record.pk, case, result=result)
    return record


@transaction.atomic
def advise(
    *, by: Asker, now: dt.datetime, to: UUID, text: str, case: UUID | None = None, people: Sequence[UUID] = ()
) -> Record:
    """機関どうしの助言: free without a name; with a name only when the consent reaches the agency asked."""
    agency_facts(to)
    if case is not None:
        found = case_for_update(case)
        need_whole_case(found)
        people = people or people_of(found)
    need_known(people)
    day = today(now)
    reached = all(ask("reaches", p, to, None, day) for p in people)
    refuse(why_not_advise(names_people=bool(people), consent_reaches=reached))
    record = write_record(by, now, Kind.ADVICE, people, case=case, text=text, addressee_id=to)
    Task.objects.create(
        municipality_id=by.municipality, record=record, agency_id=to, text=text, kind="ADVICE", opened_at=now
    )
    note_act(by, now, "advise", record.pk, case)
    return record
