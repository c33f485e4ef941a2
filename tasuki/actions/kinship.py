"""間柄: writing who is whose child and partner, and who feels how; beside the family picture, one line at a time."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from tasuki.records.asker import Asker
from tasuki.records.journal import note_act
from tasuki.records.models import Person, Record
from tasuki.records.pen import case_for_update, need_known, refuse, today, write_record
from tasuki.rules.codes import DataClass, Kind
from tasuki.rules.kinship import Kin, KinLine, read_line, standing, why_not_kin
from tasuki.rules.permission import WRITERS, why_not_role


@transaction.atomic
def write_kinship(
    *, by: Asker, now: dt.datetime, case: UUID, line: KinLine, text: str = "", data_class: str = DataClass.FAMILY
) -> Record:
    """Write one line between two people whom the asker knows: a record about both, so that it is seen as records are.

    What was written before stays; the later line takes its place. 虐待 is written as DV at least. Raises Refused,
    Invisible.
    """
    refuse(why_not_role(by.sets, WRITERS, "NOT_A_WRITER"))
    held = case_for_update(case)
    people = [UUID(line.first), UUID(line.second)]
    need_known(people)
    born = {str(key): day for key, day in Person.objects.filter(pk__in=people).values_list("pk", "born")}
    refuse(why_not_kin(line, standing(_written(held.household_id), today(now)), born=born, day=today(now)))
    details = {
        "first": line.first,
        "second": line.second,
        "kin": line.kin,
        "since": line.since,
        "custody": line.custody,
    }
    sealed = DataClass.DV if line.kin == Kin.ABUSE and data_class == DataClass.FAMILY else data_class
    record = write_record(
        by, now, Kind.KINSHIP, people, case=case, text=text.strip(), data_class=sealed, details=details
    )
    note_act(by, now, "write_kinship", record.pk, case)
    return record


def _written(household: UUID) -> list[KinLine]:
    """Return every line of a household that the asker may see, in the order of writing."""
    found = Record.objects.filter(kind=Kind.KINSHIP, case__household_id=household).order_by("written_at", "pk")
    return [read_line(details) for details in found.values_list("details", flat=True)]
