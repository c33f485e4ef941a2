"""Which acts are possible now, from the same rules that the actions ask: the button and the reason beside it."""

from __future__ import annotations

from collections.abc import Sequence

from tasuki.queries.case import CaseHead, PlanLine, ReferralLine
from tasuki.records.asker import Asker
from tasuki.rules.case import is_over, why_not_close, why_not_follow_up, why_not_reopen, why_not_resume, why_not_suspend
from tasuki.rules.consultation import why_not_screen
from tasuki.rules.keeping import KEPT
from tasuki.rules.permission import CALLERS, PLANNERS, WRITERS, P, why_not_role
from tasuki.rules.plan import PlanKind, why_not_draft
from tasuki.rules.referral import CaseStanding, why_not_decide_use, why_not_hand_back, why_not_refer
from tasuki.rules.refusal import Refusal, first, refused_if

Possible = dict[str, Refusal | None]


def acts_on_case(
    by: Asker, case: CaseHead, plans: Sequence[PlanLine], referrals: Sequence[ReferralLine], *, assessed: bool
) -> Possible:
    """Return every act of a case and why it is not possible now; None when it is. On a case that is put away there is none.

    What a form will ask is taken as given: the form itself refuses what is missing.
    """
    if case.state in KEPT:
        return {}
    standing = CaseStanding(
        state=case.state, screened=bool(case.screened_as), held_by_asker=case.holder == by.agency,
        open_referral=any(one.state == "OFFERED" for one in referrals),
    )  # fmt: skip
    over = is_over(case.state)
    write = why_not_role(by.sets, WRITERS)
    ended = refused_if(over, "CASE_ENDED")
    return {
        "notes": why_not_role(by.sets, WRITERS, "NOT_A_WRITER"),
        "screening": first(write, _screen(standing)),
        "assessments": first(write, ended),
        "referrals": first(write, _refer(standing)),
        "agenda": first(why_not_role(by.sets, CALLERS), ended),
        "plans": first(why_not_role(by.sets, PLANNERS[PlanKind.HUB]), _draft(case, assessed=assessed)),
        "visits": write,
        "outreach": first(write, ended),
        "watches": write,
        "participation": write,
        "hand-back": first(why_not_role(by.sets, WRITERS | CALLERS), _hand_back(by, case, standing, plans)),
        "use-decision": why_not_decide_use(
            may_decide=by.may(P.CITY), contractor=by.contractor, accepted=case.hub is not None
        ),
        "closing": _close(by, case, plans),
        **_asleep(case, write),
        "reopening": first(
            write, why_not_reopen(state=case.state, reason="-", consent="NONE", stands=True, renewed=True)
        ),
        "follow-ups": first(write, why_not_follow_up(state=case.state)),
        "transfer": first(write, ended),
    }


def _asleep(case: CaseHead, write: Refusal | None) -> Possible:
    awake = first(write, why_not_resume(state=case.state))
    falls = why_not_suspend(state=case.state, reason="-", has_next_check=True, check_is_past=False)
    return {"suspension": first(write, falls), "suspension-check": awake, "resumption": awake}


def _screen(standing: CaseStanding) -> Refusal | None:
    return why_not_screen(
        state=standing.state,
        held_by_asker=standing.held_by_asker,
        result="REFER",
        reason="-",
        has_lead=True,
        lead_is_holder=True,
    )


def _refer(standing: CaseStanding) -> Refusal | None:
    return why_not_refer(
        standing, basis="CONSENT", reason="", wants="-", tried="-", consent_reaches=True, receiver_contract_ended=False,
        receiver_barred=False, receiver_is_sender=False, only_by_item=False,
    )  # fmt: skip


def _draft(case: CaseHead, *, assessed: bool) -> Refusal | None:
    return why_not_draft(case_over=is_over(case.state), assessed=assessed, use_undecided=False, goals=1, direction="-")


def _hand_back(by: Asker, case: CaseHead, standing: CaseStanding, plans: Sequence[PlanLine]) -> Refusal | None:
    decided = [one for one in plans if one.state == "DECIDED"]
    return why_not_hand_back(
        standing, by_hub=by.is_hub and case.hub == by.agency, has_decided_plan=bool(decided),
        evaluated=any(one.verdict == "HAND_BACK" for one in plans), item_held=True, receiver_contract_ended=False,
        receiver_barred=False, receiver_is_sender=False,
    )  # fmt: skip


def _close(by: Asker, case: CaseHead, plans: Sequence[PlanLine]) -> Refusal | None:
    undone = [
        r for one in plans if one.state == "DECIDED" for r in one.roles if r["state"] not in {"INTRODUCED", "STOPPED"}
    ]
    return why_not_close(
        state=case.state, may_decide=by.may(P.CITY) and not by.contractor, lead_and_follow_ups=True, no_lead_reason="",
        notified=True, evaluated=any(one.verdict == "CLOSE" for one in plans), roles_done=not undone, item_held=True,
        lead_can_hold=True, a_day_is_past=False,
    )  # fmt: skip
