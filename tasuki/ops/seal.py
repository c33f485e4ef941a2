"""Seals the footprint, writes the seals down outside, and prints the day's line for the binder."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import threading
import time
from pathlib import Path
from uuid import UUID

import psycopg

from tasuki.ops import Unfit, anchors, books
from tasuki.ops.database import AUDITOR, OWNER, Server, city_name, city_server, need_city
from tasuki.rules.audit import Book, SealRow, grouped
from tasuki.rules.calendar import JST, Unread, day_of, read_date, wareki

EVERY_SECONDS = 60
WHOLE_EVERY = 4  # rounds: with less than 1,000 lines a batch is sealed after four minutes
PATIENCE_SECONDS = 60
TITLES = {Book.READ: "閲覧の足あと", Book.ACT: "行いの足あと"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add where the anchors stand, and the day to print."""
    parser.add_argument("--anchors", type=Path, help="外の控えのファイル(既定 TASUKI_ANCHORS、なければデータの隣)")
    parser.add_argument(
        "--print-day", nargs="?", const="", metavar="DAY", help="その日の控えの1行を印刷用に出す(既定 今日)"
    )


def run(options: argparse.Namespace) -> int:
    """Seal all that is complete, or print a day; 1 when a transaction stays open or the anchors do not fit."""
    name = city_name()
    path = options.anchors or anchors.place_of(name)
    with city_server() as server:
        need_city(server)
        if options.print_day is not None:
            print(day_page(server, name, options.print_day))
            return 0
        made = seal_now(server.dsn(OWNER, name))
        added, trouble = write_down(server, name, path)
    print(f"封をしました。新しい封 {made}、外の控えに書いた封 {added}（{path}）。")
    if trouble:
        print(trouble, file=sys.stderr)
    return 1 if trouble else 0


def seal_now(dsn: str, patience: float = PATIENCE_SECONDS) -> int:
    """Seal everything that is complete now; returns how many seals were made.

    Raises Unfit when a transaction that was open at the beginning is still open after `patience` seconds.
    """
    deadline = time.monotonic() + patience
    with psycopg.connect(dsn, autocommit=True) as connection:
        # The first step that goes through seals up to an older mark and marks where the books stand now; the second seals that.
        return sum(_step_by(connection, deadline) for _ in range(2))


def _step_by(connection: psycopg.Connection, deadline: float) -> int:
    while (made := _step(connection, whole=True)) < 0:
        if time.monotonic() > deadline:
            raise Unfit(
                "終わらない取引がデータベースにあり、封を待っています。pg_stat_activity で古い取引を確かめてください。"
            )
        time.sleep(0.05)
    return made


def _step(connection: psycopg.Connection, *, whole: bool) -> int:
    row = connection.execute("SELECT seal_footprint(%s)", [whole]).fetchone()
    return int(row[0]) if row else 0


def write_down(server: Server, name: str, path: Path) -> tuple[int, str]:
    """Write every seal that is not outside yet; returns how many, and a sentence when inside and outside differ.

    Only the last seal of each book that stands outside is compared here: verify-audit compares all.
    """
    known = anchors.read(path)
    last: dict[tuple[UUID, str], int] = {}
    for town, written, number in known:
        last[town, written] = max(number, last.get((town, written), 0))
    fresh, met = list[SealRow](), set[tuple[UUID, str]]()
    with psycopg.connect(server.dsn(AUDITOR, name), autocommit=True) as connection:
        for book in Book:
            for town in books.towns(connection, book):
                outside = last.get((town, book), 0)
                for seal in books.seals_of(connection, book, town, outside - 1):
                    if seal.number > outside:
                        fresh.append(seal)
                    elif known[town, book, outside] == seal.digest:
                        met.add((town, book))
    added = anchors.append(path, fresh)
    lost = len(last.keys() - met)
    return added, f"外の控えと合わない帳面が {lost} あります。tasuki verify-audit で確かめてください。" if lost else ""


def keep_sealing(server: Server, name: str, stop: threading.Event) -> None:
    """Seal until told to stop: full batches every minute, all else every four. Trouble is told, and tried again."""
    rounds = 0
    path = anchors.place_of(name)
    while not stop.wait(EVERY_SECONDS):
        rounds += 1
        try:
            with psycopg.connect(server.dsn(OWNER, name), autocommit=True) as connection:
                made = _step(connection, whole=rounds % WHOLE_EVERY == 0)
            trouble = write_down(server, name, path)[1] if made > 0 or rounds == 1 else ""
        except (psycopg.Error, Unfit) as reason:
            trouble = f"封ができませんでした（{type(reason).__name__}）。tasuki seal で確かめてください。"
        if trouble:
            print(trouble, file=sys.stderr, flush=True)


def day_page(server: Server, name: str, text: str) -> str:
    """Return the printable lines of a day: for each town and book the lines, the last seal, and its digest in groups."""
    day = read_date(text) if text else day_of(dt.datetime.now(tz=JST))
    if isinstance(day, Unread):
        raise Unfit(day.sentence)
    with psycopg.connect(server.dsn(OWNER, name), autocommit=True) as owner:
        towns: dict[UUID, str] = dict(owner.execute("SELECT id, name FROM records_municipality ORDER BY id").fetchall())
    told = [f"足あとの控え　{wareki(day)}", ""]
    with psycopg.connect(server.dsn(AUDITOR, name), autocommit=True) as connection:
        found = [seal for book in Book for seal in books.seals(connection, book) if _on(seal, day)]
    for town, title in towns.items():
        told.append(title)
        told += [_day_line(book, [one for one in found if (one.town, one.book) == (town, book)]) for book in Book]
    return "\n".join([*told, "", "印刷して綴じ、封の番号とことばを tasuki seal --print-day と見比べます。"])


def _on(seal: SealRow, day: dt.date) -> bool:
    return day_of(dt.datetime.fromtimestamp(seal.sealed / 1_000_000, tz=JST)) == day


def _day_line(book: Book, seals: list[SealRow]) -> str:
    if not seals:
        return f"　{TITLES[book]}　この日の封はありません"
    total = sum(one.lines for one in seals)
    return f"　{TITLES[book]}　{total:,}行　封 {seals[0].number}〜{seals[-1].number}　{grouped(seals[-1].digest)}"
