"""What a form offers to choose from: agencies, colleagues, people of a household, plans, items, resources."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from tasuki.queries.rows import one, rows, value
from tasuki.records.asker import Asker, Invisible, uuids


@dataclass(frozen=True)
class Choice:
    """One thing to choose: its value in the form and its words."""

    value: str
    label: str


@dataclass(frozen=True)
class Target:
    """What an act is about: its title, the page to go back to, the case and the people it may name."""

    noun: str
    id: UUID | None
    title: str
    back: str
    case: UUID | None
    people: list[Choice]


def note_is_locked(record: UUID) -> bool:
    """Return whether a note is older than the town lets it be corrected: what is written now is added to it."""
    return bool(value("SELECT note_is_locked(%s)", [record]))


def was_assessed(case: UUID) -> bool:
    """Return whether issues and a 見立て of the case were written down, by whomever."""
    return bool(value("SELECT was_assessed(%s)", [case]))


def phones(people: list[UUID]) -> list[Choice]:
    """Return the telephone numbers of these people that the asker may see, each with whose it is."""
    return rows(
        Choice,
        "SELECT c.phone, string_agg(p.name, '・' ORDER BY p.registered_at, p.id) FROM records_person p"
        " CROSS JOIN LATERAL contact_of(p.id) c WHERE p.id = ANY(%s) AND c.phone <> '' GROUP BY c.phone"
        " ORDER BY min(p.registered_at), c.phone",
        [people],
    )


@dataclass(frozen=True)
class Thing:
    """What an act is about where it is no person: its words, and its day if it has one."""

    text: str
    day: dt.date | None


_THINGS = {
    "tasks": "SELECT text, due_on FROM records_task WHERE id = %s",
    "gaps": "SELECT need, NULL::date FROM records_gap WHERE id = %s",
    "resources": "SELECT name, day_of(assured_at) FROM records_resource WHERE id = %s",
    "plans": "SELECT text, NULL::date FROM records_goal WHERE plan_id = %s ORDER BY number",
}


def things(noun: str, target_id: UUID) -> list[Thing]:
    """Return what a task, a gap or a resource says, or the goals of a plan in their order (one statement)."""
    return rows(Thing, _THINGS[noun], [target_id])


def agencies(by: Asker) -> list[Choice]:
    """Return the agencies that may be asked today, by field and name."""
    return rows(
        Choice,
        "SELECT id::text, name FROM records_agency WHERE (contract_until IS NULL OR contract_until >= day_of(asker_at()))"
        " AND (valid_until IS NULL OR valid_until >= day_of(asker_at())) ORDER BY is_hub DESC, field, name, id",
    )


def staff(by: Asker) -> list[Choice]:
    """Return the colleagues of the town who have a post today, by agency."""
    return rows(
        Choice,
        "SELECT s.id::text, s.name || '（' || g.name || '）' FROM records_post p JOIN records_staff s ON s.id = p.staff_id"
        " JOIN records_agency g ON g.id = p.agency_id WHERE p.since <= asker_at() AND (p.until IS NULL OR asker_at() < p.until)"
        " ORDER BY g.name, s.name, s.id",
    )


def own_staff(by: Asker) -> list[Choice]:
    """Return the colleagues of the asker's own agency who have a post today."""
    return rows(
        Choice,
        "SELECT DISTINCT s.id::text, s.name FROM records_post p JOIN records_staff s ON s.id = p.staff_id"
        " WHERE p.agency_id = asker_agency() AND p.since <= asker_at() AND (p.until IS NULL OR asker_at() < p.until)"
        " ORDER BY s.name, s.id::text",
    )


def resources(by: Asker) -> list[Choice]:
    """Return the places that take people in."""
    return rows(Choice, "SELECT id::text, name FROM records_resource WHERE is_host ORDER BY name, id")


def gaps(by: Asker) -> list[Choice]:
    """Return the gaps that no resource has closed yet."""
    return rows(Choice, "SELECT id::text, need FROM records_gap WHERE launched_at IS NULL ORDER BY registered_at, id")


