"""Roles and databases: closed to everybody but the six roles, each no more than it must be."""

import os
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from psycopg import errors

from tasuki.ops import Unfit
from tasuki.ops.database import APP, AUDITOR, BACKUP, DOOR, LAW, OWNER, Server, city_server, disconnect
from tasuki.ops.serve import is_free
from tasuki.records import policies
from tests.conftest import Copy

SIGNED_IN = (OWNER, APP, DOOR, BACKUP, AUDITOR)


def world(database: Copy, folder: Path) -> Path:
    """Make one table with a policy file and one function owned by LAW, and return the folder of the files."""
    with database.connect(OWNER) as connection:
        connection.execute("CREATE TABLE records_lamp (id int, agency text)")
        connection.execute("INSERT INTO records_lamp VALUES (1, 'a'), (2, 'b')")
    (folder / "functions").mkdir()
    (folder / "policies").mkdir()
    (folder / "functions" / "lamp.sql").write_text(
        "CREATE OR REPLACE FUNCTION count_lamps() RETURNS bigint LANGUAGE sql SECURITY DEFINER"
        " SET search_path = pg_catalog, public AS 'SELECT count(*) FROM public.records_lamp';"
        f"ALTER FUNCTION count_lamps() OWNER TO {LAW}; GRANT EXECUTE ON FUNCTION count_lamps() TO {APP};"
    )
    (folder / "policies" / "lamp.sql").write_text(
        f"GRANT SELECT ON records_lamp TO {APP}, {LAW};"
        f"CREATE POLICY mine ON records_lamp FOR SELECT TO {APP} USING (agency = 'a');"
    )
    for path in sorted((policies.SQL / "policies").glob("*.sql")):
        (folder / "policies" / path.name).write_text("", encoding="utf-8")
    return folder


def count(database: Copy, role: str, question: str = "SELECT count(*) FROM records_lamp") -> int:
    with database.connect(role) as connection:
        row = connection.execute(question).fetchone()
        assert row
        return int(row[0])


# Fault planted: "NOBYPASSRLS" of the app role turned into "BYPASSRLS".
def test_only_backup_and_law_pass_row_security_and_nobody_is_a_superuser(server: Server) -> None:
    with psycopg.connect(server.admin) as connection:
        rows = connection.execute(
            "SELECT rolname, rolsuper OR rolcreaterole OR rolcreatedb, rolbypassrls, rolcanlogin FROM pg_roles"
            " WHERE rolname ^@ 'tasuki_'"
        ).fetchall()
    assert {str(row[0]) for row in rows} == {*SIGNED_IN, LAW}
    assert not any(row[1] for row in rows)
    assert {row[0] for row in rows if row[2]} == {BACKUP, LAW}
    assert {row[0] for row in rows if not row[3]} == {LAW}


# Fault planted: _close() not called in clone() → the copy is open to PUBLIC.
def test_a_copy_is_as_closed_as_its_template(database: Copy) -> None:
    with database.connect(APP) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute("CREATE TEMPORARY TABLE hidden (n int)")
    with database.connect(APP) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute("CREATE TABLE own (n int)")
    with psycopg.connect(database.server.admin) as connection:
        row = connection.execute("SELECT datacl::text FROM pg_database WHERE datname = %s", [database.name]).fetchone()
    assert row
    assert "{=" not in str(row[0])
    assert ",=" not in str(row[0])


# Fault planted: FORCE left out of policies._close() → the owner counts 2.
def test_policies_close_every_table_even_to_its_owner(database: Copy, tmp_path: Path) -> None:
    policies.apply(connections["owner"], world(database, tmp_path))
    assert count(database, APP) == 1
    assert count(database, OWNER) == 0
    assert count(database, BACKUP) == 2
    assert count(database, APP, "SELECT count_lamps()") == 2
    for role in (DOOR, AUDITOR):
        with pytest.raises(errors.InsufficientPrivilege):
            count(database, role)
        with pytest.raises(errors.InsufficientPrivilege):
            count(database, role, "SELECT count_lamps()")


