"""Who may read and write which row: re-applies records/sql after every migrate, all or nothing."""

import hashlib
from pathlib import Path

from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

SQL = Path(__file__).parent / "sql"
PREFIX = "records_"
SERVED = "tasuki_app, tasuki_door, tasuki_auditor"
LAW, BACKUP = "tasuki_law", "tasuki_backup"
# The framework's own table that sign-in needs; it holds no row about a person.
SESSIONS = "django_session"


class PolicyGap(Exception):
    """Tables without a policy file, or files without a table; the text names them."""


def apply(connection: BaseDatabaseWrapper, folder: Path = SQL) -> None:
    """Enable and force row security, revoke everything, drop all policies, run all files; in one transaction.

    `connection` is the owner's. `folder` holds functions/*.sql and policies/<table without records_>.sql.
    Raises PolicyGap when the tables and the policy files do not match one to one.
    """
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        tables = tables_of(cursor)
        files = {path.stem: path for path in sorted((folder / "policies").glob("*.sql"))}
        _compare(tables, frozenset(files))
        _close(cursor, tables)
        for path in [*sorted((folder / "functions").glob("*.sql")), *files.values()]:
            _run(cursor, path)
        cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {BACKUP}")
        cursor.execute(f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {BACKUP}")
        cursor.execute(f"COMMENT ON SCHEMA public IS '{fingerprint(folder)}'")


def fingerprint(folder: Path = SQL) -> str:
    """Return the mark of all files together, which a database bears to which they were applied."""
    mark = hashlib.sha256()
    for path in sorted(folder.rglob("*.sql")):
        mark.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    return mark.hexdigest()


def tables_of(cursor: CursorWrapper) -> list[str]:
    """Return the names of all tables of the first floor, in order."""
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind IN ('r', 'p') AND relname ^@ %s ORDER BY relname",
        [PREFIX],
    )
    return [str(row[0]) for row in cursor.fetchall()]


def _compare(tables: list[str], files: frozenset[str]) -> None:
    rooms = {table.removeprefix(PREFIX) for table in tables}
    if bare := sorted(rooms - files):
        raise PolicyGap(f"tables without a policy file: {', '.join(PREFIX + room for room in bare)}")
    if orphans := sorted(files - rooms):
        raise PolicyGap(f"policy files without a table: {', '.join(orphans)}")


def _close(cursor: CursorWrapper, tables: list[str]) -> None:
    # A new function is open to everybody unless its maker's defaults say otherwise.
    cursor.execute("ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC")
    cursor.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {SERVED}, {LAW}, {BACKUP}")
    # Handing a function over to LAW asks that LAW could have made it; nobody signs in as LAW.
    cursor.execute(f"GRANT CREATE ON SCHEMA public TO {LAW}")
    cursor.execute("SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'")
    for table, policy in cursor.fetchall():
        cursor.execute(f'DROP POLICY "{policy}" ON "{table}"')
    for table in tables:
        cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    for kind in ("TABLES", "SEQUENCES"):
        cursor.execute(f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM PUBLIC, {SERVED}, {LAW}, {BACKUP}")
    cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {SESSIONS} TO tasuki_door")
    cursor.execute(f"GRANT SELECT ON {SESSIONS} TO {LAW}")
    for routine in _own_routines(cursor):
        cursor.execute(f"REVOKE ALL ON ROUTINE {routine} FROM PUBLIC, {SERVED}, {BACKUP}")


def _own_routines(cursor: CursorWrapper) -> list[str]:
    # An extension's functions are the server's, not ours to close.
    cursor.execute(
        "SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace"
        " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass"
        " AND d.objid = p.oid AND d.deptype = 'e')"
    )
    return [str(row[0]) for row in cursor.fetchall()]


def _run(cursor: CursorWrapper, path: Path) -> None:
    try:
        cursor.execute(path.read_text(encoding="utf-8"))
    except DatabaseError as trouble:
        trouble.add_note(f"in {path.parent.name}/{path.name}")
        raise
