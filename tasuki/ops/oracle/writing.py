"""Which new rows a post may write in a world, after chapter 9 of the rules of disclosure, and rows to try it with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from random import Random
from typing import Any

from tasuki.ops.oracle import world as w
from tasuki.ops.oracle.sight import JAPAN, OF_SITTING, SHEETS, Sight
from tasuki.ops.oracle.tables import ADMIN, POSTS, Rule, own_export, prepares

OPENERS = frozenset({"FIRST", "COORD", "OUT", "PART", "COMM"})  # 7.1
ENDED = frozenset({"ENDED", "RETURNED", "CLOSED", "ARCHIVED"})  # 12.6
MAKE_KNOWN = frozenset({"NOTICE", "RECEIVE", "CONSENT", "BREAK_GLASS"})  # 9.4
HOUR = dt.timedelta(hours=1)


def _named(s: Sight, person: w.Id) -> bool:
    """9.2: somebody of this town from whom one is not barred."""
    return s.in_force and not s.barred(person)


def _new(s: Sight, person: w.Id) -> bool:
    """9.5: nothing is written about them yet."""
    return _named(s, person) and not any(one.person == person for one in s.world.subject)


def _own(s: Sight, row: Any) -> bool:
    return s.in_force and (row.staff, row.agency) == (s.staff, s.agency)


def _wrote(s: Sight, record: w.Id, *kinds: str) -> bool:
    """9.1: a record of one's own, of that kind, that no bar hides (1.7)."""
    found = s.records[record]
    mine = _own(s, found) and found.kind in kinds and not s.put_away(record)
    return mine and not any(s.barred(one) for one in s.subjects(record))


def _stands(s: Sight, record: w.Id, person: w.Id) -> bool:
    return person in s.subjects(record)


def _person(s: Sight, row: w.Person) -> bool:
    """9.5: as themselves, into an empty household or one of which somebody may be named."""
    there = [one.id for one in s.world.person if one.household == row.household]
    return s.in_force and row.identity == row.id and (not there or any(_named(s, one) for one in there))


def _decides_use(s: Sight, case: w.Id) -> bool:
    """9.4: the decision officer, without seeing the case, unless barred from one of its people."""
    return "CITY" in s.sets and not any(s.barred(one) for one in s.people_of_case(case))


def _record(s: Sight, row: w.Record) -> bool:
    amended = s.records[row.amends] if row.amends else None
    in_case = (
        row.case is None
        or bool(s.case(row.case))
        or any(s.knows(one) for one in s.people_of_case(row.case))
        or (row.kind == "AMENDMENT" and amended is not None and amended.case == row.case)
        or (row.kind == "USE_DECISION" and _decides_use(s, row.case))
    )
    in_case = in_case and not s.kept(row.case)
    on_record = amended is None or (bool(s.record(amended.id)) and not s.put_away(amended.id))
    at_sitting = row.sitting is None or prepares(s, next(one for one in s.world.sitting if one.id == row.sitting))
    return _own(s, row) and in_case and on_record and at_sitting


def _subject(s: Sight, row: w.Subject) -> bool:
    record = s.records[row.record]
    same = (row.kind, row.agency) == (record.kind, record.agency)
    if not _wrote(s, record.id, row.kind) or not same or not _named(s, row.person):
        return False
    if record.kind in MAKE_KNOWN or (record.kind == "DISCLOSURE" and "PRIV" in s.sets) or s.knows(row.person):
        return True
    return _in_its_case(s, record, row.person) or _on_its_item(s, record, row.person) or _beside(s, record, row.person)


def _in_its_case(s: Sight, record: w.Record, person: w.Id) -> bool:
    if record.case is None or person not in s.people_of_case(record.case):
        return False
    return bool(s.case(record.case)) or (record.kind == "USE_DECISION" and _decides_use(s, record.case))


def _on_its_item(s: Sight, record: w.Record, person: w.Id) -> bool:
    return record.kind in OF_SITTING and any(
        s.items[one.item].sitting == record.sitting and one.person == person for one in s.world.itemperson
    )


def _beside(s: Sight, record: w.Record, person: w.Id) -> bool:
    """9.4: stands in the record that is amended, or in a plan of the same case, that one sees."""
    return any(
        one.person == person
        and bool(s.record(one.record))
        and (
            one.record == record.amends
            or (record.case is not None and one.kind == "PLAN" and s.records[one.record].case == record.case)
        )
        for one in s.world.subject
    )


def _referral(s: Sight, row: w.Referral) -> bool:
    return (
        _wrote(s, row.record, *SHEETS) and row.sender == s.agency and s.records[row.record].case == row.case
    )  # fmt: skip


