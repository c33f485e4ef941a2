"""The footprint of every act, in the same transaction: who, as which agency, when, what, on which row."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from tasuki.records.asker import Asker
from tasuki.records.models import JournalLine


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
