"""From a step of the contract to an action: every verb, its arguments looked up, its result remembered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from tasuki.actions import case as case_acts
from tasuki.actions import conference as conference_acts
from tasuki.actions import consent as consent_acts
from tasuki.actions import consultation as consultation_acts
from tasuki.actions import disclosure as disclosure_acts
from tasuki.actions import municipality as municipality_acts
from tasuki.actions import outreach as outreach_acts
from tasuki.actions import participation as participation_acts
from tasuki.actions import person as person_acts
from tasuki.actions import plan as plan_acts
from tasuki.actions import referral as referral_acts
from tasuki.actions import resource as resource_acts
from tasuki.actions import staff as staff_acts
from tasuki.actions import watch as watch_acts
from tasuki.ops.replay import prompt
from tasuki.ops.replay.stage import Cast
from tasuki.records.asker import Asker
from tasuki.rules.contract.scenario import Scenario, Step


class NotPlayedYet(Exception):
    """The verb belongs to a part of the contract that has no action yet; the text is the verb."""


@dataclass
class Play:
    """A scenario being played: the cast and what each step made (a record, a plan, a sitting, items)."""

    scenario: Scenario
    cast: Cast
    made: dict[str, UUID] = field(default_factory=dict)
    sittings: dict[str, UUID] = field(default_factory=dict)
    items: dict[str, UUID] = field(default_factory=dict)
    packs: dict[str, UUID] = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    """One step with who plays it; `newcomers` are the keys registered during this step."""

    play: Play
    step: Step
    by: Asker
    newcomers: dict[str, UUID]

    @property
    def now(self) -> dt.datetime:
        """The step's moment."""
        return self.step.at

    def has(self, name: str) -> bool:
        """Whether the step has the argument."""
        return name in self.step.arguments

    def text(self, name: str) -> str:
        """The argument as text, empty when it is not there."""
        value = self.step.arguments.get(name)
        return "" if value is None else str(value)

    def day(self, name: str) -> dt.date | None:
        """The argument as a day."""
        value = self.step.arguments.get(name)
        return dt.date.fromisoformat(str(value)[:10]) if value else None

    def days(self, name: str) -> list[dt.date]:
        """The argument as days."""
        return [dt.date.fromisoformat(str(one)[:10]) for one in self.step.arguments.get(name) or []]

    def agency(self, key: object) -> UUID:
        """The agency of a key."""
        return self.play.cast.agencies.get(str(key)) or uuid4()

    def agencies(self, name: str) -> list[UUID]:
        """The agencies among the keys of an argument (the others are staff)."""
        return [
            self.play.cast.agencies[key]
            for key in self.step.arguments.get(name) or []
            if key in self.play.cast.agencies
        ]

    def staff_of(self, name: str) -> list[UUID]:
        """The staff among the keys of an argument."""
        return [
            self.play.cast.staff[key]
            for key in self.step.arguments.get(name) or []
            if key in self.play.cast.staff and key not in self.play.cast.agencies
        ]

    def staff(self, key: object) -> UUID | None:
        """The staff member of a key."""
        return self.play.cast.staff.get(str(key)) if key else None

    def person(self, key: object) -> UUID:
        """The person of a key, put on the register when this step is the first to name them."""
        name = str(key)
        known = self.play.cast.people.get(name) or self.newcomers.get(name)
        return known or self._register(name)

    def people(self, name: str = "who") -> list[UUID]:
        """The persons of an argument, registered when new."""
        return [self.person(key) for key in self.step.arguments.get(name) or []]

    def known(self, key: object) -> UUID:
        """The person of a key; nobody when no step has named them yet."""
        name = str(key)
        return self.play.cast.people.get(name) or self.newcomers.get(name) or uuid4()

    def _register(self, key: str) -> UUID:
        home = self.play.scenario.named.persons[key]
        place = self.play.scenario.place(home)
        row = next(one for one in place.household if one["key"] == key)
        if self.play.cast.towns[home] != self.by.municipality:
            return uuid4()
        where = (home, str(row.get("household", "H1")))
        made = person_acts.register_person(
            by=self.by, now=self.now, who=_identity(row), household=self.play.cast.households.get(where)
        )
        self.play.cast.households.setdefault(where, made.household_id)
        self.newcomers[key] = made.pk
        return made.pk

    def case(self) -> UUID | None:
        """The case that the step means (contract, "Steps")."""
        if self.has("case"):
            return self._case_of(str(self.step.arguments["case"]))
        for name in ("of", "plan"):
            made = self.play.made.get(self.text(name))
            if made is not None and (found := prompt.case_of_record(made)) is not None:
                return found
        who = self.step.arguments.get("who") or ([self.step.arguments["a"]] if self.has("a") else [])
        if who:
            return self._case_of(str(who[0]))
        return prompt.only_case(self.by.municipality)

    def _case_of(self, key: str) -> UUID | None:
        if key in self.play.cast.people:
            return prompt.case_of(self.play.cast.people[key])
        home = self.play.scenario.named.persons.get(key, "")
        row = next((one for one in self.play.scenario.place(home).household if one["key"] == key), {})
        household = self.play.cast.households.get((home, str(row.get("household", "H1"))))
        return prompt.case_of_household(household) if household else None

    def need_case(self) -> UUID:
        """The case, or one that does not exist."""
        return self.case() or uuid4()

    def case_of_first(self, row: Mapping[str, Any]) -> UUID | None:
        """The case of the first person whom an item is about."""
        about = row.get("about") or []
        return self._case_of(str(about[0])) if about else None

    def referral(self) -> UUID:
        """The つなぎ that the step answers."""
        if self.has("of"):
            return prompt.referral_of(self.play.made.get(self.text("of"), uuid4())) or uuid4()
        return prompt.open_referral(self.need_case()) or uuid4()

    def one(self, name: str) -> UUID:
        """What an earlier step made."""
        return self.play.made.get(self.text(name)) or uuid4()

    def thing(self, name: str) -> UUID:
        """A resource, host or gap by its key."""
        return self.play.cast.things.get(self.text(name)) or uuid4()


