"""Several application servers before one database, as behind a proxy that sends each request wherever it likes."""

from __future__ import annotations

import itertools
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.faults.installation import Installation, Served, serve, wait_until
from tests.faults.ledger import NOTICE, Writer, crowd
from tests.faults.test_kill import lost_and_doubled

WRITERS = 4
WRITES = 30


class Spread(Writer):
    """A worker whose requests go to one server after the other."""

    def __init__(self, ports: list[int], session: str, name: str) -> None:
        super().__init__(ports[0], session, name)
        self._next = itertools.cycle(ports)

    def send(self, method: str, address: str, body: dict[str, str] | None = None) -> tuple[int, str]:
        """Send one request to the next server."""
        self.close()
        self.port = next(self._next)
        return super().send(method, address, body)


def once(served: Served, method: str, address: str, body: dict[str, str] | None = None) -> int:
    """Send one request to one of the servers; return the status."""
    with closing(served.writer("once")) as one:
        return one.send(method, address, body)[0]


@pytest.fixture
def pair(installation: Installation) -> Iterator[list[Served]]:
    """Give two application servers of one installation."""
    with serve(installation, workers=1) as first, serve(installation, workers=1) as second:
        yield [first, second]


# Fault planted: claim() that claims nothing.
def test_whichever_server_answers_it_is_the_same_house(pair: list[Served]) -> None:
    at = pair[0].at
    ports = [one.port for one in pair]
    with crowd([Spread(ports, at.session, str(number)) for number in range(WRITERS)]) as together:
        wait_until(lambda: len(together.acknowledged()) >= WRITES, f"writes through both; {together.wrong()[:3]}")
    assert together.wrong() == []
    assert lost_and_doubled(at, together) == (set(), [])
    form = {"text": "同じ紙を二つの窓口へ", "place": "", "form_key": "5f8a2b1e-6f4e-4f0a-9d3f-0d3c2b1a0f9e"}
    both = [threading.Thread(target=once, args=(one, "POST", NOTICE, form)) for one in pair]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert at.ask("SELECT count(*) FROM records_record WHERE text = '同じ紙を二つの窓口へ'") == [(1,)]
    assert once(pair[0], "GET", "/") == 200
    assert once(pair[1], "POST", "/sign-out/", {}) == 302
    assert once(pair[0], "GET", "/") == 302


# Fault planted: a ledger that counts as kept what was sent and not answered.
def test_a_server_that_is_killed_takes_nothing_with_it_and_the_other_goes_on(pair: list[Served]) -> None:
    at = pair[0].at
    ports = [one.port for one in pair]
    with crowd([Spread(ports, at.session, str(number)) for number in range(WRITERS)]) as together:
        wait_until(lambda: len(together.acknowledged()) >= WRITES, "writes through both")
        for worker in pair[0].workers():
            os.kill(worker, signal.SIGKILL)
        pair[0].process.kill()
        wanted = len(together.acknowledged()) + WRITES
        wait_until(lambda: len(together.acknowledged()) >= wanted, f"writes to go on; {together.wrong()[:3]}")
    assert together.wrong() == []
    assert lost_and_doubled(at, together) == (set(), [])
