"""One played town for a whole file of hostile requests: each is taken back, and what it wrote is told before that."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.signals import request_started
from django.db import connection, transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from tasuki.ops.database import Server
from tasuki.ops.files import OWN_PROFILES, profile_data
from tasuki.ops.load_profile import load
from tests.web.conftest import AUTUMN, Stage, open_stage
from tests.web.hostile.nasty import FOREIGN, TOKEN, Sent

# Every table, or those that this transaction touched (taken back or not), with the number and the sum of its rows, past every
# policy and inside the request's own transaction.
STATE = """
    CREATE FUNCTION told_rows(touched boolean) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET timezone = 'UTC' AS $$
    DECLARE told jsonb := '{}'; name text; found text; wanted text;
    BEGIN
        FOR name IN SELECT relname FROM pg_stat_xact_user_tables WHERE schemaname = 'public' AND relname ^@ 'records_'
                AND (NOT touched OR n_tup_ins + n_tup_upd + n_tup_del > 0) LOOP
            wanted := CASE name WHEN 'records_journalline' THEN 'WHERE act <> ''turned_away''' ELSE '' END;
            EXECUTE format('SELECT count(*) || '' '' || coalesce(sum(hashtextextended(t::text, 0)), 0) FROM %%I t %%s', name, wanted)
                INTO found;
            told := told || jsonb_build_object(name, found);
        END LOOP;
        RETURN told;
    END $$;
    GRANT EXECUTE ON FUNCTION told_rows(boolean) TO tasuki_app;
"""
STRANGERS = """
    WITH made AS (
        INSERT INTO records_agency SELECT (jsonb_populate_record(a, jsonb_build_object('id', %s::text, 'key', 'AWAY', 'name', '谷向こうの窓口'))).*
        FROM records_agency a JOIN records_municipality m ON m.id = a.municipality_id WHERE m.key = 'kirisawa' LIMIT 1 RETURNING municipality_id)
    INSERT INTO records_staff (id, municipality_id, key, name, account)
    SELECT %s::uuid, municipality_id, 'away', '谷向 霞', gen_random_uuid() FROM made
"""
# Footprints, and what the door counts of those who knock: written for whoever asks.
FOOTPRINTS = frozenset({"records_readline", "records_signin", "records_knock", "records_doorline", "records_account"})
SENTENCE = re.compile(r"[ぁ-ん]{2,}.*。", re.DOTALL)
ANSWERS = frozenset({200, 204, 302, 400, 403, 404, 405, 409, 413, 415, 422, 429})


@dataclass
class Ground:
    """The town, and what went wrong so far: (what was sent, what was answered)."""

    stage: Stage
    before: dict[str, str]

    def browser(self, staff: str) -> Client:
        """Return a browser that sends a form's token in a header, so that a body may be anything.

        A new one each time: some forms end the session, or all others.
        """
        client = self.stage.browser(staff)
        client.handler.enforce_csrf_checks = True
        client.cookies["tasuki_csrf"] = TOKEN
        client.raise_request_exception = False
        return client

    def send(
        self, client: Client, address: str, sent: Sent, *, writes: frozenset[str] = frozenset(), never: bool = False
    ) -> list[str]:
        """Send a body, take everything back, and return what was wrong about the answer.

        `writes` are tables that may change though it was refused; `never` says that nothing may, whatever the answer.
        """
        with transaction.atomic():
            answer = client.generic("POST", address, sent.body, sent.kind, headers={"X-CSRFToken": TOKEN})
            refused = answer.status_code >= 400
            wrote = self.changed() - writes if refused or never else frozenset()
            transaction.set_rollback(True)
        where = f"{address} with {sent.words}: "
        return [f"{where}{one}" for one in [*wrong_with(answer, sent), *(f"wrote {name}" for name in sorted(wrote))]]

    def changed(self) -> frozenset[str]:
        """Return the tables that are not as they were, but for footprints."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT told_rows(true)::text")
            now = read(cursor.fetchone()[0])
        return frozenset(name for name in now if now[name] != self.before[name]) - FOOTPRINTS


def read(told: str) -> dict[str, str]:
    """Read the answer of told_rows()."""
    return dict(json.loads(told))


def wrong_with(answer: Any, sent: Sent) -> list[str]:
    """Return what an answer does that none may do."""
    status, text = answer.status_code, answer.content.decode("utf-8", "replace")
    if answer.headers.get("Content-Type") == "application/json":
        text = str(json.loads(text))  # with the letters that a script reads
    found = []
    if status not in ANSWERS:
        found.append(f"status {status}")
    if "Traceback" in text or "Exception" in text:
        found.append("a traceback")
    if status >= 400 and status != 405 and not SENTENCE.search(text):
        found.append(f"{status} without a sentence: {text[:80]!r}")
    if sent.unknown and status < 400:
        found.append(f"{status} for a choice that is not offered")
    if status in {409, 422} and (lost := [one for one in sent.kept if one not in text]):
        found.append(f"{status} without what was typed: {lost}")
    return found


@pytest.fixture(autouse=True)
def counted(record_property: Callable[[str, object], None]) -> Iterator[None]:
    """Count the requests that a test sent, for the table of the night."""
    sent = 0

    def count(**_: object) -> None:
        nonlocal sent
        sent += 1

    request_started.connect(count)
    yield
    request_started.disconnect(count)
    record_property("requests", sent)


@pytest.fixture(scope="module")
def ground(server: Server, played: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Ground]:
    """Give the town of a file."""
    with open_stage(server, played, django_db_blocker) as stage:
        yield Ground(stage, {})


def settled(ground: Ground) -> None:
    """Put another town beside it, and take both as they are for what every refused request must leave."""
    load(profile_data(OWN_PROFILES / "kirisawa.yaml"), "kirisawa", now=AUTUMN - dt.timedelta(days=90))
    ground.stage.run(STATE)
    ground.stage.run(STRANGERS, FOREIGN, FOREIGN)
    ground.before = read(str(ground.stage.value("SELECT told_rows(false)::text")))
