"""会議: pledges, summons, sittings. The basis stands on the item; seats follow it (R3–R6, settled 7, 21–24)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tasuki.rules.refusal import Refusal, first, refused_if

PLAN_KINDS = frozenset({"初回プラン適切性", "再プラン"})
ABOUT_A_PLAN = PLAN_KINDS | {"終結評価"}


class Quorum(StrEnum):
    """定足数 of a conference by its own 要綱 (T16); a town that wrote none has none."""

    MORE_THAN_HALF = "MORE_THAN_HALF"
    HALF = "HALF"
    TWO_THIRDS = "TWO_THIRDS"
    THREE_QUARTERS = "THREE_QUARTERS"
    ALL = "ALL"
    NUMBER = "NUMBER"


class QuorumOf(StrEnum):
    """Which agencies the quorum counts: the members of the conference, or those invited to the item."""

    MEMBERS = "MEMBERS"
    INVITED = "INVITED"


_LEAST = {Quorum.HALF: (1, 2), Quorum.TWO_THIRDS: (2, 3), Quorum.THREE_QUARTERS: (3, 4), Quorum.ALL: (1, 1)}


def quorum_needed(quorum: str, *, number: int, counted: int) -> int:
    """Return how many agencies must have been there; 0 where no quorum is written."""
    if not quorum:
        return 0
    match Quorum(quorum):
        case Quorum.NUMBER:
            return number
        case Quorum.MORE_THAN_HALF:
            return counted // 2 + 1
        case share:
            part, whole = _LEAST[share]
            return -(-counted * part // whole)


def why_not_quorum(*, quorum: str, number: int) -> Refusal | None:
    """A quorum by number says the number."""
    return refused_if(quorum == Quorum.NUMBER and number < 1, "QUORUM_NUMBER_MISSING")


@dataclass(frozen=True)
class Guest:
    """What must hold for one invited person on the day of the summons and of the sitting."""

    name: str
    in_office: bool
    member: bool
    barred: bool
    pledged: bool
    consent_reaches: bool
    has_role: bool


def why_not_pledge(*, until_is_past: bool) -> Refusal | None:
    """A pledge whose end lies in the past binds nobody."""
    return refused_if(until_is_past, "DAY_IS_PAST")


def why_not_promote(
    *, basis: str, secretariat: bool, held: bool, without_consent: Sequence[str], text: str
) -> Refusal | None:
    """R5, T10: a minimal summary leaves a sealed item once everybody it is about has consented; nothing else does."""
    return first(
        refused_if(not secretariat, "NOT_YOUR_ROLE"),
        refused_if(basis != "ARTICLE_106_6", "ONLY_FROM_A_SEALED_ITEM"),
        refused_if(not held, "NOT_HELD_YET"),
        refused_if(bool(without_consent), "CONSENT_BEFORE_SUMMARY", name="、".join(without_consent)),
        refused_if(not text.strip(), "SUMMARY_MISSING"),
    )


def why_not_guest(guest: Guest, *, basis: str, kind: str) -> Refusal | None:
    """R3, R4, R13: a member in office, not barred; with a pledge for 106条の6, within the consent otherwise."""
    return first(
        refused_if(not guest.in_office, "GUEST_NOT_IN_OFFICE", name=guest.name),
        refused_if(guest.barred, "GUEST_BARRED", name=guest.name),
        refused_if(not guest.member, "GUEST_NO_MEMBER", name=guest.name),
        refused_if(basis == "ARTICLE_106_6" and not guest.pledged, "PLEDGE_MISSING", name=guest.name),
        refused_if(basis == "CONSENT" and not guest.consent_reaches, "CONSENT_DOES_NOT_REACH_GUEST", name=guest.name),
        refused_if(basis == "CONSENT" and kind in PLAN_KINDS and not guest.has_role, "ROLE_MISSING", name=guest.name),
    )


def why_not_item(  # noqa: PLR0913  the conditions of T13 and T14
    *,
    purposes: Sequence[str],
    bases: Sequence[str],
    basis: str,
    kind: str,
    reason: str,
    has_plan: bool,
    known: bool,
    barred: bool,
    guests: Iterable[Guest],
) -> Refusal | None:
    """T13, T14: a conference for cases with that basis, a reason without consent (R12), people who are known."""
    return first(
        refused_if("CASE" not in purposes, "NO_CASE_CONFERENCE"),
        refused_if(basis not in bases and basis != "NONE", "BASIS_NOT_ALLOWED"),
        refused_if(barred or not known, "NOBODY"),
        refused_if(basis == "ARTICLE_106_6" and not reason, "REASON_MISSING"),
        refused_if(kind in ABOUT_A_PLAN and not has_plan, "PLAN_MISSING"),
        *(why_not_guest(guest, basis=basis, kind=kind) for guest in guests),
    )


def why_not_hold(*, state: str, too_early: bool, strangers: Sequence[str]) -> Refusal | None:
    """Present are only invited persons, deputies and the secretariat."""
    return first(
        refused_if(state != "SUMMONED", "ALREADY_HELD"),
        refused_if(too_early, "BEFORE_ITS_TIME"),
        refused_if(bool(strangers), "NOT_INVITED", name="、".join(strangers)),
    )


def why_not_meeting(*, names_people: bool) -> Refusal | None:
    """R8: a meeting that deals with no case names no person."""
    return refused_if(names_people, "NO_PERSON_IN_MEETING")
