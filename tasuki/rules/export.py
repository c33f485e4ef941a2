"""取り出し: a list's file that takes long: where it stands on its way, how long it is there, how many somebody may have."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from tasuki.rules.refusal import Refusal, refused_if

LIVES = dt.timedelta(hours=1)
"""How long a file is there at most."""
ONCE_TAKEN = dt.timedelta(minutes=10)
"""How long it stays after it was taken the first time: a download can break off."""
SILENT = dt.timedelta(seconds=30)
"""After how long without a sign of the server that makes it nobody makes it any more."""
MOST = 5
"""Files of one sign-in that wait, are being made or are there to be taken."""


class ExportState(StrEnum):
    """Where a file stands; LOST and GONE are told from the clock alone."""

    WAITING = "WAITING"
    MAKING = "MAKING"
    READY = "READY"
    STOPPED = "STOPPED"
    OUTDATED = "OUTDATED"
    FAILED = "FAILED"
    LOST = "LOST"
    GONE = "GONE"


UNDER_WAY = frozenset({ExportState.WAITING, ExportState.MAKING})
WRITTEN = tuple(one for one in ExportState if one not in {ExportState.LOST, ExportState.GONE})


def state_at(
    state: str, *, heard_at: dt.datetime, until: dt.datetime | None, now: dt.datetime
) -> ExportState:  # fmt: skip
    """Return where a file stands at a moment: what is under way is lost without a sign, what is ready is gone after `until`."""
    kept = ExportState(state)
    if kept in UNDER_WAY:
        return ExportState.LOST if now - heard_at > SILENT else kept
    if kept is ExportState.READY and until is not None and now >= until:
        return ExportState.GONE
    return kept


def until_when(ready_at: dt.datetime, taken_at: dt.datetime | None = None) -> dt.datetime:
    """Return until when a file is there."""
    longest = ready_at + LIVES
    return longest if taken_at is None else min(longest, taken_at + ONCE_TAKEN)


def why_not_export(*, there: int) -> Refusal | None:
    """One more file is made when not too many of the same sign-in wait, are made or lie there."""
    return refused_if(there >= MOST, "MANY_EXPORTS", most=MOST)
