"""社会資源: registering, confirming, and closing gaps. Nobody is named here."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from tasuki.records.asker import Asker, Invisible
from tasuki.records.journal import note_act
from tasuki.records.models import Gap, Resource
from tasuki.records.pen import refuse
from tasuki.rules.permission import WRITERS, why_not_role
from tasuki.rules.refusal import refused_if


@transaction.atomic
def register_resource(  # noqa: PLR0913  the resource card (F15)
    *,
    by: Asker,
    now: dt.datetime,
    key: str,
    name: str,
    kind: str = "",
    area: str = "",
    slots: int | None = None,
    conditions: str = "",
    is_host: bool = False,
    gap: UUID | None = None,
) -> Resource:
    """Register a resource, or a host that takes people in; with `gap`, the one that it closes is closed."""
    refuse(why_not_role(by.sets, WRITERS))
    refuse(refused_if(not name, "NAME_MISSING"))
    if gap is not None and Gap.objects.filter(pk=gap).update(launched_at=now) == 0:
        raise Invisible
    made = Resource.objects.create(
        municipality_id=by.municipality, key=key, name=name, kind=kind, area=area, slots=slots,
        conditions=conditions, is_host=is_host, gap_id=gap, agency_id=by.agency, registered_at=now, assured_at=now,
    )  # fmt: skip
    act = "launch_resource" if gap else "register_host" if is_host else "register_resource"
    note_act(by, now, act, made.pk)
    return made


@transaction.atomic
def confirm_resource(*, by: Asker, now: dt.datetime, resource: UUID) -> Resource:
    """確かめた: the staleness clock starts anew."""
    refuse(why_not_role(by.sets, WRITERS))
    found = Resource.objects.select_for_update().filter(pk=resource).first()
    if found is None:
        raise Invisible
    found.assured_at = now
    found.save(update_fields=["assured_at"])
    note_act(by, now, "confirm_resource", resource)
    return found


@transaction.atomic
def register_gap(*, by: Asker, now: dt.datetime, key: str, need: str, area: str = "") -> Gap:
    """足りない資源を書きとめる: a need without a resource."""
    refuse(why_not_role(by.sets, WRITERS))
    refuse(refused_if(not need, "NEED_MISSING"))
    made = Gap.objects.create(
        municipality_id=by.municipality, key=key, need=need, area=area, agency_id=by.agency, registered_at=now
    )
    note_act(by, now, "register_gap", made.pk)
    return made


@transaction.atomic
def start_resource_project(*, by: Asker, now: dt.datetime, gap: UUID) -> Gap:
    """資源開発を始める."""
    refuse(why_not_role(by.sets, WRITERS))
    found = Gap.objects.select_for_update().filter(pk=gap).first()
    if found is None:
        raise Invisible
    found.project_at = now
    found.save(update_fields=["project_at"])
    note_act(by, now, "start_resource_project", gap)
    return found
