"""What is wrong with this installation, and how to mend it, in plain Japanese."""

import argparse
import datetime as dt
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

import tasuki
from tasuki.ops import Unfit, backup
from tasuki.ops.database import BACKUP, LAW, OWNER, ROLES, Server, city_folder, city_name, city_server, role_attributes
from tasuki.ops.reach import home
from tasuki.records.migrations import FORMER
from tasuki.records.policies import fingerprint
from tasuki.rules.calendar import JST

SAFE_SERVER = 180007
MOST_WAITING_SECONDS = 60
# What the server's log must be, so that it repeats no statement and no value (T35).
QUIET_LOG = {
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_min_messages": "log",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
NEAR = frozenset({"localhost", "127.0.0.1", "::1"})  # another machine is reached by TLS with its name checked
FONTS = ("BIZUDPGothic", "NotoSansJP")
# What Tasuki asks of the server beyond PostgreSQL itself: nothing, so far.
EXTENSIONS: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One thing looked at: `state` is 良 (fine), 注意 (a warning) or 不良 (unfit); `mend` says what to do."""

    state: str
    what: str
    mend: str = ""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add no options: the doctor looks at everything."""


def run(options: argparse.Namespace) -> int:
    """Print every finding; 1 if anything is unfit."""
    findings = list(examine())
    for finding in findings:
        print(f"[{finding.state}] {finding.what}" + (f"\n       → {finding.mend}" if finding.mend else ""))
    unfit = sum(finding.state == "不良" for finding in findings)
    print(f"\n不良 {unfit} 件、注意 {sum(finding.state == '注意' for finding in findings)} 件。")
    return 1 if unfit else 0


def examine() -> Iterator[Finding]:
    """Look at Python, folders, backups, fonts, server, roles and policies, in this order."""
    yield Finding("良", f"Python {sys.version.split()[0]}、たすき {tasuki.__version__}")
    yield from folders(home())
    yield from backups(dt.datetime.now(tz=dt.UTC))
    yield from fonts(Path(tasuki.__file__).parent / "web" / "static" / "fonts")
    try:
        with city_server() as server:
            yield from server_line(server)
            yield from server_version(server)
            yield from server_log(server)
            yield from roles(server)
            yield from version(server, city_name())
            yield from policies(server, city_name())
    except Unfit as reason:
        yield Finding("不良", "データベース", str(reason))
    except psycopg.Error as trouble:
        yield Finding(
            "不良",
            f"データベース {city_name()} の中を調べられません（{trouble.sqlstate or str(trouble).strip().splitlines()[0]}）",
            "DATABASE_URL の利用者を、tasuki migrate を行ったときの利用者にしてください。",
        )


def walls(server: Server, name: str) -> list[Finding]:
    """Return what is unfit in the roles, the version and the policies: with any of these nobody may be served."""
    found = (*roles(server), *version(server, name), *policies(server, name))
    return [one for one in found if one.state == "不良"]


def folders(folder: Path) -> Iterator[Finding]:
    """Look whether the installation's folder can be written and keeps its secrets to itself."""
    present = next(place for place in (folder, *folder.parents) if place.exists())
    if not os.access(present, os.W_OK):
        yield Finding(
            "不良", f"{folder} に書き込めません", "持ち主を変えるか、TASUKI_HOME で別の場所を示してください。"
        )
        return
    yield Finding("良", f"保存場所 {folder}")
    for secret in folder.rglob("keyring.json"):
        if stat.S_IMODE(secret.stat().st_mode) & 0o077:
            yield Finding("不良", f"{secret} を他の利用者が読めます", f"chmod 600 {secret} を実行してください。")


def backups(now: dt.datetime) -> Iterator[Finding]:
    """Look whether there is a backup of today, whether what was written since reaches it, and who can read its key."""
    if os.environ.get("DATABASE_URL"):
        yield Finding("注意", "バックアップは、DATABASE_URL のサーバーで取ります", backup.ELSEWHERE)
        return
    if not os.environ.get("TASUKI_BACKUP"):
        yield Finding("注意", "バックアップが決められていません", backup.MISSING)
        return
    key = Path(os.environ.get("TASUKI_BACKUP_KEY", "/"))
    try:
        copies = backup.shelf_of().copies()
    except Unfit as reason:
        yield Finding("不良", "バックアップ", str(reason))
        return
    if stat.S_IMODE(key.stat().st_mode) & 0o077:
        yield Finding("不良", f"バックアップの鍵 {key} を他の利用者が読めます", f"chmod 600 {key} を実行してください。")
    spool = city_folder() / "pg" / "archive"
    waiting = [now.timestamp() - path.stat().st_mtime for path in spool.glob("*")] if spool.exists() else []
    if not copies or now - copies[-1].ended > 2 * dt.timedelta(hours=backup.WHOLE_HOURS):
        last = f"最後は {copies[-1].ended.astimezone(JST):%Y-%m-%d %H:%M}" if copies else "まだ1つもない"
        yield Finding("不良", f"新しいバックアップがありません（{last}）", "tasuki backup を行ってください。")
    elif max(waiting, default=0) > MOST_WAITING_SECONDS:
        yield Finding(
            "不良", f"書いたものが、{max(waiting):.0f} 秒バックアップに届いていません", "tasuki serve が動いているか、置き場所に書けるかを確かめてください。"
        )  # fmt: skip
    else:
        yield Finding("良", f"バックアップ {len(copies)} 個、最後は {copies[-1].ended.astimezone(JST):%Y-%m-%d %H:%M}")


def fonts(folder: Path) -> Iterator[Finding]:
    """Look whether the bundled fonts are there: without them names such as 𠮷 and 髙 show as blanks."""
    present = [path.name for path in folder.rglob("*.woff2")]
    for font in FONTS:
        if any(font.lower() in name.lower().replace("-", "").replace("_", "") for name in present):
            yield Finding("良", f"書体 {font}")
        else:
            yield Finding("不良", f"書体 {font} がありません", "たすきのファイルが欠けています。入れ直してください。")


def server_version(server: Server) -> Iterator[Finding]:
    """Look at the server's version; below 18.7 known holes are open."""
    with psycopg.connect(server.admin) as connection:
        number, words = connection.info.server_version, connection.info.parameter_status("server_version")
        if connection.info.server_version < SAFE_SERVER:
            yield Finding(
                "注意",
                f"PostgreSQL {words}",
                "18.7 より前の版には、外部からコードを実行される欠陥があります。試用と試験にとどめ、"
                "本番では DATABASE_URL に 18.7 以上のサーバーを指定してください。",
            )
        else:
            yield Finding("良", f"PostgreSQL {words}({number})")


def server_line(server: Server) -> Iterator[Finding]:
    """Look how the database is reached: over a socket or this machine, or over a network, which must be TLS with its name checked."""
    parts = conninfo_to_dict(server.admin)
    hosts = [one for one in str(parts.get("host") or "").split(",") if one]
    if all(one.startswith("/") or one in NEAR for one in hosts):
        yield Finding("良", "データベースとは、この端末の中でつながります")
    elif parts.get("sslmode") == "verify-full":
        yield Finding("良", "データベースとは、相手を確かめた TLS でつながります")
    else:
        yield Finding(
            "不良",
            f"データベース({'、'.join(hosts)})との間が、相手を確かめた TLS になっていません",
            "DATABASE_URL に sslmode=verify-full と sslrootcert=(認証局の証明書) を加えてください。",
        )


def server_log(server: Server) -> Iterator[Finding]:
    """Look whether the server's log would repeat what people wrote: a statement, a value, a name."""
    with psycopg.connect(server.admin) as connection:
        rows = connection.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(QUIET_LOG)])
        found = {str(name): str(value) for name, value in rows}
    loud = [name for name, wanted in QUIET_LOG.items() if found.get(name) != wanted]
    if loud:
        wanted = "、".join(f"{name} = {QUIET_LOG[name]}" for name in loud)
        yield Finding(
            "不良",
            f"データベースの記録に、書かれた内容が残る設定です: {'、'.join(loud)}",
            f"サーバーで {wanted} にしてください。",
        )
    else:
        yield Finding("良", "データベースの記録に、人の名前や文は残りません")


