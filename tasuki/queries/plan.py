"""プラン: one version of a plan as its page and its paper show it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasuki.queries.rows import one
from tasuki.records.asker import Invisible


@dataclass(frozen=True)
class PlanPage:
    """A version of a plan."""

    id: UUID
    case: UUID
    kind: str
    version: int
    state: str
    direction: str
    participation: str
    outreach: str
    applied_on: dt.date | None
    judged_at: dt.datetime | None
    judged_result: str
    decided_at: dt.datetime | None
    decided_by: str | None
    lead: str | None
    verdict: str
    monitor_by: dt.date | None
    written_by: str
    written_at: dt.datetime
    ground: str
    people: list[str]
    people_ids: list[UUID]
    goals: list[Any]
    roles: list[Any]


def plan_page(plan: UUID) -> PlanPage:
    """Return a plan; Invisible when it does not exist for the asker."""
    found = one(PlanPage, _PLAN, [plan])
    if found is None:
        raise Invisible
    return found


_PLAN = """
    SELECT p.id, p.case_id, p.kind, p.version, p.state, p.direction, p.participation, p.outreach, p.applied_on, p.judged_at,
      p.judged_result, p.decided_at, d.name, l.name, p.verdict, p.monitor_by, g.name, r.written_at, record_ground(p.record_id),
      ARRAY(SELECT q.name FROM records_subject s JOIN records_person q ON q.id = s.person_id WHERE s.record_id = r.id ORDER BY q.born, q.id),
      ARRAY(SELECT s.person_id FROM records_subject s WHERE s.record_id = r.id),
      (SELECT coalesce(jsonb_agg(jsonb_build_object('n', o.number, 'text', o.text, 'attained', o.attained) ORDER BY o.number), '[]')
       FROM records_goal o WHERE o.plan_id = p.id),
      (SELECT coalesce(jsonb_agg(jsonb_build_object('agency', a.name, 'what', w.what, 'state', w.state, 'due', w.due_on,
              'heard', EXISTS (SELECT FROM records_record x WHERE x.case_id = p.case_id AND x.agency_id = a.id))
              ORDER BY w.due_on NULLS LAST, a.name), '[]') FROM records_planrole w JOIN records_agency a ON a.id = w.agency_id WHERE w.plan_id = p.id)
    FROM records_plan p JOIN records_record r ON r.id = p.record_id JOIN records_agency g ON g.id = r.agency_id
    LEFT JOIN records_agency l ON l.id = p.lead_id LEFT JOIN records_staff d ON d.id = p.decided_by_id WHERE p.id = %s
"""