def _consent_of(s: Sight, consent: w.Id) -> w.OfRecord:
    return next(one for one in s.world.consent if one.id == consent)


def _reach(s: Sight, row: w.Reach) -> bool:
    consent = _consent_of(s, row.consent)
    return _wrote(s, consent.record, "CONSENT") and consent.person == row.person


def _task(s: Sight, row: w.Task) -> bool:
    if row.case is None or not s.in_force:
        return s.in_force
    known = bool(s.case(row.case)) or any(s.knows(one) for one in s.people_of_case(row.case))
    at_item = any(one.case == row.case and one.archived_at is None and s.item(one.id) for one in s.world.agendaitem)
    return (known and not s.kept(row.case)) or at_item


def _prepares_item(s: Sight, item: w.Id) -> bool:
    sitting = next(one for one in s.world.sitting if one.id == s.items[item].sitting)
    hidden = any(s.barred(one) for one in s.people_of_item(item))  # 1.7
    return s.items[item].archived_at is None and prepares(s, sitting) and not hidden


def _post_now(s: Sight, staff: w.Id) -> Sight | None:
    """The post in which somebody acts now: the latest of those in force."""
    mine = sorted((one for one in s.world.post if one.staff == staff), key=lambda one: one.since, reverse=True)
    return next((seen for one in mine if (seen := Sight(s.world, one, at_the_door=False)).in_force), None)


def _seat(s: Sight, row: w.Seat) -> bool:
    """R4: in the agency where they are today, and at a sealed item with a pledge of their own."""
    there = _post_now(s, row.staff)
    sealed = s.items[row.item].basis == "ARTICLE_106_6"
    return (
        _prepares_item(s, row.item)
        and there is not None
        and there.agency == row.agency
        and (not sealed or there.pledged)
    )


def _item_person(s: Sight, row: w.OfItem) -> bool:
    """Settled 24: known to the summoner or to somebody invited."""
    if row.person is None or not _prepares_item(s, row.item) or not _named(s, row.person):
        return False
    invited = [one.staff for one in s.world.seat if one.item == row.item and not one.is_deputy]
    return s.knows(row.person) or any((there := _post_now(s, one)) and there.knows(row.person) for one in invited)


def _material(s: Sight, row: w.OfItem) -> bool:
    if row.record is None:
        return False
    theirs = any(one.item == row.item and one.agency == s.records[row.record].agency for one in s.world.seat)
    about = set(s.subjects(row.record))
    theirs = theirs or any(s.one(one) & about for one in s.people_of_item(row.item))
    free = not any(s.barred(one) for one in s.subjects(row.record))
    return (
        _prepares_item(s, row.item) and (bool(s.record(row.record)) or theirs) and free and not s.put_away(row.record)
    )


def _piece(s: Sight, row: w.Piece) -> bool:
    """10.6: to a file of one's own that is under way."""
    whole = next(one for one in s.world.export if one.id == row.export)
    return own_export(s, whole) and whole.state in {"WAITING", "MAKING"}


def _emergency(s: Sight, row: w.Emergency) -> bool:
    return (
        _own(s, row)
        and bool(s.sets & OPENERS)
        and _wrote(s, row.record, "BREAK_GLASS")
        and _named(s, row.person)
        and row.until <= row.opened_at + 24 * HOUR
        and abs(row.opened_at - s.at) <= HOUR / 12
    )


