"""The acts of the relay as pieces of a story: each does what a worker does, and gives back what it made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from tasuki.actions import case as case_acts
from tasuki.actions import conference as conference_acts
from tasuki.actions import consent as consent_acts
from tasuki.actions import consultation as consultation_acts
from tasuki.actions import person as person_acts
from tasuki.actions import plan as plan_acts
from tasuki.actions import referral as referral_acts
from tasuki.actions.conference import Item
from tasuki.ops.town.homes import Home
from tasuki.ops.town.stage import Stage, Story, doing
from tasuki.ops.town.themes import ROUTINE

PERIOD = dt.timedelta(days=400)
NOT_YET = UUID(int=0)
NO_CONSENT = "同意をたずねる前に、命にかかわる恐れがあり、早く体制を整えたい"


@dataclass
class Course:
    """A household on its way: what the acts so far have made. `desk` received it, `helpers` are asked to help."""

    home: Home
    desk: str
    helpers: tuple[tuple[str, str], ...]
    people: list[UUID] = field(default_factory=list)
    household: UUID | None = None
    case: UUID = NOT_YET
    assessment: UUID = NOT_YET
    referral: UUID = NOT_YET
    plan: UUID = NOT_YET
    notes: int = 0

    @property
    def lead(self) -> str:
        """The agency that leads once the support is decided."""
        return self.helpers[0][0]


def course(stage: Stage, home: Home) -> Course:
    """Find the desk and the helpers of a household among the agencies of this town, none of them twice."""
    desk = stage.find(*home.theme.desks)
    helpers: dict[str, str] = {}
    for kinds, what in home.theme.helpers:
        key = stage.find(*kinds)
        if key != stage.hub:
            helpers.setdefault(key, what)
    return Course(home, desk, tuple(helpers.items()))


def register(stage: Stage, way: Course, days: int) -> Story[None]:
    """Put everybody of the household on the register."""
    by, at = stage.worker(way.desk), stage.at(days, 9, 40)
    for who in way.home.people:
        person = yield doing(at, by, person_acts.register_person, who=who, household=way.household)
        way.people.append(person.pk)
        way.household = person.household_id


def received(stage: Stage, way: Course, days: int) -> Story[None]:
    """T02: the desk receives the household and holds the たすき."""
    yield from register(stage, way, days)
    theme = way.home.theme
    heard = consultation_acts.Reception(
        route=theme.route,
        topics=theme.topics,
        text=theme.told,
        referrer=theme.referrer,
        pressing=theme.topics[0],
        urgency=way.home.dice.choice(("至急", "早期", "通常", "通常")),
        visited_before=way.home.dice.randint(0, 3),
    )
    made = (yield doing(stage.at(days, 10, way.home.dice.randint(0, 50)), stage.worker(way.desk), consultation_acts.receive, people=way.people, heard=heard)).record.case_id  # fmt: skip
    way.case = made


def screened(stage: Stage, way: Course, days: int, result: str = "REFER", reason: str = "") -> Story[None]:
    """T03–T05: the desk sorts the case."""
    reason = reason or "一つの機関では抱えきれない課題が重なっている。世帯全体で整理したい"
    lead = stage.agencies[way.desk] if result == "SINGLE" else None
    yield doing(
        stage.at(days, 16, 30),
        stage.worker(way.desk),
        consultation_acts.screen,
        case=way.case,
        result=result,
        reason=reason,
        lead=lead,
    )


def noted(stage: Stage, way: Course, days: int, *, by: str = "", data_class: str = "BASIC") -> Story[None]:
    """F08: the next fact of the theme, then the small talk of every day, is written down."""
    theme, number = way.home.theme, way.notes
    way.notes += 1
    fact = theme.facts[number] if number < len(theme.facts) else ""
    text = "" if fact else ROUTINE[(number + way.home.number) % len(ROUTINE)]
    what = case_acts.Note(
        fact=fact,
        text=text,
        method=way.home.dice.choice(("訪問", "電話", "来所面談", "同行")),
        opinion="急がず、次に会う約束を優先する。" if fact and number % 2 else "",
        minutes=way.home.dice.choice((15, 20, 30, 45, 60)),
        data_class=data_class,
        note_kind="BACKUP" if by == stage.hub and number % 3 == 0 else "DIRECT",
    )
    yield doing(
        stage.at(days, way.home.dice.randint(9, 16), way.home.dice.randint(0, 59)),
        stage.worker(by or way.desk),
        case_acts.note,
        case=way.case,
        people=way.people,
        what=what,
    )


def consented(stage: Stage, way: Course, days: int, *, more: Sequence[str] = ()) -> Story[None]:
    """F04: everybody of the household consents to the hub, the desk and the helpers."""
    to = [stage.agencies[key] for key in dict.fromkeys((stage.hub, way.desk, *(k for k, _ in way.helpers), *more))]
    classes = tuple(dict.fromkeys(("BASIC", way.home.theme.data_class, "FAMILY")))
    form = consent_acts.ConsentForm(
        to=to,
        classes=classes,
        until=stage.at(days).date() + PERIOD,
        form=way.home.dice.choice(("WRITTEN", "WRITTEN", "ORAL")),
        text="説明書を読み上げ、範囲を一つずつ確かめた。",
    )
    for person in way.people:
        yield doing(
            stage.at(days, 11),
            stage.worker(way.desk),
            consent_acts.consent_get,
            person=person,
            form=form,
            case=way.case,
        )


def referred(stage: Stage, way: Course, days: int, *, reason: str = "", to: str = "") -> Story[None]:
    """T06: the desk offers the たすき; without consent it says why."""
    theme = way.home.theme
    sheet = referral_acts.Sheet(
        wants=way.home.dice.choice(("会議付議", "同行訪問", "助言", "面談")),
        tried=theme.tried,
        text=theme.formulation,
        basis="NO_CONSENT" if reason else "CONSENT",
        no_consent_reason=reason,
        warm=way.home.dice.choice(("SENT", "CALLED", "CALLED", "ACCOMPANIED")),
    )
    way.referral = (yield doing(stage.at(days, 13, 30), stage.worker(way.desk), referral_acts.refer, case=way.case, to=stage.agencies[to or stage.hub], sheet=sheet)).pk  # fmt: skip


def accepted(stage: Stage, way: Course, days: int, *, by: str = "") -> Story[None]:
    """T07: the other side takes the たすき."""
    yield doing(
        stage.at(days, 9, 20),
        stage.worker(by or stage.hub),
        referral_acts.accept,
        referral=way.referral,
        text="受けました。初回は同行します。",
    )


def assessed(stage: Stage, way: Course, days: int, *, by: str = "") -> Story[None]:
    """F02: the issues of each member and what lies behind them."""
    theme, hub = way.home.theme, by in {"", stage.hub}
    issues = [
        case_acts.Finding(person, code, way.home.dice.choice(("疑い", "確認")), way.home.dice.randint(1, 3))
        for person, code in zip(way.people, way.home.issues, strict=True)
        if code
    ]
    found = case_acts.Assessed(issues=issues, formulation=theme.formulation, wishes=theme.wishes, by_hub=hub)
    way.assessment = (yield doing(stage.at(days, 15), stage.worker(by or stage.hub), case_acts.assess, case=way.case, people=way.people, found=found)).pk  # fmt: skip


def drafted(stage: Stage, way: Course, days: int, *, again: bool = False) -> Story[None]:
    """F05: the hub drafts the plan, or after an evaluation its next version."""
    theme, day = way.home.theme, stage.at(days).date()
    draft = plan_acts.Draft(
        kind="HUB",
        direction=theme.direction + ("。次の半年は間隔をあけて見守る" if again else ""),
        goals=theme.goals,
        roles=[plan_acts.Role(stage.agencies[key], what, day + dt.timedelta(days=90)) for key, what in way.helpers],
        participation="要" if theme.participation else "不要",
        applied=day,
        outreach="要" if "OUTREACH" in str(theme.helpers) else "不要",
    )

    by, at = stage.worker(stage.hub), stage.at(days, 14)
    if again:
        made = yield doing(at, by, plan_acts.replan, plan=way.plan, people=way.people, draft=draft)
    else:
        made = yield doing(at, by, plan_acts.draft_plan, case=way.case, people=way.people, draft=draft)
    way.plan = made.pk


def item_of(stage: Stage, way: Course, kind: str) -> Item:
    """Give the item under which the consent-based conference talks about the household."""
    return Item(
        about=tuple(way.people),
        kind=kind,
        basis="CONSENT",
        invited=[stage.worker(key) for key, _ in way.helpers],
        plan=way.plan,
        minutes=20,
    )


def sat(stage: Stage, way: Course, days: int, kind: str, text: str) -> Story[UUID]:
    """T13–T15: summon the helpers, and hold the sitting a week later; gives the item."""
    hub, others = stage.worker(stage.hub), [stage.worker(key) for key, _ in way.helpers]
    called = yield doing(
        stage.at(days + 7, 16),
        hub,
        conference_acts.summon,
        conference=stage.consent_conference,
        at=stage.at(days, 10),
        place="第1会議室",
        items=[item_of(stage, way, kind)],
    )
    item: UUID = called.items[0]
    decisions = [
        conference_acts.Agreed(item, what, stage.agencies[key], stage.at(days - 30).date()) for key, what in way.helpers
    ]
    opinions = [
        conference_acts.Said(item, stage.agencies[key], agrees=True, text=f"「{what}」を担う。")
        for key, what in way.helpers
    ]
    yield doing(
        stage.at(days, 11, 20),
        hub,
        conference_acts.hold,
        sitting=called.sitting,
        present=[hub, *others],
        decisions=decisions,
        opinions=opinions,
        discussion={item: text},
    )
    return item


def decided(stage: Stage, way: Course, days: int, kind: str = "初回プラン適切性") -> Story[None]:
    """T16: the sitting judges the plan, the city decides the support, and the たすき goes to who leads."""
    item = yield from sat(stage, way, days, kind, f"役割分担を確かめた。方針は「{way.home.theme.direction}」。")
    yield doing(
        stage.at(days, 11, 40),
        stage.worker(stage.hub),
        plan_acts.judge_plan,
        plan=way.plan,
        item=item,
        result="SUITABLE",
    )
    yield doing(
        stage.at(days, 15, 30),
        stage.worker(stage.city),
        plan_acts.decide_support,
        plan=way.plan,
        lead=stage.agencies[way.lead],
    )


def worked(stage: Stage, way: Course, days: int, state: str = "UNDER_WAY") -> Story[None]:
    """T17: the helpers say how far they are."""
    for key, _ in way.helpers:
        yield doing(
            stage.at(days, 16),
            stage.worker(stage.hub),
            plan_acts.role_progress,
            plan=way.plan,
            agency=stage.agencies[key],
            state=state,
        )


def monitored(stage: Stage, way: Course, days: int) -> Story[None]:
    """T18: what was found."""
    yield doing(
        stage.at(days, 14, 10), stage.worker(stage.hub), plan_acts.monitor, plan=way.plan, findings=way.home.theme.seen
    )


def evaluated(stage: Stage, way: Course, days: int, verdict: str) -> Story[None]:
    """F10: each goal, the changes seen, and what follows."""
    attained = {n: ("達成" if n == 1 else "一部達成") for n in range(1, len(way.home.theme.goals) + 1)}
    changes = ["関係機関の役割分担確立", "孤立の解消" if verdict == "CLOSE" else "支援受入れの開始"]
    yield doing(
        stage.at(days, 15, 10),
        stage.worker(stage.hub),
        plan_acts.evaluate,
        plan=way.plan,
        attained=attained,
        changes=changes,
        verdict=verdict,
        burden=way.home.dice.randint(2, 4),
        text=way.home.theme.seen,
    )


def supported(stage: Stage, way: Course, days: int) -> Story[None]:
    """Everything from the reception (so many days ago) to the decision, some 45 days later, with notes on the way."""
    yield from at_the_hub(stage, way, days)
    yield from noted(stage, way, days - 18, by=stage.hub)
    yield from drafted(stage, way, days - 30)
    yield from decided(stage, way, days - 45)


def at_the_hub(stage: Stage, way: Course, days: int) -> Story[None]:
    """Everything from the reception (so many days ago) to the hub's assessment, some 16 days later."""
    yield from received(stage, way, days)
    yield from noted(stage, way, days - 3)
    yield from screened(stage, way, days - 5)
    yield from noted(stage, way, days - 6, data_class=way.home.theme.data_class)
    yield from consented(stage, way, days - 7)
    yield from referred(stage, way, days - 8)
    yield from accepted(stage, way, days - 9)
    yield from assessed(stage, way, days - 16)
