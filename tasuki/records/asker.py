"""Who is asking: the only place that tells PostgreSQL, inside the transaction, and reads back whom it bound."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection


class Invisible(Exception):
    """What was asked for does not exist for the asker: the web answers 404, never 403."""


@dataclass(frozen=True)
class Reading:
    """What one request shows of people: by which door, what, which row of which case, whom, on which ground."""

    door: str
    what: str
    target: UUID | None
    case: UUID | None
    persons: tuple[UUID, ...]
    ground: str


@dataclass(frozen=True)
class Asker:
    """A staff member in the one post they act as now. `sets` are permission sets, `own` the agencies answered for.

    `terminal` is the address of the machine from which they ask; `readings` what this request has shown so far.
    """

    municipality: UUID
    staff: UUID
    post: UUID
    agency: UUID
    sets: frozenset[str]
    own: tuple[UUID, ...]
    name: str
    agency_name: str
    agency_mode: str
    is_hub: bool
    town: str
    contractor_may_decide: bool = False
    terminal: str = ""
    readings: list[Reading] = field(default_factory=list, compare=False, repr=False)

    @property
    def contractor(self) -> bool:
        """Not an office of the city (委託, 補助, 外部): decides nothing, unless the town's 要綱 says so."""
        return self.agency_mode != "直営" and not self.contractor_may_decide

    def may(self, permission: str) -> bool:
        """Whether one of the asker's roles has the permission set."""
        return permission in self.sets


_BOUND = """
    SELECT b.municipality, b.staff, b.post, b.agency, b.sets, b.own, s.name, g.name, g.mode, g.is_hub, m.name,
           coalesce((SELECT t.body ->> 'contractor_may_decide' FROM records_setting t WHERE t.section = 'decision'
                     ORDER BY t.since DESC, t.id DESC LIMIT 1), 'false') = 'true'
    FROM (SELECT (asker()).*) b JOIN records_staff s ON s.id = b.staff
    JOIN records_agency g ON g.id = b.agency JOIN records_municipality m ON m.id = b.municipality
"""


def _bound(statement: str, parameters: list[Any]) -> Asker | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row = cursor.fetchone()
        if row is None or not row[0]:
            return None
        cursor.execute(_BOUND)
        b = cursor.fetchone()
    if b is None:
        return None
    return Asker(b[0], b[1], b[2], b[3], frozenset(b[4]), tuple(b[5]), b[6], b[7], b[8], b[9], b[10], b[11])


def bind_session(key: str, now: dt.datetime) -> Asker | None:
    """Bind the session's person for this transaction; None when the session or the post has ended.

    `now` counts in a rehearsal only; elsewhere the database's clock decides what is in force.
    """
    return _bound("SELECT begin_request(%s, %s)", [key, now])


def bind_rehearsal(staff: UUID, now: dt.datetime) -> Asker | None:
    """Bind a person without a session, in a database made for rehearsals; None when no post is in force."""
    return _bound("SELECT begin_rehearsal(%s, %s)", [staff, now])


def ask(function: str, *parameters: Any) -> bool:
    """Ask one of the law's yes-or-no functions (sql/functions/04_facts.sql)."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({', '.join(['%s'] * len(parameters))})", list(parameters))
        row = cursor.fetchone()
    return bool(row and row[0])


def ask_number(function: str, *parameters: Any) -> int:
    """Ask one of the law's counting functions."""
    return effect(function, *parameters)


def effect(function: str, *parameters: Any) -> int:
    """Let one of the law's effects happen (sql/functions/05_effects.sql); returns the count that it gives."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({', '.join(['%s'] * len(parameters))})", list(parameters))
        row = cursor.fetchone()
    return int(row[0]) if row and isinstance(row[0], int) else 0


def uuids(function: str, *parameters: Any) -> list[UUID]:
    """Ask one of the law's functions that answers with ids."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({', '.join(['%s'] * len(parameters))})", list(parameters))
        row = cursor.fetchone()
    return list(row[0]) if row and row[0] else []