def _identity(row: Mapping[str, Any]) -> person_acts.Identity:
    return person_acts.Identity(
        name=str(row.get("name", "")), kana=str(row.get("kana", "")), alias=str(row.get("alias", "")),
        born=str(row.get("born", "")), sex=str(row.get("sex", "")), language=str(row.get("language", "")),
        relation=str(row.get("relation", "")), area=str(row.get("area", "")), address=str(row.get("address", "")),
        phone=str(row.get("phone", "")), lives_with=row.get("lives_with", True) is not False,
        labels=tuple(row.get("states", ())),
    )  # fmt: skip


def _written(t: Turn) -> dict[str, Any]:
    return {"data_class": t.text("class") or "BASIC", "scope": t.text("scope") or "CASE_TEAM"}


def notice(t: Turn) -> UUID:
    made = consultation_acts.notice(
        by=t.by, now=t.now, text=t.text("note"), place=t.text("place"), people=t.people(), data_class=t.text("class") or "BASIC"
    )
    return made.pk


def receive(t: Turn) -> UUID:
    heard = consultation_acts.Reception(
        route=t.text("route"), topics=list(t.step.arguments.get("topics") or []), text=t.text("note"),
        referrer=t.text("referrer"), urgency=t.text("urgency"), visited_before=t.step.arguments.get("visited_before"),
        visitor=t.person(t.step.arguments["visitor"]) if t.has("visitor") else None, **_written(t),
    )  # fmt: skip
    return consultation_acts.receive(by=t.by, now=t.now, people=t.people(), heard=heard).record_id


def screen(t: Turn) -> UUID:
    return consultation_acts.screen(
        by=t.by, now=t.now, case=t.need_case(), result=t.text("result"), reason=t.text("reason"),
        lead=t.agency(t.text("lead")) if t.has("lead") else None,
    ).pk  # fmt: skip


def assess(t: Turn) -> UUID:
    people = t.people()
    issues = [
        case_acts.Finding(t.person(one["who"]), str(one.get("code", "")), str(one.get("status", "")), one.get("severity"))
        for one in t.step.arguments.get("issues") or []
        if isinstance(one, Mapping)
    ]
    found = case_acts.Assessed(
        issues=issues, formulation=t.text("formulation"), wishes=t.text("wishes"),
        by_hub=t.step.arguments.get("by_hub") is True, **_written(t),
    )  # fmt: skip
    return case_acts.assess(by=t.by, now=t.now, case=t.need_case(), people=people, found=found).pk


def note(t: Turn) -> UUID:
    what = case_acts.Note(
        text=t.text("text") or t.text("note"), fact=t.text("fact"), opinion=t.text("opinion"), method=t.text("method"),
        note_kind=t.text("kind") or "DIRECT", minutes=_number(t.step.arguments.get("minutes")),
        informant_confidential=t.step.arguments.get("informant_confidential") is True, **_written(t),
    )  # fmt: skip
    people = t.people()
    return case_acts.note(by=t.by, now=t.now, case=t.case(), people=people, what=what).pk


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def amend(t: Turn) -> UUID:
    return case_acts.amend(by=t.by, now=t.now, record=t.one("of"), text=t.text("text"), reason=t.text("reason")).pk


