"""Who is asking: the only place that tells PostgreSQL, inside the transaction, and reads back whom it bound."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from tasuki.rules.calendar import day_of, fiscal_year
from tasuki.rules.permission import READERS
from tasuki.rules.staff import owes_acknowledgment


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
    secrecy_asked: bool = True
    acknowledged_for: int | None = None
    terminal: str = ""
    readings: list[Reading] = field(default_factory=list, compare=False, repr=False)

    @property
    def contractor(self) -> bool:
        """Not an office of the city (委託, 補助, 外部): decides nothing, unless the town's 要綱 says so."""
        return self.agency_mode != "直営" and not self.contractor_may_decide

    @property
    def reads_cases(self) -> bool:
        """Whether anything of a case can exist for the asker; not for managers, administrators and privacy officers."""
        return bool(self.sets & READERS)

    def may(self, permission: str) -> bool:
        """Whether one of the asker's roles has the permission set."""
        return permission in self.sets


_BOUND = "SELECT t.* FROM (SELECT {begin} AS begun OFFSET 0) b, LATERAL told_asker(b.begun) t"


def _bound(begin: str, parameters: list[Any]) -> Asker | None:
    with connection.cursor() as cursor:
        cursor.execute(_BOUND.format(begin=begin), parameters)
        b = cursor.fetchone()
    if b is None:
        return None
    return Asker(b[0], b[1], b[2], b[3], frozenset(b[4]), tuple(b[5]), *b[6:14])


def bind_session(key: str, now: dt.datetime, *, awake: bool = True) -> Asker | None:
    """Bind the session's person for this transaction; None when the session or the post has ended, or owes the 守秘の確認.

    `now` counts in a rehearsal only; elsewhere the database's clock decides what is in force. What goes on by itself does not
    keep the session `awake`.
    """
    by = _bound("begin_request(%s, %s, %s)", [key, now, awake])
    # The database has asked the same; that nobody is served without it rests on each of the two alone.
    if by is not None and owes_acknowledgment(
        mode=by.agency_mode, asked=by.secrecy_asked, latest=by.acknowledged_for, year=fiscal_year(day_of(now))
    ):
        return None
    return by


def bind_rehearsal(staff: UUID, now: dt.datetime) -> Asker | None:
    """Bind a person without a session, in a database made for rehearsals; None when no post is in force."""
    return _bound("begin_rehearsal(%s, %s)", [staff, now])


def ask(function: str, *parameters: Any) -> bool:
    """Ask one of the law's yes-or-no functions (sql/functions/04_facts.sql)."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({', '.join(['%s'] * len(parameters))})", list(parameters))
        row = cursor.fetchone()
    return bool(row and row[0])


def ask_of_each(functions: Sequence[str], ids: Iterable[UUID]) -> list[tuple[bool, ...]]:
    """Ask some of the law's yes-or-no functions of each of several ids, in one statement; the answers in their order."""
    asked = ", ".join(f"{function}(x.id)" for function in functions)
    each = f"SELECT {asked} FROM unnest(%s::uuid[]) WITH ORDINALITY AS x(id, place) ORDER BY x.place"  # noqa: S608  constants only
    with connection.cursor() as cursor:
        cursor.execute(each, [list(ids)])
        return [tuple(map(bool, row)) for row in cursor.fetchall()]


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


def row_of(function: str, *parameters: Any) -> tuple[Any, ...] | None:
    """Ask one of the law's functions that answers with one row; None when there is nothing that it tells the asker."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}({', '.join(['%s'] * len(parameters))})", list(parameters))  # noqa: S608  a name of ours
        row = cursor.fetchone()
    return tuple(row) if row else None


def told(statement: str, *parameters: Any) -> Any:
    """Return the one value of a SELECT over the law's functions."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(parameters))
        row = cursor.fetchone()
    return row[0] if row else None
