"""記録: the records of a case as lines of its page, as marks of its timeline, and one alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasuki.queries.rows import each, folded, one, rows, unfolded, value
from tasuki.records.asker import Invisible

MOST_MARKS = 2000


@dataclass(frozen=True)
class RecordLine:
    """One record as a line: when, which agency, what kind, its text, and the ground of sight."""

    id: UUID
    at: dt.datetime
    kind: str
    agency_id: UUID
    agency: str
    staff: str
    text: str
    fact: str
    opinion: str
    method: str
    note_kind: str
    data_class: str
    scope: str
    ground: str
    details: dict[str, Any]
    number: str
    amended_by: list[Any]
    people: list[str]
    addressee: str | None
    sitting: UUID | None


@dataclass(frozen=True)
class Chosen:
    """Which records are wanted: of one kind ("" is all), one agency, about one person (None is all)."""

    kind: str = ""
    agency: UUID | None = None
    person: UUID | None = None


def records(
    case: UUID, people: list[UUID], chosen: Chosen, *, limit: int = 60, offset: int = 0
) -> list[RecordLine]:  # fmt: skip
    """Return the records of the case and of its people, newest first; the asker's own view of them."""
    return rows(RecordLine, _RECORDS, _wanted(case, people, chosen, limit, offset))


@dataclass(frozen=True)
class MarkLine:
    """A record as the timeline marks it: when, whose, which kind, and how it begins."""

    id: UUID
    at: dt.datetime
    kind: str
    agency_id: UUID
    agency: str
    begins: str


def marks(case: UUID, people: list[UUID], chosen: Chosen) -> list[MarkLine]:
    """Return every record of the case and of its people for the timeline, at most the newest MOST_MARKS, oldest first."""
    return rows(MarkLine, _MARKS, _wanted(case, people, chosen, MOST_MARKS, 0))[::-1]


def opened(case: UUID, people: list[UUID], limit: int) -> tuple[list[MarkLine], list[RecordLine]]:
    """Return what `marks` and the first page of `records` give of all records, each asked for its ground once."""
    found = one(_both, _OPENED, _wanted(case, people, Chosen(), MOST_MARKS, 0) | {"full": limit})
    marked, full = found or ([], [])
    return unfolded(MarkLine, marked)[::-1], unfolded(RecordLine, full)


def _both(marked: list[Any], full: list[Any]) -> tuple[list[Any], list[Any]]:
    return marked, full


def _wanted(case: UUID, people: list[UUID], chosen: Chosen, limit: int, offset: int) -> dict[str, Any]:
    return {
        "case": case, "people": people, "kind": chosen.kind, "agency": chosen.agency, "person": chosen.person,
        "limit": limit, "offset": offset,
    }  # fmt: skip


_COLUMNS = """
    r.id, r.written_at, r.kind, r.agency_id, g.name, s.name, r.text, r.fact, r.opinion, r.method, r.note_kind,
    r.data_class, r.scope, {ground}, r.details,
    coalesce(CASE WHEN r.details ? 'call' THEN number_of_call(r.id) END, ''),
    (SELECT coalesce(jsonb_agg(jsonb_build_object('text', m.text, 'at', m.written_at, 'reason', m.details ->> 'reason', 'added', m.details ? 'added')
             ORDER BY m.written_at), '[]') FROM records_record m WHERE m.amends_id = r.id),
    ARRAY(SELECT p.name FROM {subjects} x JOIN {persons} p ON p.id = x.person_id WHERE x.record_id = r.id ORDER BY p.id),
    d.name, r.sitting_id
"""
_BESIDE = """
    JOIN records_agency g ON g.id = r.agency_id JOIN records_staff s ON s.id = r.staff_id
    LEFT JOIN records_agency d ON d.id = r.addressee_id
"""
_ALONE = _COLUMNS.format(ground="record_ground(r.id)", subjects="records_subject", persons="records_person")
_ONE_RECORD = f"SELECT {_ALONE} FROM records_record r {_BESIDE} WHERE r.id = %(record)s"  # noqa: S608  constants only
_PAGE = (
    "SELECT l.* FROM list_records(%(case)s, %(people)s::uuid[], %(kind)s, %(agency)s, %(person)s, %(limit)s, %(offset)s)"
    " WITH ORDINALITY AS l(id, ground, place)"
)
# The ground with which the list chose the record: the policy asks for it once more, the page does not. The same few people
# stand in record after record: each of them is asked for once.
_RECORDS = f"""
    WITH l AS MATERIALIZED ({_PAGE}),
    subject AS MATERIALIZED (SELECT x.record_id, x.person_id FROM l JOIN records_subject x ON x.record_id = l.id),
    person AS MATERIALIZED (SELECT p.id, p.name FROM records_person p WHERE p.id IN (SELECT x.person_id FROM subject x))
    SELECT {_COLUMNS.format(ground="l.ground", subjects="subject", persons="person")}
    FROM l JOIN records_record r ON r.id = l.id {_BESIDE} ORDER BY l.place
"""  # noqa: S608  constants only
_MARK = "SELECT r.id, r.written_at, r.kind, r.agency_id, g.name, left(r.text, 32)"
_MARKS = f"{_MARK} FROM ({_PAGE}) l JOIN records_record r ON r.id = l.id JOIN records_agency g ON g.id = r.agency_id ORDER BY l.place"
_OPENED = f"""
    WITH l AS MATERIALIZED ({_PAGE}),
    read AS MATERIALIZED (SELECT r.*, l.ground, l.place FROM l JOIN records_record r ON r.id = l.id),
    page AS MATERIALIZED (SELECT * FROM read WHERE place <= %(full)s),
    subject AS MATERIALIZED (SELECT x.record_id, x.person_id FROM page r JOIN records_subject x ON x.record_id = r.id),
    person AS MATERIALIZED (SELECT p.id, p.name FROM records_person p WHERE p.id IN (SELECT x.person_id FROM subject x))
    SELECT {folded(MarkLine, f"{_MARK} FROM read r JOIN records_agency g ON g.id = r.agency_id ORDER BY r.place")},
           {folded(RecordLine, f"SELECT {_COLUMNS.format(ground='r.ground', subjects='subject', persons='person')} FROM page r {_BESIDE} ORDER BY r.place")}
"""  # noqa: S608  constants only


