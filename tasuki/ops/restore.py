"""Brings a moment back from the backups: into a fresh folder beside, never over an installation that lives."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import psycopg

from tasuki.ops import Unfit, backup
from tasuki.ops.database import city_name
from tasuki.ops.embedded import SUPERUSER, Cluster
from tasuki.ops.reach import home, runner
from tasuki.ops.shelf import Shelf
from tasuki.rules.calendar import JST, Unread, read_date

LONGEST_SECONDS = 6 * 3600
LAST_SEEN = re.compile(r"last completed transaction was at log time (\S+ \S+)")
EVERY_SECONDS = 0.2


@dataclass(frozen=True)
class Target:
    """Until where the log is read: a moment, a point that was named in the log, or (neither) its end."""

    moment: dt.datetime | None = None
    point: str = ""

    def settings(self) -> dict[str, str]:
        """Return it in the words of PostgreSQL."""
        if self.point:
            return {"recovery_target_name": self.point}
        return {"recovery_target_time": self.moment.isoformat(sep=" ")} if self.moment else {}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add from where, until when, and into which folder."""
    backup.place_arguments(parser)
    parser.add_argument(
        "--to", metavar="TIME", help="いつの姿に戻すか(例 2026-11-27 14:05、日本時間。既定 いちばん新しい姿)"
    )
    parser.add_argument("--into", type=Path, metavar="FOLDER", help="新しい TASUKI_HOME(既定 いまの TASUKI_HOME の隣)")


def run(options: argparse.Namespace) -> int:
    """Restore and say how to go on. Raises Unfit when it cannot be, or the folder is not fresh."""
    shelf = backup.shelf_of(options)
    target = Target(read_moment(options.to) if options.to else None)
    into = (options.into or beside(dt.datetime.now(tz=JST))).absolute()
    began = time.monotonic()
    until = restore(shelf, target, into, city_name(), tell=lambda words: print(words, file=sys.stderr, flush=True))
    print(f"{into} に戻しました（{time.monotonic() - began:.0f} 秒）。最後の変更は {until} です。")
    print(
        "\nいま動いているたすきには、何もしていません。使いはじめるには:\n"
        "  1. いまの tasuki serve を止める\n"
        f"  2. export TASUKI_HOME={into}\n"
        "  3. tasuki verify-audit と tasuki check で確かめる（足あとの外の控えは、別に保管しているものを使う）\n"
        "  4. tasuki serve を動かし、tasuki backup を行う"
    )
    return 0


def read_moment(text: str) -> dt.datetime:
    """Read a moment as an operator writes it, in Japan's time: 2026-11-27 14:05:30, R8.11.27 14:05. Raises Unfit."""
    day, _, clock = text.replace("　", " ").replace("T", " ").strip().partition(" ")
    found = read_date(day)
    try:
        at = dt.time.fromisoformat(clock.strip().replace("：", ":"))
    except ValueError:
        at = None
    if isinstance(found, Unread) or at is None or at.tzinfo:
        raise Unfit(f"「{text}」が読めません。「2026-11-27 14:05」のように、日と時刻（日本時間）を書いてください。")
    return dt.datetime.combine(dt.date(found.year, found.month, found.day), at, tzinfo=JST)


def beside(now: dt.datetime) -> Path:
    """Return the folder beside this installation that is used when none is named."""
    return home().with_name(f"{home().name}-restored-{now:%Y%m%d-%H%M%S}")


def restore(
    shelf: Shelf, target: Target, into: Path, name: str, tell: Callable[[str], None] = lambda words: None
) -> str:
    """Make an installation at `into` as it was at `target`, stopped and ready to start; returns its last change's moment.

    Everything is looked at first: nothing starts from a copy that does not hold or a log with a gap. What was begun is
    removed when it fails. Raises Unfit when it cannot be, or `into` is not fresh.
    """
    if into.exists() and any(into.iterdir()):
        raise Unfit(
            f"{into} は空ではありません。動いているものに上書きしないよう、新しい場所を --into で示してください。"
        )
    copy = shelf.copy_for(target.moment)
    needed = shelf.chain(copy)
    existed = into.exists()
    into.mkdir(mode=0o711 if runner().dropped else 0o700, parents=True, exist_ok=True)
    cluster = Cluster(into / "city", patience=LONGEST_SECONDS)
    cluster.folder.mkdir(mode=0o711 if runner().dropped else 0o700)
    with ExitStack() as undo:  # only now: what stood here before is nobody's to remove
        undo.callback(_forget, into, existed=existed)
        undo.callback(shutil.rmtree, cluster.place)  # it may lie elsewhere
        undo.callback(cluster.stop)
        tell(f"変更の記録 {len(needed)} 個を開いています。")
        log = _lay_out_log(shelf, needed, cluster)
        tell(f"{copy.path.name} を開いています。")
        _lay_out(shelf, copy.path, cluster, name)
        until = _read_log(cluster, log, target, tell)
        os.sync()
        undo.pop_all()
    return until


