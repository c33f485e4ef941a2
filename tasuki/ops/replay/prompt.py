"""The prompter: knows the whole play, so that a step's `case` and a row's `of` find what they mean."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connections


def look(statement: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    """Read as the law, past every policy: only to find out what a file means, never what somebody may see."""
    connection = connections["owner"]
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE tasuki_law")
        try:
            cursor.execute(statement, parameters)
            return list(cursor.fetchall())
        finally:
            cursor.execute("RESET ROLE")


_CASES = """
    SELECT c.id, c.household_id FROM records_case c JOIN records_person q ON q.id = %s
    WHERE c.municipality_id = q.municipality_id AND (c.household_id = q.household_id
       OR EXISTS (SELECT FROM records_caseperson p WHERE p.case_id = c.id AND p.person_id = q.id AND p.left_at IS NULL))
    ORDER BY EXISTS (SELECT FROM records_caseperson p WHERE p.case_id = c.id AND p.person_id = q.id AND p.left_at IS NULL) DESC,
             c.ended_at IS NULL DESC, c.hub_id IS NOT NULL DESC, c.opened_at DESC, c.id
"""


def case_of(person: UUID) -> UUID | None:
    """The first person's own case, open before ended, the hub's before others, the latest."""
    rows = look(_CASES, [person])
    return rows[0][0] if rows else None


def case_of_household(household: UUID) -> UUID | None:
    """The case of a household, for somebody whom this very step puts on the register."""
    rows = look(
        "SELECT id FROM records_case WHERE household_id = %s"
        " ORDER BY ended_at IS NULL DESC, hub_id IS NOT NULL DESC, opened_at DESC, id",
        [household],
    )
    return rows[0][0] if rows else None


def first_item(sitting: UUID) -> UUID | None:
    """The first item of a sitting: the contract tells what was said once for all of them."""
    rows = look("SELECT id FROM records_agendaitem WHERE sitting_id = %s ORDER BY position, id LIMIT 1", [sitting])
    return rows[0][0] if rows else None


def only_case(town: UUID) -> UUID | None:
    """The latest case of the municipality, for a file with one."""
    rows = look("SELECT id FROM records_case WHERE municipality_id = %s ORDER BY opened_at DESC, id LIMIT 1", [town])
    return rows[0][0] if rows else None


def household_cases(person: UUID) -> list[UUID]:
    """All cases of a person's household."""
    rows = look(
        "SELECT c.id FROM records_case c JOIN records_person p ON p.household_id = c.household_id"
        " AND p.municipality_id = c.municipality_id WHERE p.id = %s ORDER BY c.id",
        [person],
    )
    return [row[0] for row in rows]


def members(person: UUID) -> list[UUID]:
    """Everybody of a person's household."""
    rows = look(
        "SELECT o.id FROM records_person p JOIN records_person o ON o.household_id = p.household_id"
        " AND o.municipality_id = p.municipality_id WHERE p.id = %s ORDER BY o.id",
        [person],
    )
    return [row[0] for row in rows]


def case_of_record(record: UUID) -> UUID | None:
    """The case that a record belongs to."""
    rows = look("SELECT case_id FROM records_record WHERE id = %s", [record])
    return rows[0][0] if rows else None


def open_referral(case: UUID) -> UUID | None:
    """The unanswered つなぎ of a case, else the latest."""
    rows = look(
        "SELECT id FROM records_referral WHERE case_id = %s ORDER BY state <> 'OFFERED', sent_at DESC, id LIMIT 1",
        [case],
    )
    return rows[0][0] if rows else None


def referral_of(record: UUID) -> UUID | None:
    """The つなぎ whose sheet a record is."""
    rows = look("SELECT id FROM records_referral WHERE record_id = %s", [record])
    return rows[0][0] if rows else None


def records_of_class(people: UUID, data_class: str) -> list[UUID]:
    """All records of one class on a person or on who is linked with them."""
    rows = look(
        "SELECT DISTINCT r.id FROM records_record r JOIN records_subject s ON s.record_id = r.id"
        " WHERE s.person_id = ANY(same_person(%s)) AND r.data_class = %s ORDER BY r.id",
        [people, data_class],
    )
    return [row[0] for row in rows]
