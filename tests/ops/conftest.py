"""A village of `tasuki synth`, made once for all who measure it or look at it."""

import datetime as dt
import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tasuki.ops import synth
from tasuki.ops.database import Server, disconnect
from tests.conftest import FOLDER
from tests.records.troupe import city_template, troupe

__all__ = ["city_template", "troupe"]

TODAY = dt.date(2026, 11, 18)
VILLAGE = "synth_village_made"


@pytest.fixture(scope="session")
def made(server: Server, template: str, django_db_blocker: DjangoDbBlocker) -> list[dict[str, Any]]:
    """Make a whole village once for all workers; gives its known logins. Nobody changes it."""
    memory = Path(os.environ[FOLDER]) / "synth.json"
    with (Path(os.environ[FOLDER]) / "synth.lock").open("w", encoding="utf-8") as lock, django_db_blocker.unblock():
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not memory.exists():
            server.clone(template, VILLAGE)
            server.point(VILLAGE)
            found = synth.make(1, "village", TODAY)
            memory.write_text(json.dumps([vars(one) for one in found.logins]), encoding="utf-8")
            disconnect()
    logins: list[dict[str, Any]] = json.loads(memory.read_text(encoding="utf-8"))
    return logins


@pytest.fixture
def village(
    server: Server, made: list[dict[str, Any]], django_db_blocker: DjangoDbBlocker
) -> Iterator[list[dict[str, Any]]]:
    """Lead Django to the village."""
    with django_db_blocker.unblock():
        server.point(VILLAGE)
        yield made
        disconnect()
