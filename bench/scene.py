"""What every system is asked about: who asks, which cases are opened, and which rows each answer must have and not have.

All of it is the answer of the product's own queries, asked as the login itself under row security.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from bench.hot import Asking, Bound, bound, prepare
from tasuki.ops.replay.prompt import look
from tasuki.queries import case as case_queries
from tasuki.queries import figure, household, record
from tasuki.queries.household import Wish
from tasuki.web.figure.rows import Period, period_of

FEW, MANY = 10, 10_000
NEAR = 3  # a case that hides something is taken before one that is nearer by less than so many records
RARE_WORD, COMMON_WORD = (
    "真珠色の鍵",
    "鈍色の鍵",
)  # in one and in a hundred of a thousand notes (tasuki.ops.synth.words)
TRIED = 30  # cases that are looked at for one with as many records as wanted


@dataclass(frozen=True)
class Asker:
    """Somebody who asks: their login, their id as staff, and every row that they see of what is asked about."""

    login: str
    staff: UUID
    rows: frozenset[UUID]


@dataclass(frozen=True)
class Open:
    """A case that is opened, by whom (a word of the scene's askers), its people, and its records that they see, newest first."""

    who: str
    id: UUID
    people: tuple[UUID, ...]
    records: tuple[UUID, ...]
    note: str
    hidden: tuple[str, ...]


@dataclass(frozen=True)
class Scene:
    """The town and the worker's agency; askers by word; what is opened, written into, listed, found, counted; a case nobody sees.

    `words` are the two that are looked for in all records, the rare one first, with the records that the worker sees.
    """

    town: UUID
    agency: UUID
    askers: dict[str, Asker]
    short: Open
    long: Open
    written: Open
    listed: tuple[UUID, ...]
    surname: str
    found: tuple[household.Hit, ...]
    words: dict[str, tuple[UUID, ...]]
    figures: dict[str, Any]
    period: Period
    unseen: UUID


def scene(worker: str, writer: str, manager: str) -> Scene:
    """Choose what three logins are asked about: a worker, one who works on the longest case, one who sees the figures."""
    ways = {"worker": prepare(worker), "writer": prepare(writer), "manager": prepare(manager)}
    logins = {"worker": worker, "writer": writer, "manager": manager}
    seen = {word: _seen(way) for word, way in ways.items()}
    short, long = _opened("worker", ways, seen["worker"], FEW), _opened("writer", ways, seen["writer"], MANY)
    with bound(ways["worker"]) as asking:
        listed = tuple(one.id for one in household.cases(asking.by, Wish()))
        surname, found = _searched(asking, [one.names[0] for one in household.cases(asking.by, Wish()) if one.names])
        open_now = [
            one.id for one in household.cases(asking.by, Wish(filters={"open": "OPEN"})) if one.ground == "HOLDER"
        ]
        written = _case(asking, "worker", (open_now or [short.id])[0])
        words = {
            one: tuple(hit.id for hit in record.found(record.Sought([one]), limit=MANY))
            for one in (RARE_WORD, COMMON_WORD)
        }
        town, agency, staff = asking.by.municipality, asking.by.agency, {"worker": asking.by.staff}
    with bound(ways["writer"]) as asking:
        staff["writer"] = asking.by.staff
    with bound(ways["manager"]) as asking:
        staff["manager"], period = asking.by.staff, period_of("", asking.now)
        figures = figure.figures(asking.by, period.since, period.until)
    rows = {word: seen[word][0] | seen[word][1] for word in ways}
    rows["worker"] |= {*short.records, *written.records, *(one for found in words.values() for one in found)}
    rows["writer"] |= set(long.records)
    return Scene(
        town, agency, {word: Asker(logins[word], staff[word], frozenset(rows[word])) for word in ways}, short, long, written, listed, surname,
        found, words, figures, period, _unseen(seen["worker"][0] | seen["writer"][0], surname),
    )  # fmt: skip


def _column(statement: str) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {row[0] for row in cursor.fetchall()}


def _seen(way: Bound) -> tuple[set[UUID], set[UUID]]:
    with bound(way):
        return _column("SELECT id FROM visible_cases()"), _column("SELECT id FROM visible_people()")


def _opened(who: str, ways: dict[str, Bound], seen: tuple[set[UUID], set[UUID]], wanted: int) -> Open:
    """Choose the case of which the asker sees as many records as wanted, and not all, if there is such a one."""
    counted = look("SELECT case_id, count(*) FROM records_record WHERE case_id = ANY(%s) GROUP BY 1", [list(seen[0])])
    near = sorted(counted, key=lambda one: (abs(one[1] - wanted), str(one[0])))[:TRIED]
    with bound(ways[who]) as asking:
        tried = [_case(asking, who, one[0]) for one in near]
    whole = [one for one in tried if set(one.records) <= _written_in(one.id)]
    off = {one.id: abs(len(one.records) - wanted) for one in whole}
    return min(whole, key=lambda one: (off[one.id] // NEAR, not one.hidden, off[one.id]))


def _written_in(case: UUID) -> set[UUID]:
    return {row[0] for row in look("SELECT id FROM records_record WHERE case_id = %s", [case])}


_HIDDEN = "SELECT text || fact FROM records_record WHERE case_id = %s AND NOT id = ANY(%s) AND length(text || fact) > 20 LIMIT 5"


def _case(asking: Asking, who: str, case: UUID) -> Open:
    people = case_queries.members(case, case_queries.head(case).household)
    found = record.records(case, [one.id for one in people], record.Chosen(), limit=MANY)
    ids = [one.id for one in found]
    note = next((one.fact for one in found if one.kind == "NOTE" and one.fact), "")
    hidden = look(_HIDDEN, [case, ids])
    return Open(
        who, case, tuple(one.id for one in people if one.in_case), tuple(ids), note, tuple(row[0] for row in hidden)
    )


_BEARERS = "SELECT count(*) FROM records_person WHERE split_part(name, ' ', 1) = %s"


def _searched(asking: Asking, names: Sequence[str]) -> tuple[str, tuple[household.Hit, ...]]:
    """Choose the surname that finds the most people of those whom the asker sees, and which others bear as well, if any is so."""
    hits = {one: tuple(household.people(asking.by, one)) for one in sorted({one.split()[0] for one in names})[:TRIED]}
    others = {one: look(_BEARERS, [one])[0][0] > len(found) for one, found in hits.items()}
    best = max(hits, key=lambda one: (others[one], len(hits[one]), one))
    return best, hits[best]


_UNSEEN = """
    SELECT c.id FROM records_case c JOIN records_caseperson m ON m.case_id = c.id JOIN records_person p ON p.id = m.person_id
    WHERE NOT c.id = ANY(%s) ORDER BY position(%s IN p.name) = 1 DESC, c.id LIMIT 1
"""


def _unseen(seen: set[UUID], surname: str) -> UUID:
    """Choose a case that neither worker sees, of somebody with the surname that is looked for, if there is one."""
    found: UUID = look(_UNSEEN, [list(seen), surname])[0][0]
    return found
