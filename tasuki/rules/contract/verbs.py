"""The verbs about households: for each act its arguments, their shapes and which must be there.

A name that ends in `!` must be given. What every step may carry (`id`, `who`, `case`, `note` …) stands in
`COMMON`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tasuki.rules.profile import codes
from tasuki.rules.profile.shapes import (
    Choice,
    Day,
    Key,
    Moment,
    Record,
    Several,
    Shape,
    Text,
    Truth,
    Whole,
    record,
)

PERSON_KEY = r"[A-Z][A-Z0-9]?"
BIG_KEY = r"[A-Z][A-Z0-9_]+"
SMALL_KEY = r"[a-z][a-z0-9_]*"

PERSON = Key("person", PERSON_KEY)
AGENCY = Key("agency", BIG_KEY)
STAFF = Key("staff", SMALL_KEY)
AGENCY_OR_STAFF = Key("agency|staff", rf"{BIG_KEY}|{SMALL_KEY}")
STEP = Key("step", SMALL_KEY)
ITEM = Key("item", SMALL_KEY)
CONFERENCE = Key("conference", BIG_KEY)
THING = Key("thing", BIG_KEY)
NEW_ID = Key("", SMALL_KEY)
NEW_KEY = Key("", BIG_KEY)

TEXT = Text()
COUNT = Whole(least=0)
DAY = Day()


def some(shape: Shape) -> Several:
    """Give a list of at least one, without doubles."""
    return Several(shape, least=1)


@dataclass(frozen=True)
class Verb:
    """One act: the shape of its step.

    `needs`: of each group of names one must be there, unless the step is refused. `of`: the acts that may have
    made the step that `of` points at; empty where any may have.
    """

    shape: Record
    needs: tuple[tuple[str, ...], ...] = ()
    of: tuple[str, ...] = ()


COMMON: Mapping[str, Shape] = {
    "id": NEW_ID,
    "at!": Moment(),
    "by!": STAFF,
    "do!": TEXT,
    "who": some(PERSON),
    "case": PERSON,
    "class": Choice(codes.CLASSES),
    "scope": Choice(codes.SCOPES),
    "refused": Truth(only=True),
    "why": TEXT,
    "note": TEXT,
}
"""What every step may carry."""


def verb(
    arguments: Mapping[str, Shape],
    must: tuple[str, ...] = (),
    needs: tuple[tuple[str, ...], ...] = (),
    of: tuple[str, ...] = (),
) -> Verb:
    """Give a verb with its own arguments; `must` names the common ones that it cannot do without."""
    shape = record({**COMMON, **arguments})
    return Verb(Record(shape.parts, shape.must | frozenset(must)), needs, of)


WHO = ("who",)

_ROLE = record({"agency!": AGENCY, "what!": TEXT, "due": DAY})
_URGENCY = Choice(("至急", "早期", "通常"))
_YES_NO = Choice(("要", "不要"))
_TOPICS = some(Choice(codes.TOPICS))
_AGENDA_ITEM = record(
    {
        "id!": NEW_ID,
        "about!": some(PERSON),
        "kind!": Choice(codes.CASE_ITEM_KINDS),
        "basis!": Choice((*codes.BASES, "NONE")),
        "invited!": some(STAFF),
        "materials": some(STEP),
        "reason": TEXT,
        "plan": STEP,
        "deputies": some(STAFF),
    }
)
_PLAN: Mapping[str, Shape] = {
    "kind": Choice(("HUB", "OUTREACH", "PARTICIPATION")),
    "direction": TEXT,
    "goals": some(TEXT),
    "roles": some(_ROLE),
    "participation": _YES_NO,
    "outreach": _YES_NO,
}

ENTRANCE: Mapping[str, Verb] = {
    "notice": verb({"place": TEXT, "topics": _TOPICS}, must=("note",)),
    "receive": verb(
        {
            "route!": Choice(codes.ROUTES),
            "referrer": TEXT,
            "topics!": _TOPICS,
            "urgency": _URGENCY,
            "visited_before": COUNT,
            "visitor": PERSON,
        },
        must=WHO,
    ),
    "screen": verb(
        {
            "result!": Choice(("SINGLE", "NETWORK", "REFER", "OUTREACH", "INFO_ONLY", "WATCH", "DROPPED")),
            "reason": TEXT,
            "lead": AGENCY,
        }
    ),
    "assess": verb(
        {
            "by_hub": Truth(),
            "issues": some(
                record(
                    {
                        "who!": PERSON,
                        "code!": TEXT,
                        "status": Choice(("疑い", "確認", "改善", "解消")),
                        "severity": Whole(0, 3),
                    }
                )
            ),
            "formulation": TEXT,
            "wishes": TEXT,
        },
        must=WHO,
    ),
    "note": verb(
        {
            "method": Choice(
                (
                    "来所面談",
                    "訪問",
                    "電話",
                    "メール・オンライン",
                    "同行",
                    "会議",
                    "文書",
                    "所内協議",
                    "見守り確認",
                )
            ),
            "kind!": Choice(("DIRECT", "BACKUP", "LIAISON", "COMMUNITY")),
            "text": TEXT,
            "fact": TEXT,
            "opinion": TEXT,
            "minutes": COUNT,
            "informant_confidential": Truth(),
        }
    ),
    "amend": verb({"of!": STEP, "text!": TEXT, "reason!": TEXT}),
    "consent_get": verb(
        {
            "to!": some(AGENCY),
            "classes!": some(Choice(codes.CLASSES)),
            "excluded": some(AGENCY_OR_STAFF),
            "until": DAY,
            "form!": Choice(("WRITTEN", "ORAL")),
            "proxy": PERSON,
        },
        must=WHO,
    ),
    "consent_refuse": verb({"from!": some(AGENCY)}, must=WHO),
    "consent_withdraw": verb({"from!": some(AGENCY)}, must=WHO),
}
"""From the first notice to consent."""

HANDOVER: Mapping[str, Verb] = {
    "refer": verb(
        {
            "to!": AGENCY,
            "sheet": TEXT,
            "basis!": Choice(("CONSENT", "NO_CONSENT")),
            "reason": TEXT,
            "wants": TEXT,
            "tried": TEXT,
            "warm": Choice(("SENT", "CALLED", "ACCOMPANIED")),
            "urgency": _URGENCY,
        },
        needs=(("wants",), ("tried",)),
    ),
    "accept": verb({"of": STEP}, of=("refer", "hand_back")),
    "accept_jointly": verb({"of": STEP}, of=("refer",)),
    "decline": verb(
        {"of": STEP, "advice": TEXT, "lead": AGENCY, "follow_up": DAY},
        needs=(("advice",), ("lead",), ("follow_up",)),
        of=("refer",),
    ),
    "withdraw_referral": verb({"of": STEP, "reason": TEXT}, of=("refer",)),
    "decide_use": verb({"of": STEP, "result!": Choice(("USE", "NOT_YET")), "reason": TEXT}),
    "hand_back": verb({"to!": AGENCY, "reason!": TEXT}),
    "escalate": verb({"to!": COUNT, "reason": TEXT}),
}
"""The たすき from hand to hand."""

OUTREACH: Mapping[str, Verb] = {
    "start_outreach": verb(
        {"to!": AGENCY, "basis!": Choice((*codes.BASES, "OWN_PURPOSE")), "item": ITEM},
        must=WHO,
    ),
    "visit": verb(
        {
            "result!": Choice(("ABSENT", "LETTER", "THROUGH_DOOR", "MET", "REFUSED")),
            "stage": Choice(
                ("把握", "未接触", "接触", "会話", "信頼関係", "支援受入", "つなぎ", "見守り", "終結", "中断")
            ),
        },
        must=WHO,
    ),
    "watch": verb(
        {
            "watchers!": some(AGENCY),
            "every_days!": Whole(least=1),
            "triggers!": some(TEXT),
            "first_responder!": AGENCY,
        },
        must=WHO,
    ),
    "watch_check": verb({"result!": TEXT}, must=WHO),
    "watch_trigger": verb({"result!": TEXT}, must=WHO),
}

CONFERENCES: Mapping[str, Verb] = {
    "pledge": verb({"until!": DAY}),
    "summon": verb({"conference!": CONFERENCE, "when!": Moment(), "items!": some(_AGENDA_ITEM)}),
    "hold": verb(
        {
            "of!": STEP,
            "present!": some(STAFF),
            "decisions": some(record({"item!": ITEM, "text!": TEXT, "agency": AGENCY, "due": DAY})),
            "opinions": some(record({"item!": ITEM, "agency!": AGENCY, "agrees!": Truth(), "text": TEXT})),
        },
        of=("summon",),
    ),
}

PLANS: Mapping[str, Verb] = {
    "draft_plan": verb({**{f"{name}!": shape for name, shape in _PLAN.items()}, "applied": DAY}, must=WHO),
    "replan": verb(
        {
            **_PLAN,
            "direction!": TEXT,
            "goals!": some(TEXT),
            "roles!": some(_ROLE),
            "applied": DAY,
            "of!": STEP,
        },
        of=("draft_plan", "replan"),
    ),
    "judge_plan": verb(
        {"plan!": STEP, "item!": ITEM, "result!": Choice(("SUITABLE", "SUITABLE_WITH_CHANGES", "RECONSIDER"))}
    ),
    "decide_support": verb({"plan!": STEP, "lead!": AGENCY}),
    "role_progress": verb(
        {
            "plan!": STEP,
            "agency!": AGENCY,
            "state!": Choice(("NOT_STARTED", "UNDER_WAY", "INTRODUCED", "STOPPED")),
        }
    ),
    "monitor": verb({"plan!": STEP, "findings!": TEXT}),
    "evaluate": verb(
        {
            "plan!": STEP,
            "goals!": some(record({"n!": Whole(least=1), "attained!": Choice(("達成", "一部達成", "未達成", "中止"))})),
            "changes": some(TEXT),
            "burden": Whole(1, 5),
            "verdict!": Choice(("CLOSE", "REPLAN", "SUSPEND", "HAND_BACK", "WATCH")),
        }
    ),
}

ENDING: Mapping[str, Verb] = {
    "close": verb(
        {
            "reason!": Choice(codes.CLOSING_REASONS),
            "lead_after": AGENCY,
            "no_lead_reason": TEXT,
            "follow_ups": some(DAY),
            "notified": DAY,
        },
        needs=(("notified",), ("lead_after", "no_lead_reason"), ("follow_ups", "no_lead_reason")),
    ),
    "suspend": verb({"reason!": Choice(("連絡不能", "本人辞退", "入院・入所", "転出予定")), "next_check": DAY}),
    "resume": verb({"reason!": TEXT}),
    "reopen": verb({"reason!": Choice(("再悪化", "新課題", "再相談")), "consent": Choice(("STANDS", "RENEW", "NONE"))}),
    "follow_up": verb({"result!": Choice(("安定", "不安", "再悪化", "連絡不能")), "reason": TEXT}),
    "transfer_out": verb({"to!": TEXT, "basis!": TEXT}),
    "record_death": verb({"died!": DAY}, must=WHO),
    "classify": verb({"retention_class!": TEXT}),
    "archive": verb({}),
    "stay": verb({"kind!": Choice(("PRESERVATION", "DISCLOSURE_REQUEST")), "reason!": TEXT, "since!": DAY}),
    "lift_stay": verb({"of!": STEP, "reason!": TEXT}),
    "propose_disposal": verb({}),
    "withdraw_proposal": verb({}),
    "dispose": verb({"approval!": TEXT}),
}