def conferences(by: Asker) -> list[Choice]:
    """Return the town's conferences."""
    return rows(Choice, "SELECT id::text, name FROM records_conference WHERE ended_on IS NULL ORDER BY name, id")


def plans(case: UUID | None) -> list[Choice]:
    """Return the plans of a case."""
    return rows(
        Choice,
        "SELECT id::text, kind || ' 第' || version || '版 ' || left(direction, 30) FROM records_plan WHERE case_id = %s"
        " AND state <> 'ENDED' ORDER BY version DESC, id",
        [case],
    )


def case_items(case: UUID | None) -> list[Choice]:
    """Return the agenda items about a case."""
    return rows(
        Choice,
        "SELECT i.id::text, k.name || ' ' || to_char(t.at AT TIME ZONE 'Asia/Tokyo', 'FMMM/FMDD') || ' ' || i.kind"
        " FROM records_agendaitem i JOIN records_sitting t ON t.id = i.sitting_id JOIN records_conference k ON k.id = t.conference_id"
        " WHERE i.case_id = %s ORDER BY t.at DESC, i.position",
        [case],
    )


@dataclass(frozen=True, slots=True)
class Material:
    """A record as it is offered: written when, what kind, how it begins."""

    id: str
    day: str
    kind: str
    begins: str


def case_records(case: UUID | None) -> list[Material]:
    """Return the records of a case that may be put on an item as material."""
    return rows(
        Material,
        "SELECT r.id::text, to_char(r.written_at AT TIME ZONE 'Asia/Tokyo', 'FMMM/FMDD'), r.kind, left(r.text, 30)"
        " FROM records_record r WHERE r.case_id = %s AND r.kind IN ('RECEIVE', 'NOTE', 'ASSESSMENT', 'REFERRAL', 'VISIT', 'PLAN')"
        " ORDER BY r.written_at DESC, r.id LIMIT 40",
        [case],
    )


_PEOPLE = """
    SELECT p.id::text, p.name FROM records_person p JOIN records_case c ON c.household_id = p.household_id
    WHERE c.id = %s ORDER BY EXISTS (SELECT FROM records_caseperson x WHERE x.case_id = c.id AND x.person_id = p.id
          AND x.left_at IS NULL) DESC, p.born, p.id
"""


# Whom a target is about where that is not the household of its case.
_OF = "SELECT p.id::text, p.name FROM records_person p JOIN {table} x ON x.person_id = p.id WHERE x.{key} = %s ORDER BY p.born, p.id"
_PEOPLE_OF = {
    "protections": _OF.format(table="records_protection", key="id"),
    "bars": _OF.format(table="records_bar", key="id"),
    "items": _OF.format(table="records_itemperson", key="item_id"),
    "requests": "SELECT person::text, name FROM people_of_request(%s)",
}


def _people(noun: str, target_id: UUID, case: UUID | None) -> list[Choice]:
    if noun in _PEOPLE_OF:
        return rows(Choice, _PEOPLE_OF[noun], [target_id])
    return rows(Choice, _PEOPLE, [case]) if case else []


def _title(people: list[Choice]) -> str:
    return "・".join(one.label for one in people[:3]) + (" ほか" if len(people) > 3 else "")


