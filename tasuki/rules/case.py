"""The states of a case and its late transitions: closing, suspension, resumption, reopening (T24–T31)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from tasuki.rules.refusal import Refusal, first, refused_if


class CaseState(StrEnum):
    """Where a case is (domain 3.3). Strands (outreach, participation) have states of their own."""

    INTAKE = "INTAKE"
    SCREENED = "SCREENED"
    SINGLE = "SINGLE"
    NETWORK = "NETWORK"
    WATCH = "WATCH"
    REFERRED = "REFERRED"
    HUB_ACCEPTED = "HUB_ACCEPTED"
    ASSESSING = "ASSESSING"
    PLAN_DRAFT = "PLAN_DRAFT"
    IN_CONFERENCE = "IN_CONFERENCE"
    PLAN_DECIDED = "PLAN_DECIDED"
    SUPPORTING = "SUPPORTING"
    MONITORING = "MONITORING"
    EVALUATING = "EVALUATING"
    SUSPENDED = "SUSPENDED"
    REOPENED = "REOPENED"
    ENDED = "ENDED"
    RETURNED = "RETURNED"
    CLOSED = "CLOSED"
    ARCHIVED = "ARCHIVED"
    DISPOSED = "DISPOSED"


OVER = frozenset({CaseState.ENDED, CaseState.RETURNED, CaseState.CLOSED, CaseState.ARCHIVED, CaseState.DISPOSED})


def is_over(state: str) -> bool:
    """Closed, handed back, ended before it became a hub case; or put away since."""
    return state in OVER


def why_not_close(  # noqa: PLR0913  the conditions of T24
    *,
    state: str,
    may_decide: bool,
    lead_and_follow_ups: bool,
    no_lead_reason: str,
    notified: bool,
    evaluated: bool,
    roles_done: bool,
    item_held: bool,
    lead_can_hold: bool,
    a_day_is_past: bool,
) -> Refusal | None:
    """T24: confirmed by the decision officer, when everything that ends is said.

    Evaluation, the roles done, the held item, who leads afterwards with follow-up days (or why nobody needs
    to), and the notice to the person.
    """
    return first(
        refused_if(is_over(state), "CASE_ENDED"),
        refused_if(not may_decide, "ONLY_THE_DECIDER_CLOSES"),
        refused_if(not evaluated, "CLOSE_BEFORE_EVALUATION"),
        refused_if(not roles_done, "ROLES_UNFINISHED"),
        refused_if(not item_held, "CLOSING_ITEM_MISSING"),
        refused_if(not (lead_and_follow_ups or no_lead_reason), "LEAD_AFTER_MISSING"),
        refused_if(not lead_can_hold, "LEAD_CANNOT_HOLD"),
        refused_if(a_day_is_past, "DAY_IS_PAST"),
        refused_if(not notified, "NOTICE_TO_PERSON_MISSING"),
    )


def why_not_suspend(*, state: str, reason: str, has_next_check: bool, check_is_past: bool) -> Refusal | None:
    """T26: a reason and the day of the next check, which is to come."""
    return first(
        refused_if(is_over(state) or state == CaseState.SUSPENDED, "CASE_ENDED_OR_SUSPENDED"),
        refused_if(not reason, "REASON_MISSING"),
        refused_if(not has_next_check, "NEXT_CHECK_MISSING"),
        refused_if(check_is_past, "DAY_IS_PAST"),
    )


def why_not_check(*, state: str, text: str, has_next_check: bool, check_is_past: bool) -> Refusal | None:
    """T26: what was found out during a suspension, and the day of the check after it: nothing sleeps for ever."""
    return first(
        why_not_resume(state=state),
        refused_if(not text.strip(), "CHECK_EMPTY"),
        refused_if(not has_next_check, "NEXT_CHECK_MISSING"),
        refused_if(check_is_past, "DAY_IS_PAST"),
    )


def why_not_resume(*, state: str) -> Refusal | None:
    """Settled 2: only what is suspended resumes."""
    return refused_if(state != CaseState.SUSPENDED, "NOT_SUSPENDED")


def why_not_reopen(*, state: str, reason: str, consent: str, stands: bool, renewed: bool) -> Refusal | None:
    """T30: a reason and a new look at the consent: it stands, was renewed since the end, or there is none."""
    return first(
        refused_if(not is_over(state), "CASE_STILL_OPEN"),
        refused_if(state in {CaseState.ARCHIVED, CaseState.DISPOSED}, "CASE_ARCHIVED"),
        refused_if(not reason, "REASON_MISSING"),
        refused_if(consent not in {"STANDS", "RENEW", "NONE"}, "CONSENT_UNCHECKED"),
        refused_if(consent == "STANDS" and not stands, "CONSENT_DOES_NOT_STAND"),
        refused_if(consent == "RENEW" and not renewed, "CONSENT_NOT_RENEWED"),
    )


def why_not_follow_up(*, state: str) -> Refusal | None:
    """T29: after closing or つなぎもどし."""
    return refused_if(state not in {CaseState.CLOSED, CaseState.RETURNED}, "FOLLOW_UP_BEFORE_END")


def why_not_record_death(*, is_to_come: bool) -> Refusal | None:
    """A death is recorded when it has happened."""
    return refused_if(is_to_come, "DEATH_TO_COME")


TRANSFER_BY_CONSENT = "本人同意"
"""The basis of a transfer that is no law: it carries only those who have consented."""


def why_not_transfer(*, state: str, basis: str, without_consent: Sequence[str] = ()) -> Refusal | None:
    """T31: consent or a legal basis for the other municipality; by consent, of everybody whom the papers shall tell of."""
    return first(
        refused_if(is_over(state), "CASE_ENDED"),
        refused_if(not basis.strip(), "BASIS_MISSING"),
        refused_if(bool(without_consent), "CONSENT_BEFORE_TRANSFER", name="・".join(without_consent)),
    )
