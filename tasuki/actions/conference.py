"""会議: summon, hold, and meetings that deal with no case (T13–T15, R3–R8, settled 21–24)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from tasuki.records.asker import Asker, Invisible, ask, uuids
from tasuki.records.journal import note_act
from tasuki.records.models import (
    Agency,
    AgendaItem,
    Conference,
    Decision,
    ItemMaterial,
    ItemPerson,
    Opinion,
    Plan,
    PlanRole,
    Record,
    Seat,
    Sitting,
    Staff,
    Task,
)
from tasuki.records.pen import contract_ended, refuse, today, write_record
from tasuki.rules.codes import Kind
from tasuki.rules.conference import Guest, why_not_guest, why_not_hold, why_not_item, why_not_meeting
from tasuki.rules.permission import CALLERS, READERS, why_not_role
from tasuki.rules.refusal import Refusal, refused_if


@dataclass(frozen=True)
class Item:
    """A 議題 to be called: about whom, of which kind, on which basis, and who sits at it."""

    about: Sequence[UUID]
    kind: str
    basis: str
    invited: Sequence[UUID]
    deputies: Sequence[UUID] = field(default_factory=tuple)
    materials: Sequence[UUID] = field(default_factory=tuple)
    plan: UUID | None = None
    case: UUID | None = None
    reason: str = ""
    minutes: int = 15


@dataclass(frozen=True)
class Summoned:
    """What a summons made: the sitting, its record, and its items in their order."""

    sitting: UUID
    record: UUID
    items: tuple[UUID, ...]


@dataclass(frozen=True)
class Agreed:
    """誰が・何を・いつまで, decided at an item."""

    item: UUID
    text: str
    agency: UUID | None = None
    due: dt.date | None = None


@dataclass(frozen=True)
class Said:
    """What an agency said at an item, and whether it agrees."""

    item: UUID
    agency: UUID
    agrees: bool | None = None
    text: str = ""


def _guests(
    conference: Conference, people: Sequence[UUID], basis: str, plan: UUID | None, names: Iterable[UUID],
    days: Sequence[dt.date],
) -> Iterable[Guest]:  # fmt: skip
    roles = set(PlanRole.objects.filter(plan_id=plan).values_list("agency_id", flat=True)) if plan else set()
    for member in names:
        who = Staff.objects.filter(pk=member).first()
        if who is None:
            raise Invisible
        found = uuids("agencies_of_staff", member)
        agency = Agency.objects.filter(pk__in=found).first()
        yield Guest(
            name=who.name,
            in_office=agency is not None and not any(contract_ended(agency, day) for day in days),
            member=agency is not None and agency.pk in conference.members,
            barred=any(ask("staff_is_barred", member, p) for p in people),
            pledged=basis != "ARTICLE_106_6" or all(ask("has_pledge", member, day) for day in days),
            consent_reaches=basis != "CONSENT"
            or (agency is not None and all(ask("reaches", p, agency.pk, member, day) for p in people for day in days)),
            has_role=agency is not None and agency.pk in roles,
        )


def _is_known(by: Asker, people: Sequence[UUID], names: Sequence[UUID]) -> bool:
    return all(
        ask("may_name", p) and (ask("asker_knows", p) or any(ask("staff_knows", n, p) for n in names)) for p in people
    )


@transaction.atomic
def summon(
    *, by: Asker, now: dt.datetime, conference: UUID, at: dt.datetime, items: Sequence[Item], place: str = ""
) -> Summoned:
    """招集: each item with its own basis, seats and materials; a missing pledge or consent refuses the summons."""
    refuse(why_not_role(by.sets, CALLERS))
    found = Conference.objects.filter(pk=conference).first()
    if found is None:
        raise Invisible
    days = [today(now), today(at)]
    for item in items:
        refuse(_why_not(by, found, item, days))
    sitting = Sitting(
        municipality_id=by.municipality, conference=found, secretariat=list(found.secretariat) or [by.agency],
        called_by_id=by.agency, at=at, state="SUMMONED", place=place,
    )  # fmt: skip
    sitting.save(force_insert=True)
    made = tuple(_put_on_agenda(by, sitting, position, item).pk for position, item in enumerate(items, start=1))
    record = write_record(by, now, Kind.SUMMONS, _everybody(items), sitting_id=sitting.pk)
    note_act(by, now, "summon", record.pk, items=len(items))
    return Summoned(sitting.pk, record.pk, made)


@transaction.atomic
def add_to_agenda(*, by: Asker, now: dt.datetime, sitting: UUID, item: Item) -> Summoned:
    """議題を足す: one more item on a sitting that is summoned and not yet held; the same guards as a summons."""
    refuse(why_not_role(by.sets, CALLERS))
    found = Sitting.objects.select_for_update(of=("self",)).select_related("conference").filter(pk=sitting).first()
    if found is None or by.agency not in found.secretariat:
        raise Invisible
    refuse(refused_if(found.state != "SUMMONED", "ALREADY_HELD"))
    refuse(_why_not(by, found.conference, item, [today(now), today(found.at)]))
    position = AgendaItem.objects.filter(sitting=found).count() + 1
    made = _put_on_agenda(by, found, position, item)
    record = write_record(by, now, Kind.SUMMONS, list(item.about), sitting_id=found.pk)
    note_act(by, now, "add_to_agenda", record.pk)
    return Summoned(found.pk, record.pk, (made.pk,))


def _why_not(by: Asker, conference: Conference, item: Item, days: Sequence[dt.date]) -> Refusal | None:
    names = [*item.invited, *item.deputies]
    return why_not_item(
        purposes=conference.purposes,
        bases=conference.bases,
        basis=item.basis,
        kind=item.kind,
        reason=item.reason,
        has_plan=item.plan is not None,
        known=_is_known(by, item.about, item.invited),
        barred=any(ask("asker_is_barred", p) for p in item.about),
        guests=_guests(conference, item.about, item.basis, item.plan, names, days),
    )


def _everybody(items: Sequence[Item]) -> list[UUID]:
    return list(dict.fromkeys(p for item in items for p in item.about))


def _put_on_agenda(by: Asker, sitting: Sitting, position: int, item: Item) -> AgendaItem:
    case = item.case
    if item.plan is not None:
        case = Plan.objects.filter(pk=item.plan).values_list("case_id", flat=True).first()
        if case is None:
            raise Invisible
    made = AgendaItem(
        municipality_id=by.municipality, sitting=sitting, case_id=case, kind=item.kind, basis=item.basis,
        reason=item.reason, plan_id=item.plan, position=position, minutes_planned=item.minutes,
    )  # fmt: skip
    made.save(force_insert=True)
    town = by.municipality
    seats = {**dict.fromkeys(item.deputies, True), **dict.fromkeys(item.invited, False)}
    Seat.objects.bulk_create(
        Seat(municipality_id=town, item=made, staff_id=n, agency_id=uuids("agencies_of_staff", n)[0], is_deputy=deputy)
        for n, deputy in seats.items()
    )
    ItemPerson.objects.bulk_create(
        ItemPerson(municipality_id=town, item=made, person_id=p) for p in dict.fromkeys(item.about)
    )
    for record in dict.fromkeys(item.materials):
        if not ask("can_be_material", made.pk, record):
            raise Invisible
        ItemMaterial.objects.create(municipality_id=town, item=made, record_id=record)
    return made


@transaction.atomic
def hold(
    *,
    by: Asker,
    now: dt.datetime,
    sitting: UUID,
    present: Sequence[UUID],
    decisions: Sequence[Agreed] = (),
    opinions: Sequence[Said] = (),
    discussion: Mapping[UUID, str] | None = None,
) -> Record:
    """開催・記録: who was there, what was decided and said. Who no longer may sit there blocks the record (settled 22).

    `discussion` is what was said, item by item: it is read with its item and by nobody else.
    """
    refuse(why_not_role(by.sets, CALLERS))
    found = Sitting.objects.select_for_update().filter(pk=sitting).first()
    if found is None or by.agency not in [*found.secretariat, found.called_by_id]:
        raise Invisible
    items = list(AgendaItem.objects.filter(sitting=found).order_by("position", "pk"))
    refuse(_why_not_now(found, items, present, now))
    for item in items:
        _seat(by, item, present)
        _write_down(by, now, item, decisions, opinions)
        if said := (discussion or {}).get(item.pk, "").strip():
            item.discussion = said
            item.save(update_fields=["discussion"])
    found.state, found.held_at, found.present = "HELD", now, list(present)
    found.version += 1
    found.save(update_fields=["state", "held_at", "present", "version"])
    people = list(
        dict.fromkeys(
            ItemPerson.objects.filter(item__sitting=found)
            .order_by("item__position", "pk")
            .values_list("person_id", flat=True)
        )
    )
    record = write_record(by, now, Kind.SITTING, people, sitting_id=found.pk)
    note_act(by, now, "hold", record.pk, present=len(present))
    return record


def _why_not_now(
    found: Sitting, items: Sequence[AgendaItem], present: Sequence[UUID], now: dt.datetime
) -> Refusal | None:
    seats = list(Seat.objects.filter(item__sitting=found).order_by("pk"))
    invited = {seat.staff_id for seat in seats}
    strangers = [
        Staff.objects.filter(pk=n).values_list("name", flat=True).first() or "?"
        for n in present
        if n not in invited and not set(uuids("agencies_of_staff", n)) & {*found.secretariat}
    ]
    blocked = why_not_hold(state=found.state, too_early=now < found.at, strangers=strangers)
    if blocked is not None:
        return blocked
    day = today(now)
    for item in items:
        people = list(ItemPerson.objects.filter(item=item).values_list("person_id", flat=True))
        here = [s for s in seats if s.item_id == item.pk and s.staff_id in present]
        moved = [s.staff_id for s in here if s.agency_id not in uuids("agencies_of_staff", s.staff_id)]
        for guest in _guests(found.conference, people, item.basis, item.plan_id, [s.staff_id for s in here], [day]):
            refused = why_not_guest(guest, basis=item.basis, kind=item.kind)
            if refused is not None:
                return refused
        if moved:
            name = Staff.objects.filter(pk=moved[0]).values_list("name", flat=True).first() or ""
            return why_not_guest(
                Guest(name, in_office=False, member=True, barred=False, pledged=True, consent_reaches=True, has_role=True),
                basis=item.basis, kind=item.kind,
            )  # fmt: skip
    return None


def _seat(by: Asker, item: AgendaItem, present: Sequence[UUID]) -> None:
    Seat.objects.filter(item=item, staff_id__in=list(present)).update(present=True)
    Seat.objects.filter(item=item).exclude(staff_id__in=list(present)).update(present=False)


def _write_down(
    by: Asker, now: dt.datetime, item: AgendaItem, decisions: Sequence[Agreed], opinions: Sequence[Said]
) -> None:
    town = by.municipality
    for one in decisions:
        if one.item != item.pk:
            continue
        task = None
        if one.agency is not None:
            task = Task.objects.create(
                municipality_id=town, agency_id=one.agency, text=one.text, kind="DECISION", due_on=one.due, opened_at=now,
                case_id=item.case_id if item.basis != "ARTICLE_106_6" else None,
            )  # fmt: skip
        Decision.objects.create(
            municipality_id=town, item=item, text=one.text, agency_id=one.agency, due_on=one.due, task=task
        )
    Opinion.objects.bulk_create(
        Opinion(municipality_id=town, item=item, agency_id=one.agency, agrees=one.agrees, text=one.text)
        for one in opinions
        if one.item == item.pk
    )


@transaction.atomic
def hold_meeting(
    *,
    by: Asker,
    now: dt.datetime,
    conference: UUID | None,
    name: str = "",
    present: Sequence[UUID] = (),
    agenda: Sequence[dict[str, str]] = (),
    minutes: str = "",
    people: Sequence[UUID] = (),
) -> Sitting | Record:
    """個別事例を扱わない会議の開催 (R8): no person is named."""
    refuse(why_not_meeting(names_people=bool(people)))
    refuse(why_not_role(by.sets, READERS))
    if conference is None:
        record = write_record(by, now, Kind.MEETING, [], text=minutes, details={"name": name, "agenda": list(agenda)})
        note_act(by, now, "hold_meeting", record.pk)
        return record
    found = Conference.objects.filter(pk=conference).first()
    if found is None:
        raise Invisible
    sitting = Sitting(
        municipality_id=by.municipality, conference=found, secretariat=list(found.secretariat) or [by.agency],
        called_by_id=by.agency, at=now, state="HELD", held_at=now, agenda=list(agenda), minutes=minutes,
        present=list(present),
    )  # fmt: skip
    sitting.save(force_insert=True)
    note_act(by, now, "hold_meeting", sitting.pk)
    return sitting
