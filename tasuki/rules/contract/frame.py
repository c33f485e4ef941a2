"""The frame of a scenario file: everything around its steps."""

from tasuki.rules.contract.verbs import AGENCY, BIG_KEY, COUNT, DAY, PERSON, PERSON_KEY, SMALL_KEY, TEXT, some
from tasuki.rules.profile import codes
from tasuki.rules.profile.shapes import (
    Anything,
    Choice,
    Day,
    Key,
    Moment,
    Record,
    Several,
    Shape,
    Table,
    Text,
    Truth,
    Whole,
    record,
)

PROFILE_NAME = Text(r"[a-z][a-z0-9_]*", "ひな形の名前")

PROGRAMME = record(
    {
        "item!": Choice(codes.ITEMS),
        "areas!": some(TEXT),
        "from!": DAY,
        "status!": Choice(("実施", "準備", "休止")),
    }
)

AGENCY_ENTRY = record(
    {
        "name!": TEXT,
        "kind!": Text(r"[A-Z][A-Z_]+", "機関の種類"),
        "field!": Choice(codes.FIELDS),
        "mode!": Choice(("直営", "委託", "外部")),
        "contractor": TEXT,
        "contract_until": DAY,
        "areas": some(TEXT),
    }
)

STAFF_ENTRY = record(
    {
        "agency!": AGENCY,
        "name": TEXT,
        "roles": some(Choice(codes.ROLES)),
        "areas": some(TEXT),
    }
)

CONFERENCE_ENTRY = record(
    {
        "name!": TEXT,
        "purposes!": some(Choice(("CASE", "RELATION", "POLICY"))),
        "bases!": Several(Choice(codes.BASES)),
        "members": some(AGENCY),
        "secretariat": some(AGENCY),
    }
)

MEMBER = record(
    {
        "key!": Key("", PERSON_KEY),
        "name!": TEXT,
        "kana": TEXT,
        "alias": TEXT,
        "born!": Day(unknown=True, real=False),
        "sex!": Choice(("男", "女", "その他")),
        "relation": TEXT,
        "address": TEXT,
        "phone": TEXT,
        "area": TEXT,
        "language": TEXT,
        "lives_with": Truth(),
        "household": Text(r"[A-Z][A-Z0-9]*", "世帯のキー"),
        "states": some(TEXT),
    }
)

_PLACE: dict[str, Shape] = {
    "profile": PROFILE_NAME,
    "municipality": Anything(plain=False),
    "programmes": some(PROGRAMME),
    "agencies": Table(AGENCY_ENTRY, Key("", BIG_KEY), least=1),
    "conferences": Table(CONFERENCE_ENTRY, Key("", BIG_KEY), least=1),
    "staff": Table(STAFF_ENTRY, Key("", SMALL_KEY), least=1),
    "household!": some(MEMBER),
}

NEIGHBOUR = record({"name!": TEXT, **_PLACE})

FILE = record(
    {
        "scenario!": Text(r"[A-Z][0-9]{2,}", "筋書きの番号（S01 の形）"),
        "title!": TEXT,
        **_PLACE,
        "neighbours": Table(NEIGHBOUR, Key("", BIG_KEY), least=1),
        "steps!": Several(Anything(plain=False), least=1, distinct=False),
        "see!": Several(Anything(plain=False), distinct=False),
        "count!": Several(Anything(plain=False), distinct=False),
    }
)
"""The whole file; steps, see and count rows are looked at one by one (STEP by its verb, SEE, COUNT)."""

_PERSON = PERSON_KEY
_CLASSES = "|".join(codes.CLASSES)
TARGET = (
    rf"case|person:{_PERSON}|address:{_PERSON}|step:{SMALL_KEY}"
    rf"|class:{_PERSON}:({_CLASSES})|search:(?s:.+)"
)
"""How the `what` of a see row is written."""

SEE = record(
    {
        "at!": Moment(),
        "who!": Key("staff|person", rf"{SMALL_KEY}|{PERSON_KEY}"),
        "what!": Text(TARGET, "見るもの（case、person:A、step:… など）"),
        "of": PERSON,
        "door": Choice(codes.DOORS),
        "allow!": Truth(),
        "hits": COUNT,
        "ground": Choice(codes.GROUNDS),
        "why!": TEXT,
    }
)


def _figures(*names: str) -> Record:
    return record(dict.fromkeys(names, COUNT))


COUNT_ROW = record(
    {
        "fiscal_year!": Whole(2000, 2100),
        "municipality": Text(BIG_KEY, "自治体のキー"),
        "N01": COUNT,
        "N03": _figures("DIRECT", "BACKUP", "LIAISON", "COMMUNITY"),
        "N04": COUNT,
        "N05": Table(COUNT, Choice(codes.COUNTED_FIELDS), least=1),
        "N06": _figures("meetings", "items", "attendance"),
        "N07": _figures("meetings", "items", "plan", "replan", "close"),
        "N08": _figures("first", "replan", "hub", "outreach", "participation"),
        "N09": COUNT,
        "N10": _figures("persons", "visits", "responses"),
        "N11": _figures("consents"),
        "N12": _figures("persons", "started", "hosts"),
        "N13": record(
            {
                **dict.fromkeys(("closed", "handed_back", "suspended"), COUNT),
                "by_reason": Table(COUNT, Choice(codes.CLOSING_REASONS), least=1),
            }
        ),
        "N14": _figures("reopened"),
        "N15": COUNT,
        "N16": _figures("places", "sessions", "participants", "resources", "projects"),
        "N20": _figures("advice"),
        "N21": _figures("persons", "checks", "triggers"),
        "K5": _figures("attained", "evaluated"),
        "K6": _figures("improved", "evaluations"),
        "K9": _figures("with_lead", "closings"),
        "K12": _figures("resources", "gaps"),
    }
)
