"""Enumerations that more than one room needs: data classes, scopes, grounds, bases, record kinds."""

from __future__ import annotations

from enum import StrEnum


class DataClass(StrEnum):
    """情報の種類. All but BASIC need an explicit tick in a consent (R11, 要配慮個人情報)."""

    BASIC = "BASIC"
    HEALTH = "HEALTH"
    DISABILITY = "DISABILITY"
    FINANCE = "FINANCE"
    WORK_EDUCATION = "WORK_EDUCATION"
    FAMILY = "FAMILY"
    CRIME = "CRIME"
    DV = "DV"
    CHILD_PROTECTION = "CHILD_PROTECTION"


class Scope(StrEnum):
    """共有範囲 of a record: the own agency, the case team as the law allows, or the hub only."""

    OWN_AGENCY = "OWN_AGENCY"
    CASE_TEAM = "CASE_TEAM"
    HUB_ONLY = "HUB_ONLY"


class Ground(StrEnum):
    """The ground on which somebody sees something, in the order of settled 18."""

    HOLDER = "HOLDER"
    CONSENT = "CONSENT"
    ARTICLE_106_6 = "ARTICLE_106_6"
    REFERRAL = "REFERRAL"
    INTERNAL = "INTERNAL"
    LAW = "LAW"
    OWN_NOTICE = "OWN_NOTICE"
    WROTE = "WROTE"
    EMERGENCY = "EMERGENCY"

    @property
    def shown(self) -> Ground:
        """What the screen says: WROTE (the own agency has later records only) is shown as HOLDER."""
        return Ground.HOLDER if self is Ground.WROTE else self


class Basis(StrEnum):
    """根拠 of an agenda item, a つなぎ or an outreach."""

    CONSENT = "CONSENT"
    NO_CONSENT = "NO_CONSENT"
    ARTICLE_106_6 = "ARTICLE_106_6"
    OWN_PURPOSE = "OWN_PURPOSE"
    NONE = "NONE"


class Kind(StrEnum):
    """What a record is: each act that writes something about people makes one."""

    NOTICE = "NOTICE"
    RECEIVE = "RECEIVE"
    SCREENING = "SCREENING"
    ASSESSMENT = "ASSESSMENT"
    NOTE = "NOTE"
    AMENDMENT = "AMENDMENT"
    CONSENT = "CONSENT"
    REFUSAL = "REFUSAL"
    WITHDRAWAL = "WITHDRAWAL"
    REFERRAL = "REFERRAL"
    HAND_BACK = "HAND_BACK"
    ANSWER = "ANSWER"
    USE_DECISION = "USE_DECISION"
    OUTREACH = "OUTREACH"
    VISIT = "VISIT"
    SUMMONS = "SUMMONS"
    SITTING = "SITTING"
    SUMMARY = "SUMMARY"
    PLAN = "PLAN"
    JUDGEMENT = "JUDGEMENT"
    DECISION = "DECISION"
    PROGRESS = "PROGRESS"
    MONITORING = "MONITORING"
    EVALUATION = "EVALUATION"
    CLOSING = "CLOSING"
    SUSPENSION = "SUSPENSION"
    RESUMPTION = "RESUMPTION"
    REOPENING = "REOPENING"
    FOLLOW_UP = "FOLLOW_UP"
    TRANSFER = "TRANSFER"
    DEATH = "DEATH"
    WATCH = "WATCH"
    WATCH_CHECK = "WATCH_CHECK"
    WATCH_TRIGGER = "WATCH_TRIGGER"
    PARTICIPATION = "PARTICIPATION"
    ADVICE = "ADVICE"
    BREAK_GLASS = "BREAK_GLASS"
    REVIEW = "REVIEW"
    PROVISION = "PROVISION"
    DISCLOSURE = "DISCLOSURE"
    PROTECTION = "PROTECTION"
    BAR = "BAR"
    LINK = "LINK"
    UNLINK = "UNLINK"
    HOUSEHOLD = "HOUSEHOLD"
    KINSHIP = "KINSHIP"
    MEETING = "MEETING"
    PLEDGE = "PLEDGE"
    RESOURCE = "RESOURCE"
    STAFF_MOVE = "STAFF_MOVE"


# Grounds that need no record of their own: a record of these kinds shows who wrote it as HOLDER late (settled 18).
WRITTEN_KINDS = frozenset({Kind.NOTE, Kind.VISIT, Kind.ASSESSMENT, Kind.PLAN})
