"""Everything that may stand in a profile: sections, entries, shapes and the keys that they name.

A name that ends in `!` must be given. The meaning of each section is told in docs and in `reading.py`;
here is only how it is written.
"""

from collections.abc import Mapping

from tasuki.rules.conference import Quorum, QuorumOf
from tasuki.rules.profile import codes
from tasuki.rules.profile.shapes import (
    Choice,
    Day,
    Either,
    Key,
    Several,
    Shape,
    Table,
    Text,
    Truth,
    Whole,
    record,
)

CAPITALS = r"[A-Z][A-Z0-9_]*"
NEW_KEY = Key("", CAPITALS)
AGENCY = Key("agency", CAPITALS)
DEPARTMENT = Key("department", CAPITALS)
CONFERENCE = Key("conference", CAPITALS)
ROLE = Key("role", CAPITALS)
LEVEL = Key("level", CAPITALS)
SURVEY = Key("survey", CAPITALS)
AREA = Key("area", r"(?s:.+)")

TEXT = Text()
LINE = Text(empty=True)
TRUTH = Truth()
COUNT = Whole()
DAY = Day(month_only=True)
KIND = Choice(codes.KINDS)
ITEM = Choice(codes.ITEMS)
MODE = Choice(codes.MODES)
PROGRAMME_FIELD = Choice(codes.PROGRAMME_FIELDS)
REMARKS: Mapping[str, Shape] = {"assumed": TRUTH, "note": LINE}


def rows(of: Shape, least: int = 0) -> Several:
    """Give a list in which the same may stand twice."""
    return Several(of, least, distinct=False)


TEXTS = rows(LINE)
AREAS = rows(AREA)
AGENCY_LIST = rows(AGENCY)


def entries(parts: Mapping[str, Shape]) -> Table:
    """Give a map from keys to entries, each with the two remarks for the reader."""
    return Table(record({**parts, **REMARKS}), NEW_KEY)


def listed(parts: Mapping[str, Shape]) -> Several:
    """Give a list of entries, each with the two remarks for the reader."""
    return rows(record({**parts, **REMARKS}))


WHO: Mapping[str, Shape] = {
    "municipality": record(
        {
            "name!": TEXT,
            "prefecture": TEXT,
            "kind!": Choice(("市", "町", "村", "都道府県", "市区町村")),
            "has_welfare_office": TRUTH,
            **REMARKS,
        }
    ),
    "source": record(
        {
            "seed!": Choice(("S0", "S1", "S2", "S3", "S4", "OWN")),
            "document!": TEXT,
            "as_of": DAY,
            "as_of_print": LINE,
        }
    ),
    "phases": listed(
        {
            "status!": Choice(("未実施", "移行準備", "本格実施", "モデル事業", "機能集約")),
            "from": DAY,
            "until": DAY,
            "planned": TRUTH,
            "print": LINE,
        }
    ),
    "words": Table(LINE, Text(r"[a-z_0-9]+", "言葉のキー")),
    "limits": record({"max_users": COUNT, "fields_per_user": LINE, **REMARKS}),
}

GROUND: Mapping[str, Shape] = {
    "areas": record(
        {
            "levels": listed({"key!": NEW_KEY, "name!": TEXT, "count": COUNT, "parent": LEVEL}),
            "list": listed(
                {
                    "key!": NEW_KEY,
                    "name!": TEXT,
                    "level!": LEVEL,
                    "parent": Key("area", CAPITALS),
                    "pilot": TRUTH,
                }
            ),
        }
    ),
    "departments": entries(
        {"name!": TEXT, "parent": DEPARTMENT, "kind": LINE, "roles": TEXTS, "window": TRUTH, "cases": TRUTH}
    ),
    "agencies": entries(
        {
            "name!": TEXT,
            "short": LINE,
            "kind!": KIND,
            "field": Choice(codes.FIELDS),
            "mode": MODE,
            "contractor": LINE,
            "corporation": LINE,
            "department": DEPARTMENT,
            "areas": AREAS,
            "functions": TEXTS,
            "special_functions": TEXTS,
            "city_wide": TRUTH,
            "inside": AGENCY,
            "remark": LINE,
            "valid_from": DAY,
            "valid_from_print": LINE,
            "valid_until": DAY,
            "planned": TRUTH,
            "zone": LINE,
            "goals": TEXTS,
            "assets": TEXTS,
            "welfare": TRUTH,
            "law": LINE,
        }
    ),
    "contacts": listed({"kind!": TEXT, "login": TRUTH}),
    "centres": record(
        {
            "name!": TEXT,
            "based_on": KIND,
            "per_area_level": LEVEL,
            "now": AGENCY_LIST,
            "planned": record({"n": COUNT, "print": LINE}),
            "functions": TEXTS,
            "central": AGENCY,
            "special_functions": TEXTS,
        }
    ),
    "roles": entries(
        {
            "name!": TEXT,
            "sets!": rows(Choice(codes.SETS), least=1),
            "agency": AGENCY,
            "department": DEPARTMENT,
            "placed_in": KIND,
            "count": Either((COUNT, TEXT)),
            "as_of": DAY,
            "mode": MODE,
            "also": rows(ROLE),
            "duties": TEXTS,
            "per_area_level": LEVEL,
            "area_level": LEVEL,
            "tier": COUNT,
            "supports": ROLE,
            "oversees": rows(ROLE),
            "professions": TEXTS,
        }
    ),
}

