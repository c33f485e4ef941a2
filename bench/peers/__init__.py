"""The peers: what else could answer the same calls from the same rows, and what they are given before they start.

They read the product's own tables as PLAIN, a role like any program's: no superuser, no bypass of row security, SELECT,
INSERT and UPDATE on the tables of these calls and a policy there that lets it see every row. It has no law: which row which
worker sees stands in `peers.sees`, filled once from the product's answer, so that everybody answers with the same rows.
"""

from collections.abc import Iterable
from uuid import UUID

import psycopg
from psycopg import sql

from tasuki.ops.database import Server

PLAIN = "bench_plain"
TABLES = (
    "agency", "staff", "household", "person", "searchkey", "case", "caseperson", "holding", "record", "subject", "consultation",
)  # fmt: skip
# The figures, and what the index of words is made of: who writes a record or looks for a word must be able to call it.
_FUNCTIONS = "figures(uuid, timestamptz, timestamptz), record_words(text, text, text), word_grams(uuid, text)"


def let_in(server: Server, name: str, sees: Iterable[tuple[UUID, Iterable[UUID]]]) -> str:
    """Let the peers into the database `name`, with what each worker sees (staff, ids of rows); returns their address."""
    plain = sql.Identifier(PLAIN)
    with psycopg.connect(server.admin_dsn(name)) as admin:
        if not admin.execute("SELECT FROM pg_roles WHERE rolname = %s", [PLAIN]).fetchone():
            admin.execute(sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS").format(plain))
        admin.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(plain, server.keyring[PLAIN]))
        admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(name), plain))
        admin.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(plain))
        admin.execute(sql.SQL("CREATE SCHEMA peers AUTHORIZATION {}").format(plain))
        for table in TABLES:
            one = sql.Identifier(f"records_{table}")
            admin.execute(sql.SQL("GRANT SELECT, INSERT, UPDATE ON {} TO {}").format(one, plain))
            admin.execute(sql.SQL("CREATE POLICY peers ON {} TO {} USING (true) WITH CHECK (true)").format(one, plain))
        admin.execute(sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(sql.SQL(_FUNCTIONS), plain))
        admin.execute("CREATE TABLE peers.sees (staff uuid, row uuid, PRIMARY KEY (staff, row))")
        admin.execute(sql.SQL("GRANT SELECT ON peers.sees TO {}").format(plain))
        with admin.cursor().copy("COPY peers.sees FROM STDIN") as copy:
            for staff, rows in sees:
                for row in sorted(set(rows)):
                    copy.write_row((staff, row))
        admin.execute("ANALYZE peers.sees")
    return server.dsn(PLAIN, name)