def _forget(into: Path, *, existed: bool) -> None:
    shutil.rmtree(into)
    if existed:
        into.mkdir()


def _lay_out(shelf: Shelf, path: Path, cluster: Cluster, name: str) -> None:
    part = cluster.place / "data.part"
    shelf.unpack(path, part)
    backup.prove(part)
    backup.bring_keys(part, cluster.folder.parent, name)
    _own(part)
    part.chmod(0o700)
    part.rename(cluster.pgdata)


def _lay_out_log(shelf: Shelf, names: Iterable[str], cluster: Cluster) -> Path:
    log = cluster.place / "log"
    log.mkdir(mode=0o700)
    for name in names:
        with (log / name).open("wb") as file:
            for piece in shelf.opened(name):
                _sparsely(file, piece)
    _own(log)
    return log


def _sparsely(file: BinaryIO, piece: bytes) -> None:
    # A segment that was left early is zeros to its end: they need no room on the disk.
    used = piece.rstrip(b"\0")
    file.write(used)
    file.seek(len(piece) - len(used), os.SEEK_CUR)
    file.truncate()


def _own(folder: Path) -> None:
    who = runner()
    who.own(folder)
    for path in folder.rglob("*"):
        who.own(path)


def _read_log(cluster: Cluster, log: Path, target: Target, tell: Callable[[str], None]) -> str:
    settings = target.settings() | {
        "restore_command": f'cp "{log}/%f" "%p"', "recovery_target_timeline": "current",
        "recovery_target_action": "promote",
    }  # fmt: skip
    auto = cluster.pgdata / "postgresql.auto.conf"
    before = auto.read_text(encoding="utf-8")
    quoted = {key: value.replace("'", "''") for key, value in settings.items()}
    lines = [f"{key} = '{value}'\n" for key, value in quoted.items()]
    auto.write_text("".join([before, *lines]), encoding="utf-8")
    signal = cluster.pgdata / "recovery.signal"
    signal.touch(mode=0o600)
    runner().own(signal)
    try:
        cluster.start()
        until = _promoted(cluster, tell)
        cluster.stop()
    except (Unfit, psycopg.OperationalError) as trouble:
        raise Unfit(_why(cluster, target)) from trouble
    auto.write_text(before, encoding="utf-8")
    shutil.rmtree(log)
    return until


def _promoted(cluster: Cluster, tell: Callable[[str], None]) -> str:
    """Wait until the whole log was read, and return the moment of the last change in it."""
    last, told = "", time.monotonic()
    with psycopg.connect(cluster.dsn(SUPERUSER, SUPERUSER), autocommit=True) as connection:
        while True:
            reading, seen = connection.execute(
                "SELECT pg_is_in_recovery(), to_char(pg_last_xact_replay_timestamp(), 'YYYY-MM-DD HH24:MI:SS')"
            ).fetchall()[0]
            last = seen or last
            if not reading:
                return last or "バックアップを取った時"
            if time.monotonic() - told > 5:
                told = time.monotonic()
                tell(f"変更の記録を読んでいます… {last}")
            time.sleep(EVERY_SECONDS)


def _why(cluster: Cluster, target: Target) -> str:
    """Say why the log could not be read to the target, from what the server wrote about it."""
    said = cluster.log.read_text(encoding="utf-8", errors="replace") if cluster.log.exists() else ""
    if target.moment and "recovery ended before configured recovery target was reached" in said:
        seen = LAST_SEEN.findall(said)
        until = f"最後の変更は {seen[-1].partition('.')[0]} です。" if seen else ""
        return f"その時刻より後の変更が、バックアップにありません。{until}--to を付けずに行うと、いちばん新しい姿に戻ります。"
    if "before consistent recovery point" in said:
        return (
            "その時刻は、バックアップを取っている途中です。少し後の時刻か、前のバックアップの時刻を指定してください。"
        )
    return "変更の記録を読み終えられませんでした。別のバックアップから戻してください。何も残していません。"
