"""自治体のやり方を変える: the town's own tables and settings, each change with its reason and its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import models, transaction

from tasuki.records.asker import Asker, Invisible, ask_number
from tasuki.records.journal import note_act
from tasuki.records.models import Agency, Area, Conference, Department, Post, Programme, RoleName, Setting, Staff
from tasuki.records.pen import agency_facts, refuse, today
from tasuki.rules.conference import why_not_quorum
from tasuki.rules.municipality import why_not_change, why_not_end, why_not_end_post, why_not_end_role
from tasuki.rules.permission import P, why_not_role
from tasuki.rules.refusal import refused_if

SETTERS = frozenset({P.ADMIN, P.CITY, P.COORD, P.MGR})
ADMIN = frozenset({P.ADMIN})
CHANGES = "_changes"  # beside the section that a profile wrote, which keeps its own shape

type Columns = Mapping[str, Any]


@transaction.atomic
def set_programme(
    *, by: Asker, now: dt.datetime, item: str, areas: Sequence[str], since: dt.date, status: str, name: str = "",
    reason: str = "",
) -> list[Programme]:  # fmt: skip
    """事業の開始・区域: from a day on, in these areas, 実施 or 未実施; `reason` stands in the history."""
    refuse(why_not_role(by.sets, SETTERS))
    made = Programme.objects.bulk_create(
        Programme(municipality_id=by.municipality, item=item, name=name, status=status, area=area, since=since)
        for area in areas
    )
    after = {"item": item, "area": list(areas), "status": status, "since": since}
    _told(by, now, "programmes", name or item, {}, after, reason)
    note_act(by, now, "set_programme", facts_item=item)
    return made


@transaction.atomic
def change_setting(*, by: Asker, now: dt.datetime, section: str, body: Any, reason: str) -> Setting:
    """Change one section of the town's way of working; the old one stays in the history."""
    refuse(why_not_role(by.sets, ADMIN))
    refuse(refused_if(not reason, "REASON_MISSING"))
    made = _kept(by, now, section, body, reason)
    note_act(by, now, "change_setting", made.pk, section=section)
    return made


def _kept(by: Asker, now: dt.datetime, section: str, body: Any, reason: str) -> Setting:
    return Setting.objects.create(
        municipality_id=by.municipality, section=section, body=body, since=now, changed_by=by.name, reason=reason
    )


def _told(by: Asker, now: dt.datetime, section: str, name: str, before: Columns, after: Columns, reason: str) -> None:
    """Write the history of a table: which entry, its columns before and after, who, why."""
    body = {"name": name, "before": _plain(before), "after": _plain(after)}
    _kept(by, now, section + CHANGES, body, reason)


def _fresh_key(mark: str) -> str:
    return f"{mark}{uuid4().hex[:8].upper()}"


def _plain(values: Columns) -> dict[str, Any]:
    def one(value: Any) -> Any:
        if isinstance(value, list):
            return [one(part) for part in value]
        return str(value) if isinstance(value, dt.date | UUID) else value  # a moment is a date too

    return {name: one(value) for name, value in values.items()}


def _keep[T: models.Model](by: Asker, kind: type[T], row: UUID | None, mark: str, values: Columns) -> tuple[T, Columns]:
    """Change a row of the town, or add one with a key of its own; returns it and its columns before. Raises Invisible."""
    table = kind._meta.default_manager
    if table is None:
        raise LookupError(kind.__name__)
    if row is None:
        return table.create(municipality_id=by.municipality, key=_fresh_key(mark), **values), {}
    found = table.select_for_update().filter(pk=row).first()
    if found is None:
        raise Invisible
    before = {name: getattr(found, name) for name in values}
    for name, value in values.items():
        setattr(found, name, value)
    found.save(update_fields=list(values))
    return found, before


def _change[T: models.Model](
    by: Asker, now: dt.datetime, kind: type[T], row: UUID | None, section: str, values: Columns, reason: str
) -> T:  # fmt: skip
    refuse(why_not_role(by.sets, ADMIN))
    refuse(why_not_change(reason=reason, name=str(values.get("name", ""))))
    made, before = _keep(by, kind, row, section[:3].upper(), values)
    _told(by, now, section, str(values["name"]), before, values, reason)
    return made


def _end[T: (Agency, Area, Conference, Department, RoleName)](
    by: Asker, now: dt.datetime, kind: type[T], row: UUID, section: str, columns: Sequence[str], on: dt.date | None, reason: str
) -> T:  # fmt: skip
    refuse(why_not_role(by.sets, ADMIN))
    refuse(why_not_end(reason=reason, on=on, today=today(now)))
    made, before = _keep(by, kind, row, "", dict.fromkeys(columns, on))
    _told(by, now, section, made.name, before, dict.fromkeys(columns, on), reason)
    return made


@transaction.atomic
def change_area(
    *, by: Asker, now: dt.datetime, area: UUID | None, values: Columns, reason: str
) -> Area:  # fmt: skip
    """圏域 added (`area` None) or changed."""
    made = _change(by, now, Area, area, "areas", values, reason)
    note_act(by, now, "change_area", made.pk)
    return made


@transaction.atomic
def end_area(*, by: Asker, now: dt.datetime, area: UUID, on: dt.date | None, reason: str) -> Area:
    """圏域の終わり: nobody is put there any more; who was there stays."""
    made = _end(by, now, Area, area, "areas", ("ended_on",), on, reason)
    note_act(by, now, "end_area", area)
    return made


@transaction.atomic
def change_department(
    *, by: Asker, now: dt.datetime, department: UUID | None, values: Columns, reason: str
) -> Department:  # fmt: skip
    """部署 added or changed."""
    made = _change(by, now, Department, department, "departments", values, reason)
    note_act(by, now, "change_department", made.pk)
    return made


