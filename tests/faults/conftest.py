"""The installation that every fault happens to: made once, copied for each test."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tasuki.ops.database import fleeting_ground
from tests.faults.installation import Installation, copy, make


@pytest.fixture(scope="session")
def pristine(django_db_blocker: DjangoDbBlocker) -> Iterator[Installation]:
    """Give a stopped installation that nobody changes."""
    with tempfile.TemporaryDirectory(prefix="tasuki-f-", dir=fleeting_ground()) as folder:
        Path(folder).chmod(0o711)  # as root, the server's own user must pass through
        with django_db_blocker.unblock():
            yield make(Path(folder) / "home")


@pytest.fixture
def installation(pristine: Installation) -> Iterator[Installation]:
    """Give a copy of the installation, for one test."""
    with tempfile.TemporaryDirectory(prefix="tasuki-f-", dir=fleeting_ground()) as folder:
        Path(folder).chmod(0o711)
        yield copy(pristine, Path(folder) / "home")
