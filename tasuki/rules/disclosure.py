"""緊急閲覧・開示・保護・名寄せ・世帯: acts of the law that guard people (R13–R15, settled 12, 13, 27–32)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container

from tasuki.rules.calendar import add_business_days
from tasuki.rules.refusal import Refusal, first, refused_if

REASON_LENGTH = 20


def why_not_break_glass(*, reason: str, exists: bool, same_reason_again: bool) -> Refusal | None:
    """G7, R14: a reason of twenty characters, a new one the second time; who is barred finds nobody."""
    return first(
        refused_if(len(reason.strip()) < REASON_LENGTH, "REASON_TOO_SHORT", length=REASON_LENGTH),
        refused_if(not exists, "NOBODY"),
        refused_if(same_reason_again, "SAME_REASON_AGAIN"),
    )


def why_not_review(*, reviewed: bool, own: bool) -> Refusal | None:
    """Each break-glass is reviewed once, by somebody else than who opened it."""
    return first(refused_if(reviewed, "ALREADY_REVIEWED"), refused_if(own, "OWN_OPENING"))


def review_by(opened: dt.date, holidays: Container[dt.date]) -> dt.date:
    """R14: within one business day; what is opened on a Friday or in a night before a holiday waits for the next open day."""
    return add_business_days(opened, 1, holidays)


def why_not_disclose(*, others_guarded: bool, exists: bool) -> Refusal | None:
    """Settled 32: not for another person whose address is protected or from whom somebody is barred."""
    return first(refused_if(not exists, "NOBODY"), refused_if(others_guarded, "GUARDED_PERSON"))


def why_not_together(*, both_known: bool, second_person: bool, same: bool) -> Refusal | None:
    """T35: linking two persons and joining two households need two people, and both persons known."""
    return first(
        refused_if(not both_known, "NOBODY"),
        refused_if(same, "SAME_PERSON"),
        refused_if(not second_person, "SECOND_CHECK_MISSING"),
    )


def why_not_bar(*, people: int, barred: int) -> Refusal | None:
    """R15: a bar that keeps nobody from anybody would be believed and guard no one."""
    return first(refused_if(not people, "NOBODY_NAMED"), refused_if(not barred, "BAR_OF_NOBODY"))


def why_not_lift(*, reason: str, second_person: bool, open_: bool) -> Refusal | None:
    """A bar or a protection ends by two people and with a reason; its day of review never ends it by itself (R13)."""
    return first(
        refused_if(not open_, "ALREADY_LIFTED"),
        refused_if(not reason.strip(), "REASON_MISSING"),
        refused_if(not second_person, "SECOND_CHECK_MISSING"),
    )


def why_not_review_protection(*, next_day: dt.date | None, today: dt.date) -> Refusal | None:
    """A protection that goes on is looked at again on a day to come."""
    return refused_if(next_day is None or next_day <= today, "DAY_IS_PAST")


def why_not_consent(*, dead: bool) -> Refusal | None:
    """Settled 13: what somebody allowed in their life stays as it is; nobody allows more after it."""
    return refused_if(dead, "DEAD_CONSENTS_NO_MORE")


def why_not_proxy(*, alleged: bool) -> Refusal | None:
    """Whom a protection names as the alleged perpetrator consents for nobody whom it protects (R13)."""
    return refused_if(alleged, "PROXY_NOT_ALLOWED")


def why_not_move_staff(*, open_cases: int, has_successor: bool) -> Refusal | None:
    """Settled 31: a holder of open cases needs a successor."""
    return refused_if(open_cases > 0 and not has_successor, "SUCCESSOR_MISSING", count=open_cases)


def why_not_scope(*, scope: str, by_hub: bool) -> Refusal | None:
    """HUB_ONLY is written by the hub's staff only."""
    return refused_if(scope == "HUB_ONLY" and not by_hub, "HUB_ONLY_SCOPE")


def why_not_amend(*, reason: str, text: str) -> Refusal | None:
    """訂正 asks why, and keeps the old words."""
    return refused_if(not (reason and text), "REASON_AND_TEXT_MISSING")