def consent_get(t: Turn) -> UUID:
    person = t.people()[0]
    form = consent_acts.ConsentForm(
        to=t.agencies("to"), classes=list(t.step.arguments.get("classes") or []), until=t.day("until"),
        form=t.text("form") or "WRITTEN", proxy=t.person(t.step.arguments["proxy"]) if t.has("proxy") else None,
        excluded_agencies=t.agencies("excluded"), excluded_staff=t.staff_of("excluded"), text=t.text("note"),
    )  # fmt: skip
    return consent_acts.consent_get(by=t.by, now=t.now, person=person, form=form, case=t.case()).record_id


def consent_refuse(t: Turn) -> UUID:
    return consent_acts.consent_refuse(
        by=t.by, now=t.now, people=t.people(), agencies=t.agencies("from"), text=t.text("note")
    ).pk


def consent_withdraw(t: Turn) -> UUID:
    return consent_acts.consent_withdraw(
        by=t.by, now=t.now, people=t.people(), agencies=t.agencies("from"), text=t.text("note")
    ).pk


def refer(t: Turn) -> UUID:
    sheet = referral_acts.Sheet(
        wants=t.text("wants"), tried=t.text("tried"), text=t.text("sheet"), basis=t.text("basis"),
        no_consent_reason=t.text("reason"), warm=t.text("warm"),
    )  # fmt: skip
    people = t.people()
    return referral_acts.refer(
        by=t.by, now=t.now, case=t.need_case(), to=t.agency(t.text("to")), sheet=sheet, people=people
    ).record_id


def accept(t: Turn) -> UUID:
    return referral_acts.accept(by=t.by, now=t.now, referral=t.referral(), text=t.text("note")).pk


def accept_jointly(t: Turn) -> UUID:
    return referral_acts.accept_jointly(by=t.by, now=t.now, referral=t.referral(), text=t.text("note")).pk


def decline(t: Turn) -> UUID:
    return referral_acts.decline(
        by=t.by, now=t.now, referral=t.referral(), advice=t.text("advice"),
        lead=t.agency(t.text("lead")) if t.has("lead") else None, follow_up=t.day("follow_up"),
    ).pk  # fmt: skip


def withdraw_referral(t: Turn) -> UUID:
    return referral_acts.withdraw_referral(by=t.by, now=t.now, referral=t.referral(), text=t.text("note")).pk


def decide_use(t: Turn) -> UUID:
    return referral_acts.decide_use(
        by=t.by, now=t.now, case=t.need_case(), result=t.text("result"), text=t.text("note")
    ).pk


def hand_back(t: Turn) -> UUID:
    return referral_acts.hand_back(
        by=t.by, now=t.now, case=t.need_case(), to=t.agency(t.text("to")), reason=t.text("reason")
    ).record_id


def start_outreach(t: Turn) -> UUID:
    people = t.people()
    return outreach_acts.start_outreach(
        by=t.by, now=t.now, case=t.case(), people=people, to=t.agency(t.text("to")), basis=t.text("basis"),
        item=t.play.items.get(t.text("item")), text=t.text("note"),
    ).pk  # fmt: skip


def visit(t: Turn) -> UUID:
    people = t.people()
    return outreach_acts.visit(
        by=t.by, now=t.now, case=t.case(), people=people, result=t.text("result"), stage=t.text("stage"),
        text=t.text("note") or t.text("text"), **_written(t),
    ).pk  # fmt: skip


def pledge(t: Turn) -> UUID:
    until = t.day("until")
    return consent_acts.pledge(by=t.by, now=t.now, until=until or dt.date.max).pk


def _item(t: Turn, row: Mapping[str, Any]) -> conference_acts.Item:
    about = [t.known(key) for key in row.get("about") or []]
    return conference_acts.Item(
        about=about, kind=str(row.get("kind", "")), basis=str(row.get("basis", "")),
        invited=[t.staff(key) or uuid4() for key in row.get("invited") or []],
        deputies=[t.staff(key) or uuid4() for key in row.get("deputies") or []],
        materials=[t.play.made.get(str(key)) or uuid4() for key in row.get("materials") or []],
        plan=(t.play.made.get(str(row["plan"])) or uuid4()) if row.get("plan") else None,
        case=t.case_of_first(row), reason=str(row.get("reason") or ""),
    )  # fmt: skip


