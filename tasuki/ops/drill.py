"""The drill: restores beside the living installation, compares everything, and says how much would be lost and how long it took."""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import errors, sql

from tasuki.ops import Unfit, anchors, backup, books, likeness
from tasuki.ops.database import AUDITOR, city_folder, city_name
from tasuki.ops.embedded import SUPERUSER, Cluster
from tasuki.ops.reach import runner
from tasuki.ops.restore import Target, restore
from tasuki.ops.shelf import Shelf
from tasuki.ops.verify_audit import said
from tasuki.rules.audit import Anchors

MOST_LOST_SECONDS = 60  # P7
LONGEST_RESTORE_SECONDS = 15 * 60  # P7
TRIES = 50
SHOWN = 20


@dataclass
class Outcome:
    """What a drill found: seconds until a change is safe, seconds of the restore, what was compared, what is not the same."""

    lost_seconds: float
    restore_seconds: float
    rows: int
    tables: int
    parts: int
    sealed: int
    megabytes: float
    troubles: list[str] = field(default_factory=list)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add where backups stand and the key."""
    backup.place_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Rehearse and tell; 1 when anything is not the same or took too long. Raises Unfit when nothing could be restored."""
    if os.environ.get("DATABASE_URL"):
        raise Unfit(backup.ELSEWHERE)
    shelf = backup.shelf_of(options)
    with Cluster(city_folder()) as living:
        found = rehearse(living, shelf, city_name(), tell=lambda words: print(words, file=sys.stderr, flush=True))
    for sentence in report(found):
        print(sentence)
    return 1 if found.troubles else 0


def rehearse(living: Cluster, shelf: Shelf, name: str, tell: Callable[[str], None] = lambda words: None) -> Outcome:
    """Restore the state of a moment of now into a folder that goes again, and compare it with the living one's."""
    shelf.claim(backup.system_of(living))
    shelf.copy_for(None)
    tell("1/4 いま書いたものが、何秒でバックアップに届くかを測っています。")
    lost = _seconds_until_safe(living, shelf)
    tell("2/4 いまの姿を数えています。")
    outside, point = anchors.read(anchors.place_of(name)), f"drill-{secrets.token_hex(8)}"
    with _held(living, name, point) as (connection, segment):
        ours = likeness.likeness(connection)
    backup.wait_for(shelf, living.archive(), segment, 0.2)
    tell("3/4 隣に戻しています。")
    with tempfile.TemporaryDirectory(prefix="drill-", dir=living.folder) as folder:
        Path(folder).chmod(0o711 if runner().dropped else 0o700)  # as root, the server's own user must pass through
        into, began = Path(folder) / "home", time.monotonic()
        restore(shelf, Target(point=point), into, name, tell)
        with Cluster(into / "city") as restored:
            seconds = time.monotonic() - began
            tell("4/4 くらべています。")
            theirs, troubles, sealed = _seen(restored, name, outside)
            size = sum(path.stat().st_size for path in restored.pgdata.rglob("*") if path.is_file()) / 2**20
        _forget(restored)
    return Outcome(
        lost, seconds, sum(int(one.split(" 行")[0].replace(",", "")) for one in theirs[likeness.ROWS].values()),
        len(theirs[likeness.ROWS]), sum(len(part) for part in theirs.values()), sealed, size,
        [*likeness.differences(ours, theirs), *troubles, *_too_long(lost, seconds)],
    )  # fmt: skip


def report(found: Outcome) -> list[str]:
    """Say in plain Japanese what the drill found."""
    told = [
        (
            f"戻して、くらべました: 表 {found.tables} 個 {found.rows:,} 行、規則・権限・役など {found.parts - found.tables:,} 件、"
            f"封のついた足あと {found.sealed:,} 行（データ {found.megabytes:,.0f} MB）。"
        ),
        f"機械が壊れたとき、失うのは、長くて最後の {found.lost_seconds:.0f} 秒に書いたものです（約束 {MOST_LOST_SECONDS} 秒以内）。",
        f"戻すのにかかった時間は {found.restore_seconds:.0f} 秒です（約束 {LONGEST_RESTORE_SECONDS // 60} 分以内）。",
    ]
    if not found.troubles:
        return [*told, "すべて同じでした。このバックアップから戻せます。"]
    more = len(found.troubles) - SHOWN
    return [
        *told, f"違うところが {len(found.troubles)} あります。このバックアップには頼れません。",
        *(f"× {one}" for one in found.troubles[:SHOWN]), *([f"  ほか {more}"] if more > 0 else []),
    ]  # fmt: skip


