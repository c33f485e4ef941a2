"""Where the oracle works: a bench of two connections to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tasuki.ops.database import APP, Server
from tasuki.ops.oracle.compare import Bench

TEMPLATE = "oracle"


@contextmanager
def bench(server: Server, name: str) -> Iterator[Bench]:
    """Give a bench on the database `name`."""
    with psycopg.connect(server.admin_dsn(name)) as admin, psycopg.connect(server.dsn(APP, name)) as app:
        yield Bench(admin, app)
