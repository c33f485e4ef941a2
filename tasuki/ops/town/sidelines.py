"""What runs beside the relay: outreach without consent, sealed sittings, watching over, the broken glass."""

from __future__ import annotations

from uuid import UUID

from tasuki.actions import conference as conference_acts
from tasuki.actions import consultation as consultation_acts
from tasuki.actions import disclosure as disclosure_acts
from tasuki.actions import outreach as outreach_acts
from tasuki.actions import plan as plan_acts
from tasuki.actions import watch as watch_acts
from tasuki.actions.conference import Item
from tasuki.ops.town import relay
from tasuki.ops.town.relay import Course
from tasuki.ops.town.stage import Stage, Story, doing


def outreach(stage: Stage, way: Course) -> Story[None]:
    """No consent: a sealed sitting, then visits that slowly reach the door."""
    body, worker = stage.agencies[stage.outreach], stage.logins["outreach"]
    yield from relay.received(stage, way, 130)
    yield from relay.noted(stage, way, 126)
    yield from relay.screened(stage, way, 122, "OUTREACH", "本人に会えず、同意をたずねることもできない")
    yield from relay.assessed(stage, way, 120, by=way.desk)
    item = yield from sealed(stage, way, 104)
    yield doing(
        stage.at(102, 10),
        stage.worker(way.desk),
        outreach_acts.start_outreach,
        case=way.case,
        people=way.people[-1:],
        to=body,
        basis="ARTICLE_106_6",
        item=item,
        text="まず顔を覚えてもらう。用件は持たずに訪ねる。",
    )
    seen = (
        (95, "LETTER", "未接触", "絵はがきを入れた。"),
        (80, "ABSENT", "未接触", "留守。前の手紙はなくなっていた。"),
        (66, "THROUGH_DOOR", "接触", "ドア越しに「聞こえてます」と返事。"),
        (45, "THROUGH_DOOR", "接触", "本の題名を教えてくれた。"),
        (24, "MET", "会話", "玄関で5分。次の曜日を自分で決めた。"),
        (10, "MET", "会話", "玄関で15分。母の体を案じていた。"),
    )
    for days, result, step, text in seen:
        yield doing(
            stage.at(days, 14),
            worker,
            outreach_acts.visit,
            case=None,
            people=way.people[-1:],
            result=result,
            stage=step,
            fact=text,
        )


def sealed(stage: Stage, way: Course, days: int) -> Story[UUID]:
    """A 支援会議 without consent: summon those who have pledged, hold it a week later; gives the item."""
    hub, guests = stage.worker(stage.hub), _pledged(stage, way)
    called = yield doing(
        stage.at(days + 7, 15),
        hub,
        conference_acts.summon,
        conference=stage.sealed_conference,
        at=stage.at(days, 13),
        items=[_sealed_item(stage, way)],
    )
    item: UUID = called.items[0]
    agreed = [
        conference_acts.Agreed(item, "訪問は用件を持たずに始める", stage.agencies[way.desk], stage.at(days - 14).date())
    ]
    yield doing(
        stage.at(days, 14, 30),
        hub,
        conference_acts.hold,
        sitting=called.sitting,
        present=[hub, *guests],
        decisions=agreed,
        discussion={item: "集まった情報を持ち寄り、だれが最初に会うかを決めた。"},
    )
    return item


def _pledged(stage: Stage, way: Course) -> list[UUID]:
    keys = dict.fromkeys((way.desk, *(key for key, _ in way.helpers)))
    there = [stage.worker(key) for key in keys if key in stage.sealed_members and key != stage.hub]
    return list(dict.fromkeys([*there, stage.logins["outreach"]]))


def _sealed_item(stage: Stage, way: Course) -> Item:
    return Item(
        about=tuple(way.people),
        kind="情報共有・支援体制検討",
        basis="ARTICLE_106_6",
        invited=_pledged(stage, way),
        materials=(way.assessment,),
        case=way.case,
        reason="本人に会えず、同意をたずねることもできない",
    )


