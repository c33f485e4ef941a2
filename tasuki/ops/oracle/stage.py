"""Where the oracle works: a fleeting database of this version, and a bench of two connections to it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tasuki.ops.database import APP, Server, disconnect, embedded_server
from tasuki.ops.embedded import Cluster
from tasuki.ops.oracle.compare import Bench

TEMPLATE = "oracle"


@contextmanager
def fleeting_server() -> Iterator[Server]:
    """Give a throw-away server with one prepared database, TEMPLATE, that is a rehearsal."""
    with tempfile.TemporaryDirectory(prefix="tasuki-oracle-") as folder:
        Path(folder).chmod(0o711)  # as root, the server's own user must pass through
        with Cluster(Path(folder), durable=False) as cluster:
            server = embedded_server(cluster)
            server.make_roles()
            server.make_database(TEMPLATE)
            server.prepare(TEMPLATE)
            disconnect()
            with psycopg.connect(server.admin_dsn(TEMPLATE), autocommit=True) as admin:
                admin.execute("INSERT INTO rehearsal DEFAULT VALUES")
            yield server


@contextmanager
def bench(server: Server, name: str) -> Iterator[Bench]:
    """Give a bench on the database `name`."""
    with psycopg.connect(server.admin_dsn(name)) as admin, psycopg.connect(server.dsn(APP, name)) as app:
        yield Bench(admin, app)
