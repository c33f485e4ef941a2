"""Lino Welfare, installed for one run, with the people and notes of the world.

Every person is its client, a note belongs to the first person of its case, and its worker coaches the clients of the cases
that the product lists. It has no law between workers: everybody finds every client and reads every note.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.contrib.auth.hashers import MD5PasswordHasher

from bench.peers import PLAIN, guest
from tasuki.ops.database import Server

NAME = "bench_lino"
SERVED = "django.core.wsgi:get_wsgi_application"
WORKER, COACHED = "110", "30"  # Lino's words: an integration agent who may see all clients; a client who is coached
# It asks for the groups of properties while it starts, also to make its tables.
_BOOT = "CREATE TABLE properties_propgroup (id serial PRIMARY KEY, name text, property_area text)"
_EMPTY = {"character varying": "", "text": "", "boolean": False, "integer": 0, "timestamp with time zone": dt.datetime.now(tz=dt.UTC)}  # fmt: skip


@dataclass(frozen=True)
class Site:
    """Lino, ready: its interpreter, what it needs to be told, its client of each case, each client's notes, its word for a client."""

    python: str
    environment: dict[str, str]
    client: dict[UUID, int]
    notes: dict[int, list[str]]
    kind: int


def site(server: Server, world: str, folder: Path, key: str, mine: Mapping[str, Iterable[UUID]]) -> Site:
    """Install Lino into a folder and give it the rows of `world`; `mine` are the cases of each login, `key` their password.

    Raises OSError when it cannot be installed or does not make its tables.
    """
    folder.mkdir()
    python = guest.installed(folder / "python", "lino.txt")
    at = guest.database(server, NAME)
    told = {"ENGINE": "django.db.backends.postgresql", "NAME": NAME, "CONN_MAX_AGE": 3600}
    told |= {"USER": at["user"], "PASSWORD": at["password"], "HOST": at["host"], "PORT": at["port"]}
    (folder / "cache").mkdir()
    shutil.copy(guest.HERE / "lino_site.py", folder)  # Lino writes beside its settings
    environment = {
        "PYTHONPATH": str(folder), "DJANGO_SETTINGS_MODULE": "lino_site", "LINO_CACHE": str(folder / "cache"),
        "LINO_DATABASE": json.dumps(told),
    }  # fmt: skip
    with psycopg.connect(server.dsn(PLAIN, NAME)) as lino:
        lino.execute(_BOOT)
    guest.run([python, "-m", "django", "prep", "--noinput"], environment)
    with psycopg.connect(server.admin_dsn(world)) as rows, psycopg.connect(server.dsn(PLAIN, NAME)) as lino:
        return Site(python, environment, *_fill(rows, lino, key, mine))


def _fill(
    rows: psycopg.Connection, lino: psycopg.Connection, key: str, mine: Mapping[str, Iterable[UUID]]
) -> tuple[dict[UUID, int], dict[int, list[str]], int]:
    people = guest.people(rows)
    client = {case: people[person][0] for case, person in guest.first_of_each_case(rows).items()}
    _people(lino, list(people.values()))
    _workers(lino, key, {login: sorted({client[case] for case in cases}) for login, cases in mine.items()})
    kept: dict[int, list[str]] = {}

    def notes() -> Iterable[dict[str, Any]]:
        for number, record, of, at, text in guest.notes(rows, client):
            kept.setdefault(of, []).append(record)
            yield {"id": number, "date": at.date(), "subject": record, "body": text, "language": "en", "project_id": of}

    guest.put(lino, "notes_note", notes(), _EMPTY)
    lino.execute("SELECT setval('notes_note_id_seq', (SELECT max(id) FROM notes_note))")
    kind = lino.execute("SELECT id FROM django_content_type WHERE app_label = 'pcsw' AND model = 'client'").fetchone()
    lino.commit()
    lino.autocommit = True
    lino.execute("ANALYZE")
    return client, kept, int(kind[0]) if kind else 0


def _people(lino: psycopg.Connection, people: list[tuple[int, str]]) -> None:
    split = [(number, name, *name.partition(" ")[::2]) for number, name in people]
    partners = ({"id": number, "name": name, "language": "en"} for number, name, _, _ in split)
    persons = ({"partner_ptr_id": number, "last_name": one, "first_name": two} for number, _, one, two in split)
    guest.put(lino, "contacts_partner", partners, _EMPTY)
    guest.put(lino, "contacts_person", persons, _EMPTY)
    guest.put(lino, "pcsw_client", ({"person_ptr_id": one, "client_state": COACHED} for one, *_ in split), _EMPTY)


def _workers(lino: psycopg.Connection, key: str, mine: Mapping[str, list[int]]) -> None:
    password = MD5PasswordHasher().encode(key, "bench")
    lino.execute("INSERT INTO coachings_coachingtype (id, name, does_integ, does_gss) VALUES (1, 'coach', true, true)")
    for number, (login, clients) in enumerate(mine.items(), guest.FIRST_NUMBER):
        worker = {"id": number, "username": login, "password": password, "user_type": WORKER, "language": "en"}
        guest.put(lino, "users_user", [worker], _EMPTY)
        since = dt.date(2020, 4, 1)
        with lino.cursor() as cursor:
            cursor.executemany(
                'INSERT INTO coachings_coaching (client_id, "primary", user_id, type_id, start_date)'
                " VALUES (%s, true, %s, 1, %s)",
                [(one, number, since) for one in clients],
            )
