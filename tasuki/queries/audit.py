"""足あと: who read somebody, for the report to that person; unusual reading; whom it slowed. All of it the privacy officer's."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from tasuki.queries.disclosure import need_officer
from tasuki.queries.municipality import in_force
from tasuki.queries.rows import rows, value
from tasuki.records.asker import Asker, Invisible, ask
from tasuki.rules.audit import Thresholds, thresholds


@dataclass(frozen=True)
class ReportRow:
    """Readings of one person that are alike: on which day, by whom, what, by which door, on which ground, how often."""

    day: dt.date
    first: dt.datetime
    last: dt.datetime
    times: int
    agency: str
    roles: list[str]
    staff: str
    what: str
    door: str
    ground: str


@dataclass(frozen=True)
class Report:
    """Who read somebody in a span of days, and whether names of staff may stand in it."""

    person: UUID
    since: dt.date
    until: dt.date
    rows: list[ReportRow]
    lines: int
    names: bool
    cut: bool


def town_thresholds(by: Asker) -> Thresholds:
    """Return the thresholds that are in force in the asker's town."""
    return thresholds(in_force("audit"))


_REPORT = """
    SELECT day_of(l.at), min(l.at), max(l.at), count(*)::integer, coalesce(g.name, ''),
           ARRAY(SELECT r.name FROM records_rolename r WHERE r.key = ANY(p.roles) ORDER BY r.name), coalesce(s.name, ''),
           l.what, l.door, l.ground
    FROM reads_of(%(person)s, %(since)s, %(until)s) l LEFT JOIN records_staff s ON s.id = l.staff
    LEFT JOIN records_agency g ON g.id = l.agency LEFT JOIN records_post p ON p.id = l.post
    GROUP BY day_of(l.at), g.name, p.roles, s.name, l.staff, l.what, l.door, l.ground ORDER BY 2, l.staff LIMIT 5001
"""
LONGEST = 5000


def report(by: Asker, person: UUID, since: dt.date, until: dt.date, first: dt.datetime, end: dt.datetime) -> Report:
    """Return who read somebody from `first` to before `end`; Invisible for who is not on the register."""
    need_officer(by)
    if not ask("may_name", person):
        raise Invisible
    found = rows(ReportRow, _REPORT, {"person": person, "since": first, "until": end})
    names, lines = town_thresholds(by).report_names, sum(one.times for one in found)
    return Report(person, since, until, found[:LONGEST], lines, names, len(found) > LONGEST)


@dataclass(frozen=True)
class Finding:
    """An unusual reading: its kind, who, as which agency, on which day, how many lines and persons."""

    kind: str
    staff_id: UUID
    staff: str
    agency: str
    day: dt.date
    lines: int
    persons: int


def unusual(
    by: Asker, since: dt.datetime, until: dt.datetime, closed: Sequence[dt.date], limits: Thresholds
) -> list[Finding]:
    """Return the unusual readings of a span of time, the latest first (one statement). Whom they read is a count."""
    need_officer(by)
    return rows(
        Finding,
        "SELECT u.kind, u.staff, coalesce(s.name, ''), coalesce((SELECT string_agg(DISTINCT g.name, '・' ORDER BY g.name)"
        " FROM records_post p JOIN records_agency g ON g.id = p.agency_id WHERE p.staff_id = u.staff AND p.since < %(until)s"
        " AND (p.until IS NULL OR p.until > %(since)s)), ''), u.day, u.lines, u.persons"
        " FROM unusual_reads(%(since)s, %(until)s, %(closed)s::date[], %(limits)s::jsonb) u"
        " LEFT JOIN records_staff s ON s.id = u.staff ORDER BY u.day DESC, u.persons DESC, u.kind, u.staff",
        {"since": since, "until": until, "closed": list(closed), "limits": json.dumps(asdict(limits))},
    )


@dataclass(frozen=True)
class GoingOn:
    """Somebody who opened very many people and wrote why they went on."""

    at: dt.datetime
    staff_id: UUID
    staff: str
    agency: str
    reason: str


def going_on(by: Asker, since: dt.datetime, until: dt.datetime) -> list[GoingOn]:
    """Return the reasons for going on that were written in a span of time, the latest first."""
    need_officer(by)
    return rows(
        GoingOn,
        "SELECT j.at, j.staff, coalesce(s.name, ''), coalesce(g.name, ''), coalesce(j.facts ->> 'reason', '')"
        " FROM records_journalline j LEFT JOIN records_staff s ON s.id = j.staff LEFT JOIN records_agency g ON g.id = j.agency"
        " WHERE j.act = 'go_on_reading' AND j.at >= %s AND j.at < %s ORDER BY j.at DESC, j.id LIMIT 200",
        [since, until],
    )


def waiting_openings(by: Asker) -> int:
    """Return how many break-glass openings nobody has reviewed."""
    need_officer(by)
    return int(value("SELECT count(DISTINCT record_id) FROM records_emergency WHERE reviewed_at IS NULL") or 0)


def opened_lately(by: Asker, limits: Thresholds) -> int:
    """Return how many persons the asker opened in the minutes that count."""
    return int(value("SELECT opened_lately(%s)", [limits.slow_minutes]) or 0)
