"""The hot queries: what the busiest pages ask, each as the login that asks it, over a world of `tasuki synth`."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection, connections, transaction

from tasuki.ops.replay.prompt import look
from tasuki.queries import case as case_queries
from tasuki.queries import consultation, figure, household, person, record, referral, today, watch
from tasuki.queries.household import Wish
from tasuki.records.asker import Asker, bind_session
from tasuki.rules.calendar import JST, fiscal_year, fiscal_year_bounds, midnight

# Given by the server, as for a page; a query that takes longer counts as that long.
PATIENCE_MS = 60_000


@dataclass(frozen=True)
class Opened:
    """A case that is opened: its id, its household, its people."""

    id: UUID
    household: UUID
    people: list[UUID]


@dataclass(frozen=True)
class Bound:
    """How to bind a login in each transaction, and what it looks for: cases with ten records and with the most, a name, a number."""

    key: str
    short: Opened
    long: Opened
    surname: str
    number: str


@dataclass(frozen=True)
class Asking:
    """A login that is bound in this transaction."""

    by: Asker
    now: dt.datetime
    bound: Bound


def _year(one: Asking) -> tuple[dt.datetime, dt.datetime]:
    first, last = fiscal_year_bounds(fiscal_year(one.now.date()) - 1)
    return midnight(first), midnight(last)


@dataclass(frozen=True)
class Hot:
    """A query: its name, the word of the login that asks, and the call."""

    name: str
    word: str
    call: Callable[[Asking], Any]


HOT = (
    Hot("my_cases", "csw", lambda one: household.cases(one.by, Wish(filters={"open": "OPEN"}))),
    Hot("my_cases_all", "csw", lambda one: household.cases(one.by, Wish())),
    Hot("my_cases_hub", "hub", lambda one: household.cases(one.by, Wish(filters={"open": "OPEN"}))),
    Hot("case_head", "csw", lambda one: case_queries.head(one.bound.short.id)),
    Hot("case_members", "csw", lambda one: case_queries.members(one.bound.short.id, one.bound.short.household)),
    Hot(
        "case_records_10",
        "csw",
        lambda one: record.records(one.bound.short.id, one.bound.short.people, record.Chosen()),
    ),
    Hot(
        "case_records_200",
        "hub",
        lambda one: record.records(one.bound.long.id, one.bound.long.people, record.Chosen(), limit=200),
    ),
    Hot("case_family", "csw", lambda one: case_queries.family(one.bound.short.id)),
    Hot("case_opened_200", "hub", lambda one: record.opened(one.bound.long.id, one.bound.long.people, 26)),
    Hot("person_page", "csw", lambda one: person.person_page(one.bound.short.people[0])),
    Hot("search_name", "csw", lambda one: household.people(one.by, one.bound.surname)),
    Hot("search_number", "csw", lambda one: household.by_number(one.by, one.bound.number)),
    Hot("search_words", "csw", lambda one: record.found(record.Sought(["真珠色の鍵"]), limit=51)),
    Hot("receptions", "csw", lambda one: consultation.receptions(one.by, Wish(limit=51))),
    Hot(
        "receptions_search", "csw", lambda one: consultation.receptions(one.by, Wish(words=one.bound.surname, limit=51))
    ),
    Hot("today_frame", "csw", lambda one: today.frame(one.by, one.now)),
    Hot("today_waiting", "csw", lambda one: today.waiting(one.by, one.now)),
    Hot("today_hub", "hub", lambda one: today.waiting(one.by, one.now)),
    Hot("today_answers", "csw", lambda one: today.answers(one.by, one.now)),
    Hot("referrals_mine", "hub", lambda one: referral.referrals(one.by, one.now, "mine", Wish())),
    Hot("referrals_sent", "csw", lambda one: referral.referrals(one.by, one.now, "sent", Wish())),
    Hot("referral_counts", "csw", lambda one: referral.counts(one.by, one.now, *referral.PING_PONG)),
    Hot("watches", "csw", lambda one: watch.watches(one.by, one.now, Wish())),
    Hot("figures_year", "manager", lambda one: figure.figures(one.by, *_year(one))),
)


def open_session(login: str) -> str:
    """Open a session for a login past the door, as owner; returns its key."""
    key = secrets.token_urlsafe()
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_signin (key_hash, account, staff, post, opened_at, seen_at, expires_at, idle_seconds, place,"
            " shared, how) SELECT %s, a.id, s.id, p.id, now(), now(), now() + interval '12 hours', 36000, '', false, 'BENCH'"
            " FROM records_account a JOIN records_staff s ON s.account = a.id JOIN records_post p ON p.staff_id = s.id"
            " WHERE a.login = %s LIMIT 1",
            [sha256(key.encode()).hexdigest(), login],
        )
    return key


_LONGEST = """
    SELECT a.login FROM records_caseworker w JOIN records_staff s ON s.id = w.staff_id JOIN records_account a ON a.id = s.account
    WHERE w.case_id = (SELECT r.case_id FROM records_record r WHERE r.case_id IS NOT NULL AND r.municipality_id = (
        SELECT x.municipality_id FROM records_staff x JOIN records_account y ON y.id = x.account WHERE y.login = %s)
        GROUP BY r.case_id ORDER BY count(*) DESC, r.case_id LIMIT 1)
    ORDER BY w.agency_id = (SELECT c.agency_id FROM records_case c WHERE c.id = w.case_id) DESC, w.id LIMIT 1
"""


def longest(login: str) -> str:
    """Return the login that works on the case with the most records in the town of another."""
    return str(look(_LONGEST, [login])[0][0])


_OWN = """
    SELECT c.id, count(r.id) FROM records_case c JOIN records_record r ON r.case_id = c.id
    WHERE c.agency_id = (SELECT p.agency_id FROM records_post p JOIN records_staff s ON s.id = p.staff_id
                         JOIN records_account a ON a.id = s.account WHERE a.login = %s LIMIT 1)
    GROUP BY c.id ORDER BY count(r.id), c.id
"""
_NAMED = """
    SELECT split_part(p.name, ' ', 1), k.number FROM records_caseperson x JOIN records_person p ON p.id = x.person_id
    JOIN records_record r ON r.case_id = x.case_id JOIN records_consultation k ON k.record_id = r.id
    WHERE x.case_id = %s ORDER BY p.id LIMIT 1
"""


def prepare(login: str) -> Bound:
    """Choose what a login opens: a case of its own agency with about ten records, and the one with the most."""
    found = look(_OWN, [login]) or look("SELECT id, 10 FROM records_case ORDER BY id LIMIT 1", [])
    short = min(found, key=lambda one: (abs(one[1] - 10), str(one[0])))[0]
    surname, number = look(_NAMED, [short])[0]
    return Bound(open_session(login), _opened(short), _opened(found[-1][0]), surname, number)


def _opened(case: UUID) -> Opened:
    household = look("SELECT household_id FROM records_case WHERE id = %s", [case])[0][0]
    people = look("SELECT person_id FROM records_caseperson WHERE case_id = %s ORDER BY person_id", [case])
    return Opened(case, household, [one[0] for one in people])


@contextmanager
def bound(one: Bound) -> Iterator[Asking]:
    """Bind the login for one transaction of the serving role."""
    now = dt.datetime.now(JST)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {PATIENCE_MS}")
        by = bind_session(one.key, now)
        if by is None:
            raise LookupError("the session does not open")
        yield Asking(by, now, one)
