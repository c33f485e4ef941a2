"""The made-up town: it keeps every promise, it has what hurts, and a seed always gives the same."""

import datetime as dt
import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from pytest_django.plugin import DjangoDbBlocker

from tasuki.ops import town
from tasuki.ops.check import violations
from tasuki.ops.database import Server, disconnect
from tasuki.ops.replay.prompt import look
from tasuki.rules.permission import Permission
from tests.conftest import FOLDER, Copy

TODAY = dt.date(2026, 11, 18)
PLAYED = "town_played"
# What tells two towns apart: everything but random ids.
STORY = """
    SELECT r.kind, r.written_at, s.name, g.key, r.text, r.fact, r.opinion, r.data_class, r.minutes, (
        SELECT string_agg(concat_ws('/', p.name, p.kana, p.alias, p.born, p.area, c.address, c.phone), '、' ORDER BY p.name)
        FROM records_subject j JOIN records_person p ON p.id = j.person_id JOIN records_contact c ON c.person_id = p.id
        WHERE j.record_id = r.id)
    FROM records_record r JOIN records_staff s ON s.id = r.staff_id JOIN records_agency g ON g.id = r.agency_id
    ORDER BY r.written_at, s.name, r.kind, r.text, r.fact
"""


@pytest.fixture(scope="session")
def made(server: Server, template: str, django_db_blocker: DjangoDbBlocker) -> list[dict[str, Any]]:
    """Play a whole town once for all workers; gives its accounts. Nobody changes it."""
    memory = Path(os.environ[FOLDER]) / "town.json"
    with (Path(os.environ[FOLDER]) / "town.lock").open("w", encoding="utf-8") as lock, django_db_blocker.unblock():
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not memory.exists():
            server.clone(template, PLAYED)
            server.point(PLAYED)
            memory.write_text(json.dumps(town.make(1, "town", TODAY)), encoding="utf-8")
            disconnect()
    accounts: list[dict[str, Any]] = json.loads(memory.read_text(encoding="utf-8"))
    return accounts


@pytest.fixture
def played(
    server: Server, made: list[dict[str, Any]], django_db_blocker: DjangoDbBlocker
) -> Iterator[list[dict[str, Any]]]:
    """Lead Django to the town."""
    with django_db_blocker.unblock():
        server.point(PLAYED)
        yield made
        disconnect()


def ask(question: str) -> list[tuple[Any, ...]]:
    return look(question, [])


def number(question: str) -> int:
    return int(ask(question)[0][0])


# Fault planted: `DELETE FROM rehearsal` left out.
def test_a_town_keeps_every_promise_and_is_no_rehearsal(played: list[dict[str, Any]]) -> None:
    assert violations() == []
    assert number("SELECT count(*) FROM rehearsal") == 0


# Fault planted: the MANAGER left out of cast._OFFICE.
def test_every_permission_has_a_login_that_opens(played: list[dict[str, Any]]) -> None:
    from tasuki.records.models import Account

    assert {allowed for one in played for allowed in one["sets"]} == set(Permission)
    assert len({one["login"] for one in played}) == len(played)
    words = {one["password"] for one in played}
    assert all(len(one) >= 12 for one in words)
    account = Account.objects.using("door").get(login="hub")
    assert check_password(words.pop(), account.password)
    assert number("SELECT count(*) FROM records_staff WHERE account IS NULL") == 0


# Fault planted: cast._of_two_agencies() with one post.
def test_one_account_works_in_two_agencies_and_each_agency_has_somebody(played: list[dict[str, Any]]) -> None:
    assert [len(one["posts"]) for one in played if one["login"] == "kenmu"] == [2]
    empty = "SELECT key FROM records_agency g WHERE NOT EXISTS (SELECT FROM records_post p WHERE p.agency_id = g.id)"
    assert ask(empty) == []


STATES = """INTAKE SCREENED SINGLE NETWORK WATCH HUB_ACCEPTED ASSESSING PLAN_DRAFT PLAN_DECIDED SUPPORTING MONITORING
EVALUATING SUSPENDED REOPENED ENDED RETURNED CLOSED"""


# Fault planted: `suspended` taken out of ENDINGS.
def test_every_state_of_the_relay_is_somewhere_in_the_town(played: list[dict[str, Any]]) -> None:
    assert {row[0] for row in ask("SELECT DISTINCT state FROM records_case")} == set(STATES.split())
    states = ask("SELECT DISTINCT kind || state FROM records_referral")
    assert {
        "REFEROFFERED",
        "REFERACCEPTED",
        "REFERJOINED",
        "REFERDECLINED",
        "HAND_BACKOFFERED",
        "HAND_BACKACCEPTED",
    } == {row[0] for row in states}


