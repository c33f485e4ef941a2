"""A played story behind the front door: T01 of the product in a copy, and a signed-in browser for any of its people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from pytest_django.plugin import DjangoDbBlocker

import tasuki.ops
from tasuki.actions import sign_in
from tasuki.ops.database import Server
from tasuki.ops.replay.browser import account
from tasuki.ops.replay.theatre import mark_rehearsal, play_file
from tasuki.rules.calendar import JST
from tests.conftest import Copy, copied, prepared_once

PLAYED = "template_played"
STORY = Path(tasuki.ops.__file__).parent / "templates" / "scenarios" / "T01.yaml"
AUTUMN = dt.datetime(2026, 11, 24, 10, 5, tzinfo=JST)
DOORS = ["tasuki.web.middleware.Moment", "tasuki.web.middleware.Asking"]


@dataclass(frozen=True)
class Stage:
    """The copy of a played database: who is who, and a browser for each."""

    copy: Copy

    def value(self, question: str, *values: object) -> object:
        """Return one value, asked as the owner past every policy that the question's table has for it."""
        found = self.copy.past_all(question, values)
        return found[0][0] if found else None

    def column(self, question: str, *values: object) -> list[object]:
        """Return one column, asked past every policy."""
        return [row[0] for row in self.copy.past_all(question, values)]

    def run(self, statement: str, *values: object) -> None:
        """Change something behind the product's back."""
        self.copy.past_all(statement, values)

    def id_of(self, question: str, *values: object) -> UUID:
        """Return one id."""
        found = self.value(question, *values)
        assert isinstance(found, UUID)
        return found

    def appoint(self, key: str, agency: str, sets: list[str]) -> None:
        """Give the town somebody more, with these permission sets."""
        self.run(
            "INSERT INTO records_staff (id, municipality_id, key, name, account) SELECT gen_random_uuid(),"
            " municipality_id, %s, %s, gen_random_uuid() FROM records_agency WHERE key = %s",
            key, f"架空 {key}", agency,
        )  # fmt: skip
        self.run(
            "INSERT INTO records_post (id, municipality_id, staff_id, agency_id, roles, sets, area, since)"
            " SELECT gen_random_uuid(), s.municipality_id, s.id, g.id, '{}', %s, '', '2000-01-01' FROM records_staff s,"
            " records_agency g WHERE s.key = %s AND g.key = %s",
            sets, key, agency,
        )  # fmt: skip

    def browser(self, staff: str, now: dt.datetime = AUTUMN) -> Client:
        """Return a browser in which somebody has signed in and chosen the post that they have at that moment."""
        client = Client(**{"tasuki.now": now})  # type: ignore[arg-type]  # the door reads it from the environment
        session = SessionStore()
        session.create()
        client.cookies["tasuki_session"] = str(session.session_key)
        who = self.id_of("SELECT id FROM records_staff WHERE key = %s", staff)
        post = self.id_of(
            "SELECT id FROM records_post WHERE staff_id = %s AND since <= %s AND (until IS NULL OR until > %s)",
            who, now, now,
        )  # fmt: skip
        sign_in.choose(account=account(), staff=who, post=post, session_key=str(session.session_key), now=now)
        sign_in.acknowledge(session_key=str(session.session_key), now=now)
        return client


def played_once(server: Server, template: str, blocker: DjangoDbBlocker, name: str, story: Path) -> str:
    """Play a story once for all workers in a copy of the prepared template; return the copy's name."""

    def play(part: str) -> None:
        mark_rehearsal()
        told = play_file(story)
        assert told["ok"], told["problems"]

    return prepared_once(server, template, blocker, name, play)


@contextmanager
def behind_the_door() -> Iterator[None]:
    """Let requests pass the door with a moment of their own."""
    doors = [*(one for one in settings.MIDDLEWARE if one not in DOORS), *DOORS]
    with override_settings(MIDDLEWARE=doors):
        yield


@contextmanager
def open_stage(server: Server, played: str, blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """Copy a played database for one test, behind the front door."""
    with behind_the_door(), copied(server, played, blocker) as copy:
        yield Stage(copy)


@pytest.fixture(scope="session")
def played(server: Server, template: str, django_db_blocker: DjangoDbBlocker) -> str:
    """Play T01 once for all workers."""
    return played_once(server, template, django_db_blocker, PLAYED, STORY)


@pytest.fixture
def stage(server: Server, played: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """Copy the played database for one test."""
    with open_stage(server, played, django_db_blocker) as opened:
        yield opened


@pytest.fixture
def statements() -> Callable[[Client, str], int]:
    """Return a function that opens a page and counts the SQL statements of the serving connection."""

    def count(client: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as told:
            assert client.get(address).status_code == 200
        return len(
            [
                one
                for one in told.captured_queries
                if not one["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
            ]
        )

    return count
