"""The hard town, and what the walk through all its pages found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tasuki.ops.database import Server
from tests.web.access.looker import Fact, Looker, looking
from tests.web.access.walk import planted_once, walked
from tests.web.conftest import Stage, open_stage


@pytest.fixture(scope="session")
def hard(server: Server, played: str, django_db_blocker: DjangoDbBlocker) -> str:
    """Plant the hard data once for all workers."""
    return planted_once(server, played, django_db_blocker)


@pytest.fixture(scope="session")
def facts(server: Server, played: str, hard: str, django_db_blocker: DjangoDbBlocker) -> list[Fact]:
    """Walk through every page once for all tests and workers."""
    return walked(server, played, hard, django_db_blocker)


@pytest.fixture
def town(server: Server, hard: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """Copy the hard town for one test."""
    with open_stage(server, hard, django_db_blocker) as stage:
        yield stage


@pytest.fixture
def looker(town: Stage) -> Iterator[Looker]:
    """Serve the hard town and open a browser on it."""
    with looking(town) as opened:
        yield opened
