"""Everything that may stand in a profile about how the work goes and what is measured; and the whole."""

from collections.abc import Mapping

from tasuki.rules.profile.shapes import (
    Anything,
    Choice,
    Either,
    Key,
    Number,
    Record,
    Shape,
    Table,
    Text,
    Whole,
    record,
)
from tasuki.rules.profile.table import (
    AGENCY,
    AGENCY_LIST,
    AREAS,
    CAPITALS,
    CONFERENCE,
    COUNT,
    DAY,
    DEPARTMENT,
    GROUND,
    ITEM,
    KIND,
    LINE,
    NEW_KEY,
    ROLE,
    SURVEY,
    TEXT,
    TEXTS,
    TRUTH,
    WHO,
    WORK,
    listed,
    rows,
)

_INTAKE = record(
    {
        "from": rows(Choice(("AGENCY", "CITIZEN", "COMPANY", "SCHOOL", "DESK", "NETWORK"))),
        "window": AGENCY,
        "no_refusal": TRUTH,
        "assign_by": Choice(("AREA", "FIELD", "HUB")),
        "assign_role": ROLE,
        "referrers": TEXTS,
        "exceptions": rows(record({"from": LINE, "via": TEXTS, "print": LINE})),
        "print": LINE,
    }
)

_ROUTING = record(
    {
        "intake": _INTAKE,
        "hub_support": record({"direct": TRUTH, "back_up": TRUTH, "print": LINE, "strict": TRUTH}),
        "flow": TEXTS,
        "hand_back": record({"decided_by": CONFERENCE, "print": LINE}),
        "outreach": record(
            {
                "before_hub": TRUTH,
                "order_from": CONFERENCE,
                "to_kind": KIND,
                "passes": LINE,
                "print": LINE,
                "as_first_response": TRUTH,
            }
        ),
        "first_response": rows(
            record({"when!": TEXT, "first!": AGENCY, "then": LINE, "hours": COUNT, "assumed": TRUTH})
        ),
        "area_first": TRUTH,
        "escalation": rows(record({"tier!": COUNT, "role!": ROLE, "reason_required": TRUTH})),
        "sheet": record(
            {
                "form": LINE,
                "from_kinds": rows(KIND),
                "minimal_rights": TRUTH,
                "receipt": TRUTH,
                "assumed": TRUTH,
            }
        ),
        "lead_rules": rows(record({"when!": TEXT, "lead_kind!": KIND, "print": LINE})),
        "single_agency": record({"hub_case": TRUTH, "print": LINE}),
        "advice_without_hub": TRUTH,
        "no_consent_referral": Choice(("sheet", "item_only")),
    }
)

PRACTICE: Mapping[str, Shape] = {
    "routing": _ROUTING,
    "assessment": record({"direct": TRUTH, "print": LINE}),
    "watch": record(
        {
            "shared_load": TRUTH,
            "rotation": TRUTH,
            "emergency_card": TRUTH,
            "problems": TEXTS,
            "assumed": TRUTH,
        }
    ),
    "follow_up": record({"after_closing_months": rows(COUNT), "reopen_on": TEXTS, "print": LINE, "assumed": TRUTH}),
    "bridge": record({"deidentified_needs_to": TEXTS, "print": LINE, "assumed": TRUTH}),
    "handover": record({"bulk": TRUTH, "summary": TRUTH, "post_owned": TRUTH, "print": LINE, "assumed": TRUTH}),
    "pilots": listed(
        {
            "key!": NEW_KEY,
            "name!": TEXT,
            "areas": AREAS,
            "count": COUNT,
            "agency": AGENCY,
            "then": LINE,
            "from": DAY,
        }
    ),
    "themes": rows(record({"key!": NEW_KEY, "name!": TEXT, "departments": rows(DEPARTMENT), "print": LINE})),
    "outreach_inventory": rows(
        record({"field": LINE, "who": LINE, "whom": LINE, "frequency": LINE, "problems": TEXTS, "assumed": TRUTH})
    ),
    "resources": listed(
        {
            "key!": NEW_KEY,
            "name!": TEXT,
            "kind!": TEXT,
            "item": ITEM,
            "open_to": TEXTS,
            "agency": AGENCY,
            "origin": LINE,
        }
    ),
    "partners": rows(record({"agency!": AGENCY, "goals": TEXTS, "assets": TEXTS, "print": LINE})),
    "decision": record(
        {
            "d1_decider": Choice(("on_accept", "city")),
            "d2_decider": Choice(("conference", "city_after", "city_before")),
            "contractor_may_decide": TRUTH,
            "assumed": TRUTH,
            "print": LINE,
        }
    ),
    "secrecy": record({"asked_yearly": TRUTH, "wording": TEXTS, "assumed": TRUTH, "print": LINE}),
    "clocks": record(
        {
            "referral_answer_business_days": COUNT,
            "first_action_business_days": COUNT,
            "urgent_first_action": LINE,
            "screening_days": COUNT,
            "draft_plan_days": COUNT,
            "monitoring_months": COUNT,
            "plan_max_months": COUNT,
            "follow_up_months": rows(COUNT),
            "sheet_unreceived_business_days": COUNT,
            "ping_pong": record({"hand_overs": COUNT, "days": COUNT}),
            "trigger_first_response_hours": COUNT,
            "note_lock_days": COUNT,
            "break_glass_hours": Whole(1, 24),
            "assumed": TRUTH,
        }
    ),
    "retention": rows(
        record(
            {
                "key!": NEW_KEY,
                "name!": TEXT,
                "years!": COUNT,
                "starts!": TEXT,
                "source": TEXT,
                "effective": DAY,
                "assumed": TRUTH,
            }
        )
    ),
}