def _too_long(lost: float, seconds: float) -> Iterator[str]:
    if lost > MOST_LOST_SECONDS:
        yield f"書いたものがバックアップに届くまで {lost:.0f} 秒かかり、{MOST_LOST_SECONDS} 秒を超えました"
    if seconds > LONGEST_RESTORE_SECONDS:
        yield f"戻すのに {seconds:.0f} 秒かかり、{LONGEST_RESTORE_SECONDS} 秒を超えました"


def _seconds_until_safe(living: Cluster, shelf: Shelf) -> float:
    """Write something that changes nothing, and wait until the backup has it; nothing hurries it."""
    with psycopg.connect(living.dsn(SUPERUSER, SUPERUSER), autocommit=True) as connection:
        connection.execute("SELECT pg_switch_wal()")  # from here on a whole period passes: the longest wait
        began = time.monotonic()
        message = "pg_logical_emit_message(true, 'tasuki', 'drill', true)"
        segment = _one(connection, f"SELECT pg_walfile_name({message})")
    backup.wait_for(shelf, living.archive(), segment, backup.TAKE_IN_SECONDS)
    return time.monotonic() - began


@contextmanager
def _held(living: Cluster, name: str, point: str) -> Iterator[tuple[psycopg.Connection, str]]:
    """Give a connection that sees the database as it is at the point of that name in the log, and the point's segment.

    Writers wait some milliseconds, no more: the lock is given back as soon as both stand, and is never waited for long.
    """
    address = living.dsn(SUPERUSER, name)
    with psycopg.connect(address) as looking, psycopg.connect(address) as holding:
        looking.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        _lock(holding)
        snapshot = _one(holding, "SELECT pg_export_snapshot()")
        looking.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(sql.Literal(snapshot)))
        looking.execute("SELECT 1")
        segment = _one(holding, "SELECT pg_walfile_name(pg_create_restore_point(%s))", point)
        holding.rollback()
        holding.execute("SELECT pg_switch_wal()")
        holding.commit()
        yield looking, segment


def _one(connection: psycopg.Connection, statement: str, *values: object) -> str:
    return str(connection.execute(statement.encode(), values or None).fetchall()[0][0])


def _lock(holding: psycopg.Connection) -> None:
    every = sql.SQL(", ").join(likeness.tables(holding))
    holding.commit()
    for _ in range(TRIES):
        holding.execute("SET LOCAL lock_timeout = '200ms'")  # shorter than the server waits to look for a deadlock
        try:
            holding.execute(sql.SQL("LOCK TABLE {} IN SHARE MODE").format(every))
        except errors.LockNotAvailable:
            holding.rollback()
            time.sleep(0.1)
        else:
            return
    raise Unfit("終わらない書き込みがあり、姿を数えられませんでした。少したってから、もう一度行ってください。")


def _seen(restored: Cluster, name: str, outside: Anchors) -> tuple[likeness.Likeness, list[str], int]:
    with psycopg.connect(restored.dsn(SUPERUSER, name)) as connection:
        theirs = likeness.likeness(connection)
    with psycopg.connect(restored.dsn(AUDITOR, name)) as connection:
        connection.read_only = True
        looked = books.look_through(connection, outside)
    return theirs, [said(one) for one in looked.troubles], sum(looked.sealed.values())


def _forget(restored: Cluster) -> None:
    if not restored.place.is_relative_to(restored.folder):
        shutil.rmtree(restored.place)
