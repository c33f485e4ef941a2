"""約束: finishing a task, and asking the coordinator whether somebody is known already (settled 17)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from tasuki.records.asker import Asker, Invisible
from tasuki.records.journal import note_act
from tasuki.records.models import Agency, Task
from tasuki.records.pen import Refused, refuse
from tasuki.rules.permission import READERS, RECEIVERS, why_not_role
from tasuki.rules.refusal import refusal, refused_if


@transaction.atomic
def finish_task(*, by: Asker, now: dt.datetime, task: UUID) -> Task:
    """済ませた: only the agency that promised it says so, once."""
    refuse(why_not_role(by.sets, READERS))
    found = Task.objects.select_for_update(of=("self",)).filter(pk=task).first()
    if found is None:
        raise Invisible
    refuse(refused_if(found.agency_id != by.agency, "NOT_YOUR_TASK"))
    refuse(refused_if(found.done_at is not None, "ALREADY_DONE"))
    refuse(refused_if(found.kind == "SUSPENSION_CHECK", "CHECK_ASKS_FOR_THE_NEXT"))
    found.done_at, found.done_by_id = now, by.staff
    found.save(update_fields=["done_at", "done_by_id"])
    note_act(by, now, "finish_task", task, found.case_id)
    return found


@transaction.atomic
def inquire(*, by: Asker, now: dt.datetime, words: str) -> Task:
    """照会: the coordinator is asked whether these words name somebody known. The one who asks is told nothing by it."""
    refuse(why_not_role(by.sets, RECEIVERS))
    refuse(refused_if(not words.strip(), "INQUIRY_EMPTY"))
    hub = Agency.objects.filter(is_hub=True).order_by("key", "pk").first()
    if hub is None:
        raise Refused(refusal("NO_HUB"))
    made = Task.objects.create(
        municipality_id=by.municipality, agency=hub, text=words.strip()[:120], kind="INQUIRY", opened_at=now
    )
    note_act(by, now, "inquire", made.pk)
    return made
