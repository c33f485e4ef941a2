"""緊急閲覧・開示・保護: break-glass and its review, provision outside, the pack, protections and bars (R13, R14, 4.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from tasuki.records.asker import Asker, Invisible, ask, effect
from tasuki.records.journal import note_act
from tasuki.records.models import Bar, Emergency, Pack, Protection, Record, Staff
from tasuki.records.pen import need_known, refuse, setting, today, write_record
from tasuki.rules.codes import Kind
from tasuki.rules.disclosure import (
    why_not_bar,
    why_not_break_glass,
    why_not_disclose,
    why_not_lift,
    why_not_review,
    why_not_review_protection,
)
from tasuki.rules.permission import EMERGENCY, WRITERS, P, why_not_role
from tasuki.rules.refusal import refused_if

LONGEST_HOURS = 24


@transaction.atomic
def break_glass(*, by: Asker, now: dt.datetime, people: Sequence[UUID], reason: str) -> Record:
    """緊急閲覧: opens everything about the persons named to this worker for the town's hours, at most 24."""
    refuse(why_not_role(by.sets, EMERGENCY))
    again = Emergency.objects.filter(person_id__in=list(people), staff_id=by.staff, reason=reason.strip()).exists()
    exists = bool(people) and all(ask("may_name", p) for p in people)
    refuse(why_not_break_glass(reason=reason, exists=exists, same_reason_again=again))
    written = setting(by.municipality, "clocks").get("break_glass_hours", LONGEST_HOURS)
    until = now + dt.timedelta(hours=min(int(written), LONGEST_HOURS))
    record = write_record(by, now, Kind.BREAK_GLASS, people, text=reason)
    Emergency.objects.bulk_create(
        Emergency(
            municipality_id=by.municipality, record=record, person_id=p, staff_id=by.staff, agency_id=by.agency,
            reason=reason.strip(), opened_at=now, until=until,
        )
        for p in people
    )  # fmt: skip
    note_act(by, now, "break_glass", record.pk)
    return record


@transaction.atomic
def review_break_glass(*, by: Asker, now: dt.datetime, record: UUID, verdict: str) -> Record:
    """緊急閲覧の事後審査, within one business day, by the privacy officer."""
    refuse(why_not_role(by.sets, frozenset({P.PRIV})))
    there = Emergency.objects.filter(record_id=record)
    refuse(why_not_review(reviewed=False, own=there.filter(staff_id=by.staff).exists()))
    opened = list(there.select_for_update().order_by("pk"))
    if not opened:
        raise Invisible
    refuse(why_not_review(reviewed=any(one.reviewed_at for one in opened), own=False))
    refuse(refused_if(not verdict, "VERDICT_MISSING"))
    for one in opened:
        one.reviewed_at, one.reviewed_by_id, one.verdict = now, by.staff, verdict
        one.save(update_fields=["reviewed_at", "reviewed_by_id", "verdict"])
    written = write_record(by, now, Kind.REVIEW, [], text=verdict, details={"of": str(record)})
    note_act(by, now, "review_break_glass", written.pk)
    return written


@transaction.atomic
def provide_outside(
    *, by: Asker, now: dt.datetime, people: Sequence[UUID], to: str, basis: str, what: str, case: UUID | None = None
) -> Record:
    """外部提供簿: to whom, on which law and article, what."""
    refuse(why_not_role(by.sets, WRITERS))
    need_known(people)
    refuse(refused_if(not (to and basis and what), "PROVISION_INCOMPLETE"))
    record = write_record(by, now, Kind.PROVISION, people, case=case, text=what, details={"to": to, "basis": basis})
    note_act(by, now, "provide_outside", record.pk, case)
    return record


@transaction.atomic
def disclose(*, by: Asker, now: dt.datetime, people: Sequence[UUID], requester: UUID, text: str = "") -> Pack:
    """開示請求の写し (settled 14, 32): the requester's own records; others, informants and guarded facts are out."""
    refuse(why_not_role(by.sets, frozenset({P.PRIV})))
    others = [p for p in people if p != requester]
    refuse(
        why_not_disclose(others_guarded=any(ask("is_guarded", p) for p in others), exists=ask("may_name", requester))
    )
    record = write_record(by, now, Kind.DISCLOSURE, [requester], text=text)
    pack = Pack.objects.create(municipality_id=by.municipality, record=record, requester_id=requester, made_at=now)
    effect("fill_pack", pack.pk)
    note_act(by, now, "disclose", record.pk)
    return pack