@transaction.atomic
def end_department(*, by: Asker, now: dt.datetime, department: UUID, on: dt.date | None, reason: str) -> Department:
    """部署の終わり, after a reorganisation; its agencies stay as they are."""
    made = _end(by, now, Department, department, "departments", ("ended_on",), on, reason)
    note_act(by, now, "end_department", department)
    return made


@transaction.atomic
def change_agency(
    *, by: Asker, now: dt.datetime, agency: UUID | None, values: Columns, reason: str
) -> Agency:  # fmt: skip
    """機関 added or changed: 直営 or 委託, since when, until when its contract runs."""
    made = _change(by, now, Agency, agency, "agencies", values, reason)
    note_act(by, now, "change_agency", made.pk)
    return made


@transaction.atomic
def end_agency(*, by: Asker, now: dt.datetime, agency: UUID, on: dt.date | None, reason: str) -> Agency:
    """機関の終わり: after this day its people see nothing, and its たすき go to the owner section (settled 16)."""
    made = _end(by, now, Agency, agency, "agencies", ("valid_until", "contract_until"), on, reason)
    note_act(by, now, "end_agency", agency)
    return made


@transaction.atomic
def change_role_name(
    *, by: Asker, now: dt.datetime, role: UUID | None, values: Columns, reason: str
) -> RoleName:  # fmt: skip
    """役割の名前 over the permission sets. Posts that bear the role get the new sets at once."""
    made = _change(by, now, RoleName, role, "roles", values, reason)
    known = dict(RoleName.objects.values_list("key", "sets"))
    for post in Post.objects.select_for_update().filter(roles__contains=[made.key]).exclude(until__lte=now):
        post.sets = sorted({one for role_key in post.roles for one in known.get(role_key, [])})
        post.save(update_fields=["sets"])
    note_act(by, now, "change_role_name", made.pk)
    return made


@transaction.atomic
def end_role_name(*, by: Asker, now: dt.datetime, role: UUID, on: dt.date | None, reason: str) -> RoleName:
    """役割の終わり: nobody is given it any more. Who has it today must have another first."""
    refuse(why_not_role(by.sets, ADMIN))
    found = RoleName.objects.filter(pk=role).first()
    if found is None:
        raise Invisible
    refuse(why_not_end_role(people=Post.objects.filter(roles__contains=[found.key], until=None).count()))
    made = _end(by, now, RoleName, role, "roles", ("ended_on",), on, reason)
    note_act(by, now, "end_role_name", role)
    return made


@transaction.atomic
def change_conference(
    *, by: Asker, now: dt.datetime, conference: UUID | None, values: Columns, reason: str
) -> Conference:  # fmt: skip
    """会議体 added or changed: purposes, bases, secretariat, members, 定足数."""
    refuse(why_not_quorum(quorum=values.get("quorum", ""), number=values.get("quorum_number", 0)))
    made = _change(by, now, Conference, conference, "conferences", values, reason)
    note_act(by, now, "change_conference", made.pk)
    return made


@transaction.atomic
def end_conference(*, by: Asker, now: dt.datetime, conference: UUID, on: dt.date | None, reason: str) -> Conference:
    """会議体の終わり: nothing is summoned in it any more; what was held stays."""
    made = _end(by, now, Conference, conference, "conferences", ("ended_on",), on, reason)
    note_act(by, now, "end_conference", conference)
    return made


@transaction.atomic
def add_post(
    *, by: Asker, now: dt.datetime, staff: UUID | None, name: str, agency: UUID, roles: Sequence[str], reason: str
) -> Post:
    """職員と在籍: somebody new (`staff` None), or one more post of a colleague (兼務)."""
    refuse(why_not_role(by.sets, ADMIN))
    who = Staff.objects.filter(pk=staff).first() if staff else None
    if staff and who is None:
        raise Invisible
    refuse(why_not_change(reason=reason, name=who.name if who else name))
    where = agency_facts(agency)
    if who is None:
        who = Staff.objects.create(municipality_id=by.municipality, key=_fresh_key("staff-").lower(), name=name.strip())
    sets = sorted({one for row in RoleName.objects.filter(key__in=roles).values_list("sets", flat=True) for one in row})
    made = Post.objects.create(
        municipality_id=by.municipality, staff=who, agency_id=agency, roles=list(roles), sets=sets, since=now
    )
    _told(by, now, "staff", who.name, {}, {"agency": where.name, "roles": list(roles)}, reason)
    note_act(by, now, "add_post", made.pk)
    return made


@transaction.atomic
def end_post(*, by: Asker, now: dt.datetime, post: UUID, reason: str) -> Post:
    """在籍の終わり, at once: the next request of this person in this post sees nothing (P4)."""
    refuse(why_not_role(by.sets, ADMIN))
    found = (
        Post.objects.select_for_update(of=("self",))
        .select_related("staff", "agency")
        .filter(pk=post)
        .exclude(until__lte=now)
        .first()
    )
    if found is None:
        raise Invisible
    others = Post.objects.filter(staff_id=found.staff_id).exclude(until__lte=now).exclude(pk=post).count()
    open_cases = ask_number("open_cases_of_worker", found.staff_id)
    refuse(why_not_end_post(reason=reason, open_cases=open_cases, other_posts=others))
    found.until = now
    found.save(update_fields=["until"])
    _told(
        by,
        now,
        "staff",
        found.staff.name,
        {"agency": found.agency.name, "until": None},
        {"agency": None, "until": now},
        reason,
    )
    note_act(by, now, "end_post", post)
    return found