def sealed_this_week(stage: Stage, way: Course) -> Story[None]:
    """On the agenda of this week's 支援会議, without consent."""
    yield from relay.received(stage, way, 22)
    yield from relay.screened(stage, way, 18, "REFER", "家の中の様子がつかめない")
    yield from relay.assessed(stage, way, 16, by=way.desk)
    yield from relay.referred(stage, way, 14, reason=relay.NO_CONSENT)
    yield from relay.accepted(stage, way, 13)
    stage.sealed_items.append(_sealed_item(stage, way))


def watched(stage: Stage, way: Course, silent: int = 4) -> Story[None]:
    """Watched over by the desk and the hub; the last contact lies some days back."""
    yield from relay.received(stage, way, 200)
    yield from relay.screened(stage, way, 196, "WATCH", "いまは暮らせている。変化に早く気づけるようにする")
    yield from relay.consented(stage, way, 195)
    own = stage.agencies[way.desk]
    yield doing(
        stage.at(190, 10),
        stage.worker(way.desk),
        watch_acts.watch,
        people=way.people,
        watchers=[own, stage.agencies[stage.hub]],
        every_days=14,
        triggers=["雨戸が2日開かない", "配食を2回続けて受け取らない"],
        first_responder=own,
        case=way.case,
        text="第2・第4火曜に声をかける。",
    )
    for days in (160, 120, 80, silent):
        yield doing(
            stage.at(days, 11),
            stage.worker(way.desk),
            watch_acts.watch_check,
            people=way.people,
            result="変わりなし。顔色もよい",
            case=way.case,
        )


def silent(stage: Stage, way: Course) -> Story[None]:
    """Watched over, and nobody has heard anything for seven weeks."""
    yield from watched(stage, way, 52)


def triggered(stage: Stage, way: Course) -> Story[None]:
    """A neighbour saw the shutters closed: somebody must go first."""
    yield from watched(stage, way, 9)
    yield doing(
        stage.at(1, 15),
        stage.worker(way.desk),
        watch_acts.watch_trigger,
        people=way.people,
        signal="雨戸やカーテンが閉まったまま",
        result="雨戸が2日開かない、と隣の人から",
        case=way.case,
    )


def opened_in_need(stage: Stage, way: Course) -> Story[None]:
    """Break-glass by a community worker at night, not reviewed yet."""
    yield from relay.received(stage, way, 40)
    yield from relay.screened(stage, way, 36, "SINGLE", "この分野の支援だけで足りる")
    yield doing(
        stage.at(1, 20),
        stage.logins["shakyo"],
        disclosure_acts.break_glass,
        people=way.people[:1],
        reason="玄関前に倒れていると近所から連絡。緊急の連絡先と持病を確かめて救急に伝えるため",
    )


def plan_of_outreach(stage: Stage, way: Course) -> Story[None]:
    """A plan of the outreach itself (F06), drafted by who visits."""
    yield from outreach(stage, way)
    draft = plan_acts.Draft(
        kind="OUTREACH",
        direction="玄関での会話を続け、会う日を本人が決める",
        goals=("月2回、玄関で話す",),
        outreach="要",
        applied=stage.at(8).date(),
    )
    yield doing(
        stage.at(8, 16),
        stage.logins["outreach"],
        plan_acts.draft_plan,
        case=way.case,
        people=way.people[-1:],
        draft=draft,
    )


def advice_without_a_name(stage: Stage) -> Story[None]:
    """An agency asks another for advice and names nobody."""
    yield doing(
        stage.at(4, 11),
        stage.logins["kodomo"],
        consultation_acts.advise,
        to=stage.agencies[stage.hub],
        text="名前は伏せます。母が夜勤で、小学生が一人になる家庭への声のかけ方を教えてください。",
    )
