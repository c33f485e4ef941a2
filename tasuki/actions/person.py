"""人と世帯: registering, protecting, barring, linking, splitting and joining (T35, R13, settled 30)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from tasuki.records.asker import Asker, Invisible, ask, effect
from tasuki.records.journal import note_act
from tasuki.records.models import (
    Contact,
    Household,
    HouseholdMove,
    Person,
    PersonLink,
    Record,
    SearchKey,
    Staff,
)
from tasuki.records.pen import Stale, case_for_update, need_known, refuse, write_record
from tasuki.rules.codes import Kind
from tasuki.rules.consultation import why_not_born
from tasuki.rules.disclosure import why_not_together
from tasuki.rules.name import search_keys
from tasuki.rules.permission import WRITERS, why_not_role
from tasuki.rules.refusal import refused_if


@dataclass(frozen=True)
class Identity:
    """What is known of somebody new. Everything may be empty: nobody is refused for an unknown name."""

    name: str = ""
    kana: str = ""
    alias: str = ""
    born: str = ""
    sex: str = ""
    language: str = ""
    relation: str = ""
    area: str = ""
    address: str = ""
    phone: str = ""
    lives_with: bool = True
    labels: Sequence[str] = field(default_factory=tuple)


def keys_of(who: Identity) -> list[tuple[str, str]]:
    """Return (kind, folded key) for every way in which this person may be looked for."""
    name, kana = search_keys(who.name), search_keys("", who.kana)
    found = {
        "NAME": name,
        "KANA": kana,
        "ALIAS": [key for key in search_keys(who.name, who.kana, who.alias) if key not in name + kana],
        "PHONE": search_keys("", phone=who.phone),
        "BORN": search_keys("", born=who.born),
    }
    return [(kind, key) for kind, keys in found.items() for key in keys]


@transaction.atomic
def register_person(
    *, by: Asker, now: dt.datetime, who: Identity, household: UUID | None = None, number: str = ""
) -> Person:
    """Put somebody on the register, in a household that exists or a new one. Raises Refused for a day that never was."""
    refuse(why_not_born(who.born))
    home = household or Household.objects.create(municipality_id=by.municipality, number=number, opened_at=now).pk
    person = Person(
        municipality_id=by.municipality, household_id=home, name=who.name, kana=who.kana, alias=who.alias,
        born=who.born, sex=who.sex, language=who.language, relation=who.relation, area=who.area,
        lives_with=who.lives_with, labels=list(who.labels), registered_at=now,
    )  # fmt: skip
    person.identity = person.pk
    person.save(force_insert=True)
    Contact.objects.create(municipality_id=by.municipality, person=person, address=who.address, phone=who.phone)
    SearchKey.objects.bulk_create(
        SearchKey(municipality_id=by.municipality, person=person, kind=kind, key=key[:160])
        for kind, key in keys_of(who)
    )
    HouseholdMove.objects.create(
        municipality_id=by.municipality, person=person, household_id=home, moved_at=now, moved_by_id=by.staff
    )
    note_act(by, now, "register_person", person.pk)
    return person


@transaction.atomic
def add_to_household(*, by: Asker, now: dt.datetime, case: UUID | None, who: Identity) -> Person:
    """Put somebody new into the household of a case that the asker sees; that is a record of its own."""
    refuse(why_not_role(by.sets, WRITERS))
    found = case_for_update(case)
    person = register_person(by=by, now=now, who=who, household=found.household_id)
    write_record(by, now, Kind.NOTE, [person.pk], case=found.pk, text="世帯に加えた", note_kind="LIAISON")
    return person


@transaction.atomic
def change_person(*, by: Asker, now: dt.datetime, person: UUID, version: int, who: Identity, reason: str) -> Person:
    """Correct what is known of a person; their 圏域, language and home stay. Raises Stale after somebody else's change."""
    found = Person.objects.select_for_update().filter(pk=person).first()
    if found is None:
        raise Invisible
    refuse(why_not_role(by.sets, WRITERS))
    refuse(why_not_born(who.born))
    if found.version != version:
        raise Stale(f"{found.name} {found.kana} {found.born}")
    before = search_keys(found.name, found.kana)
    columns = ["name", "kana", "alias", "born", "sex", "relation"]
    for column in columns:
        setattr(found, column, getattr(who, column))
    found.labels = list(who.labels)
    found.version += 1
    found.save(update_fields=[*columns, "labels", "version"])
    Contact.objects.filter(person_id=person).update(address=who.address, phone=who.phone)
    # 旧姓 and 旧名: people go on calling somebody by the name before a change.
    keys = keys_of(who)
    former = set(before) - {key for _, key in keys}
    SearchKey.objects.filter(person_id=person).exclude(kind="FORMER").update(key="")
    SearchKey.objects.bulk_create(
        SearchKey(municipality_id=by.municipality, person_id=person, kind=kind, key=key[:160])
        for kind, key in [*keys, *(("FORMER", key) for key in former)]
    )
    note_act(by, now, "change_person", person, reason=reason)
    return found


