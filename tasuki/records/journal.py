"""The footprint of every act, in the same transaction: who, as which agency, when, what, on which row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from tasuki.records.asker import Asker
from tasuki.records.models import JournalLine, ReadLine


def note_act(
    by: Asker, now: dt.datetime, act: str, target: UUID | None = None, case: UUID | None = None, **facts: object
) -> None:
    """Write one journal line. `facts` hold codes and counts only: no name and no text of a person."""
    JournalLine.objects.create(
        municipality_id=by.municipality,
        at=now,
        staff=by.staff,
        agency=by.agency,
        act=act,
        target=target,
        case=case,
        facts=facts,
    )


def note_reading(
    by: Asker, now: dt.datetime, what: str, people: Sequence[UUID], ground: str, door: str = "page"
) -> None:
    """Write the footprint of a reading, in the same transaction as the reading itself (P9)."""
    ReadLine.objects.create(
        municipality_id=by.municipality, at=now, staff=by.staff, agency=by.agency, door=door, what=what,
        persons=list(people), ground=ground,
    )  # fmt: skip