INSERT: dict[str, Rule] = {
    **dict.fromkeys(("area", "department", "rolename", "setting"), ADMIN),
    **dict.fromkeys(("draft", "pledge"), _own),
    **dict.fromkeys(("journalline", "readline"), lambda s, row: _own(s, row) and (row.post, row.at) == (s.post.id, s.at)),
    "materialrequest": lambda s, row: row.asked_by == s.staff and bool(s.sets & {"COORD", "CHAIR"}) and s.item(row.item)[:1] == ["ARTICLE_106_6"],
    **dict.fromkeys(("gap", "resource"), lambda s, row: s.in_force and row.agency == s.agency),
    **dict.fromkeys(("goal", "planrole"), lambda s, row: _wrote(s, row.plan, "PLAN")),
    **dict.fromkeys(
        ("decision", "opinion"), lambda s, row: _prepares_item(s, row.item) and bool(s.item(row.item))
    ),
    "staff": POSTS,
    "household": lambda s, row: s.in_force,
    "person": _person,
    "contact": lambda s, row: _new(s, row.person) or (s.address(row.person) and s.living(row.person)),
    "searchkey": lambda s, row: _new(s, row.person) or s.living(row.person),
    "householdmove": lambda s, row: s.in_force and row.moved_by == s.staff and (_new(s, row.person) or s.knows(row.person)),
    "protection": lambda s, row: row.agency == s.agency and s.knows(row.person),
    "bar": lambda s, row: s.knows(row.person),
    "personlink": lambda s, row: row.linked_by == s.staff != row.checked_by and s.living(row.first) and s.living(row.second),
    "case": lambda s, row: row.agency == s.agency and any(_named(s, one.id) for one in s.world.person if one.household == row.household),
    "caseperson": lambda s, row: s.cases[row.case].agency == s.agency and s.open(row.case) and _named(s, row.person),
    "caseworker": lambda s, row: _own(s, row) and s.open(row.case),
    "holding": lambda s, row: s.open(row.case),
    "strand": lambda s, row: s.open(row.case) and s.knows(row.person),
    "record": _record,
    "subject": _subject,
    "consultation": lambda s, row: _wrote(s, row.record, "RECEIVE"),
    "call": lambda s, row: _wrote(s, row.record, "NOTE", "RECEIVE"),
    "issue": lambda s, row: _wrote(s, row.record, "ASSESSMENT") and (_stands(s, row.record, row.person) or s.knows(row.person)),
    "consent": lambda s, row: _wrote(s, row.record, "CONSENT") and _stands(s, row.record, row.person),
    "consentreach": _reach,
    "consentexclusion": lambda s, row: _wrote(s, _consent_of(s, row.consent).record, "CONSENT"),
    "consentrefusal": lambda s, row: _wrote(s, row.record, "WITHDRAWAL", "REFUSAL") and _stands(s, row.record, row.person),
    "referral": _referral,
    "watch": lambda s, row: _wrote(s, row.record, "WATCH"),
    "task": _task,
    "match": lambda s, row: row.agency == s.agency and s.knows(row.person) and not s.kept(row.case),
    "stay": lambda s, row: s.guards and row.set_by == s.staff and s.cases[row.case].state in ENDED,
    "sitting": lambda s, row: s.in_force and row.called_by == s.agency,
    "agendaitem": lambda s, row: bool(s.sets & {"COORD", "CHAIR"}) and prepares(s, next(one for one in s.world.sitting if one.id == row.sitting)),
    "seat": _seat,
    "itemperson": _item_person,
    "itemmaterial": _material,
    "emergency": _emergency,
    "pack": lambda s, row: "PRIV" in s.sets and _wrote(s, row.record, "DISCLOSURE"),
    "sentform": lambda s, row: s.in_force and row.staff == s.staff,
    "packrecord": lambda s, row: False,
    "export": own_export,
    "exportpiece": _piece,
}  # fmt: skip


class Trial:
    """New rows that a post might write; each fits the constraints, so that only the policies can refuse it."""

    def __init__(self, world: w.World, s: Sight, dice: Random) -> None:
        self.world, self.s, self.dice = world, s, dice
        self.taken = {(one.record, one.person) for one in world.subject}
        self.seated = {(one.item, one.staff) for one in world.seat}
        self.on_item = {(one.item, one.person) for one in world.itemperson}
        self.in_case = {(one.case, one.person) for one in world.caseperson}

    def any(self, table: str) -> Any:
        """Return a row of a table by chance."""
        return self.dice.choice(getattr(self.world, table))

    def either(self, mine: str, table: str) -> str:
        """Return one's own id, or by chance another's."""
        return mine if self.dice.random() < 0.7 else str(self.any(table).id)

    def rows(self, count: int) -> Iterable[tuple[str, Any]]:
        """Give `count` rows of tables by chance, where the world has what they need."""
        makers = [name for name in MAKERS if all(getattr(self.world, needed) for needed in NEEDS.get(name, ()))]
        for name in self.dice.sample(makers, min(count, len(makers))):
            row = MAKERS[name](self)
            if row is not None:
                yield name, row

    def free(self, taken: set[tuple[Any, Any]], first: str, second: str) -> tuple[str, str] | None:
        """Return a pair of rows that are not tied together yet."""
        pair = (str(self.any(first).id), str(self.any(second).id))
        return None if pair in taken else pair


NEW = "new"