def summon(t: Turn) -> UUID:
    rows = list(t.step.arguments.get("items") or [])
    when = _moment(t.step.arguments["when"])
    conference = t.play.cast.conferences.get(t.text("conference")) or uuid4()
    made = conference_acts.summon(
        by=t.by, now=t.now, conference=conference, at=when, items=[_item(t, row) for row in rows]
    )
    for row, item in zip(rows, made.items, strict=True):
        t.play.items[str(row["id"])] = item
    if t.step.id:
        t.play.sittings[t.step.id] = made.sitting
    return made.record


def _moment(value: Any) -> dt.datetime:
    if isinstance(value, dt.datetime):
        return value
    return dt.datetime.fromisoformat(str(value)).replace(tzinfo=dt.timezone(dt.timedelta(hours=9)))


def hold(t: Turn) -> UUID:
    decisions = [
        conference_acts.Agreed(
            t.play.items.get(str(row["item"])) or uuid4(), str(row.get("text", "")),
            t.agency(row["agency"]) if row.get("agency") else None,
            dt.date.fromisoformat(str(row["due"])[:10]) if row.get("due") else None,
        )
        for row in t.step.arguments.get("decisions") or []
    ]  # fmt: skip
    opinions = [
        conference_acts.Said(
            t.play.items.get(str(row["item"])) or uuid4(), t.agency(row["agency"]), row.get("agrees"), str(row.get("text", ""))
        )
        for row in t.step.arguments.get("opinions") or []
    ]
    return conference_acts.hold(
        by=t.by, now=t.now, sitting=t.play.sittings.get(t.text("of")) or uuid4(),
        present=[t.staff(key) or uuid4() for key in t.step.arguments.get("present") or []],
        decisions=decisions, opinions=opinions, minutes=t.text("note"),
    ).pk  # fmt: skip


def _draft(t: Turn) -> plan_acts.Draft:
    roles = [
        plan_acts.Role(
            t.agency(row["agency"]), str(row.get("what", "")),
            dt.date.fromisoformat(str(row["due"])[:10]) if row.get("due") else None,
        )
        for row in t.step.arguments.get("roles") or []
    ]  # fmt: skip
    return plan_acts.Draft(
        kind=t.text("kind") or "HUB", direction=t.text("direction"), goals=[str(g) for g in t.step.arguments.get("goals") or []],
        roles=roles, participation=t.text("participation") or "不要", outreach=t.text("outreach") or "不要",
        applied=t.day("applied"), **_written(t),
    )  # fmt: skip


def draft_plan(t: Turn) -> UUID:
    people = t.people()
    return plan_acts.draft_plan(by=t.by, now=t.now, case=t.need_case(), people=people, draft=_draft(t)).pk


def replan(t: Turn) -> UUID:
    people = t.people()
    return plan_acts.replan(by=t.by, now=t.now, plan=t.one("of"), people=people, draft=_draft(t)).pk


def judge_plan(t: Turn) -> UUID:
    return plan_acts.judge_plan(
        by=t.by, now=t.now, plan=t.one("plan"), item=t.play.items.get(t.text("item")) or uuid4(), result=t.text("result")
    ).pk


def decide_support(t: Turn) -> UUID:
    return plan_acts.decide_support(
        by=t.by, now=t.now, plan=t.one("plan"), lead=t.agency(t.text("lead")) if t.has("lead") else None
    ).pk


def role_progress(t: Turn) -> UUID:
    return plan_acts.role_progress(
        by=t.by, now=t.now, plan=t.one("plan"), agency=t.agency(t.text("agency")), state=t.text("state")
    ).pk


def monitor(t: Turn) -> UUID:
    return plan_acts.monitor(by=t.by, now=t.now, plan=t.one("plan"), findings=t.text("findings")).pk


def evaluate(t: Turn) -> UUID:
    attained = {int(row["n"]): str(row["attained"]) for row in t.step.arguments.get("goals") or []}
    return plan_acts.evaluate(
        by=t.by, now=t.now, plan=t.one("plan"), attained=attained,
        changes=[str(c) for c in t.step.arguments.get("changes") or []], verdict=t.text("verdict"),
        burden=_number(t.step.arguments.get("burden")), text=t.text("note"),
    ).pk  # fmt: skip


