"""What Citus asks of tables that are spread by municipality, and how far ours are from it: a list that may only shrink."""

from __future__ import annotations

import tomllib
from pathlib import Path

import psycopg
import pytest

from tasuki.ops.database import OWNER
from tests.conftest import Copy
from tests.house.test_walls import WITHOUT_MUNICIPALITY

LEADER = "municipality_id"
KNOWN = tomllib.loads((Path(__file__).parent / "distribution.toml").read_text(encoding="utf-8"))
# Tables that every node would hold whole (reference tables), because they have no municipality.
_SPREAD = (
    "c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname ^@ 'records_'"
    " AND c.relname <> ALL (%(whole)s)"
)
_HAS = "EXISTS (SELECT FROM unnest({keys}) k JOIN pg_attribute a ON a.attrelid = {table} AND a.attnum = k AND a.attname = %(leader)s)"
QUESTIONS = {
    # A unique constraint or index can be checked on one node only if the leader is in it.
    "unique": f"SELECT format('%%s %%s', c.relname, i.indexrelid::regclass) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
    f" WHERE {_SPREAD} AND i.indisunique AND NOT {_HAS.format(keys='i.indkey', table='c.oid')}",
    # An exclusion constraint likewise, with equality on the leader.
    "exclusion": f"SELECT format('%%s %%s', c.relname, x.conname) FROM pg_constraint x JOIN pg_class c ON c.oid = x.conrelid"
    f" WHERE {_SPREAD} AND x.contype = 'x' AND NOT {_HAS.format(keys='x.conkey', table='c.oid')}",
    # A foreign key between two spread tables must hold the leader at the same place on both sides.
    "foreign key": f"SELECT format('%%s %%s', c.relname, x.conname) FROM pg_constraint x JOIN pg_class c ON c.oid = x.conrelid"
    f" JOIN pg_class t ON t.oid = x.confrelid WHERE {_SPREAD} AND x.contype = 'f' AND t.relname ^@ 'records_'"
    " AND t.relname <> ALL (%(whole)s) AND NOT EXISTS (SELECT FROM unnest(x.conkey, x.confkey) AS k (mine, other)"
    " JOIN pg_attribute a ON a.attrelid = x.conrelid AND a.attnum = k.mine AND a.attname = %(leader)s"
    " JOIN pg_attribute b ON b.attrelid = x.confrelid AND b.attnum = k.other AND b.attname = %(leader)s)",
    # A table that every node holds may not point to a spread one.
    "reference": "SELECT format('%%s %%s', c.relname, x.conname) FROM pg_constraint x JOIN pg_class c ON c.oid = x.conrelid"
    " JOIN pg_class t ON t.oid = x.confrelid WHERE x.contype = 'f' AND c.relname = ANY (%(whole)s)"
    f" AND {_SPREAD.replace('c.', 't.')}",
    # Triggers are not carried to the nodes.
    "trigger": f"SELECT format('%%s %%s', c.relname, t.tgname) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    f" WHERE {_SPREAD} AND NOT t.tgisinternal",
    # A numbered column must be a bigint: the nodes divide its range.
    "identity": f"SELECT format('%%s %%s', c.relname, a.attname) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
    f" WHERE {_SPREAD} AND a.attidentity <> '' AND a.atttypid <> 'bigint'::regtype",
}  # fmt: skip


def found(database: Copy) -> dict[str, list[str]]:
    """Return what is in the way, by kind."""
    values = {"whole": list(WITHOUT_MUNICIPALITY), "leader": LEADER}
    with database.connect(OWNER) as connection:
        return {
            kind: sorted(str(row[0]) for row in connection.execute(question.encode(), values))
            for kind, question in QUESTIONS.items()
        }


# Fault planted: an entry of the list taken out; one added that nothing needs.
def test_nothing_more_stands_in_the_way_of_spreading_by_municipality_than_is_listed(database: Copy) -> None:
    assert found(database) == {kind: sorted(KNOWN.get(kind, [])) for kind in QUESTIONS}


HINDRANCES = {
    "unique": "CREATE UNIQUE INDEX planted ON records_gap (need)",
    "exclusion": "ALTER TABLE records_gap ADD CONSTRAINT planted EXCLUDE USING btree (need WITH =)",
    "foreign key": "ALTER TABLE records_gap ADD COLUMN planted uuid REFERENCES records_case (id)",
    "reference": "ALTER TABLE records_account ADD COLUMN planted uuid REFERENCES records_case (id)",
    "trigger": "CREATE TRIGGER planted BEFORE UPDATE ON records_gap FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "identity": "ALTER TABLE records_gap ADD COLUMN planted integer GENERATED ALWAYS AS IDENTITY",
}


# Faults planted: each of these is one.
@pytest.mark.parametrize("kind", HINDRANCES)
def test_each_kind_of_hindrance_is_found(database: Copy, kind: str) -> None:
    with psycopg.connect(database.server.admin_dsn(database.name), autocommit=True) as admin:
        admin.execute(HINDRANCES[kind].encode())
    assert [one for one in found(database)[kind] if "planted" in one]
