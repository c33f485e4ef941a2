"""The reader: a municipality that was really written, by acts, read back as a world, so that it can be compared too."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import MISSING, Field, fields
from typing import Any, get_args, get_type_hints
from uuid import UUID, uuid4

import psycopg

from tasuki.ops.oracle import world as w
from tasuki.ops.oracle.scribe import Names, Scribe


class Found(Names):
    """In a municipality that was read the ids are the database's own."""

    def __init__(self, number: int, town: UUID) -> None:
        super().__init__(number)
        self._town, self._new = town, uuid4()

    @property
    def town(self) -> UUID:
        """Return the municipality's uuid."""
        return self._town

    def uuid(self, name: w.Id) -> UUID:
        """Return the uuid that the id spells."""
        return self._new if name == "new" else UUID(name)

    def id(self, uuid: UUID) -> w.Id:
        """Return the uuid as it is spelt."""
        return str(uuid)


def read(scribe: Scribe, town: UUID, at: dt.datetime) -> tuple[w.World, Found]:
    """Read everything written in a municipality, and give every post a session with which it may ask."""
    kinds = get_type_hints(w.World)
    tables = {table: tuple(_rows(scribe, table, get_args(kinds[table])[0], town)) for table in w.TABLES}
    world, names = w.World(at=at, **tables), Found(scribe.number, town)
    for post in world.post:
        key = hashlib.sha256(names.key(post.id).encode()).hexdigest()
        scribe.admin.execute(
            "INSERT INTO records_signin (key_hash, account, staff, post, opened_at, seen_at, expires_at, idle_seconds, place,"
            " shared, how) VALUES (%s, %s, %s, %s, %s, %s, %s, 3600, '', false, '')"
            " ON CONFLICT (key_hash) DO UPDATE SET seen_at = excluded.seen_at, expires_at = excluded.expires_at",
            [key, scribe.account, post.staff, post.id, at, at, at + dt.timedelta(days=1)],
        )
    scribe.admin.commit()
    return world, names


def _rows(scribe: Scribe, table: str, kind: Any, town: UUID) -> list[Any]:
    columns = scribe.columns[table]
    wanted = [one for one in fields(kind) if one.name in columns or f"{one.name}_id" in columns]
    named = [one.name if one.name in columns else f"{one.name}_id" for one in wanted]
    of_town = "id" if table == "municipality" else "municipality_id"
    statement = f"SELECT {', '.join(named)} FROM records_{table} WHERE {of_town} = %s ORDER BY id"  # noqa: S608  names of our own tables
    if table == "holding":
        statement = statement.replace("WHERE", "WHERE reason <> 'CONTRACT_ENDED' AND")
    cursor: psycopg.Cursor[Any] = scribe.admin.execute(statement.encode(), [town])
    return [kind(**_values(wanted, row)) for row in cursor.fetchall()]


def _values(wanted: list[Field[Any]], row: tuple[Any, ...]) -> dict[str, Any]:
    values = {one.name: _plain(value) for one, value in zip(wanted, row, strict=True)}
    return {
        one.name: values[one.name]
        for one in wanted
        if values[one.name] is not None or one.default is MISSING or one.default is None
    }


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return tuple(_plain(one) for one in value) if isinstance(value, list) else value
