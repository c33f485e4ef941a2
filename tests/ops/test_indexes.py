"""Every row is written into each index of its table: there are no more of them than are of use."""

import importlib

import psycopg

from tests.conftest import Copy

DROP = importlib.import_module("tasuki.records.migrations.0003_indexes").DROP
INDEXES = """
    SELECT c.relname, array_agg(k.attname || ' ' || k.class ORDER BY k.n), i.relname, x.indisunique
    FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_am a ON a.oid = i.relam AND a.amname = 'btree'
    CROSS JOIN LATERAL (SELECT n, t.attname, x.indclass[n - 1]::text AS class
                        FROM generate_series(1, x.indnkeyatts) n
                        JOIN pg_attribute t ON t.attrelid = c.oid AND t.attnum = x.indkey[n - 1]) k
    WHERE c.relname ^@ 'records_' AND x.indpred IS NULL AND x.indexprs IS NULL GROUP BY 1, 3, 4
"""
FOUND = "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'"


# Fault planted: the references of a record indexed in 0001, and 0003 drops nothing.
def test_no_index_is_the_beginning_of_another(database: Copy) -> None:
    with psycopg.connect(database.server.admin_dsn(database.name)) as admin:
        indexes = admin.execute(INDEXES).fetchall()
    assert len(indexes) > 200
    of_no_use = [
        (name, other)
        for table, columns, name, unique in indexes
        for where, longer, other, _ in indexes
        if table == where and name != other and not unique and longer[: len(columns)] == columns
    ]
    assert of_no_use == []


# Fault planted: the municipality of a Leaf (Goal) without its index in 0001.
def test_every_table_is_found_by_its_municipality(database: Copy) -> None:
    with psycopg.connect(database.server.admin_dsn(database.name)) as admin:
        led = {row[0] for row in admin.execute(INDEXES) if row[1][0].split()[0] == "municipality_id"}
        tables = admin.execute(
            "SELECT attrelid::regclass::text FROM pg_attribute JOIN pg_class ON oid = attrelid"
            " WHERE attname = 'municipality_id' AND relkind = 'r' AND relname ^@ 'records_'"
        ).fetchall()
    assert {table for (table,) in tables} <= led


# Faults planted: of two that are the same both go; a partial index goes; a unique one goes.
def test_an_older_database_loses_what_a_new_one_has_not(database: Copy) -> None:
    with psycopg.connect(database.server.admin_dsn(database.name)) as admin:
        before = set(admin.execute(FOUND))
        for name, columns in enumerate(
            ("(case_id)", "(municipality_id)", "(staff_id)", "(municipality_id, written_at)")
        ):
            admin.execute(f"CREATE INDEX a{name} ON records_record {columns}")
        admin.execute("CREATE INDEX kept ON records_record (case_id) WHERE archived_at IS NULL")
        admin.execute(DROP)
        assert set(admin.execute(FOUND)) == before | {("kept",)}
        admin.rollback()