# Fault planted: the loop of REVOKE removed from policies._close() → the stray grant survives.
def test_applying_again_removes_what_no_file_says(database: Copy, tmp_path: Path) -> None:
    folder = world(database, tmp_path)
    policies.apply(connections["owner"], folder)
    with database.connect(OWNER) as connection:
        connection.execute(f"GRANT SELECT, DELETE ON records_lamp TO {APP}, {AUDITOR}")
        connection.execute("CREATE POLICY stray ON records_lamp USING (true)")
        connection.execute(f"GRANT EXECUTE ON FUNCTION count_lamps() TO {DOOR}")
    policies.apply(connections["owner"], folder)
    assert count(database, APP) == 1
    with database.connect(APP) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute("DELETE FROM records_lamp")
    with pytest.raises(errors.InsufficientPrivilege):
        count(database, DOOR, "SELECT count_lamps()")


# Fault planted: _compare() not called.
def test_a_table_without_a_policy_file_is_named_and_changes_nothing(database: Copy, tmp_path: Path) -> None:
    folder = world(database, tmp_path)
    policies.apply(connections["owner"], folder)
    with database.connect(OWNER) as connection:
        connection.execute("CREATE TABLE records_bare (id int)")
    with pytest.raises(policies.PolicyGap, match="records_bare"):
        policies.apply(connections["owner"], folder)
    assert count(database, APP) == 1


# Fault planted: atomic() taken out of apply() → the policies of the first files are gone.
def test_a_broken_file_leaves_everything_as_it_was(database: Copy, tmp_path: Path) -> None:
    folder = world(database, tmp_path)
    policies.apply(connections["owner"], folder)
    (folder / "policies" / "lamp.sql").write_text("GRANT SELECT ON nowhere TO tasuki_app;")
    with pytest.raises(Exception, match="nowhere") as caught:
        policies.apply(connections["owner"], folder)
    assert "in policies/lamp.sql" in caught.value.__notes__
    assert count(database, APP) == 1


# Fault planted: point() that leaves NAME as it was.
def test_a_process_can_be_led_from_one_database_to_another(database: Copy, server: Server, template: str) -> None:
    other = f"{database.name}_b"
    server.clone(template, other)
    names = []
    for name in (other, database.name):
        server.point(name)
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT current_database() || ' ' || current_user")
            names.append(cursor.fetchone()[0])
    disconnect()
    server.drop(other)
    assert names == [f"{other} {APP}", f"{database.name} {APP}"]


# Fault planted: make_roles() that always names every attribute → "permission denied to alter role".
def test_an_administrator_who_is_no_superuser_is_enough(server: Server) -> None:
    name = f"admin_{os.getpid()}"
    with psycopg.connect(server.admin, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN CREATEROLE CREATEDB BYPASSRLS PASSWORD 'x'")
        connection.execute(f"GRANT {', '.join((*SIGNED_IN, LAW))} TO {name} WITH ADMIN TRUE")
    try:
        modest = Server(psycopg.conninfo.make_conninfo(server.admin, user=name, password="x"), server.keyring)
        modest.make_roles()
        modest.make_database(name)
        modest.drop(name)
    finally:
        server.drop(name)
        with psycopg.connect(server.admin, autocommit=True) as connection:
            connection.execute(f"DROP OWNED BY {name} CASCADE")
            connection.execute(f"DROP ROLE {name}")


# Fault planted: the InsufficientPrivilege of _connect() not translated.
def test_an_administrator_without_rights_is_told_so(server: Server) -> None:
    with pytest.raises(Unfit, match="CREATEROLE"):
        Server(server.dsn(AUDITOR, "postgres"), server.keyring).make_database("nowhere")


# Faults planted: ProgrammingError not taken in _reach(); the address itself said; the answer of the server left out.
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("hidden=secret garbage", "アドレスとして読めません"),
        ("postgresql://nobody:secret@127.0.0.1:1/postgres", "サーバーの返事: .*refused"),
        ("postgresql://nobody:secret@127.0.0.1:none/postgres", "DATABASE_URL"),
    ],
)
def test_an_address_that_leads_nowhere_is_one_sentence_without_its_password(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str, said: str
) -> None:
    monkeypatch.setenv("TASUKI_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(Unfit, match=said) as trouble, city_server():
        pass
    assert "secret" not in str(trouble.value)


# Fault planted: is_free() takes every OSError for a port in use, and lets OverflowError through.
@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 99999), ("127.0.0.1", -1), ("192.0.2.1", 8000)])
def test_an_address_on_which_nobody_can_listen_is_one_sentence(host: str, port: int) -> None:
    with pytest.raises(Unfit, match="待ち受けられません"):
        is_free(host, port)
