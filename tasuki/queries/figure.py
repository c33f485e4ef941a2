"""数字: the town's figures of a fiscal year, and the rows behind each as far as the asker may see them."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasuki.queries.rows import rows, value
from tasuki.records.asker import Asker, Invisible
from tasuki.rules.permission import COUNTERS, READERS

MOST_ROWS = 500


def figures(by: Asker, since: dt.datetime, until: dt.datetime) -> dict[str, Any]:
    """Return all figures of a period by code; Invisible for whom figures are no work of theirs."""
    if not by.sets & COUNTERS:
        raise Invisible
    found = value("SELECT my_figures(%s, %s)", [since, until])
    if found is None:
        raise Invisible
    return dict(json.loads(found)) if isinstance(found, str) else dict(found)


def targets(by: Asker, year: int) -> dict[str, str]:
    """Return the targets of a fiscal year as the town prints them, by code (settings, section indicators)."""
    body = value("SELECT body FROM records_setting WHERE section = 'indicators' ORDER BY since DESC, id DESC LIMIT 1")
    listed = json.loads(body) if isinstance(body, str) else body or []
    found = {}
    for one in listed:
        target = (one.get("targets") or {}).get(str(year))
        if target and one.get("kpi"):
            found[str(one["kpi"])] = str(target.get("print") or target.get("value") or "")
    return found


@dataclass(frozen=True)
class FigureRow:
    """A row behind a figure: the day, what it is, whom it is about as far as the asker sees them, which agency."""

    at: dt.datetime | None
    what: str
    part: str
    names: list[str]
    people: list[UUID]
    agency: str
    case: UUID | None
    ground: str


_SUBJECTS = """LEFT JOIN LATERAL (
        SELECT array_agg(p.name ORDER BY p.id) AS names, array_agg(p.id ORDER BY p.id) AS people
        FROM records_subject s JOIN records_person p ON p.id = s.person_id WHERE s.record_id = {record}) p ON true"""
_END = f" ORDER BY 1 DESC NULLS LAST, 2, 7 LIMIT {MOST_ROWS}"
_RECORDS = (
    "SELECT r.written_at, r.kind, {part}, coalesce(p.names, '{}'), coalesce(p.people, '{}'), g.name, r.case_id,"
    " record_ground(r.id) FROM records_record r JOIN records_agency g ON g.id = r.agency_id "
    "{subjects} WHERE r.written_at BETWEEN %(since)s AND %(until)s AND {which}"
)
_REFERRALS = (
    "SELECT f.answered_at, f.kind, s.name || ' → ' || g.name, coalesce(p.names, '{}'), coalesce(p.people, '{}'), g.name,"
    " f.case_id, record_ground(f.record_id) FROM records_referral f JOIN records_agency g ON g.id = f.receiver_id"
    " JOIN records_agency s ON s.id = f.sender_id "
    "{subjects} WHERE f.answered_at BETWEEN %(since)s AND %(until)s AND f.state IN ('ACCEPTED', 'JOINED') AND {which}"
)
_ITEMS = (
    "SELECT t.held_at, 'ITEM', k.name || '　' || i.kind, coalesce(p.names, '{}'), coalesce(p.people, '{}'), g.name, i.case_id,"
    " item_ground(i.id) FROM records_agendaitem i JOIN records_sitting t ON t.id = i.sitting_id"
    " JOIN records_conference k ON k.id = t.conference_id JOIN records_agency g ON g.id = t.called_by_id"
    " LEFT JOIN LATERAL (SELECT array_agg(q.name ORDER BY q.id) AS names, array_agg(q.id ORDER BY q.id) AS people"
    " FROM records_itemperson x JOIN records_person q ON q.id = x.person_id WHERE x.item_id = i.id) p ON true"
    " WHERE t.state = 'HELD' AND t.held_at BETWEEN %(since)s AND %(until)s AND {which}"
)
_PLANS = (
    "SELECT l.decided_at, l.kind, '第' || l.version || '版　' || left(l.direction, 40), coalesce(p.names, '{}'),"
    " coalesce(p.people, '{}'), coalesce(g.name, ''), l.case_id, record_ground(l.record_id) FROM records_plan l"
    " LEFT JOIN records_agency g ON g.id = l.lead_id "
    "{subjects} WHERE l.decided_at BETWEEN %(since)s AND %(until)s AND {which}"
)
_CASES = (
    "SELECT c.hub_since, c.state, '', coalesce(p.names, '{}'), coalesce(p.people, '{}'), coalesce(g.name, ''), c.id,"
    " case_ground(c.id) FROM records_case c LEFT JOIN records_holding h ON h.case_id = c.id AND h.until IS NULL"
    " LEFT JOIN records_agency g ON g.id = h.agency_id LEFT JOIN LATERAL ("
    "SELECT array_agg(q.name ORDER BY q.id) AS names, array_agg(q.id ORDER BY q.id) AS people FROM records_caseperson x"
    " JOIN records_person q ON q.id = x.person_id WHERE x.case_id = c.id AND x.left_at IS NULL) p ON true"
    " WHERE c.hub_id IS NOT NULL AND c.hub_since <= %(until)s AND (c.ended_at IS NULL OR c.ended_at > %(until)s)"
    " AND %(since)s::timestamptz IS NOT NULL AND {which}"
)
_RESOURCES = (
    "SELECT x.registered_at, 'RESOURCE', x.name || '　' || x.kind, '{}'::text[], '{}'::uuid[], g.name, NULL::uuid, 'NONE'"
    " FROM records_resource x JOIN records_agency g ON g.id = x.agency_id"
    " WHERE x.registered_at <= %(until)s AND {which}"
)
_GAPS = (
    "SELECT x.registered_at, 'GAP', left(x.need, 60), '{}'::text[], '{}'::uuid[], g.name, NULL::uuid, 'NONE'"
    " FROM records_gap x JOIN records_agency g ON g.id = x.agency_id"
    " WHERE x.registered_at BETWEEN %(since)s AND %(until)s AND {which}"
)
_RECORD_OF = {_RECORDS: "r.id", _REFERRALS: "f.record_id", _PLANS: "l.record_id"}
_DETAIL = "coalesce(r.details ->> '{}', '')"
_CONSENT_KINDS = "i.basis = 'CONSENT' AND i.kind IN ('初回プラン適切性', '再プラン', '終結評価', 'つなぎもどし')"
_IN_TIME = "x.registered_at >= %(since)s"
# Which rows stand behind a code: a statement, what is told beside, and which of its rows count.
_BEHIND: dict[str, tuple[str, str, str]] = {
    "N01": (_RECORDS, "''", "EXISTS (SELECT FROM records_consultation n WHERE n.record_id = r.id AND NOT n.again)"),
    "N03": (_RECORDS, "r.note_kind || '　' || r.method", "r.kind = 'NOTE'"),
    "N04": (_REFERRALS, "", "f.kind = 'REFER' AND g.is_hub"),
    "N05": (_REFERRALS, "", "f.kind = 'REFER' AND g.is_hub"),
    "N06": (_ITEMS, "", "i.basis = 'ARTICLE_106_6'"),
    "N07": (_ITEMS, "", _CONSENT_KINDS),
    "N08": (_PLANS, "", "true"),
    "N09": (_RECORDS, "''", "r.kind = 'ASSESSMENT' AND (r.details ->> 'by_hub')::boolean"),
    "N10": (_RECORDS, _DETAIL.format("result"), "r.kind = 'VISIT'"),
    "N11": (_RECORDS, "''", "r.kind = 'CONSENT' AND g.kind = 'OUTREACH'"),
    "N12": (_RECORDS, _DETAIL.format("step"), "r.kind = 'PARTICIPATION'"),
    "N13": (_RECORDS, _DETAIL.format("reason"), "r.kind IN ('CLOSING', 'TRANSFER', 'SUSPENSION')"),
    "N14": (_RECORDS, "''", "r.kind = 'REOPENING'"),
    "N15": (_CASES, "", "true"),
    "N16": (_RESOURCES, "", f"NOT x.is_host AND {_IN_TIME}"),
    "N20": (_RECORDS, "''", "r.kind = 'ADVICE'"),
    "N21": (_RECORDS, "''", "r.kind IN ('WATCH_CHECK', 'WATCH_TRIGGER')"),
    "K5": (_RECORDS, _DETAIL.format("verdict"), "r.kind = 'EVALUATION'"),
    "K6": (_RECORDS, _DETAIL.format("verdict"), "r.kind = 'EVALUATION'"),
    "K9": (_RECORDS, _DETAIL.format("reason"), "r.kind = 'CLOSING'"),
    "K12": (_GAPS, "", "true"),
}  # fmt: skip


def behind(by: Asker, code: str, since: dt.datetime, until: dt.datetime) -> list[FigureRow]:
    """Return the rows behind a figure, the latest first (one statement); none for who reads no cases (R9)."""
    if code not in _BEHIND:
        raise Invisible
    if not by.sets & READERS:
        return []
    statement, part, which = _BEHIND[code]
    subjects = _SUBJECTS.replace("{record}", _RECORD_OF.get(statement, ""))
    text = statement.replace("{part}", part).replace("{which}", which).replace("{subjects}", subjects) + _END
    return rows(FigureRow, text, {"since": since, "until": until})