_CASE_OF = {
    "cases": "SELECT id, 0 FROM records_case WHERE id = %s",
    "referrals": "SELECT case_id, 0 FROM records_referral WHERE id = %s",
    "plans": "SELECT case_id, 0 FROM records_plan WHERE id = %s",
    "records": "SELECT case_id, 0 FROM records_record WHERE id = %s",
    "watches": "SELECT case_id, 0 FROM records_watch WHERE id = %s",
    "items": "SELECT case_id, sitting_id FROM records_agendaitem WHERE id = %s",
    "requests": "SELECT NULL::uuid, 0 FROM records_materialrequest WHERE id = %s AND agency_id = asker_agency()",
    "people": "SELECT (SELECT c.id FROM records_case c WHERE c.household_id = p.household_id ORDER BY c.ended_at IS NULL DESC,"
    " c.opened_at DESC LIMIT 1), 0 FROM records_person p WHERE p.id = %s",
    "sittings": "SELECT NULL::uuid, 0 FROM records_sitting WHERE id = %s",
    "resources": "SELECT NULL::uuid, 0 FROM records_resource WHERE id = %s",
    "gaps": "SELECT NULL::uuid, 0 FROM records_gap WHERE id = %s",
    "emergencies": "SELECT NULL::uuid, 0 FROM records_emergency WHERE record_id = %s",
    "protections": "SELECT NULL::uuid, person_id FROM records_protection WHERE id = %s",
    "bars": "SELECT NULL::uuid, person_id FROM records_bar WHERE id = %s",
    "staff": "SELECT NULL::uuid, 0 FROM records_staff WHERE id = %s",
    "tasks": "SELECT case_id, 0 FROM records_task WHERE id = %s",
    "keepings": "SELECT NULL::uuid, 0 FROM keeping_facts(%s)",
    "stays": "SELECT NULL::uuid, case_id FROM records_stay WHERE id = %s",
}
_BACK = {
    "sittings": "/sittings/{id}/", "resources": "/resources/", "gaps": "/resources/", "emergencies": "/emergencies/",
    "staff": "/staff/", "requests": "/", "items": "/sittings/{home}/", "protections": "/people/{home}/", "bars": "/people/{home}/",
    "keepings": "/keepings/{id}/", "stays": "/keepings/{home}/",
}  # fmt: skip


@dataclass(frozen=True)
class _Found:
    case: UUID | None
    home: UUID | int


def target(noun: str, target_id: UUID | None) -> Target:
    """Return what an act is about; Invisible when it does not exist for the asker."""
    if target_id is None:
        return Target(noun, None, "", "/", None, [])
    found = one(_Found, _CASE_OF[noun], [target_id])
    if found is None:
        raise Invisible
    people = _people(noun, target_id, found.case)
    back = _BACK.get(noun, "/cases/{case}/" if found.case else "/").format(
        id=target_id, case=found.case, home=found.home
    )
    return Target(noun, target_id, _title(people), back, found.case, people)


def coming_sittings(by: Asker) -> list[Choice]:
    """Return the sittings of the asker's secretariat that are summoned and not yet held."""
    return rows(
        Choice,
        "SELECT t.id::text, k.name || ' ' || to_char(t.at AT TIME ZONE 'Asia/Tokyo', 'FMMM/FMDD FMHH24:MI') FROM records_sitting t"
        " JOIN records_conference k ON k.id = t.conference_id WHERE t.state = 'SUMMONED' AND asker_agency() = ANY(t.secretariat)"
        " ORDER BY t.at, t.id",
    )


def unseen(by: Asker, case: UUID | None) -> list[Choice]:
    """Return the people of the household whom the secretariat may name at a sealed item without seeing who they are."""
    found = uuids("unseen_at_home", case) if case else []
    return [
        Choice(str(one), f"同居の方（{number}人目・お名前は見えません）") for number, one in enumerate(found, start=1)
    ]


def agreed_at(item: UUID) -> list[str]:
    """Return what was agreed at an item: who does what by when, in words."""
    return rows(
        str,
        "SELECT concat_ws('　', g.name, d.text, to_char(d.due_on, 'FMMM/FMDD') || ' まで') FROM records_decision d"
        " LEFT JOIN records_agency g ON g.id = d.agency_id WHERE d.item_id = %s ORDER BY d.due_on NULLS LAST, d.id",
        [item],
    )


def reached(case: UUID | None) -> list[Choice]:
    """Return the agencies that a consent in force of somebody of the household reaches."""
    return rows(
        Choice,
        "SELECT DISTINCT g.id::text, g.name FROM records_consentreach r JOIN records_person p ON p.id = r.person_id"
        " JOIN records_case c ON c.household_id = p.household_id JOIN records_agency g ON g.id = r.agency_id"
        " WHERE c.id = %s AND r.ended_at IS NULL AND (r.until IS NULL OR r.until >= day_of(asker_at())) ORDER BY 2, 1",
        [case],
    )
