"""Verbs of the contract at the end of a case's life: each function is the verb of its name, and returns the case or the stay."""

from __future__ import annotations

from uuid import UUID

from tasuki.actions import keeping as keeping_acts
from tasuki.ops.replay.turn import Turn
from tasuki.records.asker import row_of


def classify(t: Turn) -> UUID:
    keeping_acts.classify(by=t.by, now=t.now, case=t.need_case(), retention_class=t.text("retention_class"))
    return t.need_case()


def archive(t: Turn) -> UUID:
    keeping_acts.archive(by=t.by, now=t.now, case=t.need_case())
    return t.need_case()


def stay(t: Turn) -> UUID:
    return keeping_acts.stay(
        by=t.by, now=t.now, case=t.need_case(), kind=t.text("kind"), reason=t.text("reason"), since=t.day("since")
    ).pk


def lift_stay(t: Turn) -> UUID:
    return keeping_acts.lift_stay(by=t.by, now=t.now, stay=t.one("of"), reason=t.text("reason")).pk


def propose_disposal(t: Turn) -> UUID:
    keeping_acts.propose_disposal(by=t.by, now=t.now, case=t.need_case())
    return t.need_case()


def withdraw_proposal(t: Turn) -> UUID:
    keeping_acts.withdraw_proposal(by=t.by, now=t.now, case=t.need_case())
    return t.need_case()


def dispose(t: Turn) -> UUID:
    facts = row_of("keeping_facts", t.need_case())  # the second person reads the number off the page
    number = str(facts[1]) if facts else ""
    keeping_acts.dispose(by=t.by, now=t.now, case=t.need_case(), approval=t.text("approval"), number=number)
    return t.need_case()
