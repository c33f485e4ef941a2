"""The ground that tests stand on: one fleeting cluster for a run, one prepared template, a copy for each test."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import hypothesis
import psycopg
import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from tasuki.ops.database import Server, disconnect, embedded_server
from tasuki.ops.embedded import Cluster

# What a busy machine does to a time is no finding; bench/ measures.
hypothesis.settings.register_profile("tasuki", deadline=None)
hypothesis.settings.load_profile("tasuki")
FOLDER = "TASUKI_TEST_FOLDER"
TEMPLATE = "template_prepared"


def pytest_configure(config: pytest.Config) -> None:
    """Make the run's folder once; the workers of a parallel run inherit its name."""
    if not hasattr(config, "workerinput"):
        folder = Path(tempfile.mkdtemp(prefix="tasuki-test-"))
        folder.chmod(0o711)  # as root, the server's own user must pass through
        os.environ[FOLDER] = str(folder)
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
                (folder / "roles.made").touch()
        yield shared


@pytest.fixture(scope="session")
def template(server: Server, django_db_blocker: DjangoDbBlocker) -> str:
    """Prepare the template once for all workers: tables, keys and policies of this version, no rows."""
    with (Path(os.environ[FOLDER]) / "template.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if TEMPLATE not in server.names():
            part = f"{TEMPLATE}_part"
            server.drop(part)
            server.make_database(part)
            with django_db_blocker.unblock():
                server.prepare(part)
                disconnect()
            server.rename(part, TEMPLATE)
    return TEMPLATE


@pytest.fixture
def database(server: Server, template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Copy]:
    """Copy the template for one test and lead Django's connections default, door and owner to the copy."""
    copy = Copy(server, f"t_{uuid4().hex[:12]}")
    server.clone(template, copy.name)
    with django_db_blocker.unblock():
        server.point(copy.name)
        yield copy
        disconnect()
    server.drop(copy.name)
