"""受付: the own agency's receptions and notices, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasuki.queries.household import Wish, ordered, year_span
from tasuki.queries.rows import each, rows, value
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
    """気づき: an observation that is no case yet; `people` as far as the asker sees them, `total` counts all that is wanted."""

    id: UUID
    at: dt.datetime
    text: str
    place: str
    agency: str
    people: list[UUID]
    ground: str
    total: int


def receptions(by: Asker, wish: Wish) -> list[ReceptionLine]:
    """Return the receptions that the asker sees, the newest first unless it is the oldest that are wanted (one statement).

    The words narrow by name, number or topic. Filters: agency, urgency, topic, year.
    """
    return rows(ReceptionLine, _RECEPTIONS, _wanted(wish))


def each_reception(by: Asker, wish: Wish) -> Iterator[ReceptionLine]:
    """Return the same receptions one by one, for a file."""
    return each(ReceptionLine, _RECEPTIONS, _wanted(wish))


def _wanted(wish: Wish) -> dict[str, Any]:
    since, before = year_span(wish.of("year"))
    return {
        "text": wish.words, "agency": wish.of("agency"), "urgency": wish.of("urgency"), "topic": wish.of("topic"),
        "since": since, "before": before, "oldest": wish.order == "at" and not wish.down, "limit": wish.limit,
        "offset": wish.offset,
    }  # fmt: skip


_RECEPTIONS = """
    SELECT c.id, r.case_id, c.number, r.written_at,
      coalesce((SELECT jsonb_agg(jsonb_build_array(p.id, p.name) ORDER BY p.id) FROM records_subject s
                JOIN records_person p ON p.id = s.person_id WHERE s.record_id = r.id), '[]'),
      ARRAY(SELECT jsonb_array_elements_text(c.topics)), c.route, c.urgency, coalesce(k.state, ''), g.name, l.ground
    FROM list_receptions(%(text)s, %(agency)s, %(urgency)s, %(topic)s, %(since)s, %(before)s, %(oldest)s, %(limit)s, %(offset)s)
         WITH ORDINALITY AS l(id, ground, place)
    JOIN records_consultation c ON c.id = l.id JOIN records_record r ON r.id = c.record_id JOIN records_agency g ON g.id = r.agency_id
    LEFT JOIN records_case k ON k.id = r.case_id
    ORDER BY l.place
"""
_NOTICES = """
    WITH known AS (
        SELECT r.id, r.written_at, r.text, coalesce(r.details ->> 'place', '') AS place, g.name AS agency
        FROM records_record r JOIN records_agency g ON g.id = r.agency_id
        WHERE r.kind = 'NOTICE' AND (%(agency)s = '' OR r.agency_id::text = %(agency)s)
          AND (%(since)s::timestamptz IS NULL OR r.written_at >= %(since)s)
          AND (%(before)s::timestamptz IS NULL OR r.written_at < %(before)s)
          AND has_words(%(words)s, r.text, r.details ->> 'place')
    ), listed AS (
        SELECT k.*, count(*) OVER () AS total FROM known k
        ORDER BY <order>, k.written_at DESC, k.id LIMIT %(limit)s OFFSET %(offset)s
    )
    SELECT k.id, k.written_at, k.text, k.place, k.agency,
           ARRAY(SELECT p.id FROM records_subject x JOIN records_person p ON p.id = x.person_id WHERE x.record_id = k.id ORDER BY p.id),
           coalesce(record_ground(k.id), ''), k.total
    FROM listed k ORDER BY <order>, k.written_at DESC, k.id
"""
_ORDERS = {"at": "k.written_at", "place": "nullif(k.place, '')", "agency": "k.agency"}


def notices(by: Asker, wish: Wish) -> list[NoticeLine]:
    """Return one page of the own agency's notices, and for the hub's coordinators of all (one statement). Filters: agency, year."""
    return rows(NoticeLine, *_left(wish))


def each_notice(by: Asker, wish: Wish) -> Iterator[NoticeLine]:
    """Return the same notices one by one, for a file."""
    return each(NoticeLine, *_left(wish))


def _left(wish: Wish) -> tuple[str, dict[str, Any]]:
    since, before = year_span(wish.of("year"))
    return _NOTICES.replace("<order>", ordered(wish, _ORDERS, "at")), {
        "agency": wish.of("agency"), "since": since, "before": before, "words": wish.words, "limit": wish.limit,
        "offset": wish.offset,
    }  # fmt: skip


def household_of(person: UUID) -> UUID | None:
    """Return the household of somebody whom the asker sees."""
    found = value("SELECT household_id FROM records_person WHERE id = %s", [person])
    return found if isinstance(found, UUID) else None
