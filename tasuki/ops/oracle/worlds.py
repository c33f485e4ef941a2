"""Worlds by chance: who there is and what happened, with the borders of every day and hour in reach."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any, Protocol

from tasuki.ops.oracle import world as w
from tasuki.ops.oracle.sight import JAPAN

AT = dt.datetime(2026, 6, 15, 12, 0, tzinfo=JAPAN)
TODAY = AT.date()
YEAR = 2026  # its 年度
LONG_AGO = AT - dt.timedelta(days=400)
SECOND, DAY = dt.timedelta(seconds=1), dt.timedelta(days=1)
PAST = (LONG_AGO, AT - 30 * DAY - SECOND, AT - 30 * DAY, AT - 30 * DAY + SECOND, AT - DAY, AT - SECOND, AT)
# At the very instant a rule and a law part that differ by it alone: of a referral it is drawn as often as all others.
ANSWERED = (*PAST, *(AT - 30 * DAY,) * len(PAST))
ENDED = (None, None, None, AT - DAY, AT)
LAST_DAYS = (None, None, None, None, None, None, TODAY - DAY, TODAY, TODAY + DAY)
EVEN, SOMETIMES, SELDOM = (False, True), (False, False, True), (False, False, False, True)
SETS = (
    ("FIRST",), ("COORD",), ("CITY",), ("CHAIR",), ("OUT",), ("PARTNER",), ("COORD", "CHAIR"), ("CITY", "FIRST"), ("FIRST",),
    ("MGR",), ("PRIV",), ("ADMIN",), ("PRIV", "FIRST"), ("DESK",), ("FIRST",), ("COORD",), ("CITY",), ("OUT",), ("FIRST",),
)  # fmt: skip
KINDS = (
    "NOTE", "RECEIVE", "RECEIVE", "CONSENT", "CONSENT", "CONSENT", "CONSENT", "REFERRAL", "REFERRAL", "REFERRAL", "HAND_BACK", "PLAN", "PLAN", "WATCH", "WATCH",
    "BREAK_GLASS", "BREAK_GLASS", "VISIT", "ASSESSMENT", "NOTICE", "ADVICE", "WITHDRAWAL", "DISCLOSURE", "ANSWER",
)  # fmt: skip
CLASSES = ("BASIC", "BASIC", "HEALTH")
SCOPES = ("CASE_TEAM", "CASE_TEAM", "CASE_TEAM", "OWN_AGENCY", "HUB_ONLY")
CASES = ("INTAKE", "INTAKE", "INTAKE", "CLOSED", "ARCHIVED", "ARCHIVED", "DISPOSED")
STATES = ("OFFERED", "ACCEPTED", "DECLINED", "WITHDRAWN", "JOINED")


class Draw(Protocol):
    """Where chance comes from."""

    def of(self, *choices: Any) -> Any:
        """Draw one of these."""

    def count(self, least: int, most: int) -> int:
        """Draw how many."""

    def few(self, ids: Sequence[str], least: int, most: int) -> list[str]:
        """Draw a few different ones."""


class Dice(Draw):
    """Independent throws from a seed: a thousand worlds a second, no two of them alike."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311  chance, no secret

    def of(self, *choices: Any) -> Any:
        """Draw one of these."""
        return self._random.choice(choices)

    def count(self, least: int, most: int) -> int:
        """Draw how many."""
        return self._random.randint(least, most)

    def few(self, ids: Sequence[str], least: int, most: int) -> list[str]:
        """Draw a few different ones."""
        return self._random.sample(list(ids), min(len(ids), self._random.randint(least, most)))


