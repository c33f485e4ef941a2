"""Asking the search as somebody of the city."""

from __future__ import annotations

from uuid import UUID

from tasuki.queries.household import people
from tests.records.troupe import Troupe


def called(troupe: Troupe, text: str, by: str = "hou3") -> list[UUID]:
    """Return whom a text finds, in the order in which they are shown."""
    with troupe.acting(by, troupe.last) as asker:
        assert asker
        return [hit.id for hit in people(asker, text, 30)]