def close(t: Turn) -> UUID:
    return case_acts.close(
        by=t.by, now=t.now, case=t.need_case(), reason=t.text("reason"),
        lead_after=t.agency(t.text("lead_after")) if t.has("lead_after") else None, follow_ups=t.days("follow_ups"),
        no_lead_reason=t.text("no_lead_reason"), notified=t.day("notified"),
    ).pk  # fmt: skip


def suspend(t: Turn) -> UUID:
    return case_acts.suspend(
        by=t.by, now=t.now, case=t.need_case(), reason=t.text("reason"), next_check=t.day("next_check")
    ).pk


def resume(t: Turn) -> UUID:
    return case_acts.resume(by=t.by, now=t.now, case=t.need_case(), reason=t.text("reason")).pk


def reopen(t: Turn) -> UUID:
    return case_acts.reopen(
        by=t.by, now=t.now, case=t.need_case(), reason=t.text("reason"), consent=t.text("consent")
    ).pk


def follow_up(t: Turn) -> UUID:
    return case_acts.follow_up(by=t.by, now=t.now, case=t.need_case(), result=t.text("result"), text=t.text("note")).pk


def transfer_out(t: Turn) -> UUID:
    return case_acts.transfer_out(
        by=t.by, now=t.now, case=t.need_case(), to=t.text("to"), basis=t.text("basis"), text=t.text("note")
    ).pk


def record_death(t: Turn) -> UUID:
    return case_acts.record_death(by=t.by, now=t.now, people=t.people(), died=t.text("died")).pk


def watch(t: Turn) -> UUID:
    people = t.people()
    return watch_acts.watch(
        by=t.by, now=t.now, people=people, watchers=t.agencies("watchers"), every_days=int(t.text("every_days") or 0),
        triggers=[str(x) for x in t.step.arguments.get("triggers") or []],
        first_responder=t.agency(t.text("first_responder")), case=t.case(), text=t.text("note"),
    ).record_id  # fmt: skip


def watch_check(t: Turn) -> UUID:
    return watch_acts.watch_check(by=t.by, now=t.now, people=t.people(), result=t.text("result"), case=t.case()).pk


def watch_trigger(t: Turn) -> UUID:
    return watch_acts.watch_trigger(by=t.by, now=t.now, people=t.people(), result=t.text("result"), case=t.case()).pk


def _participation(t: Turn) -> UUID:
    people = t.people()
    return participation_acts.take_step(
        by=t.by, now=t.now, step=t.step.do, people=people, resource=t.thing("resource"), case=t.case(),
        text=t.text("note") or t.text("reason"),
    ).pk  # fmt: skip


def host_follow_up(t: Turn) -> UUID:
    return participation_acts.follow_host(by=t.by, now=t.now, resource=t.thing("resource"), text=t.text("note")).pk


def _resource(t: Turn) -> UUID:
    row = t.step.arguments["resource"]
    made = resource_acts.register_resource(
        by=t.by, now=t.now, key=str(row["key"]), name=str(row.get("name", "")), kind=str(row.get("kind", "")),
        area=str(row.get("area", "")), slots=_number(row.get("slots")), conditions=str(row.get("conditions", "")),
        is_host=t.step.do == "register_host", gap=t.thing("gap") if t.step.do == "launch_resource" else None,
    )  # fmt: skip
    t.play.cast.things[str(row["key"])] = made.pk
    return made.pk


def confirm_resource(t: Turn) -> UUID:
    return resource_acts.confirm_resource(by=t.by, now=t.now, resource=t.thing("resource")).pk


def register_gap(t: Turn) -> UUID:
    row = t.step.arguments["gap"]
    made = resource_acts.register_gap(
        by=t.by, now=t.now, key=str(row["key"]), need=str(row.get("need", "")), area=str(row.get("area", ""))
    )
    t.play.cast.things[str(row["key"])] = made.pk
    return made.pk


def start_resource_project(t: Turn) -> UUID:
    return resource_acts.start_resource_project(by=t.by, now=t.now, gap=t.thing("gap")).pk


def advise(t: Turn) -> UUID:
    named = t.has("case") or t.has("who")
    people = t.people()
    return consultation_acts.advise(
        by=t.by, now=t.now, to=t.agency(t.text("to")), text=t.text("text"), case=t.need_case() if named else None, people=people
    ).pk


def break_glass(t: Turn) -> UUID:
    people = [t.known(key) for key in t.step.arguments.get("who") or []]
    return disclosure_acts.break_glass(by=t.by, now=t.now, people=people, reason=t.text("reason")).pk


