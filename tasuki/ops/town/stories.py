"""What became of the households: every state of the relay, each as one story that ends where the screen shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from tasuki.actions import case as case_acts
from tasuki.actions import conference as conference_acts
from tasuki.actions import consent as consent_acts
from tasuki.actions import consultation as consultation_acts
from tasuki.actions import disclosure as disclosure_acts
from tasuki.actions import outreach as outreach_acts
from tasuki.actions import participation as participation_acts
from tasuki.actions import plan as plan_acts
from tasuki.actions import referral as referral_acts
from tasuki.actions import watch as watch_acts
from tasuki.actions.conference import Item
from tasuki.ops.town import relay
from tasuki.ops.town.relay import Course
from tasuki.ops.town.stage import Stage, Step, Story

NO_CONSENT = "同意をたずねる前に、命にかかわる恐れがあり、早く体制を整えたい"


def just_received(stage: Stage, way: Course) -> Story[None]:
    """Received on the last day, not screened yet."""
    yield from relay.received(stage, way, 1)


def unscreened(stage: Stage, way: Course) -> Story[None]:
    """Received three weeks ago: the screening is overdue."""
    yield from relay.received(stage, way, 24)
    yield from relay.noted(stage, way, 17)


def single(stage: Stage, way: Course) -> Story[None]:
    """One agency does it alone."""
    yield from relay.received(stage, way, 62)
    yield from relay.screened(stage, way, 58, "SINGLE", "この分野の支援だけで足りる")
    for days in (50, 36, 20, 8):
        yield from relay.noted(stage, way, days)


def network(stage: Stage, way: Course) -> Story[None]:
    """Several agencies, without the hub."""
    yield from relay.received(stage, way, 75)
    yield from relay.screened(stage, way, 71, "NETWORK", "顔の見える機関どうしで分担できる")
    for days in (60, 41, 15):
        yield from relay.noted(stage, way, days)


def told_only(stage: Stage, way: Course) -> Story[None]:
    """Information was all that was needed."""
    yield from relay.received(stage, way, 33)
    yield from relay.screened(stage, way, 32, "INFO_ONLY", "窓口の案内と書類の書き方の説明で足りた")


def waiting(stage: Stage, way: Course, days: int = 1) -> Story[None]:
    """Offered to the hub, not answered yet."""
    yield from relay.received(stage, way, days + 12)
    yield from relay.noted(stage, way, days + 10)
    yield from relay.screened(stage, way, days + 7)
    yield from relay.consented(stage, way, days + 2)
    yield from relay.referred(stage, way, days)


def waiting_too_long(stage: Stage, way: Course) -> Story[None]:
    """Offered eight days ago: the clock has run out."""
    yield from waiting(stage, way, 8)


def waiting_without_consent(stage: Stage, way: Course) -> Story[None]:
    """Offered with the sheet alone, because nobody could ask for consent."""
    yield from relay.received(stage, way, 9)
    yield from relay.screened(stage, way, 6)
    yield from relay.referred(stage, way, 2, reason=NO_CONSENT)


def declined(stage: Stage, way: Course) -> Story[None]:
    """Sent back with advice, a lead agency and a day; the たすき never left the desk."""
    yield from waiting(stage, way, 20)
    yield Step(
        stage.at(18, 10), stage.worker(stage.hub),
        lambda by, now: referral_acts.decline(
            by=by, now=now, referral=way.referral, lead=stage.agencies[way.desk], follow_up=stage.at(-10).date(),
            advice="まず主治医の意見と家計の状況を確かめてください。初回の訪問には同行できます。",
        ),
    )  # fmt: skip
    yield from relay.noted(stage, way, 11)


def joined(stage: Stage, way: Course) -> Story[None]:
    """Accepted together: the hub joins, the desk keeps the たすき."""
    yield from waiting(stage, way, 28)
    yield Step(
        stage.at(27, 9, 30), stage.worker(stage.hub),
        lambda by, now: referral_acts.accept_jointly(
            by=by, now=now, referral=way.referral, text="いっしょに受けます。家計の部分を持ちます。"
        ),
    )  # fmt: skip
    yield from relay.noted(stage, way, 20, by=stage.hub)
    yield from relay.noted(stage, way, 13)


def at_the_hub(stage: Stage, way: Course) -> Story[None]:
    """Accepted three days ago, waiting for the assessment."""
    yield from waiting(stage, way, 5)
    yield from relay.accepted(stage, way, 3)


def assessed(stage: Stage, way: Course) -> Story[None]:
    """The hub has assessed; the plan is not drafted."""
    yield from relay.at_the_hub(stage, way, 30)


def drafted(stage: Stage, way: Course) -> Story[None]:
    """A plan is drafted and waits for a sitting."""
    yield from relay.at_the_hub(stage, way, 42)
    yield from relay.drafted(stage, way, 9)


def on_the_agenda(stage: Stage, way: Course) -> Story[None]:
    """A plan on the agenda of this week's sitting."""
    yield from relay.at_the_hub(stage, way, 48)
    yield from relay.drafted(stage, way, 14)
    stage.consent_items.append(relay.item_of(stage, way, "初回プラン適切性"))