def _two_people(by: Asker, first: UUID, second: UUID, checked_by: UUID | None) -> UUID:
    refuse(why_not_role(by.sets, WRITERS))
    refuse(
        why_not_together(
            both_known=ask("asker_sees", first) and ask("asker_sees", second),
            second_person=checked_by is not None and checked_by != by.staff,
            same=first == second,
        )
    )
    if checked_by is None or not Staff.objects.filter(pk=checked_by).exists():
        raise Invisible
    return checked_by


@transaction.atomic
def link_persons(*, by: Asker, now: dt.datetime, first: UUID, second: UUID, checked_by: UUID | None) -> Record:
    """名寄せ: from now on two persons are one. Bars take the stricter union. Reversible for ever."""
    second_pair_of_eyes = _two_people(by, first, second, checked_by)
    record = write_record(by, now, Kind.LINK, [first, second])
    PersonLink.objects.create(
        municipality_id=by.municipality, first=first, second=second, linked_at=now,
        linked_by_id=by.staff, checked_by_id=second_pair_of_eyes,
    )  # fmt: skip
    effect("settle_identity", [first, second])
    note_act(by, now, "link_persons", record.pk)
    return record


@transaction.atomic
def unlink_persons(*, by: Asker, now: dt.datetime, first: UUID, second: UUID, checked_by: UUID | None) -> Record:
    """Undo a link: each person has their own intake, consents, bars and protections again."""
    _two_people(by, first, second, checked_by)
    record = write_record(by, now, Kind.UNLINK, [first, second])
    for one, other in ((first, second), (second, first)):
        PersonLink.objects.filter(first=one, second=other, ended_at=None).update(ended_at=now)
    effect("settle_identity", [first, second])
    note_act(by, now, "unlink_persons", record.pk)
    return record


@transaction.atomic
def split_household(*, by: Asker, now: dt.datetime, people: Sequence[UUID], reason: str = "") -> Record:
    """世帯を分ける: who leaves forms a household of its own; a case received for them alone goes with them."""
    refuse(why_not_role(by.sets, WRITERS))
    need_known(people)
    home = Household.objects.create(municipality_id=by.municipality, opened_at=now)
    record = write_record(by, now, Kind.HOUSEHOLD, people, text=reason)
    for person in people:
        HouseholdMove.objects.create(
            municipality_id=by.municipality, person_id=person, household=home, moved_at=now,
            moved_by_id=by.staff, reason=reason,
        )  # fmt: skip
    effect("leave_household", list(people), home.pk)
    note_act(by, now, "split_household", record.pk)
    return record


@transaction.atomic
def join_households(
    *, by: Asker, now: dt.datetime, first: UUID, second: UUID, checked_by: UUID | None, reason: str = ""
) -> Record:
    """世帯を1つにする: the household of `second` joins that of `first`, every member of it. Two people check."""
    second_pair_of_eyes = _two_people(by, first, second, checked_by)
    homes = set(Person.objects.filter(pk__in=[first, second]).values_list("household_id", flat=True))
    refuse(refused_if(len(homes) == 1, "ONE_HOUSEHOLD_ALREADY"))
    record = write_record(by, now, Kind.HOUSEHOLD, [first, second], text=reason)
    effect("join_household", first, second, second_pair_of_eyes, reason)
    note_act(by, now, "join_households", record.pk)
    return record
