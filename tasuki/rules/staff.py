"""人事異動: what must be known before a move is planned, so that nothing is unassigned on its day (settled 31)."""

from __future__ import annotations

import datetime as dt

from tasuki.rules.refusal import Refusal, first, refused_if


def why_not_plan_move(
    *, on: dt.date | None, today: dt.date, planned: bool, open_cases: int, has_successor: bool, heir_in_office: bool
) -> Refusal | None:
    """A move has a coming day, is planned once, and a holder of open cases has a successor who is in office on that day."""
    return first(
        refused_if(on is None or on < today, "DAY_IS_PAST"),
        refused_if(planned, "MOVE_ALREADY_PLANNED"),
        refused_if(open_cases > 0 and not has_successor, "SUCCESSOR_MISSING", count=open_cases),
        refused_if(has_successor and not heir_in_office, "SUCCESSOR_NOT_IN_OFFICE"),
    )


def why_not_withdraw_move(*, done: bool) -> Refusal | None:
    """What has happened is not withdrawn; a new move leads back."""
    return refused_if(done, "MOVE_ALREADY_DONE")
