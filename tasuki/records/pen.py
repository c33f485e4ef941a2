"""The pen: steps that several acts share: refuse, write a record with its subjects, pass the たすき, read a standing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import DataError, connection, transaction

from tasuki.records.asker import Asker, Invisible, ask, ask_of_each
from tasuki.records.models import (
    Agency,
    Call,
    Case,
    CasePerson,
    CaseWorker,
    Holding,
    Record,
    Setting,
    Subject,
)
from tasuki.rules.case import CaseState, is_over
from tasuki.rules.codes import Kind
from tasuki.rules.consultation import why_not_call
from tasuki.rules.referral import CaseStanding
from tasuki.rules.refusal import Refusal, refusal
from tasuki.rules.sight import Acquaintance, why_not_known

JAPAN = ZoneInfo("Asia/Tokyo")


class Refused(Exception):
    """An act was refused aloud; nothing was changed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


@contextmanager
def aloud() -> Iterator[None]:
    """Refuse aloud also what only the database finds in an act: a word too long for its column, or no text at all.

    Raises Refused; the act is undone, and the transaction lives on to draw the form again.
    """
    try:
        with transaction.atomic():
            yield
    except DataError as trouble:
        raise Refused(refusal("NOT_TO_BE_KEPT")) from trouble


class Stale(Exception):
    """Somebody else changed the row meanwhile; the web shows both texts (409)."""

    def __init__(self, theirs: str) -> None:
        super().__init__("stale")
        self.theirs = theirs


def refuse(found: Refusal | None) -> None:
    """Raise Refused when a rule found a reason."""
    if found is not None:
        raise Refused(found)


def today(now: dt.datetime) -> dt.date:
    """Return the day in Japan."""
    return now.astimezone(JAPAN).date()


def one_at_a_time(by: Asker, what: str) -> None:
    """Let nobody else of the town change `what` until this request is through: what is read from here on stays as it is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{by.municipality} {what}"])


def need_known(people: Iterable[UUID]) -> None:
    """Refuse when the asker is barred from, or does not know, somebody named."""
    refuse(why_not_known([Acquaintance(*one) for one in ask_of_each(("asker_knows", "asker_is_barred"), people)]))


def need_call(people: Iterable[UUID], *, call: str, number: str, method: str = "") -> None:
    """Refuse a telephone call that is none, and a number of somebody whose telephone is protected."""
    guarded = bool(number) and any(ask("address_is_protected", one) for one in people)
    refuse(why_not_call(call=call, number=number, method=method, guarded=guarded))


def keep_number(by: Asker, record: Record, number: str) -> None:
    """Keep the number of a call beside its record: a policy of its own says who reads it."""
    if number:
        Call.objects.create(municipality_id=by.municipality, record=record, number=number)


def case_for_update(case: UUID | None) -> Case:
    """Lock the case; Invisible when it does not exist for the asker."""
    found = Case.objects.select_for_update().filter(pk=case).first() if case else None
    if found is None:
        raise Invisible
    return found


def people_of(case: Case) -> list[UUID]:
    """Return the persons for whom the case was received and who still belong to its household."""
    return list(
        CasePerson.objects.filter(case=case, left_at=None)
        .order_by("joined_at", "pk")
        .values_list("person_id", flat=True)
    )


def need_whole_case(case: Case) -> None:
    """Refuse an act on a whole case to who is barred from one of its persons."""
    barred = ask_of_each(("asker_is_barred",), people_of(case))
    refuse(why_not_known([Acquaintance(known=True, barred=one) for (one,) in barred]))


def holder_of(case: UUID) -> UUID | None:
    """Return the agency that holds the たすき now."""
    return Holding.objects.filter(case_id=case, until=None).values_list("agency_id", flat=True).first()


def standing(by: Asker, case: Case) -> CaseStanding:
    """Return what the rules of the relay ask about a case."""
    return CaseStanding(
        state=case.state,
        screened=bool(case.screened_as),
        held_by_asker=holder_of(case.pk) == by.agency,
        open_referral=ask("has_open_referral", case.pk),
    )


def pass_sash(case: Case, agency: UUID, now: dt.datetime, reason: str) -> None:
    """Pass the たすき: the old holding ends at the instant at which the new one begins."""
    held = Holding.objects.select_for_update().filter(case=case, until=None).first()
    if held is not None and held.agency_id == agency:
        return
    if held is not None:
        held.until = now
        held.save(update_fields=["until"])
    Holding.objects.create(municipality_id=case.municipality_id, case=case, agency_id=agency, since=now, reason=reason)


def take_on(by: Asker, case: Case, now: dt.datetime) -> None:
    """Note that this worker received, accepted or reopened the case (settled 31)."""
    if not CaseWorker.objects.filter(case=case, staff_id=by.staff, until=None).exists():
        CaseWorker.objects.create(
            municipality_id=by.municipality, case=case, staff_id=by.staff, agency_id=by.agency, since=now
        )


def set_state(case: Case, state: str, **others: Any) -> None:
    """Write the state of a case and whatever changes with it.

    A suspended case stays suspended until it is resumed or ends: what happens meanwhile is where it will go on.
    """
    if case.state == CaseState.SUSPENDED and is_over(state):
        others = {"before_suspension": "", "next_check_on": None, **others}
    elif case.state == CaseState.SUSPENDED and "before_suspension" not in others:
        others, state = {**others, "before_suspension": state}, case.state
    case.state = state
    for name, value in others.items():
        setattr(case, name, value)
    case.version += 1
    case.save(update_fields=["state", "version", *others])


def write_record(
    by: Asker,
    now: dt.datetime,
    kind: Kind,
    people: Sequence[UUID],
    *,
    case: UUID | None = None,
    **details: Any,
) -> Record:
    """Write one record in the asker's own name, with everybody whom it is about.

    `details` are columns of Record. The record is visible to the asker at once. Raises Invisible when the case does not
    exist for the asker.
    """
    if case is not None and not ask("may_write_in_case", case, kind, details.get("amends_id")):
        raise Invisible
    record = Record(
        municipality_id=by.municipality,
        kind=kind,
        agency_id=by.agency,
        staff_id=by.staff,
        case_id=case,
        written_at=now,
        **details,
    )
    record.save(force_insert=True)
    Subject.objects.bulk_create(
        Subject(municipality_id=by.municipality, record=record, person_id=p, agency_id=by.agency, kind=kind)
        for p in dict.fromkeys(people)
    )
    return record


def agency_facts(agency: UUID) -> Agency:
    """Return an agency of the town; Invisible when there is none."""
    found = Agency.objects.filter(pk=agency).first()
    if found is None:
        raise Invisible
    return found


def contract_ended(agency: Agency, day: dt.date) -> bool:
    """Whether the agency may no longer be asked on that day: its contract or its term has ended."""
    return (agency.contract_until is not None and agency.contract_until < day) or (
        agency.valid_until is not None and agency.valid_until < day
    )


def can_hold(agency: UUID, people: Iterable[UUID], day: dt.date) -> bool:
    """Whether a たすき may be given to an agency: it is in office, and nobody of the household is kept from it."""
    return not contract_ended(agency_facts(agency), day) and not any(ask("agency_is_barred", agency, p) for p in people)


def setting(municipality: UUID, section: str) -> dict[str, Any]:
    """Return the section of the town's way of working that is in force; empty when nothing was written."""
    body = (
        Setting.objects.filter(municipality_id=municipality, section=section)
        .order_by("-since", "-pk")
        .values_list("body", flat=True)
        .first()
    )
    return body if isinstance(body, dict) else {}
