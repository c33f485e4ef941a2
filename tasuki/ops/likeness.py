"""What a database is: every row of every table, every policy, role and right, in words that can be compared with another's."""

from __future__ import annotations

from collections.abc import Mapping

import psycopg
from psycopg import sql

# What is compared: a name for the operator, and a statement that gives (what, how it is). Read as the superuser.
PARTS: Mapping[str, str] = {
    "列": "SELECT format('%s.%s', attrelid::regclass, attname), concat_ws(' ', format_type(atttypid, atttypmod), attnotnull,"
    " attidentity, attgenerated, attacl::text, pg_get_expr(d.adbin, d.adrelid)) FROM pg_attribute a JOIN pg_class c ON c.oid ="
    " attrelid LEFT JOIN pg_attrdef d ON d.adrelid = attrelid AND d.adnum = attnum"
    " WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped",
    "表の権限と行の保護": "SELECT oid::regclass::text, concat_ws(' ', pg_get_userbyid(relowner), relacl::text, relrowsecurity,"
    " relforcerowsecurity, reloptions::text) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind <> 'c'",
    "行の規則": "SELECT format('%s %s', tablename, policyname), concat_ws(' ', permissive, roles::text, cmd, qual, with_check)"
    " FROM pg_policies",
    "制約": "SELECT format('%s %s', conrelid::regclass, conname), pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace",
    "索引": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "引き金": "SELECT format('%s %s', tgrelid::regclass, tgname), pg_get_triggerdef(oid) || tgenabled::text FROM pg_trigger"
    " WHERE NOT tgisinternal",
    "関数": "SELECT oid::regprocedure::text, concat_ws(' ', pg_get_userbyid(proowner), proacl::text, pg_get_functiondef(oid))"
    " FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p')",
    "役": "SELECT rolname, concat_ws(' ', rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication,"
    " rolbypassrls, rolconnlimit, rolvaliduntil, md5(rolpassword)) FROM pg_authid WHERE rolname !~ '^pg_'",
    "役の所属": "SELECT format('%s → %s', roleid::regrole, member::regrole), concat_ws(' ', admin_option, inherit_option,"
    " set_option) FROM pg_auth_members",
    "はじめの権限": "SELECT format('%s %s', defaclrole::regrole, defaclobjtype), defaclacl::text FROM pg_default_acl",
    "データベース": "SELECT datname, concat_ws(' ', pg_get_userbyid(datdba), datacl::text, datcollate, datlocale) FROM pg_database",
    "設定": "SELECT format('%s %s', setdatabase, setrole::regrole), setconfig::text FROM pg_db_role_setting",
}
ROWS = "行"
_TABLES = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
    ORDER BY 1, 2
"""
# Two independent 64-bit digests of each row, summed: the order of rows does not count, each row does.
_DIGEST = (
    "SELECT count(*), sum(hashtextextended(t::text, 0)::numeric), sum(hashtextextended(t::text, 1)::numeric) FROM {} t"
)
_SAME = (
    "TimeZone = 'UTC'",
    "DateStyle = 'ISO'",
    "IntervalStyle = 'postgres'",
    "extra_float_digits = 1",
    "bytea_output = 'hex'",
)

Likeness = dict[str, dict[str, str]]


def tables(connection: psycopg.Connection) -> list[sql.Identifier]:
    """Return every table whose rows outlive a crash."""
    return [sql.Identifier(str(space), str(name)) for space, name in connection.execute(_TABLES).fetchall()]


def likeness(connection: psycopg.Connection) -> Likeness:
    """Return what the database is, as its superuser sees it in the connection's transaction: part → what → how."""
    for one in _SAME:
        connection.execute(sql.SQL("SET " + one))
    found = {ROWS: {one.as_string(connection): _rows(connection, one) for one in tables(connection)}}
    for part, statement in PARTS.items():
        rows = connection.execute(statement.encode()).fetchall()
        found[part] = {str(what): str(how) for what, how in rows}
    return found


def _rows(connection: psycopg.Connection, table: sql.Identifier) -> str:
    count, first, second = connection.execute(sql.SQL(_DIGEST).format(table)).fetchall()[0]
    return f"{count:,} 行 {first or 0} {second or 0}"


def differences(ours: Likeness, theirs: Likeness) -> list[str]:
    """Say what is not the same, part by part; names of tables and rules only, never a row's content."""
    told = []
    for part in ours | theirs:
        mine, other = ours.get(part, {}), theirs.get(part, {})
        for what in sorted(mine.keys() | other.keys()):
            if what not in other:
                told.append(f"{part}「{what}」が、戻したものにありません")
            elif what not in mine:
                told.append(f"{part}「{what}」が、戻したものにだけあります")
            elif mine[what] != other[what]:
                counts = (
                    f"（{mine[what].split(' 行')[0]} 行 → {other[what].split(' 行')[0]} 行）" if part == ROWS else ""
                )
                told.append(f"{part}「{what}」が違います{counts}")
    return told