def decided(stage: Stage, way: Course) -> Story[None]:
    """Decided a month ago; the helpers are at work."""
    yield from relay.supported(stage, way, 80)
    yield from relay.worked(stage, way, 25)
    yield from relay.noted(stage, way, 14, by=way.lead)


def unmonitored(stage: Stage, way: Course) -> Story[None]:
    """Decided five months ago and not looked at since."""
    yield from relay.supported(stage, way, 190)
    yield from relay.worked(stage, way, 130)
    yield from relay.noted(stage, way, 118, by=way.lead)


def monitored(stage: Stage, way: Course) -> Story[None]:
    """On course: monitored last month."""
    yield from relay.supported(stage, way, 170)
    yield from relay.worked(stage, way, 110)
    yield from relay.monitored(stage, way, 35)


def replanned(stage: Stage, way: Course) -> Story[None]:
    """Evaluated, planned anew, decided again."""
    yield from relay.supported(stage, way, 260)
    yield from relay.worked(stage, way, 190)
    yield from relay.monitored(stage, way, 120)
    yield from relay.evaluated(stage, way, 60, "REPLAN")
    yield from relay.drafted(stage, way, 52, again=True)
    yield from relay.decided(stage, way, 38, "再プラン")
    yield from relay.noted(stage, way, 20, by=way.lead)


def closed(stage: Stage, way: Course) -> Story[None]:
    """Closed with follow-ups, of which the first is due."""
    yield from relay.supported(stage, way, 320)
    yield from relay.worked(stage, way, 240, "INTRODUCED")
    yield from relay.monitored(stage, way, 180)
    yield from relay.evaluated(stage, way, 130, "CLOSE")
    yield from relay.sat(stage, way, 115, "終結評価", "目標は達せられた。終わったあとも三月ごとに声をかける。")
    yield Step(
        stage.at(110, 15), stage.worker(stage.city),
        lambda by, now: case_acts.close(
            by=by, now=now, case=way.case, reason="課題の整理・役割分担が確立", lead_after=stage.agencies[way.lead],
            follow_ups=[stage.at(days).date() for days in (5, -85, -270)], notified=stage.at(111).date(),
        ),
    )  # fmt: skip


def followed_up(stage: Stage, way: Course) -> Story[None]:
    """Closed, and the first follow-up found things quiet."""
    yield from closed(stage, way)
    yield Step(
        stage.at(4, 11), stage.worker(way.lead),
        lambda by, now: case_acts.follow_up(
            by=by, now=now, case=way.case, result="安定", text="電話で話す。通いは続いている。"
        ),
    )  # fmt: skip


def reopened(stage: Stage, way: Course) -> Story[None]:
    """Closed, worse again, taken up anew by who led."""
    yield from closed(stage, way)
    yield Step(
        stage.at(6, 13), stage.worker(way.desk),
        lambda by, now: case_acts.reopen(by=by, now=now, case=way.case, reason="再悪化", consent="STANDS"),
    )  # fmt: skip
    yield from relay.noted(stage, way, 3)


def handed_back(stage: Stage, way: Course) -> Story[None]:
    """Sorted out by the hub and given back to the desk, which accepted."""
    yield from relay.at_the_hub(stage, way, 95)
    yield from _hand_back(stage, way, 60)
    yield from relay.accepted(stage, way, 58, by=way.desk)
    yield from relay.noted(stage, way, 30)


def handing_back(stage: Stage, way: Course) -> Story[None]:
    """Offered back to the desk, which has not answered."""
    yield from relay.at_the_hub(stage, way, 70)
    yield from _hand_back(stage, way, 2)


def _hand_back(stage: Stage, way: Course, days: int) -> Story[None]:
    way.referral = yield Step(
        stage.at(days, 14), stage.worker(stage.hub),
        lambda by, now: referral_acts.hand_back(
            by=by, now=now, case=way.case, to=stage.agencies[way.desk], reason="課題が整理でき、元の窓口だけで支えられる"
        ).pk,
    )  # fmt: skip


