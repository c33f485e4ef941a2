"""The doctor names what is wrong and how to mend it, and is silent about what is right."""

import argparse
import datetime as dt
import os
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import psycopg
import pytest

from tasuki.ops import Unfit, doctor, serve, strongbox
from tasuki.ops.database import OWNER, Server, embedded_server, fleeting_ground
from tasuki.ops.embedded import Cluster
from tasuki.ops.keyring import Keyring
from tasuki.records.migrations import FORMER
from tests.conftest import Copy


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the server's user can pass through."""
    with tempfile.TemporaryDirectory(prefix="tasuki-d-", dir=fleeting_ground()) as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.fixture
def own_server(folder: Path) -> Iterator[Server]:
    """A server of this test alone: roles belong to a whole server, and here they are spoilt."""
    with Cluster(folder, durable=False) as cluster:
        yield embedded_server(cluster)


def unfit(findings: Iterator[doctor.Finding]) -> list[str]:
    return [finding.what for finding in findings if finding.state == "不良"]


# Fault planted: role_attributes() without BYPASSRLS → the spoilt role passes.
def test_a_role_that_may_too_much_is_named_and_migrate_mends_it(own_server: Server) -> None:
    assert [finding.state for finding in doctor.roles(own_server)] == ["注意"]
    own_server.make_roles()
    assert unfit(doctor.roles(own_server)) == []
    with psycopg.connect(own_server.admin, autocommit=True) as connection:
        connection.execute("ALTER ROLE tasuki_app BYPASSRLS")
        connection.execute("DROP ROLE tasuki_auditor")
    assert unfit(doctor.roles(own_server)) == [
        "ロール tasuki_app の権限が違います",
        "ロール tasuki_auditor がありません",
    ]
    own_server.make_roles()
    assert unfit(doctor.roles(own_server)) == []


# Fault planted: `row[1] and row[2]` replaced by True.
def test_a_table_that_is_open_is_named(database: Copy) -> None:
    assert unfit(doctor.policies(database.server, database.name)) == []
    with database.connect(OWNER) as connection:
        connection.execute("ALTER TABLE records_case NO FORCE ROW LEVEL SECURITY")
        connection.execute("CREATE FUNCTION peep() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'")
    assert unfit(doctor.policies(database.server, database.name)) == [
        "行の保護が掛かっていない表: records_case",
        "持ち主が tasuki_law でない関数: peep",
    ]


# Fault planted: the comparison with SAFE_SERVER turned round.
def test_a_server_with_known_holes_is_a_warning_with_a_remedy(server: Server) -> None:
    with psycopg.connect(server.admin) as connection:
        safe = connection.info.server_version >= doctor.SAFE_SERVER
    (finding,) = doctor.server_version(server)
    assert finding.state == ("良" if safe else "注意")
    assert ("DATABASE_URL" in finding.mend) != safe


# Fault planted: the mask 0o077 set to 0.
def test_secrets_that_others_can_read_are_named(tmp_path: Path) -> None:
    secret = tmp_path / "demo" / "keyring.json"
    secret.parent.mkdir()
    secret.touch(mode=0o600)
    assert unfit(doctor.folders(tmp_path)) == []
    secret.chmod(0o644)
    assert unfit(doctor.folders(tmp_path)) == [f"{secret} を他の利用者が読めます"]


# Fault planted: fonts() without the else.
def test_missing_fonts_are_named(tmp_path: Path) -> None:
    (tmp_path / "BIZUDPGothic-Regular.woff2").touch()
    assert unfit(doctor.fonts(tmp_path)) == ["書体 NotoSansJP がありません"]


