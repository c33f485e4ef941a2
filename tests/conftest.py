"""The ground that tests stand on: one fleeting cluster for a run, one prepared template, a copy for each test."""

import fcntl
import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import hypothesis
import psycopg
import pytest
from django.db import connections
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from bench.report import write_section
from tasuki.ops.database import APP, DOOR, OWNER, Server, disconnect, embedded_server, fleeting_ground
from tasuki.ops.embedded import Cluster
from tests import night
from tests.faults import disk

# What a busy machine does to a time is no finding; bench/ measures.
hypothesis.settings.register_profile("tasuki", deadline=None)
hypothesis.settings.load_profile("tasuki")
FOLDER = "TASUKI_TEST_FOLDER"
TEMPLATE = "template_prepared"


def pytest_configure(config: pytest.Config) -> None:
    """Make the run's folder once; the workers of a parallel run inherit its name."""
    if not hasattr(config, "workerinput"):
        folder = Path(tempfile.mkdtemp(prefix="tasuki-test-", dir=fleeting_ground()))
        folder.chmod(0o711)  # as root, the server's own user must pass through
        os.environ[FOLDER] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tasuki.config.settings"  # whatever a test starts is what a town starts
    options = connections["default"].settings_dict
    options["OPTIONS"].pop("pool", None)  # a copy lives for one test: no pool pays off
    options["CONN_MAX_AGE"] = None


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop whatever a killed worker left, and remove the run's folder."""
    if not hasattr(config, "workerinput"):
        folder = Path(os.environ.pop(FOLDER))
        if (folder / "gate").exists():
            Cluster(folder, durable=False).stop()
        shutil.rmtree(folder)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a night keep its table."""
    parser.addoption("--write", action="store_true", help="write the table of a night into docs/measured.md")


def pytest_collection_finish() -> None:
    """Look for rings of dead objects more rarely, and never among what was loaded: a tenth of the time of Python was spent on it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest, the walk through all pages: last, it would be waited for by the other workers."""
    items.sort(key=lambda one: "facts" not in getattr(one, "fixturenames", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud that this machine could not have its power cut, where that is so; at night, tell each part of the tests."""
    if os.environ.get("TASUKI_NIGHTLY"):
        rows = night.table(terminalreporter)
        terminalreporter.section(night.TITLE)
        for line in rows:
            terminalreporter.line(line)
        if terminalreporter.config.option.write:
            write_section(night.TITLE, night.section(rows, terminalreporter.config.invocation_params.args))
    if any("tests/faults" in one.nodeid for one in terminalreporter.getreports("skipped")):
        terminalreporter.section("NOT TRIED HERE: power cuts and full disks", red=True)
        terminalreporter.line(f"{disk.why_not()}. They need root, loop devices and mkfs.ext4.")


@dataclass(frozen=True)
class Copy:
    """A database of one test: a copy of the prepared template, to which Django's connections lead."""

    server: Server
    name: str

    def dsn(self, role: str) -> str:
        """Return the address of this copy for `role`."""
        return self.server.dsn(role, self.name)

    def connect(self, role: str) -> psycopg.Connection:
        """Connect as `role`, each statement by itself."""
        return psycopg.connect(self.dsn(role), autocommit=True)

    def past_all(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a statement past every policy and return its rows. One line is kept: to open it takes longer than most statements."""
        line: psycopg.Connection | None = self.__dict__.get("_line")
        if line is None or line.closed:
            line = self.__dict__["_line"] = psycopg.connect(self.server.admin_dsn(self.name), autocommit=True)
        found = line.execute(statement.encode(), values)
        return found.fetchall() if found.description else []

    def hang_up(self) -> None:
        """Close the kept line, before the copy is dropped or renamed."""
        if line := self.__dict__.pop("_line", None):
            line.close()


def cheapen(shared: Server) -> None:
    """Let the passwords of the serving roles be proved in one round instead of 4,096: each test opens a handful of lines."""
    with psycopg.connect(shared.admin, autocommit=True) as admin:
        admin.execute("SET scram_iterations = 1")
        for role in (APP, DOOR, OWNER):
            admin.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), shared.keyring[role]))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Give the run's PostgreSQL, with the six roles; shared by all workers."""
    folder = Path(os.environ[FOLDER])
    with Cluster(folder, durable=False) as cluster:
        shared = embedded_server(cluster)
        with (folder / "roles.lock").open("w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (folder / "roles.made").exists():
                shared.make_roles()
                cheapen(shared)
                (folder / "roles.made").touch()
        yield shared


def prepared_once(
    server: Server, template: str, blocker: DjangoDbBlocker, name: str, fill: Callable[[str], None]
) -> str:  # fmt: skip
    """Make the database `name` once for all workers: a copy of `template`, filled; return its name."""
    with (Path(os.environ[FOLDER]) / f"{name}.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if name not in server.names():
            part = f"{name}_part"
            server.drop(part)
            if template:
                server.clone(template, part)
            else:
                server.make_database(part)
            with blocker.unblock():
                server.point(part)
                fill(part)
                disconnect()
            server.rename(part, name)
    return name


@pytest.fixture(scope="session")
def template(server: Server, django_db_blocker: DjangoDbBlocker) -> str:
    """Prepare the template once for all workers: tables, keys and policies of this version, no rows."""
    return prepared_once(server, "", django_db_blocker, TEMPLATE, server.prepare)


@contextmanager
def copied(server: Server, template: str, blocker: DjangoDbBlocker) -> Iterator[Copy]:
    """Copy a database for one test and lead Django's connections default, door and owner to the copy."""
    copy = Copy(server, f"t_{uuid4().hex[:12]}")
    server.clone(template, copy.name)
    with blocker.unblock():
        server.point(copy.name)
        yield copy
        disconnect()
    copy.hang_up()
    server.drop(copy.name)


@pytest.fixture
def database(server: Server, template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Copy]:
    """Copy the prepared template for one test."""
    with copied(server, template, django_db_blocker) as copy:
        yield copy
