"""保存と廃棄: the end of a case's life (T32, T33): its class, how long it is kept, what stops it, who may erase it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from tasuki.rules.calendar import fiscal_year, fiscal_year_bounds, wareki_short
from tasuki.rules.case import OVER, CaseState
from tasuki.rules.refusal import Refusal, first, refused_if

KEPT = frozenset({CaseState.ARCHIVED, CaseState.DISPOSED})
STARTS = "終結年度末"  # from when the classes count that a case may have; other books of the town begin otherwise


class StayKind(StrEnum):
    """What stops archiving and disposal until it is lifted."""

    PRESERVATION = "PRESERVATION"
    DISCLOSURE_REQUEST = "DISCLOSURE_REQUEST"


class KeepingStage(StrEnum):
    """Where an ended case stands on its way to disposal."""

    UNCLASSED = "UNCLASSED"
    CLASSED = "CLASSED"
    KEPT = "KEPT"
    DUE = "DUE"
    PROPOSED = "PROPOSED"
    GONE = "GONE"


class Remaining(StrEnum):
    """What of an ended case still goes on; while any does, the agencies need to see it."""

    TASK = "TASK"
    WATCH = "WATCH"
    STRAND = "STRAND"
    REFERRAL = "REFERRAL"
    SITTING = "SITTING"
    REQUEST = "REQUEST"
    MATCH = "MATCH"
    PROTECTION = "PROTECTION"


def keep_until(ended_on: dt.date, years: int) -> dt.date:
    """Return the last day on which a case is kept: the last day of the fiscal year of its end, and `years` years."""
    return fiscal_year_bounds(fiscal_year(ended_on) + years)[1]


def why_not_classify(*, state: str, known: bool) -> Refusal | None:
    """A class is chosen among the town's, for a case that has ended and is not put away yet."""
    return first(
        refused_if(state not in OVER, "CASE_STILL_OPEN_TO_KEEP"),
        refused_if(state in KEPT, "ALREADY_ARCHIVED"),
        refused_if(not known, "NO_SUCH_RETENTION_CLASS"),
    )


def why_not_archive(*, state: str, classed: bool, stayed: bool, remaining: str) -> Refusal | None:
    """T32: ended, its class set, no stay (保全, 開示請求) standing, nothing of it going on."""
    return first(
        refused_if(state in KEPT, "ALREADY_ARCHIVED"),
        refused_if(state not in OVER, "CASE_STILL_OPEN_TO_KEEP"),
        refused_if(not classed, "RETENTION_CLASS_MISSING"),
        refused_if(stayed, "STAYED"),
        refused_if(remaining == Remaining.TASK, "REMAINS_TASK"),
        refused_if(remaining == Remaining.WATCH, "REMAINS_WATCH"),
        refused_if(remaining == Remaining.STRAND, "REMAINS_STRAND"),
        refused_if(remaining == Remaining.REFERRAL, "REMAINS_REFERRAL"),
        refused_if(remaining == Remaining.SITTING, "REMAINS_SITTING"),
        refused_if(remaining == Remaining.REQUEST, "REMAINS_REQUEST"),
        refused_if(remaining == Remaining.MATCH, "REMAINS_MATCH"),
        refused_if(remaining == Remaining.PROTECTION, "REMAINS_PROTECTION"),
    )


def why_not_stay(*, state: str, reason: str, since: dt.date | None, today: dt.date) -> Refusal | None:
    """A stay stands on an ended case that is still there, with a reason and a day that has come."""
    return first(
        refused_if(state == CaseState.DISPOSED, "ALREADY_DISPOSED"),
        refused_if(not reason.strip(), "REASON_MISSING"),
        refused_if(since is None or since > today, "STAY_DAY_TO_COME"),
    )


def why_not_lift_stay(*, lifted: bool, reason: str) -> Refusal | None:
    """A stay is lifted once, and with a reason."""
    return first(refused_if(lifted, "STAY_LIFTED"), refused_if(not reason.strip(), "REASON_MISSING"))


def why_not_propose(
    *, state: str, until: dt.date | None, today: dt.date, stayed: bool, proposed: bool
) -> Refusal | None:
    """T33, the first person: the last day of keeping is past, and nothing stops it."""
    return first(
        refused_if(state == CaseState.DISPOSED, "ALREADY_DISPOSED"),
        refused_if(state != CaseState.ARCHIVED, "NOT_ARCHIVED"),
        refused_if(until is None or today <= until, "STILL_TO_BE_KEPT", day=wareki_short(until) if until else ""),
        refused_if(stayed, "STAYED"),
        refused_if(proposed, "ALREADY_PROPOSED"),
    )


def why_not_withdraw_proposal(*, proposed: bool) -> Refusal | None:
    """A proposal is taken back as long as it waits."""
    return refused_if(not proposed, "NOT_PROPOSED")


def why_not_dispose(
    *, state: str, proposed: bool, same_person: bool, stayed: bool, approval: str, number_fits: bool
) -> Refusal | None:
    """T33, the second person: another one, with the number of the approval, and the case's own number typed once more."""
    return first(
        refused_if(state == CaseState.DISPOSED, "ALREADY_DISPOSED"),
        refused_if(not proposed, "NOT_PROPOSED"),
        refused_if(same_person, "APPROVED_BY_THE_PROPOSER"),
        refused_if(stayed, "STAYED"),
        refused_if(not approval.strip(), "APPROVAL_NUMBER_MISSING"),
        refused_if(not number_fits, "NUMBER_DIFFERS"),
    )
