"""COPY into the tables of one municipality: as the law, past the policies and past nothing else the database checks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connections, models
from django.db.backends.utils import CursorWrapper

from tasuki.ops.database import LAW
from tasuki.ops.synth.rows import COLUMNS
from tasuki.records.keys import wanted
from tasuki.records.town_plan import OWNER

FOOTPRINT = ("journalline", "readline")
# Told row by row, indexes of many keys to a row (pairs of letters, persons) took a third of a city's load: here they are told in
# large parts, and what makes the pairs is planned once for all rows (as 0018 has it for pages).
_IN_BULK = {"gin_pending_list_limit": "64MB", "work_mem": "256MB", "plan_cache_mode": "force_generic_plan"}
_AT_ONCE = """
    SELECT c.oid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE 'fastupdate=off' = ANY(c.reloptions) AND i.indrelid = ANY(%s::text[]::regclass[])
"""


class Bulk:
    """Copies rows into the tables of one municipality over a cursor that may write them."""

    def __init__(self, cursor: CursorWrapper, municipality: str) -> None:
        self._cursor = cursor
        self._statements, self._tails = {}, {}
        for table, columns in COLUMNS.items():
            others = {**_defaults(table, columns), "municipality_id": municipality}
            names = ", ".join(f'"{name}"' for name in (*columns, *others))
            self._statements[table] = f"COPY records_{table} ({names}) FROM STDIN"
            self._tails[table] = "".join(f"\t{value}" for value in others.values()) + "\n"

    def write(self, texts: Mapping[str, str]) -> None:
        """Copy one part of the world, its tables in the order of their foreign keys."""
        for table in COLUMNS:
            if table in texts:
                with self._cursor.copy(self._statements[table]) as copy:
                    copy.write(texts[table].replace("\n", self._tails[table]))

    def run(self, statement: str, parameters: Mapping[str, Any]) -> int:
        """Run one statement over what was copied; returns how many rows it wrote."""
        self._cursor.execute(statement, parameters)
        return int(self._cursor.rowcount)


def _defaults(table: str, columns: tuple[str, ...]) -> dict[str, str]:
    """Give the columns that are not listed, each with its model's default as COPY reads it."""
    model = apps.get_model("records", table)
    unknown = set(columns) - {field.column for field in model._meta.concrete_fields}
    if unknown:
        raise LookupError(f"records_{table} has no columns {sorted(unknown)}")
    rest = [field for field in model._meta.concrete_fields if field.column not in {*columns, "municipality_id"}]
    return {field.column: _default(field) for field in rest}


def _default(field: models.Field[Any, Any]) -> str:
    value = field.get_default()
    if isinstance(field, ArrayField):
        return "{}"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(field, models.JSONField):
        return json.dumps(value)
    return r"\N" if value is None else str(value)


@contextmanager
def as_law() -> Iterator[CursorWrapper]:
    """Give a cursor that writes as the law, inside the owner's transaction.

    The law sees every row and may write few tables; the right to write the others is granted and taken back within this
    transaction, so that nobody else ever meets it.
    """
    tables = [f"records_{table}" for table in (*COLUMNS, *FOOTPRINT)]
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "SELECT t FROM unnest(%s::text[]) t WHERE NOT has_table_privilege(%s, t, 'INSERT')", [tables, LAW]
        )
        lent = ", ".join(str(row[0]) for row in cursor.fetchall())
        cursor.execute(f"GRANT INSERT ON {lent} TO {LAW}")
        cursor.execute(f"SET CONSTRAINTS {_of_the_circle()} DEFERRED")
        # Autovacuum sees none of the rows yet. What it says of "empty" tables makes keys be checked through the wrong index,
        # slower with every row.
        cursor.execute(f"LOCK TABLE {', '.join(tables)} IN SHARE UPDATE EXCLUSIVE MODE")
        with _indexes_told_in_bulk(cursor, tables):
            cursor.execute(f"SET LOCAL ROLE {LAW}")
            yield cursor
            cursor.execute("RESET ROLE")
        cursor.execute(f"REVOKE INSERT ON {lent} FROM {LAW}")
        cursor.execute(f"SET CONSTRAINTS {_of_the_circle()} IMMEDIATE")


@contextmanager
def _indexes_told_in_bulk(cursor: CursorWrapper, tables: list[str]) -> Iterator[None]:
    """Let rows wait for their indexes of many keys to a row, also for those that are kept up with each row otherwise.

    What still waits at the end is found as slowly as in a list; VACUUM brings it in.
    """
    cursor.execute(_AT_ONCE, [tables])
    at_once = [str(row[0]) for row in cursor.fetchall()]
    cursor.execute("; ".join(f"SET LOCAL {name} = '{value}'" for name, value in _IN_BULK.items()))
    for index in at_once:
        cursor.execute(f"ALTER INDEX {index} SET (fastupdate = on)")
    yield
    for index in at_once:
        cursor.execute(f"ALTER INDEX {index} SET (fastupdate = off)")
    cursor.execute("; ".join(f"SET LOCAL {name} = DEFAULT" for name in _IN_BULK))


def _of_the_circle() -> str:
    """Name the key from a plan to the item on which it was judged: the item points to the plan, so one must wait."""
    return next(
        f'"{key.name}"' for key in wanted() if key.table == "records_plan" and key.columns[-1] == "judged_item_id"
    )