def suspended(stage: Stage, way: Course) -> Story[None]:
    """In hospital: suspended, with the day of the next check, which has passed."""
    yield from relay.at_the_hub(stage, way, 110)
    yield Step(
        stage.at(50, 11), stage.worker(stage.hub),
        lambda by, now: case_acts.suspend(
            by=by, now=now, case=way.case, reason="入院・入所", next_check=stage.at(6).date()
        ),
    )  # fmt: skip


def moved_away(stage: Stage, way: Course) -> Story[None]:
    """Moved to another municipality."""
    yield from relay.at_the_hub(stage, way, 100)
    yield Step(
        stage.at(40, 11), stage.worker(stage.hub),
        lambda by, now: case_acts.transfer_out(
            by=by, now=now, case=way.case, to="隣の町", basis="本人同意", text="転出先の窓口へ電話で伝えた。"
        ),
    )  # fmt: skip


def outreach(stage: Stage, way: Course) -> Story[None]:
    """No consent: a sealed sitting, then visits that slowly reach the door."""
    body, worker = stage.agencies[stage.outreach], stage.logins["outreach"]
    yield from relay.received(stage, way, 130)
    yield from relay.noted(stage, way, 126)
    yield from relay.screened(stage, way, 122, "OUTREACH", "本人に会えず、同意をたずねることもできない")
    yield from relay.assessed(stage, way, 120, by=way.desk)
    item = yield from sealed(stage, way, 104)
    yield Step(
        stage.at(102, 10), stage.worker(way.desk),
        lambda by, now: outreach_acts.start_outreach(
            by=by, now=now, case=way.case, people=way.people[-1:], to=body, basis="ARTICLE_106_6", item=item,
            text="まず顔を覚えてもらう。用件は持たずに訪ねる。",
        ),
    )  # fmt: skip
    seen = (
        (95, "LETTER", "未接触", "絵はがきを入れた。"), (80, "ABSENT", "未接触", "留守。前の手紙はなくなっていた。"),
        (66, "THROUGH_DOOR", "接触", "ドア越しに「聞こえてます」と返事。"), (45, "THROUGH_DOOR", "接触", "本の題名を教えてくれた。"),
        (24, "MET", "会話", "玄関で5分。次の曜日を自分で決めた。"), (10, "MET", "会話", "玄関で15分。母の体を案じていた。"),
    )  # fmt: skip
    for days, result, step, text in seen:
        yield Step(
            stage.at(days, 14), worker,
            lambda by, now, result=result, step=step, text=text: outreach_acts.visit(
                by=by, now=now, case=None, people=way.people[-1:], result=result, stage=step, fact=text
            ),
        )  # fmt: skip


def sealed(stage: Stage, way: Course, days: int) -> Story[object]:
    """A 支援会議 without consent: summon those who have pledged, hold it a week later; gives the item."""
    hub, guests = stage.worker(stage.hub), _pledged(stage, way)
    called = yield Step(
        stage.at(days + 7, 15), hub,
        lambda by, now: conference_acts.summon(
            by=by, now=now, conference=stage.sealed_conference, at=stage.at(days, 13), items=[_sealed_item(stage, way)]
        ),
    )  # fmt: skip
    item = called.items[0]
    agreed = [
        conference_acts.Agreed(item, "訪問は用件を持たずに始める", stage.agencies[way.desk], stage.at(days - 14).date())
    ]
    yield Step(
        stage.at(days, 14, 30), hub,
        lambda by, now: conference_acts.hold(
            by=by, now=now, sitting=called.sitting, present=[hub, *guests], decisions=agreed,
            minutes="集まった情報を持ち寄り、だれが最初に会うかを決めた。",
        ),
    )  # fmt: skip
    return item


def _pledged(stage: Stage, way: Course) -> list[object]:
    keys = dict.fromkeys((way.desk, *(key for key, _ in way.helpers)))
    there = [stage.worker(key) for key in keys if key in stage.sealed_members and key != stage.hub]
    return list(dict.fromkeys([*there, stage.logins["outreach"]]))


def _sealed_item(stage: Stage, way: Course) -> Item:
    return Item(
        about=tuple(way.people), kind="情報共有・支援体制検討", basis="ARTICLE_106_6", invited=_pledged(stage, way),
        materials=(way.assessment,), case=way.case, reason="本人に会えず、同意をたずねることもできない",
    )  # fmt: skip