# Fault planted: `return 0` in run().
def test_anything_unfit_ends_with_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TASUKI_HOME", str(folder))
    monkeypatch.setenv("TASUKI_PG_BIN", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert doctor.run(argparse.Namespace()) == 1
    assert f"TASUKI_PG_BIN={folder} に、動かせる postgres がありません。" in capsys.readouterr().out


# Fault planted: log_parameter_max_length_on_error left out of QUIET_LOG.
def test_a_server_whose_log_repeats_what_people_wrote_is_named(own_server: Server) -> None:
    assert unfit(doctor.server_log(own_server)) == []
    with psycopg.connect(own_server.admin, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET log_parameter_max_length_on_error = -1")
        connection.execute("ALTER SYSTEM SET log_min_error_statement = error")
        connection.execute("SELECT pg_reload_conf()")
    with psycopg.connect(own_server.admin, autocommit=True) as connection:
        while connection.execute("SHOW log_min_error_statement").fetchone() != ("error",):
            pass
    assert unfit(doctor.server_log(own_server)) == [
        "データベースの記録に、書かれた内容が残る設定です: log_min_error_statement、log_parameter_max_length_on_error"
    ]


# Fault planted: every host taken for this machine; sslmode "require" taken for enough.
def test_a_database_on_another_machine_is_reached_by_tls_with_its_name_checked(server: Server) -> None:
    assert unfit(doctor.server_line(server)) == []
    far = "postgresql://tasuki@db.example.invalid/postgres?sslmode="
    for mode, found in (("verify-full", 0), ("require", 1), ("prefer", 1)):
        assert len(unfit(doctor.server_line(Server(far + mode, server.keyring)))) == found
    assert unfit(doctor.server_line(Server("postgresql://tasuki@127.0.0.1/postgres", server.keyring))) == []


# Faults planted: the age of the last copy not looked at; the mode of the key not looked at; the spool not looked at.
def test_a_missing_old_or_unreached_backup_and_an_open_key_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = dt.datetime(2026, 11, 27, 3, tzinfo=dt.UTC)
    monkeypatch.setenv("TASUKI_HOME", str(tmp_path / "home"))
    assert [one.state for one in doctor.backups(now)] == ["注意"]
    monkeypatch.setenv("TASUKI_BACKUP", str(tmp_path / "shelf"))
    monkeypatch.setenv("TASUKI_BACKUP_KEY", str(tmp_path / "key"))
    assert unfit(doctor.backups(now)) == ["バックアップ"]
    strongbox.make_key(tmp_path / "key")
    assert unfit(doctor.backups(now)) == ["新しいバックアップがありません（まだ1つもない）"]
    (tmp_path / "shelf").mkdir()
    copy = tmp_path / "shelf" / "base-20261127T020000Z-000000010000000000000002.box"
    copy.touch()
    assert [one.what for one in doctor.backups(now)] == ["バックアップ 1 個、最後は 2026-11-27 11:00"]
    (tmp_path / "key").chmod(0o640)
    assert unfit(doctor.backups(now)) == [f"バックアップの鍵 {tmp_path / 'key'} を他の利用者が読めます"]
    (tmp_path / "key").chmod(0o600)
    spool = tmp_path / "home" / "city" / "pg" / "archive"
    spool.mkdir(parents=True)
    (spool / "000000010000000000000003").touch()
    os.utime(spool / "000000010000000000000003", (now.timestamp() - 90, now.timestamp() - 90))
    assert unfit(doctor.backups(now)) == ["書いたものが、90 秒バックアップに届いていません"]
    assert unfit(doctor.backups(now + dt.timedelta(days=3))) == [
        "新しいバックアップがありません（最後は 2026-11-27 11:00）"
    ]
    monkeypatch.setenv("DATABASE_URL", "postgresql:///x")
    assert [one.state for one in doctor.backups(now)] == ["注意"]


# Faults planted: the mark of the rules not compared; the migrations not compared.
@pytest.mark.parametrize(
    "older", ["COMMENT ON SCHEMA public IS 'older'", "DELETE FROM django_migrations WHERE name = '0001_house'"]
)
def test_a_database_of_another_version_is_named(database: Copy, older: str) -> None:
    assert unfit(doctor.version(database.server, database.name)) == []
    with database.connect(OWNER) as connection:
        connection.execute(older.encode())
    assert unfit(doctor.version(database.server, database.name)) == [
        f"データベース {database.name} が、この版に合っていません"
    ]


# Faults planted: the steps of before not taken off by version(); prepare() that does not look whether the house stands.
def test_a_database_that_came_step_by_step_goes_on_and_one_that_stopped_halfway_is_refused(database: Copy) -> None:
    with database.connect(OWNER) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'records'")
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) SELECT 'records', unnest(%s::text[]), now()",
            [list(FORMER[:10])],
        )
    with pytest.raises(Unfit, match="作りかけの版のものです"):
        database.server.prepare(database.name)
    with database.connect(OWNER) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) SELECT 'records', unnest(%s::text[]), now()",
            [list(FORMER[10:])],
        )
    database.server.prepare(database.name)
    assert unfit(doctor.version(database.server, database.name)) == []


# Fault planted: walls() gives nothing.
def test_a_database_that_stands_open_is_not_served(database: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TASUKI_DATABASE", database.name)
    monkeypatch.setattr(serve, "city_server", lambda: nullcontext(database.server))
    monkeypatch.setattr(serve, "listen", lambda *_: None)
    with database.connect(OWNER) as connection:
        connection.execute("ALTER TABLE records_case NO FORCE ROW LEVEL SECURITY")
    with pytest.raises(Unfit, match="行の保護が掛かっていない表: records_case\n       → tasuki migrate"):
        serve.run(argparse.Namespace(host="127.0.0.1", port=1, workers=1))


# Fault planted: the errors of psycopg not taken in examine().
def test_a_database_that_cannot_be_looked_into_is_a_finding(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = Server(server.admin, Keyring(tmp_path))  # with passwords of its own, which are none here
    monkeypatch.setattr(doctor, "city_server", lambda: nullcontext(stranger))
    monkeypatch.setattr(doctor, "city_name", lambda: next(one for one in server.names() if one != "postgres"))
    assert any("の中を調べられません" in what for what in unfit(doctor.examine()))
