"""The scribe: writes a whole world into the database at once, past the policies, every constraint in force."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from dataclasses import fields
from typing import Any
from uuid import UUID, uuid4

import psycopg

from tasuki.ops.oracle import world as w

# A holding that was over long before the world began, so that no other holding can be in its way.
NEW_COLUMNS: dict[str, dict[str, str]] = {
    "holding": {"since": "1990-01-01T00:00:00Z", "until": "1991-01-01T00:00:00Z"}, "exportpiece": {"number": "2"},
}  # fmt: skip
TOOLS = """
CREATE OR REPLACE FUNCTION oracle_columns(entry jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg(quote_ident(k), ', ' ORDER BY k) FROM jsonb_object_keys(entry) k
$$;
CREATE OR REPLACE FUNCTION oracle_write(world jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    t record;
BEGIN
    SET CONSTRAINTS ALL DEFERRED;
    FOR t IN SELECT key, value FROM jsonb_each(world) LOOP
        EXECUTE format('INSERT INTO %1$I (%2$s) SELECT %2$s FROM jsonb_populate_recordset(null::%1$I, $1)', 'records_' || t.key,
                       oracle_columns(t.value -> 0)) USING t.value;
    END LOOP;
END $$;
CREATE OR REPLACE FUNCTION oracle_try(tables text[], candidates jsonb) RETURNS boolean[] LANGUAGE plpgsql AS $$
DECLARE
    allowed boolean[] := '{}';
BEGIN
    FOR i IN 1 .. cardinality(tables) LOOP
        BEGIN
            EXECUTE format('INSERT INTO %1$I (%2$s) SELECT %2$s FROM jsonb_populate_record(null::%1$I, $1)', 'records_' || tables[i],
                           oracle_columns(candidates -> (i - 1))) USING candidates -> (i - 1);
            RAISE EXCEPTION 'taken back' USING ERRCODE = 'TK001';
        EXCEPTION WHEN SQLSTATE 'TK001' THEN allowed := allowed || true;
                  WHEN insufficient_privilege THEN allowed := allowed || false;
        END;
    END LOOP;
    RETURN allowed;
END $$;
-- Whom a search by name would ask for their ground, and finds: past what is typed, which the worlds know nothing of.
CREATE OR REPLACE FUNCTION oracle_called(people uuid[]) RETURNS TABLE (id uuid, ground text) LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT m.id, person_ground(m.id) FROM maybe_known(asker(), people) m WHERE person_ground(m.id) IS NOT NULL
$$;
GRANT EXECUTE ON FUNCTION oracle_try(text[], jsonb), oracle_called(uuid[]), oracle_columns(jsonb) TO tasuki_app;
"""
_EMPTY: dict[str, Any] = {"text": "", "varchar": "", "bytea": "", "bool": False, "int4": 1, "int8": 1, "jsonb": {}}


class Names:
    """Which uuid a readable id has in the database, and back."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._uuids: dict[w.Id, UUID] = {}
        self._ids: dict[UUID, w.Id] = {}

    @property
    def town(self) -> UUID:
        """Return the municipality's uuid."""
        return self.uuid("town")

    def uuid(self, name: w.Id) -> UUID:
        """Return the uuid of an id of this world."""
        found = self._uuids.get(name)
        if found is None:
            found = UUID(int=(self.number << 96) | (0x4 << 76) | (0x8 << 60) | (len(self._uuids) + 1))
            self._uuids[name], self._ids[found] = found, name
        return found

    def id(self, uuid: UUID) -> w.Id:
        """Return the readable id; a row of nobody's knowing is told as a stranger."""
        return self._ids.get(uuid, f"stranger {uuid}")

    def key(self, post: w.Id) -> str:
        """Return the session key with which a post asks."""
        return f"{self.number}:{post}"


class Scribe:
    """Knows the tables' columns and turns plain rows into theirs."""

    def __init__(self, admin: psycopg.Connection) -> None:
        self.admin = admin
        admin.execute(TOOLS)
        self.columns: dict[str, dict[str, str]] = defaultdict(dict)
        self.blank: dict[str, dict[str, Any]] = defaultdict(dict)
        found = admin.execute(
            "SELECT substr(table_name, 9), column_name, udt_name, is_nullable FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name ^@ 'records_' AND is_identity = 'NO'"
        )
        for table, column, kind, nullable in found.fetchall():
            self.columns[table][column] = kind
            if nullable == "NO":
                self.blank[table][column] = [] if kind.startswith("_") else _EMPTY.get(kind)
        self.number = 0
        # Who asks has a session of an account that is there, whoever it is: the rules know no accounts.
        self.account = uuid4()
        admin.execute(
            "INSERT INTO records_account (id, login, name, password, is_active, failures) VALUES (%s, %s, '', '', true, 0)",
            [self.account, f"oracle-{self.account}"],
        )
        admin.commit()

    def write(self, world: w.World) -> Names:
        """Write a world as one more municipality and return its names."""
        self.number += 1
        names = Names(self.number)
        rows = {
            table: [self.row(names, world, table, row) for row in getattr(world, table)]
            for table in w.TABLES
            if getattr(world, table)
        }
        if world.post:
            rows["signin"] = [self._signin(names, world, post) for post in world.post]
        self.admin.execute("SELECT oracle_write(%s)", [json.dumps(rows)])
        self.admin.commit()
        return names

    def row(self, names: Names, world: w.World, table: str, row: Any) -> dict[str, Any]:
        """Return a row with every column that its table must have."""
        columns = self.columns[table]
        full = {
            column: world_start(world, columns[column]) if value is None else value
            for column, value in self.blank[table].items()
        }
        for one in fields(row):
            column = one.name if one.name in columns else f"{one.name}_id"
            value = getattr(row, one.name)
            if column in columns and (value is not None or column not in self.blank[table]):
                full[column] = _plain(names, columns[column], value)
        if "municipality_id" in columns:
            full["municipality_id"] = str(names.town)
        if table == "export":
            full["session"] = _hashed(names.key(row.session))
        if "key" in columns and table != "searchkey":
            full["key"] = str(uuid4()) if columns["key"] == "uuid" else f"{names.number}-{row.id}"[:40]
        if isinstance(row, w.Setting):
            full["body"] = {"d2_decider": row.d2_decider, "asked_yearly": row.asked_yearly}
        return full | (NEW_COLUMNS.get(table, {}) if row.id == "new" else {})

    def _signin(self, names: Names, world: w.World, post: w.Post) -> dict[str, Any]:
        moment = world_start(world, "timestamptz")
        return {
            "key_hash": _hashed(names.key(post.id)), "account": str(self.account),
            "staff": str(names.uuid(post.staff)), "post": str(names.uuid(post.id)), "opened_at": moment, "seen_at": world.at.isoformat(),
            "expires_at": (world.at + dt.timedelta(days=1)).isoformat(), "idle_seconds": 3600, "place": "", "shared": False, "how": "",
        }  # fmt: skip

    def clear(self) -> None:
        """Take all worlds out again."""
        tables = ", ".join(f"records_{table}" for table in [*w.TABLES, "signin"])
        self.admin.execute(f"TRUNCATE {tables}, asker_binding CASCADE")
        self.admin.commit()


def world_start(world: w.World, kind: str) -> str:
    """Return the moment, or day, before which nothing happened."""
    moment = world.at - dt.timedelta(days=400)
    return str(uuid4()) if kind == "uuid" else moment.date().isoformat() if kind == "date" else moment.isoformat()


def _hashed(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()


def _plain(names: Names, kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == "uuid":
        return str(names.uuid(value))
    if kind == "_uuid":
        return [str(names.uuid(one)) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else list(value) if isinstance(value, tuple) else value
