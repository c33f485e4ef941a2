"""つなぎ of a world: offered to the hub or to another agency, answered, and what the hub does before there is a plan."""

from __future__ import annotations

import json
from itertools import accumulate

from tasuki.ops.synth.consents import agree, asked, refuse
from tasuki.ops.synth.course import Course, Offer
from tasuki.ops.synth.endings import close, duration
from tasuki.ops.synth.plans import plan
from tasuki.ops.synth.words import told
from tasuki.ops.synth.world import DAY, Desk
from tasuki.rules.profile.codes import CLOSING_REASONS

ANSWERS = {"ACCEPTED": 72, "JOINED": 10, "DECLINED": 13, "WITHDRAWN": 5}
_ANSWERS, _ANSWERS_UP_TO = list(ANSWERS), list(accumulate(ANSWERS.values()))
_TO_HUB, _SEALED, _AGREES_LATER, _OUTREACH = 0.67, 0.5, 0.6, 0.3
_FORMS = ("WRITTEN", "ORAL")


def pass_on(way: Course) -> None:
    """T06: ask for consent, offer the たすき, and go on as the other side answers."""
    hub = way.world.hub
    to, worker = (hub, way.dice.choice(hub.workers)) if way.dice.random() < _TO_HUB else way.helpers[0]
    if to is way.desk:
        to, worker = way.helpers[0]
    form = asked(way)
    if form in _FORMS:
        agree(way, form, more=(to,))
    if (at := way.after(1, 12)) is None:
        return
    offer = _offered(way, at, to, form)
    if (answered := way.after(0, 2)) is None:
        way.state = "REFERRED" if to is hub else way.state
        return
    _answered(way, offer, answered, worker)
    if offer.state in {"ACCEPTED", "JOINED"} and to is hub:
        _at_the_hub(way, answered, worker)
    elif (end := way.after(*[duration(way.dice)] * 2)) is not None:
        close(way, end, way.dice.choice(CLOSING_REASONS))


def _offered(way: Course, at: int, to: Desk, form: str) -> Offer:
    digits = json.dumps({"number": f"つ{way.world.years[at // DAY]}-{way.number:06d}"}, ensure_ascii=False)
    sheet, agreed = told(way.dice), form in _FORMS
    record = way.write("REFERRAL", at, (way.desk, way.worker), way.people, text=sheet, addressee=to.id, details=digits)
    if form == "拒否":
        refuse(way, at)
    reason = "" if agreed else f"同意は{form}。早く体制を整えたい"
    offer = Offer(record, "REFER", way.desk, to, at, sheet, "CONSENT" if agreed else "NO_CONSENT", reason)
    way.offers.append(offer)
    return offer


def _answered(way: Course, offer: Offer, at: int, worker: str) -> None:
    offer.state = way.dice.choices(_ANSWERS, cum_weights=_ANSWERS_UP_TO)[0]
    offer.answered = at
    withdrawn = offer.state == "WITHDRAWN"
    by = (way.desk, way.worker) if withdrawn else (offer.receiver, worker)
    offer.by = by[1]
    offer.advice = "家計の状況を先に確かめてください。" if offer.state == "DECLINED" else ""
    answer = json.dumps({"answer": offer.state, "kind": "REFER"})
    way.write("ANSWER", at, by, way.people, text=offer.advice or "承知しました。", details=answer)
    if offer.state == "ACCEPTED":
        way.hold(offer.receiver, at, "ACCEPTED")


def _at_the_hub(way: Course, at: int, worker: str) -> None:
    """T11: assessed; where nobody agreed, talked about under article 106-6 and visited, until somebody does."""
    way.hub_since, way.hub_worker, way.state = at, worker, "HUB_ACCEPTED"
    if (assessed := way.after(5, 15)) is None:
        return
    _assess(way, assessed)
    if not way.consented:
        if way.dice.random() < _SEALED:
            _talk_sealed(way)
        if way.dice.random() < _OUTREACH:
            _visit(way)
        if way.dice.random() < _AGREES_LATER:
            agree(way, more=(way.world.hub,))
    plan(way)


def _assess(way: Course, at: int) -> None:
    record = way.write(
        "ASSESSMENT", at, (way.world.hub, way.hub_worker), way.people, text=told(way.dice),
        details=json.dumps({"by_hub": True, "wishes": "この家で暮らしたい"}, ensure_ascii=False),
    )  # fmt: skip
    way.state = "ASSESSING"
    for person, code in way.home.issues:
        status, weight = way.dice.choice(("疑い", "確認")), way.dice.randint(1, 3)
        way.rows.add("issue", way.new_id(), record, person, code, status, weight)


def _talk_sealed(way: Course) -> None:
    place = way.world.next_sitting(way.clock, sealed=True)
    if place is None:
        return
    day, item = way.world.sealed[place], way.new_id()
    way.rows.add(
        "agendaitem", item, way.world.id("sealed", place), way.id, "情報共有・支援体制検討", "ARTICLE_106_6",
        "本人の同意をたずねられる前に、体制を整える必要がある", None, 1 + way.number % 9, told(way.dice) if day < way.world.past else "",
    )  # fmt: skip
    for person in way.people:
        way.rows.add("itemperson", way.new_id(), item, person)
    for desk, staff in way.helpers[:2]:
        way.rows.add("seat", way.new_id(), item, staff, desk.id, True if day < way.world.past else None)


def _visit(way: Course) -> None:
    """アウトリーチ for the first of the household by the last of the helpers, with three visits."""
    (desk, staff), person = way.helpers[-1], way.people[0]
    began = way.after(1, 5)
    if began is None:
        return
    way.rows.add(
        "strand", way.new_id(), way.id, person, "OUTREACH", desk.id, "OWN_PURPOSE", "関係づくり", way.world.moment(began),
        None, "",
    )  # fmt: skip
    for result in ("ABSENT", "THROUGH_DOOR", "MET"):
        if (at := way.after(3, 20)) is not None:
            details = json.dumps({"result": result, "stage": "関係づくり"}, ensure_ascii=False)
            way.write("VISIT", at, (desk, staff), [person], fact=told(way.dice), method="訪問", details=details)
