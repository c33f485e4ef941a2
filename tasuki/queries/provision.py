"""外部提供簿: what was provided outside, to whom, on which law; with names for who sees the record, without for the officer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasuki.queries.household import Wish, ordered
from tasuki.queries.rows import each, rows
from tasuki.records.asker import Asker, Invisible
from tasuki.rules.permission import P


@dataclass(frozen=True)
class ProvisionRow:
    """One provision. The officer, who sees no case record, reads neither the names nor what was provided."""

    at: dt.datetime
    agency: str
    staff: str
    to: str
    basis: str
    what: str
    names: list[str]
    people: list[UUID]
    count: int
    ground: str
    total: int


_REGISTER = """
    WITH listed AS (
        SELECT r.written_at, g.name AS agency, g.id AS agency_id, s.name AS staff, r.details ->> 'to' AS receiver,
               r.details ->> 'basis' AS basis, r.text, p.names, p.people, cardinality(p.people) AS count, record_ground(r.id) AS ground
        FROM records_record r JOIN records_agency g ON g.id = r.agency_id JOIN records_staff s ON s.id = r.staff_id
        CROSS JOIN LATERAL (SELECT array_agg(p.name ORDER BY p.id) AS names, array_agg(p.id ORDER BY p.id) AS people
                            FROM records_subject x JOIN records_person p ON p.id = x.person_id WHERE x.record_id = r.id) p
        WHERE r.kind = 'PROVISION' AND NOT %(officer)s
        UNION ALL
        SELECT o.at, g.name, g.id, s.name, o.receiver, o.basis, '', '{}', '{}', o.persons, 'LAW'
        FROM outside_provisions() o JOIN records_agency g ON g.id = o.agency JOIN records_staff s ON s.id = o.staff
        WHERE %(officer)s
    )
    SELECT written_at, agency, staff, receiver, basis, text, coalesce(names, '{}'), coalesce(people, '{}'), coalesce(count, 0),
           coalesce(ground, ''), count(*) OVER ()
    FROM listed WHERE (%(agency)s = '' OR agency_id::text = %(agency)s)
      AND has_words(%(words)s, receiver, basis)
    ORDER BY {order}, written_at DESC LIMIT %(limit)s OFFSET %(offset)s
"""
_ORDERS = {"at": "written_at", "agency": "agency", "to": "receiver", "basis": "basis", "count": "count"}


def provisions(by: Asker, wish: Wish) -> list[ProvisionRow]:
    """Return one page of the register, the latest first (one statement). Invisible for who neither reads cases nor guards data."""
    return rows(ProvisionRow, *_register(by, wish))


def each_provision(by: Asker, wish: Wish) -> Iterator[ProvisionRow]:
    """Return the same rows one by one, for a file."""
    return each(ProvisionRow, *_register(by, wish))


def _register(by: Asker, wish: Wish) -> tuple[str, dict[str, Any]]:
    if not by.reads_cases and not by.may(P.PRIV):
        raise Invisible
    return _REGISTER.replace("{order}", ordered(wish, _ORDERS, "at")), {
        "officer": not by.reads_cases, "agency": wish.of("agency"), "words": wish.words, "limit": wish.limit,
        "offset": wish.offset,
    }  # fmt: skip
