"""足あと: the reason for going on after very many people were opened in a short time (T28)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from tasuki.records.asker import Asker
from tasuki.records.journal import note_act
from tasuki.records.pen import refuse
from tasuki.rules.audit import SHORTEST_REASON
from tasuki.rules.refusal import refused_if


@transaction.atomic
def go_on_reading(*, by: Asker, now: dt.datetime, reason: str, persons: int) -> None:
    """Write why somebody goes on opening people; the count begins anew. The privacy officer reads the reason."""
    refuse(refused_if(len(reason.strip()) < SHORTEST_REASON, "GOING_ON_WITHOUT_REASON"))
    note_act(by, now, "go_on_reading", reason=reason.strip()[:400], persons=persons)
