"""Backups of the embedded server: whole copies that were looked at before they count, and the log since, every few seconds."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, cast

import psycopg

from tasuki.ops import Unfit, anchors, strongbox
from tasuki.ops.database import city_folder, city_name
from tasuki.ops.embedded import SUPERUSER, Cluster
from tasuki.ops.reach import programs, runner
from tasuki.ops.shelf import Copy, Shelf, alone

OURS = "tasuki"  # the folder of our own files inside a whole copy
KEEP_DAYS = 14
TAKE_IN_SECONDS = 5
WHOLE_HOURS = 24
MOST_WAITING_SECONDS = 120
REST_SECONDS = 600  # a whole copy that failed is not tried again at once
TELL_BYTES = 100 * 2**20
ELSEWHERE = (
    "DATABASE_URL のデータベースのバックアップは、そのサーバーで取ります（pg_basebackup と WAL の保管）。"
    "手順は docs/operate/backup.ja.md の「別に立てた PostgreSQL」にあります。"
)
MISSING = (
    "バックアップの置き場所と鍵を、--shelf と --key-file（または TASUKI_BACKUP と TASUKI_BACKUP_KEY）で示してください。"
    "鍵がまだないときは、先に tasuki backup --make-key /別の場所/tasuki.key を実行してください。"
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add where backups stand, the key, and how a key is made."""
    place_arguments(parser)
    parser.add_argument("--make-key", type=Path, metavar="FILE", help="新しい鍵を作る(なくすと、戻せません)")
    parser.add_argument("--keep-days", type=int, default=KEEP_DAYS, help=f"何日分を残すか(既定 {KEEP_DAYS})")


def place_arguments(parser: argparse.ArgumentParser) -> None:
    """Add where backups stand and the key, as every command about them has it."""
    parser.add_argument("--shelf", type=Path, help="バックアップの置き場所(既定 TASUKI_BACKUP)")
    parser.add_argument("--key-file", type=Path, help="バックアップの鍵(既定 TASUKI_BACKUP_KEY)")


def run(options: argparse.Namespace) -> int:
    """Make a key, or take a whole copy and look at it. Raises Unfit when either cannot be."""
    if options.make_key:
        strongbox.make_key(options.make_key)
        print(f"鍵を {options.make_key} に作りました。\n{strongbox.KEY_WORDS}", end="")
        return 0
    if os.environ.get("DATABASE_URL"):
        raise Unfit(ELSEWHERE)
    shelf = shelf_of(options)
    with Cluster(city_folder()) as cluster:
        taken = take(cluster, shelf, city_name(), tell=lambda words: print(words, file=sys.stderr, flush=True))
        gone = shelf.clear(options.keep_days, dt.datetime.now(tz=dt.UTC))
    size = taken.path.stat().st_size / 2**20
    print(f"バックアップを取り、開いて確かめました: {taken.path}（{size:,.1f} MB）")
    if gone:
        print(f"{options.keep_days} 日より前の {gone} 個を消しました。")
    return 0


def shelf_of(options: argparse.Namespace | None = None) -> Shelf:
    """Return the shelf of the options, else of the environment. Raises Unfit when none is named, or the key lies on it."""
    folder = (options and options.shelf) or os.environ.get("TASUKI_BACKUP")
    key = (options and options.key_file) or os.environ.get("TASUKI_BACKUP_KEY")
    if not folder or not key:
        raise Unfit(MISSING)
    if Path(key).resolve().is_relative_to(Path(folder).resolve()):
        raise Unfit(
            f"鍵 {key} がバックアップと同じ場所にあります。別の場所に移してください。一緒に盗まれ、一緒に失われます。"
        )
    return Shelf(Path(folder).absolute(), strongbox.read_key(Path(key)))


def take(cluster: Cluster, shelf: Shelf, name: str, tell: Callable[[str], None] = lambda words: None) -> Copy:
    """Take a whole copy of a running cluster, open it again, look at every file, and only then give it its name.

    Raises Unfit when it cannot be taken or does not hold; then nothing new stands on the shelf.
    """
    with alone(cluster.folder / "backup.lock") as mine:
        if not mine:
            raise Unfit("いま、もう1つのバックアップを取っています。終わってから行ってください。")
        shelf.claim(system_of(cluster))
        spool = cluster.archive()
        path = shelf.put_copy(_told(_whole(cluster, name), tell))
        try:
            tell("取りました。開いて確かめています。")
            with tempfile.TemporaryDirectory(prefix="looking-", dir=cluster.folder) as folder:
                shelf.unpack(path, Path(folder))
                proved = prove(Path(folder))
            taken = shelf.name_copy(path, proved.ended, proved.first)
        finally:
            path.unlink(missing_ok=True)
        wait_for(shelf, spool, proved.first, 0.2)
        return taken


def wait_for(shelf: Shelf, spool: Path, segment: str, pause: float) -> None:
    """Take in at this rhythm until a finished segment of the log stands on the shelf. Raises Unfit when it never does."""
    deadline = time.monotonic() + MOST_WAITING_SECONDS
    while not shelf.has(segment, spool):
        if time.monotonic() > deadline:
            raise Unfit(
                "書いたものがバックアップに届きません。置き場所の空きと、データベースの記録を確かめてください。"
            )
        time.sleep(pause)