def _make_record(t: Trial) -> w.Record:
    kind = t.dice.choice(("NOTE", "RECEIVE", "USE_DECISION", "AMENDMENT", "SUMMONS"))
    case = t.any("case").id if t.world.case and t.dice.random() < 0.7 else None
    sitting = t.any("sitting").id if t.world.sitting and t.dice.random() < 0.3 else None
    amends = t.any("record").id if t.world.record and (kind == "AMENDMENT" or t.dice.random() < 0.2) else None
    own = t.dice.random() < 0.8
    post = t.s.post if own else t.any("post")
    return w.Record(NEW, kind, post.agency, post.staff, case, sitting=sitting, amends=amends)


def _of_kind(t: Trial, *kinds: str) -> str:
    fits = [one.id for one in t.world.record if one.kind in kinds]
    mine = [one for one in fits if t.s.records[one].staff == t.s.staff]
    return str(t.dice.choice(mine or fits or [one.id for one in t.world.record]))


def _make_subject(t: Trial) -> w.Subject | None:
    mine = [one for one in t.world.record if (one.staff, one.agency) == (t.s.staff, t.s.agency)]
    record = t.dice.choice(mine or list(t.world.record))
    person = t.any("person").id
    if (record.id, person) in t.taken:
        return None
    kind = record.kind if t.dice.random() < 0.8 else "RECEIVE"
    return w.Subject(NEW, record.id, person, record.agency, kind)


def _pair(t: Trial, taken: set[tuple[Any, Any]], first: str, second: str, make: Any) -> Any:
    pair = t.free(taken, first, second)
    return make(*pair) if pair else None


def _make_emergency(t: Trial) -> w.Emergency:
    hours = t.dice.choice((24, 24, 24, 25))
    start = t.s.at - t.dice.choice((0, 0, 0, 1)) * HOUR
    record = t.s.records[_of_kind(t, "BREAK_GLASS")]
    return w.Emergency(NEW, record.id, t.any("person").id, t.s.staff, t.s.agency, start, start + hours * HOUR)


def _make_referral(t: Trial) -> w.Referral | None:
    record = t.s.records[_of_kind(t, "REFERRAL", "HAND_BACK")]
    case = record.case if record.case and t.dice.random() < 0.8 else t.any("case").id
    sender = t.either(t.s.agency, "agency")
    return w.Referral(NEW, record.id, case, "REFER", sender, t.any("agency").id, "WITHDRAWN", t.s.at)


def _make_person(t: Trial) -> w.Person:
    identity = t.any("person").identity if t.world.person and t.dice.random() < 0.2 else NEW
    return w.Person(NEW, t.any("household").id, identity)


def _perhaps(t: Trial, table: str) -> str | None:
    return str(t.any(table).id) if getattr(t.world, table) and t.dice.random() < 0.5 else None


