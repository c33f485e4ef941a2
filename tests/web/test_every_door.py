"""Every address with every id of a played town, asked by each kind of asker (T02): what is hidden answers as what never was."""

from __future__ import annotations

import os
import re
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client

from tasuki.records.asker import bind_session
from tests.web.conftest import AUTUMN, Stage
from tests.web.crawl import IDS, TABLE, filled

OF_THE_ANSWER = re.compile(r'csrf-token" content="\w+|csrfmiddlewaretoken" value="\w+|next=[^"]+"')
OPEN = {"/health/", "/posts/", "/posts/secrecy/", "/sign-in/"}
# Of each noun so many ids at every address: of those who are hidden, and of those who are shown. The night asks for all.
MOST = (999, 999) if os.environ.get("TASUKI_NIGHTLY") else (5, 2)
KINDS = {
    "the case's hub": ("hub", 60), "one of the team": ("hou3", 40), "another agency": ("elsewhere", 3), "barred": ("jiritsu", 3),
    "who decides": ("city", 3), "manager": ("mgr", 3), "administrator": ("admin", 3), "privacy officer": ("priv", 3),
}  # fmt: skip


def prepared(stage: Stage) -> None:
    """Add those who have no part in the story, and the bar of one agency that has."""
    for key, agency, sets in (
        ("elsewhere", "JOSEI", ["DESK", "FIRST"]), ("admin", "CITY", ["ADMIN"]), ("mgr", "CITY", ["MGR"]), ("priv", "CITY", ["PRIV"]),
    ):  # fmt: skip
        if not stage.column("SELECT id FROM records_staff WHERE key = %s", key):
            stage.appoint(key, agency, sets)
    stage.run(
        "INSERT INTO records_bar (id, municipality_id, person_id, agency_id, since, end_reason) SELECT gen_random_uuid(),"
        " p.municipality_id, p.id, g.id, '2026-04-02', '' FROM records_person p, records_agency g WHERE g.key = 'JIRITSU'"
    )


def seen(client: Client) -> dict[str, set[str]]:
    """Return the ids that the policies show to this browser's asker, by the noun of the address."""
    with transaction.atomic(), connection.cursor() as cursor:
        assert bind_session(client.cookies["tasuki_session"].value, AUTUMN)
        found = {}
        for noun, question in IDS.items():
            cursor.execute(question)
            found[noun] = {str(row[0]) for row in cursor.fetchall()}
    return found


def answered(client: Client, method: str, address: str, one: str) -> tuple[int, str]:
    """Return the status and the words, without the id asked for and without what is new in every answer."""
    answer = client.generic(method, address)
    text = answer.content.decode("utf-8", "replace").replace(one, "ID")
    return answer.status_code, OF_THE_ANSWER.sub("", text)


def chosen(ids: list[str], shown: set[str]) -> list[str]:
    """Choose the ids that every address is asked with, evenly spread among the hidden and the shown."""
    parts = ([one for one in ids if one not in shown], [one for one in ids if one in shown])
    return [one for part, most in zip(parts, MOST, strict=True) for one in part[:: max(1, -(-len(part) // most))]]


# Fault planted: the forms about a person tell who is registered, past what the asker sees (may_name).
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_hidden_answers_with_the_bytes_of_what_never_was(stage: Stage, kind: str) -> None:
    prepared(stage)
    who, at_least = KINDS[kind]
    client = stage.browser(who)
    shown, there = seen(client), {noun: sorted(map(str, stage.column(question))) for noun, question in IDS.items()}
    asked = {noun: chosen(ids, shown[noun]) for noun, ids in there.items()}
    opened, wrong = 0, []
    for pattern, route in TABLE.items():
        noun = pattern.strip("/").split("/")[0]
        if pattern in OPEN or noun not in IDS or "uuid" not in pattern:
            continue
        never = str(uuid4())
        for method in route["methods"]:
            nothing = {a: answered(client, method, a, never) for a in filled(pattern, {noun: [never]}, 1)}
            for one in asked[noun]:
                for address, (status, words) in zip(filled(pattern, {noun: [one]}, 1), nothing.values(), strict=True):
                    got = answered(client, method, address, one)
                    opened += got[0] == 200
                    if one not in shown[noun] and got != (status, words):
                        wrong.append((method, address, got[0], status))
                    if got[0] >= 500:
                        wrong.append((method, address, got[0], 0))
    assert wrong == []
    assert opened >= at_least
