"""人: one person's page, and the narrow search of break-glass."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from tasuki.queries.rows import one, rows, value
from tasuki.records.asker import Asker, Invisible


@dataclass(frozen=True)
class PersonPage:
    """A person whom the asker may see, with the case of the household that matters now."""

    id: UUID
    name: str
    kana: str
    alias: str
    born: str
    sex: str
    relation: str
    labels: list[str]
    ground: str
    address: str | None
    phone: str | None
    guarded: bool
    household: UUID
    case: UUID | None
    version: int


def person_page(person: UUID) -> PersonPage:
    """Return a person; Invisible when they do not exist for the asker."""
    found = one(PersonPage, _PERSON, [person])
    if found is None:
        raise Invisible
    return found


_PERSON = """
    SELECT p.id, p.name, p.kana, p.alias, p.born, p.sex, p.relation, p.labels, person_ground(p.id), t.address, t.phone,
           address_is_protected(p.id), p.household_id,
           (SELECT c.id FROM records_case c WHERE c.household_id = p.household_id
            ORDER BY c.ended_at IS NULL DESC, c.hub_id IS NOT NULL DESC, c.opened_at DESC, c.id LIMIT 1), p.version
    FROM records_person p LEFT JOIN LATERAL contact_of(p.id) t ON true WHERE p.id = %s
"""


@dataclass(frozen=True)
class Guard:
    """A protection or a bar in force: what, since when, until it is looked at again, from whom, set by whom."""

    id: UUID
    kind: str
    since: dt.datetime
    review_on: dt.date | None
    against: list[str]
    agency: str


_GUARDS = """
    SELECT x.id, 'PROTECTION', x.since, x.review_on,
           ARRAY(SELECT name FROM records_agency g WHERE g.id = ANY(x.tell_nothing) ORDER BY name), g.name
    FROM records_protection x JOIN records_agency g ON g.id = x.agency_id WHERE x.person_id = %(person)s AND x.ended_at IS NULL
    UNION ALL
    SELECT b.id, 'BAR', b.since, NULL, ARRAY[coalesce(g.name, s.name || 'さん')], ''
    FROM records_bar b LEFT JOIN records_agency g ON g.id = b.agency_id LEFT JOIN records_staff s ON s.id = b.staff_id
    WHERE b.person_id = %(person)s AND b.ended_at IS NULL ORDER BY 3, 1
"""


def guards(person: UUID) -> list[Guard]:
    """Return the protections of the asker's own agency and the bars in force for a person whom the asker sees."""
    return rows(Guard, _GUARDS, {"person": person})


def find_for_emergency(by: Asker, folded: str, born: str) -> UUID | None:
    """Find somebody by full name or kana and birthday, whom the asker may not see otherwise; None for nobody."""
    found = value("SELECT find_for_emergency(%s, %s)", [folded, born])
    return found if isinstance(found, UUID) else None
