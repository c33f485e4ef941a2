"""開示と緊急: break-glass to review, packs, and who read whom; all of it the privacy officer's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasuki.queries.choices import Choice
from tasuki.queries.household import Wish, ordered, year_span
from tasuki.queries.rows import each, one, rows, value
from tasuki.records.asker import Asker, Invisible
from tasuki.rules.name import fold
from tasuki.rules.permission import P


def need_officer(by: Asker) -> None:
    """Make the room not exist for everybody but the privacy officer."""
    if not by.may(P.PRIV):
        raise Invisible


@dataclass(frozen=True)
class Opening:
    """A break-glass: who opened, as which agency, how many persons (never whom), why, since when, until when."""

    record: UUID
    staff: str
    agency: str
    persons: int
    reason: str
    opened_at: dt.datetime
    until: dt.datetime


@dataclass(frozen=True)
class WaitingRow(Opening):
    """A break-glass that waits for its review, and how often was read by it."""

    reads: int


@dataclass(frozen=True)
class ReviewedRow(Opening):
    """A break-glass with its review; `total` counts all that the wish finds."""

    reviewed_at: dt.datetime
    reviewer: str
    verdict: str
    total: int


_OPENED = """
    WITH opened AS (
        SELECT e.record_id, e.staff_id, e.agency_id, s.name AS staff, g.name AS agency, count(*)::integer AS persons,
               min(e.reason) AS reason, min(e.opened_at) AS opened_at, max(e.until) AS until, max(e.reviewed_at) AS reviewed_at,
               coalesce(min(v.name), '') AS reviewer, max(e.verdict) AS verdict
        FROM records_emergency e JOIN records_staff s ON s.id = e.staff_id JOIN records_agency g ON g.id = e.agency_id
        LEFT JOIN records_staff v ON v.id = e.reviewed_by_id GROUP BY e.record_id, e.staff_id, e.agency_id, s.name, g.name
    )
    SELECT o.record_id, o.staff, o.agency, o.persons, o.reason, o.opened_at, o.until, <more> FROM opened o WHERE <which>
"""
_READ = """(SELECT count(*) FROM records_readline l WHERE l.staff = o.staff_id AND l.ground = 'EMERGENCY'
             AND l.at BETWEEN o.opened_at AND o.until)::integer"""
_WAITING = _OPENED.replace("<more>", _READ).replace(
    "<which>", "o.reviewed_at IS NULL ORDER BY o.opened_at DESC, o.record_id"
)
_WANTED = """o.reviewed_at IS NOT NULL AND (%(agency)s = '' OR o.agency_id::text = %(agency)s)
      AND (%(since)s::timestamptz IS NULL OR o.opened_at >= %(since)s)
      AND (%(before)s::timestamptz IS NULL OR o.opened_at < %(before)s)
      AND has_words(%(words)s, o.staff, o.reason, o.verdict, o.reviewer)
    ORDER BY <order>, o.opened_at DESC, o.record_id LIMIT %(limit)s OFFSET %(offset)s"""
_REVIEWED = _OPENED.replace("<more>", "o.reviewed_at, o.reviewer, o.verdict, count(*) OVER ()").replace(
    "<which>", _WANTED
)
_REVIEWED_ORDERS = {"opened": "o.opened_at", "staff": "o.staff", "reviewed": "o.reviewed_at"}


def waiting(by: Asker) -> list[WaitingRow]:
    """Return the break-glass openings that wait for their review, the latest first (one statement)."""
    need_officer(by)
    return rows(WaitingRow, _WAITING)


def reviewed(by: Asker, wish: Wish) -> list[ReviewedRow]:
    """Return one page of those that were reviewed, the latest first (one statement). Filters: agency, year."""
    need_officer(by)
    return rows(ReviewedRow, *_were_reviewed(wish))


def each_reviewed(by: Asker, wish: Wish) -> Iterator[ReviewedRow]:
    """Return the same openings one by one, for a file."""
    need_officer(by)
    return each(ReviewedRow, *_were_reviewed(wish))


def _were_reviewed(wish: Wish) -> tuple[str, dict[str, Any]]:
    since, before = year_span(wish.of("year"))
    return _REVIEWED.replace("<order>", ordered(wish, _REVIEWED_ORDERS, "opened")), {
        "agency": wish.of("agency"), "since": since, "before": before, "words": wish.words, "limit": wish.limit,
        "offset": wish.offset,
    }  # fmt: skip


@dataclass(frozen=True)
class PackRow:
    """A disclosure pack in the list; `total` counts all that the wish finds."""

    id: UUID
    made_at: dt.datetime
    records: int
    total: int


# Only what stands on the page is looked into.
_PACKS = """
    WITH listed AS (
        SELECT p.id, p.made_at, count(*) OVER () AS total FROM records_pack p
        WHERE (%(since)s::timestamptz IS NULL OR p.made_at >= %(since)s)
          AND (%(before)s::timestamptz IS NULL OR p.made_at < %(before)s)
        ORDER BY <order>, p.id LIMIT %(limit)s OFFSET %(offset)s
    )
    SELECT p.id, p.made_at, (SELECT count(*) FROM pack_contents(p.id))::integer, p.total FROM listed p ORDER BY <order>, p.id
