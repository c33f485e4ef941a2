"""Puts away what has ended (T32): every town, what has its class, whose fiscal year is over, which nothing holds back."""

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
        print(f"保存に移したケース {put_away(server, need_city(server))} 件。")
    return 0


def put_away(server: Server, name: str, now: dt.datetime | None = None) -> int:
    """Put away what is due at a moment; returns how many cases."""
    with psycopg.connect(server.dsn(OWNER, name), autocommit=True) as connection:
        row = connection.execute("SELECT archive_due(%s)", [now or dt.datetime.now(JST)]).fetchone()
    return int(row[0]) if row else 0


def keep_putting_away(server: Server, name: str, stop: threading.Event) -> None:
    """Look once an hour until told to stop. Trouble is told, and tried again."""
    while not stop.wait(EVERY_SECONDS):
        try:
            put_away(server, name)
        except psycopg.Error as reason:
            trouble = f"終わったケースを保存に移せませんでした（{type(reason).__name__}）。tasuki put-away で確かめてください。"
            print(trouble, file=sys.stderr, flush=True)
