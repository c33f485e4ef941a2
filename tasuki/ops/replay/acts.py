"""From a step of the contract to an action: which verb is played by which function."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from tasuki.actions import participation as participation_acts
from tasuki.actions import person as person_acts
from tasuki.ops.replay import verbs_case as of_case
from tasuki.ops.replay import verbs_guard as of_guard
from tasuki.ops.replay import verbs_keeping as of_keeping
from tasuki.ops.replay import verbs_relay as of_relay
from tasuki.ops.replay.turn import NotPlayedYet, Turn

_ACTS = (
    of_case.notice,
    of_case.receive,
    of_case.screen,
    of_case.assess,
    of_case.note,
    of_case.amend,
    of_case.close,
    of_case.suspend,
    of_case.resume,
    of_case.reopen,
    of_case.follow_up,
    of_case.transfer_out,
    of_case.record_death,
    of_case.advise,
    of_relay.refer,
    of_relay.accept,
    of_relay.accept_jointly,
    of_relay.decline,
    of_relay.withdraw_referral,
    of_relay.decide_use,
    of_relay.hand_back,
    of_relay.start_outreach,
    of_relay.visit,
    of_relay.pledge,
    of_relay.summon,
    of_relay.hold,
    of_relay.draft_plan,
    of_relay.replan,
    of_relay.judge_plan,
    of_relay.decide_support,
    of_relay.role_progress,
    of_relay.monitor,
    of_relay.evaluate,
    of_relay.hold_meeting,
    of_guard.consent_get,
    of_guard.consent_refuse,
    of_guard.consent_withdraw,
    of_guard.break_glass,
    of_guard.review_break_glass,
    of_guard.provide_outside,
    of_guard.disclose,
    of_guard.protect_address,
    of_guard.bar,
    of_guard.split_household,
    of_guard.move_staff,
    of_guard.watch,
    of_guard.watch_check,
    of_guard.watch_trigger,
    of_guard.host_follow_up,
    of_guard.confirm_resource,
    of_guard.register_gap,
    of_guard.start_resource_project,
    of_guard.set_programme,
    of_keeping.classify,
    of_keeping.archive,
    of_keeping.stay,
    of_keeping.lift_stay,
    of_keeping.propose_disposal,
    of_keeping.withdraw_proposal,
    of_keeping.dispose,
)
VERBS: dict[str, Callable[[Turn], UUID]] = {
    **{one.__name__: one for one in _ACTS},
    **dict.fromkeys(("register_resource", "register_host", "launch_resource"), of_guard.resource),
    **dict.fromkeys(participation_acts.STEPS, of_guard.participation),
    "link_persons": lambda t: of_guard.two(t, person_acts.link_persons),
    "unlink_persons": lambda t: of_guard.two(t, person_acts.unlink_persons),
    "join_households": lambda t: of_guard.two(t, person_acts.join_households),
}


def act(turn: Turn) -> UUID:
    """Play one step and return what it made. Raises what the action raises, and NotPlayedYet."""
    verb = VERBS.get(turn.step.do)
    if verb is None:
        raise NotPlayedYet(turn.step.do)
    return verb(turn)
