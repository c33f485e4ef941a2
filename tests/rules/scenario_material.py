"""A small, right scenario and a small, right profile, to be broken by the tests one fault at a time."""

import copy
from typing import Any

BASE: dict[str, Any] = {
    "profile": "_base",
    "format": 1,
    "roles": {
        "COORDINATOR": {"name": "調整役", "sets": ["COORD"]},
        "FIRST_LINE": {"name": "相談員", "sets": ["FIRST"]},
    },
    "clocks": {"screening_days": 14, "ping_pong": {"hand_overs": 3, "days": 90}},
}

PROFILE: dict[str, Any] = {
    "profile": "kirisawa",
    "format": 1,
    "base": "_base",
    "municipality": {"name": "霧沢村", "kind": "村"},
    "source": {"seed": "OWN", "document": "見本"},
    "areas": {
        "levels": [{"key": "VILLAGE", "name": "全域"}],
        "list": [{"key": "N", "name": "北", "level": "VILLAGE"}, {"key": "S", "name": "南", "level": "VILLAGE"}],
    },
    "departments": {"DIV": {"name": "保健福祉部"}, "CARE": {"name": "福祉課", "parent": "DIV"}},
    "agencies": {
        "HUB": {"name": "まるごと係", "kind": "HUB", "mode": "直営", "department": "CARE", "areas": ["すべて"]},
        "HOU": {"name": "包括", "kind": "COMMUNITY_GENERAL", "field": "高齢", "mode": "委託", "areas": ["N"]},
        "OFFICE": {"name": "福祉課", "kind": "CITY_OFFICE", "field": "庁内", "mode": "直営", "department": "CARE"},
        "FARM": {"name": "農園", "kind": "FARM", "mode": "外部", "welfare": False},
    },
    "roles": {"COORDINATOR": {"name": "つなぎ役", "sets": ["COORD", "COMM"], "agency": "OFFICE"}},
    "programmes": [
        {"item": "5", "name": "多機関協働", "status": "実施", "starts": [{"areas": ["N", "S"], "from": "2025-04-01"}]},
        {"item": "6", "name": "プラン", "status": "実施", "with": "5", "assumed": True},
        {"item": "4", "name": "アウトリーチ", "status": "未実施"},
    ],
    "bodies": [
        {"id": "B1", "items": ["2"], "agencies": ["OFFICE"], "part": "PLAN_MAKER"},
        {"id": "B2", "items": ["2"], "agencies": ["FARM"], "part": "EXECUTOR"},
    ],
    "conferences": {
        "JUSO": {"name": "重層会議", "purposes": ["CASE"], "bases": ["CONSENT"], "members": ["HUB", "HOU"]},
        "SHIEN": {"name": "支援会議", "purposes": ["CASE"], "bases": ["ARTICLE_106_6"], "secrecy": True},
    },
    "plan": {"title": "計画", "period": {"from": 2026, "to": 2028}},
}

SCENARIO: dict[str, Any] = {
    "scenario": "T90",
    "title": "こわすための筋書き",
    "profile": "kirisawa",
    "agencies": {"OUT": {"name": "訪問", "kind": "OUTREACH", "field": "すべて", "mode": "委託", "areas": ["南"]}},
    "staff": {"hub": {"agency": "HUB", "roles": ["COORDINATOR"]}},
    "household": [
        {"key": "A", "name": "試野 ひとり", "kana": "ココロミノ ヒトリ", "born": "1950-05-05", "sex": "女"},
        {"key": "B", "name": "試野 ふたり", "born": "1995-00-00", "sex": "男"},
    ],
    "steps": [
        {"id": "s1", "at": "2026-04-01T09:00", "by": "hou", "do": "receive", "who": ["A"], "route": "本人来所",
         "topics": ["介護"]},
        {"at": "2026-04-02T09:00", "by": "hou", "do": "refer", "to": "HUB", "basis": "NO_CONSENT", "refused": True,
         "why": "振り分けの前"},
        {"id": "c1", "at": "2026-04-03T09:00", "by": "hou", "do": "consent_get", "who": ["A"], "to": ["HUB"],
         "classes": ["BASIC"], "form": "WRITTEN", "until": "2027-03-31"},
        {"id": "r1", "at": "2026-04-04T09:00", "by": "hou", "do": "refer", "to": "HUB", "basis": "CONSENT",
         "wants": "会議", "tried": "訪問"},
        {"id": "a1", "at": "2026-04-05T09:00", "by": "hub", "do": "accept", "of": "r1"},
        {"id": "p1", "at": "2026-04-06T09:00", "by": "hub", "do": "draft_plan", "who": ["A"], "kind": "HUB",
         "direction": "支える", "goals": ["通う"], "roles": [{"agency": "HOU", "what": "訪問"}],
         "participation": "不要", "outreach": "不要"},
        {"id": "m1", "at": "2026-04-07T09:00", "by": "hub", "do": "summon", "conference": "JUSO",
         "when": "2026-04-10T09:00", "items": [{"id": "i1", "about": ["A"], "kind": "初回プラン適切性",
                                                "basis": "CONSENT", "invited": ["hou"], "plan": "p1"}]},
        {"id": "h1", "at": "2026-04-10T10:00", "by": "hub", "do": "hold", "of": "m1", "present": ["hub", "hou"],
         "opinions": [{"item": "i1", "agency": "HOU", "agrees": True}]},
        {"id": "g1", "at": "2026-04-11T09:00", "by": "hub", "do": "register_gap", "gap": {"key": "GAP1", "need": "場"}},
        {"at": "2026-04-12T09:00", "by": "hub", "do": "start_resource_project", "gap": "GAP1"},
    ],
    "see": [
        {"at": "2026-04-12T10:00", "who": "hub", "what": "step:p1", "allow": True, "ground": "HOLDER", "why": "自分"},
        {"at": "2026-04-12T10:00", "who": "out", "what": "case", "allow": False, "why": "関わりなし"},
    ],
    "count": [{"fiscal_year": 2026, "N01": 1, "N13": {"closed": 0, "by_reason": {"転出": 0}}}],
}  # fmt: skip


def broken(document: dict[str, Any], spot: tuple[str | int, ...], value: Any = None) -> dict[str, Any]:
    """Give a copy with another value at `spot`; without a value the entry is taken out."""
    changed = copy.deepcopy(document)
    holder: Any = changed
    for name in spot[:-1]:
        holder = holder[name]
    if value is None:
        del holder[spot[-1]]
    else:
        holder[spot[-1]] = value
    return changed
