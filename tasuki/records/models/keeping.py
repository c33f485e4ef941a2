"""保存と廃棄: of each ended case its class and its way to disposal, and what holds it back. No name and no text of a person."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tasuki.records.models.ground import Belonging, day, moment, prose, to, word


class Keeping(Belonging):
    """保存: the retention class of one ended case, when it was put away, proposed for disposal and erased.

    It outlives what it tells of: after the disposal it is the record of the disposal (T33). `source` is where the
    class comes from, as the town wrote it; `keep_until` the last day on which the case is kept; `archived_by` is nobody
    when the system did it; `rows` and `persons` count what was erased.
    """

    case = to("records.Case")
    number = word(20)
    class_key = word(40)
    class_name = word(120)
    years = models.IntegerField()
    source = prose()
    ended_on = day()
    keep_until = day()
    set_at = moment()
    set_by = to("records.Staff")
    archived_at = moment(null=True)
    archived_by = to("records.Staff", null=True)
    proposed_at = moment(null=True)
    proposed_by = to("records.Staff", null=True)
    approval = word(60)
    approved_by = to("records.Staff", null=True)
    disposed_at = moment(null=True)
    rows = models.IntegerField(default=0)
    persons = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "case"], name="keeping_once"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")), name="disposal_by_two_people"
            ),
            models.CheckConstraint(
                condition=Q(disposed_at=None)
                | (
                    Q(archived_at__isnull=False, proposed_by__isnull=False, approved_by__isnull=False) & ~Q(approval="")
                ),
                name="disposal_is_whole",
            ),
        ]


class Stay(Belonging):
    """保全 or 開示請求: as long as it stands, the case is neither put away nor erased."""

    case = to("records.Case")
    kind = word(20)
    reason = prose()
    since = day()
    set_at = moment()
    set_by = to("records.Staff")
    lifted_at = moment(null=True)
    lifted_by = to("records.Staff", null=True)
    lift_reason = prose()
