"""How long a case lasts and how it ends: closed, handed back, watched over, suspended; after domain 9.3."""

from __future__ import annotations

import json
from random import Random

from tasuki.ops.synth.course import Course, Offer
from tasuki.ops.synth.words import told
from tasuki.ops.synth.world import DAY

# Domain 9.3: median 7 months, nine in ten within 20; a month has 20.3 open days.
_MEDIAN, _SPREAD = 142, 0.82
_DIRECTION = "暮らしの形を本人と決める"


def duration(dice: Random) -> int:
    """Throw how many open days a case lasts."""
    return max(5, round(_MEDIAN * dice.lognormvariate(0, _SPREAD)))


def close(way: Course, at: int, reason: str) -> None:
    """T24 終結, with who leads afterwards and the days of the follow-ups."""
    leads = way.helpers[0][0] if way.helpers else way.desk
    transfer = reason == "転出"
    details = {"to": "隣の町", "basis": "本人同意"} if transfer else {"reason": reason, "lead_after": leads.id}
    record = way.write(
        "TRANSFER" if transfer else "CLOSING", at, (way.desk, way.worker), way.people, text=told(way.dice),
        details=json.dumps(details, ensure_ascii=False),
    )  # fmt: skip
    way.finish(at, "CLOSED", reason)
    for months in (3, 6, 12) if not transfer else ():
        due = way.world.day(at, months * 30)
        done = at + months * 20 * DAY
        said = way.world.moment(done) if done < way.world.now else None
        way.rows.add(
            "task",
            way.new_id(),
            way.id,
            record,
            leads.id,
            "フォロー",
            "FOLLOW_UP",
            due,
            said,
            None,
            way.world.moment(at),
        )


def hand_back(way: Course, at: int) -> None:
    """T25 つなぎもどし: offered to the desk that received the household, and accepted the same or the next day."""
    world = way.world
    digits = json.dumps({"number": f"つ{world.years[at // DAY]}-{way.number + 500_000:06d}"}, ensure_ascii=False)
    sheet = "課題が整理でき、元の窓口だけで支えられる"
    record = way.write(
        "HAND_BACK", at, (world.hub, way.hub_worker), way.people, text=sheet, addressee=way.desk.id, details=digits
    )
    offer = Offer(record, "HAND_BACK", world.hub, way.desk, at, sheet)
    way.offers.append(offer)
    if (answered := way.after(0, 2)) is None:
        return
    answer = json.dumps({"answer": "ACCEPTED", "kind": "HAND_BACK"})
    way.write("ANSWER", answered, (way.desk, way.worker), way.people, text="受けました。", details=answer)
    offer.state, offer.answered, offer.by = "ACCEPTED", answered, way.worker
    way.hold(way.desk, answered, "HANDED_BACK")
    way.finish(answered, "RETURNED", "つなぎもどし")


def suspend(way: Course, at: int) -> None:
    """T26 中断, with the day of the next check."""
    way.write("SUSPENSION", at, (way.desk, way.worker), way.people, text="長く会えない見込み。")
    way.before, way.state, way.check_on = way.state, "SUSPENDED", way.world.day(at, 90)


def watch(way: Course, since: int, until: int | None) -> None:
    """T27 見守り by the desk and the first of the helpers, with a look in every month."""
    world, desk = way.world, way.desk
    record = way.write("WATCH", since, (desk, way.worker), way.people, text="月に一度、声をかける。")
    seen = [at for months in range(1, 37) if (at := since + months * 20 * DAY) < (until or world.now)]
    for at in seen[-6:]:
        way.write("WATCH_CHECK", at, (desk, way.worker), way.people, text="変わりない。")
    watchers = [desk.id, *(one.id for one, _ in way.helpers[:1])]
    way.rows.add(
        "watch", way.new_id(), record, way.id, watchers, desk.id, way.dice.choice((7, 14, 30)),
        json.dumps(["新聞がたまっている", "電話に出ない"], ensure_ascii=False), world.moment(since),
        world.moment(seen[-1]) if seen else None, world.moment(until) if until is not None else None,
        "終結" if until is not None else "",
    )  # fmt: skip
