"""Reading rows into plain values: one statement, one frozen dataclass a row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from types import NoneType
from typing import Any, get_args, get_type_hints
from uuid import UUID

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

JSONB = 3802  # PostgreSQL's own number of the type; the connection hands it over as text
AT_ONCE = 500
"""Rows of a whole list that are in the memory together."""


def rows[T](kind: Callable[..., T], statement: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[T]:
    """Run one SELECT and make `kind(*columns)` of each row. Row security decides what comes."""
    with connection.cursor() as cursor:
        cursor.execute(statement, _plain(parameters))
        parsed = [place for place, column in enumerate(cursor.description or ()) if column.type_code == JSONB]
        return [kind(*_decoded(row, parsed)) for row in cursor.fetchall()]


def each[T](kind: Callable[..., T], statement: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Iterator[T]:
    """Run one SELECT whose rows may be too many for the memory and make `kind(*columns)` of each, as they are asked for.

    The database keeps the result while it is read (a cursor), so all rows are of one moment; pages by OFFSET would each be of
    their own, and what moved between two of them would come twice or never. Whoever asks stays in the transaction.
    """
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, _plain(parameters))
        parsed = [place for place, column in enumerate(cursor.description or ()) if column.type_code == JSONB]
        while found := cursor.fetchmany(AT_ONCE):
            for row in found:
                yield kind(*_decoded(row, parsed))


class TooSlow(Exception):
    """A statement took longer than somebody waits."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let no statement inside take longer. Raises TooSlow when one does: it is undone then, and the transaction goes on.

    Whatever else goes wrong undoes nothing: the rows that somebody was reading stay there until their reader has closed them.
    """
    before = transaction.savepoint_create()
    _statement_timeout(seconds)
    try:
        yield
    except OperationalError as trouble:
        if not isinstance(trouble.__cause__, QueryCanceled):
            raise
        transaction.savepoint_rollback(before)
        raise TooSlow from trouble
    _statement_timeout(0)
    transaction.savepoint_commit(before)


def _statement_timeout(seconds: float) -> None:
    value("SELECT set_config('statement_timeout', %s, true)", [f"{seconds * 1000:.0f}"])


def one[T](kind: Callable[..., T], statement: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> T | None:
    """Run one SELECT for one row; None when there is none that the asker may see."""
    found = rows(kind, statement, parameters)
    return found[0] if found else None


def value(statement: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Any:
    """Run one SELECT for one value."""
    with connection.cursor() as cursor:
        cursor.execute(statement, _plain(parameters))
        row = cursor.fetchone()
    return row[0] if row else None


def _plain(parameters: Sequence[Any] | Mapping[str, Any]) -> list[Any] | dict[str, Any]:
    return dict(parameters) if isinstance(parameters, Mapping) else list(parameters)


def _decoded(row: tuple[Any, ...], parsed: Sequence[int]) -> tuple[Any, ...]:
    if not parsed:
        return row
    found = list(row)
    for place in parsed:
        found[place] = json.loads(row[place]) if isinstance(row[place], str) else row[place]
    return tuple(found)


def folded(kind: type, statement: str) -> str:
    """Make of a SELECT with the columns of `kind` one value, so that several lists come with one statement."""
    return f"(SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]') FROM ({named(kind, statement)}) AS t)"  # noqa: S608  constants only


def named(kind: type, statement: str) -> str:
    """Name the columns of a SELECT with the columns of `kind` c0, c1, …, as `unfolded` reads them."""
    names = ", ".join(f"c{number}" for number, _ in enumerate(fields(kind)))
    return f"SELECT * FROM ({statement}) AS t({names})"  # noqa: S608  constants only


def unfolded[T](kind: type[T], folded: Sequence[Mapping[str, Any]]) -> list[T]:
    """Make `kind` of each row that came folded as JSON with its columns named c0, c1, …; days and moments are read."""
    readers = _readers(kind)  # type: ignore[arg-type]  # a class is hashable, whichever it is
    return [kind(*(read(row[f"c{place}"]) for place, read in enumerate(readers))) for row in folded]


@cache  # the hints of a class are text that is compiled at each look
def _readers(kind: type) -> tuple[Callable[[Any], Any], ...]:
    return tuple(_reader(hint) for hint in get_type_hints(kind).values())


def _reader(hint: Any) -> Callable[[Any], Any]:
    meant = {one for one in (*get_args(hint), hint) if one is not NoneType}
    for wanted, read in ((datetime, datetime.fromisoformat), (date, date.fromisoformat), (UUID, UUID)):
        if wanted in meant:
            return lambda found: None if found is None else read(found)
    return lambda found: found