WORK: Mapping[str, Shape] = {
    "programmes": listed(
        {
            "item!": ITEM,
            "name!": TEXT,
            "field": PROGRAMME_FIELD,
            "status!": Choice(("実施", "未実施", "予定")),
            "from": DAY,
            "areas": AREAS,
            "new": TRUTH,
            "mark": LINE,
            "function": LINE,
            "mode": MODE,
            "agencies": AGENCY_LIST,
            "with": ITEM,
            "ordered_by": CONFERENCE,
            "entry_reasons": TEXTS,
            "clients": TEXTS,
            "uses": TEXTS,
            "starts": rows(record({"areas!": AREAS, "from!": DAY, "print": LINE, "pilot": TRUTH, "planned": TRUTH})),
        }
    ),
    "bodies": rows(
        record(
            {
                "id!": TEXT,
                "items!": rows(ITEM, least=1),
                "field": PROGRAMME_FIELD,
                "programme": LINE,
                "programme_note": LINE,
                "body": LINE,
                "agencies": AGENCY_LIST,
                "conference": CONFERENCE,
                "count": record(
                    {"n!": COUNT, "unit": LINE, "label": LINE, "as_of": DAY, "planned": TRUTH, "future": LINE}
                ),
                "sites": record({"n": COUNT, "kind": LINE, "print": LINE}),
                "modes": rows(MODE),
                "mode_counts": Table(COUNT),
                "department": DEPARTMENT,
                "site_form": LINE,
                "duties": TEXTS,
                "part": Choice(("PLAN_MAKER", "EXECUTOR")),
                "layer": COUNT,
                "block": rows(record({"label!": LINE, "lines!": TEXTS})),
            }
        )
    ),
    "site_forms": rows(
        record(
            {
                "key!": TEXT,
                "name!": TEXT,
                "content": LINE,
                "checks": rows(Choice(("SINGLE_ITEM", "STAFFING_STANDARD"))),
            }
        )
    ),
    "conferences": entries(
        {
            "name!": TEXT,
            "functions": rows(Choice(("重層的支援会議", "支援会議", "その他"))),
            "purposes!": rows(Choice(("CASE", "RELATION", "POLICY", "REVIEW", "RESIDENT")), least=1),
            "bases!": rows(Choice(codes.BASES)),
            "basis_per": Choice(("ITEM",)),
            "bases_assumed": TRUTH,
            "purposes_assumed": TRUTH,
            "consent_rule": LINE,
            "admission_reasons": TEXTS,
            "secrecy": TRUTH,
            "secretariat": AGENCY_LIST,
            "organiser": AGENCY,
            "chair": LINE,
            "schedule": record(
                {
                    "regular": Choice(("毎月", "毎年度", "年度ごと", "定期", "毎週", "年間回数")),
                    "times_per_year": COUNT,
                    "ad_hoc": TRUTH,
                    "print": LINE,
                    "assumed": TRUTH,
                }
            ),
            "minutes": COUNT,
            "quorum": record(
                {
                    "share": Choice(tuple(one for one in Quorum if one != Quorum.NUMBER)),
                    "number": COUNT,
                    "of": Choice(tuple(QuorumOf)),
                    "source": LINE,
                    "assumed": TRUTH,
                }
            ),
            "item_kinds": rows(Choice(codes.ITEM_KINDS)),
            "kinds_by_basis": Table(rows(Choice(codes.ITEM_KINDS)), Choice((*codes.BASES, "NONE"))),
            "agenda_heads": TEXTS,
            "content": LINE,
            "members": AGENCY_LIST,
            "members_assumed": TRUTH,
            "member_kinds": TEXTS,
            "parent": CONFERENCE,
            "split_from": LINE,
            "redesignated": record({"from": DAY, "was": LINE, "law": LINE, "assumed": TRUTH}),
            "outreach_orders": TRUTH,
            "person_data": TRUTH,
            "offer_instead": CONFERENCE,
            "level": Choice(("経営", "実務", "個別", "住民", "圏域")),
            "area_level": LEVEL,
        }
    ),
    "meetings": listed(
        {
            "key!": NEW_KEY,
            "name!": TEXT,
            "participants": TEXTS,
            "subjects": TEXTS,
            "frequency": LINE,
            "times_per_year": COUNT,
            "minutes": COUNT,
            "law": LINE,
            "becomes": CONFERENCE,
        }
    ),
}