class Chance:
    """Rows drawn one after the other, each table with readable ids."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self.of, self.count = draw.of, draw.count
        self.rows: dict[str, list[Any]] = defaultdict(list)

    def add(self, table: str, make: Any, /, **columns: Any) -> Any:
        """Write a row and return it."""
        row = make(id=f"{table}{len(self.rows[table]) + 1}", **columns)
        self.rows[table].append(row)
        return row

    def one(self, table: str) -> str:
        """Draw the id of a row."""
        return str(self.of(*self.rows[table]).id)

    def desk(self) -> str:
        """Draw an agency that somebody has a post in, so that it matters to somebody."""
        return str(self.of(*self.rows["post"]).agency)

    def maybe(self, table: str) -> str | None:
        """Draw the id of a row, or nothing."""
        return self.one(table) if self.rows[table] and self.of(*EVEN) else None

    def some(self, table: str, least: int, most: int) -> list[str]:
        """Draw a few different rows."""
        ids = [row.id for row in self.rows[table]]
        return self._draw.few(ids, least, most) if ids else []


def draw_world(draw: Draw) -> w.World:
    """Draw two to four people, two to four agencies and some two to ten things that were written."""
    chance = Chance(draw)
    _town(chance)
    _people(chance)
    for _ in range(chance.count(0, 2)):
        _case(chance)
    for _ in range(chance.count(2, 7)):
        _record(chance)
    for _ in range(chance.of(0, 1, 1, 2)):
        _shared(chance)
    if chance.of(*EVEN):
        _watched(chance)
    for _ in range(chance.of(0, 1, 1, 2)):
        _sitting(chance)
    _guards(chance)
    _loose_ends(chance)
    _settled(chance)
    return w.World(at=AT, **{name: tuple(rows) for name, rows in chance.rows.items()})


def _settled(c: Chance) -> None:
    """1.10, 2.5: what the town has settled about secrecy and the decision, and plans that the person has applied for."""
    c.add("setting", w.Setting, d2_decider=c.of("city_after", "city_before"))
    c.add("setting", w.Setting, section="secrecy", asked_yearly=not c.of(*SELDOM))
    for place, plan in enumerate(c.rows["plan"]):
        c.rows["plan"][place] = replace(plan, judged_at=c.of(plan.judged_at, None), applied_on=c.of(None, TODAY, TODAY))


def _town(c: Chance) -> None:
    c.add("agency", w.Agency, kind="HUB", mode=c.of("直営", "委託"), is_hub=True, contract_until=c.of(*LAST_DAYS))
    for _ in range(c.count(1, 3)):
        c.add(
            "agency", w.Agency, kind=c.of("DESK", "CITY_OFFICE"), mode=c.of("委託", "直営"), is_hub=False,
            contract_until=c.of(*LAST_DAYS), valid_until=c.of(*[None] * 10, TODAY - DAY, TODAY),
        )  # fmt: skip
    for _ in range(c.count(2, 3)):
        c.add("staff", w.Named)
    for number, staff in enumerate([*c.rows["staff"], *([c.rows["staff"][0]] if c.of(*EVEN) else [])]):
        c.add(
            "post", w.Post, staff=staff.id, agency=c.one("agency"), sets=c.of(*SETS),
            since=c.of(*[LONG_AGO] * 10, AT, AT + SECOND) + number * dt.timedelta(microseconds=-1),
            until=c.of(*[None] * 10, AT, AT + SECOND),
        )  # fmt: skip
    # Nearly all have acknowledged, so that there is much to see; the 年度 before and the agency beside say nothing.
    mine = [
        (one.staff, c.of(*[one.agency] * 9, c.one("agency")), c.of(*[YEAR] * 9, YEAR - 1)) for one in c.rows["post"]
    ]
    for staff, agency, year in dict.fromkeys(mine):
        c.add("acknowledgment", w.Acknowledgment, staff=staff, agency=agency, fiscal_year=year)
    for _ in range(c.count(0, 3)):
        c.add(
            "pledge", w.Pledge, staff=c.one("staff"), agency=c.one("agency"), since=c.of(LONG_AGO, LONG_AGO, AT, AT + DAY),
            until=c.of(TODAY, TODAY, TODAY + DAY, TODAY - DAY),
        )  # fmt: skip


def _people(c: Chance) -> None:
    for _ in range(c.count(1, 2)):
        c.add("household", w.Named)
    count = c.count(2, 4)
    joined: dict[str, str] = {}
    links = []
    if c.of(*SOMETIMES):
        links.append(("person1", f"person{c.count(2, count)}", c.of(None, None, AT)))
    if c.of(*SELDOM) and count > 2:
        links.append(("person2", "person3", c.of(None, AT)))
    for first, second, ended in links:
        c.add("personlink", w.Link, first=first, second=second, linked_by="staff1", checked_by="staff2", ended_at=ended)
        if ended is None and first != second:
            # The lowest id of those who hang together; three in a row at most.
            lowest = min(joined.get(first, first), joined.get(second, second))
            joined.update(
                dict.fromkeys([first, second, *(k for k, v in joined.items() if v in {first, second})], lowest)
            )
    for number in range(1, count + 1):
        name = f"person{number}"
        c.add("person", w.Person, household=c.one("household"), identity=joined.get(name, name))
    for person in c.rows["person"]:
        c.add("contact", w.OfPerson, person=person.id)
        c.add("searchkey", w.OfPerson, person=person.id, kind="NAME")
        c.add("searchkey", w.OfPerson, person=person.id, kind="PHONE")
        c.add("householdmove", w.OfPerson, person=person.id, household=person.household, moved_by=c.rows["staff"][0].id)


def _case(c: Chance) -> None:
    case = c.add("case", w.Case, household=c.one("household"), agency=c.one("agency"), state=c.of(*CASES))
    if case.state != "INTAKE":
        c.add("keeping", w.OfKeeping, case=case.id, set_by=c.one("staff"))
        c.add("stay", w.OfKeeping, case=case.id, set_by=c.one("staff"), lifted_at=c.of(None, AT))
    for person in c.some("person", 1, 2):
        c.add("caseperson", w.OfCase, case=case.id, person=person, left_at=c.of(None, None, None, AT))
    c.add("holding", w.OfCase, case=case.id, agency=c.one("agency"))
    c.add("caseworker", w.OfCase, case=case.id, staff=c.one("staff"), agency=c.one("agency"))
    c.add("strand", w.OfCase, case=case.id, person=c.one("person"), agency=c.one("agency"))


def _put_away(c: Chance, case: str | None) -> dt.datetime | None:
    """When a record or an item of a case was put away with it."""
    state = next((one.state for one in c.rows["case"] if one.id == case), "")
    return AT if state in {"ARCHIVED", "DISPOSED"} else None


def _record(c: Chance) -> None:
    kind = c.of(*KINDS)
    case = c.maybe("case")
    if case is None and kind in {"REFERRAL", "HAND_BACK", "PLAN"}:
        kind = "NOTE"
    post = c.of(*c.rows["post"])
    record = c.add(
        "record", w.Record, kind=kind, agency=post.agency, staff=post.staff, case=case, data_class=c.of(*CLASSES),
        scope=c.of(*SCOPES), informant_confidential=c.of(*SELDOM),
        addressee=c.one("agency") if kind in {"ADVICE", "REFERRAL", "HAND_BACK"} else None,
        archived_at=_put_away(c, case) or (c.of(*[None] * 6, AT) if case is None else None),
    )  # fmt: skip
    least = 0 if kind in {"NOTE", "NOTICE", "ADVICE", "VISIT"} else 1
    people = c.some("person", least, 2)
    for person in people:
        said = "KEPT" if record.archived_at else kind
        c.add("subject", w.Subject, record=record.id, person=person, agency=record.agency, kind=said)
    if detail := _DETAILS.get(kind):
        detail(c, record, people)


def _consent(c: Chance, record: w.Record, people: Sequence[str]) -> None:
    consent = c.add("consent", w.OfRecord, record=record.id, person=people[0])
    for _ in range(c.count(1, 3)):
        c.add(
            "consentreach", w.Reach, consent=consent.id, person=people[0], agency=c.desk(),
            data_class=c.of(*CLASSES), since=c.of(LONG_AGO, LONG_AGO, AT, AT + SECOND), until=c.of(*LAST_DAYS), ended_at=c.of(*ENDED),
        )  # fmt: skip
    if c.of(*SOMETIMES):
        by_agency = c.of(*EVEN)
        c.add(
            "consentexclusion", w.Exclusion, consent=consent.id, agency=c.desk() if by_agency else None,
            staff=None if by_agency else c.one("staff"),
        )  # fmt: skip


def _shared(c: Chance) -> None:
    """A note about somebody who consented, and perhaps somebody who did not: by chance such a thing is rare."""
    if not c.rows["consentreach"]:
        return
    reach = c.of(*c.rows["consentreach"])
    post = c.of(*c.rows["post"])
    record = c.add(
        "record",
        w.Record,
        kind="NOTE",
        agency=post.agency,
        staff=post.staff,
        data_class=c.of(reach.data_class, *CLASSES),
        scope=c.of(*SCOPES),
    )
    for person in dict.fromkeys([reach.person, *c.some("person", 0, 1)]):
        c.add("subject", w.Subject, record=record.id, person=person, agency=record.agency, kind="NOTE")


def _watched(c: Chance) -> None:
    """A watch over somebody of whom only its writer knows else, if there is such a person: by chance such a thing is rare."""
    written = {one.person for one in c.rows["subject"]}
    people = [one for one in c.rows["person"] if one.id not in written] or c.rows["person"]
    post = c.of(*c.rows["post"])
    record = c.add(
        "record", w.Record, kind="WATCH", agency=post.agency, staff=post.staff, data_class=c.of(*CLASSES), scope=c.of(*SCOPES)
    )  # fmt: skip
    c.add("subject", w.Subject, record=record.id, person=c.of(*people).id, agency=record.agency, kind="WATCH")
    others = [one.agency for one in c.rows["post"] if one.agency != post.agency] or [post.agency]
    looks_in, goes = c.of(*others), c.of(*others)
    c.add("watch", w.Watch, record=record.id, watchers=(looks_in,), first_responder=goes, ended_at=c.of(*ENDED))


def _referral(c: Chance, record: w.Record, people: Sequence[str]) -> None:
    offered = {one.case for one in c.rows["referral"] if one.state == "OFFERED"}
    state = c.of(*STATES[record.case in offered :])
    c.add(
        "referral", w.Referral, record=record.id, case=record.case, kind="REFER" if record.kind == "REFERRAL" else "HAND_BACK",
        sender=record.agency, receiver=c.desk(), state=state, answered_at=None if state == "OFFERED" else c.of(*ANSWERED),
        closed_at=c.of(None, None, AT) if state in {"ACCEPTED", "JOINED"} else None,
    )  # fmt: skip


def _plan(c: Chance, record: w.Record, people: Sequence[str]) -> None:
    plan = w.Plan(id=record.id, record=record.id, case=str(record.case), judged_at=c.of(AT, None, AT - DAY))
    c.rows["plan"].append(plan)
    c.add("goal", w.OfPlan, plan=plan.id)
    c.add("planrole", w.OfPlan, plan=plan.id, agency=c.one("agency"))


def _watch(c: Chance, record: w.Record, people: Sequence[str]) -> None:
    c.add(
        "watch", w.Watch, record=record.id, watchers=tuple(c.some("agency", 1, 2)), first_responder=c.desk(),
        ended_at=c.of(None, None, AT),
    )  # fmt: skip


def _emergency(c: Chance, record: w.Record, people: Sequence[str]) -> None:
    opened, until = c.of((AT - DAY, AT + SECOND), (AT, AT + DAY), (AT - DAY, AT), (AT + SECOND, AT + DAY))
    for person in people:
        c.add(
            "emergency", w.Emergency, record=record.id, person=person, staff=record.staff, agency=record.agency,
            opened_at=opened, until=until,
        )  # fmt: skip


def _pack(c: Chance, record: w.Record, people: Sequence[str]) -> None:
    pack = c.add("pack", w.Pack, record=record.id, requester=people[0])
    c.add("packrecord", w.Pack, pack=pack.id, record=c.one("record"))


def _of_first(table: str) -> Any:
    return lambda c, record, people: c.add(table, w.OfRecord, record=record.id, person=people[0])


def _reception(c: Chance, record: w.Record, people: Sequence[str]) -> None:
    c.add("consultation", w.OfRecord, record=record.id)
    _call(c, record, people)


def _call(c: Chance, record: w.Record, people: Sequence[str]) -> None:
    if c.of(*EVEN):
        c.add("call", w.OfRecord, record=record.id)


_DETAILS = {
    "NOTE": _call,
    "RECEIVE": _reception,
    "ASSESSMENT": _of_first("issue"), "WITHDRAWAL": _of_first("consentrefusal"), "CONSENT": _consent,
    "REFERRAL": _referral, "HAND_BACK": _referral, "PLAN": _plan, "WATCH": _watch, "BREAK_GLASS": _emergency,
    "DISCLOSURE": _pack,
}  # fmt: skip


def _sitting(c: Chance) -> None:
    sitting = c.add(
        "sitting", w.Sitting, conference="conference", secretariat=tuple(c.some("agency", 0, 1)), called_by=c.desk()
    )  # fmt: skip
    about: list[str] = []
    for _ in range(c.count(1, 2)):
        case = c.maybe("case")
        item = c.add(
            "agendaitem", w.Item, sitting=sitting.id, basis=c.of("ARTICLE_106_6", "CONSENT"), case=case,
            archived_at=_put_away(c, case),
        )  # fmt: skip
        people = c.some("person", 1, 2)
        about += people
        for person in people:
            c.add("itemperson", w.OfItem, item=item.id, person=person)
        for staff in c.some("staff", 0, 3):
            posts = [one.agency for one in c.rows["post"] if one.staff == staff]
            c.add("seat", w.Seat, item=item.id, staff=staff, agency=c.of(*posts), is_deputy=c.of(*EVEN))
        for record in c.some("record", 0, 2):
            c.add("itemmaterial", w.OfItem, item=item.id, record=record)
        if item.basis == "ARTICLE_106_6":
            c.add(
                "materialrequest", w.Request, item=item.id, asking=c.desk(), agency=c.desk(), asked_by=c.one("staff"),
                state=c.of("ASKED", "ASKED", "ANSWERED"),
            )  # fmt: skip
        c.add("decision", w.OfItem, item=item.id, agency=c.one("agency"))
        c.add("opinion", w.OfItem, item=item.id, agency=c.one("agency"))
    post = c.of(*c.rows["post"])
    kind = c.of("SUMMONS", "SITTING")
    record = c.add("record", w.Record, kind=kind, agency=post.agency, staff=post.staff, sitting=sitting.id)
    for person in dict.fromkeys(about):
        c.add("subject", w.Subject, record=record.id, person=person, agency=record.agency, kind=record.kind)


def _guards(c: Chance) -> None:
    for _ in range(c.count(0, 2)):
        by_agency = c.of(*EVEN)
        c.add(
            "bar", w.Bar, person=c.one("person"), agency=c.desk() if by_agency else None,
            staff=None if by_agency else c.one("staff"), ended_at=c.of(*ENDED),
        )  # fmt: skip
    for _ in range(c.count(0, 1)):
        c.add("protection", w.Protection, person=c.one("person"), agency=c.desk(), ended_at=c.of(*ENDED))


def _loose_ends(c: Chance) -> None:
    agency, staff = c.rows["post"][0].agency, c.rows["post"][0].staff
    c.add("task", w.Task, case=c.maybe("case"), record=c.maybe("record"), agency=c.one("agency"))
    for table in ("gap", "resource"):
        c.add(table, w.Own, agency=agency)
    c.add("match", w.Match, person=c.one("person"), agency=agency, resource="resource1", case=c.maybe("case"))
    for table in ("journalline", "readline", "draft"):
        c.add(table, w.Own, staff=staff, agency=agency)
    c.add("sentform", w.Own, staff=staff)
    post = c.of(*c.rows["post"])
    made = c.add(
        "export", w.Export, staff=c.of(post.staff, post.staff, c.one("staff")), session=post.id,
        state=c.of("READY", "READY", "MAKING", "OUTDATED"), until=c.of(AT + SECOND, AT),
    )  # fmt: skip
    c.add("exportpiece", w.Piece, export=made.id)
