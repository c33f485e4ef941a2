"""自治体のやり方を変える: programmes and settings, each change with its reason and its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from tasuki.records.asker import Asker
from tasuki.records.journal import note_act
from tasuki.records.models import Programme, Setting
from tasuki.records.pen import refuse
from tasuki.rules.permission import P, why_not_role
from tasuki.rules.refusal import refused_if

SETTERS = frozenset({P.ADMIN, P.CITY, P.COORD, P.MGR})


@transaction.atomic
def set_programme(
    *, by: Asker, now: dt.datetime, item: str, areas: Sequence[str], since: dt.date, status: str, name: str = ""
) -> list[Programme]:
    """事業の開始・区域: from a day on, in these areas, 実施 or 未実施."""
    refuse(why_not_role(by.sets, SETTERS))
    made = Programme.objects.bulk_create(
        Programme(municipality_id=by.municipality, item=item, name=name, status=status, area=area, since=since)
        for area in areas
    )
    note_act(by, now, "set_programme", facts_item=item)
    return made


@transaction.atomic
def change_setting(*, by: Asker, now: dt.datetime, section: str, body: dict[str, Any], reason: str) -> Setting:
    """Change one section of the town's way of working; the old one stays in the history."""
    refuse(why_not_role(by.sets, frozenset({P.ADMIN})))
    refuse(refused_if(not reason, "REASON_MISSING"))
    made = Setting.objects.create(
        municipality_id=by.municipality, section=section, body=body, since=now, changed_by=by.name, reason=reason
    )
    note_act(by, now, "change_setting", made.pk, section=section)
    return made