@transaction.atomic
def protect_address(
    *, by: Asker, now: dt.datetime, people: Sequence[UUID], tell_nothing: Sequence[UUID] = (),
    alleged: Sequence[UUID] = (), review_on: dt.date | None = None, note: str = "",
) -> Record:  # fmt: skip
    """DV等支援措置: from now on the address is shown to this agency only, and `tell_nothing` are told nothing.

    `alleged` are persons of the register said to be the danger: they consent for none of `people`.
    """
    refuse(why_not_role(by.sets, WRITERS))
    need_known(people)
    for person in people:
        Protection.objects.create(
            municipality_id=by.municipality, person_id=person, agency_id=by.agency,
            tell_nothing=list(tell_nothing), alleged=list(alleged), since=now, review_on=review_on,
        )  # fmt: skip
    record = write_record(by, now, Kind.PROTECTION, people, text=note)
    note_act(by, now, "protect_address", record.pk)
    return record


@transaction.atomic
def bar(
    *, by: Asker, now: dt.datetime, people: Sequence[UUID], agencies: Sequence[UUID] = (),
    staff: Sequence[UUID] = (), note: str = "",
) -> Record:  # fmt: skip
    """閲覧制限: stronger than every ground. Whoever is barred finds nobody from the next request on."""
    refuse(why_not_role(by.sets, WRITERS))
    need_known(people)
    refuse(why_not_bar(people=len(people), barred=len(agencies) + len(staff)))
    record = write_record(by, now, Kind.BAR, people, text=note)
    rows: list[tuple[UUID, UUID | None, UUID | None]] = [
        (person, agency, None) for person in people for agency in agencies
    ]
    rows += [(person, None, member) for person in people for member in staff]
    Bar.objects.bulk_create(
        Bar(municipality_id=by.municipality, person_id=person, agency_id=agency, staff_id=member, since=now)
        for person, agency, member in rows
    )
    note_act(by, now, "bar", record.pk)
    return record


def _guard[T: (Protection, Bar)](kind: type[T], which: UUID) -> T | None:
    """Return what guards somebody, held while it is open; what has ended is there to be told of and changes no more."""
    there = kind.objects.filter(pk=which)
    return there.select_for_update().first() or there.first()


def _end(
    by: Asker, now: dt.datetime, found: Protection | Bar | None, kind: Kind, reason: str, checked_by: UUID | None
) -> Record:
    """End what guards somebody, by two people, and write it down. The second has confirmed at the door: the database asks it too."""
    if found is None:
        raise Invisible
    second = checked_by is not None and checked_by != by.staff and Staff.objects.filter(pk=checked_by).exists()
    refuse(why_not_lift(reason=reason, second_person=second, open_=found.ended_at is None))
    found.ended_at, found.end_reason, found.checked_by_id = now, reason.strip(), checked_by
    found.save(update_fields=["ended_at", "end_reason", "checked_by_id"])
    return write_record(by, now, kind, [found.person_id], text=reason, details={"ends": True})


@transaction.atomic
def end_protection(*, by: Asker, now: dt.datetime, protection: UUID, reason: str, checked_by: UUID | None) -> Record:
    """支援措置の終わり: by the agency that protects, with a second person; from then on the address goes with the identity."""
    refuse(why_not_role(by.sets, WRITERS))
    found = _guard(Protection, protection)
    record = _end(by, now, found, Kind.PROTECTION, reason, checked_by)
    note_act(by, now, "end_protection", protection)
    return record


@transaction.atomic
def review_protection(*, by: Asker, now: dt.datetime, protection: UUID, next_day: dt.date | None) -> Protection:
    """支援措置の見直し: it goes on, until it is looked at again on a day to come."""
    refuse(why_not_role(by.sets, WRITERS))
    found = Protection.objects.select_for_update().filter(pk=protection, ended_at=None).first()
    if found is None:
        raise Invisible
    refuse(why_not_review_protection(next_day=next_day, today=today(now)))
    found.review_on = next_day
    found.save(update_fields=["review_on"])
    note_act(by, now, "review_protection", protection)
    return found


@transaction.atomic
def lift_bar(*, by: Asker, now: dt.datetime, bar: UUID, reason: str, checked_by: UUID | None) -> Record:
    """閲覧制限を解く: by somebody who sees the person, so never by the one who is barred, with a second person."""
    refuse(why_not_role(by.sets, WRITERS))
    found = _guard(Bar, bar)
    record = _end(by, now, found, Kind.BAR, reason, checked_by)
    note_act(by, now, "lift_bar", bar)
    return record
