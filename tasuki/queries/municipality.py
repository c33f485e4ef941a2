"""自治体のやり方: the town's own tables and settings as they are now, and how they came to be. No case, no person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from tasuki.queries.choices import Choice
from tasuki.queries.rows import one, rows
from tasuki.records.asker import Asker, Invisible
from tasuki.rules.permission import P


def need_admin(by: Asker) -> None:
    """Make the room not exist for everybody but the administrator."""
    if not by.may(P.ADMIN):
        raise Invisible


@dataclass(frozen=True)
class Entry:
    """One row of a section: its id, its columns by name, whether it has ended."""

    id: str
    values: dict[str, Any]
    ended: bool


_TODAY = "coalesce(ended_on >= day_of(asker_at()), true)"
_SECTIONS = {
    "areas": (
        "SELECT id::text, jsonb_build_object('name', name, 'level', level, 'parent', parent, 'position', position,"
        " 'ended_on', ended_on), coalesce(ended_on < day_of(asker_at()), false)"
        " FROM records_area ORDER BY 3, position, name, id"
    ),
    "departments": (
        "SELECT id::text, jsonb_build_object('name', name, 'kind', kind, 'parent', parent, 'ended_on', ended_on),"
        " coalesce(ended_on < day_of(asker_at()), false) FROM records_department ORDER BY 3, parent, name, id"
    ),
    "agencies": (
        "SELECT g.id::text, jsonb_build_object('name', g.name, 'kind', g.kind, 'field', g.field, 'mode', g.mode,"
        " 'contractor', g.contractor, 'areas', g.areas, 'functions', g.functions, 'valid_from', g.valid_from,"
        " 'valid_until', g.valid_until, 'contract_until', g.contract_until, 'is_hub', g.is_hub),"
        " coalesce(least(g.valid_until, g.contract_until) < day_of(asker_at()), false)"
        " FROM records_agency g ORDER BY 3, g.is_hub DESC, g.field, g.name, g.id"
    ),
    "programmes": (
        "SELECT id::text, jsonb_build_object('item', item, 'name', name, 'field', field, 'status', status, 'area', area,"
        " 'since', since), status = '未実施' FROM records_programme ORDER BY item, area, since, id"
    ),
    "roles": (
        "SELECT r.id::text, jsonb_build_object('name', r.name, 'sets', r.sets, 'people', (SELECT count(*) FROM records_post p"
        " WHERE r.key = ANY(p.roles) AND p.until IS NULL), 'ended_on', r.ended_on),"
        " coalesce(r.ended_on < day_of(asker_at()), false) FROM records_rolename r ORDER BY 3, r.name, r.id"
    ),
    "conferences": (
        "SELECT c.id::text, jsonb_build_object('name', c.name, 'purposes', c.purposes, 'bases', c.bases,"
        " 'secretariat', c.secretariat, 'members', c.members, 'chair', c.chair, 'frequency', c.frequency, 'content', c.content,"
        " 'quorum', c.quorum, 'quorum_number', nullif(c.quorum_number, 0), 'quorum_of', c.quorum_of, 'quorum_source', c.quorum_source,"
        " 'secretariat_names', ARRAY(SELECT g.name FROM records_agency g WHERE g.id = ANY(c.secretariat) ORDER BY g.name),"
        " 'ended_on', c.ended_on), coalesce(c.ended_on < day_of(asker_at()), false)"
        " FROM records_conference c ORDER BY 3, c.name, c.id"
    ),
    "staff": (
        "SELECT p.id::text, jsonb_build_object('name', s.name, 'staff', s.id, 'agency', g.name, 'roles', ARRAY(SELECT r.name"
        " FROM records_rolename r WHERE r.key = ANY(p.roles) ORDER BY r.name), 'since', day_of(p.since),"
        " 'until', day_of(p.until), 'secrecy', CASE WHEN g.mode <> '委託' OR NOT (SELECT coalesce((SELECT body ->> 'asked_yearly'"
        " FROM records_setting WHERE section = 'secrecy' ORDER BY since DESC, id DESC LIMIT 1), 'true') <> 'false') THEN ''"
        " ELSE coalesce((SELECT day_of(k.at)::text FROM records_acknowledgment k WHERE k.staff_id = s.id AND k.agency_id = g.id"
        " AND k.fiscal_year = fiscal_year_of(asker_at())), 'まだ') END, 'posts', (SELECT count(*) FROM records_post o WHERE o.staff_id = s.id AND o.until IS NULL)),"
        " coalesce(p.until <= asker_at(), false) FROM records_post p JOIN records_staff s ON s.id = p.staff_id"
        " JOIN records_agency g ON g.id = p.agency_id ORDER BY 3, s.name, g.name, p.id LIMIT 1000"
    ),
}


def entries(by: Asker, section: str) -> list[Entry]:
    """Return the rows of a section, the ended ones last; Invisible for a section that is none."""
    need_admin(by)
    if section not in _SECTIONS:
        raise Invisible
    return rows(Entry, _SECTIONS[section])


@dataclass(frozen=True)
class Change:
    """One version of a section: since when, by whom, why, and what it says."""

    since: dt.datetime
    changed_by: str
    reason: str
    body: Any


def history(by: Asker, section: str) -> list[Change]:
    """Return the versions of a section and the changes of its entries, the latest first."""
    need_admin(by)
    return rows(
        Change,
        "SELECT since, changed_by, reason, body FROM records_setting WHERE section IN (%s, %s || '_changes')"
        " ORDER BY since DESC, id DESC LIMIT 50",
        [section, section],
    )


def in_force(section: str) -> dict[str, Any]:
    """Return the section of the town's way of working that is in force; empty when nothing was written."""
    found = one(
        _body, "SELECT body FROM records_setting WHERE section = %s ORDER BY since DESC, id DESC LIMIT 1", [section]
    )
    return found or {}


def _body(body: Any) -> dict[str, Any]:
    return body if isinstance(body, dict) else {}


@dataclass(frozen=True)
class SectionState:
    """When a section was last changed, and by whom."""

    section: str
    since: dt.datetime
    changed_by: str
    versions: int


def sections(by: Asker) -> list[SectionState]:
    """Return the state of every section that was ever written."""
    need_admin(by)
    return rows(
        SectionState,
        "SELECT replace(section, '_changes', ''), max(since), (array_agg(changed_by ORDER BY since DESC, id DESC))[1], count(*)"
        " FROM records_setting GROUP BY 1 ORDER BY 1",
    )


def agencies(by: Asker) -> list[Choice]:
    """Return every agency of the town."""
    return rows(Choice, "SELECT id::text, name FROM records_agency ORDER BY is_hub DESC, field, name, id")


def roles(by: Asker) -> list[Choice]:
    """Return the roles that may be given today, as they are called here."""
    return rows(Choice, f"SELECT key, name FROM records_rolename WHERE {_TODAY} ORDER BY name, key")  # noqa: S608  a constant


def colleagues(by: Asker) -> list[Choice]:
    """Return everybody who works or worked here."""
    return rows(Choice, "SELECT id::text, name FROM records_staff ORDER BY name, id")


def areas(by: Asker) -> list[Choice]:
    """Return the 圏域 by name, the whole town first."""
    found = rows(Choice, f"SELECT name, name FROM records_area WHERE {_TODAY} ORDER BY position, name, id")  # noqa: S608  a constant
    return [Choice("すべて", "町の全部"), *found]
