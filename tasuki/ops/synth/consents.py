"""What the people of a case agree to, and what they do not: consents that reach the agencies that work on it."""

from __future__ import annotations

from itertools import accumulate

from tasuki.ops.synth.course import Course
from tasuki.ops.synth.world import Desk

# Domain 9.3: consent when a household is passed on. The first two are forms of consent.
AT_REFERRAL = {"WRITTEN": 25, "ORAL": 20, "未確認": 30, "拒否": 10, "確認困難": 15}
_AT_REFERRAL, _AT_REFERRAL_UP_TO = list(AT_REFERRAL), list(accumulate(AT_REFERRAL.values()))
_WHOLE_HOUSEHOLD, _WITHDRAWN, _LIMITED, _MORE_THAN_BASIC = 0.85, 0.02, 0.15, 0.6
_SENSITIVE = ("HEALTH", "FINANCE", "FAMILY", "DISABILITY")


def asked(way: Course) -> str:
    """Ask before passing on; gives the form of the consent, or why there is none in the words of domain 9.3."""
    return way.dice.choices(_AT_REFERRAL, cum_weights=_AT_REFERRAL_UP_TO)[0]


def agree(way: Course, form: str = "WRITTEN", *, more: tuple[Desk, ...] = ()) -> None:
    """Write that the household agrees, to the helpers and `more`; nothing when that day has not come yet."""
    if (at := way.after(0, 5)) is None:
        return
    dice, partnered = way.dice, way.world.is_of_partner(way.number)
    to = {desk.id for desk, _ in way.helpers} | {desk.id for desk in more}
    if partnered:
        to.add(way.world.partner.id)
    whole = partnered or dice.random() < _WHOLE_HOUSEHOLD
    until = way.world.day(at, dice.randint(365, 1825)) if not partnered and dice.random() < _LIMITED else None
    ended = None
    if not partnered and dice.random() < _WITHDRAWN:
        ended = _withdraw(way, at)
    classes = ["BASIC", dice.choice(_SENSITIVE)] if dice.random() < _MORE_THAN_BASIC else ["BASIC"]
    given = way.world.moment(at)
    for person in way.people if whole else way.people[:1]:
        record = way.write("CONSENT", at, (way.desk, way.worker), [person], text="範囲を一つずつ確かめた。")
        consent = way.new_id()
        way.rows.add("consent", consent, record, person, form, given, until)
        for agency in sorted(to):
            for data_class in classes:
                way.rows.add("consentreach", way.new_id(), consent, person, agency, data_class, given, until, ended)
    way.consented = True


def _withdraw(way: Course, given: int) -> str | None:
    clock = way.clock
    at = way.after(30, 700)
    way.clock = clock
    if at is None or at <= given:
        return None
    _say_no(way, at, "WITHDRAWAL")
    return way.world.moment(at)


def refuse(way: Course, at: int) -> None:
    """Write that the household does not want its matters to be told."""
    _say_no(way, at, "REFUSAL")


def _say_no(way: Course, at: int, kind: str) -> None:
    record = way.write(kind, at, (way.desk, way.worker), way.people, text="いまは伝えてほしくないとのこと。")
    for person in way.people:
        way.rows.add("consentrefusal", way.new_id(), record, person, kind, way.world.moment(at))
