"""The two books of the footprint as the auditor's role reads them: their lines, their seals, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

import psycopg

from tasuki.rules.audit import (
    Anchors,
    Book,
    Fault,
    Line,
    SealRow,
    Trouble,
    faults_of_lines,
    faults_of_seal,
    faults_of_tail,
)

_MICROS = "(extract(epoch FROM {}) * 1000000)::bigint"
_WHO = f"seq::text, id::text, municipality_id::text, {_MICROS.format('at')}::text, staff::text, agency::text, post::text, terminal"
PARTS = {
    Book.READ: f'{_WHO}, door, what, target::text, "case"::text, persons::text, ground',
    Book.ACT: f'{_WHO}, act, target::text, "case"::text, facts::text',
}
TABLES = {Book.READ: "records_readline", Book.ACT: "records_journalline"}
SEALS = f"""
    SELECT municipality_id, book, number, since, until, lines, places, ids, digests, previous, digest,
           {_MICROS.format("sealed_at")}
    FROM records_seal WHERE municipality_id = %s AND book = %s AND number > %s ORDER BY number LIMIT 200
"""  # noqa: S608  constants only


@dataclass
class Looked:
    """What a look through the books found: lines under seal and not yet, seals, anchors, and troubles, the first first."""

    sealed: dict[Book, int] = field(default_factory=lambda: dict.fromkeys(Book, 0))
    loose: dict[Book, int] = field(default_factory=lambda: dict.fromkeys(Book, 0))
    seals: int = 0
    anchors: int = 0
    troubles: list[Trouble] = field(default_factory=list)


def towns(connection: psycopg.Connection, book: Book) -> list[UUID]:
    """Return the municipalities that have seals of a book."""
    rows = connection.execute("SELECT DISTINCT municipality_id FROM records_seal WHERE book = %s ORDER BY 1", [book])
    return [row[0] for row in rows.fetchall()]


def seals_of(connection: psycopg.Connection, book: Book, town: UUID, after: int = -1) -> Iterator[SealRow]:
    """Give the seals of a town's book after a number, in order; a few hundred at a time."""
    while rows := connection.execute(SEALS, [town, book, after]).fetchall():
        for row in rows:
            yield SealRow(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], bytes(row[8]), *row[9:])
        after = rows[-1][2]


def seals(connection: psycopg.Connection, book: Book) -> Iterator[SealRow]:
    """Give all seals of a book, town by town, in order."""
    for town in towns(connection, book):
        yield from seals_of(connection, book, town)


def lines(connection: psycopg.Connection, book: Book, town: UUID, since: int, until: int) -> list[Line]:
    """Return the lines of a town with since < running number <= until, in order."""
    rows = connection.execute(
        f"SELECT seq, id, ARRAY[{PARTS[book]}] FROM {TABLES[book]}"  # noqa: S608  constants only
        " WHERE municipality_id = %s AND seq > %s AND seq <= %s ORDER BY seq",
        [town, since, until],
    ).fetchall()
    return [Line(row[0], row[1], row[2]) for row in rows]


def look_through(connection: psycopg.Connection, anchors: Anchors) -> Looked:
    """Recompute everything, in one snapshot if the connection's transaction gives one."""
    looked, last = Looked(anchors=len(anchors)), dict[tuple[UUID, str], SealRow]()
    for book in Book:
        for seal in seals(connection, book):
            before = last.get((seal.town, seal.book))
            since = before.until if before else 0
            looked.troubles += faults_of_lines(
                seal, lines(connection, book, seal.town, min(since, seal.since), seal.until)
            )
            looked.troubles += faults_of_seal(seal, before, anchors)
            looked.seals += 1
            looked.sealed[book] += seal.lines
            last[seal.town, seal.book] = seal
        looked.loose[book] = _loose(connection, book)
    looked.troubles += faults_of_tail(last, anchors)
    looked.troubles += [one for book in Book for one in _before_the_first(connection, book)]
    looked.troubles.sort(key=lambda one: (one.book != Book.READ, one.town, one.place, one.id is None))
    return looked


def _loose(connection: psycopg.Connection, book: Book) -> int:
    row = connection.execute(
        f"SELECT count(*) FROM {TABLES[book]} l WHERE l.seq > coalesce((SELECT max(s.until) FROM records_seal s"  # noqa: S608  constants only
        " WHERE s.municipality_id = l.municipality_id AND s.book = %s), 0)",
        [book],
    ).fetchone()
    return int(row[0]) if row else 0


def _before_the_first(connection: psycopg.Connection, book: Book) -> Iterator[Trouble]:
    """A line numbered 0 or less was never written by the product: it would stand before the first seal."""
    rows = connection.execute(
        f"SELECT municipality_id, seq, id FROM {TABLES[book]} WHERE seq <= 0 ORDER BY seq"  # noqa: S608  constants only
    ).fetchall()
    for town, place, one in rows:
        yield Trouble(town, book, place, one, Fault.ADDED, 0)