MAKERS: dict[str, Any] = {
    "household": lambda t: w.Named(NEW),
    "person": _make_person,
    "contact": lambda t: w.OfPerson(NEW, t.any("person").id),
    "searchkey": lambda t: w.OfPerson(NEW, t.any("person").id, "NAME"),
    "householdmove": lambda t: w.OfPerson(NEW, t.any("person").id, "", t.any("household").id, t.either(t.s.staff, "staff")),
    "protection": lambda t: w.Protection(NEW, t.any("person").id, t.either(t.s.agency, "agency")),
    "bar": lambda t: w.Bar(NEW, t.any("person").id, t.any("agency").id, None),
    "personlink": lambda t: w.Link(NEW, t.any("person").id, t.any("person").id, t.either(t.s.staff, "staff"), t.any("staff").id),
    "case": lambda t: w.Case(NEW, t.any("household").id, t.either(t.s.agency, "agency")),
    "caseperson": lambda t: _pair(t, t.in_case, "case", "person", lambda a, b: w.OfCase(NEW, a, person=b)),
    "caseworker": lambda t: w.OfCase(NEW, t.any("case").id, staff=t.either(t.s.staff, "staff"), agency=t.either(t.s.agency, "agency")),
    "holding": lambda t: w.OfCase(NEW, t.any("case").id, agency=t.any("agency").id),
    "strand": lambda t: w.OfCase(NEW, t.any("case").id, person=t.any("person").id, agency=t.any("agency").id),
    "record": _make_record,
    "subject": _make_subject,
    "consultation": lambda t: w.OfRecord(NEW, _of_kind(t, "RECEIVE")),
    "call": lambda t: w.OfRecord(NEW, _of_kind(t, "NOTE", "RECEIVE")),
    "issue": lambda t: w.OfRecord(NEW, _of_kind(t, "ASSESSMENT"), t.any("person").id),
    "consent": lambda t: w.OfRecord(NEW, _of_kind(t, "CONSENT"), t.any("person").id),
    "consentreach": lambda t: w.Reach(NEW, t.any("consent").id, t.any("person").id, t.any("agency").id, "BASIC", t.s.at),
    "consentexclusion": lambda t: w.Exclusion(NEW, t.any("consent").id, t.any("agency").id, None),
    "consentrefusal": lambda t: w.OfRecord(NEW, _of_kind(t, "WITHDRAWAL"), t.any("person").id),
    "referral": _make_referral,
    "goal": lambda t: w.OfPlan(NEW, t.any("plan").id),
    "planrole": lambda t: w.OfPlan(NEW, t.any("plan").id, t.any("agency").id),
    "watch": lambda t: w.Watch(NEW, _of_kind(t, "WATCH"), (t.s.agency,), t.s.agency),
    "task": lambda t: w.Task(NEW, t.any("case").id, None, t.any("agency").id),
    "match": lambda t: w.Match(NEW, t.any("person").id, t.either(t.s.agency, "agency"), t.any("resource").id, _perhaps(t, "case")),
    "stay": lambda t: w.OfKeeping(NEW, t.any("case").id, t.either(t.s.staff, "staff")),
    "sitting": lambda t: w.Sitting(NEW, t.any("conference").id, (t.any("agency").id,), t.either(t.s.agency, "agency")),
    "agendaitem": lambda t: w.Item(NEW, t.any("sitting").id, "ARTICLE_106_6"),
    "seat": lambda t: _pair(t, t.seated, "agendaitem", "staff", lambda a, b: w.Seat(NEW, a, b, t.any("agency").id)),
    "itemperson": lambda t: _pair(t, t.on_item, "agendaitem", "person", lambda a, b: w.OfItem(NEW, a, person=b)),
    "itemmaterial": lambda t: w.OfItem(NEW, t.any("agendaitem").id, record=t.any("record").id),
    "materialrequest": lambda t: w.Request(NEW, t.any("agendaitem").id, t.s.agency, t.any("agency").id, t.either(t.s.staff, "staff")),
    "decision": lambda t: w.OfItem(NEW, t.any("agendaitem").id, agency=t.any("agency").id),
    "opinion": lambda t: w.OfItem(NEW, t.any("agendaitem").id, agency=t.any("agency").id),
    "pledge": lambda t: w.Pledge(NEW, t.either(t.s.staff, "staff"), t.either(t.s.agency, "agency"), t.s.at, t.s.at.astimezone(JAPAN).date()),
    "emergency": _make_emergency,
    "pack": lambda t: w.Pack(NEW, _of_kind(t, "DISCLOSURE"), t.any("person").id),
    "packrecord": lambda t: w.Pack(NEW, t.any("record").id, pack=t.any("pack").id),
    **{
        name: (
            lambda t: w.Own(NEW, t.either(t.s.staff, "staff"), t.either(t.s.agency, "agency"), t.either(t.s.post.id, "post"), t.s.at)
        )
        for name in ("journalline", "readline", "draft")
    },
    "sentform": lambda t: w.Own(NEW, t.either(t.s.staff, "staff")),
    "export": lambda t: w.Export(NEW, t.either(t.s.staff, "staff"), t.either(t.s.post.id, "post")),
    "exportpiece": lambda t: w.Piece(NEW, t.any("export").id),
    **{name: (lambda t: w.Own(NEW, agency=t.either(t.s.agency, "agency"))) for name in ("gap", "resource")},
    **{name: (lambda t: w.Named(NEW)) for name in ("area", "department", "rolename", "setting", "staff")},
}  # fmt: skip
NEEDS = {
    **dict.fromkeys(("contact", "searchkey", "householdmove", "protection", "bar", "personlink"), ("person",)),
    **dict.fromkeys(("subject", "issue", "consent", "consentrefusal", "emergency", "pack"), ("record", "person")),
    **dict.fromkeys(("consultation", "call", "watch"), ("record",)), "itemmaterial": ("agendaitem", "record"),
    **dict.fromkeys(("caseworker", "holding", "task", "stay"), ("case",)), "referral": ("case", "record"),
    **dict.fromkeys(("caseperson", "strand"), ("case", "person")), "consentreach": ("consent", "person"), "consentexclusion": ("consent",),
    "packrecord": ("pack", "record"), "match": ("resource", "person"), "agendaitem": ("sitting",),
    **dict.fromkeys(("seat", "materialrequest", "decision", "opinion"), ("agendaitem",)), "itemperson": ("agendaitem", "person"),
    **dict.fromkeys(("goal", "planrole"), ("plan",)), "exportpiece": ("export",), **dict.fromkeys(("person", "case"), ("household",)),
}  # fmt: skip
