"""Consent is withdrawn while many read (T06): whoever asks after the answer sees nothing, and nobody is told of a fault."""

from __future__ import annotations

import datetime as dt
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connections
from django.test import Client

from tests.web.conftest import AUTUMN, Stage

READERS = 50 if os.environ.get("TASUKI_NIGHTLY") == "1" else 20
NAME = "潮騒原"


@dataclass
class Reader:
    """Somebody who opens one page again and again: when each was asked for, its status, and whether it named the family."""

    client: Client
    address: str
    looks: list[tuple[float, int, bool]] = field(default_factory=list)

    def read(self, over: threading.Event) -> None:
        """Read until it is over, and once more."""
        try:
            while True:
                last = over.is_set()
                asked = time.monotonic()
                answer = self.client.get(self.address)
                self.looks.append((asked, answer.status_code, NAME in answer.content.decode()))
                if last:
                    return
        finally:
            connections.close_all()


@contextmanager
def reading(readers: list[Reader]) -> Iterator[None]:
    """Let all read at once while something is done, until each has looked once more."""
    over = threading.Event()
    threads = [threading.Thread(target=one.read, args=[over]) for one in readers]
    for one in threads:
        one.start()
    try:
        while not all(one.looks for one in readers):
            time.sleep(0.02)
        yield
    finally:
        over.set()
        for one in threads:
            one.join()


# Seen red: the consent of one of the two people left as it was.
def test_after_the_answer_to_a_withdrawal_nobody_who_asks_sees(stage: Stage) -> None:
    case = stage.id_of("SELECT id FROM records_case WHERE hub_id IS NOT NULL ORDER BY opened_at LIMIT 1")
    people = stage.column(
        "SELECT p.id FROM records_person p JOIN records_case c USING (household_id) WHERE c.id = %s", case
    )
    stage.appoint("reader", "JOSEI", ["DESK"])
    stage.run(
        "INSERT INTO records_consentreach SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'agency_id',"
        " j.id))).* FROM records_consentreach r JOIN records_agency h ON h.id = r.agency_id AND h.key = 'HUB', records_agency j"
        " WHERE j.key = 'JOSEI'"
    )
    hub = stage.browser("hub")
    readers = [
        Reader(stage.browser("reader", AUTUMN + dt.timedelta(minutes=1)), f"/cases/{case}/") for _ in range(READERS)
    ]
    with reading(readers):
        sent = hub.post(f"/cases/{case}/withdrawals/", {"people": people, "text": "電話で申し出"})
        answered = time.monotonic()
    assert sent.status_code == 302, sent.content.decode()
    looks = [look for one in readers for look in one.looks]
    assert {status for _, status, _ in looks} == {200, 404}
    assert all(named == (status == 200) for _, status, named in looks)
    after = [status for asked, status, _ in looks if asked >= answered]
    assert len(after) >= READERS
    assert set(after) == {404}