def roles(server: Server) -> Iterator[Finding]:
    """Look whether the six roles are what they must be."""
    with psycopg.connect(server.admin) as connection:
        found = role_attributes(connection)
    if not found.keys() & ROLES.keys():
        yield Finding("注意", "ロールがまだありません", "tasuki migrate を実行すると、作られます。")
        return
    for role, attributes in ROLES.items():
        if found.get(role) == frozenset(attributes.split()):
            yield Finding("良", f"ロール {role}")
        else:
            yield Finding(
                "不良",
                f"ロール {role} の権限が違います" if role in found else f"ロール {role} がありません",
                "tasuki migrate を実行すると、元に戻ります。",
            )


def version(server: Server, name: str) -> Iterator[Finding]:
    """Look whether the tables and the rules of the database are those of this version."""
    if name not in server.names():
        return
    wanted = {path.stem for path in (Path(tasuki.__file__).parent / "records" / "migrations").glob("[0-9]*.py")}
    with psycopg.connect(server.dsn(OWNER, name)) as connection:
        mark = connection.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')").fetchone()
        there = connection.execute("SELECT to_regclass('django_migrations')").fetchone()
        rows = (
            connection.execute("SELECT name FROM django_migrations WHERE app = 'records'") if there and there[0] else ()
        )
        applied = {str(row[0]) for row in rows} - set(FORMER)
    if applied == wanted and mark == (fingerprint(),):
        yield Finding("良", f"データベース {name} は、この版に合っています")
    else:
        yield Finding("不良", f"データベース {name} が、この版に合っていません", "tasuki migrate を実行してください。")


def policies(server: Server, name: str) -> Iterator[Finding]:
    """Look whether every table is closed by row security, forced also on its owner, and nobody owns too much."""
    if name not in server.names():
        yield Finding("注意", f"データベース {name} がまだありません", "tasuki migrate を実行すると、作られます。")
        return
    with psycopg.connect(server.dsn(OWNER, name)) as connection:
        tables = connection.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity,"
            " EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid), pg_get_userbyid(relowner)"
            " FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
            " AND relname ^@ 'records_' ORDER BY relname"
        ).fetchall()
        definers = connection.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
            " AND pg_get_userbyid(proowner) <> %s ORDER BY proname",
            [LAW],
        ).fetchall()
    open_tables = [str(row[0]) for row in tables if not (row[1] and row[2])]
    strangers = [str(row[0]) for row in tables if row[3] != OWNER]
    mend = "tasuki migrate を実行すると、元に戻ります。"
    if open_tables:
        yield Finding("不良", f"行の保護が掛かっていない表: {'、'.join(open_tables)}", mend)
    if strangers:
        yield Finding("不良", f"持ち主が {OWNER} でない表: {'、'.join(strangers)}", mend)
    if definers:
        yield Finding("不良", f"持ち主が {LAW} でない関数: {'、'.join(str(row[0]) for row in definers)}", mend)
    if not (open_tables or strangers or definers):
        yield Finding("良", f"行の保護(表 {len(tables)} 個、{BACKUP} を除く全員に適用)")
