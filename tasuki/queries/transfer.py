"""転出の引継書: what goes to the other municipality, as far as the asker sees it, the basis carries it and nothing guards it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasuki.queries.rows import one
from tasuki.records.asker import Asker, Invisible
from tasuki.rules.case import TRANSFER_BY_CONSENT
from tasuki.rules.permission import CALLERS, WRITERS


@dataclass(frozen=True)
class TransferPaper:
    """The papers of a transfer: who sends, to whom, on which basis; and of whom they tell what."""

    id: UUID
    to: str
    basis: str
    classes: list[str]
    summary: str
    at: dt.datetime
    agency: str
    staff: str
    number: str
    ground: str
    people: list[Any]
    consents: list[Any]
    plan: dict[str, Any] | None
    assessment: dict[str, Any] | None
    story: list[Any]


# `carried` are those of whom the papers tell: named by the transfer, alive, consenting still where the basis is consent, and
# not said to be the danger of another one of them. `told` are the records that may stand here: of the classes that are sent and, by
# consent, that everybody in them has consented to; about nobody else; shared in the case's team; seen on a ground that is
# neither a sealed item nor an emergency; no informant's; not put away; as it was corrected last.
_PAPER = """
    WITH t AS (
        SELECT r.id, r.case_id, r.written_at, r.details, r.text, g.name AS agency, w.name AS staff, record_ground(r.id) AS ground,
               r.details ->> 'basis' = %(consent)s AS by_consent, day_of(asker_at()) AS today
        FROM records_record r JOIN records_agency g ON g.id = r.agency_id JOIN records_staff w ON w.id = r.staff_id
        WHERE r.id = %(id)s AND r.kind = 'TRANSFER'
    ), named AS (
        SELECT x.value::uuid AS id FROM t, jsonb_array_elements_text(coalesce(t.details -> 'people', '[]')) x
    ), carried AS MATERIALIZED (
        SELECT p.id, same_people(p.id) AS same, p.name, p.kana, p.alias, p.born, p.sex, p.relation, p.registered_at,
               address_is_protected(p.id) AS guarded
        FROM t, named n JOIN records_person p ON p.id = n.id
        WHERE p.died_on = '' AND asker_knows(p.id) AND (NOT t.by_consent OR has_any_consent(p.id, NULL, t.today))
          AND NOT EXISTS (SELECT FROM named o WHERE o.id <> p.id AND is_alleged(o.id, p.id))
    ), agreed AS (
        SELECT DISTINCT c.id, e.data_class FROM t, carried c JOIN records_consentreach e ON e.person_id = ANY(c.same)
        WHERE e.ended_at IS NULL AND e.since <= asker_at() AND (e.until IS NULL OR t.today <= e.until)
    ), told AS MATERIALIZED (
        SELECT q.id, q.kind, q.written_at, q.text, q.fact, q.details, g.name AS agency
        FROM t JOIN records_record q ON q.case_id = t.case_id JOIN records_agency g ON g.id = q.agency_id
        WHERE q.written_at <= t.written_at AND q.scope = 'CASE_TEAM' AND NOT q.informant_confidential AND q.archived_at IS NULL
          AND q.kind = ANY('{RECEIVE,NOTE,AMENDMENT,VISIT,ASSESSMENT,PLAN,MONITORING,EVALUATION,SUSPENSION,RESUMPTION,FOLLOW_UP}')
          AND t.details -> 'classes' ? q.data_class
          AND EXISTS (SELECT FROM records_subject s WHERE s.record_id = q.id)
          AND NOT EXISTS (
              SELECT FROM records_subject s WHERE s.record_id = q.id AND NOT EXISTS (
                  SELECT FROM carried c WHERE s.person_id = ANY(c.same)
                    AND (NOT t.by_consent OR EXISTS (SELECT FROM agreed a WHERE a.id = c.id AND a.data_class = q.data_class))))
          AND NOT EXISTS (SELECT FROM records_record m WHERE m.amends_id = q.id AND NOT m.details ? 'added')
          AND record_ground(q.id) NOT IN ('ARTICLE_106_6', 'EMERGENCY')
    )
    SELECT t.id, t.details ->> 'to', t.details ->> 'basis', ARRAY(SELECT jsonb_array_elements_text(t.details -> 'classes')), t.text,
      t.written_at, t.agency, t.staff,
      coalesce((SELECT min(n.number) FROM records_consultation n JOIN records_record q ON q.id = n.record_id
                WHERE q.case_id = t.case_id AND q.kind = 'RECEIVE'), ''),
      t.ground,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'kana', c.kana, 'alias', c.alias, 'born', c.born, 'sex', c.sex,
              'relation', c.relation, 'guarded', c.guarded, 'address', CASE WHEN NOT c.guarded THEN x.address END,
              'phone', CASE WHEN NOT c.guarded THEN x.phone END) ORDER BY c.registered_at, c.id), '[]')
       FROM carried c LEFT JOIN LATERAL contact_of(c.id) x ON true),
      (SELECT coalesce(jsonb_agg(jsonb_build_object('person', c.name, 'form', k.form, 'given', k.given_at, 'until', k.until, 'classes', e.classes,
              'agencies', e.agencies) ORDER BY k.given_at, k.id), '[]')
       FROM carried c JOIN records_consent k ON k.person_id = ANY(c.same) CROSS JOIN LATERAL (
            SELECT array_agg(DISTINCT e.data_class) AS classes, array_agg(DISTINCT a.name) AS agencies
            FROM records_consentreach e JOIN records_agency a ON a.id = e.agency_id
            WHERE e.consent_id = k.id AND e.ended_at IS NULL AND (e.until IS NULL OR t.today <= e.until)) e
       WHERE e.classes IS NOT NULL),
      (SELECT jsonb_build_object('kind', p.kind, 'version', p.version, 'direction', p.direction, 'decided', p.decided_at, 'lead', l.name,
              'monitor_by', p.monitor_by,
              'goals', (SELECT coalesce(jsonb_agg(jsonb_build_object('n', o.number, 'text', o.text, 'attained', o.attained) ORDER BY o.number), '[]')
                        FROM records_goal o WHERE o.plan_id = p.id),
              'roles', (SELECT coalesce(jsonb_agg(jsonb_build_object('agency', a.name, 'what', x.what, 'due', x.due_on, 'state', x.state)
                               ORDER BY x.due_on NULLS LAST, a.name), '[]')
                        FROM records_planrole x JOIN records_agency a ON a.id = x.agency_id WHERE x.plan_id = p.id))
       FROM told q JOIN records_plan p ON p.record_id = q.id LEFT JOIN records_agency l ON l.id = p.lead_id
       WHERE p.decided_at IS NOT NULL ORDER BY p.decided_at DESC, p.id LIMIT 1),
      (SELECT jsonb_build_object('at', q.written_at, 'agency', q.agency, 'text', q.text, 'wishes', q.details ->> 'wishes',
              'issues', (SELECT coalesce(jsonb_agg(jsonb_build_object('person', c.name, 'code', i.code, 'status', i.status)
                                ORDER BY c.registered_at, i.code, i.id), '[]')
                         FROM records_issue i JOIN carried c ON i.person_id = ANY(c.same) WHERE i.record_id = q.id))
       FROM told q WHERE q.kind = 'ASSESSMENT' ORDER BY q.written_at DESC, q.id LIMIT 1),
      (SELECT coalesce(jsonb_agg(jsonb_build_object('at', q.written_at, 'kind', q.kind, 'agency', q.agency, 'fact', q.fact, 'text', q.text)
              ORDER BY q.written_at, q.id), '[]') FROM told q WHERE q.kind NOT IN ('ASSESSMENT', 'PLAN'))
    FROM t
"""


def transfer(by: Asker, record: UUID) -> TransferPaper:
    """Return the papers of a transfer (one statement); Invisible when it does not exist for the asker, or tells of nobody."""
    found = one(TransferPaper, _PAPER, {"id": record, "consent": TRANSFER_BY_CONSENT})
    if found is None or not found.people or not by.sets & (WRITERS | CALLERS):
        raise Invisible
    return found
