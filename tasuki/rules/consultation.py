"""受付・振り分け: what a reception and a screening must have, and what follows (T01–T05)."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum

from tasuki.rules.case import CaseState, is_over
from tasuki.rules.name import phone_digits
from tasuki.rules.refusal import Refusal, first, refused_if


class Screening(StrEnum):
    """振り分け. 「断る」 is none of them (S2-27)."""

    SINGLE = "SINGLE"
    NETWORK = "NETWORK"
    REFER = "REFER"
    OUTREACH = "OUTREACH"
    INFO_ONLY = "INFO_ONLY"
    WATCH = "WATCH"
    DROPPED = "DROPPED"


class Call(StrEnum):
    """Which way a telephone call went (F08 方法 電話 発・受)."""

    MADE = "MADE"
    TAKEN = "TAKEN"
    UNANSWERED = "UNANSWERED"


BY_TELEPHONE = "電話"
_NUMBER = re.compile(r"[\d+＋#＃()（）\s‐‑–—−ー-]+")
ENDS = frozenset({Screening.INFO_ONLY, Screening.DROPPED})
# Where a case stands before the hub. What the hub has accepted, or what is suspended, is not sorted anew.
TO_SCREEN = frozenset(
    {CaseState.INTAKE, CaseState.SCREENED, CaseState.SINGLE, CaseState.NETWORK, CaseState.WATCH, CaseState.REOPENED}
)


def why_not_born(born: str) -> Refusal | None:
    """Refuse a day of birth that does not exist; month and day may be unknown (1995-00-00), the text may be empty."""
    if not born:
        return None
    year, _, rest = born.partition("-")
    if "00" in rest.split("-"):
        return refused_if(not (year.isdigit() and len(year) == 4), "NO_SUCH_DAY", day=born)
    try:
        dt.date.fromisoformat(born)
    except ValueError:
        return refused_if(True, "NO_SUCH_DAY", day=born)  # noqa: FBT003
    return None


def why_not_call(*, call: str, number: str, method: str, guarded: bool) -> Refusal | None:
    """A call has a direction and is by telephone; its number is one, and not of somebody whose telephone is protected (6.1)."""
    return first(
        refused_if(bool(number) and not call, "CALL_UNSAID"),
        refused_if(bool(call) and method not in {"", BY_TELEPHONE}, "CALL_BY_OTHER_MEANS", method=method),
        refused_if(
            bool(number) and not (_NUMBER.fullmatch(number) and 3 <= len(phone_digits(number)) <= 15),
            "NO_TELEPHONE_NUMBER", number=number,
        ),
        refused_if(bool(number) and guarded, "NUMBER_PROTECTED"),
    )  # fmt: skip


def why_not_receive(*, people: int, topics: int, route: str) -> Refusal | None:
    """T02: somebody (identity may be unknown), a route, at least one topic; 制度の狭間 is a topic too."""
    return first(
        refused_if(people == 0, "NOBODY_NAMED"),
        refused_if(not route, "ROUTE_MISSING"),
        refused_if(topics == 0, "TOPIC_MISSING"),
    )


def why_not_screen(
    *, state: str, held_by_asker: bool, result: str, reason: str, has_lead: bool, lead_is_holder: bool
) -> Refusal | None:
    """T03–T05: by the holder, before the hub; alone needs a lead, an end a reason. No screening hands the たすき to another agency."""
    return first(
        refused_if(is_over(state), "CASE_ENDED"),
        refused_if(state not in TO_SCREEN, "PAST_SCREENING"),
        refused_if(not held_by_asker, "ONLY_THE_HOLDER_SCREENS"),
        refused_if(result == Screening.SINGLE and not has_lead, "LEAD_MISSING"),
        refused_if(result == Screening.SINGLE and not lead_is_holder, "LEAD_BY_REFERRAL"),
        refused_if(result in ENDS and not reason, "REASON_MISSING"),
    )