def sealed_this_week(stage: Stage, way: Course) -> Story[None]:
    """On the agenda of this week's 支援会議, without consent."""
    yield from relay.received(stage, way, 22)
    yield from relay.screened(stage, way, 18, "REFER", "家の中の様子がつかめない")
    yield from relay.assessed(stage, way, 16, by=way.desk)
    yield from relay.referred(stage, way, 14, reason=NO_CONSENT)
    yield from relay.accepted(stage, way, 13)
    stage.sealed_items.append(_sealed_item(stage, way))


def watched(stage: Stage, way: Course, silent: int = 4) -> Story[None]:
    """Watched over by the desk and the hub; the last contact lies some days back."""
    yield from relay.received(stage, way, 200)
    yield from relay.screened(stage, way, 196, "WATCH", "いまは暮らせている。変化に早く気づけるようにする")
    yield from relay.consented(stage, way, 195)
    own = stage.agencies[way.desk]
    yield Step(
        stage.at(190, 10), stage.worker(way.desk),
        lambda by, now: watch_acts.watch(
            by=by, now=now, people=way.people, watchers=[own, stage.agencies[stage.hub]], every_days=14,
            triggers=["雨戸が2日開かない", "配食を2回続けて受け取らない"], first_responder=own, case=way.case,
            text="第2・第4火曜に声をかける。",
        ),
    )  # fmt: skip
    for days in (160, 120, 80, silent):
        yield Step(
            stage.at(days, 11), stage.worker(way.desk),
            lambda by, now: watch_acts.watch_check(
                by=by, now=now, people=way.people, result="変わりなし。顔色もよい", case=way.case
            ),
        )  # fmt: skip


def silent(stage: Stage, way: Course) -> Story[None]:
    """Watched over, and nobody has heard anything for seven weeks."""
    yield from watched(stage, way, 52)


def triggered(stage: Stage, way: Course) -> Story[None]:
    """A neighbour saw the shutters closed: somebody must go first."""
    yield from watched(stage, way, 9)
    yield Step(
        stage.at(1, 15), stage.worker(way.desk),
        lambda by, now: watch_acts.watch_trigger(
            by=by, now=now, people=way.people, result="雨戸が2日開かない、と隣の人から", case=way.case
        ),
    )  # fmt: skip


def taking_part(stage: Stage, way: Course) -> Story[None]:
    """参加支援: proposed, seen, tried, begun, and the host looked after as well."""
    body, worker = stage.participation, stage.logins["sanka"]
    way.helpers = (*(pair for pair in way.helpers if pair[0] != body), (body, "通える場をさがし、始まりを支える"))
    yield from relay.supported(stage, way, 210)
    yield from relay.worked(stage, way, 150)
    host = stage.hosts[way.home.number % len(stage.hosts)]
    steps = (
        (120, "propose_match", "本の整理なら続けられそうだ、と本人。"), (106, "visit_host", "見学。入口の音が大きく、午前を希望。"),
        (90, "trial", "2時間の体験。最後に名札をもらった。"), (62, "start_participation", "週1回、午前に始める。"),
        (27, "retain", "休みの連絡を自分でできた。"),
    )  # fmt: skip
    for days, name, text in steps:
        yield Step(
            stage.at(days, 13), worker,
            lambda by, now, name=name, text=text: participation_acts.take_step(
                by=by, now=now, step=name, people=way.people[-1:], resource=host, case=way.case, text=text
            ),
        )  # fmt: skip
    yield Step(
        stage.at(20, 15), worker,
        lambda by, now: participation_acts.follow_host(
            by=by, now=now, resource=host, text="受け入れ先の職員と振り返り。声のかけ方に迷うとのこと。次回は同席する。"
        ),
    )  # fmt: skip
    yield from relay.monitored(stage, way, 30)


def withdrawn(stage: Stage, way: Course) -> Story[None]:
    """Consent was withdrawn from one helper."""
    yield from relay.supported(stage, way, 150)
    yield Step(
        stage.at(30, 10), stage.worker(stage.hub),
        lambda by, now: consent_acts.consent_withdraw(
            by=by, now=now, people=way.people[:1], agencies=[stage.agencies[way.helpers[-1][0]]],
            text="お金の話は自分で考えたいとのこと。",
        ),
    )  # fmt: skip


