"""保存と廃棄 (T32, T33): the class of an ended case, stays, putting away, and the disposal by two people.

The privacy officer and the manager read no case; the law's functions (sql/functions/09_keeping.sql, 10_disposal.sql) act for
them on a case that they name, and ask every condition again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from tasuki.records.asker import Asker, Invisible, effect, row_of, told
from tasuki.records.journal import note_act
from tasuki.records.models import Stay
from tasuki.records.pen import refuse, today
from tasuki.rules.keeping import (
    why_not_archive,
    why_not_classify,
    why_not_dispose,
    why_not_lift_stay,
    why_not_propose,
    why_not_stay,
    why_not_withdraw_proposal,
)
from tasuki.rules.permission import P


@dataclass(frozen=True)
class _Facts:
    """What the rules ask about an ended case; `proposed_by` is nobody when no disposal waits."""

    state: str
    number: str
    class_key: str
    until: dt.date | None
    stayed: bool
    remaining: str
    proposed_by: UUID | None


def _facts(by: Asker, case: UUID, *who: P) -> _Facts:
    """Return the facts of an ended case. Raises Invisible for whom it is no work of theirs, and for any other case."""
    found = row_of("keeping_facts", case) if by.sets & set(who) else None
    if found is None:
        raise Invisible
    return _Facts(*found)


@transaction.atomic
def classify(*, by: Asker, now: dt.datetime, case: UUID, retention_class: str) -> None:
    """保存区分 of an ended case, one of the town's own classes. Raises Invisible to all but the privacy officer."""
    found = _facts(by, case, P.PRIV)
    known = told("SELECT EXISTS (SELECT FROM classes_of_cases(%s) WHERE key = %s)", by.municipality, retention_class)
    refuse(why_not_classify(state=found.state, known=bool(known)))
    effect("classify_case", case, retention_class)
    note_act(by, now, "classify", case, case, retention_class=retention_class)


@transaction.atomic
def archive(*, by: Asker, now: dt.datetime, case: UUID) -> None:
    """T32 保存に移す: from now on the case is read-only, and there for the privacy officer alone."""
    found = _facts(by, case, P.PRIV)
    refuse(
        why_not_archive(
            state=found.state, classed=bool(found.class_key), stayed=found.stayed, remaining=found.remaining
        )
    )  # fmt: skip
    effect("archive_case", case)
    note_act(by, now, "archive", case, case)


@transaction.atomic
def stay(*, by: Asker, now: dt.datetime, case: UUID, kind: str, reason: str, since: dt.date | None) -> Stay:
    """保全 or 開示請求: stops archiving and disposal until it is lifted."""
    found = _facts(by, case, P.PRIV)
    refuse(why_not_stay(state=found.state, reason=reason, since=since, today=today(now)))
    made = Stay.objects.create(
        municipality_id=by.municipality, case_id=case, kind=kind, reason=reason.strip(), since=since, set_at=now,
        set_by_id=by.staff,
    )  # fmt: skip
    note_act(by, now, "stay", made.pk, case, kind=kind)
    return made


@transaction.atomic
def lift_stay(*, by: Asker, now: dt.datetime, stay: UUID, reason: str) -> Stay:
    """Lift a stay, once, with a reason."""
    found = Stay.objects.filter(pk=stay).first()
    if found is None:
        raise Invisible
    refuse(why_not_lift_stay(lifted=found.lifted_at is not None, reason=reason))
    found.lifted_at, found.lifted_by_id, found.lift_reason = now, by.staff, reason.strip()
    found.save(update_fields=["lifted_at", "lifted_by_id", "lift_reason"])
    note_act(by, now, "lift_stay", stay, found.case_id)
    return found


@transaction.atomic
def propose_disposal(*, by: Asker, now: dt.datetime, case: UUID) -> None:
    """T33, the first person: the privacy officer proposes what has been kept to its last day."""
    found = _facts(by, case, P.PRIV)
    refuse(
        why_not_propose(
            state=found.state, until=found.until, today=today(now), stayed=found.stayed, proposed=found.proposed_by is not None
        )
    )  # fmt: skip
    effect("propose_disposal", case)
    note_act(by, now, "propose_disposal", case, case)


@transaction.atomic
def withdraw_proposal(*, by: Asker, now: dt.datetime, case: UUID) -> None:
    """Take a proposal back: by who made it, or by who does not approve."""
    found = _facts(by, case, P.PRIV, P.MGR)
    refuse(why_not_withdraw_proposal(proposed=found.proposed_by is not None))
    effect("withdraw_proposal", case)
    note_act(by, now, "withdraw_proposal", case, case)


@transaction.atomic
def dispose(*, by: Asker, now: dt.datetime, case: UUID, approval: str, number: str) -> int:
    """T33, the second person: a manager approves, and the content is erased for good. Returns how many rows went."""
    found = _facts(by, case, P.MGR)
    refuse(
        why_not_dispose(
            state=found.state, proposed=found.proposed_by is not None, same_person=found.proposed_by == by.staff,
            stayed=found.stayed, approval=approval, number_fits=number.strip() == found.number,
        )
    )  # fmt: skip
    erased = effect("dispose_case", case, approval)
    note_act(by, now, "dispose", case, case, rows=erased)
    return erased
