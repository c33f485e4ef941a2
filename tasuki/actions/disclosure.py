"""緊急閲覧と開示: break-glass, its review, provision outside, the pack of one's own records (R14, 4.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from tasuki.records.asker import Asker, Invisible, ask, effect
from tasuki.records.journal import note_act
from tasuki.records.models import Emergency, Pack, Record
from tasuki.records.pen import need_known, refuse, setting, write_record
from tasuki.rules.codes import Kind
from tasuki.rules.disclosure import why_not_break_glass, why_not_disclose, why_not_review
from tasuki.rules.permission import EMERGENCY, WRITERS, P, why_not_role
from tasuki.rules.refusal import refused_if

LONGEST_HOURS = 24


@transaction.atomic
def break_glass(*, by: Asker, now: dt.datetime, people: Sequence[UUID], reason: str) -> Record:
    """緊急閲覧: opens everything about the persons named to this worker for the town's hours, at most 24."""
    refuse(why_not_role(by.sets, EMERGENCY))
    again = Emergency.objects.filter(person_id__in=list(people), staff_id=by.staff, reason=reason.strip()).exists()
    exists = bool(people) and all(ask("is_registered", p) and not ask("asker_is_barred", p) for p in people)
    refuse(why_not_break_glass(reason=reason, exists=exists, same_reason_again=again))
    written = setting(by.municipality, "decision").get("break_glass_hours", LONGEST_HOURS)
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
    opened = list(Emergency.objects.select_for_update().filter(record_id=record).order_by("pk"))
    if not opened:
        raise Invisible
    refuse(why_not_review(reviewed=any(one.reviewed_at for one in opened)))
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
        why_not_disclose(
            others_guarded=any(ask("is_guarded", p) for p in others), exists=ask("is_registered", requester)
        )
    )
    record = write_record(by, now, Kind.DISCLOSURE, [requester], text=text)
    pack = Pack.objects.create(municipality_id=by.municipality, record=record, requester_id=requester, made_at=now)
    effect("fill_pack", pack.pk)
    note_act(by, now, "disclose", record.pk)
    return pack