@dataclass(frozen=True)
class Proved:
    """What the files of a whole copy say of themselves: the first segment that they need, and when they were complete."""

    first: str
    ended: dt.datetime


def prove(files: Path) -> Proved:
    """Look at every file of an unpacked copy (pg_verifybackup). Raises Unfit when one is missing or is not what it was."""
    command = [
        str(programs(runner()) / "pg_verifybackup"),
        "--quiet",
        "--exit-on-error",
        f"--ignore={OURS}",
        str(files),
    ]
    looked = subprocess.run(command, capture_output=True, check=False, env=_environment())
    label = files / "backup_label"
    if looked.returncode != 0 or not label.exists():
        raise Unfit(
            "バックアップを開いて確かめたところ、足りないか違うファイルがありました。使えないので、取り直してください。"
        )
    first = re.search(r"\(file ([0-9A-F]{24})\)", label.read_text(encoding="utf-8"))
    if first is None:
        raise Unfit("バックアップの始まりの位置が読めません。取り直してください。")
    # The manifest is the last file that the server writes.
    return Proved(first[1], dt.datetime.fromtimestamp((files / "backup_manifest").stat().st_mtime, tz=dt.UTC))


def system_of(cluster: Cluster) -> str:
    """Return the number by which PostgreSQL knows a cluster and all its copies."""
    with psycopg.connect(cluster.dsn(SUPERUSER, SUPERUSER), autocommit=True) as connection:
        row = connection.execute("SELECT system_identifier FROM pg_control_system()").fetchone()
    return str(row[0]) if row else ""


def keep_backing_up(cluster: Cluster, find: Callable[[], Shelf], name: str, stop: threading.Event) -> None:
    """Until told to stop: the log every few seconds, a whole copy when the last one is a day old. Trouble is told, and tried again.

    The shelf is looked for anew each time: a key or a folder that is missing stops nobody's work, and nobody starts again for it.
    """
    said, rest = "", 0.0
    while not stop.wait(TAKE_IN_SECONDS):
        trouble = ""
        try:
            shelf = find()
            if time.monotonic() >= rest and _is_due(cluster, shelf, dt.datetime.now(tz=dt.UTC)):
                rest = time.monotonic() + REST_SECONDS
                take(cluster, shelf, name)
                shelf.clear(KEEP_DAYS, dt.datetime.now(tz=dt.UTC))
            shelf.take_in(cluster.archive())
        except Unfit as reason:
            trouble = f"バックアップができませんでした。{reason}"
        except (psycopg.Error, OSError) as reason:
            trouble = f"バックアップができませんでした（{type(reason).__name__}）。tasuki doctor で確かめてください。"
        if trouble and trouble != said:
            print(trouble, file=sys.stderr, flush=True)
        said = trouble


def _is_due(cluster: Cluster, shelf: Shelf, now: dt.datetime) -> bool:
    copies = shelf.copies()
    # A restored server goes on in another line of the log, to which no copy of before leads: it has no spool yet.
    return not cluster.spool.exists() or not copies or copies[-1].ended < now - dt.timedelta(hours=WHOLE_HOURS)


def _whole(cluster: Cluster, name: str) -> Iterator[bytes]:
    """Give one tar: this installation's keys and anchors, then every file of the server with the list of their digests."""
    for path, inside in ((cluster.folder / "keyring.json", "keyring.json"), (anchors.place_of(name), "anchors.tsv")):
        if path.exists():
            yield _member(f"{OURS}/{inside}", path.read_bytes())
    address = cluster.dsn(SUPERUSER, SUPERUSER).replace(f":{cluster.keyring[SUPERUSER]}@", "@")
    command = [
        str(programs(runner()) / "pg_basebackup"), "--pgdata=-", "--format=tar", "--wal-method=fetch",
        "--checkpoint=fast", "--manifest-checksums=SHA256", "--no-password", f"--dbname={address}",
    ]  # fmt: skip
    # Not in the command: every user of the machine reads those.
    environment = _environment() | {"PGPASSWORD": cluster.keyring[SUPERUSER]}
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as taking:
        yield from iter(partial(cast("IO[bytes]", taking.stdout).read, strongbox.PIECE), b"")
        if taking.wait() != 0:
            raise Unfit(
                "データベースの写しを最後まで取れませんでした。もう一度行ってください。続くときは tasuki doctor を。"
            )


def _member(name: str, content: bytes) -> bytes:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    return entry.tobuf() + content + b"\0" * (-len(content) % tarfile.BLOCKSIZE)


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith("PG")} | {"LC_ALL": "C"}


def _told(content: Iterator[bytes], tell: Callable[[str], None]) -> Iterator[bytes]:
    done, told = 0, 0
    for piece in content:
        yield piece
        done += len(piece)
        if done - told >= TELL_BYTES:
            told = done
            tell(f"写しています… {done / 2**20:,.0f} MB")


def bring_keys(files: Path, into: Path, name: str) -> None:
    """Move the keys and anchors of an unpacked copy to where an installation at `into` looks for them."""
    ours = files / OURS
    for path, target in ((ours / "keyring.json", into / "city" / "keyring.json"), (ours / "anchors.tsv", into / "anchors" / f"{name}.tsv")):  # fmt: skip
        if path.exists():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.move(path, target)
            target.chmod(0o600)
    shutil.rmtree(ours, ignore_errors=True)
