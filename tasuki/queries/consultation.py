"""受付: the own agency's receptions and notices, newest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from tasuki.queries.rows import rows, value
from tasuki.records.asker import Asker


@dataclass(frozen=True)
class ReceptionLine:
    """A reception in the list."""

    id: UUID
    case: UUID | None
    number: str
    at: dt.datetime
    subjects: list[list[str]]
    topics: list[str]
    route: str
    urgency: str
    state: str
    agency: str
    ground: str

    @property
    def names(self) -> list[str]:
        """The people whom it is about, as far as the asker sees them; "" for who has no name."""
        return [name for _, name in self.subjects]

    @property
    def people(self) -> list[UUID]:
        """The same people, by id."""
        return [UUID(one) for one, _ in self.subjects]


@dataclass(frozen=True)
class NoticeLine:
    """気づき: an observation that is no case yet."""

    id: UUID
    at: dt.datetime
    text: str
    place: str | None
    agency: str


def receptions(by: Asker, *, text: str = "", limit: int = 51, offset: int = 0) -> list[ReceptionLine]:
    """Return the receptions that the asker sees, newest first; `text` narrows by name, number or topic."""
    return rows(ReceptionLine, _RECEPTIONS, {"text": text, "limit": limit, "offset": offset})


_RECEPTIONS = """
    SELECT c.id, r.case_id, c.number, r.written_at,
      coalesce((SELECT jsonb_agg(jsonb_build_array(p.id, p.name) ORDER BY p.id) FROM records_subject s
                JOIN records_person p ON p.id = s.person_id WHERE s.record_id = r.id), '[]'),
      ARRAY(SELECT jsonb_array_elements_text(c.topics)), c.route, c.urgency, coalesce(k.state, ''), g.name, l.ground
    FROM list_receptions(%(text)s, %(limit)s, %(offset)s) WITH ORDINALITY AS l(id, ground, place)
    JOIN records_consultation c ON c.id = l.id JOIN records_record r ON r.id = c.record_id JOIN records_agency g ON g.id = r.agency_id
    LEFT JOIN records_case k ON k.id = r.case_id
    ORDER BY l.place
"""


def notices(by: Asker) -> list[NoticeLine]:
    """Return the notices of the own agency, and for the hub's coordinators all of them."""
    return rows(
        NoticeLine,
        "SELECT r.id, r.written_at, r.text, r.details ->> 'place', g.name FROM records_record r"
        " JOIN records_agency g ON g.id = r.agency_id WHERE r.kind = 'NOTICE' ORDER BY r.written_at DESC, r.id LIMIT 30",
    )


def household_of(person: UUID) -> UUID | None:
    """Return the household of somebody whom the asker sees."""
    found = value("SELECT household_id FROM records_person WHERE id = %s", [person])
    return found if isinstance(found, UUID) else None
