"""Who sees what in a world, said in plain Python after docs/rules-of-disclosure.md and after nothing else."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from tasuki.ops.oracle.world import Agency, Case, Id, Item, Plan, Post, Record, Referral, Subject, Watch, World

JAPAN = ZoneInfo("Asia/Tokyo")
READERS = frozenset({"FIRST", "COORD", "CITY", "CHAIR", "OUT", "PART", "COMM", "DESK", "PARTNER"})  # 1.5
LATER = frozenset({"NOTE", "VISIT", "ASSESSMENT", "PLAN"})  # 2.8
SHEETS = frozenset({"REFERRAL", "HAND_BACK"})
OF_SITTING = frozenset({"SUMMONS", "SITTING"})
AFTER_DECLINE = dt.timedelta(days=30)  # 5.2


class Sight:
    """The world as one post sees it. Nothing at all when the post is not in force (1.2, 1.3, 1.10).

    `at_the_door`: as its own person is served; who is only spoken of, as a guest, is not asked to have acknowledged (1.10).
    """

    def __init__(self, world: World, post: Post, *, at_the_door: bool = True) -> None:
        self.world, self.post = world, post
        self.at, self.day = world.at, world.at.astimezone(JAPAN).date()
        self.staff, self.agency, self.sets = post.staff, post.agency, frozenset(post.sets)
        self.in_force = self._serves() and not (at_the_door and self.owes)
        self.reads = self.in_force and bool(self.sets & READERS)
        self.guards = self.in_force and "PRIV" in self.sets
        self.persons = {one.id: one for one in world.person}
        self.records = {one.id: one for one in world.record}
        self.cases = {one.id: one for one in world.case}
        self.items = {one.id: one for one in world.agendaitem}
        self.agencies = {one.id: one for one in world.agency}
        self._memo: dict[tuple[str, Id], Any] = {}

    def _once(self, name: str, row: Id, answer: Callable[[], Any]) -> Any:
        key = (name, row)
        if key not in self._memo:
            self._memo[key] = answer()
        return self._memo[key]

    # 1 Before anything else

    def _serves(self) -> bool:
        """1.2, 1.3: the post runs now, and so do the agency's term and contract, to the end of their last day."""
        at = next(one for one in self.world.agency if one.id == self.post.agency)
        runs = self.post.since <= self.at and (self.post.until is None or self.at < self.post.until)
        return runs and not has_ended(at, self.day)

    @property
    def owes(self) -> bool:
        """1.10: works for a contractor and has not acknowledged secrecy there in this 年度, where the town asks it."""
        at = next(one for one in self.world.agency if one.id == self.post.agency)
        asked = all(one.asked_yearly for one in self.world.setting if one.section == "secrecy")
        year = self.day.year if self.day.month >= 4 else self.day.year - 1
        mine = {
            one.fiscal_year for one in self.world.acknowledgment if (one.staff, one.agency) == (self.staff, self.agency)
        }
        return at.mode == "委託" and asked and year not in mine

    @cached_property
    def own(self) -> frozenset[Id]:
        """1.4: the own agency; for the owner section also those that have ended."""
        candidates = [one for one in self.world.agency if one.kind == "CITY_OFFICE"]
        candidates = candidates or [one for one in self.world.agency if one.is_hub]
        section = min(candidates, key=lambda one: one.id).id if candidates else None
        ended = {one.id for one in self.world.agency if has_ended(one, self.day)}
        return frozenset({self.agency} | (ended if section == self.agency else set()))

    @cached_property
    def _linked(self) -> dict[Id, frozenset[Id]]:
        """1.8: who hangs together by living links is one person."""
        groups = {one.id: {one.id} for one in self.world.person}
        for link in self.world.personlink:
            if link.ended_at is None:
                joint = groups[link.first] | groups[link.second]
                for one in joint:
                    groups[one] = joint
        return {one: frozenset(group) for one, group in groups.items()}

    def one(self, person: Id) -> frozenset[Id]:
        """Return everybody who is the same person as this one."""
        return self._linked[person]

    def barred(self, person: Id) -> bool:
        """1.7: a living bar of the agency or of the staff member, on the person or on who is linked with them."""
        return any(
            bar.person in self.one(person)
            and bar.ended_at is None
            and (bar.agency == self.agency or bar.staff == self.staff)
            for bar in self.world.bar
        )

    # 3 Consent

    @cached_property
    def _reach(self) -> frozenset[tuple[Id, str]]:
        """3.2–3.4: (person, class) that a consent in force reaches here, those excluded left out."""
        excluded = {
            one.consent for one in self.world.consentexclusion if one.agency == self.agency or one.staff == self.staff
        }
        return frozenset(
            (one.person, one.data_class)
            for one in self.world.consentreach
            if one.agency == self.agency
            and one.consent not in excluded
            and one.since <= self.at
            and one.ended_at is None
            and (one.until is None or self.day <= one.until)
        )

    def consented(self, person: Id, data_class: str) -> bool:
        """Whether a consent of this person reaches here with this class."""
        return any((one, data_class) in self._reach for one in self.one(person))

    # 4 Conferences

    @cached_property
    def pledged(self) -> bool:
        """4.2: the own pledge is valid today, its last day included."""
        return any(
            one.staff == self.staff and one.since.astimezone(JAPAN).date() <= self.day <= one.until
            for one in self.world.pledge
        )

    def people_of_item(self, item: Id) -> list[Id]:
        """Return whom an item is about."""
        return [one.person for one in self.world.itemperson if one.item == item and one.person]

    def _seated(self, item: Item) -> bool:
        """4.2–4.4: a seat of one's own for this agency, with a pledge; or by office in the secretariat's agency."""
        seat = any(
            one.item == item.id and one.staff == self.staff and one.agency == self.agency for one in self.world.seat
        )
        sitting = next(one for one in self.world.sitting if one.id == item.sitting)
        return (seat and self.pledged) or (bool(self.sets & {"COORD", "CHAIR"}) and self.agency in sitting.secretariat)

    def item(self, item: Id) -> list[str]:
        """4.2–4.8: the grounds on one item."""
        return self._once("item", item, lambda: self._item(self.items[item]))  # type: ignore[no-any-return]  # the memo holds what it was given

    def _item(self, item: Item) -> list[str]:
        people = self.people_of_item(item.id)
        if not self.in_force or any(self.barred(one) for one in people):
            return []
        if item.archived_at is not None:  # 12.1
            return ["LAW"] if self.guards else []
        if not self.reads:
            return []
        if item.basis == "ARTICLE_106_6":
            return ["ARTICLE_106_6"] if self._seated(item) else []
        sitting = next(one for one in self.world.sitting if one.id == item.sitting)
        held = ["HOLDER"] if sitting.called_by in self.own else []
        everybody = bool(people) and all(self.consented(one, "BASIC") for one in people)
        return held + (["CONSENT"] if everybody else [])

    def _sealed(self, items: Iterable[Id]) -> bool:
        return any(
            self.items[one].basis == "ARTICLE_106_6" and self.items[one].archived_at is None and self.item(one)
            for one in items
        )

    # 2 Grounds on a person

    def person(self, person: Id) -> list[str]:
        """2.1–2.9: the grounds on somebody's identity, in the order of the screen."""
        return self._once("person", person, lambda: self._person(person))  # type: ignore[no-any-return]  # as above

    def rests(self, ids: frozenset[Id]) -> bool:
        """12.3: something was written about them, and all of it is put away."""
        kinds = {one.kind for one in self.world.subject if one.person in ids}
        return kinds == {"KEPT"}

    def _person(self, person: Id) -> list[str]:
        if not self.in_force or self.barred(person):
            return []
        ids = self.one(person)
        law = self.guards and self.rests(ids)
        if not self.reads:
            return ["LAW"] if law else []
        written = {one.kind for one in self.world.subject if one.person in ids and one.agency in self.own}
        asked: list[tuple[str, bool]] = [
            ("HOLDER", "RECEIVE" in written),
            ("CONSENT", self.consented(person, "BASIC")),
            ("ARTICLE_106_6", self._sealed(one.item for one in self.world.itemperson if one.person in ids)),
            ("REFERRAL", self._referred(ids)),
            ("INTERNAL", self._decides(ids) or self._watches(ids)),
            ("LAW", law),
            ("WROTE", bool(written & LATER)),
            ("EMERGENCY", self._opened(person)),
        ]
        return [name for name, holds in asked if holds]

    @cached_property
    def _subjects(self) -> dict[Id, list[Id]]:
        found: dict[Id, list[Id]] = defaultdict(list)
        for one in self.world.subject:
            found[one.record].append(one.person)
        return found

    def subjects(self, record: Id) -> list[Id]:
        """Return whom a record is about."""
        return self._subjects.get(record, [])

    def open_here(self, referral: Referral) -> bool:
        """5.1–5.3: until answered; after acceptance until it is ended; thirty days after a decline or withdrawal."""
        if referral.receiver != self.agency:
            return False
        if referral.state == "OFFERED":
            return True
        if referral.state in {"ACCEPTED", "JOINED"}:
            return referral.closed_at is None
        return referral.answered_at is not None and self.at < referral.answered_at + AFTER_DECLINE

    def _grounding(self, record: Id) -> set[Id]:
        """12.2: whom a record grounds sight of; nobody, once it is put away."""
        return set() if self.records[record].archived_at else set(self.subjects(record))

    def _referred(self, ids: frozenset[Id]) -> bool:
        return any(
            self.open_here(one) and self.records[one.record].kind in SHEETS and ids & self._grounding(one.record)
            for one in self.world.referral
        )

    def _decides(self, ids: frozenset[Id]) -> bool:
        return "CITY" in self.sets and any(
            self._before_decider(one) and ids & self._grounding(one.record) for one in self.world.plan
        )

    def _before_decider(self, plan: Plan) -> bool:
        """2.5: from the judgement on; where the town lets the officer decide before the conference, from the application on."""
        early = any(one.d2_decider == "city_before" for one in self.world.setting)
        return plan.judged_at is not None or (early and plan.applied_on is not None)

    def watching(self, watch: Watch) -> bool:
        """Whether the own agency looks in or goes first."""
        return self.agency in watch.watchers or watch.first_responder == self.agency

    def _watches(self, ids: frozenset[Id]) -> bool:
        """2.5: a section of the city itself, while the watch lasts."""
        return self.agencies[self.agency].mode == "直営" and any(
            one.ended_at is None and self.watching(one) and ids & self._grounding(one.record)
            for one in self.world.watch
        )

    def _opened(self, person: Id) -> bool:
        """7.1, 7.2: opened by this very person, and not yet closed."""
        return any(
            one.person in self.one(person) and one.staff == self.staff and one.opened_at <= self.at < one.until
            for one in self.world.emergency
        )

    def address(self, person: Id) -> bool:
        """6.1: with the identity; protected, only for an agency that protects."""
        guards = [
            one.agency for one in self.world.protection if one.person in self.one(person) and one.ended_at is None
        ]
        return bool(self.person(person)) and (not guards or any(one in self.own for one in guards))

    # 2 Grounds on a record

    def record(self, record: Id) -> list[str]:
        """2.1–2.9: the grounds on one record."""
        return self._once("record", record, lambda: self._record(self.records[record]))  # type: ignore[no-any-return]  # as above

    def _record(self, record: Record) -> list[str]:
        if record.kind in OF_SITTING:  # 4.6
            seen = {g for one in self.world.agendaitem if one.sitting == record.sitting for g in self.item(one.id)}
            return [g for g in ("HOLDER", "CONSENT", "ARTICLE_106_6", "LAW") if g in seen]
        people = self.subjects(record.id)
        if not self.in_force or any(self.barred(one) for one in people):
            return []
        if record.archived_at is not None:  # 12.1
            return ["LAW"] if self.guards else []
        law = record.kind == "BREAK_GLASS" and "PRIV" in self.sets
        if not self.reads:
            return ["LAW"] if law else []
        plain = record.kind != "NOTICE"  # 2.7 says who sees a notice
        shared = plain and record.scope == "CASE_TEAM"
        hub = "COORD" in self.sets and self.agencies[self.agency].is_hub
        mine = record.agency in self.own
        asked: list[tuple[str, bool]] = [
            ("HOLDER", plain and mine),
            ("CONSENT", shared and bool(people) and all(self.consented(one, record.data_class) for one in people)),
            ("ARTICLE_106_6", self._sealed(one.item for one in self.world.itemmaterial if one.record == record.id)),
            ("REFERRAL", self._sheet(record) or (not plain and hub and not mine)),
            ("INTERNAL", "CITY" in self.sets and self._judged(record)),
            ("LAW", law),
            ("OWN_NOTICE", (not plain and mine) or (record.kind == "ADVICE" and record.addressee == self.agency)),
            ("EMERGENCY", self._broken(record, people)),
        ]
        return [name for name, holds in asked if holds]

    def _sheet(self, record: Record) -> bool:
        return record.kind in SHEETS and any(
            one.record == record.id and self.open_here(one) for one in self.world.referral
        )

    def _judged(self, record: Record) -> bool:
        return any(one.record == record.id and self._before_decider(one) for one in self.world.plan)

    def _broken(self, record: Record, people: list[Id]) -> bool:
        """6.3, 2.9: everybody of it opened, and no informant to be kept hidden."""
        return not record.informant_confidential and bool(people) and all(self._opened(one) for one in people)

    # 8 Cases

    def people_of_case(self, case: Id) -> list[Id]:
        """Return for whom a case was received and who still belong to it."""
        return [one.person for one in self.world.caseperson if one.case == case and one.left_at is None and one.person]

    def case(self, case: Id) -> list[str]:
        """8.1: the grounds on one case."""
        return self._once("case", case, lambda: self._case(self.cases[case]))  # type: ignore[no-any-return]  # as above

    def _case(self, case: Case) -> list[str]:
        people = self.people_of_case(case.id)
        if not self.in_force or case.state == "DISPOSED" or any(self.barred(one) for one in people):
            return []
        if case.state == "ARCHIVED":  # 12.1
            return ["LAW"] if self.guards else []
        if not self.reads:
            return []
        near = {*people, *(one.id for one in self.world.person if one.household == case.household)}
        sights = {g for one in near for g in self.person(one)}
        wrote = any(one.case == case.id and one.agency in self.own and one.kind in LATER for one in self.world.record)
        held = ["HOLDER"] if case.agency in self.own else []
        held += [g for g in ("CONSENT", "ARTICLE_106_6", "REFERRAL", "INTERNAL") if g in sights]
        return held + (["WROTE"] if wrote else []) + (["EMERGENCY"] if "EMERGENCY" in sights else [])

    def knows(self, person: Id) -> bool:
        """8.2, 12.4: sees them, or a case of their household, and is not barred; not by what is put away."""
        if self.barred(person):
            return False
        home = self.persons[person].household
        return self.living(person) or any(one.household == home and self.open(one.id) for one in self.world.case)

    def living(self, person: Id) -> bool:
        """Whether somebody is seen on another first ground than that they are put away."""
        return self.person(person)[:1] not in ([], ["LAW"])

    def kept(self, case: Id | None) -> bool:
        """Whether a case is put away, or erased."""
        return case is not None and self.cases[case].state in {"ARCHIVED", "DISPOSED"}

    def open(self, case: Id) -> bool:
        """Whether a case is seen, and is not put away."""
        return not self.kept(case) and bool(self.case(case))

    def put_away(self, record: Id | None) -> bool:
        """Whether a record is put away."""
        return record is not None and self.records[record].archived_at is not None

    def judged_plan(self, plan: Plan) -> bool:
        """A plan is there with its record."""
        return bool(self.record(plan.record))

    def subject(self, subject: Subject) -> bool:
        """4.6: of a summons or a sitting only those whose item is there; else with the record."""
        record = self.records[subject.record]
        if record.kind not in OF_SITTING:
            return bool(self.record(subject.record))
        return any(
            self.items[one.item].sitting == record.sitting and one.person == subject.person and self.item(one.item)
            for one in self.world.itemperson
        )


def has_ended(agency: Agency, day: dt.date) -> bool:
    """1.3: ended the day after its last day, of the contract or of the agency itself."""
    return any(last is not None and last < day for last in (agency.contract_until, agency.valid_until))
