"""Peers that are installed for one run, each into a folder and a database of its own: what they have in common."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from bench.peers import PLAIN
from tasuki.ops.database import Server

HERE = Path(__file__).parent
FIRST_NUMBER = 100_000  # of people and notes there


def installed(folder: Path, pins: str) -> str:
    """Make an interpreter with the pinned packages of a file beside this one; returns it. Raises OSError."""
    uv, python = str(Path(sys.executable).with_name("uv")), str(folder / "bin" / "python")
    run([uv, "venv", "--quiet", "--no-config", "--python", sys.executable, str(folder)])
    run(
        [uv, "pip", "install", "--quiet", "--no-config", "--require-hashes", "--python", python, "-r", str(HERE / pins)]
    )
    return python


def run(command: list[str], environment: Mapping[str, str] | None = None) -> None:
    """Run a command to its end. Raises OSError with what it said last when it fails."""
    done = subprocess.run(command, env={**os.environ, **(environment or {})}, capture_output=True, check=False)
    if done.returncode:
        raise OSError(f"{command}: {(done.stdout + done.stderr)[-1000:].decode(errors='replace')}")


def database(server: Server, name: str) -> dict[str, Any]:
    """Make an empty database of the role of all peers; returns how it is reached (user, password, host, port)."""
    with psycopg.connect(server.admin, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(PLAIN)))
    return psycopg.conninfo.conninfo_to_dict(server.dsn(PLAIN, name))


def people(rows: psycopg.Connection) -> dict[UUID, tuple[int, str]]:
    """Return every person of a world with a number for the guest, and their name."""
    found = rows.execute("SELECT id, name FROM records_person ORDER BY id").fetchall()
    return {person: (number, name) for number, (person, name) in enumerate(found, FIRST_NUMBER)}


def first_of_each_case(rows: psycopg.Connection) -> dict[UUID, UUID]:
    """Return for each case the person to whom its notes go: the first of those who are in it."""
    return dict(
        rows.execute(
            "SELECT DISTINCT ON (m.case_id) m.case_id, p.id FROM records_caseperson m JOIN records_person p ON p.id = m.person_id"
            " WHERE m.left_at IS NULL ORDER BY m.case_id, m.joined_at, p.registered_at, p.id"
        ).fetchall()
    )


def notes(rows: psycopg.Connection, number: Mapping[UUID, int]) -> Iterable[tuple[int, str, int, Any, str]]:
    """Give each record of a case: a number, its id, the number of the case's first person (`number` by case), when, the text."""
    with rows.cursor("records") as cursor:
        cursor.itersize = 10_000
        cursor.execute("SELECT id, case_id, written_at, text || fact FROM records_record WHERE case_id IS NOT NULL")
        for one, (record, case, at, text) in enumerate(cursor, FIRST_NUMBER):
            yield one, str(record), number[case], at, text


def put(guest: psycopg.Connection, table: str, made: Iterable[dict[str, Any]], empty: Mapping[str, Any]) -> None:
    """Bring rows into a table; a column that must be there and is not named gets what is `empty` for its kind."""
    needed = {
        name: empty[kind]
        for name, kind in guest.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s AND is_nullable = 'NO'",
            [table],
        )
        if kind in empty
    }
    with guest.cursor() as cursor:
        first, *rest = made
        columns = list(needed | first)
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)) as copy:
            for one in (first, *rest):
                copy.write_row([(needed | one)[name] for name in columns])
