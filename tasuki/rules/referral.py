"""つなぎ: offering, answering, handing back. The たすき moves only when somebody accepts (T06–T08, T19, T25)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tasuki.rules.case import is_over
from tasuki.rules.refusal import Refusal, first, refused_if


class ReferralState(StrEnum):
    """Where an offer stands."""

    OFFERED = "OFFERED"
    ACCEPTED = "ACCEPTED"
    JOINED = "JOINED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True)
class CaseStanding:
    """Where a case stands, as far as the rules of the relay ask."""

    state: str
    screened: bool
    held_by_asker: bool
    open_referral: bool

    @property
    def open(self) -> bool:
        """Neither closed, handed back, ended nor put away since."""
        return not is_over(self.state)


def why_not_refer(  # noqa: PLR0913  each fact is one line of the つなぐシート
    case: CaseStanding,
    *,
    basis: str,
    reason: str,
    wants: str,
    tried: str,
    consent_reaches: bool,
    receiver_contract_ended: bool,
    receiver_barred: bool,
    receiver_is_sender: bool,
    only_by_item: bool,
) -> Refusal | None:
    """T06: the holder, after screening, one open referral at a time.

    With what was tried and what is asked, and on consent that reaches the receiver or with the reason why
    there is none (R12); in a town that wants it so, without consent only as an item of 支援会議 (settled 4).
    """
    return first(
        refused_if(not case.open or case.state == "SUSPENDED", "CASE_ENDED_OR_SUSPENDED"),
        refused_if(not case.screened, "BEFORE_SCREENING"),
        refused_if(not case.held_by_asker, "ONLY_THE_HOLDER_REFERS"),
        refused_if(case.open_referral, "REFERRAL_UNANSWERED"),
        refused_if(receiver_is_sender, "REFERRAL_TO_ONESELF"),
        refused_if(not (tried and wants), "TRIED_AND_WANTS_MISSING"),
        refused_if(receiver_contract_ended, "CONTRACT_ENDED"),
        refused_if(basis == "NO_CONSENT" and only_by_item, "NO_CONSENT_ONLY_BY_ITEM"),
        refused_if(basis == "NO_CONSENT" and not reason, "NO_CONSENT_WITHOUT_REASON"),
        refused_if(receiver_barred, "CANNOT_BE_TOLD"),
        refused_if(basis == "CONSENT" and not consent_reaches, "CONSENT_DOES_NOT_REACH"),
    )


def why_not_answer(*, state: str, to_asker: bool) -> Refusal | None:
    """Only the agency asked answers, once."""
    return first(
        refused_if(not to_asker, "NOT_THE_ADDRESSEE"),
        refused_if(state != ReferralState.OFFERED, "ALREADY_ANSWERED"),
    )


def why_not_take(*, case_state: str) -> Refusal | None:
    """Settled 25: what has ended while the offer waited is taken up by a reopening, not by accepting."""
    return refused_if(is_over(case_state), "CASE_ENDED")


def why_not_decline(*, advice: str, has_lead: bool, has_follow_up: bool, follow_up_is_past: bool) -> Refusal | None:
    """T08: no plain refusal: advice, a named lead agency and a day to follow up."""
    return first(
        refused_if(not (advice and has_lead and has_follow_up), "DECLINE_WITHOUT_ADVICE"),
        refused_if(follow_up_is_past, "DAY_IS_PAST"),
    )


def why_not_withdraw(*, state: str, by_sender: bool) -> Refusal | None:
    """Only the sender withdraws an offer, and only an unanswered one."""
    return first(
        refused_if(not by_sender, "NOT_THE_SENDER"),
        refused_if(state != ReferralState.OFFERED, "ALREADY_ANSWERED"),
    )


def why_not_hand_back(
    case: CaseStanding, *, by_hub: bool, has_decided_plan: bool, evaluated: bool, item_held: bool,
    receiver_contract_ended: bool, receiver_barred: bool, receiver_is_sender: bool,
) -> Refusal | None:  # fmt: skip
    """T25, settled 1: with a decided plan, evaluation (つなぎもどし) and a held item come first; to somebody who can accept it."""
    return first(
        refused_if(not case.open, "CASE_ENDED"),
        refused_if(not (by_hub or case.held_by_asker), "ONLY_THE_HOLDER_HANDS_BACK"),
        refused_if(case.open_referral, "REFERRAL_UNANSWERED"),
        refused_if(has_decided_plan and not (evaluated and item_held), "HAND_BACK_BEFORE_EVALUATION"),
        refused_if(receiver_is_sender, "REFERRAL_TO_ONESELF"),
        refused_if(receiver_contract_ended, "CONTRACT_ENDED"),
        refused_if(receiver_barred, "CANNOT_BE_TOLD"),
    )


def why_not_decide_use(*, may_decide: bool, contractor: bool, accepted: bool) -> Refusal | None:
    """D1 受理・利用決定 lies with a decision officer of the city, never a contractor (settled 8)."""
    return first(
        refused_if(not may_decide or contractor, "NOT_THE_DECIDER"),
        refused_if(not accepted, "NOT_ACCEPTED_YET"),
    )
