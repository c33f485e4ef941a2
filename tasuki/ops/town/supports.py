"""How a household is supported from the assessment on: planned, decided, looked at again, closed, taken up anew."""

from __future__ import annotations

from tasuki.actions import case as case_acts
from tasuki.actions import consent as consent_acts
from tasuki.actions import disclosure as disclosure_acts
from tasuki.actions import participation as participation_acts
from tasuki.ops.town import relay
from tasuki.ops.town.relay import Course
from tasuki.ops.town.stage import Stage, Story, doing


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


def under_evaluation(stage: Stage, way: Course) -> Story[None]:
    """Evaluated with the verdict 終結; the closing sitting is still to come."""
    yield from relay.supported(stage, way, 230)
    yield from relay.worked(stage, way, 120, "INTRODUCED")
    yield from relay.monitored(stage, way, 100)
    yield from relay.evaluated(stage, way, 12, "CLOSE")


def closed(stage: Stage, way: Course) -> Story[None]:
    """Closed with follow-ups, of which the first is due."""
    yield from relay.supported(stage, way, 320)
    yield from relay.worked(stage, way, 240, "INTRODUCED")
    yield from relay.monitored(stage, way, 180)
    yield from relay.evaluated(stage, way, 130, "CLOSE")
    yield from relay.sat(stage, way, 115, "終結評価", "目標は達せられた。終わったあとも三月ごとに声をかける。")
    yield doing(
        stage.at(110, 15),
        stage.worker(stage.city),
        case_acts.close,
        case=way.case,
        reason="課題の整理・役割分担が確立",
        lead_after=stage.agencies[way.lead],
        follow_ups=[stage.at(days).date() for days in (5, -85, -270)],
        notified=stage.at(111).date(),
    )


def followed_up(stage: Stage, way: Course) -> Story[None]:
    """Closed, and the first follow-up found things quiet."""
    yield from closed(stage, way)
    yield doing(
        stage.at(4, 11),
        stage.worker(way.lead),
        case_acts.follow_up,
        case=way.case,
        result="安定",
        text="電話で話す。通いは続いている。",
    )


def reopened(stage: Stage, way: Course) -> Story[None]:
    """Closed, worse again, taken up anew by who led."""
    yield from closed(stage, way)
    yield doing(
        stage.at(6, 13), stage.worker(way.desk), case_acts.reopen, case=way.case, reason="再悪化", consent="STANDS"
    )
    yield from relay.noted(stage, way, 3)


def withdrawn(stage: Stage, way: Course) -> Story[None]:
    """Consent was withdrawn from one helper."""
    yield from relay.supported(stage, way, 150)
    yield doing(
        stage.at(30, 10),
        stage.worker(stage.hub),
        consent_acts.consent_withdraw,
        people=way.people[:1],
        agencies=[stage.agencies[way.helpers[-1][0]]],
        text="お金の話は自分で考えたいとのこと。",
    )


def disclosed(stage: Stage, way: Course) -> Story[None]:
    """On course, and a member asked for a copy of their own records."""
    yield from monitored(stage, way)
    yield doing(
        stage.at(9, 14),
        stage.logins["kojin"],
        disclosure_acts.disclose,
        people=way.people[:1],
        requester=way.people[0],
        text="窓口で本人を確かめ、写しを渡した。",
    )


def taking_part(stage: Stage, way: Course) -> Story[None]:
    """参加支援: proposed, seen, tried, begun, and the host looked after as well."""
    body, worker = stage.participation, stage.logins["sanka"]
    way.helpers = (*(pair for pair in way.helpers if pair[0] != body), (body, "通える場をさがし、始まりを支える"))
    yield from relay.supported(stage, way, 210)
    yield from relay.worked(stage, way, 150)
    host = stage.hosts[way.home.number % len(stage.hosts)]
    steps = (
        (120, "propose_match", "本の整理なら続けられそうだ、と本人。"),
        (106, "visit_host", "見学。入口の音が大きく、午前を希望。"),
        (90, "trial", "2時間の体験。最後に名札をもらった。"),
        (62, "start_participation", "週1回、午前に始める。"),
        (27, "retain", "休みの連絡を自分でできた。"),
    )
    for days, name, text in steps:
        yield doing(
            stage.at(days, 13),
            worker,
            participation_acts.take_step,
            step=name,
            people=way.people[-1:],
            resource=host,
            case=way.case,
            text=text,
        )
    yield doing(
        stage.at(20, 15),
        worker,
        participation_acts.follow_host,
        resource=host,
        text="受け入れ先の職員と振り返り。声のかけ方に迷うとのこと。次回は同席する。",
    )
    yield from relay.monitored(stage, way, 30)