@dataclass(frozen=True)
class FoundLine:
    """A record that has the words which were looked for: of whom as far as the asker sees them, and of which case."""

    id: UUID
    at: dt.datetime
    kind: str
    agency: str
    staff: str
    text: str
    fact: str
    opinion: str
    method: str
    details: dict[str, Any]
    ground: str
    case: UUID | None
    names: list[str]
    people: list[UUID]


@dataclass(frozen=True)
class Sought:
    """What is looked for: words as `tasuki.rules.wording` folds them, since when (None is always), one agency, one kind ("" is all)."""

    words: list[str]
    since: dt.datetime | None = None
    agency: UUID | None = None
    kind: str = ""


def found(sought: Sought, *, limit: int, offset: int = 0) -> list[FoundLine]:
    """Return the records that have all the words and that the asker sees, the newest first (one statement)."""
    return rows(FoundLine, _FOUND, _for(sought, limit, offset))


def each_found(sought: Sought, *, limit: int) -> Iterator[FoundLine]:
    """Return the same records one by one, for a file."""
    return each(FoundLine, _FOUND, _for(sought, limit, 0))


def _for(sought: Sought, limit: int, offset: int) -> dict[str, Any]:
    return {
        "words": sought.words, "since": sought.since, "agency": sought.agency, "kind": sought.kind, "limit": limit, "offset": offset,
    }  # fmt: skip


_FOUND = """
    WITH l AS MATERIALIZED (
        SELECT l.* FROM search_records(%(words)s::text[], coalesce(%(since)s::timestamptz, '-infinity'), 'infinity', %(agency)s::uuid,
                                       %(kind)s, %(limit)s, %(offset)s) WITH ORDINALITY AS l(id, ground, place)),
    subject AS MATERIALIZED (SELECT x.record_id, x.person_id FROM l JOIN records_subject x ON x.record_id = l.id),
    person AS MATERIALIZED (SELECT p.id, p.name FROM records_person p WHERE p.id IN (SELECT x.person_id FROM subject x)),
    about AS (SELECT x.record_id, array_agg(p.name ORDER BY p.id) AS names, array_agg(p.id ORDER BY p.id) AS people
              FROM subject x JOIN person p ON p.id = x.person_id GROUP BY x.record_id)
    SELECT r.id, r.written_at, r.kind, g.name, s.name, r.text, r.fact, r.opinion, r.method, r.details, l.ground, c.id,
           coalesce(a.names, '{}'), coalesce(a.people, '{}')
    FROM l JOIN records_record r ON r.id = l.id JOIN records_agency g ON g.id = r.agency_id JOIN records_staff s ON s.id = r.staff_id
    LEFT JOIN records_case c ON c.id = r.case_id LEFT JOIN about a ON a.record_id = r.id ORDER BY l.place
"""


def record(record_id: UUID) -> RecordLine:
    """Return one record; Invisible when it does not exist for the asker."""
    found = one(RecordLine, _ONE_RECORD, {"record": record_id})
    if found is None:
        raise Invisible
    return found


def subjects(record_id: UUID) -> list[UUID]:
    """Return the people whom a record is about, as far as the asker sees them."""
    found = value(
        "SELECT array_agg(s.person_id ORDER BY s.person_id) FROM records_subject s JOIN records_person p ON p.id = s.person_id"
        " WHERE s.record_id = %s",
        [record_id],
    )
    return list(found or ())
