"""自治体のやり方: what a change of the town's own ways must say before it is made."""

from __future__ import annotations

import datetime as dt

from tasuki.rules.refusal import Refusal, first, refused_if


def why_not_change(*, reason: str, name: str) -> Refusal | None:
    """Every change asks 変更の理由, and nothing is kept without a name."""
    return first(refused_if(not name.strip(), "NAME_MISSING"), refused_if(not reason.strip(), "REASON_MISSING"))


def why_not_end(*, reason: str, on: dt.date | None, today: dt.date) -> Refusal | None:
    """What ends, ends on a day that has not passed: yesterday cannot be changed any more."""
    return first(
        refused_if(on is None or on < today, "DAY_IS_PAST"),
        refused_if(not reason.strip(), "REASON_MISSING"),
    )


def why_not_end_role(*, people: int) -> Refusal | None:
    """A role that somebody has today does not end under them."""
    return refused_if(people > 0, "ROLE_IN_USE", count=people)


def why_not_end_post(*, reason: str, open_cases: int, other_posts: int) -> Refusal | None:
    """Settled 31: who holds open cases does not go without a successor (人事異動), unless another post stays."""
    return first(
        refused_if(not reason.strip(), "REASON_MISSING"),
        refused_if(open_cases > 0 and other_posts == 0, "SUCCESSOR_MISSING", count=open_cases),
    )