FIGURES: Mapping[str, Shape] = {
    "targets": rows(record({"number": LINE, "code": Choice(("TYPE_1", "TYPE_2", "TYPE_3", "TYPE_4")), "print": LINE})),
    "funds": rows(record({"kind": LINE, "restricted": TRUTH, "print": LINE})),
    "grant": record(
        {
            "rate": LINE,
            "standard_amount": COUNT,
            "unit": LINE,
            "budget_thousand_yen": COUNT,
            "no_relabelling": TRUTH,
            "print": LINE,
        }
    ),
    "results_required": record({"individual": TRUTH, "print": LINE}),
    "indicators": rows(
        record(
            {
                "id!": TEXT,
                "kpi": Text(r"[KN]\d+", "指標の番号（K1、N01 の形）"),
                "name!": TEXT,
                "definition": LINE,
                "source!": Choice(("SURVEY", "SYSTEM", "MANUAL")),
                "survey": SURVEY,
                "question": LINE,
                "unit": LINE,
                "targets": Table(
                    record(
                        {
                            "kind!": Choice(
                                ("NUMBER", "SET_LATER", "NONE", "INCREASE", "DECREASE", "MEASURE", "BASELINE")
                            ),
                            "value": Number(),
                            "baseline_year": COUNT,
                            "print!": LINE,
                        }
                    ),
                    Text(r"\d{4}", "年度"),
                ),
                "assumed": TRUTH,
            }
        )
    ),
    "surveys": Table(record({"name!": TEXT, "anonymous": TRUTH, "questions": Table(LINE), "assumed": TRUTH}), NEW_KEY),
}

STORY: Mapping[str, Shape] = {
    "plan_steps": TEXTS,
    "trainings": rows(record({"name!": TEXT, "audience": TEXTS, "month": DAY, "assumed": TRUTH})),
    "schedule": rows(
        record(
            {
                "list!": LINE,
                "at!": LINE,
                "print!": LINE,
                "kind": Choice(("TRAINING", "PILOT", "MEETING", "BRIEFING", "ROLL_OUT", "REVIEW", "PLAN")),
                "month": DAY,
                "date": DAY,
                "fiscal_year": COUNT,
                "items": rows(ITEM),
                "areas": AREAS,
                "conference": CONFERENCE,
                "opens": AGENCY_LIST,
            }
        )
    ),
    "history": rows(record({"at": LINE, "what": LINE, "print": LINE})),
    "weaknesses": TEXTS,
    "effects": TEXTS,
    "reference": Table(Anything()),
}

_TABLE = record(
    {
        "n!": TEXT,
        "of!": Choice(
            ("sections", "bodies", "site_forms", "conferences", "indicators", "chapters", "items", "schedule")
        ),
        "title!": TEXT,
        "note": LINE,
        "shape": Choice(("as_extracted", "grid")),
        "list": LINE,
        "columns!": rows(record({"head": LINE, "value!": TEXT}), least=1),
        "rows!": Either((Choice(("all",)), rows(Either((TEXT, record({"id!": TEXT, "merged_up": TEXTS})))))),
    }
)

PLAN: Mapping[str, Shape] = {
    "plan": record(
        {
            "title!": TEXT,
            "issued": record({"print": LINE, "date": DAY, "by": LINE}),
            "legal_basis": LINE,
            "period": record({"from": COUNT, "to": COUNT, "print": LINE, "aligned_to": LINE}),
            "upper_plans": rows(record({"name!": TEXT, "decided": LINE, "makers": TEXTS})),
            "consistent_plans": TEXTS,
            "review": record({"body": CONFERENCE, "frequency": LINE, "revision": LINE}),
            "making_body": Key("department|agency|conference", CAPITALS),
            "form": Choice(("A", "B", "C")),
            "chapters": rows(record({"number!": LINE, "title!": LINE, "page": COUNT, "heading_in_text": LINE})),
            "pillars": TEXTS,
            "functions": TEXTS,
            "functions_by_item": Table(LINE),
            "notes": TEXTS,
            "sections": rows(
                record(
                    {
                        "item!": ITEM,
                        "name!": TEXT,
                        "mark": LINE,
                        "legal_basis": LINE,
                        "overview": TEXTS,
                        "text": TEXTS,
                    }
                )
            ),
            "tables": rows(_TABLE),
        }
    )
}

SECTIONS: Mapping[str, Shape] = {**WHO, **GROUND, **WORK, **PRACTICE, **FIGURES, **STORY, **PLAN}
"""Every section of a profile."""

_HEAD: Mapping[str, Shape] = {
    "profile": Text(r"[a-z_0-9]+", "ひな形の名前"),
    "format": Whole(1, 1),
    "base": Choice(("_base",)),
    "assumed": TRUTH,
}

BASE_FILE = record({**_HEAD, "profile!": _HEAD["profile"], "format!": _HEAD["format"], **SECTIONS})
"""The file of the defaults."""

FILE = Record(BASE_FILE.parts, BASE_FILE.must | {"base", "municipality", "source"})
"""The file of a municipality."""

INLINE = record({**_HEAD, **SECTIONS, "staff": Anything(plain=False)})
"""A profile written inside a scenario: the same content, as much of it as the scenario needs."""