"""


def packs(by: Asker, wish: Wish) -> list[PackRow]:
    """Return one page of the disclosure packs, the latest first (one statement). Filter: year."""
    need_officer(by)
    return rows(PackRow, *_made(wish))


def each_pack(by: Asker, wish: Wish) -> Iterator[PackRow]:
    """Return the same packs one by one, for a file."""
    need_officer(by)
    return each(PackRow, *_made(wish))


def _made(wish: Wish) -> tuple[str, dict[str, Any]]:
    since, before = year_span(wish.of("year"))
    return _PACKS.replace("<order>", ordered(wish, {"at": "p.made_at"}, "at")), {
        "since": since, "before": before, "limit": wish.limit, "offset": wish.offset,
    }  # fmt: skip


@dataclass(frozen=True)
class PackHead:
    """A pack: when it was made, whose it is."""

    id: UUID
    made_at: dt.datetime
    requester: UUID


@dataclass(frozen=True)
class PackLine:
    """A record in a pack; `others` other persons stand in it, and then its text is blacked out."""

    record: UUID
    kind: str
    written_at: dt.datetime
    agency: str
    text: str
    fact: str
    others: int


def pack(by: Asker, pack_id: UUID) -> tuple[PackHead, list[PackLine]]:
    """Return a pack and what stands in it; Invisible when there is none."""
    need_officer(by)
    head = one(PackHead, "SELECT id, made_at, requester_id FROM records_pack WHERE id = %s", [pack_id])
    if head is None:
        raise Invisible
    lines = rows(
        PackLine,
        'SELECT record, kind, written_at, agency, "text", fact, others FROM pack_contents(%s) ORDER BY written_at, record',
        [pack_id],
    )
    return head, lines


@dataclass(frozen=True)
class ReadRow:
    """One reading: when, who, as which agency, from which machine, by which door, what, how many persons, on which ground."""

    at: dt.datetime
    staff: str
    agency: str
    terminal: str
    door: str
    what: str
    persons: int
    ground: str
    total: int


_READS = """
    SELECT l.at, coalesce(s.name, ''), coalesce(g.name, ''), l.terminal, l.door, l.what, cardinality(l.persons), l.ground,
           count(*) OVER ()
    FROM {lines} l LEFT JOIN records_staff s ON s.id = l.staff LEFT JOIN records_agency g ON g.id = l.agency
    WHERE (%(staff)s = '' OR l.staff::text = %(staff)s) AND (%(agency)s = '' OR l.agency::text = %(agency)s)
      AND (%(since)s::timestamptz IS NULL OR l.at >= %(since)s) AND (%(until)s::timestamptz IS NULL OR l.at < %(until)s)
    ORDER BY {order}, l.id LIMIT %(limit)s OFFSET %(offset)s
"""
_ORDERS = {"at": "l.at", "staff": "s.name", "agency": "g.name", "what": "l.what"}


@dataclass(frozen=True)
class Wanted:
    """Whose readings are wanted: a span of time, and one person (`asked`) who may be nobody."""

    since: dt.datetime | None = None
    until: dt.datetime | None = None
    asked: bool = False
    person: UUID | None = None


def reads(by: Asker, wish: Wish, wanted: Wanted) -> list[ReadRow]:
    """Return one page of who read whom, the latest first (one statement)."""
    need_officer(by)
    return rows(ReadRow, *_asked(wish, wanted))


def each_read(by: Asker, wish: Wish, wanted: Wanted) -> Iterator[ReadRow]:
    """Return the same rows one by one, for a file."""
    need_officer(by)
    return each(ReadRow, *_asked(wish, wanted))


def _asked(wish: Wish, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    # One person's lines come by the index behind the function; a person who is nobody has none.
    lines = "reads_of(%(person)s, %(since)s, %(until)s)" if wanted.asked else "records_readline"
    return _READS.replace("{order}", ordered(wish, _ORDERS, "at")).replace("{lines}", lines), {
        "staff": wish.of("staff"), "agency": wish.of("agency"), "since": wanted.since, "until": wanted.until,
        "person": wanted.person, "limit": wish.limit, "offset": wish.offset,
    }  # fmt: skip


def person_of(by: Asker, name: str, born: str) -> UUID | None:
    """Find whom a request is about by full name or kana and birthday; the officer sees no list of people."""
    need_officer(by)
    found = value("SELECT find_for_emergency(%s, %s)", [fold(name), born])
    return found if isinstance(found, UUID) else None


def everybody(by: Asker) -> list[Choice]:
    """Return everybody who has or had a post, to filter by."""
    return rows(Choice, "SELECT id::text, name FROM records_staff ORDER BY name, id")
