"""A whole installation on trial: its own folder and server, the real `tasuki serve`, a worker who has signed in."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg

from tasuki.ops.database import disconnect, embedded_server
from tasuki.ops.embedded import SUPERUSER, Cluster
from tasuki.ops.files import OWN_PROFILES, profile_data
from tasuki.ops.reach import runner
from tasuki.ops.serve import free_port
from tests.faults.ledger import Writer

NAME = "tasuki"
PORTS = 18000  # from here on a free one is looked for
PATIENCE = 90


@dataclass(frozen=True)
class Installation:
    """A prepared city in `home`; `session` is a signed-in worker's."""

    home: Path
    session: str

    @property
    def cluster(self) -> Cluster:
        """The city's server, as a stranger to it: not entered."""
        return Cluster(self.home / "city")

    def ask(self, statement: str) -> list[tuple[object, ...]]:
        """Ask something as the superuser, past every policy."""
        with psycopg.connect(self.cluster.dsn(SUPERUSER, NAME), autocommit=True) as admin:
            cursor = admin.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def pid(self) -> int:
        """The number of the server's first process."""
        return int((self.cluster.pgdata / "postmaster.pid").read_text(encoding="utf-8").split()[0])


def make(home: Path) -> Installation:
    """Make a village with one worker who has signed in, and stop it. Django leads nowhere afterwards."""
    home.mkdir(mode=0o711, parents=True)
    with Cluster(home / "city") as cluster:
        server = embedded_server(cluster)
        server.make_roles()
        server.make_database(NAME)
        server.prepare(NAME)
        from django.test.utils import override_settings

        from tasuki.actions import sign_in
        from tasuki.ops.load_profile import load
        from tasuki.ops.replay.browser import account
        from tasuki.records.town_plan import Appointment, appoint
        from tasuki.web.session_store import SessionStore

        now = dt.datetime.now(tz=dt.UTC)
        town = load(profile_data(OWN_PROFILES / "kirisawa.yaml"), "kirisawa", now=now - dt.timedelta(days=30)).town
        staff = appoint(town, [Appointment("hana", "谷端 花", [("HUB", ["COORDINATOR"])])], now - dt.timedelta(days=9))
        with override_settings(SECRET_KEY=server.keyring["secret_key"]):
            session = SessionStore()
            session.create()
        with psycopg.connect(cluster.dsn(SUPERUSER, NAME)) as admin:
            row = admin.execute("SELECT id FROM records_post").fetchone()
        assert row
        post: UUID = row[0]
        sign_in.choose(
            account=account(), staff=staff["hana"], post=post, session_key=str(session.session_key), now=now,
            entry=sign_in.Entry(place="試験", shared=False, how="PASSWORD"),
        )  # fmt: skip
        disconnect()
        return Installation(home, str(session.session_key))


def copy(of: Installation, home: Path) -> Installation:
    """Copy a stopped installation."""
    shutil.copytree(of.home, home, symlinks=True, ignore=shutil.ignore_patterns("s", "gate", "users"))
    home.chmod(0o711)
    made = Installation(home, of.session)
    give(made.cluster.place)
    return made


def give(folder: Path) -> None:
    """Give a folder and all in it to the server's user."""
    who = runner()
    for path in (folder, *folder.rglob("*")):
        who.own(path)


class Served:
    """`tasuki serve` of an installation, running."""

    def __init__(self, installation: Installation, environment: dict[str, str], workers: int) -> None:
        self.at = installation
        self.port = free_port("127.0.0.1", PORTS + os.getpid() % 997 * 10)
        self.said: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tasuki", "serve", "--port", str(self.port), "--workers", str(workers)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "TASUKI_HOME": str(installation.home), "TASUKI_DATABASE": NAME, **environment},
        )  # fmt: skip
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()
        wait_until(lambda: any("動いています" in line for line in self.said), "the server to answer")

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line)

    def workers(self) -> list[int]:
        """The numbers of the processes that answer requests."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="utf-8")
        return [int(one) for one in children.split() if b"serve" in _command(int(one))]

    def writer(self, name: str, port: int | None = None) -> Writer:
        """Give somebody who writes."""
        return Writer(port or self.port, self.at.session, name)

    def stop(self) -> None:
        """End it as an operator does."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=PATIENCE)
        finally:
            self.process.kill()
            self._listener.join()
            assert self.process.stdout
            self.process.stdout.close()


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@contextmanager
def serve(installation: Installation, workers: int = 2, **environment: str) -> Iterator[Served]:
    """Serve an installation while the block lasts."""
    served = Served(installation, environment, workers)
    try:
        yield served
    finally:
        served.stop()


def wait_until(holds: Callable[[], bool], what: str, said: Sequence[str] = (), patience: float = PATIENCE) -> None:
    """Wait until something holds; a thing that never does is a finding, told with what was said last."""
    deadline = time.monotonic() + patience
    while not holds():
        # Each request that found no database says so: what the rest says would drown in it.
        telling = [line for line in said if "no database" not in line]
        assert time.monotonic() < deadline, f"waited in vain for {what}; {telling[-20:]}"
        time.sleep(0.05)
