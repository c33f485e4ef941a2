"""プラン: draft, judgement, decision, progress, evaluation, re-plan (T12–T23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tasuki.rules.permission import P
from tasuki.rules.refusal import Refusal, first, refused_if


class PlanKind(StrEnum):
    """Whose plan it is: F05, F06, F07."""

    HUB = "HUB"
    OUTREACH = "OUTREACH"
    PARTICIPATION = "PARTICIPATION"


class PlanState(StrEnum):
    """Where a version of a plan stands."""

    DRAFT = "DRAFT"
    JUDGED = "JUDGED"
    DECIDED = "DECIDED"
    ENDED = "ENDED"


class RoleState(StrEnum):
    """役割の進み."""

    NOT_STARTED = "NOT_STARTED"
    UNDER_WAY = "UNDER_WAY"
    INTRODUCED = "INTRODUCED"
    STOPPED = "STOPPED"


DONE = frozenset({RoleState.INTRODUCED, RoleState.STOPPED})
SUITABLE = frozenset({"SUITABLE", "SUITABLE_WITH_CHANGES"})


def why_not_draft(
    *, case_over: bool, assessed: bool, use_undecided: bool, goals: int, direction: str
) -> Refusal | None:
    """T12: at least one issue and a 見立て; where the city decides the use (D1), not before it did."""
    return first(
        refused_if(case_over, "CASE_ENDED"),
        refused_if(not assessed, "ASSESSMENT_MISSING"),
        refused_if(use_undecided, "USE_UNDECIDED"),
        refused_if(not (direction and goals), "DIRECTION_AND_GOALS_MISSING"),
    )


def why_not_replan(*, case_over: bool, verdict: str) -> Refusal | None:
    """T23, settled 6: after an evaluation that says 再プラン."""
    return first(refused_if(case_over, "CASE_ENDED"), refused_if(verdict != "REPLAN", "REPLAN_BEFORE_EVALUATION"))


@dataclass(frozen=True)
class Attendance:
    """How many agencies were there, and how many the conference's own rule needs (定足数; 0 where it has none)."""

    here: int = 0
    needed: int = 0


def why_not_judge(
    *, result: str, item_held: bool, of_this_plan: bool, attendance: Attendance, missing: Sequence[str], opinion: bool
) -> Refusal | None:
    """適切 is judged in a held item about this plan, with quorum and every role's agreement; 再検討 says what is amiss (T15)."""
    return first(
        refused_if(not of_this_plan, "OTHER_PLAN"),
        refused_if(not item_held, "NOT_HELD_YET"),
        refused_if(
            result in SUITABLE and attendance.here < attendance.needed,
            "QUORUM_MISSING",
            here=attendance.here,
            needed=attendance.needed,
        ),
        refused_if(result in SUITABLE and bool(missing), "AGREEMENT_MISSING", name="、".join(missing)),
        refused_if(result not in SUITABLE and not opinion, "OPINION_MISSING"),
    )


class Decider(StrEnum):
    """Who decides the support (D2), and when: the officer after the conference or before it, or the conference itself."""

    CITY_AFTER = "city_after"
    CITY_BEFORE = "city_before"
    CONFERENCE = "conference"


def deciders(decider: str) -> frozenset[P]:
    """Return who may decide: the officer; and where the conference decides, who chairs it or keeps its record."""
    return frozenset({P.CITY, P.CHAIR, P.COORD}) if decider == Decider.CONFERENCE else frozenset({P.CITY})


def why_not_decide(
    *, may_decide: bool, contractor: bool, judged: bool, applied: bool, state: str, case_over: bool, lead_can_hold: bool
) -> Refusal | None:
    """T16, D2: the configured decider, never a contractor; with the person's application.

    `judged` is the conference's judgement; where the officer decides before the conference it is taken as given.
    """
    return first(
        refused_if(not may_decide or contractor, "NOT_THE_DECIDER"),
        refused_if(case_over, "CASE_ENDED"),
        refused_if(state in {PlanState.DECIDED, PlanState.ENDED}, "PLAN_ALREADY_DECIDED"),
        refused_if(not judged, "NOT_JUDGED_YET"),
        refused_if(not applied, "APPLICATION_MISSING"),
        refused_if(not lead_can_hold, "LEAD_CANNOT_HOLD"),
    )


def why_not_progress(*, has_role: bool, decided: bool) -> Refusal | None:
    """A role that stands in a decided plan moves on."""
    return first(refused_if(not has_role, "NO_SUCH_ROLE"), refused_if(not decided, "PLAN_NOT_DECIDED"))


def why_not_monitor(*, decided: bool) -> Refusal | None:
    """T18, T22: only what was decided is monitored and evaluated."""
    return refused_if(not decided, "PLAN_NOT_DECIDED")
