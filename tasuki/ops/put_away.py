"""Puts away what has ended (T32), in every town: cases whose time has come, and files of lists that nobody may take any more."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import threading

import psycopg

from tasuki.ops.database import OWNER, Server, city_server, need_city
from tasuki.rules.calendar import JST

EVERY_SECONDS = 3600


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take no options: what is due is due."""


def run(options: argparse.Namespace) -> int:
    """Put away what is due now, and say how many."""
    with city_server() as server:
        name = need_city(server)
        print(
            f"保存に移したケース {put_away(server, name)} 件。消した一覧のファイル {forget_exports(server, name)} 件。"
        )
    return 0


def put_away(server: Server, name: str, now: dt.datetime | None = None) -> int:
    """Put away what is due at a moment; returns how many cases."""
    with psycopg.connect(server.dsn(OWNER, name), autocommit=True) as connection:
        row = connection.execute("SELECT archive_due(%s)", [now or dt.datetime.now(JST)]).fetchone()
    return int(row[0]) if row else 0


def forget_exports(server: Server, name: str, now: dt.datetime | None = None) -> int:
    """Erase the files of lists whose time or whose session is over at a moment; returns how many."""
    with psycopg.connect(server.dsn(OWNER, name), autocommit=True) as connection:
        row = connection.execute("SELECT forget_exports(%s)", [now or dt.datetime.now(JST)]).fetchone()
    return int(row[0]) if row else 0


def keep_putting_away(server: Server, name: str, stop: threading.Event) -> None:
    """Erase at once what the server's last run left, and look once an hour until told to stop. Trouble is told, and tried again."""
    wait = 0.0
    while not stop.wait(wait):
        try:
            forget_exports(server, name)
            if wait:
                put_away(server, name)
        except psycopg.Error as reason:
            trouble = f"終わったケースを保存に移せませんでした（{type(reason).__name__}）。tasuki put-away で確かめてください。"
            print(trouble, file=sys.stderr, flush=True)
        wait = EVERY_SECONDS
