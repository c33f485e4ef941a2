"""見え方: which agency sees which class of data of whom, on which ground and until when, as the policies answer (R2)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from tasuki.queries.rows import rows


@dataclass(frozen=True)
class Sight:
    """One agency, one person, one class of data: the ground, and the day until which it holds (None: no day)."""

    person: UUID
    name: str
    agency: UUID
    agency_name: str
    data_class: str
    ground: str
    until: dt.date | None


# The agencies that the asker knows to work with these people, by what the asker sees oneself.
_MATRIX = """
    WITH home AS (
        SELECT p.id, p.name, p.registered_at FROM records_person p JOIN records_case c ON c.household_id = p.household_id
        WHERE c.id = %(case)s
    ), team AS (
        SELECT agency_id AS id FROM records_consentreach WHERE person_id IN (SELECT id FROM home)
        UNION SELECT agency_id FROM records_case WHERE id = %(case)s
        UNION SELECT agency_id FROM records_holding WHERE case_id = %(case)s
        UNION SELECT receiver_id FROM records_referral WHERE case_id = %(case)s
        UNION SELECT agency_id FROM records_record WHERE case_id = %(case)s
        UNION SELECT s.agency_id FROM records_seat s JOIN records_agendaitem i ON i.id = s.item_id WHERE i.case_id = %(case)s
        UNION SELECT unnest(w.watchers) FROM records_watch w WHERE w.case_id = %(case)s
    )
    SELECT h.id, h.name, g.id, g.name, s.data_class, s.ground, s.until
    FROM home h CROSS JOIN team t JOIN records_agency g ON g.id = t.id CROSS JOIN LATERAL sight_of_agency(h.id, g.id) s
    ORDER BY h.registered_at, h.id, g.name, g.id, s.data_class, s.ground
"""


def matrix(case: UUID) -> list[Sight]:
    """Return who sees what of the household's people whom the asker sees, by person, agency and class (one statement)."""
    return rows(Sight, _MATRIX, {"case": case})
