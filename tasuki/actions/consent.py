"""同意: getting, refusing, withdrawing; the secrecy pledge. All act at once (T10, T34, R12, R15)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from tasuki.records.asker import Asker, Invisible, ask, uuids
from tasuki.records.journal import note_act
from tasuki.records.models import (
    AgendaItem,
    Consent,
    ConsentExclusion,
    ConsentReach,
    ConsentRefusal,
    ItemPerson,
    Person,
    Pledge,
    Record,
)
from tasuki.records.pen import agency_facts, need_known, refuse, today, write_record
from tasuki.rules.codes import Kind
from tasuki.rules.conference import why_not_pledge, why_not_promote
from tasuki.rules.disclosure import why_not_consent, why_not_proxy
from tasuki.rules.permission import CALLERS, WRITERS, why_not_role
from tasuki.rules.refusal import refused_if


@dataclass(frozen=True)
class ConsentForm:
    """同意書 (F04): to whom, which data, until when, how, and who gets nothing although their agency is named."""

    to: Sequence[UUID]
    classes: Sequence[str]
    until: dt.date | None = None
    form: str = "WRITTEN"
    proxy: UUID | None = None
    excluded_agencies: Sequence[UUID] = field(default_factory=tuple)
    excluded_staff: Sequence[UUID] = field(default_factory=tuple)
    text: str = ""


@transaction.atomic
def consent_get(*, by: Asker, now: dt.datetime, person: UUID, form: ConsentForm, case: UUID | None = None) -> Consent:
    """Write a consent of one person. It reaches only the agencies and classes written, and only that person."""
    refuse(why_not_role(by.sets, WRITERS))
    refuse(refused_if(not ask("may_name", person), "NOBODY"))
    refuse(refused_if(not (form.to and form.classes), "CONSENT_WITHOUT_REACH"))
    refuse(refused_if(form.until is not None and form.until < today(now), "DAY_IS_PAST"))
    refuse(why_not_consent(dead=ask("has_died", person)))
    refuse(why_not_proxy(alleged=form.proxy is not None and ask("is_alleged", person, form.proxy)))
    record = write_record(by, now, Kind.CONSENT, [person], case=case, text=form.text)
    consent = Consent.objects.create(
        municipality_id=by.municipality, record=record, person_id=person, form=form.form,
        proxy_id=form.proxy, given_at=now, until=form.until,
    )  # fmt: skip
    for agency in form.to:
        agency_facts(agency)
    ConsentReach.objects.bulk_create(
        ConsentReach(
            municipality_id=by.municipality, consent=consent, person_id=person, agency_id=agency,
            data_class=data_class, since=now, until=form.until,
        )
        for agency in dict.fromkeys(form.to)
        for data_class in dict.fromkeys(form.classes)
    )  # fmt: skip
    left_out: list[tuple[UUID | None, UUID | None]] = [(agency, None) for agency in form.excluded_agencies]
    left_out += [(None, member) for member in form.excluded_staff]
    ConsentExclusion.objects.bulk_create(
        ConsentExclusion(municipality_id=by.municipality, consent=consent, agency_id=agency, staff_id=member)
        for agency, member in left_out
    )
    note_act(by, now, "consent_get", record.pk, case, form=form.form)
    return consent


def _end(
    by: Asker, now: dt.datetime, kind: Kind, people: Sequence[UUID], agencies: Sequence[UUID], text: str
) -> Record:
    refuse(why_not_role(by.sets, WRITERS))
    need_known(people)
    record = write_record(by, now, kind, people, text=text)
    for person in people:
        reach = ConsentReach.objects.filter(person_id__in=uuids("same_people", person), ended_at=None)
        if agencies:
            reach = reach.filter(Q(agency_id__in=list(agencies)))
        reach.update(ended_at=now)
        ConsentRefusal.objects.bulk_create(
            ConsentRefusal(
                municipality_id=by.municipality, record=record, person_id=person, agency_id=agency, kind=kind, at=now
            )
            for agency in _or_all(agencies)
        )
    return record


def _or_all(agencies: Sequence[UUID]) -> list[UUID | None]:
    # No agency named means all of them: one row without an agency.
    return list(agencies) or [None]


@transaction.atomic
def consent_withdraw(
    *, by: Asker, now: dt.datetime, people: Sequence[UUID], agencies: Sequence[UUID] = (), text: str = ""
) -> Record:
    """T34 撤回: from the next request on nothing reaches those agencies; what was lawful stays in the journal."""
    record = _end(by, now, Kind.WITHDRAWAL, people, agencies, text)
    note_act(by, now, "consent_withdraw", record.pk)
    return record


@transaction.atomic
def consent_refuse(
    *, by: Asker, now: dt.datetime, people: Sequence[UUID], agencies: Sequence[UUID] = (), text: str = ""
) -> Record:
    """R12 拒否: recorded and honoured; it ends what was given to those agencies."""
    record = _end(by, now, Kind.REFUSAL, people, agencies, text)
    note_act(by, now, "consent_refuse", record.pk)
    return record


@transaction.atomic
def pledge(*, by: Asker, now: dt.datetime, until: dt.date) -> Pledge:
    """守秘義務誓約 (F13): each signs for themselves, in the agency they are in, until a day."""
    refuse(why_not_pledge(until_is_past=until < today(now)))
    made = Pledge.objects.create(
        municipality_id=by.municipality, staff_id=by.staff, agency_id=by.agency, since=now, until=until
    )
    note_act(by, now, "pledge", made.pk)
    return made


@transaction.atomic
def promote_item(*, by: Asker, now: dt.datetime, item: UUID, text: str) -> Record:
    """同意に移す: a summary of a sealed item becomes a record of the case, once everybody it is about consented (R5, T10).

    The item itself stays sealed; the summary is seen as far as each one's consent reaches, from this moment on.
    """
    refuse(why_not_role(by.sets, CALLERS))
    found = AgendaItem.objects.select_related("sitting").filter(pk=item).first()
    if found is None:
        raise Invisible
    people = list(
        Person.objects.filter(pk__in=ItemPerson.objects.filter(item=found).values("person_id")).order_by("pk")
    )
    without = [
        p.name or p.kana or "名前不明の方" for p in people if not ask("reaches", p.pk, by.agency, by.staff, today(now))
    ]
    refuse(
        why_not_promote(
            basis=found.basis, secretariat=by.agency in found.sitting.secretariat, held=found.sitting.state == "HELD",
            without_consent=without, text=text,
        )
    )  # fmt: skip
    record = write_record(
        by,
        now,
        Kind.SUMMARY,
        [p.pk for p in people],
        case=found.case_id,
        text=text.strip(),
        details={"item": str(item)},
    )
    note_act(by, now, "promote_item", record.pk, found.case_id)
    return record
