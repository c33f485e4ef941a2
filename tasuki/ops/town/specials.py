"""The households and things that a town must have once: the large, the long, the protected, the linked, the places."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tasuki.actions import conference as conference_acts
from tasuki.actions import consent as consent_acts
from tasuki.actions import consultation as consultation_acts
from tasuki.actions import disclosure as disclosure_acts
from tasuki.actions import person as person_acts
from tasuki.actions import resource as resource_acts
from tasuki.ops.town import relay
from tasuki.ops.town.relay import Course
from tasuki.ops.town.stage import Stage, Story, doing

LONG_RECORDS = 210
_HOSTS = (
    ("図書館の書架整理", "ボランティア", "週1回、午前。静かな作業"),
    ("谷あいの畑の手伝い", "農作業", "月2回。長靴を貸す"),
    ("手づくり市の売り子", "作り手の集まり", "月1回、二人一組"),
    ("商店街の包装作業", "就労体験", "2時間から。椅子あり"),
)
_PLACES = (
    ("えんがわ茶話会", "居場所"),
    ("みんなの食堂", "食の支援"),
    ("夕方の学びの部屋", "学習支援"),
    ("男の台所", "居場所"),
    ("電球一つから助け隊", "生活支援"),
    ("日だまり体操", "通いの場"),
)
_GAPS = (
    "夜間に短い時間だけ子どもを預けられる場がない",
    "免許を返した人が病院へ行く足がない",
    "ひきこもりの人が朝から居られる静かな場がない",
)
_NOTICES = (
    ("バス停のベンチに、昼間ずっと座っている中学生くらいの子がいる。声をかけるとうなずいた。", "バス停の前"),
    ("新聞受けがいっぱいの家がある。夜は明かりがつく。", "二丁目の角"),
    ("配食のとき、犬が増えていた。片づけが追いつかない様子。", "団地の3階"),
)


def pledges(stage: Stage) -> Story[None]:
    """Everybody who may be called to a 支援会議 has pledged secrecy, until the end of next fiscal year."""
    until = dt.date(stage.today.year + 2, 3, 31)
    who = [stage.worker(key) for key in stage.sealed_members] + [stage.logins["outreach"]]
    for member in dict.fromkeys(who):
        yield doing(stage.at(400, 9), member, consent_acts.pledge, until=until)


def places(stage: Stage) -> Story[None]:
    """Resources, hosts and gaps; some were last confirmed long ago."""
    for number, (name, kind, conditions) in enumerate(_HOSTS):
        made = yield doing(
            stage.at(390 - number, 10),
            stage.logins["sanka"],
            resource_acts.register_resource,
            key=f"HOST{number + 1}",
            name=name,
            kind=kind,
            area=stage.areas[number % len(stage.areas)],
            slots=number + 1,
            conditions=conditions,
            is_host=True,
        )
        stage.hosts.append(made.pk)
    for number, (name, kind) in enumerate(_PLACES):
        made = yield doing(
            stage.at(380 - number, 11),
            stage.logins["shakyo"],
            resource_acts.register_resource,
            key=f"PLACE{number + 1}",
            name=name,
            kind=kind,
            area=stage.areas[number % len(stage.areas)],
        )
        if number % 2 == 0:
            yield doing(
                stage.at(40 - number, 11), stage.logins["shakyo"], resource_acts.confirm_resource, resource=made.pk
            )


def gaps(stage: Stage) -> Story[None]:
    """What is missing: one noticed, one being worked on, one closed by a new place."""
    made = []
    for number, need in enumerate(_GAPS):
        gap = yield doing(
            stage.at(200 - 30 * number, 13),
            stage.logins["shakyo"],
            resource_acts.register_gap,
            key=f"GAP{number + 1}",
            need=need,
            area=stage.areas[number % len(stage.areas)],
        )
        made.append(gap.pk)
    for gap in made[1:]:
        yield doing(stage.at(90, 15), stage.logins["shakyo"], resource_acts.start_resource_project, gap=gap)
    yield doing(
        stage.at(18, 15),
        stage.logins["shakyo"],
        resource_acts.register_resource,
        key="PLACE_NEW",
        name="朝から居られる部屋 しずく",
        kind="居場所",
        area=stage.areas[0],
        gap=made[2],
    )


def notices(stage: Stage) -> Story[None]:
    """What people noticed on the way, about nobody by name."""
    for number, (text, place) in enumerate(_NOTICES):
        yield doing(
            stage.at(12 - 5 * number, 9, 15), stage.logins["minsei"], consultation_acts.notice, text=text, place=place
        )


def meetings(stage: Stage) -> Story[None]:
    """A meeting that deals with no case."""
    yield doing(
        stage.at(55, 14),
        stage.logins["shakyo"],
        conference_acts.hold_meeting,
        conference=stage.open_conference,
        present=[stage.logins["shakyo"], stage.worker(stage.hub)],
        agenda=[{"kind": "地域の課題", "text": "移動の足について"}, {"kind": "意見交換", "text": "見守りの分担"}],
        minutes="移動の足は、病院の送迎車の空き時間を借りられないか、次回までに確かめる。",
    )


def large(stage: Stage, way: Course) -> Story[None]:
    """Twelve people over four generations, with a decided plan."""
    yield from relay.supported(stage, way, 140)
    yield from relay.worked(stage, way, 80)
    yield from relay.monitored(stage, way, 30)


def long(stage: Stage, way: Course) -> Story[None]:
    """Hundreds of records over most of a year."""
    yield from relay.supported(stage, way, 330)
    yield from relay.worked(stage, way, 270)
    for number in range(LONG_RECORDS):
        by = (way.desk, stage.hub, way.lead)[number % 3]
        yield from relay.noted(stage, way, 268 - number * 265 // LONG_RECORDS, by=by)
    yield from relay.monitored(stage, way, 2)


def protected(stage: Stage, way: Course) -> Story[None]:
    """A family that fled: the address is shown to nobody else, and a worker who is kin of the other side is barred."""
    other = stage.staff[stage.shakyo][-1]
    yield from relay.received(stage, way, 64)
    yield doing(
        stage.at(64, 11, 30),
        stage.worker(way.desk),
        disclosure_acts.protect_address,
        people=way.people,
        review_on=stage.at(-300).date(),
        note="住民基本台帳の支援措置の申出あり。住所は本機関だけが持つ。",
    )
    yield doing(
        stage.at(64, 11, 45),
        stage.worker(way.desk),
        disclosure_acts.bar,
        people=way.people,
        staff=[other],
        note="相手方の親族にあたるため。",
    )
    yield from relay.screened(stage, way, 62)
    yield from relay.noted(stage, way, 60, data_class="DV")
    yield from relay.consented(stage, way, 59)
    yield from relay.referred(stage, way, 57)
    yield from relay.accepted(stage, way, 56)
    yield from relay.assessed(stage, way, 50)
    yield from relay.noted(stage, way, 21)


def twice(stage: Stage, way: Course) -> Story[None]:
    """One person under two names, registered twice at one desk, and linked by two workers."""
    again = replace(way, people=[], household=None)
    again.home = replace(way.home, people=tuple(replace(one, alias=one.name, phone="") for one in way.home.people[:1]))
    yield from relay.received(stage, way, 88)
    yield from relay.received(stage, again, 44)
    others = [member for member in stage.staff[stage.hub] if member != stage.worker(way.desk)]
    yield doing(
        stage.at(43, 10),
        stage.worker(way.desk),
        person_acts.link_persons,
        first=way.people[0],
        second=again.people[0],
        checked_by=others[0],
    )
    yield from relay.screened(stage, way, 42, "SINGLE", "この分野の支援だけで足りる")
    yield from relay.screened(stage, again, 41, "INFO_ONLY", "先の相談と同じ人の同じ相談だった")


def reviewed(stage: Stage, way: Course) -> Story[None]:
    """Break-glass some weeks ago, reviewed the next day."""
    yield from relay.received(stage, way, 70)
    yield from relay.screened(stage, way, 66, "SINGLE", "この分野の支援だけで足りる")
    opened = yield doing(
        stage.at(35, 19),
        stage.logins["shakyo"],
        disclosure_acts.break_glass,
        people=way.people[:1],
        reason="夜の集まりのあと、道に迷っているところを見つけた。家族の連絡先を確かめるため",
    )
    yield doing(
        stage.at(34, 10),
        stage.logins["kojin"],
        disclosure_acts.review_break_glass,
        record=opened.pk,
        verdict="やむを得ない閲覧と認める",
    )
