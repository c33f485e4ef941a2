"""The verbs about persons' rights, resources and the municipality itself, and the table of all verbs."""

from collections.abc import Mapping

from tasuki.rules.contract.verbs import (
    AGENCY,
    AGENCY_OR_STAFF,
    BIG_KEY,
    CONFERENCES,
    COUNT,
    DAY,
    ENDING,
    ENTRANCE,
    HANDOVER,
    NEW_KEY,
    OUTREACH,
    PERSON,
    PLANS,
    STAFF,
    STEP,
    TEXT,
    THING,
    WHO,
    Verb,
    some,
    verb,
)
from tasuki.rules.profile import codes
from tasuki.rules.profile.shapes import (
    Anything,
    Choice,
    Either,
    Key,
    Number,
    Several,
    Table,
    Text,
    Truth,
    Whole,
    record,
)

_TEXTS = Several(TEXT, least=1, distinct=False)
_LATER_CONFERENCE = Key("conference", BIG_KEY, firm=False)
_LATER_STEP = Key("step", r"[a-z][a-z0-9_]*", firm=False)
_MEETING = Key("meeting", BIG_KEY, firm=False)
_THEME = Key("theme", BIG_KEY, firm=False)
_ISSUE = Key("issue", BIG_KEY, firm=False)
_RESOURCE = record({"key!": NEW_KEY, "name!": TEXT, "kind": TEXT, "area": TEXT, "slots": COUNT, "conditions": TEXT})
_TWO_PERSONS = {"a!": PERSON, "b!": PERSON, "checked_by": STAFF}
_MATCH = verb({"resource!": THING, "reason": TEXT}, must=WHO)

RIGHTS: Mapping[str, Verb] = {
    "break_glass": verb({"reason!": TEXT}, must=WHO),
    "review_break_glass": verb({"of!": STEP, "verdict!": Choice(("正当", "不当"))}, of=("break_glass",)),
    "provide_outside": verb({"to!": TEXT, "basis!": TEXT, "what!": TEXT}, must=WHO),
    "disclose": verb({"requester!": PERSON}, must=WHO),
    "protect_address": verb({"from!": some(AGENCY_OR_STAFF)}, must=WHO),
    "bar": verb({"from!": some(AGENCY_OR_STAFF)}, must=WHO),
    "link_persons": verb(_TWO_PERSONS),
    "unlink_persons": verb(_TWO_PERSONS),
    "join_households": verb(_TWO_PERSONS),
    "split_household": verb({"reason!": TEXT}, must=WHO),
    "move_staff": verb({"staff!": STAFF, "to!": Key("agency|out", BIG_KEY), "successor": STAFF}),
    "import_cases": verb(
        {"n!": COUNT, "holder!": Key("staff", r"[a-z][a-z0-9_]*", firm=False), "stage": TEXT, "area": TEXT}
    ),
}
"""Rights and protection of persons, and who looks after whom."""

RESOURCES: Mapping[str, Verb] = {
    "register_resource": verb({"resource!": _RESOURCE}),
    "register_host": verb({"resource!": _RESOURCE}),
    "confirm_resource": verb({"resource!": THING}),
    "propose_match": _MATCH,
    "visit_host": _MATCH,
    "trial": _MATCH,
    "start_participation": _MATCH,
    "retain": _MATCH,
    "end_participation": _MATCH,
    "host_follow_up": verb({"resource!": THING, "reason": TEXT}),
    "register_gap": verb({"gap!": record({"key!": NEW_KEY, "need!": TEXT, "area": TEXT}), "origin": STEP}),
    "start_resource_project": verb({"gap!": THING}),
    "launch_resource": verb({"gap!": THING, "resource!": _RESOURCE}),
    "register_place": verb({"place!": record({"key!": NEW_KEY, "name!": TEXT, "area": TEXT, "kind": TEXT})}),
    "hold_activity": verb({"place!": THING, "people!": COUNT, "organisations": some(AGENCY)}),
    "dialogue": verb({"place!": TEXT, "people!": COUNT, "issues!": some(TEXT)}),
    "register_group": verb({"group!": record({"key!": NEW_KEY, "name!": TEXT, "kind": TEXT, "area": TEXT})}),
    "raise_area_issue": verb({"issue!": record({"key!": NEW_KEY, "text!": TEXT, "area!": TEXT}), "origin": STEP}),
    "act_on_issue": verb({"issue!": _ISSUE, "action!": TEXT, "state!": Choice(("未着手", "取組中", "解決", "見送り"))}),
}
"""Participation, resources and the community."""