def review_break_glass(t: Turn) -> UUID:
    return disclosure_acts.review_break_glass(by=t.by, now=t.now, record=t.one("of"), verdict=t.text("verdict")).pk


def provide_outside(t: Turn) -> UUID:
    return disclosure_acts.provide_outside(
        by=t.by, now=t.now, people=t.people(), to=t.text("to"), basis=t.text("basis"), what=t.text("what"), case=t.case()
    ).pk


def disclose(t: Turn) -> UUID:
    people = t.people()
    requester = str(t.step.arguments["requester"])
    pack = disclosure_acts.disclose(
        by=t.by, now=t.now, people=people, requester=t.person(requester), text=t.text("note")
    )
    t.play.packs[requester] = pack.pk
    return pack.record_id


def protect_address(t: Turn) -> UUID:
    return person_acts.protect_address(
        by=t.by, now=t.now, people=t.people(), tell_nothing=t.agencies("from"), note=t.text("note")
    ).pk


def bar(t: Turn) -> UUID:
    return person_acts.bar(
        by=t.by, now=t.now, people=t.people(), agencies=t.agencies("from"), staff=t.staff_of("from"), note=t.text("note")
    ).pk


def _two(t: Turn, act: Callable[..., Any]) -> UUID:
    first, second = t.known(t.step.arguments["a"]), t.known(t.step.arguments["b"])
    made = act(by=t.by, now=t.now, first=first, second=second, checked_by=t.staff(t.step.arguments.get("checked_by")))
    return made.pk  # type: ignore[no-any-return]


def split_household(t: Turn) -> UUID:
    return person_acts.split_household(by=t.by, now=t.now, people=t.people(), reason=t.text("reason")).pk


def move_staff(t: Turn) -> UUID:
    to = t.text("to")
    staff_acts.move_staff(
        by=t.by, now=t.now, staff=t.staff(t.step.arguments["staff"]) or uuid4(),
        to=None if to == "OUT" else t.agency(to), successor=t.staff(t.step.arguments.get("successor")),
    )  # fmt: skip
    return uuid4()


def hold_meeting(t: Turn) -> UUID:
    conference = t.play.cast.conferences.get(t.text("conference")) if t.has("conference") else None
    agenda: Sequence[Mapping[str, str]] = t.step.arguments.get("agenda") or []
    return conference_acts.hold_meeting(
        by=t.by, now=t.now, conference=conference, name=t.text("meeting"),
        present=[p for key in t.step.arguments.get("present") or [] if (p := t.staff(key))],
        agenda=[dict(row) for row in agenda], minutes=t.text("note"), people=t.people(),
    ).pk  # fmt: skip


def set_programme(t: Turn) -> UUID:
    since = t.day("from") or t.now.date()
    made = municipality_acts.set_programme(
        by=t.by, now=t.now, item=t.text("item"), areas=[str(a) for a in t.step.arguments.get("areas") or ["すべて"]],
        since=since, status=t.text("status"),
    )  # fmt: skip
    return made[0].pk


VERBS: dict[str, Callable[[Turn], UUID]] = {
    act.__name__: act
    for act in (
        notice, receive, screen, assess, note, amend, consent_get, consent_refuse, consent_withdraw, refer, accept,
        accept_jointly, decline, withdraw_referral, decide_use, hand_back, start_outreach, visit, pledge, summon, hold,
        draft_plan, replan, judge_plan, decide_support, role_progress, monitor, evaluate, close, suspend, resume, reopen,
        follow_up, transfer_out, record_death, watch, watch_check, watch_trigger, host_follow_up, confirm_resource,
        register_gap, start_resource_project, advise, break_glass, review_break_glass, provide_outside, disclose,
        protect_address, bar, split_household, move_staff, hold_meeting, set_programme,
    )
} | {
    **dict.fromkeys(("register_resource", "register_host", "launch_resource"), _resource),
    **dict.fromkeys(participation_acts.STEPS, _participation),
    "link_persons": lambda t: _two(t, person_acts.link_persons),
    "unlink_persons": lambda t: _two(t, person_acts.unlink_persons),
    "join_households": lambda t: _two(t, person_acts.join_households),
}  # fmt: skip


def act(turn: Turn) -> UUID:
    """Play one step and return what it made. Raises what the action raises, and NotPlayedYet."""
    verb = VERBS.get(turn.step.do)
    if verb is None:
        raise NotPlayedYet(turn.step.do)
    return verb(turn)
