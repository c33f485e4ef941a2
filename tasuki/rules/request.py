"""資料提供依頼: what an agency may be asked for a sealed item, and how it answers (法106条の6第3項・第4項, R7, F14)."""

from __future__ import annotations

from enum import StrEnum

from tasuki.rules.refusal import Refusal, first, refused_if


class RequestState(StrEnum):
    """Where a request stands. DECLINED is an answer too: the law asks to endeavour, it does not compel."""

    ASKED = "ASKED"
    ANSWERED = "ANSWERED"
    DECLINED = "DECLINED"


def why_not_request(
    *, basis: str, secretariat: bool, scope: str, reason: str, barred: bool, contract_ended: bool, name: str
) -> Refusal | None:
    """The secretariat asks, for a sealed item only, says what and why, and never who must be told nothing (R13)."""
    return first(
        refused_if(not secretariat, "NOT_YOUR_ROLE"),
        refused_if(basis != "ARTICLE_106_6", "REQUEST_ONLY_FOR_SEALED_ITEM"),
        refused_if(barred, "CANNOT_BE_TOLD"),
        refused_if(contract_ended, "CONTRACT_ENDED", name=name),
        refused_if(not (scope.strip() and reason.strip()), "REQUEST_SCOPE_MISSING"),
    )


def why_not_answer(*, state: str, declines: bool, answer: str, records: int) -> Refusal | None:
    """An answer comes once: words or records, or the reason why nothing can be given."""
    return first(
        refused_if(state != RequestState.ASKED, "REQUEST_ALREADY_ANSWERED"),
        refused_if(declines and not answer.strip(), "REASON_MISSING"),
        refused_if(not declines and not answer.strip() and not records, "ANSWER_EMPTY"),
    )