RARE = "unnest(ARRAY['𠮷', '﨑', '髙', '葛\U000e0100'])"
TO_COME = "JOIN records_sitting t ON t.id = i.sitting_id WHERE t.state = 'SUMMONED'"
HURTS = {
    "offers that wait too long": (
        "SELECT count(*) FROM records_referral WHERE state = 'OFFERED' AND answer_by < '2026-11-17'",
        1,
    ),
    "monitoring overdue": (
        "SELECT count(*) FROM records_plan WHERE state = 'DECIDED' AND monitor_by < '2026-11-18'",
        1,
    ),
    "a watch in silence": (
        "SELECT count(*) FROM records_watch WHERE ended_at IS NULL AND last_contact_at < '2026-10-05'",
        1,
    ),
    "sittings to come": (
        "SELECT count(*) FROM records_sitting WHERE state = 'SUMMONED' AND at BETWEEN '2026-11-18' AND '2026-11-27'",
        2,
    ),
    "sealed and open items to come": (f"SELECT count(DISTINCT basis) FROM records_agendaitem i {TO_COME}", 2),
    "follow-ups due": (
        "SELECT count(*) FROM records_task WHERE kind = 'FOLLOW_UP' AND done_at IS NULL AND due_on < '2026-11-18'",
        1,
    ),
    "break-glass not reviewed": ("SELECT count(*) FROM records_emergency WHERE reviewed_at IS NULL", 1),
    "people who take part": ("SELECT count(*) FROM records_match WHERE started_at IS NOT NULL", 1),
    "hosts": ("SELECT count(*) FROM records_resource WHERE is_host", 3),
    "gaps": ("SELECT count(*) FROM records_gap", 3),
    "notices": ("SELECT count(*) FROM records_record WHERE kind = 'NOTICE'", 3),
    "a household of twelve": (
        "SELECT max(n) FROM (SELECT count(*) AS n FROM records_person GROUP BY household_id) x",
        12,
    ),
    "a case with 200 records": (
        "SELECT max(n) FROM (SELECT count(*) AS n FROM records_record GROUP BY case_id) x",
        200,
    ),
    "rare characters": (f"SELECT count(DISTINCT c) FROM records_person, {RARE} c WHERE position(c IN name) > 0", 4),
    "one name only": ("SELECT count(*) FROM records_person WHERE position(' ' IN name) = 0 AND alias <> ''", 1),
    "unknown birthdays": ("SELECT count(*) FROM records_person WHERE right(born, 3) = '-00'", 2),
    "protected addresses": ("SELECT count(*) FROM records_protection WHERE ended_at IS NULL", 3),
    "a barred member of staff": ("SELECT count(*) FROM records_bar WHERE staff_id IS NOT NULL", 1),
    "linked persons": ("SELECT count(*) FROM records_personlink WHERE ended_at IS NULL", 1),
}


# Faults planted: specials.long() with ten records; large_home() with the members of its theme.
@pytest.mark.parametrize("what", HURTS)
def test_the_town_has_what_hurts(played: list[dict[str, Any]], what: str) -> None:
    question, least = HURTS[what]
    assert number(question) >= least


# Faults planted: a reception tomorrow; a telephone number outside the made-up range.
def test_nothing_lies_in_the_future_and_nobody_can_be_called(played: list[dict[str, Any]]) -> None:
    assert number("SELECT count(*) FROM records_record WHERE written_at >= '2026-11-18'") == 0
    assert number("SELECT count(*) FROM records_contact WHERE phone <> '' AND NOT phone ^@ '090-0000-'") == 0


def story() -> list[tuple[Any, ...]]:
    return ask(STORY)


# Fault planted: a first name drawn with dice of no seed.
def test_a_seed_gives_the_same_town_and_another_seed_another(
    server: Server, template: str, django_db_blocker: DjangoDbBlocker
) -> None:
    told = []
    with django_db_blocker.unblock():
        for turn, seed in enumerate((7, 7, 8)):
            copy = Copy(server, f"village_{os.getpid()}_{turn}")
            server.clone(template, copy.name)
            server.point(copy.name)
            accounts = town.make(seed, "village", TODAY)
            told.append((accounts, story(), violations()))
            disconnect()
            server.drop(copy.name)
    assert told[0] == told[1]
    assert told[0][0] != told[2][0]
    assert told[0][1] != told[2][1]
    assert [one[2] for one in told] == [[], [], []]
