"""A profile as typed values: areas, agencies, roles, programmes, conferences, clocks and the rest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tasuki.rules.profile.codes import EVERYWHERE

HUB_FUNCTION = "多機関協働"
"""The function that makes an agency of another kind a hub too."""


@dataclass(frozen=True)
class Level:
    """A kind of area: 圏域, 学区 …; `parent` is the key of the wider level."""

    key: str
    name: str
    count: int | None = None
    parent: str | None = None


@dataclass(frozen=True)
class Area:
    """An area. Profiles name it by key, scenarios and screens by name."""

    key: str
    name: str
    level: str
    parent: str | None = None
    pilot: bool = False


@dataclass(frozen=True)
class Department:
    """A department of the municipality; `cases` is False where it manages without seeing cases."""

    key: str
    name: str
    parent: str | None = None
    kind: str = ""
    roles: tuple[str, ...] = ()
    window: bool = False
    cases: bool = True


@dataclass(frozen=True)
class Agency:
    """An agency.

    `areas` are keys or すべて; empty means that the profile names none. Days are text, year and month
    alone where no more is known. `mode` is None where the profile does not say it.
    """

    key: str
    name: str
    kind: str
    field: str = EVERYWHERE
    mode: str | None = None
    contractor: str | None = None
    corporation: str | None = None
    department: str | None = None
    areas: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    special_functions: tuple[str, ...] = ()
    city_wide: bool = False
    inside: str | None = None
    zone: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    welfare: bool = True
    planned: bool = False
    law: str | None = None
    remark: str | None = None
    short: str | None = None

    @property
    def is_hub(self) -> bool:
        """Whether the agency carries 多機関協働."""
        return hub_by(self.kind, (*self.functions, *self.special_functions))


@dataclass(frozen=True)
class Role:
    """A role under its local name; `sets` are the permission sets it is made of."""

    key: str
    name: str
    sets: tuple[str, ...]
    agency: str | None = None
    department: str | None = None
    placed_in: str | None = None
    count: int | str | None = None
    also: tuple[str, ...] = ()
    per_area_level: str | None = None
    area_level: str | None = None
    tier: int | None = None
    supports: str | None = None
    oversees: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    professions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Start:
    """A programme in one area from one day.

    `begins` is text (a month alone where no day is known), None where the profile names no start;
    `status` is 実施, 準備, 予定, 休止 or 未実施.
    """

    item: str
    area: str
    begins: str | None
    status: str
    name: str = ""
    field: str = ""
    pilot: bool = False
    planned: bool = False
    ordered_by: str | None = None


@dataclass(frozen=True)
class Conference:
    """A conference.

    The legal basis belongs to each item; `bases` are those that an item here may have.
    """

    key: str
    name: str
    purposes: tuple[str, ...]
    bases: tuple[str, ...]
    functions: tuple[str, ...] = ()
    secrecy: bool = False
    secretariat: tuple[str, ...] = ()
    organiser: str | None = None
    chair: str | None = None
    members: tuple[str, ...] = ()
    member_kinds: tuple[str, ...] = ()
    item_kinds: tuple[str, ...] = ()
    agenda_heads: tuple[str, ...] = ()
    admission_reasons: tuple[str, ...] = ()
    minutes: int | None = None
    parent: str | None = None
    outreach_orders: bool = False
    person_data: bool = True
    offer_instead: str | None = None
    level: str | None = None
    area_level: str | None = None
    content: str = ""

    @property
    def takes_cases(self) -> bool:
        """Whether a case item may stand on its agenda."""
        return "CASE" in self.purposes


@dataclass(frozen=True)
class PingPong:
    """When passing a household around becomes an alarm: so many hand-overs within so many days."""

    hand_overs: int = 3
    days: int = 90


@dataclass(frozen=True)
class Clocks:
    """Periods; the defaults are those of the product and may be changed by a municipality."""

    referral_answer_business_days: int = 1
    first_action_business_days: int = 3
    urgent_first_action: str = "当日"
    screening_days: int = 14
    draft_plan_days: int = 30
    monitoring_months: int = 3
    plan_max_months: int = 12
    follow_up_months: tuple[int, ...] = (3, 6, 12)
    sheet_unreceived_business_days: int = 1
    ping_pong: PingPong = PingPong()
    trigger_first_response_hours: int = 24
    note_lock_days: int = 7
    break_glass_hours: int = 24


@dataclass(frozen=True)
class Decision:
    """Who decides on 受理・利用 (D1) and on 支援 (D2).

    `written` is D1 as the profile says it, if it does.
    """

    written: str | None = None
    d2_decider: str = "city_after"
    contractor_may_decide: bool = False

    def d1_decider(self, hub_mode: str | None) -> str:
        """Give 'on_accept' or 'city'.

        Where the profile is silent it depends on the hub that accepted: one that the municipality runs
        itself (直営) decides by accepting, for any other the municipality decides.
        """
        return self.written or ("on_accept" if hub_mode in ("直営", None) else "city")


@dataclass(frozen=True)
class Retention:
    """How many years a class of records is kept, from when the years count, which rule says so, and since when it does."""

    key: str
    name: str
    years: int
    starts: str
    source: str = ""
    effective: str = ""


@dataclass(frozen=True)
class Profile:
    """A municipality's way of working.

    Every section that has no type of its own stands in `sections` as written.
    """

    key: str
    name: str
    kind: str
    prefecture: str = ""
    has_welfare_office: bool = True
    levels: Mapping[str, Level] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)
    departments: Mapping[str, Department] = field(default_factory=dict)
    agencies: Mapping[str, Agency] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    programmes: tuple[Start, ...] = ()
    conferences: Mapping[str, Conference] = field(default_factory=dict)
    clocks: Clocks = Clocks()
    decision: Decision = Decision()
    routing: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    retention: tuple[Retention, ...] = ()
    sections: Mapping[str, Any] = field(default_factory=dict)


def hub_by(kind: str, functions: tuple[str, ...] | list[str] = ()) -> bool:
    """Whether an agency of this kind, with these functions, carries 多機関協働."""
    return kind == "HUB" or HUB_FUNCTION in functions


_ROLES_OF_KIND: Mapping[str, tuple[str, ...]] = {
    "HUB": ("COORDINATOR",),
    "CITY_OFFICE": ("DECIDER", "CHAIR"),
    "OUTREACH": ("OUTREACH_WORKER",),
    "PARTICIPATION": ("PARTICIPATION_WORKER",),
    "SHAKYO": ("FIRST_LINE", "COMMUNITY_WORKER"),
    "CITY_SECTION": ("DESK",),
    "DESK": ("DESK",),
    "COMMISSIONER": ("PARTNER",),
    "RESIDENT_GROUP": ("PARTNER",),
    "HOST": ("PARTNER",),
    "OTHER": ("PARTNER",),
}


def natural_roles(kind: str, functions: tuple[str, ...] | list[str] = (), *, welfare: bool = True) -> tuple[str, ...]:
    """Give the roles that a worker of such an agency has when nobody says otherwise.

    An agency that is a hub by its function gets the coordinator's role on top of that of its kind;
    `welfare` is False for a body outside welfare.
    """
    roles = _ROLES_OF_KIND.get(kind) or (("FIRST_LINE",) if welfare else ("PARTNER",))
    if hub_by(kind, functions) and "COORDINATOR" not in roles:
        return (*roles, "COORDINATOR")
    return roles


def read_profile(data: Mapping[str, Any]) -> Profile:
    """Give a checked profile on its base as typed values."""
    town = data.get("municipality", {})
    areas = data.get("areas", {})
    return Profile(
        key=data.get("profile", ""),
        name=town.get("name", ""),
        kind=town.get("kind", ""),
        prefecture=town.get("prefecture", ""),
        has_welfare_office=town.get("has_welfare_office", True),
        levels={entry["key"]: _typed(Level, entry) for entry in areas.get("levels", [])},
        areas={entry["key"]: _typed(Area, entry) for entry in areas.get("list", [])},
        departments=_table(Department, data.get("departments", {})),
        agencies=_table(Agency, data.get("agencies", {})),
        roles=_table(Role, data.get("roles", {})),
        programmes=tuple(starts(data.get("programmes", []))),
        conferences=_table(Conference, data.get("conferences", {})),
        clocks=_clocks(data.get("clocks", {})),
        decision=_decision(data.get("decision", {})),
        routing=data.get("routing", {}),
        words=data.get("words", {}),
        retention=tuple(_typed(Retention, entry) for entry in data.get("retention", [])),
        sections={name: value for name, value in data.items() if name not in _TYPED_SECTIONS},
    )


_TYPED_SECTIONS = frozenset(
    [
        "profile",
        "areas",
        "departments",
        "agencies",
        "roles",
        "programmes",
        "conferences",
        "clocks",
        "decision",
        "routing",
        "words",
        "retention",
    ]
)


def _typed[T](kind: type[T], entry: Mapping[str, Any], **more: Any) -> T:
    fields = kind.__dataclass_fields__  # type: ignore[attr-defined]  # every kind here is a dataclass
    given = {name: _fixed(value) for name, value in entry.items() if name in fields}
    return kind(**{**given, **more})


def _table[T](kind: type[T], entries: Mapping[str, Mapping[str, Any]]) -> dict[str, T]:
    return {key: _typed(kind, entry, key=key) for key, entry in entries.items()}


def _fixed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _clocks(written: Mapping[str, Any]) -> Clocks:
    given = dict(written)
    given["ping_pong"] = PingPong(**written.get("ping_pong", {}))
    return _typed(Clocks, given)


def _decision(written: Mapping[str, Any]) -> Decision:
    return _typed(Decision, written, written=written.get("d1_decider"))


def starts(programmes: list[Mapping[str, Any]]) -> Iterator[Start]:
    """Give programmes flattened to one row for each item, area and day.

    A programme without a start of its own that is done together with another (`with`) starts where and
    when that one does.
    """
    by_item = {entry["item"]: entry for entry in programmes}
    for entry in programmes:
        source = entry
        if not {"from", "starts"} & entry.keys() and entry["status"] == "実施":
            source = by_item.get(entry.get("with", ""), entry)
        for written in source.get("starts") or [source]:
            for area in written.get("areas") or source.get("areas") or [EVERYWHERE]:
                yield Start(
                    item=entry["item"],
                    area=area,
                    begins=written.get("from"),
                    status=entry["status"],
                    name=entry.get("name", ""),
                    field=entry.get("field", ""),
                    pilot=written.get("pilot", False),
                    planned=written.get("planned", False),
                    ordered_by=entry.get("ordered_by"),
                )


def is_running(rows: tuple[Start, ...] | list[Start], item: str, areas: set[str] | frozenset[str], day: str) -> bool:
    """Whether a programme is on.

    `day` is ISO text. `areas` is where somebody lives: an area and those around it, named as the rows name them;
    the whole municipality is always meant too.

    Of the rows that have begun the latest decides, of equally late ones the last written. A row without a
    day stands since ever. A month alone begins on its first day.
    """
    wanted = areas | {EVERYWHERE}
    begun = [row for row in rows if row.item == item and row.area in wanted and (row.begins or "") <= day]
    if not begun:
        return False
    latest = max((row.begins or "") for row in begun)
    return [row for row in begun if (row.begins or "") == latest][-1].status == "実施"
