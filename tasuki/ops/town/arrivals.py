"""How a household arrives and is passed on: received, sorted, offered, answered, given back, and early ends."""

from __future__ import annotations

from tasuki.actions import case as case_acts
from tasuki.actions import referral as referral_acts
from tasuki.ops.town import relay
from tasuki.ops.town.relay import Course
from tasuki.ops.town.stage import Stage, Story, doing


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
    yield from relay.referred(stage, way, 2, reason=relay.NO_CONSENT)


def declined(stage: Stage, way: Course) -> Story[None]:
    """Sent back with advice, a lead agency and a day; the たすき never left the desk."""
    yield from waiting(stage, way, 20)
    yield doing(
        stage.at(18, 10),
        stage.worker(stage.hub),
        referral_acts.decline,
        referral=way.referral,
        lead=stage.agencies[way.desk],
        follow_up=stage.at(-10).date(),
        advice="まず主治医の意見と家計の状況を確かめてください。初回の訪問には同行できます。",
    )
    yield from relay.noted(stage, way, 11)


def joined(stage: Stage, way: Course) -> Story[None]:
    """Accepted together: the hub joins, the desk keeps the たすき."""
    yield from waiting(stage, way, 28)
    yield doing(
        stage.at(27, 9, 30),
        stage.worker(stage.hub),
        referral_acts.accept_jointly,
        referral=way.referral,
        text="いっしょに受けます。家計の部分を持ちます。",
    )
    yield from relay.noted(stage, way, 20, by=stage.hub)
    yield from relay.noted(stage, way, 13)


def at_the_hub(stage: Stage, way: Course) -> Story[None]:
    """Accepted three days ago, waiting for the assessment."""
    yield from waiting(stage, way, 5)
    yield from relay.accepted(stage, way, 3)


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
    way.referral = (yield doing(stage.at(days, 14), stage.worker(stage.hub), referral_acts.hand_back, case=way.case, to=stage.agencies[way.desk], reason="課題が整理でき、元の窓口だけで支えられる")).pk  # fmt: skip


def suspended(stage: Stage, way: Course) -> Story[None]:
    """In hospital: suspended, with the day of the next check, which has passed."""
    yield from relay.at_the_hub(stage, way, 110)
    yield doing(
        stage.at(50, 11),
        stage.worker(stage.hub),
        case_acts.suspend,
        case=way.case,
        reason="入院・入所",
        next_check=stage.at(6).date(),
    )


def moved_away(stage: Stage, way: Course) -> Story[None]:
    """Moved to another municipality."""
    yield from relay.at_the_hub(stage, way, 100)
    yield doing(
        stage.at(40, 11),
        stage.worker(stage.hub),
        case_acts.transfer_out,
        case=way.case,
        to="隣の町",
        basis="本人同意",
        text="転出先の窓口へ電話で伝えた。",
    )


def passed_away(stage: Stage, way: Course) -> Story[None]:
    """The one who was supported has died; the case is closed."""
    yield from relay.received(stage, way, 90)
    yield from relay.screened(stage, way, 85, "SINGLE", "この分野の支援だけで足りる")
    yield doing(
        stage.at(15, 10),
        stage.worker(way.desk),
        case_acts.record_death,
        people=way.people[:1],
        died=stage.at(16).date().isoformat(),
    )