def opened_in_need(stage: Stage, way: Course) -> Story[None]:
    """Break-glass by a community worker at night, not reviewed yet."""
    yield from relay.received(stage, way, 40)
    yield from relay.screened(stage, way, 36, "SINGLE", "この分野の支援だけで足りる")
    yield Step(
        stage.at(1, 20), stage.logins["shakyo"],
        lambda by, now: disclosure_acts.break_glass(
            by=by, now=now, people=way.people[:1],
            reason="玄関前に倒れていると近所から連絡。緊急の連絡先と持病を確かめて救急に伝えるため",
        ),
    )  # fmt: skip


def passed_away(stage: Stage, way: Course) -> Story[None]:
    """The one who was supported has died; the case is closed."""
    yield from relay.received(stage, way, 90)
    yield from relay.screened(stage, way, 85, "SINGLE", "この分野の支援だけで足りる")
    yield Step(
        stage.at(15, 10), stage.worker(way.desk),
        lambda by, now: case_acts.record_death(
            by=by, now=now, people=way.people[:1], died=stage.at(16).date().isoformat()
        ),
    )  # fmt: skip


def under_evaluation(stage: Stage, way: Course) -> Story[None]:
    """Evaluated with the verdict 終結; the closing sitting is still to come."""
    yield from relay.supported(stage, way, 230)
    yield from relay.worked(stage, way, 120, "INTRODUCED")
    yield from relay.monitored(stage, way, 100)
    yield from relay.evaluated(stage, way, 12, "CLOSE")


def disclosed(stage: Stage, way: Course) -> Story[None]:
    """On course, and a member asked for a copy of their own records."""
    yield from monitored(stage, way)
    yield Step(
        stage.at(9, 14), stage.logins["kojin"],
        lambda by, now: disclosure_acts.disclose(
            by=by, now=now, people=way.people[:1], requester=way.people[0], text="窓口で本人を確かめ、写しを渡した。"
        ),
    )  # fmt: skip


type Ending = Callable[[Stage, Course], Story[None]]

# The states in the order in which households are dealt to them; a small town has the first ones.
ENDINGS: tuple[Ending, ...] = (
    waiting, silent, decided, unmonitored, closed, outreach, just_received, on_the_agenda, sealed_this_week,
    taking_part, waiting_too_long, opened_in_need, declined, joined, at_the_hub, assessed, drafted, on_the_agenda,
    monitored, handed_back, handing_back, reopened, suspended, triggered, unscreened, replanned, single, network,
    under_evaluation, withdrawn, followed_up, waiting_without_consent, told_only, moved_away, watched, disclosed,
    passed_away, just_received,
)  # fmt: skip


def advice_without_a_name(stage: Stage) -> Story[None]:
    """An agency asks another for advice and names nobody."""
    yield Step(
        stage.at(4, 11), stage.logins["kodomo"],
        lambda by, now: consultation_acts.advise(
            by=by, now=now, to=stage.agencies[stage.hub],
            text="名前は伏せます。母が夜勤で、小学生が一人になる家庭への声のかけ方を教えてください。",
        ),
    )  # fmt: skip


def sittings_this_week(stage: Stage) -> Story[None]:
    """Two days ago the hub summoned everything that is ripe: by consent in one sitting, sealed in the other."""
    hub = stage.worker(stage.hub)
    at = stage.at(3, 16, 30)
    yield Step(
        at, hub,
        lambda by, now: conference_acts.summon(
            by=by, now=now, conference=stage.consent_conference, at=stage.at(-2, 10), place="第1会議室",
            items=stage.consent_items,
        ),
    )  # fmt: skip
    if stage.sealed_items:
        yield Step(
            at + dt.timedelta(minutes=20), hub,
            lambda by, now: conference_acts.summon(
                by=by, now=now, conference=stage.sealed_conference, at=stage.at(-3, 13), place="小会議室",
                items=stage.sealed_items,
            ),
        )  # fmt: skip


def plan_of_outreach(stage: Stage, way: Course) -> Story[None]:
    """A plan of the outreach itself (F06), drafted by who visits."""
    yield from outreach(stage, way)
    draft = plan_acts.Draft(
        kind="OUTREACH", direction="玄関での会話を続け、会う日を本人が決める", goals=("月2回、玄関で話す",), outreach="要",
        applied=stage.at(8).date(),
    )  # fmt: skip
    yield Step(
        stage.at(8, 16), stage.logins["outreach"],
        lambda by, now: plan_acts.draft_plan(by=by, now=now, case=way.case, people=way.people[-1:], draft=draft),
    )  # fmt: skip
