"""T16, T19, T26: processes killed, connections cut, the server restarted, slow clients — nothing acknowledged is lost."""

from __future__ import annotations

import os
import random
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tasuki.ops import database
from tasuki.ops.database import fleeting_ground
from tasuki.ops.embedded import SUPERUSER
from tests.faults.installation import Installation, Served, copy, serve, wait_until
from tests.faults.ledger import FORM, NOTICE, SECRET, Crowd, crowd
from tests.faults.proxy import line

NIGHTLY = os.environ.get("TASUKI_NIGHTLY") == "1"
ROUNDS = 8 if NIGHTLY else 1
WRITES_A_FAULT = 1500 if NIGHTLY else 8
WRITERS = 4
SLOW_CLIENTS = 60
HALVES = 60  # forms that do not end: many times the threads


@pytest.fixture(scope="module")
def served(pristine: Installation) -> Iterator[Served]:
    """Give one installation, served, for the tests that leave it as well as they found it."""
    with tempfile.TemporaryDirectory(prefix="tasuki-f-", dir=fleeting_ground()) as folder:
        Path(folder).chmod(0o711)
        with serve(copy(pristine, Path(folder) / "home")) as one:
            yield one


def kill_worker(served: Served) -> None:
    os.kill(random.choice(served.workers()), signal.SIGKILL)


def kill_server(served: Served) -> None:
    os.kill(served.at.pid(), signal.SIGKILL)


def kill_connection(served: Served) -> None:
    found = served.at.ask(f"SELECT pid FROM pg_stat_activity WHERE usename = '{database.APP}'")
    os.kill(int(str(random.choice(found)[0])), signal.SIGKILL)


def cut_connections(served: Served) -> None:
    served.at.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename ^@ 'tasuki_'")


def stop_server(served: Served) -> None:
    os.kill(served.at.pid(), signal.SIGINT)  # a fast shutdown, as a restart begins


FAULTS: list[Callable[[Served], None]] = [kill_worker, kill_server, kill_connection, cut_connections, stop_server]


def more_writes(together: Crowd, served: Served) -> None:
    """Wait until as many more were acknowledged, in spite of whatever happened before."""
    wanted = len(together.acknowledged()) + WRITES_A_FAULT
    wait_until(lambda: len(together.acknowledged()) >= wanted, f"writes to go on; {together.wrong()[:3]}", served.said)


def lost_and_doubled(at: Installation, together: Crowd) -> tuple[set[str], list[str]]:
    """Return what was acknowledged and is not there, and what is there twice."""
    found = [str(row[0]) for row in at.ask("SELECT text FROM records_record WHERE kind = 'NOTICE'")]
    return together.acknowledged() - set(found), sorted({one for one in found if found.count(one) > 1})


# Faults planted: keep_alive() that does nothing → writes never go on; AWAY without OperationalError → 500; Django's own
# SessionStore → 400 after the act was saved; the form's key left out of the page → doubles.
def test_nothing_acknowledged_is_lost_whatever_is_killed_and_the_application_goes_on(
    served: Served, record_property: Callable[[str, object], None]
) -> None:
    with crowd([served.writer(str(number)) for number in range(WRITERS)]) as together:
        more_writes(together, served)
        for fault in FAULTS * ROUNDS:
            fault(served)
            more_writes(together, served)
    record_property("faults", len(FAULTS * ROUNDS))
    record_property("acknowledged writes", len(together.acknowledged()))
    assert together.wrong() == []
    assert together.kind() > 0
    assert lost_and_doubled(served.at, together) == (set(), [])
    drafts = {str(row[0]) for row in served.at.ask("SELECT body ->> 'text' FROM records_draft")}
    kept = {one.ledger.draft for one in together.writers} - {""}
    assert kept
    assert kept <= drafts


def half_a_request(port: int, session: str, text: str) -> socket.socket:
    """Begin to send a form, and stop in the middle."""
    body = f"text={text}&csrfmiddlewaretoken={SECRET}&form_key={uuid4()}"
    one = socket.create_connection(("127.0.0.1", port), timeout=30)
    head = f"POST {NOTICE} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: {FORM['Content-Type']}\r\n"
    head += f"Cookie: tasuki_session={session}; tasuki_csrf={SECRET}\r\nContent-Length: {len(body)}\r\n\r\n"
    one.sendall((head + body[: len(body) // 2]).encode())
    return one


# Fault planted: the interface WSGI, in which each half-sent form holds a thread → nobody is answered.
def test_sixty_slow_clients_and_half_sent_forms_stop_nobody(served: Served) -> None:
    slow = [socket.create_connection(("127.0.0.1", served.port), timeout=30) for _ in range(SLOW_CLIENTS)]
    for number, one in enumerate(slow):
        one.sendall(f"POST {NOTICE} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow-{number}: ".encode())
    halves = [half_a_request(served.port, served.at.session, f"half{number}") for number in range(HALVES)]
    writer = served.writer("quick")
    for _ in range(20):
        assert writer.write(lambda: False), writer.ledger
        for one in slow:
            one.sendall(b"a")
    for one in halves:
        one.close()
    assert writer.write(lambda: False), writer.ledger
    assert served.at.ask("SELECT count(*) FROM records_record WHERE text ^@ 'half'") == [(0,)]
    for one in slow:
        one.close()
    writer.close()


# Fault planted: AWAY without OperationalError → 500.
def test_over_a_slow_line_that_is_cut_again_and_again_nothing_is_lost(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with installation.cluster as cluster, line(cluster._sockets() / ".s.PGSQL.5432", 0.002) as bad:
        address = f"postgresql://{SUPERUSER}:{cluster.keyring[SUPERUSER]}@127.0.0.1:{bad.port}/postgres"
        monkeypatch.setenv("TASUKI_HOME", str(cluster.folder))
        with serve(installation, DATABASE_URL=address, TASUKI_HOME=str(cluster.folder)) as served:
            with crowd([served.writer(str(number)) for number in range(WRITERS)]) as together:
                more_writes(together, served)
                for number in range(6 * ROUNDS):
                    bad.open = number % 3 != 2  # every third time nobody gets through for a while
                    bad.reset()
                    together.stop.wait(0.3)
                    bad.open = True
                    together.stop.wait(0.1)
                more_writes(together, served)
            assert together.wrong() == []
            assert lost_and_doubled(installation, together) == (set(), [])