AGENCIES: Mapping[str, Verb] = {
    "advise": verb({"to!": AGENCY, "text!": TEXT}),
    "answer_advice": verb({"of!": STEP, "text!": TEXT}),
    "resolve_advice": verb({"of!": STEP, "text": TEXT}),
    "register_partner": verb(
        {
            "partner!": record(
                {"agency!": Key("agency", BIG_KEY, firm=False), "goals!": _TEXTS, "assets": _TEXTS},
            )
        }
    ),
    "propose_idea": verb({"partner!": Key("agency", BIG_KEY, firm=False), "idea!": TEXT, "synergy": TEXT}),
    "move_proposal": verb({"of!": STEP, "state!": Choice(("IDEA", "PROPOSED", "AGREED", "HELD", "DROPPED"))}),
    "register_practice": verb(
        {"practice!": record({"field!": TEXT, "who!": TEXT, "whom!": TEXT, "frequency": TEXT, "problems": _TEXTS})}
    ),
    "start_theme": verb({"theme!": record({"key!": NEW_KEY, "name!": TEXT}), "departments": _TEXTS}),
    "log_success": verb({"theme": _THEME, "text!": TEXT}),
}
"""Agencies among each other."""

MEETINGS: Mapping[str, Verb] = {
    "hold_meeting": verb(
        {
            "conference": _LATER_CONFERENCE,
            "meeting": _MEETING,
            "present!": Several(Key("staff", r"[a-z][a-z0-9_]*", firm=False), least=1, distinct=False),
            "agenda": Several(
                record({"kind!": Choice(codes.MEETING_ITEM_KINDS), "text!": TEXT}), least=1, distinct=False
            ),
            "agenda_from": Choice(("HEADS",)),
            "training": TEXT,
            "minutes": COUNT,
        }
    ),
    "register_meeting": verb(
        {
            "meeting!": record(
                {
                    "key!": NEW_KEY,
                    "name!": TEXT,
                    "participants!": _TEXTS,
                    "subjects": _TEXTS,
                    "times_per_year!": COUNT,
                    "minutes!": COUNT,
                    "case": Truth(),
                }
            )
        }
    ),
    "redesignate_meeting": verb({"meeting!": _MEETING, "conference!": _LATER_CONFERENCE, "from!": DAY, "law!": TEXT}),
    "merge_meetings": verb({"meetings!": Several(_MEETING, least=1, distinct=False), "into!": _MEETING, "from!": DAY}),
    "report_up": verb({"of!": STEP, "to!": _LATER_CONFERENCE, "text!": TEXT}),
}

FIGURES: Mapping[str, Verb] = {
    "answer_survey": verb({"survey!": TEXT, "answers!": Table(Either((Text(empty=True), Whole())), least=1)}),
    "set_programme": verb(
        {
            "item!": Choice(codes.ITEMS),
            "areas!": some(TEXT),
            "from!": DAY,
            "status!": Choice(("実施", "準備", "休止")),
        }
    ),
    "set_target": verb({"indicator!": TEXT, "fiscal_year!": COUNT, "value!": Number(), "reason": TEXT}),
    "verify_indicator": verb(
        {
            "indicator!": TEXT,
            "fiscal_year!": COUNT,
            "conference!": _LATER_CONFERENCE,
            "evaluation!": TEXT,
            "improvement": TEXT,
        }
    ),
    "set_goal": verb({"goal!": record({"key!": NEW_KEY, "name!": TEXT, "target!": Number(), "unit": TEXT})}),
    "register_fund": verb({"fund!": record({"kind!": TEXT, "amount!": COUNT, "restricted": Truth(), "purpose": TEXT})}),
    "enter_cost": verb(
        {"cost!": record({"item!": Choice(codes.ITEMS), "amount!": COUNT, "standard": COUNT, "existing": Truth()})}
    ),
}
"""Figures, programmes and money."""

READING: Mapping[str, Verb] = {
    "print": verb(
        {
            "what!": Choice(("PLAN_TABLES", "MINUTES")),
            "of": STEP,
            "tables": _TEXTS,
            "expect": _TEXTS,
            "expect_cells": Several(
                record({"table!": TEXT, "row!": COUNT, "column!": COUNT, "text!": TEXT}),
                least=1,
                distinct=False,
            ),
            "expect_parts": _TEXTS,
        }
    ),
    "report": verb(
        {
            "what!": Choice(codes.REPORTS),
            "of": STEP,
            "subject": TEXT,
            "conference": _LATER_CONFERENCE,
            "at_least": Number(),
            "expect!": Anything(plain=False),
        }
    ),
    "trace": verb({"from!": _LATER_STEP, "to!": _LATER_STEP}),
}
"""Acts that make nothing."""

VERBS: Mapping[str, Verb] = {
    **ENTRANCE,
    **HANDOVER,
    **OUTREACH,
    **CONFERENCES,
    **PLANS,
    **ENDING,
    **RIGHTS,
    **RESOURCES,
    **AGENCIES,
    **MEETINGS,
    **FIGURES,
    **READING,
}
"""Every act that a scenario may contain, by its name."""

PLAN_VERBS = frozenset({"draft_plan", "replan"})
"""Acts that make a plan."""
